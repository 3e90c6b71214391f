package japan

import (
	"bufio"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"honne"
	"honne/internal/honnetest/corpus"

	"golang.org/x/text/encoding/japanese"
)

// open opens a file of the corpus.
func open(t *testing.T, name string) *os.File {
	t.Helper()
	f, err := os.Open(filepath.Join(corpus.Dir(t), name))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

func day(t *testing.T, s string) honne.Date {
	t.Helper()
	d, err := honne.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// TestHolidays compares every day with two data sets, names included where both
// use the same ones.
func TestHolidays(t *testing.T) {
	yml, csv := map[honne.Date]string{}, map[honne.Date]string{}
	row := regexp.MustCompile(`^(\d+)[-/](\d+)[-/](\d+)(?:: |,)(.+)$`)
	read := func(lines *bufio.Scanner, into map[honne.Date]string) {
		for lines.Scan() {
			if m := row.FindStringSubmatch(strings.TrimSpace(lines.Text())); m != nil && m[1] >= "1970" {
				y, _ := strconv.Atoi(m[1])
				mo, _ := strconv.Atoi(m[2])
				d, _ := strconv.Atoi(m[3])
				into[honne.NewDate(y, mo, d)] = m[4]
			}
		}
	}
	read(bufio.NewScanner(open(t, "calendar/holiday_jp_holidays.yml")), yml)
	read(bufio.NewScanner(japanese.ShiftJIS.NewDecoder().Reader(open(t, "calendar/syukujitsu_1955_2027_cp932.csv"))), csv)
	if len(yml) != 1329 || len(csv) < 850 {
		t.Fatalf("read %d and %d holidays", len(yml), len(csv))
	}
	for d := firstDay; d < afterAll; d++ {
		name := National().holidays[d]
		if !sameHoliday(name, yml[d]) {
			t.Errorf("%s is %q, the first set says %q", d, name, yml[d])
		}
		if y, _, _ := d.Civil(); y > 2027 {
			continue
		}
		official := name
		if strings.HasSuffix(name, "振替休日") {
			official = "休日"
		}
		if !sameHoliday(official, csv[d]) {
			t.Errorf("%s is %q, the second set says %q", d, official, csv[d])
		}
	}
}

// sameHoliday lets the first set name 6 May after the nearest holiday; we name a
// substitute after the one that fell on the Sunday.
func sameHoliday(ours, theirs string) bool {
	if strings.HasSuffix(ours, "振替休日") && strings.HasSuffix(theirs, "振替休日") {
		return true
	}
	theirs = strings.TrimSuffix(theirs, "（スポーツの日）")
	return ours == theirs || theirs == "休日（祝日扱い）" && strings.HasPrefix(ours, "即位")
}

// TestBusinessDays holds numbers of domain Appendix H.
func TestBusinessDays(t *testing.T) {
	c := National()
	first := honne.Months(honne.NewMonth(2026, 1), honne.NewMonth(2026, 3))
	second := honne.Months(honne.NewMonth(2026, 4), honne.NewMonth(2026, 6))
	if n := c.Count(first); n != 58 {
		t.Errorf("January to March 2026 has %d business days, want 58", n)
	}
	if n := c.Count(second); n != 61 {
		t.Errorf("April to June 2026 has %d business days, want 61", n)
	}
	for what, got := range map[string]honne.Date{
		"2026-03-17": c.LastN(first, 10), "2026-04-14": c.FirstN(second, 10), "2026-01-05": c.Next(day(t, "2025-12-26")), "2026-09-24": c.OnOrAfter(day(t, "2026-09-19")),
		"2026-09-18": c.AddBusinessDays(day(t, "2026-09-24"), -1), "2026-10-07": c.AddBusinessDays(day(t, "2026-09-30"), 5), "2026-06-30": c.FirstN(second, 1000), "2026-09-25": c.OnOrAfter(day(t, "2026-09-25")),
	} {
		if got.String() != what {
			t.Errorf("got %s, want %s", got, what)
		}
	}
	if n := c.Between(day(t, "2026-09-18"), day(t, "2026-09-24")); n != 1 {
		t.Errorf("18 to 24 September 2026: %d business days, want 1", n)
	}
	if n := c.Between(day(t, "2026-09-24"), day(t, "2026-09-18")); n != -1 {
		t.Errorf("backwards: %d business days, want -1", n)
	}
	if name := c.holidays[day(t, "2026-09-22")]; name != "休日" {
		t.Errorf("2026-09-22 is %q", name)
	}
	if c.LastN(honne.Period{}, 3) != 0 || c.FirstN(first, 0) != 0 || c.Count(honne.Period{}) != 0 {
		t.Error("no period has business days")
	}
}

func TestBetweenCountsDays(t *testing.T) {
	c := National()
	a, n := honne.NewDate(1969, 12, 1), 0
	for d := a + 1; d < honne.NewDate(2051, 3, 1); d++ {
		if c.BusinessDay(d) {
			n++
		}
		if got := c.Between(a, d); got != n {
			t.Fatalf("Between(%s, %s) = %d, want %d", a, d, got, n)
		}
	}
	if c.BusinessDay(honne.NewDate(2060, 10, 9)) || !c.BusinessDay(honne.NewDate(1960, 10, 10)) || c.BusinessDay(honne.NewDate(1960, 10, 9)) {
		t.Error("outside its years a calendar counts weekdays")
	}
}

func TestBusinessHours(t *testing.T) {
	c := National()
	berlin := time.FixedZone("CEST", 2*60*60)
	at := func(s string) time.Time {
		v, err := time.ParseInLocation("2006-01-02 15:04", s, honne.Japan)
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	asked := time.Date(2026, 9, 18, 17, 0, 0, 0, berlin)
	for _, c2 := range []struct {
		from, to time.Time
		hours    float64
	}{
		{asked, at("2026-09-25 11:00"), 10},
		{asked, at("2026-09-24 09:00"), 0},
		{at("2026-09-25 11:00"), asked, -10},
		{at("2026-09-25 11:00"), at("2026-09-25 13:30"), 1.5},
		{at("2026-09-25 12:10"), at("2026-09-25 12:50"), 0},
		{at("2026-09-25 00:00"), at("2026-09-26 00:00"), BusinessDayHours},
		{at("2026-09-25 17:00"), at("2026-09-28 10:00"), 2},
		{time.Date(2026, 9, 25, 17, 0, 0, 0, berlin), at("2026-09-28 09:00"), 0}, // Friday evening there
		{at("2025-12-26 17:00"), at("2026-01-05 10:00"), 2},                      // the week of New Year (AC6)
	} {
		if got := c.BusinessHours(c2.from, c2.to); got != time.Duration(c2.hours*float64(time.Hour)) {
			t.Errorf("%s to %s: %s, want %v hours", c2.from, c2.to, got, c2.hours)
		}
	}
}

func TestFiscal(t *testing.T) {
	for got, want := range map[string]string{
		FiscalPeriod(2026, 4).String(): "2026-04/2027-03", Half(2026, 2, 4).String(): "2026-10/2027-03", Quarter(2026, 4, 4).String(): "2027-01/2027-03", Quarter(2026, 1, 1).String(): "2026-01/2026-03",
		FiscalMonth(2026, 1, 4).String(): "2027-01", FiscalMonth(2026, 4, 4).String(): "2026-04", FiscalMonth(2026, 1, 1).String(): "2026-01",
		ClosingMonth(honne.NewMonth(2026, 9), 20).String(): "2026-08-21/2026-09-20", ClosingMonth(honne.NewMonth(2026, 9), 31).String(): "2026-09", ClosingMonth(honne.NewMonth(2026, 2), 31).String(): "2026-02",
		ClosingMonth(honne.NewMonth(2026, 3), 30).String(): "2026-03-01/2026-03-30", ClosingMonth(honne.NewMonth(2026, 1), 25).String(): "2025-12-26/2026-01-25",
		ClosingMonthOf(honne.NewDate(2026, 8, 21), 20).String(): "2026-09", ClosingMonthOf(honne.NewDate(2026, 8, 20), 20).String(): "2026-08", ClosingMonthOf(honne.NewDate(2026, 2, 28), 31).String(): "2026-02", ClosingMonthOf(honne.NewDate(2025, 12, 26), 25).String(): "2026-01",
	} {
		if got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
	for m := honne.NewMonth(2024, 1); m < honne.NewMonth(2028, 1); m++ {
		for start := 1; start <= 12; start++ {
			fy, q := QuarterOf(m, start)
			if !Quarter(fy, q, start).Contains(m.First()) || !FiscalPeriod(FiscalYear(m, start), start).Contains(m.First()) {
				t.Errorf("%s is not in quarter %d of %d from %d", m, q, fy, start)
			}
		}
	}
}

func BenchmarkCalendar(b *testing.B) {
	from, to := honne.NewDate(2020, 1, 1), honne.NewDate(2026, 6, 30)
	b.Run("between", func(b *testing.B) {
		c := National()
		for b.Loop() {
			c.Between(from, to)
		}
	})
	b.Run("build", func(b *testing.B) {
		for b.Loop() {
			build(National().holidays)
		}
	})
}

// The days on which a partner's office is closed are none of its business days.
func TestOfPartner(t *testing.T) {
	first, last := honne.NewDate(2026, 8, 10), honne.NewDate(2026, 8, 16)
	p := honne.Profile{Events: []honne.Event{{Date: first, Until: last, Kind: honne.EventClosed}, {Date: last, Kind: honne.EventClosed}, {Date: first - 30, Kind: honne.EventQBR}}}
	got, open := OfPartner(p), 0
	for d := first - 20; d < last+20; d++ {
		want := National().BusinessDay(d) && (d < first || d > last)
		if want {
			open++
		}
		if got.BusinessDay(d) != want || got.Between(first-21, d) != open {
			t.Errorf("%s: business day %v, %d since, want %v, %d", d, got.BusinessDay(d), got.Between(first-21, d), want, open)
		}
	}
	if d := got.AddBusinessDays(first-3, 1); d != honne.NewDate(2026, 8, 17) {
		t.Errorf("the day after they closed is %s", d)
	}
	if OfPartner(honne.Profile{}) != National() {
		t.Error("nobody closed, another calendar")
	}
}

func TestOnOrBefore(t *testing.T) {
	friday := honne.NewDate(2026, 5, 1)
	for d, want := range map[honne.Date]honne.Date{friday: friday, friday + 1: friday, honne.NewDate(2026, 5, 6): friday, honne.NewDate(2026, 1, 3): honne.NewDate(2025, 12, 26)} {
		if got := National().OnOrBefore(d); got != want {
			t.Errorf("on or before %s: %s, want %s", d, got, want)
		}
	}
}
