package honne_test

import (
	"encoding/json"
	"testing"
	"time"

	"honne"
)

// day reads a date of a table; "" is no date.
func day(t *testing.T, s string) honne.Date {
	t.Helper()
	if s == "" {
		return 0
	}
	d, err := honne.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestDateOfCarriesOver(t *testing.T) {
	for _, c := range []struct {
		y, m, d int
		want    string
	}{
		{1, 1, 1, "0001-01-01"},
		{1970, 1, 1, "1970-01-01"},
		{1969, 12, 31, "1969-12-31"},
		{1873, 1, 1, "1873-01-01"}, // the Gregorian calendar comes to Japan
		{2019, 5, 1, "2019-05-01"}, // 令和元年
		{2024, 2, 29, "2024-02-29"},
		{2026, 2, 30, "2026-03-02"},
		{2026, 13, 1, "2027-01-01"},
		{2026, 4, 0, "2026-03-31"},
		{9999, 12, 31, "9999-12-31"},
	} {
		if got := honne.NewDate(c.y, c.m, c.d).String(); got != c.want {
			t.Errorf("NewDate(%d, %d, %d) = %s, want %s", c.y, c.m, c.d, got, c.want)
		}
	}
	if honne.NewDate(1, 1, 1) != 1 {
		t.Error("1 January of the year 1 is not day 1")
	}
}

// TestDateAgreesWithTheCalendar goes through four hundred years day by day.
func TestDateAgreesWithTheCalendar(t *testing.T) {
	clock := time.Date(1800, 1, 1, 0, 0, 0, 0, time.UTC)
	for d := honne.NewDate(1800, 1, 1); d <= honne.NewDate(2200, 1, 1); d++ {
		y, m, dd := d.Civil()
		if cy, cm, cd := clock.Date(); y != cy || m != int(cm) || dd != cd || d.Weekday() != clock.Weekday() {
			t.Fatalf("day %d is %04d-%02d-%02d, %s; want %s", d, y, m, dd, d.Weekday(), clock.Format("2006-01-02, Monday"))
		}
		clock = clock.AddDate(0, 0, 1)
	}
}

func TestDateInJapan(t *testing.T) {
	for _, c := range []struct{ instant, want string }{
		{"2026-03-31T14:59:59Z", "2026-03-31"},
		{"2026-03-31T15:00:00Z", "2026-04-01"},
		{"2026-04-01T00:00:00+09:00", "2026-04-01"},
		{"1969-12-31T15:00:00Z", "1970-01-01"},
	} {
		at, err := time.Parse(time.RFC3339, c.instant)
		if err != nil {
			t.Fatal(err)
		}
		if got := honne.DateOf(at).String(); got != c.want {
			t.Errorf("%s is %s in Japan, want %s", c.instant, got, c.want)
		}
	}
	if honne.DateOf(time.Time{}) != 0 {
		t.Error("the zero time is a date")
	}
	d := honne.NewDate(2026, 3, 31)
	if got := d.At(9, 30).UTC().Format(time.RFC3339); got != "2026-03-31T00:30:00Z" {
		t.Errorf("9:30 in Japan is %s", got)
	}
	if honne.DateOf(d.End()) != d || honne.DateOf(d.End().Add(time.Microsecond)) != d+1 {
		t.Errorf("the day ends at %s", d.End())
	}
}

func TestDateAndMonthRefuse(t *testing.T) {
	for _, s := range []string{"", "2026-02-30", "2026-2-3", "2026/02/03", "令和8年2月3日", "2026-13-01", "2026-02-03 "} {
		if d, err := honne.ParseDate(s); err == nil {
			t.Errorf("ParseDate(%q) = %s", s, d)
		}
	}
	for _, s := range []string{"", "2026-00", "2026-13", "2026-1", "2026-01-01", "202601"} {
		if m, err := honne.ParseMonth(s); err == nil {
			t.Errorf("ParseMonth(%q) = %s", s, m)
		}
	}
}

func TestMonth(t *testing.T) {
	for _, c := range []struct{ month, first, last, next string }{
		{"2026-01", "2026-01-01", "2026-01-31", "2026-02"},
		{"2024-02", "2024-02-01", "2024-02-29", "2024-03"},
		{"2100-02", "2100-02-01", "2100-02-28", "2100-03"},
		{"2025-12", "2025-12-01", "2025-12-31", "2026-01"},
	} {
		m, err := honne.ParseMonth(c.month)
		if err != nil {
			t.Fatal(err)
		}
		got := [4]string{m.String(), m.First().String(), m.Last().String(), (m + 1).String()}
		if want := [4]string{c.month, c.first, c.last, c.next}; got != want {
			t.Errorf("got %v, want %v", got, want)
		}
		if m.First().Month() != m || m.Last().Month() != m {
			t.Errorf("%s: its days are in another month", m)
		}
	}
	if honne.NewMonth(2025, 14) != honne.NewMonth(2026, 2) {
		t.Error("NewMonth(2025, 14) is not February 2026")
	}
	if honne.Date(0).Month() != 0 || honne.Month(0).String() != "" || honne.Date(0).String() != "" {
		t.Error("no date has a month, or a text")
	}
}

func TestPeriod(t *testing.T) {
	for _, c := range []struct{ from, to, text, bucket string }{
		{"", "", "", ""},
		{"2025-04-01", "2025-04-30", "2025-04", "2025-04"},
		{"2024-02-01", "2024-02-29", "2024-02", "2024-02"},
		{"2025-02-01", "2025-02-28", "2025-02", "2025-02"},
		{"2025-04-01", "2025-06-30", "2025-04/2025-06", ""},
		{"2025-04-01", "2026-03-31", "2025-04/2026-03", ""},
		{"2025-08-21", "2025-09-20", "2025-08-21/2025-09-20", "2025-09"},
		{"2025-02-21", "2025-03-20", "2025-02-21/2025-03-20", "2025-03"},
		{"2025-12-26", "2026-01-25", "2025-12-26/2026-01-25", "2026-01"},
		{"2025-03-15", "2025-04-09", "2025-03-15/2025-04-09", "2025-04"}, // 26 days
		{"2025-03-16", "2025-04-09", "2025-03-16/2025-04-09", ""},        // 25
		{"2025-03-28", "2025-05-01", "2025-03-28/2025-05-01", "2025-05"}, // 35
		{"2025-03-27", "2025-05-01", "2025-03-27/2025-05-01", ""},        // 36
		{"2025-04-03", "2025-04-03", "2025-04-03/2025-04-03", ""},
		{"2025-04-03", "2025-04-28", "2025-04-03/2025-04-28", ""}, // crosses no month end
	} {
		p := honne.Period{From: day(t, c.from), To: day(t, c.to)}
		if got := p.String(); got != c.text {
			t.Errorf("%s to %s is written %q, want %q", c.from, c.to, got, c.text)
		}
		bucket := ""
		if m, ok := p.Bucket(); ok {
			bucket = m.String()
		}
		if bucket != c.bucket {
			t.Errorf("%s belongs to %q, want %q", p, bucket, c.bucket)
		}
	}
}

func TestPeriodsMeet(t *testing.T) {
	april := honne.NewMonth(2025, 4).Period()
	for _, c := range []struct {
		from, to string
		overlaps bool
	}{
		{"2025-03-01", "2025-03-31", false},
		{"2025-03-01", "2025-04-01", true},
		{"2025-04-30", "2025-05-31", true},
		{"2025-05-01", "2025-05-31", false},
		{"2025-01-01", "2025-12-31", true},
	} {
		q := honne.Period{From: day(t, c.from), To: day(t, c.to)}
		if april.Overlaps(q) != c.overlaps || q.Overlaps(april) != c.overlaps {
			t.Errorf("%s and %s: overlaps is not %v both ways", april, q, c.overlaps)
		}
	}
	if !april.Contains(april.From) || !april.Contains(april.To) || april.Contains(april.To+1) {
		t.Error("a period holds both its ends and no more")
	}
}

func TestDatesTravelAsText(t *testing.T) {
	type all struct {
		D honne.Date
		M honne.Month
		P honne.Period
	}
	april := honne.NewMonth(2025, 4)
	for _, want := range []all{{}, {april.First(), april, april.Period()}} {
		text, err := json.Marshal(want)
		if err != nil {
			t.Fatal(err)
		}
		var got all
		if err := json.Unmarshal(text, &got); err != nil || got != want {
			t.Errorf("%s came back as %v (%v)", text, got, err)
		}
	}
}
