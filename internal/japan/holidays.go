package japan

import (
	"time"

	"honne"
)

// rule is a yearly holiday: a fixed day of the month, or, with nth set, the nth
// Monday. It holds from the year from to the year to.
type rule struct {
	name     string
	month    int
	day, nth int
	from, to int
}

const lastYear = 2050

// rules lists the holidays of 国民の祝日に関する法律 (Act 178 of 1948) with its
// amendments, the moves of 2020 and 2021 by the Olympic special measures acts,
// and the single days that acts of 1989, 1990, 1993 and 2018 made holidays.
var rules = [...]rule{
	{"元日", 1, 1, 0, 1949, lastYear},
	{"成人の日", 1, 15, 0, 1949, 1999},
	{"成人の日", 1, 0, 2, 2000, lastYear},
	{"建国記念の日", 2, 11, 0, 1967, lastYear},
	{"天皇誕生日", 4, 29, 0, 1949, 1988},
	{"天皇誕生日", 12, 23, 0, 1989, 2018},
	{"天皇誕生日", 2, 23, 0, 2020, lastYear},
	{"みどりの日", 4, 29, 0, 1989, 2006},
	{"昭和の日", 4, 29, 0, 2007, lastYear},
	{"憲法記念日", 5, 3, 0, 1949, lastYear},
	{"みどりの日", 5, 4, 0, 2007, lastYear},
	{"こどもの日", 5, 5, 0, 1949, lastYear},
	{"海の日", 7, 20, 0, 1996, 2002},
	{"海の日", 7, 0, 3, 2003, 2019},
	{"海の日", 7, 23, 0, 2020, 2020},
	{"海の日", 7, 22, 0, 2021, 2021},
	{"海の日", 7, 0, 3, 2022, lastYear},
	{"山の日", 8, 11, 0, 2016, 2019},
	{"山の日", 8, 10, 0, 2020, 2020},
	{"山の日", 8, 8, 0, 2021, 2021},
	{"山の日", 8, 11, 0, 2022, lastYear},
	{"敬老の日", 9, 15, 0, 1966, 2002},
	{"敬老の日", 9, 0, 3, 2003, lastYear},
	{"体育の日", 10, 10, 0, 1966, 1999},
	{"体育の日", 10, 0, 2, 2000, 2019},
	{"スポーツの日", 7, 24, 0, 2020, 2020},
	{"スポーツの日", 7, 23, 0, 2021, 2021},
	{"スポーツの日", 10, 0, 2, 2022, lastYear},
	{"文化の日", 11, 3, 0, 1948, lastYear},
	{"勤労感謝の日", 11, 23, 0, 1948, lastYear},
	{"大喪の礼", 2, 24, 0, 1989, 1989},
	{"即位礼正殿の儀", 11, 12, 0, 1990, 1990},
	{"結婚の儀", 6, 9, 0, 1993, 1993},
	{"即位の日", 5, 1, 0, 2019, 2019},
	{"即位礼正殿の儀", 10, 22, 0, 2019, 2019},
}

// nationalHolidays returns every holiday from 1 January 1970 to the end of 2050
// with its name.
func nationalHolidays() map[honne.Date]string {
	named := map[honne.Date]string{}
	for _, r := range rules {
		for y := max(r.from, firstYear); y <= r.to; y++ {
			named[r.on(y)] = r.name
		}
	}
	for y := firstYear; y <= lastYear; y++ {
		named[honne.NewDate(y, 3, vernal(y))] = "春分の日"
		named[honne.NewDate(y, 9, autumnal(y))] = "秋分の日"
	}
	all := make(map[honne.Date]string, len(named)*5/4)
	for d, name := range named {
		all[d] = name
		if s, ok := substitute(d, named); ok {
			all[s] = name + " 振替休日"
		}
	}
	addCitizens(named, all)
	return all
}

func (r rule) on(y int) honne.Date {
	if r.nth == 0 {
		return honne.NewDate(y, r.month, r.day)
	}
	first := honne.NewDate(y, r.month, 1)
	toMonday := honne.Date((8 - int(first.Weekday())) % 7)
	return first + toMonday + honne.Date(7*(r.nth-1))
}

// substitute returns the day off for a holiday on a Sunday: since 12 April 1973
// the Monday after it, since 2007 the next day that is no holiday itself (Art. 3
// par. 2).
func substitute(d honne.Date, named map[honne.Date]string) (honne.Date, bool) {
	if d.Weekday() != time.Sunday || d < honne.NewDate(1973, 4, 12) {
		return 0, false
	}
	s := d + 1
	for ; named[s] != ""; s++ {
		if d < honne.NewDate(2007, 1, 1) {
			return 0, false
		}
	}
	return s, true
}

// addCitizens adds 国民の休日: since 27 December 1985 a day between two holidays
// (Art. 3 par. 3), unless it is a Sunday or off already.
func addCitizens(named, all map[honne.Date]string) {
	for d := range named {
		between := d + 1
		if between < honne.NewDate(1985, 12, 27) || between.Weekday() == time.Sunday {
			continue
		}
		if _, off := all[between]; !off && named[between+1] != "" {
			all[between] = "休日"
		}
	}
}

// vernal and autumnal return the day of March and of September on which the
// equinox falls in Japan, by the approximation of 新こよみ便利帳 (1900-2099).
func vernal(y int) int {
	if y < 1980 {
		return int(20.8357+float64(0.242194*float64(y-1980))) - (y-1983)/4
	}
	return int(20.8431+float64(0.242194*float64(y-1980))) - (y-1980)/4
}

func autumnal(y int) int {
	if y < 1980 {
		return int(23.2588+float64(0.242194*float64(y-1980))) - (y-1983)/4
	}
	return int(23.2488+float64(0.242194*float64(y-1980))) - (y-1980)/4
}
