package web

import (
	"cmp"
	"iter"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"honne"
	"honne/internal/inspect"
	"honne/internal/japan"
)

// figuresPage shows exactly what was reported, and how it changed.
type figuresPage struct {
	Frame
	Head
	Controls Controls
	Heading  string
	Unit     string
	Years    []Choice
	Views    []Choice
	Changes  Choice
	Months   []MonthRow
	Card     *MonthCard
	Matrix   *Matrix
	Note     string // below a table of parts
	Empty    bool
}

// Matrix is a table of months down and names across, or the other way round.
type Matrix struct {
	Caption string
	Columns []string
	Rows    []MatrixRow
}

// MatrixRow is a row of cells with its name; a total is ruled above.
type MatrixRow struct {
	Name  string
	Cells []Linked
	Total bool
}

func (a *app) showFigures(w http.ResponseWriter, v *visit, d honne.Distributor) error {
	rec, p, err := v.pictureOf(d)
	if err != nil {
		return err
	}
	page := figuresPage{Frame: v.frameOf(d, v.t("tab.figures")), Head: v.head(d, "figures")}
	page.Empty = rec.Files == 0
	soFar := p
	if p, err = v.inYear(rec, p); err != nil {
		return err
	}
	start, year := d.Profile.FiscalStart(), p.FiscalYear
	if page.Controls, err = v.controls(d, p, v.lang.FiscalYearSpan(year, start)); err != nil {
		return err
	}
	page.Unit, page.Years = v.unit(p), v.years(rec, year, start)
	view := v.figuresView(&page)
	if _, parts := breakdowns[view]; parts {
		p = soFar
		page.Controls.Period = v.lang.Period(p.Period)
	}
	if err := v.fillFigures(&page, view, figured{d, rec, p, soFar, japan.FiscalPeriod(year, start)}); err != nil {
		return err
	}
	return v.show(w, http.StatusOK, "figures", page)
}

// figuresView is the view that is asked for, months unless said; it offers all of them.
func (v *visit) figuresView(page *figuresPage) string {
	view := cmp.Or(v.URL.Query().Get("view"), "months")
	for _, name := range [...]string{"months", "customers", "products", "lines", "regions", "dealers", "accounts", "fallen", "largest", "stock"} {
		current := name == view
		page.Views = append(page.Views, Choice{Href: v.here("view", name), Label: v.t("figures." + name), Current: current})
		if current {
			page.Heading = v.t("figures." + name)
		}
	}
	page.Heading = cmp.Or(page.Heading, v.t("figures.months"))
	page.Changes = Choice{Href: v.here("changes", map[bool]string{false: "1"}[v.showsChanges()]), Label: v.t("figures.changes"), Current: v.showsChanges()}
	return view
}

func (v *visit) showsChanges() bool { return v.URL.Query().Get("changes") == "1" }

// figured is what figures are shown of: a distributor's record, with its picture in a year
// and so far.
type figured struct {
	distributor honne.Distributor
	record      honne.Record
	year, soFar honne.Picture
	span        honne.Period // the whole fiscal year
}

func (v *visit) fillFigures(page *figuresPage, view string, of figured) error {
	d, rec := of.distributor, of.record
	switch view {
	case "products":
		page.Matrix = v.byProduct(d, rec, of.span)
	case "customers":
		v.fillCustomers(page, of)
	case "accounts":
		page.Matrix = v.byAccountType(d, rec, of.span)
	case "stock":
		page.Matrix = v.stock(d, rec, of.span)
	case "fallen":
		page.Years = nil // the last twelve months
		return v.fillFallen(page, d, of.soFar)
	case "largest":
		return v.fillLargest(page, d, of.year, of.span)
	case "lines", "regions", "dealers":
		page.Years = nil // the year so far
		return v.fillBreakdown(page, d, of.year, breakdowns[view])
	default:
		page.Months = v.yearRows(v.ground(d, rec, of.year))
		if !v.showsChanges() {
			for i := range page.Months {
				page.Months[i].First = ""
			}
		}
		page.Card = v.monthCard(of.year, page.Months)
	}
	return nil
}

// years are the fiscal years of which anything is known, or of some series.
func (v *visit) years(rec honne.Record, chosen, start int, of ...honne.Series) []Choice {
	var all []int
	for _, f := range rec.Facts {
		if f.Series == honne.Market || len(of) > 0 && !slices.Contains(of, f.Series) {
			continue
		}
		for _, m := range f.Month {
			if y := japan.FiscalYear(m, start); !slices.Contains(all, y) {
				all = append(all, y)
			}
		}
	}
	slices.Sort(all)
	var out []Choice
	for _, y := range all {
		out = append(out, Choice{Href: v.here("fy", strconv.Itoa(y)), Label: v.lang.FiscalYear(y), Current: y == chosen})
	}
	return out
}

// yearRows are the months of a year and their total.
func (v *visit) yearRows(g ground) []MonthRow {
	rows := v.monthRows(g)
	if total, ok := v.totalRow(g); ok {
		rows = append(rows, total)
	}
	return rows
}

// monthsOf are the months of a year as the ledger holds them, in amounts or in
// pieces.
func monthsOf(rec *honne.Record, span honne.Period, amount bool) []honne.MonthView {
	figures := func(s honne.Series) map[honne.Month]honne.Figure {
		out := map[honne.Month]honne.Figure{}
		for _, t := range rec.Series(s).Monthly() {
			out[t.Month] = t.Quantity
			if amount {
				out[t.Month] = t.Amount
			}
		}
		return out
	}
	sales, target, plan := figures(honne.Sales), figures(honne.Target), figures(honne.Plan)
	forecast, stated := figures(honne.Forecast), figures(honne.PriorYear)
	began := honne.Month(0) // of the first report
	for _, t := range rec.Series(honne.Sales).Monthly() {
		if began == 0 || t.Month < began {
			began = t.Month
		}
	}
	var out []honne.MonthView
	for m := span.From.Month(); m <= span.To.Month(); m++ {
		row := honne.MonthView{Month: m, Actual: sales[m], Plan: target[m], PlanOf: honne.Target, Agreed: true, Forecast: forecast[m], Prior: sales[m-12], PriorOf: honne.Sales}
		if !row.Plan.Known {
			row.Plan, row.PlanOf, row.Agreed = plan[m], honne.Plan, false
		}
		if !row.Prior.Known {
			row.Prior, row.PriorOf = stated[m], honne.PriorYear
		}
		if row.Actual.Known {
			row.Without = inspect.Without(rec, m)
		}
		u, came := inspect.CameUnread(rec, m)
		if came && !row.Actual.Known {
			row.Came = u.File
		}
		row.Missing = !row.Actual.Known && began != 0 && m > began && m.Last() <= rec.AsOf && !came
		out = append(out, row)
	}
	return out
}

// byProduct is net sales of each product by month.
func (v *visit) byProduct(d honne.Distributor, rec honne.Record, span honne.Period) *Matrix {
	f := rec.Series(honne.Sales)
	t := table{name: func(i int32) string { return productName(rec, i) }, total: v.salesTotal(d)}
	for i, m := range f.Month {
		t.add(f.Product[i], m, f.Amount[i], span)
	}
	return v.matrix(rec, span, "figures.products", t, func(i int32, m honne.Month) string {
		return v.selectionLink(d, honne.Selection{Series: honne.Sales, Period: m.Period(), Amount: true, Product: productKey(rec, i)})
	})
}

// salesTotal opens all sales of a month.
func (v *visit) salesTotal(d honne.Distributor) func(honne.Month) string {
	return func(m honne.Month) string {
		return v.selectionLink(d, honne.Selection{Series: honne.Sales, Period: m.Period(), Amount: true})
	}
}

func productName(rec honne.Record, i int32) string {
	if i < 0 || int(i) >= len(rec.Products) {
		return ""
	}
	return nameOf(rec.Products[i])
}

// nameOf is a product as it is listed.
func nameOf(p honne.Product) string { return strings.TrimSpace(p.Code + " " + p.Name) }

// keyOf is a product as a selection asks for it.
func keyOf(p honne.Product) string { return cmp.Or(p.Code, p.Name) }

func productKey(rec honne.Record, i int32) string {
	if i < 0 || int(i) >= len(rec.Products) {
		return ""
	}
	return keyOf(rec.Products[i])
}

// byAccountType is net sales by how much of the account's identity is given.
func (v *visit) byAccountType(d honne.Distributor, rec honne.Record, span honne.Period) *Matrix {
	t := table{name: func(i int32) string {
		if honne.Disclosure(i) == honne.Named {
			return v.t("figures.named")
		}
		return v.t("disclosure." + strconv.Itoa(int(i)))
	}, total: v.salesTotal(d)}
	for i, m := range rec.ByAccount.Month {
		kind := int32(honne.Withheld)
		if a := rec.ByAccount.Account[i]; a >= 0 && int(a) < len(rec.Accounts) {
			kind = int32(rec.Accounts[a].Disclosure)
		}
		t.add(kind, m, rec.ByAccount.Amount[i], span)
	}
	return v.matrix(rec, span, "figures.accounts", t, func(i int32, m honne.Month) string {
		kind := honne.Disclosure(i)
		return v.selectionLink(d, honne.Selection{Series: honne.Sales, Period: m.Period(), Amount: true, Disclosure: &kind})
	})
}

// stock sets the flows beside the count: purchases, sales, stock, in pieces.
func (v *visit) stock(d honne.Distributor, rec honne.Record, span honne.Period) *Matrix {
	series := []honne.Series{honne.Shipments, honne.Purchases, honne.Sales, honne.Stock}
	t := table{name: func(i int32) string { return v.t("series." + string(series[i])) }}
	for i, s := range series {
		for _, m := range rec.Series(s).Monthly() {
			t.add(int32(i), m.Month, m.Quantity, span)
		}
	}
	mx := v.matrixOf(span, "figures.stock", t, func(i int32, m honne.Month) string {
		return v.selectionLink(d, honne.Selection{Series: series[i], Period: m.Period()})
	}, func(f honne.Figure) string { return v.lang.Quantity(f.N) })
	return mx
}

// table gathers figures by row and month; total opens the sum of a month. With most the
// largest rows come first, no more than that, and each ends with its sum, which sum opens;
// whole is that of all.
type table struct {
	name  func(int32) string
	total func(honne.Month) string
	sum   func(int32) string
	most  int
	rows  []int32
	cells map[int32]map[honne.Month]honne.Figure
}

// whole stands for all rows of a table; −1 is the row of what has no name.
const whole = -2

// ordered are the rows as they are shown.
func (t *table) ordered() []int32 {
	size := func(r int32) int64 { return sumOf(maps.Values(t.cells[r])).N }
	slices.SortFunc(t.rows, func(a, b int32) int {
		if t.most == 0 {
			return cmp.Compare(a, b)
		}
		return cmp.Or(cmp.Compare(size(b), size(a)), cmp.Compare(a, b))
	})
	return t.rows
}

// linkedSum is a sum with where it opens; blank where nothing of it is known.
func linkedSum(list iter.Seq[honne.Figure], write func(honne.Figure) string, href string) Linked {
	if sum := sumOf(list); sum.Known {
		return Linked{write(sum), href}
	}
	return Linked{}
}

// sumOf adds up what is known.
func sumOf(list iter.Seq[honne.Figure]) (sum honne.Figure) {
	for f := range list {
		sum = sum.Plus(f)
	}
	return sum
}

func (t *table) add(row int32, m honne.Month, f honne.Figure, span honne.Period) {
	if !span.Contains(m.First()) {
		return
	}
	if t.cells == nil {
		t.cells = map[int32]map[honne.Month]honne.Figure{}
	}
	if t.cells[row] == nil {
		t.cells[row] = map[honne.Month]honne.Figure{}
		t.rows = append(t.rows, row)
	}
	t.cells[row][m] = t.cells[row][m].Plus(f)
}

func (v *visit) matrix(rec honne.Record, span honne.Period, key string, t table, link func(int32, honne.Month) string) *Matrix {
	return v.matrixOf(span, key, t, link, v.writer(rec, t, true))
}

// writer writes the figures of a table in one number of decimals; pieces have none.
func (v *visit) writer(rec honne.Record, t table, amount bool) func(honne.Figure) string {
	if !amount {
		return func(f honne.Figure) string { return v.lang.Quantity(f.N) }
	}
	currency := cmp.Or(rec.Currency, honne.JPY)
	in := func(f honne.Figure) float64 { return v.scaled(honne.Money{Minor: f.N, Currency: currency}) }
	var all []float64
	for _, row := range t.cells {
		for _, f := range row {
			if f.Known {
				all = append(all, in(f))
			}
		}
	}
	places := placesOf(all)
	return func(f honne.Figure) string { return v.lang.Fixed(in(f), places) }
}

func (v *visit) matrixOf(span honne.Period, key string, t table, link func(int32, honne.Month) string, write func(honne.Figure) string) *Matrix {
	if len(t.rows) == 0 {
		return nil
	}
	out := &Matrix{Caption: v.t(key)}
	first, last := span.From.Month(), span.To.Month()
	totals := make([]honne.Figure, last-first+1)
	for m := first; m <= last; m++ {
		out.Columns = append(out.Columns, v.lang.MonthName(m))
	}
	for i, r := range t.ordered() {
		row := MatrixRow{Name: cmp.Or(t.name(r), v.t("no-name"))}
		for m := first; m <= last; m++ {
			f := t.cells[r][m]
			totals[m-first] = totals[m-first].Plus(f)
			cell := Linked{}
			if f.Known {
				cell = Linked{write(f), link(r, m)}
			}
			row.Cells = append(row.Cells, cell)
		}
		if t.most > 0 {
			row.Cells = append(row.Cells, linkedSum(maps.Values(t.cells[r]), write, t.sum(r)))
		}
		if t.most == 0 || i < t.most {
			out.Rows = append(out.Rows, row)
		}
	}
	if t.total != nil && len(t.rows) > 1 {
		total := MatrixRow{Name: v.t("total"), Total: true}
		for i, f := range totals {
			cell := Linked{}
			if f.Known {
				cell = Linked{write(f), t.total(first + honne.Month(i))}
			}
			total.Cells = append(total.Cells, cell)
		}
		if t.most > 0 {
			total.Cells = append(total.Cells, linkedSum(slices.Values(totals), write, t.sum(whole)))
		}
		out.Rows = append(out.Rows, total)
	}
	v.markMissing(out, totals)
	if t.most > 0 {
		out.Columns = append(out.Columns, v.t("total"))
	}
	return out
}

// markMissing says "not received" in a month of which nothing is known although
// months before and after it are.
func (v *visit) markMissing(x *Matrix, totals []honne.Figure) {
	known := func(f honne.Figure) bool { return f.Known }
	for i, f := range totals {
		if f.Known || !slices.ContainsFunc(totals[:i], known) || !slices.ContainsFunc(totals[i:], known) {
			continue
		}
		for _, row := range x.Rows {
			row.Cells[i].Text = v.t("not-received")
		}
	}
}
