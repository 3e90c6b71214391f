package intake

import (
	"slices"

	"honne"
	"honne/internal/intake/outline"
	"honne/internal/intake/terms"
	"honne/internal/intake/when"
	"honne/internal/japan"
)

// Months may stand across by their number alone: 4, 5, 6 … 3.

// fewestMonths is how many numbers in the order of a fiscal year are months.
const fewestMonths = 6

// markMonths takes plain numbers for months where nothing else is as likely: they
// follow each other from April on, in the first row with numbers, over figures with
// names beside them, and title, sheet or file say a year or the month of the report.
func (f *finder) markMonths(rows []*outline.Profile) {
	for i, p := range rows {
		if !slices.Contains(p.Classes, outline.Number) {
			continue
		}
		if at := monthRun(p); at != nil && f.yearAround(rows[:i]) && overFigures(p, rows[i+1:]) {
			p.Mark(at, outline.When)
		}
		f.markShortMonths(p, rows[:i], rows[i+1:])
		return
	}
}

// monthRun returns the places of the numbers of a row that are those of months from
// April on, nil where one is not.
func monthRun(p *outline.Profile) (at []int) {
	for i, c := range p.Classes {
		switch {
		case c == outline.Text:
		case c != outline.Number || when.MonthNumber(&p.Cells[i]) != (len(at)+3)%12+1:
			return nil
		default:
			at = append(at, i)
		}
	}
	if len(at) < fewestMonths || len(at) > 12 || p.Classes[0] != outline.Text {
		return nil
	}
	return at
}

// overFigures reports whether the row below has figures where a row has months, and
// a name where it has its first text.
func overFigures(p *outline.Profile, below []*outline.Profile) bool {
	i := outline.NextFilled(below, 0)
	if i < 0 || below[i].Class(p.Cells[0].Col) != outline.Text {
		return false
	}
	figures := 0
	for k, c := range p.Cells {
		if p.Classes[k] == outline.Number && below[i].Class(c.Col).Figure() {
			figures++
		}
	}
	return 2*figures > fewestMonths
}

// yearAround reports whether a title, the sheet or the file says a fiscal year, or the
// month of the report, and none speaks of sizes.
func (f *finder) yearAround(titles []*outline.Profile) bool {
	texts := f.textsAround(titles)
	if slices.ContainsFunc(texts, func(s string) bool { return terms.HoldsAny(s, f.reader.words.Book.Words.Sizes) }) {
		return false
	}
	return slices.ContainsFunc(texts, func(s string) bool {
		p, ok := f.reader.words.TitlePeriod(s)
		_, fiscal := when.FiscalYearOf(p)
		_, month := p.Month()
		return ok && (fiscal || month)
	})
}

// findNumbered finds the header row in which months stand by their number. One that
// does not reach the new year may count something else: a person has a look.
func (t *table) findNumbered() {
	for _, h := range t.headerRows {
		n := 0
		for i := range h.Cells {
			if h.Classes[i] == outline.When && when.MonthNumber(&h.Cells[i]) > 0 {
				n++
			}
		}
		if n < fewestMonths {
			continue
		}
		t.numbered = true
		t.words.Parties[japan.Trim(h.Cells[0].Text)] = true // the header again, on another page, is to be judged
		if n < 10 {
			t.stats.problems = append(t.stats.problems, honne.Problem{At: t.address(h.N, h.Cells[1].Col), Severity: honne.SevWarning, Raw: h.Cells[1].Text,
				What: honne.Say("problem.months-by-number")})
		}
	}
}

// inNumbers gives a number that stands for a month its word.
func (t *table) inNumbers(s string) string {
	if t.numbered && when.PlainNumber(s) {
		return s + "月"
	}
	return s
}
