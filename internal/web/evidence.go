package web

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"honne"
	"honne/internal/auth"
)

// evidencePage says where a figure comes from, and who changed it. It is a page
// of its own and, with script, a drawer over any other.
type evidencePage struct {
	Frame
	Head
	What, Value, Note string
	Level             Tag
	Why               string
	Rule, Worked      string // of a measure: in words, and with the partner's own figures
	Formula           []FormulaRow
	Parts             []FormulaRow
	History           []FormulaRow
	Because, OurSide  []string
	Rate              []Part // by what other pages divide the figure
	Confounders       []string
	Trace             []RuleStep
	Needs             []Linked
	Sources           []SourceRow
	More              int
	Versions          []VersionRow
	Grows             bool     // the versions are of a sum that grows as months arrive
	Findings          []Linked // where a finding is made of it
	Thresholds        []ThresholdRow
}

// FormulaRow is a term with its figure; a figure opens to its cells, by itself
// or by the doors below it. Op is how it joins the row above.
type FormulaRow struct {
	Label, Value, Href, Op string
	Result                 bool
	Doors                  []Linked
}

// SourceRow is a range of a file, with cells around it as they stand there.
type SourceRow struct {
	How                          string // how the cells were read
	CellHref                     string // the sheet, at its first cell
	File, FileHref, Sheet, Range string
	Figures                      string
	Excerpt                      Excerpt
}

// Excerpt is a few cells of a sheet; the one that is meant is marked.
type Excerpt struct {
	Columns []string
	Rows    []ExcerptRow
}

// ExcerptRow is one row of an excerpt.
type ExcerptRow struct {
	Number int
	Cells  []ExcerptCell
}

// ExcerptCell is one cell as it stands in the file.
type ExcerptCell struct {
	Text        string
	Hit, Number bool
}

// VersionRow is one reported value, newest first.
type VersionRow struct {
	N                            int
	Value, Delta, Class          string
	Current                      bool
	Known, Reason, Raw, Accepted string
	File, FileHref               string
	Ask                          string // where a question for the reason is drafted
}

// selectionLink writes a selection as an address.
func (v *visit) selectionLink(d honne.Distributor, s honne.Selection) string {
	amount := ""
	if s.Amount {
		amount = "1"
	}
	pairs := []string{"series", string(s.Series), "period", s.Period.String(), "amount", amount,
		"product", s.Product, "account", s.Account}
	if s.EndUser {
		pairs = append(pairs, "end_user", "1")
	}
	if s.By != "" {
		pairs = append(pairs, "by", string(s.By), "of", s.Of)
	}
	if s.Disclosure != nil {
		pairs = append(pairs, "disclosure", strconv.Itoa(int(*s.Disclosure)))
	}
	if len(s.Besides) > 0 {
		names, _ := json.Marshal(s.Besides) // a name may hold any sign, the end of a line too
		pairs = append(pairs, "besides", string(names))
	}
	if len(s.Submissions) > 0 {
		ids := make([]string, len(s.Submissions))
		for i, id := range s.Submissions {
			ids[i] = strconv.FormatInt(int64(id), 10)
		}
		pairs = append(pairs, "versions", strings.Join(ids, "."))
	}
	return v.link(base(d)+"/evidence", pairs...)
}

// selection reads an address that selectionLink wrote.
func selection(q url.Values) (honne.Selection, error) {
	s := honne.Selection{Series: honne.Series(q.Get("series")), Product: q.Get("product"), Account: q.Get("account"), Amount: q.Get("amount") == "1", EndUser: q.Get("end_user") == "1",
		By: honne.Breakdown(q.Get("by")), Of: q.Get("of")}
	if names := q.Get("besides"); names != "" && json.Unmarshal([]byte(names), &s.Besides) != nil {
		return s, honne.ErrNotFound
	}
	if !slices.Contains(honne.AllSeries, s.Series) || s.By != "" && !slices.Contains(honne.AllBreakdowns, s.By) {
		return s, honne.ErrNotFound
	}
	var err error
	if s.Period, err = parsePeriod(q.Get("period")); err != nil {
		return s, honne.ErrNotFound
	}
	if n, err := strconv.Atoi(q.Get("disclosure")); err == nil && n >= 0 && n <= int(honne.Named) {
		d := honne.Disclosure(n)
		s.Disclosure = &d
	}
	for id := range strings.SplitSeq(q.Get("versions"), ".") {
		if n, err := strconv.ParseInt(id, 10, 64); err == nil {
			s.Submissions = append(s.Submissions, honne.SubmissionID(n))
		}
	}
	return s, nil
}

// parsePeriod reads what Period.String wrote.
func parsePeriod(s string) (honne.Period, error) {
	if s == "" {
		return honne.Period{}, nil
	}
	from, to, span := strings.Cut(s, "/")
	if !span {
		to = from
	}
	if len(from) == len("2006-01") {
		a, err := honne.ParseMonth(from)
		if err != nil {
			return honne.Period{}, err
		}
		b, err := honne.ParseMonth(to)
		return honne.Months(a, b), err
	}
	a, err := honne.ParseDate(from)
	if err != nil {
		return honne.Period{}, err
	}
	b, err := honne.ParseDate(to)
	return honne.Period{From: a, To: b}, err
}

func (a *app) showEvidence(w http.ResponseWriter, v *visit, d honne.Distributor) error {
	s, err := selection(v.URL.Query())
	if err != nil {
		return err
	}
	page, err := v.evidence(d, v.what(s))
	if err != nil {
		return err
	}
	if s.Amount {
		if page.Rate, err = v.evidenceRate(d); err != nil {
			return err
		}
	}
	if err := v.fillSelection(&page, d, s); err != nil {
		return err
	}
	return v.show(w, http.StatusOK, "evidence", page)
}

func (v *visit) evidence(d honne.Distributor, what string) (page evidencePage, err error) {
	page = evidencePage{Frame: v.frame("portfolio", what), Head: v.head(d, ""), What: what}
	page.Sample, page.Crumbs = d.Sample, v.crumbs(d, Choice{Label: v.t("evidence")})
	page.Findings, err = v.cellDoors(d)
	return page, err
}

// what names a selection: Net sales, Sep 2026, product NS-4410.
func (v *visit) what(s honne.Selection) string {
	parts := []string{v.t("series." + string(s.Series))}
	if !s.Amount {
		parts = append(parts, v.t("quantity"))
	}
	if !s.Period.IsZero() {
		parts = append(parts, v.lang.Period(s.Period))
	}
	if s.By != "" {
		parts = append(parts, v.sliceName(s.By, s.Of))
	}
	for _, name := range [...]string{s.Product, s.Account} {
		if name != "" {
			parts = append(parts, name)
		}
	}
	if s.Disclosure != nil {
		parts = append(parts, v.t("disclosure."+strconv.Itoa(int(*s.Disclosure))))
	}
	if len(s.Besides) > 0 {
		parts = append(parts, v.t("evidence.besides", honne.Text("names", strings.Join(s.Besides, v.t("list.comma")))))
	}
	return strings.Join(parts, v.t("comma"))
}

func (v *visit) fillSelection(page *evidencePage, d honne.Distributor, s honne.Selection) error {
	versions, err := v.app.Store.Versions(v.Context(), d.ID, s)
	if err != nil {
		return fmt.Errorf("web: list versions: %w", err)
	}
	at, err := v.asOf(d)
	if err != nil {
		return err
	}
	sources, more, err := v.app.Store.Sources(v.Context(), d.ID, at, s, 20)
	if err != nil {
		return fmt.Errorf("web: list sources: %w", err)
	}
	if len(versions) == 0 && len(sources) == 0 {
		return honne.ErrNotFound
	}
	page.More = more
	c, err := v.currencyOf(d, s.Series)
	if err != nil {
		return err
	}
	v.fillVersions(page, s, at.Known, versions, c)
	var sum int64
	inSheetOrder(sources)
	for i, src := range sources {
		sum += src.Sum
		page.Sources = append(page.Sources, v.source(d, src, i < 3))
	}
	saidOnce(page.Sources)
	if page.Value == "" && more == 0 {
		page.Value = v.exact(honne.Known(sum), s.Amount, c)
	}
	return nil
}

// inSheetOrder leaves the files in their order and sorts the ranges of each sheet as they
// stand there, so that months follow each other. Messages stay as they are.
func inSheetOrder(list []honne.Source) {
	if slices.ContainsFunc(list, func(s honne.Source) bool { return s.Mail != 0 }) {
		return
	}
	type sheet struct {
		file honne.FileID
		name string
	}
	first := map[sheet]int{}
	for i, s := range list {
		if key := (sheet{s.File, s.At.Sheet}); first[key] == 0 {
			first[key] = i + 1
		}
	}
	slices.SortStableFunc(list, func(a, b honne.Source) int {
		x, y := a.At.Range.From, b.At.Range.From
		return cmp.Or(cmp.Compare(first[sheet{a.File, a.At.Sheet}], first[sheet{b.File, b.At.Sheet}]), cmp.Compare(x.Row, y.Row), cmp.Compare(x.Col, y.Col))
	})
}

// saidOnce leaves how cells were read with the first range of a file that was read so.
func saidOnce(rows []SourceRow) {
	said := map[[3]string]bool{}
	for i := range rows {
		key := [3]string{rows[i].FileHref, rows[i].Sheet, rows[i].How}
		if said[key] {
			rows[i].How = ""
		}
		said[key] = true
	}
}

// exact writes a figure to its last unit; c is the currency of amounts.
func (v *visit) exact(f honne.Figure, amount bool, c honne.Currency) string {
	switch {
	case !f.Known:
		return ""
	case amount:
		return v.lang.Exact(honne.Money{Minor: f.N, Currency: c})
	}
	return v.lang.Quantity(f.N)
}

// currencyOf is the currency of a partner's amounts; those of a market are in yen.
func (v *visit) currencyOf(d honne.Distributor, s honne.Series) (honne.Currency, error) {
	if s == honne.Market {
		return honne.JPY, nil
	}
	p, err := v.picture(d)
	return cmp.Or(p.Currency, honne.JPY), err
}

// fillVersions lists what was reported, newest first; the value of the page is
// the newest one known on its day.
func (v *visit) fillVersions(page *evidencePage, s honne.Selection, known honne.Date, versions []honne.Version, c honne.Currency) {
	pick := func(r honne.Reported) honne.Figure {
		if s.Amount {
			return r.Amount
		}
		return r.Quantity
	}
	_, one := s.Period.Bucket()
	page.Grows = !one && !s.Period.IsZero()
	shown := -1
	for i, ver := range versions {
		f := pick(ver.Value)
		row := VersionRow{N: len(versions) - i, Value: v.exact(f, s.Amount, c), Raw: ver.Raw, File: ver.Path,
			FileHref: fileLink(ver.File), Known: v.knownSince(ver.Receipt)}
		if shown < 0 && (known == 0 || ver.Receipt.Day() <= known) {
			shown, row.Current = i, true
			page.Value = row.Value
			if !page.Grows {
				page.Note = v.t("evidence.version", honne.Count("n", row.N), honne.Count("all", len(versions)))
			}
		}
		if one && i+1 < len(versions) {
			if old := pick(versions[i+1].Value); old.Known && f.Known && old.N != f.N {
				row.Delta, row.Class = v.change(old.N, f.N), tint(float64(f.N-old.N))
			}
		}
		if ver.Reason != "" && (row.Delta != "" || ver.Raw != "") {
			row.Reason = v.t("reason." + string(ver.Reason))
		}
		if row.Delta != "" && asksWhy(s.Series, ver.Reason) && v.may(auth.Write, auth.Figures) {
			row.Ask = row.FileHref + "/ask"
		}
		if u, err := v.app.Store.User(v.Context(), ver.AcceptedBy); err == nil && u.Name != "" {
			row.Accepted = v.t("evidence.accepted", honne.Text("name", u.Name))
		}
		page.Versions = append(page.Versions, row)
	}
}

// asksWhy reports whether a partner is asked why a figure changed: it is its own, and no
// reason was stated.
func asksWhy(s honne.Series, r honne.Reason) bool {
	switch s {
	case honne.Shipments, honne.Target, honne.Market:
		return false
	}
	return !r.Explains()
}

func (v *visit) change(old, now int64) string {
	s := v.lang.Signed(float64(now-old), 0)
	if old != 0 {
		s += " (" + v.lang.Growth(float64(now-old)/float64(max(old, -old))) + ")"
	}
	return s
}

// knownSince says when a version reached us, and how well that is known.
func (v *visit) knownSince(r honne.Receipt) string {
	if r.Day() == 0 || r.Basis == honne.ByLoad {
		return v.t("receipt.unknown")
	}
	return v.t("receipt."+string(r.Basis), honne.Day("day", r.Day()))
}

// source is a range with nine cells around its first one.
func (v *visit) source(d honne.Distributor, src honne.Source, excerpt bool) SourceRow {
	row := SourceRow{File: src.Path, Sheet: src.At.Sheet, Range: src.At.Range.String(), How: v.howRead(src),
		FileHref: fileLink(src.File)}
	switch {
	case src.Mail != 0 && v.may(auth.Read, auth.Signals):
		row.FileHref, row.File = v.mailLink(d, src.Mail), v.letterName(d, src.Mail, src.Path)
	case src.File == 0:
		row.FileHref = "" // a message of a mailbox that was not kept
	}
	row.CellHref = row.FileHref + onSheet(src.At)
	if src.Figures > 1 {
		row.Figures = v.t("evidence.figures", honne.Count("n", src.Figures))
	}
	if !excerpt || src.At.Range == (honne.Range{}) {
		return row
	}
	from := src.At.Range.From
	window := honne.Range{From: honne.Cell{Row: max(from.Row-1, 1), Col: max(from.Col-1, 1)},
		To: honne.Cell{Row: from.Row + 1, Col: from.Col + 1}}
	cells, err := v.app.Works.Excerpt(v.Context(), src.File, honne.Address{Sheet: src.At.Sheet, Range: window})
	if err != nil {
		if !errors.Is(err, honne.ErrNotFound) {
			v.app.Log.Warn("web: excerpt", "file", src.File, "err", err)
		}
		return row // the address stands without its picture
	}
	row.Excerpt = excerptOf(window, src.At.Range, cells)
	return row
}

// onSheet is behind the address of a file where a cell of it stands.
func onSheet(at honne.Address) string {
	return "/table?" + url.Values{"sheet": {at.Sheet}, "at": {at.Range.From.String()}}.Encode()
}

func fileLink(file honne.FileID) string { return "/intake/" + strconv.FormatInt(int64(file), 10) }

// cellLink is where a cell of a file stands.
func cellLink(file honne.FileID, at honne.Address) string {
	return fileLink(file) + onSheet(at)
}

func excerptOf(window, hit honne.Range, cells [][]string) Excerpt {
	var e Excerpt
	for c := window.From.Col; c <= window.To.Col; c++ {
		e.Columns = append(e.Columns, honne.ColumnName(int(c)))
	}
	for i, line := range cells {
		row := ExcerptRow{Number: int(window.From.Row) + i}
		for j := range e.Columns {
			text := ""
			if j < len(line) {
				text = line[j]
			}
			at := honne.Cell{Row: window.From.Row + int32(i), Col: window.From.Col + int32(j)}
			row.Cells = append(row.Cells, ExcerptCell{Text: text, Hit: hit.Contains(at), Number: looksNumber(text)})
		}
		e.Rows = append(e.Rows, row)
	}
	return e
}

func looksNumber(s string) bool {
	digits := 0
	for _, r := range s {
		switch {
		case r >= '0' && r <= '9', r >= '０' && r <= '９':
			digits++
		case !strings.ContainsRune(" ,.-−▲△()（），．%¥", r):
			return false
		}
	}
	return digits > 0
}
