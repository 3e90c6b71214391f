package intake

import (
	"bytes"
	"context"
	"io"
	"slices"
	"strings"

	"honne"
	"honne/internal/intake/aligned"
	"honne/internal/intake/mail"
	"honne/internal/playbook"
)

// tableIn returns the table of figures that stands in the text of a message as a file
// attached to it, under its subject: what many report who have no system. ok is false
// where there is none, or where it is not certain what it reports, or that it is all of it.
func tableIn(ctx context.Context, around honne.File, p *playbook.Playbook, subject string, b mail.Body) (f mail.File, ok bool) {
	text, ending, kind := b.Page, ".html", "text/html"
	if text == "" {
		text, ending, kind = b.Text, ".txt", "text/plain"
	}
	if !holdsTable(b) || p.Mail.SaysInPart(subject) || p.Mail.SaysInPart(b.Text) {
		return f, false
	}
	f = mail.File{Name: mail.FileName(strings.NewReplacer("/", "-", `\`, "-").Replace(subject), "", len(b.Files)+1) + ending, Type: kind,
		Write: func(w io.Writer) error {
			_, err := io.WriteString(w, text)
			return err
		}}
	in := inner(around, f.Name, p)
	in.Bytes, in.Size, in.Domains = strings.NewReader(text), int64(len(text)), nil
	r, err := Read(ctx, in, p, honne.Memory{})
	return f, err == nil && slices.ContainsFunc(r.Tables, func(t honne.Table) bool { return reports(t, subject, p) })
}

// toldInText are the series that a table in a text may report: what else looks so is
// rather an order, or an offer.
var toldInText = []honne.Series{honne.Sales, honne.Stock, honne.Forecast, honne.Returns}

// reports reports whether a table holds one of them, and the subject of the message, the
// words above the table or its header say so.
func reports(t honne.Table, subject string, p *playbook.Playbook) bool {
	said := append([]string{subject}, t.Title...)
	for _, c := range t.Columns {
		said = append(said, c.Header)
	}
	return slices.Contains(toldInText, t.Kind) && t.Rows > 0 && slices.ContainsFunc(said, func(s string) bool { return p.Kind(s) == t.Kind })
}

// holdsTable reports whether a table of figures stands in the text of a message.
func holdsTable(b mail.Body) bool {
	if b.Page != "" || mail.TabbedRows(b.Text) > 1 {
		return true
	}
	_, set, _ := aligned.Open(bytes.NewReader([]byte(b.Text)), int64(len(b.Text)))
	return set
}
