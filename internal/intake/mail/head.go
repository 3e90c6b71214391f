package mail

import (
	"bytes"
	"regexp"
	"strings"
	"time"
)

const maxReferences = 200

// ParseHead reads fields that stand apart from their message, as Outlook keeps
// them.
func ParseHead(raw []byte) Head { return newHead(raw, nil) }

// newHead reads the fields of a message; from is the line with which it began in
// a mailbox, nil elsewhere.
func newHead(raw, from []byte) Head {
	f := fieldsOf(raw)
	h := Head{Subject: decodeWords(f.get("subject")), To: addresses(f.get("to")), Cc: addresses(f.get("cc"))}
	if ids := messageIDs(f.get("message-id")); len(ids) > 0 {
		h.ID = ids[0]
	}
	h.References = referencesOf(f)
	h.senders(f)
	for _, name := range []string{"delivered-to", "x-original-to", "x-envelope-to"} {
		if a := addresses(f.get(name)); len(a) > 0 && h.Owner.Addr == "" {
			h.Owner = a[0]
		}
	}
	h.when(f, from)
	h.Auto = isAuto(f, h.From)
	h.Report = strings.HasPrefix(strings.ToLower(string(f.get("content-type"))), "multipart/report")
	h.Bulk = isBulk(f)
	h.Disputed = isDisputed(f)
	return h
}

// messageIDs reads <identifiers>; one without brackets is taken whole.
func messageIDs(v []byte) []string {
	var out []string
	for rest := v; len(out) < maxReferences; {
		open := bytes.IndexByte(rest, '<')
		if open < 0 {
			break
		}
		id, after, ok := bytes.Cut(rest[open+1:], []byte(">"))
		if !ok {
			break
		}
		if id = bytes.Join(bytes.Fields(id), nil); len(id) > 0 && len(id) <= 998 && bytes.IndexByte(id, '@') >= 0 {
			out = append(out, clean(string(id)))
		}
		rest = after
	}
	if v = bytes.TrimSpace(v); len(out) == 0 && len(v) > 0 && len(v) < 500 && bytes.IndexByte(v, '@') > 0 && bytes.IndexAny(v, " <>\t") < 0 {
		out = append(out, clean(string(v)))
	}
	return out
}

// referencesOf lists the messages that this one answers, the nearest last, each
// once.
func referencesOf(f fields) []string {
	var out []string
	seen := map[string]bool{}
	for _, id := range append(messageIDs(f.get("references")), messageIDs(f.get("in-reply-to"))...) {
		if !seen[id] {
			seen[id] = true
			out = append(out, id)
		}
	}
	return out
}

func (h *Head) senders(f fields) {
	from := addresses(f.get("from"))
	if len(from) > 0 {
		h.From = from[0]
	}
	if sender := addresses(f.get("sender")); len(sender) > 0 && sender[0].Addr != h.From.Addr {
		h.Sender = sender[0]
		if h.From.Addr == "" {
			h.From, h.Sender = sender[0], Address{}
		}
	}
	if len(from) != 1 || f.count("from") > 1 {
		h.fault(CodeFrom)
	}
}

func (h *Head) fault(code string) { h.Faults = append(h.Faults, Fault{Code: code}) }

// How long a message may have been on its way, and how wrong the clock of a
// sender may be.
const (
	onItsWay   = 36 * time.Hour
	wrongClock = 10 * time.Minute
)

// when finds the moment of a message: its Date, unless the server that took it
// in wrote another one that is later than any way is long, or earlier than the
// Date. Without a Date that can be, it is that of the server, then the day in
// the line of the mailbox.
func (h *Head) when(f fields, from []byte) {
	date, zone, ok := parseDate(f.get("date"))
	ok = ok && plausible(date)
	came, cameZone, cameOK := receivedAt(f)
	cameOK = cameOK && cameZone && plausible(came)
	if !ok {
		h.fault(CodeDate)
	} else if !zone {
		h.fault(CodeZone)
	}
	switch {
	case ok && zone && !(cameOK && (came.Sub(date) > onItsWay || date.Sub(came) > wrongClock)):
		h.At, h.Exact = date, true
	case cameOK:
		h.At, h.Exact = came, true
	case ok:
		h.At = date
	default:
		if day, _, ok := parseDate(fromDate(from)); ok && plausible(day) {
			h.At = day
		}
	}
}

// fromDate is the day of the line that begins a message of a mailbox.
func fromDate(line []byte) []byte {
	_, rest, _ := bytes.Cut(bytes.TrimSpace(bytes.TrimPrefix(line, []byte("From "))), []byte(" "))
	return rest
}

// receivedAt is when the last server of the way took the message in: what the
// first Received says behind its semicolon.
func receivedAt(f fields) (t time.Time, zone, ok bool) {
	v := f.get("received")
	i := bytes.LastIndexByte(v, ';')
	if i < 0 {
		return t, false, false
	}
	return parseDate(v[i+1:])
}

// isAuto reports whether a program wrote the message (RFC 3834, and what
// programs before it wrote).
func isAuto(f fields, from Address) bool {
	auto := strings.ToLower(string(bytes.TrimSpace(stripComments(f.get("auto-submitted")))))
	local, _, _ := strings.Cut(from.Addr, "@")
	precedence := strings.ToLower(string(f.get("precedence")))
	kind := strings.ToLower(string(f.get("content-type")))
	switch {
	case auto != "" && auto != "no":
	case f.get("x-autoreply") != nil, f.get("x-autorespond") != nil, f.get("x-autoresponder") != nil:
	case strings.Contains(precedence, "auto_reply"):
	case strings.HasPrefix(kind, "multipart/report"):
	case local == "mailer-daemon" || local == "postmaster":
	case string(bytes.TrimSpace(f.get("return-path"))) == "<>":
	default:
		return false
	}
	return true
}

func isBulk(f fields) bool {
	switch strings.ToLower(string(f.get("precedence"))) {
	case "bulk", "list", "junk":
		return true
	}
	return f.get("list-id") != nil || f.get("list-unsubscribe") != nil
}

var (
	failed = regexp.MustCompile(`(?i)\bdmarc=fail|\bspf=(?:fail|softfail)`)
	passed = regexp.MustCompile(`(?i)\b(?:dmarc|dkim)=pass`)
)

// isDisputed reports whether the server that took the message in found that it
// was not sent by who it says (RFC 8601). A signature that holds outweighs a way
// that was not foreseen.
func isDisputed(f fields) bool {
	v := f.get("authentication-results")
	return failed.Match(v) && !passed.Match(v)
}
