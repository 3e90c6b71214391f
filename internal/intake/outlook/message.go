package outlook

import (
	"encoding/hex"
	"errors"
	"io"
	"strings"
	"time"

	"honne/internal/intake/charset"
	"honne/internal/intake/mail"
)

// message makes a message of an object; n is its number in the mailbox.
func (o *object) message(n, depth int) *mail.Message {
	m := &mail.Message{Head: o.head(), N: n}
	m.Read = func() (mail.Body, error) { return o.body(depth) }
	return m
}

// head takes the fields of the message as the server saw them, where they are
// kept, and fills in what they do not say from properties.
func (o *object) head() mail.Head {
	var h mail.Head
	if raw := o.text(pidHeaders); strings.TrimSpace(raw) != "" {
		h = mail.ParseHead([]byte(raw))
		h.Faults = nil // the properties may say it
	}
	ids := mail.ParseHead([]byte("Message-ID: " + oneLine(o.text(pidMessageID)) + "\r\nReferences: " + oneLine(o.text(pidReferences)) +
		"\r\nIn-Reply-To: " + oneLine(o.text(pidInReplyTo)) + "\r\n"))
	if h.ID == "" {
		h.ID = ids.ID
	}
	if len(h.References) == 0 {
		h.References = ids.References
	}
	if s := subject(o.text(pidSubject)); s != "" {
		h.Subject = s
	}
	if h.From.Addr == "" {
		h.From = o.sender()
	}
	if len(h.To)+len(h.Cc) == 0 {
		o.addressees(&h)
	}
	if !h.Exact {
		o.when(&h)
	}
	class := strings.ToLower(o.text(pidClass))
	h.Auto = h.Auto || strings.HasPrefix(class, "report.") || strings.Contains(class, ".oof")
	if h.From.Addr == "" {
		h.Faults = append(h.Faults, mail.Fault{Code: mail.CodeFrom})
	}
	return h
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// subject drops the mark in front of a subject that says how long its prefix is.
func subject(s string) string {
	if strings.HasPrefix(s, "\x01") && len(s) >= 2 {
		s = s[2:]
	}
	return oneLine(s)
}

// sender is who sent the message, or for whom it was sent.
func (o *object) sender() mail.Address {
	a := address(o.text(pidSentName), o.text(pidSentSMTP), o.text(pidSentType), o.text(pidSentAddress))
	if a.Addr == "" {
		a = address(o.text(pidSenderName), o.text(pidSenderSMTP), o.text(pidSenderType), o.text(pidSenderAddress))
	}
	return a
}

// address picks the address of a person. Who has none but that of the mail
// server's own organisation stands under Exchange.
func address(name, smtp, kind, other string) mail.Address {
	name = oneLine(name)
	switch {
	case strings.Contains(smtp, "@"):
	case strings.EqualFold(kind, "EX") && other != "":
		_, local, _ := strings.Cut(strings.ToLower(other[strings.LastIndex(other, "/")+1:]), "=")
		return mail.Address{Name: name, Addr: oneLine(local) + "@" + mail.Exchange}
	case strings.Contains(other, "@"):
		smtp = other
	}
	h := mail.ParseHead([]byte("From: <" + oneLine(smtp) + ">\r\n"))
	return mail.Address{Name: name, Addr: h.From.Addr}
}

// The kinds of recipients (MS-OXOMSG 2.2.3.1).
const (
	recipientTo = 1
	recipientCc = 2
)

// addressees adds those of the recipients that can be read.
func (o *object) addressees(h *mail.Head) {
	if o.recipients == nil {
		return
	}
	list, err := o.recipients()
	if err != nil {
		h.Faults = append(h.Faults, mail.Fault{Code: mail.CodeCut})
	}
	for _, r := range list {
		a := address(r.text(pidName), r.text(pidSMTP), r.text(pidAddressType), r.text(pidAddress))
		switch {
		case a.Addr == "":
		case r.number(pidRecipientType)&0xF == recipientTo:
			h.To = append(h.To, a)
		case r.number(pidRecipientType)&0xF == recipientCc:
			h.Cc = append(h.Cc, a)
		}
	}
}

// when takes the moment of sending, else that of delivery, which the mail server
// wrote.
func (o *object) when(h *mail.Head) {
	for _, id := range []uint16{pidSubmitted, pidDelivered} {
		if t, ok := o.time(id); ok {
			h.At, h.Exact = t, true
			return
		}
	}
	h.Faults = append(h.Faults, mail.Fault{Code: mail.CodeDate})
}

// time reads a moment: hundreds of nanoseconds since 1601 in UTC.
func (o *object) time(id uint16) (time.Time, bool) {
	p := o.props[id]
	const toUnix, perSecond = 11_644_473_600, 10_000_000
	if p.kind != typeTime || p.fixed>>63 != 0 {
		return time.Time{}, false
	}
	t := time.Unix(int64(p.fixed/perSecond)-toUnix, int64(p.fixed%perSecond)*100).UTC()
	return t, t.Year() >= 1980 && t.Year() < 2100
}

func (o *object) body(depth int) (mail.Body, error) {
	b := mail.Body{Text: mail.Reply(o.said()), Page: mail.TablesOf(o.html())}
	if i, ok := o.invite(); ok {
		b.Invites = append(b.Invites, i)
	}
	if o.files == nil {
		return b, nil
	}
	list, err := o.files()
	if err != nil {
		b.Faults = append(b.Faults, mail.Fault{Code: mail.CodeCut})
	}
	for n, a := range list {
		switch inner, err := a.enclosed(depth); {
		case err == nil && inner != nil:
			b.Within = append(b.Within, inner)
		case errors.Is(err, errTooDeep):
			b.Faults = append(b.Faults, mail.Fault{Code: mail.CodeTooDeep})
		case err != nil:
			b.Faults = append(b.Faults, mail.Fault{Code: mail.CodeCut})
		case a.props[pidData].kind == typeBinary:
			b.Files = append(b.Files, a.file(n+1))
		}
	}
	return b, nil
}

var errTooDeep = errors.New("outlook: messages within each other")

// enclosed is the message that an attachment is; nil for none.
func (o *object) enclosed(depth int) (*mail.Message, error) {
	if o.within == nil {
		return nil, nil
	}
	if depth >= maxDepth {
		return nil, errTooDeep
	}
	inner, err := o.within()
	if err != nil {
		return nil, err
	}
	return inner.message(0, depth+1), nil
}

// said is the text of a message, the plain one first.
func (o *object) said() string {
	if text := o.text(pidBody); strings.TrimSpace(text) != "" {
		return text
	}
	if text := o.html(); strings.TrimSpace(text) != "" {
		return mail.StripHTML(text)
	}
	return rtfText(o.bytes(pidRTF, maxValue))
}

// html is the page of a message: bytes in the encoding that the message names.
func (o *object) html() string {
	if o.props[pidHTML].kind != typeBinary {
		return o.text(pidHTML)
	}
	label := codepage(o.number(pidInternetCode))
	if label == "" {
		label = o.label
	}
	text, _, _ := charset.Labelled(o.bytes(pidHTML, maxText), label)
	return text
}

// file is an attachment. What cannot be read of it is damage.
func (o *object) file(n int) mail.File {
	name := o.text(pidLongName)
	for _, id := range []uint16{pidShortName, pidName} {
		if name == "" {
			name = o.text(id)
		}
	}
	kind := strings.ToLower(o.text(pidMIMEType))
	picture := strings.HasPrefix(kind, "image/") && o.text(pidContentID) != ""
	name = mail.FileName(name, kind, n)
	damaged := &mail.Broken{Fault: mail.Fault{Code: mail.CodeCut, Part: name}}
	return mail.File{Name: name, Type: kind, Inline: picture || o.number(pidHidden) != 0,
		Write: func(w io.Writer) error {
			p := o.props[pidData]
			if p.open == nil {
				return damaged
			}
			r, err := p.open()
			if err != nil {
				return damaged
			}
			in := &source{r: io.LimitReader(r, p.size)}
			if n, err := io.Copy(w, in); err != nil && in.failed == nil {
				return err // of who keeps it
			} else if in.failed != nil || n < p.size {
				return damaged
			}
			return nil
		}}
}

// source tells an error of what is read from one of what is written.
type source struct {
	r      io.Reader
	failed error
}

// Read implements io.Reader.
func (s *source) Read(p []byte) (int, error) {
	n, err := s.r.Read(p)
	if err != nil && err != io.EOF {
		s.failed = err
	}
	return n, err
}

const (
	setAppointment = "00062002-0000-0000-C000-000000000046"
	setMeeting     = "6ED8DA90-450B-101B-98DA-00AA003F1305"

	lidStarts   = 0x820D // of setAppointment
	lidSequence = 0x8201
	lidCounter  = 0x8257
	lidObject   = 0x0003 // of setMeeting: what all calendars call it
)

// invite reads what a message says of a meeting (MS-OXOCAL 2.2.4 to 2.2.11).
func (o *object) invite() (mail.Invite, bool) {
	class := strings.ToLower(o.text(pidClass))
	kind, ok := strings.CutPrefix(class, "ipm.schedule.meeting.")
	if !ok || o.named == nil {
		return mail.Invite{}, false
	}
	i := mail.Invite{Method: "REQUEST"}
	switch {
	case strings.HasPrefix(kind, "canceled"):
		i.Method = "CANCEL"
	case strings.HasPrefix(kind, "resp"):
		i.Method, i.Declined = "REPLY", strings.HasPrefix(kind, "resp.neg")
		if id, ok := o.named(setAppointment, lidCounter); ok && o.number(id) != 0 {
			i.Method = "COUNTER"
		}
	case !strings.HasPrefix(kind, "request"):
		return mail.Invite{}, false
	}
	if id, ok := o.named(setMeeting, lidObject); ok {
		i.UID = hex.EncodeToString(o.bytes(id, 1<<10))
	}
	if id, ok := o.named(setAppointment, lidSequence); ok {
		i.Sequence = o.number(id)
	}
	if id, ok := o.named(setAppointment, lidStarts); ok {
		i.Starts, _ = o.time(id)
	}
	if i.Starts.IsZero() {
		i.Starts, _ = o.time(pidStarts)
	}
	return i, i.UID != ""
}
