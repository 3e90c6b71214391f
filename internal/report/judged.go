package report

import (
	"slices"

	"honne"
)

// signs adds the warning signs that are known, the highest level first.
func (b *builder) signs() {
	t := Table{Caption: honne.Say("report.signs.caption"), Columns: []Column{{Head: honne.Say("report.sign")}, {Head: honne.Say("report.level")},
		{Head: honne.Say("report.since")}, {Head: honne.Say("report.measure")}, {Head: honne.Say("report.value"), Right: true}}}
	high, watch := 0, 0
	for _, s := range b.picture.Signs {
		switch s.Level {
		case honne.UnknownBand, "":
			continue
		case honne.High:
			high++
		case honne.Watch:
			watch++
		}
		t.Rows = append(t.Rows, b.sign(s))
	}
	b.heading("report.signs")
	if len(t.Rows) == 0 {
		b.add(Note{words(honne.Say("report.signs.none"))})
		return
	}
	about := words(honne.Say("report.signs.count", honne.Count("high", high), honne.Count("watch", watch)))
	if apart := b.picture.Apart(); len(apart) > 0 { // no sign, and high all the same
		about = append(about, Piece{Say: honne.SayApart(apart)})
	}
	if b.picture.Overall != "" {
		about = append(about, Piece{Say: honne.Say("report.overall", honne.Word("overall", "overall."+string(b.picture.Overall)))})
	}
	b.add(Note{about}, t)
}

func (b *builder) sign(s honne.Sign) Row {
	row := Row{Cells: []Cell{{Line: Line{{Say: honne.Say("sign." + s.ID.Slug), Notes: b.note(s.Evidence...)}}},
		{Level: s.Level}, since(s), {}, {}}}
	i := slices.IndexFunc(b.picture.Measures, func(m honne.Judged) bool { return m.Measure == s.Headline && m.Known })
	if i >= 0 {
		m := b.picture.Measures[i]
		row.Cells[3].Line = words(m.Name())
		row.Cells[4].Line = b.headline(m.Result)
	}
	if s.OurSide {
		row.Under = append(row.Under, Under{Items: lines([]honne.Message{honne.Say("report.our-part")})})
	}
	for _, m := range s.Because {
		row.Under = append(row.Under, Under{Items: lines([]honne.Message{m})})
	}
	return row
}

// since is the quarter that first showed a sign at its level, else the first day on
// which the house saw it.
func since(s honne.Sign) Cell {
	switch {
	case s.Since != 0:
		return Cell{Line: words(honne.Say("report.in-month", honne.InMonth("month", s.Since)))}
	case s.Seen != 0 && (s.Level == honne.Watch || s.Level == honne.High):
		return Cell{Line: words(honne.Say("report.on-day", honne.Day("day", s.Seen)))}
	}
	return Cell{}
}

// measures adds what is known, with what it rests on and what could explain it
// harmlessly.
func (b *builder) measures() {
	t := Table{Caption: honne.Say("report.measures.caption"), Columns: []Column{{Head: honne.Say("report.measure")}, {Head: honne.Say("report.value"), Right: true},
		{Head: honne.Say("report.level")}, {Head: honne.Say("report.n"), Right: true}, {Head: honne.Say("report.period")}}}
	for _, m := range b.picture.Measures {
		if m.Known {
			t.Rows = append(t.Rows, b.measure(m))
		}
	}
	b.heading("report.measures", honne.Count("known", len(t.Rows)), honne.Count("all", len(b.picture.Measures)))
	if len(t.Rows) > 0 {
		b.add(t)
	}
}

func (b *builder) measure(m honne.Judged) Row {
	row := Row{Cells: []Cell{{Line: words(m.Name())},
		{Line: b.headline(m.Result)}, {Level: m.Band},
		{Line: Line{{Figure: &Figure{Value: float64(m.N), Unit: honne.UnitCount}}}}, {}}}
	if !m.TooEarly.IsZero() { // known, but not judged yet: that is not "no data"
		row.Cells[2] = Cell{Line: words(m.TooEarly)}
	}
	if !m.Period.IsZero() {
		row.Cells[4].Line = words(honne.Say("report.in-period", honne.Over("period", m.Period)))
	}
	for _, say := range m.Behind() {
		row.Under = append(row.Under, Under{Items: lines([]honne.Message{say})})
	}
	if len(m.Parts) > 0 {
		row.Under = append(row.Under, Under{honne.Say("report.parts"), b.parts(m.Result)})
	}
	if len(m.Confounders) > 0 && (m.Band == honne.Watch || m.Band == honne.High) {
		row.Under = append(row.Under, Under{honne.Say("report.harmless"), lines(m.Confounders)})
	}
	return row
}

// parts are the further figures of a measure.
func (b *builder) parts(r honne.Result) []Line {
	out := make([]Line, len(r.Parts))
	for i, p := range r.Parts {
		out[i] = Line{{Say: honne.Say("report.part", honne.Word("part", "part."+p.Name))}, b.value(p.Value, p.Unit, p.Flag)}
	}
	return out
}

// value is a figure, or the word for a yes or no.
func (b *builder) value(v float64, u honne.ValueUnit, flag bool) Piece {
	switch {
	case flag && v != 0:
		return Piece{Say: honne.Say("flag.yes")}
	case flag:
		return Piece{Say: honne.Say("flag.no")}
	}
	return Piece{Figure: b.reading(v, u)}
}

// measured is the value of a measure, or the word for its yes or no, with its notes.
func (b *builder) measured(r honne.Result) Line {
	p := b.value(r.Value, r.Unit, r.Flag)
	p.Notes = b.note(r.Evidence...)
	return Line{p}
}

// headline is the value of a measure with its notes; a ratio of few is written
// as 4 of 7.
func (b *builder) headline(r honne.Result) Line {
	l := b.measured(r)
	if n, all := r.Numerator.Count, r.Denominator.Count; l[0].Figure != nil && n > 0 && 0 < all && all <= 12 {
		l[0].Figure.Of = [2]int{n, all}
	}
	return l
}

func (b *builder) reading(v float64, u honne.ValueUnit) *Figure {
	f := &Figure{Value: v, Unit: u}
	if u == honne.UnitMoney {
		f.Money = honne.Money{Minor: int64(v), Currency: b.picture.Currency}
	}
	return f
}

// unknown adds, folded, what is not known yet: first what would make most of it
// known.
func (b *builder) unknown() {
	f := Fold{}
	n := 0
	var signs, measures List
	for _, s := range b.picture.Signs {
		if s.Level == honne.UnknownBand || s.Level == "" {
			n++
			signs.Entries = append(signs.Entries, lacking("sign."+s.ID.Slug, nil, s.Needs))
		}
	}
	for _, m := range b.picture.Measures {
		if !m.Known {
			n++
			measures.Entries = append(measures.Entries, lacking("measure."+m.Measure.Slug, append(slices.Clone(m.Because), m.Why), m.Needs))
		}
	}
	if n == 0 {
		return
	}
	f.Summary = honne.Say("report.unknown", honne.Count("n", n))
	f.Blocks = next(b.picture.Next)
	if len(signs.Entries) > 0 {
		f.Blocks = append(f.Blocks, Heading{honne.Say("report.unknown.signs")}, signs)
	}
	if len(measures.Entries) > 0 {
		f.Blocks = append(f.Blocks, Heading{honne.Say("report.unknown.measures")}, measures)
	}
	b.add(f)
}

// next lists what to give, the most useful first, and apart from it what no file
// holds and a form takes.
func next(asks []honne.Ask) []Block {
	var files, forms List
	for _, a := range asks {
		e := Entry{Line: words(honne.Say("need." + string(a.Give))),
			Under: []Under{{honne.Say("report.unlocks", honne.Count("n", len(a.Unlocks))), measureNames(a.Unlocks)}}}
		if a.Form {
			forms.Entries = append(forms.Entries, e)
		} else {
			files.Entries = append(files.Entries, e)
		}
	}
	var out []Block
	if len(files.Entries) > 0 {
		out = append(out, Heading{honne.Say("report.next")}, files)
	}
	if len(forms.Entries) > 0 {
		out = append(out, Heading{honne.Say("report.next.form")}, forms)
	}
	return out
}

// lacking names what is unknown, what was told of it all the same, and why it is.
func lacking(id string, told []honne.Message, needs []honne.Need) Entry {
	e := Entry{Line: words(honne.Say(id))}
	for _, m := range told {
		if !m.IsZero() {
			e.Under = append(e.Under, Under{Items: []Line{words(m)}})
		}
	}
	if len(e.Under) > 0 {
		return e
	}
	if len(needs) > 0 {
		give := make([]Line, len(needs))
		for i, n := range needs {
			give[i] = words(honne.Say("need." + string(n)))
		}
		e.Under = []Under{{honne.Say("report.lacks"), give}}
	}
	return e
}
