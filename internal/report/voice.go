package report

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"honne"
	"honne/internal/japan"
	"honne/internal/lang"
)

// voice says a document in one language.
type voice struct {
	sentences *lang.Catalogues
	lang      lang.Language
}

func (v voice) say(m honne.Message) string { return v.signed(v.sentences.Say(v.lang, m)) }

func (v voice) text(key string, args ...honne.Arg) string {
	return v.signed(v.sentences.Text(v.lang, key, args...))
}

// minus is the sign before a figure.
var minus = regexp.MustCompile(`−([0-9¥€$£])`)

// signed writes a minus as a Japanese document does: ▲ (ux 5).
func (v voice) signed(s string) string {
	if v.lang != lang.JA {
		return s
	}
	return minus.ReplaceAllString(s, "▲$1")
}

// between is what stands between two things that a sentence sets side by side:
// a blank, a comma, a colon, as the language writes it.
func (v voice) between(key string) string {
	return v.text(key, honne.Text("a", ""), honne.Text("b", ""))
}

// head writes the head of a column, with the unit of its figures.
func (v voice) head(c Column) string {
	if c.Unit == (MoneyUnit{}) {
		return v.say(c.Head)
	}
	return v.text("report.with-unit", honne.Text("head", v.say(c.Head)), honne.Text("unit", v.lang.Unit(c.Unit.Currency, c.Unit.Scale)))
}

// figure writes a number in its unit.
func (v voice) figure(f Figure) string { return v.signed(v.number(f)) }

func (v voice) number(f Figure) string {
	switch f.Unit {
	case honne.UnitRatio:
		if f.Of[1] > 0 {
			return v.text("of", honne.Count("n", f.Of[0]), honne.Count("all", f.Of[1]))
		}
		return v.lang.Percent(f.Value)
	case honne.UnitGrowth:
		return v.lang.Growth(f.Value)
	case honne.UnitPoints:
		return v.lang.Points(f.Value)
	case honne.UnitMonths:
		return v.text("unit.months", honne.Number("n", f.Value))
	case honne.UnitDays:
		return v.text("unit.days", honne.Number("n", f.Value))
	case honne.UnitHours:
		return v.say(japan.Worked(f.Value))
	case honne.UnitLevel:
		return "L" + v.lang.Number(f.Value, 0)
	case honne.UnitMoney:
		return v.money(f)
	case honne.UnitHHI, honne.UnitCount:
		return v.lang.Number(f.Value, 0)
	}
	if f.Digits > 0 {
		return v.lang.Fixed(f.Value, f.Digits)
	}
	return v.lang.Index(f.Value)
}

func (v voice) money(f Figure) string {
	switch {
	case f.In == (MoneyUnit{}):
		return v.lang.Money(f.Money)
	case f.Delta:
		return v.lang.Difference(f.Money, f.In.Scale)
	}
	return v.lang.Scaled(f.Money, f.In.Scale)
}

// piece writes a piece without its notes.
func (v voice) piece(p Piece) string {
	switch {
	case p.Figure != nil:
		return v.figure(*p.Figure)
	case p.Text != "":
		return p.Text
	case !p.Both.IsZero():
		return v.either(p.Both)
	}
	return v.say(p.Say)
}

// either is the text of the language, or the other one where it has none.
func (v voice) either(b honne.Both) string {
	if v.lang == lang.JA {
		return cmp.Or(b.JA, b.EN)
	}
	return cmp.Or(b.EN, b.JA)
}

// whom is the name at the head of a document; a partner is addressed by it.
func (v voice) whom(d Document) string {
	name, _ := d.Name.In(v.lang)
	if d.Edition == Partner {
		return v.text("brief.to", honne.Text("name", name))
	}
	return name
}

// source writes a note.
func (v voice) source(s Source) string {
	parts := slices.Clone(s.Ranges)
	if !s.Say.IsZero() {
		parts = append(parts, v.say(s.Say))
	}
	if s.More > 0 {
		parts = append(parts, v.text("report.more", honne.Count("n", s.More)))
	}
	return strings.Join(parts, v.text("list.comma"))
}

// line writes a line without its notes.
func (v voice) line(l Line) string {
	parts := make([]string, len(l))
	for i, p := range l {
		parts[i] = v.piece(p)
	}
	return strings.Join(parts, v.between("report.between.words"))
}

// under is what stands below a row, each of its lines written by line.
func (v voice) under(u Under, line func(Line) string) string {
	parts := make([]string, len(u.Items))
	for i, l := range u.Items {
		parts[i] = line(l)
	}
	text := strings.Join(parts, v.text("list.comma"))
	if u.Lead.IsZero() {
		return text
	}
	return v.say(u.Lead) + v.between("report.between.lead") + text
}

// level is the word of a level; shape stands beside it, so that it can be told
// without colour.
func (v voice) level(b honne.Band) (shape, word string) {
	shapes := map[honne.Band]string{honne.High: "■", honne.Watch: "◐", honne.Clear: "○"}
	if b == "" {
		return "", ""
	}
	return shapes[b], v.text("band." + string(b))
}

// notes writes the numbers of notes: [3], [3, 4], [3–7].
func notes(list []int) string {
	if len(list) == 0 {
		return ""
	}
	var runs []string
	for i := 0; i < len(list); {
		j := i
		for j+1 < len(list) && list[j+1] == list[j]+1 {
			j++
		}
		run := strconv.Itoa(list[i])
		if j > i {
			run += "–" + strconv.Itoa(list[j])
		}
		runs = append(runs, run)
		i = j + 1
	}
	return "[" + strings.Join(runs, ", ") + "]"
}
