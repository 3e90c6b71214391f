package when

import (
	"strings"

	"honne"
	"honne/internal/japan"
)

// Moment is when a row is: a period and, where a single day is given, the day,
// whose month is the period.
type Moment struct {
	Period honne.Period
	Day    honne.Date
}

// MomentOf is the moment of a period; of a single day the month that it lies in.
func MomentOf(p honne.Period) Moment {
	if p.From == p.To && p.From != 0 {
		return Moment{p.From.Month().Period(), p.From}
	}
	return Moment{Period: p}
}

// isPieceOfPeriod reports whether a text is a part of a period that others complete:
// an era, 15年, 4～6月.
func isPieceOfPeriod(s string) bool {
	switch s {
	case "令和", "平成", "昭和", "大正", "明治":
		return true
	}
	if _, ok := ReadPeriod("平成" + s); ok {
		return true
	}
	if _, _, ok := japan.ParseMonthSpan(s); ok {
		return true
	}
	_, ok := japan.ParseMonthName(s)
	return ok
}

// Read reads a period or a bare year; the zero Moment where it is neither.
func Read(s string) Moment {
	period, ok := ReadPeriod(s)
	if !ok {
		period, _ = BareYear(s)
	}
	return MomentOf(period)
}

// Completed gives a bare number the ending, and the era, of the text above it.
func Completed(s, above string) string {
	if above == "" || strings.ContainsAny(s, "年月期度") {
		return s
	}
	for _, ending := range [...]string{"年度", "年", "月"} {
		if strings.HasSuffix(above, ending) {
			for _, era := range [...]string{"令和", "平成", "昭和"} {
				if strings.HasPrefix(above, era) && ending != "月" {
					return era + s + ending
				}
			}
			return s + ending
		}
	}
	return s
}
