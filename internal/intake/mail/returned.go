package mail

import (
	"bytes"
	"slices"
	"strings"
)

// Returned is what a report of delivery says of a message (RFC 3464): whom it was for, and
// whom it did not reach.
type Returned struct {
	ID     string // of the message; "" where the report does not say
	To     []Address
	Failed []string // addresses, in lower case
}

// deliveryReport reads the part of a report that is for programs.
func (g *gatherer) deliveryReport(p *part) error {
	raw, err := g.raw(p)
	if err != nil {
		return err
	}
	for group := range bytes.SplitSeq(bytes.ReplaceAll(raw, []byte("\r\n"), []byte("\n")), []byte("\n\n")) {
		f := fieldsOf(group)
		if !strings.EqualFold(string(bytes.TrimSpace(f.get("action"))), "failed") {
			continue
		}
		for _, name := range []string{"final-recipient", "original-recipient"} {
			_, value, _ := bytes.Cut(f.get(name), []byte(";"))
			if addr := strings.ToLower(strings.Trim(string(bytes.TrimSpace(value)), "<>")); addr != "" && !slices.Contains(g.Returned.Failed, addr) {
				g.Returned.Failed = append(g.Returned.Failed, addr)
			}
		}
	}
	return nil
}

// returnedHead takes down which message a report is about.
func (g *gatherer) returnedHead(h Head) {
	if g.Returned.ID == "" {
		g.Returned.ID, g.Returned.To = h.ID, slices.Concat(h.To, h.Cc)
	}
}

// inReport reports whether a part stands in a report of delivery.
func (g *gatherer) inReport(p *part) bool {
	return p.parent >= 0 && g.parts[p.parent].kind == "multipart/report"
}
