package web

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"honne"
	"honne/internal/auth"
	"honne/internal/japan"
)

// planKind is a kind of plan that people type: what it counts as, and whose it is.
type planKind struct {
	name   string // in addresses and catalogues
	series honne.Series
	from   honne.Side
	agreed bool // has a day on which both sides agreed
}

func planKinds() []planKind {
	return []planKind{
		{"agreed", honne.Target, honne.Ours, true}, {"expected", honne.Target, honne.Ours, false},
		{"theirs", honne.Plan, honne.Theirs, false}, {"proposed", honne.Proposed, honne.Theirs, false},
		{"forecast", honne.Forecast, honne.Theirs, false},
	}
}

// planUnit is what the months of a plan are typed in: ten to a power of the
// currency, or pieces.
type planUnit struct {
	name   string
	power  int
	amount bool
}

// planUnits are those of a currency: other money than yen is counted in itself.
func planUnits(c honne.Currency) []planUnit {
	one, pieces := planUnit{"one", 0, true}, planUnit{"pieces", 0, false}
	if c != honne.JPY {
		return []planUnit{one, pieces}
	}
	return []planUnit{one, {"thousand", 3, true}, {"million", 6, true}, pieces}
}

// typedPlan is the plan of a year as somebody types it.
type typedPlan struct {
	*fields
	to    honne.Distributor
	rec   honne.Record
	kind  planKind
	year  int
	unit  planUnit
	cells map[honne.Month]string

	agreed, received string // days as typed
	by, total        string
}

// planPage is the form of a plan.
type planPage struct {
	Frame
	Path, Cancel, Upload string
	Errors               []Problem
	Which, Year, In      Pick
	Heading, Unit        string
	Agreed, Received, By Input
	HasAgreed            bool
	Cells                []Input
	Total                Input
	InForce              Linked // what the months were filled with
	Spread               string // how a total was spread
	NotAgreed            bool
	Replaces             string // what a target that is not agreed would take the place of
}

// planForm is the address of the form for a kind of plan; "" for who may send no
// files.
func (v *visit) planForm(d honne.Distributor, kind string) string {
	if !v.may(auth.Write, auth.Figures) {
		return ""
	}
	return base(d) + "/plan/new?kind=" + kind
}

// choosePlan goes to the form of the partner that is chosen.
func (a *app) choosePlan(w http.ResponseWriter, v *visit) error {
	slug := v.URL.Query().Get("distributor")
	if slug == "" {
		f := v.fields()
		f.fail("distributor", v.t("plan.no-partner"))
		return v.intake(w, http.StatusUnprocessableEntity, f, nil)
	}
	d, err := a.Store.DistributorBySlug(v.Context(), slug)
	if err != nil {
		return err
	}
	return v.redirect(w, v.planForm(d, planKinds()[0].name))
}

// typedPlan is the form that the address names: kind, year and unit, filled with
// what is in force.
func (v *visit) typedPlan() (*typedPlan, error) {
	d, err := v.distributor()
	if err != nil {
		return nil, err
	}
	p := &typedPlan{fields: v.fields(), to: d, cells: map[honne.Month]string{}}
	if p.rec, err = v.recordOf(d); err != nil {
		return nil, err
	}
	q := v.URL.Query()
	p.kind = oneNamed(planKinds(), q.Get("kind"), func(k planKind) string { return k.name })
	p.year = p.yearNamed(q.Get("fy"))
	p.unit = oneNamed(planUnits(p.currency()), cmp.Or(q.Get("in"), p.usual()), func(u planUnit) string { return u.name })
	return p, nil
}

// oneNamed is the choice of that name, else the first.
func oneNamed[T any](all []T, name string, of func(T) string) T {
	return all[max(0, slices.IndexFunc(all, func(x T) bool { return of(x) == name }))]
}

func (p *typedPlan) start() int { return p.to.Profile.FiscalStart() }

// currency is that of the partner's amounts, with which those of another one would
// not be compared; yen while there are none.
func (p *typedPlan) currency() honne.Currency {
	for _, f := range p.rec.Facts {
		if slices.ContainsFunc(f.Amount, func(a honne.Figure) bool { return a.Known }) {
			return p.rec.Currency
		}
	}
	return honne.JPY
}

// unitName names a unit; yen by the words behind a prefix of the catalogues.
func (p *typedPlan) unitName(u planUnit, yen string) string {
	switch {
	case !u.amount:
		return p.v.t("plan.unit.pieces")
	case p.currency() != honne.JPY:
		return string(p.currency())
	}
	return p.v.t(yen + u.name)
}

// years are those of which people type plans, the latest first: two to come, this
// one, two past, and all before of which sales are known.
func (p *typedPlan) years() []int {
	now := japan.FiscalYear(honne.DateOf(p.v.now()).Month(), p.start())
	if p.to.Sample {
		now = japan.FiscalYear(p.rec.AsOf.Month(), p.start())
	}
	first := now - 2
	if sold := p.rec.Series(honne.Sales).Month; len(sold) > 0 {
		first = min(first, japan.FiscalYear(sold[0], p.start()))
	}
	var out []int
	for y := now + 2; y >= first; y-- {
		out = append(out, y)
	}
	return out
}

// yearNamed is the year of the address, else this one, and of a proposal the next.
func (p *typedPlan) yearNamed(s string) int {
	years := p.years()
	if n, err := strconv.Atoi(s); err == nil && slices.Contains(years, n) {
		return n
	}
	if p.kind.series == honne.Proposed {
		return years[1]
	}
	return years[2]
}

func (p *typedPlan) period() honne.Period { return japan.FiscalPeriod(p.year, p.start()) }

func (p *typedPlan) months() (out []honne.Month) {
	for m := p.period().From.Month(); m <= p.period().To.Month(); m++ {
		out = append(out, m)
	}
	return out
}

// inForce is what is known of the plan, month by month.
func (p *typedPlan) inForce() []honne.MonthTotal {
	return slices.DeleteFunc(p.rec.Series(p.kind.series).Monthly(), func(t honne.MonthTotal) bool {
		return t.Month < p.period().From.Month() || t.Month > p.period().To.Month()
	})
}

// usual is the unit of a form that names none: pieces where the plan in force
// counts nothing else.
func (p *typedPlan) usual() string {
	list := p.inForce()
	if len(list) > 0 && !slices.ContainsFunc(list, func(t honne.MonthTotal) bool { return t.Amount.Known }) {
		return "pieces"
	}
	return "one"
}

func (a *app) showNewPlan(w http.ResponseWriter, v *visit) error {
	p, err := v.typedPlan()
	if err != nil {
		return err
	}
	on, err := v.dayAt(p.to)
	if err != nil {
		return err
	}
	p.received = on.String()
	page := p.page()
	page.InForce = p.fill()
	page.Cells = p.inputs()
	page.Agreed.Value = p.agreed
	return v.show(w, http.StatusOK, "plan", page)
}

// fill fills the months with the plan in force, and says what that is; nothing
// where there is none.
func (p *typedPlan) fill() Linked {
	for _, t := range p.inForce() {
		if f := p.figure(t); f.Known {
			p.cells[t.Month] = p.written(f.N)
		}
	}
	if len(p.cells) == 0 {
		return Linked{}
	}
	if p.kind.agreed {
		p.agreed = p.agreedOn().String()
	}
	return Linked{p.v.t("plan.in-force"),
		p.v.selectionLink(p.to, honne.Selection{Series: p.kind.series, Period: p.period(), Amount: p.unit.amount})}
}

func (p *typedPlan) figure(t honne.MonthTotal) honne.Figure {
	if p.unit.amount {
		return t.Amount
	}
	return t.Quantity
}

// inMoney reports whether the plan in force knows an amount of a month of the year.
func (p *typedPlan) inMoney() bool {
	return slices.ContainsFunc(p.rec.Series(p.kind.series).Monthly(), func(t honne.MonthTotal) bool {
		return t.Amount.Known && slices.Contains(p.months(), t.Month)
	})
}

// agreedOn is the day on which the newest target of the year was agreed, 0 for
// one that is not.
func (p *typedPlan) agreedOn() (day honne.Date) {
	var made honne.Vintage
	for _, x := range p.rec.Vintages {
		within := x.Series == honne.Target && slices.Contains(p.months(), x.Month)
		if within && (x.Made.At.After(made.Made.At) || x.Made.At.Equal(made.Made.At) && x.Submission >= made.Submission) {
			made, day = x, x.Agreed
		}
	}
	return day
}

// page is the form as it stands, with what is wrong with it.
func (p *typedPlan) page() planPage {
	v, d := p.v, p.to
	which := v.t("plan.kind." + p.kind.name)
	page := planPage{Frame: v.frame("portfolio", v.t("plan.title")+v.t("comma")+v.name(d)), Path: p.path(), Cancel: base(d), Upload: uploadForm(d),
		Errors: p.list(), Heading: which + v.t("comma") + v.lang.FiscalYearSpan(p.year, p.start()), Unit: p.unitName(p.unit, "plan.in."),
		HasAgreed: p.kind.agreed, NotAgreed: p.kind.series == honne.Target && !p.kind.agreed}
	if day := p.agreedOn(); page.NotAgreed && day != 0 {
		page.Replaces = v.t("plan.replaces", honne.Day("day", day))
	}
	if !p.unit.amount && p.inMoney() {
		page.Replaces = strings.TrimSpace(page.Replaces + " " + v.t("plan.replaces.amounts"))
	}
	page.Sample = d.Sample
	page.Crumbs = v.crumbs(d, Choice{Label: v.t("plan.title")})
	page.Which, page.Year, page.In = p.choices()
	page.Agreed = p.input("agreed-on", "date", p.agreed).must()
	page.Received = p.input("plan-received", "date", p.received).must()
	page.By = p.input("plan-by", "", p.by)
	page.Total = p.input("year-total", "", p.total)
	page.Cells = p.inputs()
	return page
}

func (p *typedPlan) path() string {
	q := url.Values{"kind": {p.kind.name}, "fy": {strconv.Itoa(p.year)}, "in": {p.unit.name}}
	return base(p.to) + "/plan/new?" + q.Encode()
}

// choices are what the address says.
func (p *typedPlan) choices() (which, year, in Pick) {
	var kinds, years, units []Choice
	for _, k := range planKinds() {
		kinds = append(kinds, Choice{Href: k.name, Label: p.v.t("plan.kind." + k.name), Current: k == p.kind})
	}
	for _, y := range p.years() {
		years = append(years, Choice{Href: strconv.Itoa(y), Label: p.v.lang.FiscalYear(y), Current: y == p.year})
	}
	for _, u := range planUnits(p.currency()) {
		units = append(units, Choice{Href: u.name, Label: title(p.unitName(u, "plan.in.")), Current: u == p.unit})
	}
	return p.pick("kind", kinds), p.pick("fy", years), p.pick("in", units)
}

// inputs are the twelve months.
func (p *typedPlan) inputs() (out []Input) {
	for _, m := range p.months() {
		name := "month-" + m.String()
		out = append(out, Input{Name: name, Label: p.v.lang.Month(m), Value: p.cells[m], Error: p.errors[name]})
	}
	return out
}
