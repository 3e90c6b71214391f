package mail

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

// japan is Japan's time, for dates that name no zone.
var japan = time.FixedZone("", 9*60*60)

var (
	clockForm = regexp.MustCompile(`^(\d{1,2}):(\d\d)(?::(\d\d)(?:\.\d+)?)?$`)
	isoForm   = regexp.MustCompile(`^(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[Tt](\d.*))?$`)
	dashForm  = regexp.MustCompile(`^(\d{1,2})-([A-Za-z]{3,})-(\d{2,4})$`)
	zoneForm  = regexp.MustCompile(`^(?:GMT|UTC)?([+-])(\d\d):?(\d\d)$`)
)

// zoneNames are the zones that RFC 5322 knows by name, and Japan's, in hours.
var zoneNames = map[string]int{"UT": 0, "UTC": 0, "GMT": 0, "Z": 0, "EST": -5, "EDT": -4, "CST": -6, "CDT": -5,
	"MST": -7, "MDT": -6, "PST": -8, "PDT": -7, "JST": 9, "CET": 1, "CEST": 2, "MET": 1, "MEST": 2, "BST": 1, "EET": 2, "EEST": 3}

// moment is a date while it is read.
type moment struct {
	year, day   int
	month       time.Month
	h, m, s     int
	clock       bool
	afternoon   int // hours to add; −1 for a morning that says so
	offset      int // seconds east
	zone, wrong bool
}

// parseDate reads a date as mail writes it (RFC 5322, its obsolete forms, asctime,
// ISO 8601). zone reports whether it names a zone that exists; without one it is
// taken for Japan's time. ok is false where it says no day and time.
func parseDate(field []byte) (t time.Time, zone, ok bool) {
	text := string(stripComments(field[:min(len(field), 200)]))
	var m moment
	for _, word := range strings.FieldsFunc(text, func(r rune) bool { return r == ' ' || r == '\t' || r == ',' }) {
		m.read(word)
	}
	if m.day < 1 || m.day > 31 || m.month == 0 || m.year == 0 || !m.clock || m.h > 23 || m.m > 59 || m.s > 60 {
		return time.Time{}, false, false
	}
	in := japan
	if m.zone {
		in = time.FixedZone("", m.offset)
	}
	t = time.Date(m.year, m.month, m.day, m.h+max(m.afternoon, 0), m.m, m.s, 0, in)
	return t.UTC(), m.zone && !m.wrong, true
}

func (m *moment) read(word string) {
	switch {
	case clockForm.MatchString(word) && !m.clock:
		g := clockForm.FindStringSubmatch(word)
		m.h, m.m, m.s, m.clock = number(g[1]), number(g[2]), number(g[3]), true
	case zoneForm.MatchString(word) && m.clock:
		m.offsetOf(zoneForm.FindStringSubmatch(word))
	case isoForm.MatchString(word):
		g := isoForm.FindStringSubmatch(word)
		m.year, m.month, m.day = number(g[1]), time.Month(number(g[2])%13), number(g[3])
		if rest := g[4]; rest != "" {
			m.readTime(rest)
		}
	case dashForm.MatchString(word):
		g := dashForm.FindStringSubmatch(word)
		m.read(g[1])
		m.read(g[2])
		m.read(g[3])
	case word[0] >= '0' && word[0] <= '9':
		m.number(word)
	default:
		m.word(word)
	}
}

// readTime reads what stands behind the T of ISO 8601.
func (m *moment) readTime(s string) {
	zone := strings.IndexAny(s, "Zz+-")
	if zone < 0 {
		zone = len(s)
	}
	m.read(s[:zone])
	if s = s[zone:]; s != "" {
		m.read(strings.ToUpper(s))
	}
}

func (m *moment) offsetOf(g []string) {
	h, minutes := number(g[2]), number(g[3])
	m.zone = true
	// No place on earth is further away, or a few minutes off the quarter of an hour.
	m.wrong = h > 14 || minutes%15 != 0
	m.offset = h*3600 + minutes*60
	if g[1] == "-" {
		m.offset = -m.offset
	}
	if h > 14 || minutes > 59 {
		m.zone, m.offset = false, 0
	}
}

func (m *moment) number(word string) {
	n, err := strconv.Atoi(word)
	switch {
	case err != nil || len(word) > 4:
	case len(word) <= 2 && m.day == 0:
		m.day = n
	case m.year != 0:
	case len(word) == 2 && n < 50:
		m.year = 2000 + n
	case len(word) <= 3 && len(word) > 1:
		m.year = 1900 + n
	case len(word) == 4:
		m.year = n
	}
}

func (m *moment) word(word string) {
	upper := strings.ToUpper(word)
	if hours, known := zoneNames[upper]; known && m.clock {
		m.zone, m.offset = true, hours*3600
		return
	}
	switch {
	case upper == "PM" && m.clock && m.h < 12:
		m.afternoon = 12
	case upper == "AM" && m.clock && m.h == 12:
		m.h = 0
	case len(word) >= 3 && m.month == 0:
		if i := strings.Index("JANFEBMARAPRMAYJUNJULAUGSEPOCTNOVDEC", upper[:3]); i >= 0 && i%3 == 0 {
			m.month = time.Month(i/3 + 1)
		}
	}
}

func number(digits string) int {
	n, _ := strconv.Atoi(digits)
	return n
}

// plausible reports whether mail can be of that moment: it is older than 1980
// nowhere, and later than 2100 not yet.
func plausible(t time.Time) bool { return t.Year() >= 1980 && t.Year() < 2100 }
