package intake

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"honne"
	"honne/internal/intake/figure"
	"honne/internal/intake/grid"
	"honne/internal/intake/source"
	"honne/internal/intake/when"
	"honne/internal/japan"
)

// activity reads a row of a record of visits.
func (l *lister) activity(r *grid.Row) {
	words, book := l.table.words, &l.table.book.Lists
	day, ok := l.dayOf(r)
	if !ok {
		return
	}
	switch n, counted := l.countIn(r); {
	case counted && n == 0, book.Holds(l.says(honne.MStatus), book.Undone):
		l.undone++
		return
	case counted && n > 1:
		l.lost++
		l.problem(honne.SevWarning, l.at(r, honne.MActivityCount), "", honne.Say("problem.list-count", honne.Count("n", n)))
	}
	kind, said := l.kindOf(r)
	a := honne.FieldActivity{On: day, Kind: kind, Rep: l.says(honne.MRep)}
	for _, m := range [...]honne.Meaning{honne.MEndUserName, honne.MCustomerName, honne.MShipToName} {
		a.Site = cmp.Or(a.Site, l.named(m))
	}
	a.Outbound = kind != honne.ActivityUnknown && !book.Holds(said, book.Inbound)
	a.Joint = book.Holds(said, book.Joint) && kind != honne.ActivityUnknown || l.went()
	a.DecisionMaker = l.marked(honne.MDecisionMaker) || book.Holds(l.says(honne.MPerson), book.Decides)
	if a.Kind == honne.ActivityUnknown && said != "" && words.Total(said) != "" {
		return
	}
	l.add(r, a, a.Site == "")
}

// dayOf reads the day of a row. What is no day, or one after the list came, is a
// problem, and so is a row without one.
func (l *lister) dayOf(r *grid.Row) (honne.Date, bool) {
	k := l.labels[honne.MDate]
	c := r.Cell(k.field.col)
	raw := r.Text(k.field.col)
	day := honne.Date(0)
	switch {
	case l.day != 0 && (raw == "" && k.carried || raw != "" && l.table.words.Ditto(raw)):
		day = l.day // a mark for the same as above, or a blank that goes on
	case c != nil:
		if day = l.table.moment(r.N, c).Day; day == 0 {
			day = when.ShortMoment(raw, l.table.Period).Day
		}
	}
	received := l.reader.file.Receipt
	switch late := received.Exact() && day > received.Day(); {
	case day != 0 && !late:
		l.day = day
		return day, true
	case late:
		l.problem(honne.SevWarning, l.at(r, honne.MDate), raw, honne.Say("problem.list-future", honne.Day("day", day)))
	default:
		l.problem(honne.SevWarning, l.at(r, honne.MDate), raw, honne.Say("problem.list-day", honne.Text("text", cmp.Or(clip(raw), "—"))))
	}
	l.lost++
	return 0, false
}

// countIn is how many activities the row counts, where a column says so.
func (l *lister) countIn(r *grid.Row) (int, bool) {
	k := l.labels[honne.MActivityCount]
	if k == nil {
		return 0, false
	}
	c := r.Cell(k.field.col)
	if c == nil {
		return 0, false
	}
	d, ok := figure.Of(c)
	n, exact, err := d.Times(1, 0)
	if !ok || !exact || err != nil || n < 0 || n > 10_000 {
		return 0, false
	}
	return int(n), true
}

// kindOf is the kind of activity that the row names, and its words; where a word is
// not known that of the column's header (訪問目的), else it stays unknown. Without a
// column of kinds it is that of the header of its day, else of a title.
func (l *lister) kindOf(r *grid.Row) (honne.ActivityKind, string) {
	if l.labels[honne.MActivityKind] == nil {
		said := japan.WithoutBrackets(l.says(honne.MNote))
		if kind := l.table.book.Lists.Bare(said); l.noted && kind != honne.ActivityUnknown {
			return kind, said
		}
		l.untold++
		return l.kindAround(), ""
	}
	said := l.says(honne.MActivityKind)
	kind, known := l.kinds[said]
	if !known {
		kind = l.table.kindNamed(l.table.column(honne.MActivityKind), said)
		l.kinds[strings.Clone(said)] = kind
	}
	if kind == honne.ActivityUnknown {
		odd := l.odd[said]
		if odd.n++; odd.n == 1 {
			odd.at = l.at(r, honne.MActivityKind)
		}
		l.odd[strings.Clone(said)] = odd
	}
	return kind, said
}

func (l *lister) kindAround() honne.ActivityKind {
	const around = "\x00" // of no cell
	if kind, known := l.kinds[around]; known {
		return kind
	}
	kind := l.table.book.Lists.Activity(strings.Join(l.labels[honne.MDate].field.path, " "))
	for _, s := range l.titles() {
		if kind == honne.ActivityUnknown {
			kind = l.table.book.Lists.Activity(s)
		}
	}
	l.kinds[around] = kind
	return kind
}

// titles are what stands above the list, the nearest first, then the names of
// sheet and file.
func (l *lister) titles() []string {
	return append(slices.Clone(l.table.Title), l.table.Sheet, source.BaseName(l.reader.file.Name))
}

// marked reports whether the row has a mark in a column of marks.
func (l *lister) marked(m honne.Meaning) bool {
	s := japan.Key(l.says(m))
	yes := func(w string) bool { return s == japan.Key(w) }
	return s != "" && slices.ContainsFunc(l.table.book.Lists.Yes, yes) || s == "1"
}

// went reports whether one of us went along: a mark in a column that says so, or
// a name by which a partner calls us.
func (l *lister) went() bool {
	k, book := l.labels[honne.MJoint], &l.table.book.Lists
	if k == nil {
		return false
	}
	return book.Holds(l.says(honne.MJoint), book.Maker) || l.marked(honne.MJoint) && book.Holds(strings.Join(k.field.path, " "), append(slices.Clone(book.Maker), "joint"))
}

// told lists the words that are no kind.
func (l *lister) told() {
	for _, said := range slices.Sorted(maps.Keys(l.odd)) {
		odd := l.odd[said]
		l.problem(honne.SevNote, odd.at, said, honne.Say("problem.list-kind", honne.Text("text", cmp.Or(clip(said), "—")), honne.Count("n", odd.n)))
	}
}

// covers keeps of which months and kinds the list says that it is all. It is
// whole for nothing that it does not say, nor before the month is over.
func (l *lister) covers() {
	t := l.table
	at := t.Header
	if c, err := honne.ParseCell(t.PeriodAt); err == nil {
		at = honne.Range{From: c, To: c}
	}
	kinds := l.coveredKinds()
	if l.untold > 0 && slices.Equal(kinds, []honne.ActivityKind{""}) {
		kinds = honne.OutboundKinds // what was done at a customer's is there; a seminar may be under another word
	}
	partly := t.place != "" || l.lost > 0 || l.titled(t.book.Lists.Partly)
	from, to := t.Period.From.Month(), t.Period.To.Month()
	whole := !t.Period.IsZero() && t.Period == honne.Months(from, to) && to-from < 36 && t.day == 0 && !partly && len(l.out) > 0
	received := l.reader.file.Receipt
	if whole && received.Basis != honne.ByLoad && received.Day() != 0 {
		to = min(to, (received.Day()+1).Month()-1)
	}
	if !whole || len(kinds) == 0 || to < from {
		l.problem(honne.SevNote, at, "", honne.Say("problem.list-part"))
		return
	}
	for m := from; m <= to; m++ {
		for _, k := range kinds {
			l.out = append(l.out, honne.Listed{At: honne.Address{Sheet: t.Sheet, Range: at}, Body: honne.ActivityMonth{Month: m, Kind: k, Whole: true}})
		}
	}
	for _, k := range kinds {
		said := honne.Say("problem.list-whole", honne.Word("kind", "activity."+string(k)), honne.Over("period", honne.Months(from, to)))
		if k == "" {
			said = honne.Say("problem.list-all", honne.Over("period", honne.Months(from, to)))
		}
		l.problem(honne.SevNote, at, "", said)
	}
}

// titled reports whether one of the titles holds one of the words.
func (l *lister) titled(words []string) bool {
	return slices.ContainsFunc(l.titles(), func(s string) bool { return l.table.book.Lists.Holds(s, words) })
}

// coveredKinds are the kinds that the titles speak of; "" for all of them.
func (l *lister) coveredKinds() []honne.ActivityKind {
	book := &l.table.book.Lists
	for _, s := range l.titles() {
		if book.Holds(s, book.Covers) {
			return []honne.ActivityKind{""}
		}
		if kinds := book.Kinds(s); len(kinds) > 0 {
			return kinds
		}
	}
	return nil
}

// contact reads a row of a list of the partner's people: the function, and
// whether it says how to reach somebody. Names are not kept.
func (l *lister) contact(r *grid.Row) {
	function := honne.Function("")
	for i := range l.table.fields {
		if function == "" && l.table.Columns[i].Meaning == honne.MFunction {
			function = l.table.book.Lists.Function(r.Text(l.table.fields[i].col))
		}
	}
	if function == "" {
		l.blind++
		return
	}
	c := honne.Contact{Function: function, Field: function == honne.FunctionField, Direct: l.reaches(r)}
	if day := l.reader.file.Receipt.Day(); day != 0 {
		c.From = day
	}
	l.add(r, c, false)
}

// reaches reports whether the row says how to reach the person.
func (l *lister) reaches(r *grid.Row) bool {
	for i := range l.table.fields {
		s := r.Text(l.table.fields[i].col)
		if l.table.Columns[i].Meaning == honne.MReach && strings.ContainsAny(japan.Fold(s), "@0123456789") && !japan.Masked(s) {
			return true
		}
	}
	return false
}

// article reads a row of our own list of products: code and name, no price.
func (l *lister) article(r *grid.Row) {
	a := honne.Article{Code: l.says(honne.MProductCode), Name: l.says(honne.MProductName), Line: l.says(honne.MProductLine)}
	if a.Code != "" || a.Name != "" {
		l.add(r, a, false)
	}
}
