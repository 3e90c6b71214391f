package audit

import "honne"

// longRelation is how many years make a relation long, so that courts may want
// more notice than the contract says (domain 2.10; the number is ours).
const longRelation = 10

// NoticeDay is the last day on which notice may be given by the contract; 0 when
// it cannot be told.
func NoticeDay(c honne.Contract) honne.Date {
	if c.Ends == 0 || c.NoticeDays == 0 {
		return 0
	}
	return c.Ends - honne.Date(c.NoticeDays)
}

// SuggestedNotice is the suggested latest safe day of notice, and the years after
// which it is: a year before the end of the contract where the relation is long by
// then; 0 where nothing is suggested from what is known.
func SuggestedNotice(p honne.Profile) (day honne.Date, years int) {
	ends := p.Contract.Ends
	if p.Since == 0 || ends == 0 {
		return 0, 0
	}
	from, m, d := p.Since.Civil()
	to, n, e := ends.Civil()
	years = to - from
	if n < m || n == m && e < d {
		years--
	}
	if years < longRelation {
		return 0, years
	}
	return honne.NewDate(to-1, n, e), years
}

// AfterNotice says that a deadline lies behind the day of notice: by the contract,
// or else the suggested one; false where it does not, or where no day is known.
func AfterNotice(p honne.Profile, deadline honne.Date) (honne.Message, bool) {
	if day := NoticeDay(p.Contract); day != 0 && deadline > day {
		return honne.Say("outcome.after-notice", honne.Day("day", deadline), honne.Day("notice", day)), true
	}
	if day, _ := SuggestedNotice(p); day != 0 && deadline > day {
		return honne.Say("outcome.after-suggested", honne.Day("day", deadline), honne.Day("notice", day)), true
	}
	return honne.Message{}, false
}
