package intake

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"honne"
	"honne/internal/intake/terms"
	"honne/internal/japan"
)

// scopes says of each part that all of its tables are of one branch, or of one
// half of a month or one day: then the report of another branch or half is no newer version
// of it.
func (r *reader) scopes() {
	if r.file.From == honne.Ours {
		return
	}
	for i := range r.parts {
		p := &r.parts[i]
		piece := r.tables[p.Tables[0]].piece()
		if piece == "" || slices.ContainsFunc(p.Tables, func(n int) bool { return r.tables[n].piece() != piece }) {
			continue
		}
		if !p.Adds() {
			r.note(honne.Address{Sheet: r.tables[p.Tables[0]].Sheet}, honne.Say("problem.piece", honne.Text("piece", piece)))
		}
		p.Scope = strings.TrimSpace(p.Scope + " " + piece)
	}
}

// piece names what the table is of, where it is not of all.
func (t *table) piece() string {
	place := t.placeOf()
	if t.has(honne.MBranch) && !t.onlyOf(place) { // whose rows say of which
		place = ""
	}
	return strings.TrimSpace(place + " " + t.half())
}

// onlyOf reports whether every line of the table is of one place, by its own column.
func (t *table) onlyOf(place string) bool {
	for _, k := range t.stats.series {
		if k.region < k.lines || k.places != 1 || japan.Key(k.place) != japan.Key(place) {
			return false
		}
	}
	return len(t.stats.series) > 0
}

// visit notes the place of a line.
func (k *seriesTally) visit(said *terms.Word) {
	if said != nil && said.Text != k.place {
		k.place = said.Text
		k.places++
	}
}

// placeOf is the branch or region that sheet, title or file name says: 東京支店. In a
// title it may be the sender's office, so that it is no region of the lines.
func (t *table) placeOf() string {
	place := t.place
	for _, s := range t.around {
		for _, word := range strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune(terms.TitleBreaks, r) }) {
			place = cmp.Or(place, t.words.PlaceNamed(word))
		}
	}
	return place
}

// spanOfDays is a range of days within a month: 1-15, 16日～31日.
var spanOfDays = regexp.MustCompile(`(?:^|[^0-9])([0-9]{1,2})日?[-～〜~]([0-9]{1,2})日?(?:[^0-9]|$)`)

// wholeDate is a day that a name gives whole, and no range of days: 2026-05-13.
var wholeDate = regexp.MustCompile(`(?:19|20)[0-9]{2}-[0-9]{1,2}-[0-9]{1,2}`)

// spansOfDates are ranges of days that say their month: 0408-0415, 20260408-20260415,
// 4/8～4/15, 4月8日〜15日.
var spansOfDates = [...]*regexp.Regexp{
	regexp.MustCompile(`(?:^|[^0-9])(?:20[0-9]{2})?(0[1-9]|1[0-2])([0-3][0-9])[-～〜~_](?:(?:20[0-9]{2})?(0[1-9]|1[0-2]))([0-3][0-9])(?:[^0-9]|$)`),
	regexp.MustCompile(`(?:^|[^0-9])(?:20[0-9]{2}[/年.-])?([0-9]{1,2})[月/.]([0-9]{1,2})日?[-～〜~](?:(?:20[0-9]{2}[/年.-])?([0-9]{1,2})[月/.])?([0-9]{1,2})日?(?:[^0-9]|$)`),
}

// half is the days of a month that title, sheet or file name says the rows are of,
// where the days of the rows bear it out.
func (t *table) half() string {
	from, to := t.days()
	if t.day != 0 && from == t.day && to == t.day {
		return t.day.String()
	}
	if from == 0 || from.Month() != to.Month() {
		return ""
	}
	_, month, a := from.Civil()
	_, _, b := to.Civil()
	for _, s := range t.around {
		first, last, ok := daysNamed(s, month)
		if ok && first <= a && b <= last && last-first < 20 {
			return strconv.Itoa(first) + "–" + strconv.Itoa(last)
		}
	}
	return ""
}

// daysNamed reads a range of days of a month, also as a word: 前半, 上旬.
func daysNamed(s string, month int) (first, last int, ok bool) {
	s = japan.Fold(s)
	if first, last, ok = japan.PartOfMonth(s); ok {
		return first, last, true
	}
	m := spanOfDays.FindStringSubmatch(wholeDate.ReplaceAllString(s, " "))
	for i := 0; m == nil && i < len(spansOfDates); i++ {
		m = datesOf(spansOfDates[i].FindStringSubmatch(s), month)
	}
	if m == nil {
		return 0, 0, false
	}
	first, _ = strconv.Atoi(m[1])
	last, _ = strconv.Atoi(m[2])
	return first, last, 0 < first && first < last && last <= 31
}

// datesOf are the days of a range whose both ends lie in the month, as spanOfDays gives
// them; nil for none.
func datesOf(m []string, month int) []string {
	if m == nil {
		return nil
	}
	from, _ := strconv.Atoi(m[1])
	to, _ := strconv.Atoi(cmp.Or(m[3], m[1]))
	if from != month || to != month {
		return nil
	}
	return []string{m[0], m[2], m[4]}
}
