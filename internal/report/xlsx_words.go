package report

import (
	"strings"

	"honne"
)

// counted is a row of the sheet of words: what is said, and its number.
type counted struct {
	say    string
	number *Figure
	unit   string // where the number alone does not say it
	notes  []int
}

// section begins one; its row says what stands beside the words once something does.
func (b *book) section(title string) {
	b.row++
	b.title = title
	b.put(true, title)
	b.head = b.row
}

func (b *book) entry(e Entry) {
	lead := ""
	if e.Inside {
		lead = b.v.text("brief.inside") + b.v.between("report.between.lead")
	}
	b.told(lead, e.Line)
	for _, u := range e.Under {
		lead := "   "
		if !u.Lead.IsZero() {
			lead += b.v.say(u.Lead) + b.v.between("report.between.lead")
		}
		b.told(lead, u.Items...)
	}
}

// told writes lines in a row: their words, and beside them number, unit and source
// as a strip has them. A figure that stands by itself has a row of its own.
func (b *book) told(lead string, lines ...Line) {
	rows := b.rows(lines)
	for i, r := range rows {
		if i == 0 {
			r.say = lead + r.say
		} else {
			r.say = "      " + r.say
		}
		b.put(false, r.say)
		b.beside(r)
	}
}

// beside writes number, unit and source of the row.
func (b *book) beside(r counted) {
	if r.number == nil && len(r.notes) == 0 {
		return
	}
	if b.head > 0 {
		for i, key := range [...]string{"report.value", "report.unit", "report.source"} {
			b.text(b.words, i+2, b.head, b.v.text(key), true)
		}
		b.head = 0
	}
	if r.number != nil {
		unit := b.figure(b.words, 2, b.row, *r.number, false, false)
		if r.unit != "" {
			unit = r.unit
		}
		b.text(b.words, 3, b.row, unit, false)
	}
	if len(r.notes) > 0 {
		b.text(b.words, 4, b.row, b.from(r.notes), false)
	}
}

// rows parts lines into words, with the number that their sentence holds, and the
// figures that stand by themselves behind their own words.
func (b *book) rows(lines []Line) []counted {
	head := counted{}
	var said []string
	var own []counted
	for _, l := range lines {
		var words []string
		between := b.v.between("report.between.words")
		for _, p := range l {
			if p.Figure != nil {
				own = append(own, counted{say: strings.Join(words, between), number: p.Figure, notes: p.Notes})
				words = nil
				continue
			}
			words = append(words, withNotes(b.v.piece(p), p.Notes))
			if n, ok := b.v.counted(p); ok && head.number == nil {
				head.number, head.unit = n.number, n.unit
			}
			head.notes = append(head.notes, p.Notes...)
		}
		if len(words) > 0 {
			said = append(said, strings.Join(words, between))
		}
	}
	head.say = strings.Join(said, b.v.text("list.comma"))
	if head.say == "" && len(own) > 0 {
		return own
	}
	return append([]counted{head}, own...)
}

// counted is the number that a sentence with a source is about: its figure where it
// holds no count, else its only count, of all where it names these. A sentence of
// several numbers (3 answers, the oldest for 12 days) is about none of them.
func (v voice) counted(p Piece) (out counted, ok bool) {
	var figures []counted
	var counts []int
	unit := v.text("report.counted")
	for _, a := range p.Say.Args {
		f, is := figureOf(a)
		f.Unit = timed(p.Say, a, f.Unit)
		switch {
		case is && a.Name == "times":
			figures = append(figures, counted{number: &f, unit: v.text("report.counted.times")})
		case is:
			figures = append(figures, counted{number: &f})
		case a.Kind == honne.ArgCount && (a.Name == "all" || a.Name == "of"):
			unit = v.text("report.counted.of", honne.Count("all", int(a.N)))
		case a.Kind == honne.ArgCount:
			counts = append(counts, int(a.N))
		}
	}
	switch {
	case len(p.Notes) == 0:
	case len(figures) > 0 && len(counts) == 0:
		return figures[0], true
	case len(figures) == 0 && len(counts) == 1:
		return counted{number: &Figure{Value: float64(counts[0]), Unit: honne.UnitCount}, unit: unit}, true
	}
	return counted{}, false
}

// timed is the unit of a number that says how long something took, inside the
// sentence of its unit; of any other it is the unit given.
func timed(m honne.Message, a honne.Arg, unit honne.ValueUnit) honne.ValueUnit {
	if a.Name != "took.n" {
		return unit
	}
	for _, in := range m.Args {
		if in.Kind == honne.ArgSaid && in.S == "unit.days" {
			return honne.UnitDays
		}
	}
	return honne.UnitHours
}

// figureOf is an argument as a figure; false for what is none, or a mere count.
func figureOf(a honne.Arg) (Figure, bool) {
	f := Figure{Value: a.F}
	switch a.Kind {
	case honne.ArgRatio:
		f.Unit = honne.UnitRatio
	case honne.ArgGrowth:
		f.Unit = honne.UnitGrowth
	case honne.ArgPoints:
		f.Unit = honne.UnitPoints
	case honne.ArgNumber:
		f.Unit = honne.UnitIndex
		if a.Name == "months" {
			f.Unit = honne.UnitMonths
		}
	case honne.ArgMoney:
		f.Unit, f.Money = honne.UnitMoney, honne.Money{Minor: a.N, Currency: honne.Currency(a.S)}
	default:
		return f, false
	}
	return f, true
}
