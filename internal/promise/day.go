package promise

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"honne"
	"honne/internal/japan"
	"honne/internal/playbook"
)

// dueDay is when something is due.
type dueDay struct {
	known bool       // a day stands there, or a limit without one
	by    bool       // until it, not on it
	date  honne.Date // a business day; 0 when it cannot be told for certain
}

// foundDay is a day that stands in a text.
type foundDay struct {
	from, to int // bytes
	by       bool
	date     honne.Date
}

// due is the day that a clause names: the first until which, else the last on
// which it is.
func (r *Recogniser) due(c clause, said honne.Date) dueDay {
	days := r.days(c.plain, c.spelled.Japanese, said)
	at := slices.IndexFunc(days, func(d foundDay) bool { return d.by })
	switch {
	case at >= 0:
		return dueDay{true, true, r.businessDay(days[at].date)}
	case r.words.Next.In(c.spelled):
		return dueDay{known: true, by: true}
	case len(days) > 0:
		return dueDay{known: true, date: r.businessDay(days[len(days)-1].date)}
	}
	return dueDay{}
}

// From is the first day after it was said that a sentence names as a beginning, as
// the day from which new prices are in force: any day of the calendar. It is 0 where
// none is certain, and a day until which something holds is no beginning.
func (r *Recogniser) From(sentence string, said honne.Date) honne.Date {
	for _, d := range r.fieldDays(sentence, false, said) {
		if !d.by && d.date > said {
			return d.date
		}
	}
	return 0
}

// Names lists the days that a sentence names, as reckoned from a day: any day of the
// calendar, whether or not something is due on it. Of kinds of days only those that are
// asked for, of all where none is.
func (r *Recogniser) Names(sentence string, from honne.Date, kinds ...playbook.DayKind) []honne.Date {
	return datesOf(r.daysNamed(sentence, from, kinds))
}

// NamesOn lists those of Names until which nothing is, as the day of a meeting.
func (r *Recogniser) NamesOn(sentence string, from honne.Date, kinds ...playbook.DayKind) []honne.Date {
	return datesOf(slices.DeleteFunc(r.daysNamed(sentence, from, kinds), func(d foundDay) bool { return d.by }))
}

func datesOf(list []foundDay) (out []honne.Date) {
	for _, d := range list {
		out = append(out, d.date)
	}
	return out
}

func (r *Recogniser) daysNamed(sentence string, from honne.Date, kinds []playbook.DayKind) []foundDay {
	words := *r.words
	words.NotDue = playbook.Phrases{}
	if len(kinds) > 0 {
		words.Days = slices.DeleteFunc(slices.Clone(words.Days), func(d playbook.DayRule) bool { return !slices.Contains(kinds, d.Is) })
	}
	free := *r
	free.words = &words
	return free.fieldDays(sentence, false, from)
}

// businessDay moves a day that is none to the next one: so ends a period.
func (r *Recogniser) businessDay(d honne.Date) honne.Date {
	if d == 0 {
		return 0
	}
	return r.calendar.OnOrAfter(d)
}

// days finds the days of a text, in their order. Of several readings of a place
// the longest counts.
func (r *Recogniser) days(plain string, japanese bool, said honne.Date) []foundDay {
	var all []foundDay
	for i := range r.words.Days {
		rule := &r.words.Days[i]
		for k, re := range rule.Pattern {
			if (k < len(rule.JA)) != japanese {
				continue
			}
			for _, m := range re.FindAllStringSubmatchIndex(plain, -1) {
				if f, ok := r.dayAt(plain, japanese, rule, re, m, said); ok {
					all = append(all, f)
				}
			}
		}
	}
	slices.SortStableFunc(all, func(a, b foundDay) int { return cmp.Or(a.from-b.from, b.to-a.to) })
	var out []foundDay
	end := 0
	for _, f := range all {
		if f.from >= end {
			end = f.to
			if f.date >= 0 {
				out = append(out, f)
			}
		}
	}
	return out
}

// notDue marks a day on which nothing is due: it still covers its place.
const notDue = honne.Date(-1)

// dayAt reads what a rule found.
func (r *Recogniser) dayAt(plain string, japanese bool, rule *playbook.DayRule, re *regexp.Regexp, m []int, said honne.Date) (f foundDay, ok bool) {
	f = foundDay{from: m[0], to: m[1], by: rule.By}
	if inNumber(plain, m[0], m[1]) || !japanese && inWord(plain, m[0], m[1]) {
		return f, false
	}
	p := parts{re, m, plain, r, japanese}
	if f.date, ok = p.resolve(rule, said); !ok {
		return f, false
	}
	limit := r.limits(plain, japanese, f)
	f.by = f.by && !(japanese && r.lasts(rule, plain, f)) || limit
	if !f.by && (japanese && (r.idle(plain[f.to:]) || rule.Is == playbook.DayEndOfMonth && namesThing.MatchString(plain[f.from:])) || !japanese && rule.Is == playbook.DayWeekday && len(p.text("weekday")) == 3) {
		f.date = notDue
	}
	return f, true
}

// lasts reports whether so many days, weeks or months are how long something is, not until
// when: 3か月の見込, 3か月分.
func (r *Recogniser) lasts(rule *playbook.DayRule, plain string, f foundDay) bool {
	spans := []playbook.DayKind{playbook.DayDays, playbook.DayBusinessDays, playbook.DayWeeks, playbook.DayMonths}
	within := slices.ContainsFunc(r.words.By.JA, func(w string) bool { return strings.HasSuffix(plain[f.from:f.to], japan.Key(w)) })
	return slices.Contains(spans, rule.Is) && !within && r.idle(plain[f.to:])
}

// limits reports whether a mark beside a day says that it is a limit.
func (r *Recogniser) limits(plain string, japanese bool, f foundDay) bool {
	if japanese {
		rest := weekdayBehind.ReplaceAllString(plain[f.to:], "")
		return !ofWhat.MatchString(rest) && slices.ContainsFunc(r.words.By.JA, func(w string) bool { return strings.HasPrefix(rest, japan.Key(w)) })
	}
	before := strings.TrimSuffix(strings.TrimRight(plain[:f.from], " ("), " the")
	return slices.ContainsFunc(r.words.By.EN, func(w string) bool {
		rest, ok := strings.CutSuffix(before, w)
		return ok && (rest == "" || !unicode.IsLetter(lastRune(rest)))
	}) || strings.HasPrefix(strings.TrimLeft(plain[f.to:], " ,"), "at the latest")
}

// namesThing is a month of which something is called: 11月コースの日程.
var namesThing = regexp.MustCompile(`^[\d一二三四五六七八九十]{1,2}月(?:[ァ-ヴ][ァ-ヴ-]{1,9}|[\p{Han}]{2,8})の`)

// ofWhat follows a day in brackets that say which thing is meant: (9/21-10/20)の資料.
var ofWhat = regexp.MustCompile(`^[^()]{0,12}\)の`)

var weekdayBehind = regexp.MustCompile(`^\([月火水木金土日祝・曜]+\)`)

// idle reports whether what follows a day says that nothing is due on it.
func (r *Recogniser) idle(rest string) bool {
	rest = weekdayBehind.ReplaceAllString(rest, "")
	return ofWhat.MatchString(rest) || slices.ContainsFunc(r.words.NotDue.JA, func(w string) bool { return strings.HasPrefix(rest, w) })
}

func inNumber(s string, from, to int) bool {
	digit := func(i int) bool { return i >= 0 && i < len(s) && s[i] >= '0' && s[i] <= '9' }
	return digit(from-1) && digit(from) || digit(to-1) && digit(to)
}

func inWord(s string, from, to int) bool {
	next, _ := utf8.DecodeRuneInString(s[to:])
	return unicode.IsLetter(lastRune(s[:from])) || unicode.IsLetter(next)
}

func lastRune(s string) rune {
	r, _ := utf8.DecodeLastRuneInString(s)
	return r
}

// parts are the parts of a day that a pattern found.
type parts struct {
	re   *regexp.Regexp
	m    []int
	from string
	of   *Recogniser

	japanese bool
}

func (p parts) text(name string) string {
	i := p.re.SubexpIndex(name)
	if i < 0 || p.m[2*i] < 0 {
		return ""
	}
	return p.from[p.m[2*i]:p.m[2*i+1]]
}

// number reads a number in digits, kanji or words; 0 for none.
func (p parts) number(name string) int {
	text := p.text(name)
	if i := slices.Index(p.of.words.Numbers.EN, text); i >= 0 {
		return i + 1
	}
	if n, err := strconv.Atoi(text); err == nil {
		return n
	}
	d, ok := japan.ParseNumber(text)
	if !ok || text == "" {
		return 0
	}
	n, err := strconv.Atoi(d.String())
	if err != nil {
		return 0
	}
	return n
}

// month is the month that is named, 0 for none; ok is false when a word that
// stands for one is none.
func (p parts) month() (m int, ok bool) {
	if name := p.text("month"); name != "" {
		return japan.ParseMonthName(name)
	}
	m = p.number("m")
	return m, m <= 12 || !p.japanese
}

// furthest is how far ahead, in days, the next such day may lie: what is further
// was meant as the last one.
const furthest = 300

// resolve reckons the day, 0 when it is uncertain; ok is false when there is none
// of that kind.
func (p parts) resolve(rule *playbook.DayRule, said honne.Date) (honne.Date, bool) {
	y, m, d := said.Civil()
	monday := said - honne.Date((int(said.Weekday())+6)%7)
	switch rule.Is {
	case playbook.DayDate:
		date, ok := japan.ParseDate(strings.ToUpper(p.text("date")))
		return date, ok
	case playbook.DayOfYear:
		return p.dayOfYear(said)
	case playbook.DayOfMonth:
		day, months := p.number("d"), max(rule.Add, 0)
		if rule.Add < 0 && day < d {
			months = 1
		}
		return civil(y, m+months, day)
	case playbook.DayWeekday:
		return p.weekday(monday, said, rule.Add)
	case playbook.DayEndOfWeek:
		return monday + 4 + honne.Date(7*rule.Add), true
	case playbook.DayStartOfWeek:
		return monday + honne.Date(7*rule.Add), true
	case playbook.DayEndOfMonth, playbook.DayPartOfMonth:
		return p.inMonth(rule, said)
	case playbook.DayEndOfYear:
		return honne.NewDate(y, 12, 31), true
	case playbook.DayEndOfFiscal:
		return japan.FiscalPeriod(japan.FiscalYear(said.Month(), 4), 4).To, true
	}
	return p.ahead(rule, said)
}

// ahead is a day some days, weeks or months ahead.
func (p parts) ahead(rule *playbook.DayRule, said honne.Date) (honne.Date, bool) {
	n := rule.Add
	if p.re.SubexpIndex("n") >= 0 {
		if n = p.number("n"); n == 0 {
			return 0, false
		}
	}
	switch rule.Is {
	case playbook.DayBusinessDays:
		return p.of.calendar.AddBusinessDays(said, n), n <= 400
	case playbook.DayWeeks:
		return said + honne.Date(7*max(n, 1)), true
	case playbook.DayMonths:
		y, m, d := said.Civil()
		last := (honne.NewMonth(y, m) + honne.Month(max(n, 1))).Last()
		_, _, most := last.Civil()
		return last - honne.Date(max(0, most-d)), true
	}
	return said + honne.Date(n), true
}

func civil(y, m, d int) (honne.Date, bool) {
	date := honne.NewDate(y, m, d)
	_, _, day := date.Civil()
	return date, d >= 1 && day == d
}

// dayOfYear is a month and a day, in the year that is named, else the next such.
func (p parts) dayOfYear(said honne.Date) (honne.Date, bool) {
	month, ok := p.month()
	day, year := p.number("d"), p.number("y")
	if !ok || month < 1 {
		return 0, false
	}
	y, _, _ := said.Civil()
	switch slashed := !p.japanese && p.text("month") == ""; {
	case slashed && month > 12:
		month, day = day, month
	case slashed && day <= 12 && day != month:
		return 0, day > 0 // 10/11: who knows
	}
	if year > 0 {
		return civil(year, month, day)
	}
	date, ok := civil(y, month, day)
	if ok && date < said {
		date, ok = civil(y+1, month, day)
	}
	if date > said+furthest {
		date = 0
	}
	return date, ok
}

// weekday is a day of a week some weeks ahead, −1 for the next such day: one that
// is said on that very day is that of the next week.
func (p parts) weekday(monday, said honne.Date, weeks int) (honne.Date, bool) {
	name := p.text("weekday")
	at := -1
	for i := range 7 {
		en := strings.ToLower(time.Weekday((i + 1) % 7).String())
		if strings.HasPrefix(name, en[:3]) || strings.HasPrefix(name, string([]rune("月火水木金土日")[i])) {
			at = i
		}
	}
	if at < 0 {
		return 0, false
	}
	date := monday + honne.Date(at)
	if weeks < 0 {
		if date <= said {
			date += 7
		}
		return date, true
	}
	return date + honne.Date(7*weeks), true
}

// inMonth is the last day of a month, or that with which a part of it ends.
func (p parts) inMonth(rule *playbook.DayRule, said honne.Date) (honne.Date, bool) {
	month, ok := p.month()
	if !ok {
		return 0, false
	}
	y, m, _ := said.Civil()
	in := honne.NewMonth(y, m)
	switch year := p.number("y"); {
	case month == 0 && rule.Is == playbook.DayEndOfMonth:
		return (in + honne.Month(rule.Add)).Last(), true
	case month == 0:
		return 0, false
	case year > 0:
		in = honne.NewMonth(year, month)
	default:
		in += honne.Month((month - m + 12) % 12)
	}
	date := in.Last()
	if rule.Is == playbook.DayPartOfMonth {
		date = in.First() + honne.Date(rule.Add-1)
	}
	if date > said+furthest || date < said {
		date = 0
	}
	return date, true
}
