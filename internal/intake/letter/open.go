package letter

import (
	"honne"
	"honne/internal/intake/mail"
	"honne/internal/playbook"
)

// ReaderOf are the letters of a file whose domains are stated; without any
// everything in it is read, and is nobody's.
func ReaderOf(f honne.File, p *playbook.Playbook) Reader {
	l := Reader{book: p}
	if f.Domains != nil {
		l.Domains = *f.Domains
	}
	return l
}

// kept reports whether a message of the file is kept.
func (l Reader) kept(f honne.File, h mail.Head) bool { return f.Domains == nil || l.Mine(h) }

// Opened reports whether a message of the file is read: one that is kept, or one
// that a person handed on to a drop address.
func (l Reader) Opened(f honne.File, m *mail.Message) bool { return f.Whole || l.Keeps(f, m) }

// Keeps reports whether a message is kept: one with the partner, or what a server reports of
// one that did not reach it.
func (l Reader) Keeps(f honne.File, m *mail.Message) bool {
	if l.kept(f, m.Head) || !m.Report {
		return l.kept(f, m.Head)
	}
	b, err := m.Read()
	return err == nil && l.undelivered(b.Returned)
}
