package mail

import (
	"bytes"
	"strings"
)

// part is an entity of a message: text, an attachment, parts, or a message.
type part struct {
	parent   int    // −1 for a message by itself
	kind     string // multipart/mixed, text/plain, message/rfc822 …
	params   map[string]string
	fileName string
	attached bool   // Content-Disposition says so
	encoding string // Content-Transfer-Encoding, in lower case
	cid      bool   // named by another part
	from, to int64  // where its body stands
	head     Head   // of a message
}

func (p *part) isMulti() bool   { return strings.HasPrefix(p.kind, "multipart/") }
func (p *part) isText() bool    { return strings.HasPrefix(p.kind, "text/") }
func (p *part) isMessage() bool { return p.kind == "message/rfc822" || p.kind == "message/global" }

// fence is a boundary that is open.
type fence struct {
	text string
	part int // the multipart
}

// scan walks the lines below a head and notes where parts begin and end. It
// keeps no body, and goes no deeper than the limits allow.
type scan struct {
	*tree
	splitter *splitter
	fences   []fence
	open     int   // the part whose body is read; −1 between parts
	last     int64 // where the line before ended without its end
	done     bool
	full     bool // the limit of parts was met: the rest is not looked at

	again   []byte // a line to be read once more
	againAt int64
}

// next returns the next line of the message; false behind its last.
func (c *scan) next() (line []byte, at int64, ok bool) {
	if c.again != nil {
		line, at = c.again, c.againAt
		c.again = nil
		return line, at, true
	}
	return c.splitter.next()
}

// boundary reports whether a line is a boundary that is open.
func (c *scan) boundary(line []byte) (f int, closes bool) {
	if c.full || len(c.fences) == 0 || len(line) < 3 || line[0] != '-' || line[1] != '-' {
		return -1, false
	}
	return c.fence(line)
}

// head reads fields up to the blank line behind them, each line with its end;
// cut reports whether some were left out. Some heads have no blank line: they
// end at a boundary, or with the message.
func (c *scan) head() (raw []byte, cut bool) {
	for {
		line, at, ok := c.next()
		if !ok {
			c.done = true
			return raw, cut
		}
		if f, _ := c.boundary(line); f >= 0 {
			c.again, c.againAt, c.last = line, at, at
			return raw, cut
		}
		if isBlank(line) {
			c.last = at + int64(len(line))
			return raw, cut
		}
		if len(raw)+len(line) > c.box.Limits.Head {
			cut = true
			continue
		}
		raw = append(raw, line...)
	}
}

// root makes the part of the message itself of its fields.
func (t *tree) root(raw []byte) {
	p := newPart(fieldsOf(raw), -1)
	t.parts = append(t.parts, p)
}

// run reads to the end of the message.
func (c *scan) run() {
	c.open = -1
	end := c.last
	c.enter(0, end)
	for {
		line, at, ok := c.next()
		if !ok {
			break
		}
		if f, closes := c.boundary(line); f >= 0 {
			end = at + int64(len(line))
			c.cross(f, closes, end)
			continue
		}
		end = at + int64(len(line))
		c.last = end - int64(len(line)-len(trimEnd(line)))
	}
	c.done = true
	if len(c.fences) > 0 && !c.full {
		c.fault(CodeCut, "")
	}
	c.leave(0, end)
}

// fence finds the boundary that a line is, the innermost first; −1 for none.
func (c *scan) fence(line []byte) (f int, closes bool) {
	text := bytes.TrimRight(line[2:], " \t\r\n")
	for f = len(c.fences) - 1; f >= 0; f-- {
		rest, ok := bytes.CutPrefix(text, []byte(c.fences[f].text))
		if ok && (len(rest) == 0 || string(rest) == "--") {
			return f, len(rest) > 0
		}
	}
	return -1, false
}

// cross ends what the boundary ends, and begins the part behind it.
func (c *scan) cross(f int, closes bool, next int64) {
	multi := c.fences[f].part
	c.leave(f+1, c.last)
	if closes {
		c.fences = c.fences[:f]
		c.last = next
		return
	}
	if len(c.parts) >= c.box.Limits.Parts {
		c.full = true
		c.fault(CodeTooManyParts, "")
		return
	}
	raw, cut := c.head()
	if cut {
		c.fault(CodeHeadTooLong, "")
	}
	c.parts = append(c.parts, newPart(fieldsOf(raw), multi))
	if c.parts[multi].kind == "multipart/digest" && len(raw) == 0 {
		c.parts[len(c.parts)-1].kind = "message/rfc822"
	}
	c.enter(len(c.parts)-1, c.last)
}

// leave ends the open part and the boundaries from the nth on.
func (c *scan) leave(n int, at int64) {
	if c.open >= 0 {
		c.parts[c.open].to = max(at, c.parts[c.open].from)
	}
	c.open = -1
	c.fences = c.fences[:min(n, len(c.fences))]
}

// enter begins the body of a part: parts are read one by one, a message within
// this one by its own head, anything else is left where it stands.
func (c *scan) enter(i int, at int64) {
	for {
		p := &c.parts[i]
		p.from, p.to = at, at
		text := p.params["boundary"]
		switch {
		case p.isMulti() && len(c.fences) >= c.box.Limits.Depth:
			c.fault(CodeTooDeep, "")
			p.kind = "application/octet-stream"
		case p.isMulti() && text != "":
			c.fences = append(c.fences, fence{text, i})
			return
		case p.isMulti():
			c.fault(CodeNoBoundary, "")
			p.kind = "text/plain"
		case p.isMessage() && isIdentity(p.encoding) && c.nested(p) < 10 && len(c.parts) < c.box.Limits.Parts:
			raw, _ := c.head()
			p.head = newHead(raw, nil)
			c.parts = append(c.parts, newPart(fieldsOf(raw), i))
			i, at = len(c.parts)-1, c.last
			continue
		}
		c.open = i
		return
	}
}

// nested counts the messages around a part.
func (c *scan) nested(p *part) (n int) {
	for p.parent >= 0 {
		if p = &c.parts[p.parent]; p.isMessage() {
			n++
		}
	}
	return n
}

func isIdentity(encoding string) bool {
	switch encoding {
	case "", "7bit", "8bit", "binary":
		return true
	}
	return false
}

// newPart reads what the fields say of a part.
func newPart(f fields, parent int) part {
	p := part{parent: parent, kind: "text/plain"}
	value, params := parseParams(f.get("content-type"))
	if strings.Contains(value, "/") {
		p.kind = strings.ToLower(value)
	}
	disposition, more := parseParams(f.get("content-disposition"))
	p.params = params
	p.fileName = more["filename"]
	if p.fileName == "" {
		p.fileName = params["name"]
	}
	p.attached = strings.EqualFold(disposition, "attachment")
	p.encoding = strings.ToLower(strings.TrimSpace(string(stripComments(f.get("content-transfer-encoding")))))
	p.cid = len(f.get("content-id")) > 0
	return p
}
