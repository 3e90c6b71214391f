package mail

import (
	"strconv"
	"strings"
	"time"
)

// Invite is what a calendar part says of a meeting (RFC 5545, 5546).
type Invite struct {
	UID       string
	Method    string // REQUEST, CANCEL, REPLY, COUNTER, in upper case
	Sequence  int
	Starts    time.Time
	Organizer string // address, in lower case
	Declined  bool   // a REPLY that says so
	Cancelled bool   // its status
}

// maxInvites bounds the meetings of one part.
const maxInvites = 100

// Invites reads the meetings of a calendar; method is what the part's type says,
// for a calendar that does not.
func Invites(text, method string) []Invite {
	c := calendar{method: strings.ToUpper(method), zones: map[string]int{}}
	for _, line := range unfold(text) {
		c.property(line)
	}
	for i := range c.out {
		c.out[i].Method = c.method
	}
	return c.out
}

// unfold joins lines that go on behind a blank.
func unfold(text string) []string {
	var out []string
	for line := range strings.SplitSeq(strings.ReplaceAll(text, "\r\n", "\n"), "\n") {
		if n := len(out); n > 0 && line != "" && (line[0] == ' ' || line[0] == '\t') {
			if len(out[n-1]) < 4096 {
				out[n-1] += line[1:]
			}
			continue
		}
		out = append(out, line)
	}
	return out
}

// calendar is a calendar while it is read.
type calendar struct {
	method string
	zones  map[string]int // seconds east, of the zones that it defines
	zone   string         // the zone that is being defined
	inside []string       // components that are open
	event  Invite
	out    []Invite
}

func (c *calendar) property(line string) {
	name, value, ok := cutProperty(line)
	if !ok {
		return
	}
	key, params, _ := strings.Cut(name, ";")
	switch key = strings.ToUpper(key); key {
	case "BEGIN":
		c.inside = append(c.inside, strings.ToUpper(value))
		if strings.EqualFold(value, "VEVENT") {
			c.event = Invite{}
		}
	case "END":
		c.close(strings.ToUpper(value))
	case "METHOD":
		c.method = strings.ToUpper(value)
	case "TZID":
		c.zone = value
	case "TZOFFSETTO":
		if c.within("STANDARD") {
			c.zones[c.zone] = offset(value)
		}
	default:
		if c.within("VEVENT") {
			c.detail(key, params, value)
		}
	}
}

// cutProperty cuts at the first colon outside of quotes.
func cutProperty(line string) (name, value string, ok bool) {
	quoted := false
	for i := range len(line) {
		switch line[i] {
		case '"':
			quoted = !quoted
		case ':':
			if !quoted {
				return line[:i], strings.TrimSpace(line[i+1:]), true
			}
		}
	}
	return "", "", false
}

func (c *calendar) within(component string) bool {
	return len(c.inside) > 0 && c.inside[len(c.inside)-1] == component
}

func (c *calendar) close(component string) {
	if n := len(c.inside); n > 0 {
		c.inside = c.inside[:n-1]
	}
	if component == "VEVENT" && c.event.UID != "" && len(c.out) < maxInvites {
		c.out = append(c.out, c.event)
	}
}

func (c *calendar) detail(key, params, value string) {
	switch key {
	case "UID":
		c.event.UID = clean(value)
	case "SEQUENCE":
		c.event.Sequence, _ = strconv.Atoi(value)
	case "STATUS":
		c.event.Cancelled = strings.EqualFold(value, "CANCELLED")
	case "DTSTART":
		c.event.Starts = c.instant(params, value)
	case "ORGANIZER":
		if i := strings.LastIndex(strings.ToLower(value), "mailto:"); i >= 0 {
			c.event.Organizer = strings.ToLower(strings.TrimSpace(value[i+len("mailto:"):]))
		}
	case "ATTENDEE":
		c.event.Declined = c.event.Declined || strings.Contains(strings.ToUpper(params), "PARTSTAT=DECLINED")
	}
}

// instant reads a day or a moment; without a zone that is known it is Japan's.
func (c *calendar) instant(params, value string) time.Time {
	in := japan
	for p := range strings.SplitSeq(params, ";") {
		if name, id, ok := strings.Cut(p, "="); ok && strings.EqualFold(name, "TZID") {
			if east, known := c.zones[strings.Trim(id, `"`)]; known {
				in = time.FixedZone("", east)
			}
		}
	}
	if s, ok := strings.CutSuffix(value, "Z"); ok {
		value, in = s, time.UTC
	}
	for _, form := range []string{"20060102T150405", "20060102"} {
		if t, err := time.ParseInLocation(form, value, in); err == nil {
			return t.UTC()
		}
	}
	return time.Time{}
}

// offset reads +0900.
func offset(s string) int {
	if len(s) < 5 {
		return 0
	}
	seconds := number(s[1:3])*3600 + number(s[3:5])*60
	if s[0] == '-' {
		return -seconds
	}
	return seconds
}
