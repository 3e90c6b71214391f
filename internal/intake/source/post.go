package source

import (
	"context"
	"fmt"
	"io"
	"iter"

	"honne"
	"honne/internal/intake/compound"
	"honne/internal/intake/mail"
	"honne/internal/intake/outlook"
)

// Post is an open file of mail, whatever its format.
type Post struct {
	disk     *disk
	format   honne.Format
	many     bool
	broken   error // why a mailbox does not open
	Messages func(context.Context) iter.Seq2[*mail.Message, error]
}

// OpenPost opens a file of mail; ok is false for any other, and where the disk
// failed.
func OpenPost(f honne.File, head []byte) (p Post, ok bool) {
	p.disk = &disk{r: f.Bytes, size: f.Size}
	switch {
	case compound.Sniff(head):
		m, ok, err := outlook.OpenMessage(p.disk, f.Size)
		p.format, p.Messages = honne.MSG, outlook.Messages(m)
		return p, ok && err == nil
	case outlook.SniffStore(head):
		s, err := outlook.OpenStore(p.disk, f.Size)
		if err != nil {
			p.broken = err
			return p, false
		}
		p.format, p.many, p.Messages = honne.PST, true, s.Messages
		return p, true
	case !mail.Sniff(head):
		return p, false
	}
	b := mail.Open(p.disk, f.Size)
	p.format, p.many, p.Messages = honne.EML, b.Many(), b.Messages
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

// Failed is the error of the disk that the mail is read from, nil while it works.
func (p Post) Failed() error { return p.disk.failed }

// At is the address of a message.
func (p Post) At(f honne.File, m *mail.Message) string {
	if p.many {
		return fmt.Sprintf("%s#%d", f.Name, m.N)
	}
	return f.Name
}

// HeadOf returns the beginning of a file.
func HeadOf(f honne.File) []byte {
	head := make([]byte, 4096)
	n, _ := f.Bytes.ReadAt(head, 0)
	return head[:n]
}
