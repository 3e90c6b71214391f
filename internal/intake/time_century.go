package intake

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"honne"
	"honne/internal/intake/source"
	"honne/internal/intake/terms"
	"honne/internal/intake/when"
	"honne/internal/japan"
)

// shortRun reports whether headers of figures that are no more than a month with
// a year of two digits follow each other month by month.
func (t *table) shortRun() bool {
	last, n := honne.Month(0), 0
	for i := range t.fields {
		match := shortYear.FindStringSubmatch(japan.Fold(strings.Join(t.fields[i].path, "")))
		if match == nil || t.fields[i].label {
			continue
		}
		year, _ := strconv.Atoi(match[1])
		month, _ := strconv.Atoi(match[2])
		m := honne.NewMonth(2000+year, month)
		if year < when.FirstCentury || month < 1 || month > 12 || n > 0 && m != last+1 {
			return false
		}
		last, n = m, n+1
	}
	return n > 1
}

// yearInTwoDigits reads the month of a title whose year has two digits: 25年4月.
func (t *table) yearInTwoDigits(f *finder) {
	for _, s := range append(slices.Clone(t.Title), f.sheet.Name, source.BaseName(f.reader.file.Name)) {
		match := shortYearTitle.FindStringSubmatch(japan.Fold(s))
		if match == nil || terms.HoldsAny(s, t.book.Words.Made) || terms.HoldsAny(s, []string{"令和", "平成", "昭和"}) {
			continue
		}
		year, _ := strconv.Atoi(match[1])
		month, _ := strconv.Atoi(match[2])
		if m := honne.NewMonth(2000+year, month); year >= when.FirstCentury && month >= 1 && month <= 12 {
			t.Period, t.PeriodAt = m.Period(), "name"
			t.assumeCentury(honne.Address{Sheet: t.Sheet}, m, s)
			return
		}
	}
}

// yearOfNoEra reads the month of a title whose year has one digit, of the era that goes
// on: 7年9月. A person is asked to look.
func (t *table) yearOfNoEra(f *finder) {
	for _, s := range append(slices.Clone(t.Title), f.sheet.Name, source.BaseName(f.reader.file.Name)) {
		match := bareEra.FindStringSubmatch(japan.Fold(s))
		if match == nil || terms.HoldsAny(s, t.book.Words.Made) {
			continue
		}
		if p, ok := japan.ParsePeriod("令和" + match[1] + "年" + match[2] + "月"); ok {
			t.Period, t.PeriodAt = p, "name"
			t.stats.problems = append(t.stats.problems, honne.Problem{At: honne.Address{Sheet: t.Sheet}, Severity: honne.SevWarning, Raw: clip(s),
				What: honne.Say("problem.year-of-no-era", honne.InMonth("month", p.From.Month()))})
			return
		}
	}
}

// monthOfEraLetter reads the month of a title that ends so and says what the table counts:
// 売上報告R7-06. In other texts it may be a product.
func (t *table) monthOfEraLetter(f *finder) {
	for _, s := range append(slices.Clone(t.Title), f.sheet.Name, source.BaseName(f.reader.file.Name)) {
		said := eraLetter.FindStringSubmatch(japan.Fold(japan.Trim(s)))
		if said == nil || t.words.Kind(s) == "" {
			continue
		}
		if p, ok := when.ReadPeriod(strings.NewReplacer("-", ".", "/", ".").Replace(said[2])); ok && t.Period.IsZero() {
			t.Period, t.PeriodAt = p, "name"
		}
	}
}

// assumeCentury has a person look where a year of two digits was read as one of
// this century.
func (t *table) assumeCentury(at honne.Address, m honne.Month, raw string) {
	t.stats.problems = append(t.stats.problems, honne.Problem{At: at, Severity: honne.SevWarning, Raw: clip(raw),
		What: honne.Say("problem.year-of-two-digits", honne.InMonth("month", m))})
}

var shortYearTitle = regexp.MustCompile(`(?:^|[^0-9])['’]?([0-9]{2})年([0-9]{1,2})月`)

var bareEra = regexp.MustCompile(`(?:^|[^0-9])([1-9])年([0-9]{1,2})月(?:[^0-9]|$)`)

var eraLetter = regexp.MustCompile(`(^|[^A-Za-z0-9])(R[0-9]{1,2}[./-][0-9]{1,2})$`)
