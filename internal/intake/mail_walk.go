package intake

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"

	"honne"
	"honne/internal/intake/letter"
	"honne/internal/intake/mail"
	"honne/internal/intake/source"
)

// IsMail reports whether a file is mail: a message or a mailbox.
func IsMail(f honne.File) bool {
	_, ok := source.OpenPost(f, source.HeadOf(f))
	return ok
}

// CountCorrespondence adds the messages of a file of mail to a count of whose
// they are. It reads heads only.
func CountCorrespondence(ctx context.Context, f honne.File, into *letter.Correspondence) error {
	p, ok := source.OpenPost(f, source.HeadOf(f))
	if !ok {
		return p.Failed()
	}
	for m, err := range p.Messages(ctx) {
		if err != nil {
			return err
		}
		into.Add(m.Head)
	}
	return p.Failed()
}

// surveyMail counts the messages of a file, reads those that are kept, and says
// what was wrong with them.
func (r *reader) surveyMail(ctx context.Context, p source.Post) (messages int, err error) {
	l := letter.ReaderOf(r.file, r.book)
	kept, faults := 0, &faultCount{first: map[string]int{}, reads: func(subject string, b mail.Body) bool {
		_, ok := tableIn(ctx, r.file, r.book, subject, b)
		return ok
	}, handed: func(m *mail.Message, b mail.Body) (mail.Body, bool) { return bodyHandedOn(l, r.file, m, b) }}
	for m, err := range p.Messages(ctx) {
		if err != nil {
			return messages, err
		}
		messages++
		if l.Keeps(r.file, m) {
			kept++
		} else if !r.file.Whole {
			continue
		}
		if l.Domains.Ours != nil && m.Disputed && letter.SideOfAddress(m.From, l.Domains) == honne.Ours {
			faults.add(p.At(r.file, m), mail.Fault{Code: "mail-claims-ours"})
		}
		if err := faults.message(p.At(r.file, m), m, letter.SideOfAddress(m.From, l.Domains) != honne.Ours); err != nil {
			return messages, err
		}
	}
	if r.file.Domains != nil && (!r.file.Whole || kept == messages) { // else one was opened that is not with the partner
		r.note(honne.Address{}, honne.Say("problem.mail-kept", honne.Count("kept", kept), honne.Count("n", messages)))
	}
	r.problems = append(r.problems, faults.problems...)
	return messages, p.Failed()
}

// faultCount gathers the faults of a mailbox: each kind once, with the first
// message that has it and how many more.
type faultCount struct {
	first    map[string]int
	reads    func(subject string, b mail.Body) bool // the table in its text is read
	handed   func(m *mail.Message, b mail.Body) (mail.Body, bool)
	problems []honne.Problem
}

// message reads a message and all that is attached to it. A table in the text of what
// others wrote that is not read is said.
func (c *faultCount) message(at string, m *mail.Message, others bool) error {
	b, err := m.Read()
	if err != nil {
		return err
	}
	for _, f := range append(m.Faults, b.Faults...) {
		c.add(at, f)
	}
	said, told := b, others
	if handed, ok := c.handed(m, b); ok {
		said, told = handed, true
	}
	if told && holdsTable(said) && !c.reads(m.Subject, said) {
		c.add(at, mail.Fault{Code: "mail-table"})
	}
	for _, file := range b.Files {
		var broken *mail.Broken
		if err := file.Write(io.Discard); errors.As(err, &broken) {
			c.add(at+"/"+file.Name, broken.Fault)
		} else if err != nil {
			return err
		}
	}
	for _, inner := range b.Within {
		if err := c.message(at, inner, others); err != nil {
			return err
		}
	}
	return nil
}

// worth says how grave a fault of a message is: with those that are not here the
// message is read all the same.
var worth = map[string]honne.Severity{
	mail.CodeHeadTooLong: honne.SevWarning, mail.CodeTooManyParts: honne.SevWarning, mail.CodeTooDeep: honne.SevWarning,
	mail.CodeBase64: honne.SevWarning, mail.CodeCut: honne.SevWarning, "mail-claims-ours": honne.SevWarning, "mail-table": honne.SevWarning,
}

func (c *faultCount) add(at string, f mail.Fault) {
	if i, known := c.first[f.Code]; known {
		c.problems[i].Count++
		return
	}
	c.first[f.Code] = len(c.problems)
	severity := honne.SevNote
	if s, ok := worth[f.Code]; ok {
		severity = s
	}
	c.problems = append(c.problems, honne.Problem{Severity: severity, What: honne.Say("problem."+f.Code, honne.Text("message", numberOf(at)))})
}

// numberOf is the number of a message in its mailbox, as its address has it: #41.
func numberOf(at string) string {
	_, number, many := strings.Cut(at, "#")
	if !many {
		return "#1"
	}
	number, _, _ = strings.Cut(number, "/")
	return "#" + number
}

// mailbox walks the messages of a file: each that is kept, then what is attached
// to it.
func (w *walk) mailbox(f honne.File, p source.Post, depth int) bool {
	if f.Domains != nil && len(f.Domains.Theirs) == 0 && !f.Whole {
		return w.closed(f)
	}
	d := delivery{walk: w, post: p, Reader: letter.ReaderOf(f, w.book), box: f, depth: depth}
	defer d.held.close()
	for m, err := range p.Messages(w.ctx) {
		if err != nil {
			w.yield(Inner{}, err)
			return false
		}
		if d.Opened(f, m) && !d.message(p.At(f, m), m, f.Receipt) {
			return false
		}
	}
	if p.Failed() != nil {
		w.yield(Inner{}, p.Failed())
		return false
	}
	return true
}

// closed hands out a mailbox that is not opened, because nobody has stated whose
// mail is whose; it names the domains that stand in most of its messages.
func (w *walk) closed(f honne.File) bool {
	count := letter.NewCorrespondence(w.book)
	if err := CountCorrespondence(w.ctx, f, count); err != nil {
		w.yield(Inner{}, err)
		return false
	}
	f.Bytes = nil
	return w.yield(Inner{File: f, Shut: &honne.Problem{Severity: honne.SevError,
		What: honne.Say("problem.mail-domains", honne.Text("file", f.Name), honne.List("domains", count.Most(mostDomains)))}}, nil)
}

const mostDomains = 5

// delivery is the walk over one file of mail.
type delivery struct {
	*walk
	letter.Reader
	post  source.Post
	box   honne.File
	depth int
	held  parcel
}

// message hands out a message, and what is attached to it. What came in a
// message that was not sent to us came with the one around it.
func (d *delivery) message(at string, m *mail.Message, around honne.Receipt) bool {
	b, err := m.Read()
	if err = cmp.Or(err, d.post.Failed()); err != nil {
		d.yield(Inner{}, err)
		return false
	}
	in := d.box
	in.Name, in.Bytes, in.Size, in.From = at, nil, 0, d.Side(m.Head)
	if in.Receipt = letter.ReceiptOf(m.Head); around.Basis == honne.ByMessage && !d.Has(honne.Ours, append(m.To, m.Cc...)) {
		in.Receipt = around
	}
	keeps := d.Keeps(d.box, m)
	if d.box.Whole && !keeps {
		in.Receipt, in.From = handedOn(m.Head), honne.Theirs
	}
	said := b
	if handed, ok := bodyHandedOn(d.Reader, d.box, m, b); ok {
		said = handed
	}
	if table, ok := d.table(in, m, said); ok {
		b.Files = append(b.Files, table)
	}
	if keeps {
		kept := d.Letter(at, m.Head, b)
		kept.Receipt = in.Receipt
		if !d.yield(Inner{File: in, Mail: &kept}, nil) {
			return false
		}
	}
	names := map[string]int{}
	for _, file := range b.Files {
		if !file.Inline && !d.attachment(in, file, names) {
			return false
		}
	}
	for _, inner := range b.Within {
		name := once(names, mail.FileName(inner.Subject, "", len(names)+1)+".eml")
		if !d.message(at+"/"+name, inner, in.Receipt) {
			return false
		}
	}
	return true
}

// bodyHandedOn is the body of the partner's message that one to a drop address hands on in its
// text; ok is false for any other.
func bodyHandedOn(l letter.Reader, f honne.File, m *mail.Message, b mail.Body) (handed mail.Body, ok bool) {
	if !f.Whole || l.Keeps(f, m) {
		return b, false
	}
	return b.Handed(func(a mail.Address) bool { return letter.SideOfAddress(a, l.Domains) == honne.Theirs })
}

// table is the table in the text of a message that others wrote, as a file of it.
func (d *delivery) table(in honne.File, m *mail.Message, b mail.Body) (f mail.File, ok bool) {
	if in.From == honne.Ours {
		return f, false
	}
	return tableIn(d.ctx, in, d.walk.book, m.Subject, b)
}

// once makes a name the only one of its message: sales.xlsx, sales (2).xlsx.
func once(names map[string]int, name string) string {
	names[name]++
	if n := names[name]; n > 1 {
		ext := path.Ext(name)
		return once(names, fmt.Sprintf("%s (%d)%s", strings.TrimSuffix(name, ext), n, ext))
	}
	return name
}

// attachment hands out a file of a message, or what it holds. One whose encoding
// was damaged is handed out as far as it could be read: its reader says the rest.
func (d *delivery) attachment(around honne.File, file mail.File, names map[string]int) bool {
	d.held.reset()
	var broken *mail.Broken
	err := file.Write(&d.held)
	if errors.As(err, &broken) {
		err = nil
	}
	if err = cmp.Or(err, d.post.Failed()); err != nil {
		d.yield(Inner{}, err)
		return false
	}
	in := inner(around, once(names, file.Name), d.walk.book)
	in.Receipt = around.Receipt
	in.Bytes, in.Size = d.held.bytes()
	return d.give(in, d.depth)
}
