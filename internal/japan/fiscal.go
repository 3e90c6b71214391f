package japan

import "honne"

// A fiscal year bears the number of the calendar year in which it begins: with
// the start month 4, 2026年度 is April 2026 to March 2027. Start months are 1 to
// 12; anything else counts as 4. Source: domain 2.1.

// FiscalYear returns the fiscal year in which m lies.
func FiscalYear(m honne.Month, start int) int {
	y, month := m.Civil()
	if month < startMonth(start) {
		return y - 1
	}
	return y
}

// FiscalMonth returns the calendar month (1-12) of a fiscal year: month 1 of
// 2026年度 is January 2027 when the year starts in April.
func FiscalMonth(fy, month, start int) honne.Month {
	if month < startMonth(start) {
		fy++
	}
	return honne.NewMonth(fy, month)
}

// FiscalPeriod returns the twelve months of a fiscal year.
func FiscalPeriod(fy, start int) honne.Period { return part(fy, start, 0, 12) }

// Half returns 上期 (1) or 下期 (2) of a fiscal year.
func Half(fy, half, start int) honne.Period { return part(fy, start, 6*(half-1), 6) }

// Quarter returns the quarter 1-4 of a fiscal year; with the start month 4 the
// first is April to June.
func Quarter(fy, q, start int) honne.Period { return part(fy, start, 3*(q-1), 3) }

// QuarterOf returns the fiscal year and its quarter (1-4) in which m lies.
func QuarterOf(m honne.Month, start int) (fy, q int) {
	fy = FiscalYear(m, start)
	return fy, int(m-honne.NewMonth(fy, startMonth(start)))/3 + 1
}

func part(fy, start, offset, months int) honne.Period {
	first := honne.NewMonth(fy, startMonth(start)) + honne.Month(offset)
	return honne.Months(first, first+honne.Month(months-1))
}

func startMonth(start int) int {
	if start < 1 || start > 12 {
		return aprilStart
	}
	return start
}

// ClosingMonth returns the days of the month m for books closed on the given
// day: September closed on the 20th is 21 August to 20 September. A day that the
// month lacks, and 31 or 0, is its end. Source: domain 2.1 (締め日).
func ClosingMonth(m honne.Month, day int) honne.Period {
	return honne.Period{From: closing(m-1, day) + 1, To: closing(m, day)}
}

// ClosingMonthOf returns the closing month in which d lies.
func ClosingMonthOf(d honne.Date, day int) honne.Month {
	m := d.Month()
	if d > closing(m, day) {
		return m + 1
	}
	return m
}

func closing(m honne.Month, day int) honne.Date {
	if day < 1 {
		return m.Last()
	}
	return min(m.First()+honne.Date(day-1), m.Last())
}
