package intake

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"honne"
	"honne/internal/intake/letter"
	"honne/internal/intake/mail"
)

// Letterhead is who wrote a message to whom: all that is looked at before it is
// known whether the message is anybody's business here.
type Letterhead struct{ head mail.Head }

// LetterheadOf reads the fields of a message that name people, as they stand.
func LetterheadOf(fields []byte) Letterhead { return Letterhead{mail.ParseHead(fields)} }

// Key is the message's own, "" where it has none.
func (l Letterhead) Key() string { return l.head.ID }

// With reports whether the message is one with the partner of those domains.
func (l Letterhead) With(d honne.Domains) bool { return letter.Reader{Domains: d}.Mine(l.head) }

// Delivery is a whole message that came by itself, not in somebody's file.
type Delivery struct {
	Letterhead
	Name    string // for a file of it: its day and its subject
	Sender  string // address; "" when it names none
	Receipt honne.Receipt
	inner   []mail.Head // of the messages in it
	quoted  []mail.Address
}

// ReadDelivery reads a message. The error is for what is not its fault.
func ReadDelivery(ctx context.Context, f honne.File) (d Delivery, err error) {
	box := mail.Open(f.Bytes, f.Size)
	for m, err := range box.Messages(ctx) {
		if err != nil {
			return d, err
		}
		b, err := m.Read()
		if err != nil {
			return d, err
		}
		d.head, d.Sender, d.Receipt, d.quoted = m.Head, m.From.Addr, letter.ReceiptOf(m.Head), b.HandedOn()
		d.within(b, insideDepth)
		break
	}
	d.Name = mail.FileName(strings.NewReplacer("/", "-", `\`, "-").Replace(cmp.Or(d.head.Subject, "-")), "", 1) + ".eml"
	if day := d.Receipt.Day(); day != 0 {
		d.Name = day.String() + " " + d.Name
	}
	return d, nil
}

func (d *Delivery) within(b mail.Body, depth int) {
	for _, m := range b.Within {
		if len(d.inner) >= maxInner || depth == 0 {
			return
		}
		d.inner = append(d.inner, m.Head)
		if inside, err := m.Read(); err == nil {
			d.within(inside, depth-1)
		}
	}
}

const maxInner = 100

// HandsOn reports whether a message, or the text, of the partner of those
// domains is handed on in this one.
func (d Delivery) HandsOn(domains honne.Domains) bool {
	l := letter.Reader{Domains: domains}
	return l.Has(honne.Theirs, d.quoted) || slices.ContainsFunc(d.inner, l.Mine)
}

// handedOn is what is known of the receipt of a file that somebody handed on: not
// later than then.
func handedOn(h mail.Head) honne.Receipt { return honne.Receipt{At: h.At, Basis: honne.ByLoad} }
