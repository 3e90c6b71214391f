package intake

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"honne"
	"honne/internal/japan"
)

// The days of a month may stand across (1日, 2日 … or 1, 2 … over the days of the week),
// or its weeks, whose days stand below them (1～2日, 3～9日). All lie in the month that the
// table says: each figure is of its day, or of the month.

var (
	dayOver  = regexp.MustCompile(`^(?:([0-9]{1,2})[/月])?([0-9]{1,2})(日?)(?:\(([月火水木金土日])\))?$`)
	weekDays = regexp.MustCompile(`^(?:第?[0-9]+週目?|[Ww]eek ?[0-9]{1,2}|W[0-9]{1,2}) ?\(?([0-9/日月~-]+)\)?$`) // 第2週(6-12)
	daysOver = regexp.MustCompile(`^(?:[0-9]{1,2}[/月])?([0-9]{1,2})日?[~-](?:[0-9]{1,2}[/月])?([0-9]{1,2})日?$`)
)

const weekdays = "日月火水木金土"

// daySpan is what a column says of the days of a month.
type daySpan struct {
	from, to int
	weekday  string // that its header says
	named    bool   // by a word, or with its month
	rest     []string
}

// daySpanOf reads the days of a month in the header texts of a column.
func daySpanOf(path []string, month int) (d daySpan, ok bool) {
	for _, s := range path {
		text := waves.Replace(japan.Fold(japan.Trim(s)))
		if m := weekDays.FindStringSubmatch(text); m != nil && daysOver.MatchString(m[1]) {
			text = m[1]
		}
		day, span := dayOver.FindStringSubmatch(text), daysOver.FindStringSubmatch(text)
		bare := strings.Trim(text, "()曜")
		switch {
		case len(bare) == 3 && strings.Contains(weekdays, bare) && d.from > 0:
			d.weekday = bare
		case day != nil && d.from == 0 && (day[1] == "" || day[1] == strconv.Itoa(month)):
			d.from, _ = strconv.Atoi(day[2])
			d.to, d.weekday, d.named = d.from, day[4], day[1] != "" || day[3] != ""
		case span != nil && d.from == 0:
			d.from, _ = strconv.Atoi(span[1])
			d.to, _ = strconv.Atoi(span[2])
			d.named = true
		case weekAcross.MatchString(text):
		default:
			d.rest = append(d.rest, s)
		}
	}
	return d, d.from > 0
}

// readDays finds the days or weeks of the month of the table across.
func (t *table) readDays(sample []*profile) (found bool) {
	month, one := t.Period.Month()
	spans := t.daySpans(month)
	if !one || !follow(spans, month) && !t.weeksOfMonth(spans, month, sample) {
		return false
	}
	for i, d := range spans {
		f := &t.fields[i]
		f.rest, f.third = d.rest, 1
		t.Columns[i].Period = honne.Period{From: month.First() + honne.Date(d.from-1), To: month.First() + honne.Date(d.to-1)}
	}
	return true
}

// daySpans reads the days over each column of figures, by its index.
func (t *table) daySpans(month honne.Month) map[int]daySpan {
	spans := map[int]daySpan{}
	_, name := month.Civil()
	for i := range t.fields {
		f := &t.fields[i]
		if f.label && f.shape != nil && f.shape.counts > 0 {
			continue
		}
		if d, ok := daySpanOf(f.path, name); ok {
			spans[i] = d
		}
	}
	return spans
}

// follow reports whether days over columns follow each other through a month: weeks to
// its end, bare numbers from the first on and borne out by their days of the week or
// their number.
func follow(spans map[int]daySpan, month honne.Month) bool {
	var columns []int
	for i := range spans {
		columns = append(columns, i)
	}
	slices.Sort(columns)
	days := int(month.Last()-month.First()) + 1
	last, named, weeks, told := 0, true, false, 0
	for _, i := range columns {
		d := spans[i]
		if d.from != last+1 && !(d.from == last && d.to == last) || d.to < d.from || d.to > days {
			return false
		}
		if said := d.weekday; said != "" && said != weekdayOf(month.First()+honne.Date(d.from-1)) {
			return false
		} else if said != "" {
			told++
		}
		last, named, weeks = d.to, named && d.named, weeks || d.to > d.from
	}
	switch {
	case len(columns) < 2 || weeks && last != days:
		return false
	case named:
		return true
	}
	return last == days || told == len(columns) && told > 6
}

// weekdayOf is the letter of the day of the week.
func weekdayOf(d honne.Date) string {
	return string([]rune(weekdays)[d.Weekday()])
}

// daysUnread reports whether days stand across in a table that says no month.
func (t *table) daysUnread() bool {
	spans := t.daySpans(0)
	return len(spans) > 6 && len(spans) >= t.figures/2
}
