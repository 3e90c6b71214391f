package mail

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"

	"honne/internal/intake/charset"
)

// tree is a message as its parts stand in the bytes.
type tree struct {
	box     *Box
	ctx     context.Context
	unquote bool // lines that begin with From were quoted
	parts   []part
	faults  []Fault
	texts   int // bytes of text that were read
}

// fault notes what was left out, each thing once.
func (t *tree) fault(code, where string) {
	f := Fault{code, where}
	for _, g := range t.faults {
		if g == f {
			return
		}
	}
	t.faults = append(t.faults, f)
}

// body collects what the message that is part i holds.
func (t *tree) body(i int) (Body, error) {
	g := &gatherer{tree: t}
	if err := g.part(i); err != nil {
		return Body{}, err
	}
	g.all = strings.Join(g.texts, "\n")
	g.Text = Reply(g.all)
	if g.Faults = t.faults; i > 0 {
		g.Faults = nil // said once, of the message around it
	}
	return g.Body, nil
}

// gatherer walks the parts of one message.
type gatherer struct {
	*tree
	Body
	texts []string
}

// children are the parts of a multipart, or the one below a message.
func (t *tree) children(of int) (out []int) {
	for i := of + 1; i < len(t.parts); i++ {
		if t.parts[i].parent == of {
			out = append(out, i)
		}
	}
	return out
}

func (g *gatherer) part(i int) error {
	p := &g.parts[i]
	switch {
	case p.kind == "multipart/alternative":
		return g.alternative(i)
	case p.isMulti():
		for _, c := range g.children(i) {
			if err := g.part(c); err != nil {
				return err
			}
		}
		return nil
	case p.isMessage() && isIdentity(p.encoding) && len(g.children(i)) > 0:
		if g.inReport(p) {
			g.returnedHead(p.head)
		}
		g.message(i)
		return nil
	case isSigned(p):
		read, err := g.signed(p)
		if !read && err == nil {
			g.file(i)
		}
		return err
	case p.kind == "message/delivery-status":
		return g.deliveryReport(p)
	case p.kind == "text/rfc822-headers" && g.inReport(p):
		raw, err := g.raw(p)
		g.returnedHead(ParseHead(raw))
		return err
	case p.kind == "text/calendar" || p.isText() && strings.HasSuffix(strings.ToLower(p.fileName), ".ics"):
		return g.invite(p)
	case p.isText() && p.fileName == "" && !p.attached && isProse(p.kind):
		return g.text(p)
	}
	g.file(i)
	return nil
}

// isProse reports whether text of that type is meant to be read by people.
func isProse(kind string) bool {
	switch kind {
	case "text/plain", "text/html", "text/enriched", "text/markdown":
		return true
	}
	return false
}

// alternative takes the plain text of several forms of one, where it says
// something, else the richest; an invitation stands beside them.
func (g *gatherer) alternative(i int) error {
	before := len(g.texts)
	for _, c := range g.children(i) {
		p := &g.parts[c]
		have := strings.TrimSpace(strings.Join(g.texts[before:], "")) != ""
		switch {
		case p.isText() && isProse(p.kind) && !p.attached && have:
			if err := g.addTables(p); err != nil {
				return err
			}
			continue
		case p.isMulti() && have:
			// Pictures of the richer form; its text is said already.
			texts := g.texts
			if err := g.part(c); err != nil {
				return err
			}
			g.texts = texts
			continue
		}
		if err := g.part(c); err != nil {
			return err
		}
	}
	return nil
}

// raw reads what a part of text holds, as far as the limit goes.
func (g *gatherer) raw(p *part) ([]byte, error) {
	w := &limited{left: g.box.Limits.Text - g.tree.texts}
	broken, err := g.copyPart(w, p)
	if err != nil && !errors.Is(err, errFull) {
		return nil, err
	}
	if err != nil {
		g.fault(CodeTextTooLong, "")
	}
	if broken > 0 {
		g.fault(CodeBase64, "")
	}
	g.tree.texts += w.Len()
	return w.Bytes(), nil
}

func (g *gatherer) text(p *part) error {
	raw, err := g.raw(p)
	if err != nil {
		return err
	}
	text, _, lost := charset.Labelled(raw, p.params["charset"])
	if lost > 0 {
		g.fault(CodeLost, "")
	}
	switch {
	case p.kind == "text/html":
		g.tables(text)
		text = StripHTML(text)
	case strings.EqualFold(p.params["format"], "flowed"):
		text = unflow(text, strings.EqualFold(p.params["delsp"], "yes"))
	}
	g.texts = append(g.texts, text)
	return nil
}

func (g *gatherer) invite(p *part) error {
	raw, err := g.raw(p)
	if err != nil {
		return err
	}
	text, _, _ := charset.Labelled(raw, p.params["charset"])
	g.Invites = append(g.Invites, Invites(text, p.params["method"])...)
	return nil
}

// message gives a message within this one.
func (g *gatherer) message(i int) {
	child := g.children(i)[0]
	t := g.tree
	g.Within = append(g.Within, &Message{Head: g.parts[i].head, Read: func() (Body, error) { return t.body(child) }})
}

// file gives an attachment; what shows a signature's picture is inline.
func (g *gatherer) file(i int) {
	p := &g.parts[i]
	if saysNothing(p.kind) || isTNEF(p.kind, p.fileName) && g.winmail(p) {
		return
	}
	name := FileName(p.fileName, p.kind, len(g.Files)+1)
	g.Files = append(g.Files, File{Name: name, Type: p.kind, Inline: !p.attached && (p.cid || p.fileName == "") && strings.HasPrefix(p.kind, "image/"),
		Write: func(w io.Writer) error {
			broken, err := g.copyPart(w, p)
			if err == nil && broken > 0 {
				return &Broken{Fault{CodeBase64, name}}
			}
			return err
		}})
}

// saysNothing reports whether a part is no file that somebody sends: what programs tell
// each other, and signatures.
func saysNothing(kind string) bool {
	switch kind {
	case "message/disposition-notification", "text/rfc822-headers",
		"application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature":
		return true
	}
	return false
}

// Broken says of a file that was written whole that its encoding was damaged.
type Broken struct{ Fault }

// Error names the attachment.
func (b *Broken) Error() string { return fmt.Sprintf("mail: %s in %s", b.Code, b.Part) }

// FileName makes a base name of what a message calls an attachment: no folders,
// no drives, no control characters. Without a name it is made of the type and
// the position n.
func FileName(name, kind string, n int) string {
	name = clean(strings.ReplaceAll(name, `\`, "/"))
	name = strings.Trim(path.Base("/"+name), " .")
	for len(name) > 240 {
		ext := path.Ext(name)
		if len(ext) > 20 {
			ext = ""
		}
		name = strings.ToValidUTF8(strings.TrimSuffix(name, ext)[:200], "") + ext
	}
	if name != "" && name != "/" {
		return name
	}
	ext := map[string]string{"message/rfc822": ".eml", "text/csv": ".csv", "text/plain": ".txt", "text/html": ".html", "application/pdf": ".pdf",
		"image/png": ".png", "image/jpeg": ".jpg", "image/gif": ".gif", "application/zip": ".zip", "text/calendar": ".ics",
		"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx", "application/vnd.ms-excel": ".xls"}[kind]
	return fmt.Sprintf("attachment-%d%s", n, ext)
}

var errFull = errors.New("mail: limit of text")

// limited takes bytes up to a limit.
type limited struct {
	bytes.Buffer
	left int
}

// Write implements io.Writer.
func (l *limited) Write(p []byte) (int, error) {
	n := min(len(p), l.left)
	l.left -= n
	l.Buffer.Write(p[:n])
	if n < len(p) {
		return n, errFull
	}
	return n, nil
}
