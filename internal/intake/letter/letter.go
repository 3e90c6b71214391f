package letter

import (
	"crypto/sha256"
	"encoding/hex"
	"path"
	"slices"
	"strings"

	"honne"
	"honne/internal/intake/mail"
	"honne/internal/playbook"
)

// Reader turns messages into what is kept of them: whose they are, what they
// ask, whether they answer.
type Reader struct {
	Domains honne.Domains
	book    *playbook.Playbook
}

// Mine reports whether a message is one with the partner: one of its people
// wrote it, or got it. Any other is none of our business.
func (l Reader) Mine(h mail.Head) bool {
	return l.Has(honne.Theirs, append([]mail.Address{h.From, h.Sender}, append(slices.Clone(h.To), h.Cc...)...))
}

// Has reports whether one of the addresses is of a side.
func (l Reader) Has(side honne.Side, list []mail.Address) bool {
	return slices.ContainsFunc(list, func(a mail.Address) bool { return SideOfAddress(a, l.Domains) == side })
}

// Side says whose a message is. One that only claims to be ours is a third's.
func (l Reader) Side(h mail.Head) honne.Side {
	side := SideOfAddress(h.From, l.Domains)
	if side == honne.Ours && h.Disputed {
		return honne.Third
	}
	return side
}

// ReceiptOf is the moment of a message, as that of what it brings.
func ReceiptOf(h mail.Head) honne.Receipt {
	switch {
	case h.At.IsZero():
		return honne.Receipt{Basis: honne.ByLoad}
	case h.Exact:
		return honne.Receipt{At: h.At, Basis: honne.ByMessage}
	}
	return honne.Receipt{At: h.At, Basis: honne.ByName}
}

// manyPeople is the number of people from which on a message is one to many.
const manyPeople = 30

// Letter is what is kept of a message that stands at an address.
func (l Reader) Letter(at string, h mail.Head, b mail.Body) honne.Mail {
	m := honne.Mail{Key: h.ID, Answers: slices.Clone(h.References), Path: at, Receipt: ReceiptOf(h), Side: l.Side(h),
		From: person(h.From), To: people(h.To), Cc: people(h.Cc), Subject: h.Subject, Text: b.Text, Language: languageOf(b.Text)}
	m.Topic, m.Follows = l.book.Mail.Topic(h.Subject)
	for _, f := range b.Files {
		if !f.Inline {
			m.Files = append(m.Files, f.Name)
		}
	}
	for _, i := range b.Invites {
		in := invite(i)
		m.Invites = append(m.Invites, in)
		m.Follows = m.Follows || slices.Contains(toInvitation, in.Method)
	}
	if h.Report && l.undelivered(b.Returned) {
		m.Answers, m.Invites = []string{b.Returned.ID}, []honne.Invite{{Method: honne.Undelivered}}
	}
	said := sentences(m.Text, &l.book.Mail)
	if len(m.Invites) == 0 && putsOff(said, &l.book.Mail) {
		m.Invites = []honne.Invite{{Method: honne.InvitePutOff}}
	}
	if m.Key == "" {
		m.Key = keyOf(m)
	}
	m.Program = h.Auto || h.Bulk || len(h.To)+len(h.Cc) > manyPeople
	m.Kind, m.Asks = l.turn(m, said, h)
	m.Consent, m.Day = consent(m, said, &l.book.Mail), day(m, said, &l.book.Mail)
	return m
}

// undelivered reports whether a message reached none of the partner's people that it was for.
func (l Reader) undelivered(r mail.Returned) bool {
	theirs := slices.DeleteFunc(slices.Clone(r.To), func(a mail.Address) bool { return SideOfAddress(a, l.Domains) != honne.Theirs })
	return r.ID != "" && len(theirs) > 0 && !slices.ContainsFunc(theirs, func(a mail.Address) bool { return !slices.Contains(r.Failed, a.Addr) })
}

// toInvitation are what answers an invitation.
var toInvitation = []honne.InviteKind{honne.InviteAccept, honne.InviteDecline, honne.InviteCounter}

// keyOf makes a key of a message that has no Message-ID.
func keyOf(m honne.Mail) string {
	sum := sha256.Sum256([]byte(strings.Join([]string{m.From.Address, m.Receipt.At.UTC().String(), m.Subject, m.Text}, "\x00")))
	return "sha256:" + hex.EncodeToString(sum[:])
}

func person(a mail.Address) honne.Person { return honne.Person{Name: a.Name, Address: a.Addr} }

func people(list []mail.Address) (out []honne.Person) {
	for _, a := range list {
		out = append(out, person(a))
	}
	return out
}

// languageOf is the language of a text, by its letters.
func languageOf(text string) string {
	ja, latin := 0, 0
	for _, r := range text {
		switch {
		case r >= 0x3040 && r < 0xFB00:
			ja++
		case r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z':
			latin++
		}
	}
	switch {
	case ja > 0 && ja*8 >= latin:
		return "ja"
	case latin > 0:
		return "en"
	}
	return ""
}

func invite(i mail.Invite) honne.Invite {
	out := honne.Invite{Meeting: i.UID, Version: i.Sequence, Method: honne.InviteHold}
	if !i.Starts.IsZero() {
		out.Starts = i.Starts.UnixMicro()
	}
	switch {
	case i.Method == "CANCEL" || i.Cancelled:
		out.Method = honne.InviteCancel
	case i.Method == "COUNTER":
		out.Method = honne.InviteCounter
	case i.Method == "REPLY" && i.Declined:
		out.Method = honne.InviteDecline
	case i.Method == "REPLY":
		out.Method = honne.InviteAccept
	}
	return out
}

// turn says what a message does in its conversation, and what it asks of the
// other side. A question to somebody of their own, with the other side in copy,
// is none to us.
func (l Reader) turn(m honne.Mail, said []spoken, h mail.Head) (honne.TurnKind, int) {
	if m.Program || l.book.Mail.IsAutomatic(h.Subject) {
		return honne.Automatic, 0
	}
	return l.saying(m, said, l.Has(other(m.Side), h.To))
}

// other is the side that a message of one goes to, "" for a third's.
func other(s honne.Side) honne.Side {
	return map[honne.Side]honne.Side{honne.Ours: honne.Theirs, honne.Theirs: honne.Ours}[s]
}

// saying is the turn of a message that a person wrote; addressed says that it goes to the
// other side.
func (l Reader) saying(m honne.Mail, said []spoken, addressed bool) (honne.TurnKind, int) {
	if saysAutomatic(said, &l.book.Mail) {
		return honne.Automatic, 0
	}
	says, asks := say(said, m.From.Name, &l.book.Mail)
	if !addressed && asks > 0 && len(m.Files) == 0 && m.Side != honne.Third {
		return honne.Acknowledgement, 0 // handed on to somebody of their own
	}
	if !addressed {
		asks = 0
	}
	switch {
	case asks == 0 && l.bringsReport(m):
		return honne.ReportTurn, 0
	case says == playbook.SaysThing || len(m.Files) > 0:
		return honne.Substance, asks
	}
	return honne.Acknowledgement, asks
}

// Reread reads a kept message by the rules as they are now. What a program wrote by its
// head stays so.
func Reread(m honne.Mail, d honne.Domains, p *playbook.Playbook) honne.Reread {
	l, said := Reader{Domains: d, book: p}, sentences(m.Text, &p.Mail)
	switch addressed := m.Asks > 0 || slices.ContainsFunc(m.To, func(x honne.Person) bool { return SideOf(x.Address, d) == other(m.Side) }); {
	case m.Kind == honne.Automatic && m.Program:
	case p.Mail.IsAutomatic(m.Subject):
		m.Kind, m.Asks = honne.Automatic, 0
	default:
		m.Kind, m.Asks = l.saying(m, said, addressed)
	}
	m.Consent, m.Day = consent(m, said, &p.Mail), day(m, said, &p.Mail)
	x := m.Reading()
	x.PutOff = !m.Invited() && putsOff(said, &p.Mail)
	return x
}

// regular are the series of which reports are owed; a plan or a proposal is a
// word of its own.
var regular = []honne.Series{honne.Sales, honne.Stock, honne.Forecast, honne.Purchases, honne.Returns}

// bringsReport reports whether a table is attached that the subject or its own
// name calls a report.
func (l Reader) bringsReport(m honne.Mail) bool {
	return m.Side == honne.Theirs && slices.ContainsFunc(m.Files, func(name string) bool {
		ending := strings.ToLower(path.Ext(name))
		return slices.Contains([]string{".xlsx", ".xlsm", ".xls", ".csv", ".tsv", ".zip", ".pdf", ".html", ".htm", ".txt"}, ending) &&
			(slices.Contains(regular, l.book.Kind(name)) || slices.Contains(regular, l.book.Kind(m.Subject)))
	})
}
