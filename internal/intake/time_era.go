package intake

import (
	"regexp"
	"strings"

	"honne"
	"honne/internal/intake/outline"
	"honne/internal/intake/terms"
	"honne/internal/japan"
)

// findEra says of which era the years of a column are that have one digit (年 over 7):
// that which another column of each row says beside the same year or the one before
// (会計年度 over R7), else the one that goes on, and a person is asked to look.
func (t *table) findEra(p *periodColumns, body []*outline.Profile) {
	if len(p.cols) < 2 || p.ends[0] != "年" {
		return
	}
	era, said := "令和", true
	for _, row := range body {
		year := japan.Trim(row.Text(p.cols[0]))
		if len(year) != 1 || year < "1" || year > "9" {
			return
		}
		said = said && t.eraBeside(row, year)
	}
	if p.era = era; !said && len(body) > 0 {
		first := japan.Trim(body[0].Text(p.cols[0]))
		t.stats.problems = append(t.stats.problems, honne.Problem{At: t.address(body[0].N, p.cols[0]), Severity: honne.SevWarning, Raw: first,
			What: honne.Say("problem.column-of-no-era", honne.Text("text", first))})
	}
}

// eraBeside reports whether a row says 令和 beside its year.
func (t *table) eraBeside(row *outline.Profile, year string) bool {
	for i := range row.Cells {
		m := eraOfYear.FindStringSubmatch(japan.Fold(japan.Trim(row.Cells[i].Text)))
		if m != nil && (m[1] == "R" || m[1] == "令和") && (m[2] == year || strings.Contains("0123456789", m[2]+year)) {
			return true
		}
	}
	return false
}

// lastYear takes a table that only says 前年同月 for that of the year before the month of
// the sheet before it, which it is set against.
func (t *table) lastYear(f *finder) {
	m := f.reader.monthBefore()
	if !t.Period.IsZero() || m == 0 {
		return
	}
	for _, s := range append(t.titleWords(), f.sheet.Name) {
		meaning, sure := t.words.Lookup(s)
		series, _, figure := meaning.Measure()
		switch {
		case sure < terms.SureHeader:
		case figure && series == "" && strings.Contains(s, "年"): // 本年・前年
			t.prior = false
			return
		case series == honne.PriorYear:
			t.prior = true
		}
	}
	if t.prior {
		t.Period, t.PeriodAt = m.Period(), "name"
	}
}

// titleWords are the words of the titles.
func (t *table) titleWords() (words []string) {
	for _, s := range t.Title {
		words = append(words, strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune(terms.TitleBreaks, r) })...)
	}
	return words
}

var eraOfYear = regexp.MustCompile(`^(令和|平成|[RH])\.?([0-9]{1,2})(?:年度?)?$`)
