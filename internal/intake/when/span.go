package when

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"honne"
	"honne/internal/intake/figure"
	"honne/internal/intake/grid"
	"honne/internal/japan"
)

var closesAt = regexp.MustCompile(`^([0-9]{1,2})[/月]([0-9]{1,2})日?締(め|切|切り|め切り)?(分)?$`)

// ClosingAcross reads the day on which a month across closes, 8/20締, in the year that
// something else says.
func ClosingAcross(s string, within honne.Period) (honne.Period, bool) {
	m := closesAt.FindStringSubmatch(japan.Fold(japan.Trim(s)))
	if m == nil || within.IsZero() {
		return honne.Period{}, false
	}
	name, _ := strconv.Atoi(m[1])
	day, _ := strconv.Atoi(m[2])
	if name < 1 || name > 12 || day < 1 || day > 31 {
		return honne.Period{}, false
	}
	month := MonthFrom(name, within.From.Month())
	return japan.ClosingMonth(month, day), month <= within.To.Month()
}

var dayOver = regexp.MustCompile(`^(?:([0-9]{1,2})[/月])?([0-9]{1,2})(日?)(?:\(([月火水木金土日])\))?$`)

var weekDays = regexp.MustCompile(`^(?:第?[0-9]+週目?|[Ww]eek ?[0-9]{1,2}|W[0-9]{1,2}) ?\(?([0-9/日月~-]+)\)?$`) // 第2週(6-12)

var daysOver = regexp.MustCompile(`^(?:[0-9]{1,2}[/月])?([0-9]{1,2})日?[~-](?:[0-9]{1,2}[/月])?([0-9]{1,2})日?$`)

const weekdays = "日月火水木金土"

// DaySpan is what a column says of the days of a month.
type DaySpan struct {
	From, To int
	weekday  string // that its header says
	named    bool   // by a word, or with its month
	Rest     []string
}

// DaySpanOf reads the days of a month in the header texts of a column.
func DaySpanOf(path []string, month int) (d DaySpan, ok bool) {
	for _, s := range path {
		text := waves.Replace(japan.Fold(japan.Trim(s)))
		if m := weekDays.FindStringSubmatch(text); m != nil && daysOver.MatchString(m[1]) {
			text = m[1]
		}
		day, span := dayOver.FindStringSubmatch(text), daysOver.FindStringSubmatch(text)
		bare := strings.Trim(text, "()曜")
		switch {
		case len(bare) == 3 && strings.Contains(weekdays, bare) && d.From > 0:
			d.weekday = bare
		case day != nil && d.From == 0 && (day[1] == "" || day[1] == strconv.Itoa(month)):
			d.From, _ = strconv.Atoi(day[2])
			d.To, d.weekday, d.named = d.From, day[4], day[1] != "" || day[3] != ""
		case span != nil && d.From == 0:
			d.From, _ = strconv.Atoi(span[1])
			d.To, _ = strconv.Atoi(span[2])
			d.named = true
		case WeekAcross.MatchString(text):
		default:
			d.Rest = append(d.Rest, s)
		}
	}
	return d, d.From > 0
}

// Follow reports whether days over columns follow each other through a month: weeks to
// its end, bare numbers from the first on and borne out by their days of the week or
// their number.
func Follow(spans map[int]DaySpan, month honne.Month) bool {
	var columns []int
	for i := range spans {
		columns = append(columns, i)
	}
	slices.Sort(columns)
	days := int(month.Last()-month.First()) + 1
	last, named, weeks, told := 0, true, false, 0
	for _, i := range columns {
		d := spans[i]
		if d.From != last+1 && !(d.From == last && d.To == last) || d.To < d.From || d.To > days {
			return false
		}
		if said := d.weekday; said != "" && said != weekdayOf(month.First()+honne.Date(d.From-1)) {
			return false
		} else if said != "" {
			told++
		}
		last, named, weeks = d.To, named && d.named, weeks || d.To > d.From
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

// MonthNumber is the plain number from 1 to 12 in a cell, 0 for none.
func MonthNumber(c *grid.Cell) int {
	n, ok := figure.Of(c)
	if !ok || n.Scale != 0 || c.Kind == grid.Time || n.Coef < 1 || n.Coef > 12 || !figure.IsDigits(japan.Fold(japan.Trim(c.Text))) {
		return 0
	}
	return int(n.Coef)
}

// WeekAcross matches a week that stands as a header: 第1週, W23, 4月第2週.
var WeekAcross = regexp.MustCompile(`^(第?[0-9]+週目?|W[0-9]{1,2}|[Ww]eek ?[0-9]{1,2}|[0-9]{1,2}/[0-9]{1,2}[~-]?週|[0-9]{1,2}月第?[0-9]週)$`)

var waves = strings.NewReplacer("～", "~", "〜", "~", "－", "-")

// IsDaySpan reports whether a text is a span of days, and no name: 11/3-11/9.
func IsDaySpan(s string) bool {
	s = waves.Replace(japan.Fold(japan.Trim(s)))
	return strings.Contains(s, "/") && daysOver.MatchString(s)
}
