package intake

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"honne"
	"honne/internal/japan"
)

// firstCentury is the least year of two digits that is read as one of this
// century where nothing else says it: below it an era's years are as likely.
const firstCentury = 19

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
		if year < firstCentury || month < 1 || month > 12 || n > 0 && m != last+1 {
			return false
		}
		last, n = m, n+1
	}
	return n > 1
}

var shortYearTitle = regexp.MustCompile(`(?:^|[^0-9])['’]?([0-9]{2})年([0-9]{1,2})月`)

// yearInTwoDigits reads the month of a title whose year has two digits: 25年4月.
func (t *table) yearInTwoDigits(f *finder) {
	for _, s := range append(slices.Clone(t.Title), f.sheet.Name, baseName(f.reader.file.Name)) {
		match := shortYearTitle.FindStringSubmatch(japan.Fold(s))
		if match == nil || holdsAny(s, t.book.Words.Made) || holdsAny(s, []string{"令和", "平成", "昭和"}) {
			continue
		}
		year, _ := strconv.Atoi(match[1])
		month, _ := strconv.Atoi(match[2])
		if m := honne.NewMonth(2000+year, month); year >= firstCentury && month >= 1 && month <= 12 {
			t.Period, t.PeriodAt = m.Period(), "name"
			t.assumeCentury(honne.Address{Sheet: t.Sheet}, m, s)
			return
		}
	}
}

var bareEra = regexp.MustCompile(`(?:^|[^0-9])([1-9])年([0-9]{1,2})月(?:[^0-9]|$)`)

// yearOfNoEra reads the month of a title whose year has one digit, of the era that goes
// on: 7年9月. A person is asked to look.
func (t *table) yearOfNoEra(f *finder) {
	for _, s := range append(slices.Clone(t.Title), f.sheet.Name, baseName(f.reader.file.Name)) {
		match := bareEra.FindStringSubmatch(japan.Fold(s))
		if match == nil || holdsAny(s, t.book.Words.Made) {
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

var eraLetter = regexp.MustCompile(`(^|[^A-Za-z0-9])(R[0-9]{1,2}[./-][0-9]{1,2})$`)

// monthOfEraLetter reads the month of a title that ends so and says what the table counts:
// 売上報告R7-06. In other texts it may be a product.
func (t *table) monthOfEraLetter(f *finder) {
	for _, s := range append(slices.Clone(t.Title), f.sheet.Name, baseName(f.reader.file.Name)) {
		said := eraLetter.FindStringSubmatch(japan.Fold(japan.Trim(s)))
		if said == nil || t.words.kind(s) == "" {
			continue
		}
		if p, ok := readPeriod(strings.NewReplacer("-", ".", "/", ".").Replace(said[2])); ok && t.Period.IsZero() {
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

var bracketedDays = regexp.MustCompile(`^([0-9]{1,2})[月/]([0-9]{1,2})日?[~-]([0-9]{1,2})[月/]([0-9]{1,2})日?$`)

var spanSigns = strings.NewReplacer("～", "~", "〜", "~", "－", "-", "から", "~")

// bracketedPart reads what the words of a title say of the period that it gives:
// the half of a fiscal year (2025年度 売上（上期）), the days of a closing month
// (2025年6月度（5/21～6/20）).
func bracketedPart(s string, p honne.Period) (part honne.Period, ok bool) {
	n := 0
	for _, word := range strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune("()（）【】[] \u3000", r) }) {
		word = spanSigns.Replace(japan.Fold(word))
		q, found := closingDays(word, p)
		if !found {
			q, found = periodWithin(word, p)
			found = found && partOfYear(q, p)
		}
		if found {
			part, n = q, n+1
		}
	}
	return part, n == 1
}

// partOfYear reports whether a period is a half or a quarter of a fiscal year.
func partOfYear(q, year honne.Period) bool {
	_, fiscal := fiscalYearOf(year)
	months := q.To.Month() - q.From.Month() + 1
	return fiscal && within(q, year) && q != year && (months == 6 || months == 3)
}

// closingDays reads 5/21~6/20 as the days of a closing month that ends in the
// month p.
func closingDays(s string, p honne.Period) (honne.Period, bool) {
	month, ok := p.Month()
	match := bracketedDays.FindStringSubmatch(s)
	if !ok || match == nil {
		return honne.Period{}, false
	}
	var n [4]int
	for i := range n {
		n[i], _ = strconv.Atoi(match[i+1])
	}
	year, m := month.Civil()
	q := honne.Period{From: honne.NewDate(year, n[0], n[1]), To: honne.NewDate(year, n[2], n[3])}
	if n[0] > n[2] {
		q.From = honne.NewDate(year-1, n[0], n[1])
	}
	bucket, ok := q.Bucket()
	return q, ok && n[2] == m && bucket == month
}
