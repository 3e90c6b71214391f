package measure

import (
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"honne"
	"honne/internal/japan"
)

// CameUnread lists the months of sales, oldest first, whose report came in a file that
// could not be read or that waits for a person, with the file: neither here nor missing.
func CameUnread(r *honne.Record) []honne.Unread {
	if len(r.Unread) == 0 {
		return nil
	}
	var out []honne.Unread
	sales := Monthly(r, honne.Sales)
	for _, u := range unreadOf(r, honne.Sales) {
		m, ok := u.Period.Bucket()
		if _, known := sales.At(m); ok && !known && u.Period.To <= r.AsOf {
			out = append(out, u)
		}
	}
	slices.SortStableFunc(out, func(a, b honne.Unread) int { return int(a.Period.To - b.Period.To) })
	return slices.CompactFunc(out, func(a, b honne.Unread) bool { return a.Period == b.Period })
}

// UnreadIn is the file in which the sales of a month may have come without being in the
// record.
func UnreadIn(r *honne.Record, m honne.Month) (u honne.Unread, came bool) {
	list := CameUnread(r)
	i := slices.IndexFunc(list, func(u honne.Unread) bool { return u.Period.To.Month() == m })
	if i < 0 {
		return u, false
	}
	return list[i], true
}

// unreadSince counts the unread reports after a month.
func unreadSince(list []honne.Unread, last honne.Month) (n int) {
	for _, u := range list {
		n += oneIf(u.Period.To.Month() > last)
	}
	return n
}

func sayUnread(id string, list []honne.Unread) honne.Message {
	return honne.Say(id, honne.Count("unread", len(list)), honne.Over("period", list[0].Period), honne.Text("file", list[0].Path))
}

// unreadOf are the files that may be the reports of a kind, a month each, by what they hold,
// or by their names: they are called as its reports are, or, for sales, as nothing that came beside
// a report that could be read.
func unreadOf(r *honne.Record, s honne.Series) []honne.Unread {
	if len(r.Unread) == 0 {
		return nil
	}
	came := reportsCalled(r, s)
	list := came.named(r)
	out := waiting(r, s)
	for _, u := range list {
		if len(came[u.stem]) == 0 && (s != honne.Sales || came.beside(list, u.stem)) {
			continue
		}
		for _, m := range u.months {
			u.Period = bookMonth(r, m)
			if on := u.Receipt.Day(); !u.Receipt.Exact() || on > u.Period.To {
				out = append(out, u.Unread)
			}
		}
	}
	return out
}

// waiting are the reports of a kind in files that wait for a person, each with the month
// for which it is owed. One that came before that has ended answers for it no more than
// arrival.answers says.
func waiting(r *honne.Record, s honne.Series) (out []honne.Unread) {
	early := 0
	if slices.Contains(forward, s) {
		early = 1
	}
	for _, u := range r.Unread {
		for _, h := range u.Holds {
			m, ok := h.Period.Bucket()
			if !ok || h.Series != s {
				continue
			}
			u.Period = bookMonth(r, m-honne.Month(early))
			if on := u.Receipt.Day(); on <= r.AsOf && (!u.Receipt.Exact() || on > u.Period.To-honne.Date(31*early)) {
				out = append(out, u)
			}
		}
	}
	return out
}

// calls are the reports of a kind that could be read, by the stems of their names.
type calls map[string][]arrival

func reportsCalled(r *honne.Record, s honne.Series) calls {
	out := calls{}
	for _, d := range arrivals(r, s) {
		if d.From != honne.Ours {
			out[stem(d.Path)] = append(out[stem(d.Path)], d)
		}
	}
	return out
}

// namedFile is an unread file whose name tells a month.
type namedFile struct {
	honne.Unread
	stem   string
	months []honne.Month
}

// named are the unread files that had come by the record's day and whose names tell a month,
// else the subjects of the messages that brought them.
func (c calls) named(r *honne.Record) (out []namedFile) {
	for _, u := range r.Unread {
		if len(u.Holds) > 0 {
			continue // what it holds is known
		}
		x := namedFile{Unread: u, stem: stem(u.Path)}
		if x.months = c.months(u.Path, x.stem); len(x.months) == 0 {
			x.stem, x.months = c.bySubject(u.Subject)
		}
		if len(x.months) > 0 && u.Receipt.Day() <= r.AsOf {
			out = append(out, x)
		}
	}
	return out
}

// beside reports whether a file of that stem came for a month whose report could be
// read: then it is another document.
func (c calls) beside(list []namedFile, stem string) bool {
	told := map[honne.Month]bool{}
	for _, came := range c {
		for _, d := range came {
			for _, m := range d.months {
				told[m] = true
			}
		}
	}
	return slices.ContainsFunc(list, func(u namedFile) bool {
		return u.stem == stem && slices.ContainsFunc(u.months, func(m honne.Month) bool { return told[m] })
	})
}

// months are the months that a file's name tells: written as such, or as the names of
// the partner's other reports tell theirs (URI2504, R7.04).
func (c calls) months(name, stem string) []honne.Month {
	if p, ok := japan.FindPeriod(bare(name)); ok {
		return monthsGiven([]honne.Period{p})
	}
	year, month, ok := numbers(name)
	if !ok {
		return nil
	}
	for _, d := range c[stem] {
		if len(d.months) != 1 {
			continue
		}
		y, m, told := numbers(d.Path)
		if first, _ := d.months[0].Civil(); told && honne.NewMonth(first, m) == d.months[0] {
			return []honne.Month{honne.NewMonth(year+first-y, month)}
		}
	}
	return nil
}

// bySubject are the months that the subject of a message tells where it calls what it brings
// as the partner's other reports are called, and how these are.
func (c calls) bySubject(subject string) (stem string, months []honne.Month) {
	said, ok := japan.FindPeriod(subject)
	for _, stem := range slices.Sorted(maps.Keys(c)) {
		called := japan.Key(strings.TrimFunc(stem, func(c rune) bool { return !unicode.IsLetter(c) }))
		if ok && utf8.RuneCountInString(called) > 1 && strings.Contains(japan.Key(subject), called) {
			return stem, monthsGiven([]honne.Period{said})
		}
	}
	return "", nil
}

// numbers are the last two numbers in a name, as a year of some era and a month; a
// single one of three or four digits is both.
func numbers(name string) (year, month int, ok bool) {
	list := strings.FieldsFunc(bare(name), func(c rune) bool { return c < '0' || c > '9' })
	if len(list) == 1 && (len(list[0]) == 3 || len(list[0]) == 4) {
		cut := len(list[0]) - 2
		list = []string{list[0][:cut], list[0][cut:]}
	}
	if len(list) < 2 {
		return 0, 0, false
	}
	year, err := strconv.Atoi(list[len(list)-2])
	month, wrong := strconv.Atoi(list[len(list)-1])
	return year, month, err == nil && wrong == nil && year < 10_000 && 1 <= month && month <= 12
}

// stem is a file's name without its digits and its ending.
func stem(name string) string {
	return strings.ToLower(strings.Map(func(c rune) rune {
		if unicode.IsDigit(c) {
			return -1
		}
		return c
	}, bare(name)))
}

func bare(name string) string {
	base := path.Base(strings.ReplaceAll(name, `\`, "/"))
	return strings.TrimSuffix(base, path.Ext(base))
}
