package intake

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"path"
	"strings"

	"honne"
	"honne/internal/intake/compound"
	"honne/internal/intake/mail"
	"honne/internal/intake/outlook"
	"honne/internal/playbook"
)

// post is an open file of mail, whatever its format.
type post struct {
	disk     *disk
	format   honne.Format
	many     bool
	broken   error // why a mailbox does not open
	messages func(context.Context) iter.Seq2[*mail.Message, error]
}

// openPost opens a file of mail; ok is false for any other, and where the disk
// failed.
func openPost(f honne.File, head []byte) (p post, ok bool) {
	p.disk = &disk{r: f.Bytes, size: f.Size}
	switch {
	case compound.Sniff(head):
		m, ok, err := outlook.OpenMessage(p.disk, f.Size)
		p.format, p.messages = honne.MSG, outlook.Messages(m)
		return p, ok && err == nil
	case outlook.SniffStore(head):
		s, err := outlook.OpenStore(p.disk, f.Size)
		if err != nil {
			p.broken = err
			return p, false
		}
		p.format, p.many, p.messages = honne.PST, true, s.Messages
		return p, true
	case !mail.Sniff(head):
		return p, false
	}
	b := mail.Open(p.disk, f.Size)
	p.format, p.many, p.messages = honne.EML, b.Many(), b.Messages
	if p.many {
		p.format = honne.MBOX
	}
	return p, true
}

// disk remembers an error of what a file is read from: mail that is damaged is
// read as far as it goes, a disk that fails must not look like damage.
type disk struct {
	r      io.ReaderAt
	size   int64
	failed error
}

// ReadAt implements io.ReaderAt. A place outside the file is damage.
func (d *disk) ReadAt(p []byte, off int64) (int, error) {
	if off < 0 || off >= d.size {
		return 0, io.EOF
	}
	n, err := d.r.ReadAt(p, off)
	if err != nil && err != io.EOF {
		d.failed = err
	}
	return n, err
}

// at is the address of a message.
func (p post) at(f honne.File, m *mail.Message) string {
	if p.many {
		return fmt.Sprintf("%s#%d", f.Name, m.N)
	}
	return f.Name
}

// IsMail reports whether a file is mail: a message or a mailbox.
func IsMail(f honne.File) bool {
	_, ok := openPost(f, headOf(f))
	return ok
}

// headOf returns the beginning of a file.
func headOf(f honne.File) []byte {
	head := make([]byte, 4096)
	n, _ := f.Bytes.ReadAt(head, 0)
	return head[:n]
}

// lettersIn are the letters of a file whose domains are stated; without any
// everything in it is read, and is nobody's.
func lettersIn(f honne.File, p *playbook.Playbook) letters {
	l := letters{book: p}
	if f.Domains != nil {
		l.domains = *f.Domains
	}
	return l
}

// kept reports whether a message of the file is kept.
func (l letters) kept(f honne.File, h mail.Head) bool { return f.Domains == nil || l.mine(h) }

// opened reports whether a message of the file is read: one that is kept, or one
// that a person handed on to a drop address.
func (l letters) opened(f honne.File, m *mail.Message) bool { return f.Whole || l.keeps(f, m) }

// keeps reports whether a message is kept: one with the partner, or what a server reports of
// one that did not reach it.
func (l letters) keeps(f honne.File, m *mail.Message) bool {
	if l.kept(f, m.Head) || !m.Report {
		return l.kept(f, m.Head)
	}
	b, err := m.Read()
	return err == nil && l.undelivered(b.Returned)
}

// CountCorrespondence adds the messages of a file of mail to a count of whose
// they are. It reads heads only.
func CountCorrespondence(ctx context.Context, f honne.File, into *Correspondence) error {
	p, ok := openPost(f, headOf(f))
	if !ok {
		return p.disk.failed
	}
	for m, err := range p.messages(ctx) {
		if err != nil {
			return err
		}
		into.add(m.Head)
	}
	return p.disk.failed
}

// surveyMail counts the messages of a file, reads those that are kept, and says
// what was wrong with them.
func (r *reader) surveyMail(ctx context.Context, p post) (messages int, err error) {
	l := lettersIn(r.file, r.book)
	kept, faults := 0, &faultCount{first: map[string]int{}, reads: func(subject string, b mail.Body) bool {
		_, ok := tableIn(ctx, r.file, r.book, subject, b)
		return ok
	}}
	for m, err := range p.messages(ctx) {
		if err != nil {
			return messages, err
		}
		messages++
		if l.keeps(r.file, m) {
			kept++
		} else if !r.file.Whole {
			continue
		}
		if l.domains.Ours != nil && m.Disputed && sideOf(m.From, l.domains) == honne.Ours {
			faults.add(p.at(r.file, m), mail.Fault{Code: "mail-claims-ours"})
		}
		if err := faults.message(p.at(r.file, m), m, sideOf(m.From, l.domains) != honne.Ours); err != nil {
			return messages, err
		}
	}
	if r.file.Domains != nil && (!r.file.Whole || kept == messages) { // else one was opened that is not with the partner
		r.note(honne.Address{}, honne.Say("problem.mail-kept", honne.Count("kept", kept), honne.Count("n", messages)))
	}
	r.problems = append(r.problems, faults.problems...)
	return messages, p.disk.failed
}

// faultCount gathers the faults of a mailbox: each kind once, with the first
// message that has it and how many more.
type faultCount struct {
	first    map[string]int
	reads    func(subject string, b mail.Body) bool // the table in its text is read
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
	if others && holdsTable(b) && !c.reads(m.Subject, b) {
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
func (w *walk) mailbox(f honne.File, p post, depth int) bool {
	if f.Domains != nil && len(f.Domains.Theirs) == 0 && !f.Whole {
		return w.closed(f)
	}
	d := delivery{walk: w, disk: p.disk, letters: lettersIn(f, w.book), box: f, depth: depth}
	defer d.held.close()
	for m, err := range p.messages(w.ctx) {
		if err != nil {
			w.yield(Inner{}, err)
			return false
		}
		if d.opened(f, m) && !d.message(p.at(f, m), m, f.Receipt) {
			return false
		}
	}
	if p.disk.failed != nil {
		w.yield(Inner{}, p.disk.failed)
		return false
	}
	return true
}

// closed hands out a mailbox that is not opened, because nobody has stated whose
// mail is whose; it names the domains that stand in most of its messages.
func (w *walk) closed(f honne.File) bool {
	count := NewCorrespondence(w.book)
	if err := CountCorrespondence(w.ctx, f, count); err != nil {
		w.yield(Inner{}, err)
		return false
	}
	f.Bytes = nil
	return w.yield(Inner{File: f, Shut: &honne.Problem{Severity: honne.SevError,
		What: honne.Say("problem.mail-domains", honne.Text("file", f.Name), honne.Text("domains", count.most(mostDomains)))}}, nil)
}

const mostDomains = 5

// delivery is the walk over one file of mail.
type delivery struct {
	*walk
	letters
	disk  *disk
	box   honne.File
	depth int
	held  parcel
}

// message hands out a message, and what is attached to it. What came in a
// message that was not sent to us came with the one around it.
func (d *delivery) message(at string, m *mail.Message, around honne.Receipt) bool {
	b, err := m.Read()
	if err = cmp.Or(err, d.disk.failed); err != nil {
		d.yield(Inner{}, err)
		return false
	}
	in := d.box
	in.Name, in.Bytes, in.Size, in.From = at, nil, 0, d.side(m.Head)
	if in.Receipt = receiptOf(m.Head); around.Basis == honne.ByMessage && !d.has(honne.Ours, append(m.To, m.Cc...)) {
		in.Receipt = around
	}
	keeps := d.keeps(d.box, m)
	if d.box.Whole && !keeps {
		in.Receipt, in.From = handedOn(m.Head), honne.Theirs
	}
	if table, ok := d.table(in, m, b); ok {
		b.Files = append(b.Files, table)
	}
	if keeps {
		letter := d.letter(at, m.Head, b)
		letter.Receipt = in.Receipt
		if !d.yield(Inner{File: in, Mail: &letter}, nil) {
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
	if err = cmp.Or(err, d.disk.failed); err != nil {
		d.yield(Inner{}, err)
		return false
	}
	in := inner(around, once(names, file.Name), d.walk.book)
	in.Receipt = around.Receipt
	in.Bytes, in.Size = d.held.bytes()
	return d.give(in, d.depth)
}
