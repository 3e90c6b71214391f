package mail

import (
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"honne/internal/honnetest"
)

// content decodes an attachment.
func content(t testing.TB, f File) (string, error) {
	t.Helper()
	var b bytes.Buffer
	err := f.Write(&b)
	return b.String(), err
}

const from = "From sato@yamato.example.jp Wed Jul 16 10:05:00 2025"

func TestSplit(t *testing.T) {
	head := "Subject: a\nMessage-ID: <a@b.example>\n\n"
	for _, c := range []struct {
		name, box string
		want      int
	}{
		{"two", from + "\n" + head + "text\n\n" + from + "\n" + head + "text\n", 2},
		{"line ends of Windows", strings.ReplaceAll(from+"\n"+head+"text\n\n"+from+"\n"+head+"text\n", "\n", "\r\n"), 2},
		{"no blank line between", from + "\n" + head + "text\n" + from + "\n" + head + "text\n", 2},
		{"quoted", from + "\n" + head + "x\n\n>" + from + "\nSubject: x\n", 1},
		{"a sentence", from + "\n" + head + "x\n\nFrom our side: nothing at 10:00 in 2025\ny: z w\n", 1},
		{"a sentence before a field", from + "\n" + head + "x\n\nFrom our side:\nNote: nothing\n", 1},
		{"bare lines", "From \n" + head + "text\n\nFrom \n" + head + "text\n", 2},
		{"a dash", "From - \n" + head + "text\n\nFrom - Wed Jul 16 10:05:00 2025\n" + head + "text\n", 2},
		{"takeout", "From 17@xxx Wed Jul 16 10:05:00 +0000 2025\n" + head + "text\n\nFrom 18@xxx Wed Jul 16 10:05:00 +0000 2025\nX: y\n\n", 2},
		{"an empty body", from + "\n" + head + from + "\n" + head, 2},
		{"a mark of UTF-8", "\uFEFF" + from + "\n" + head, 1},
		{"one message", head + "text\n\n" + from + "\nSubject: x\n\n", 1},
		{"nothing but the line", from + "\n", 1},
	} {
		if list, _ := read(t, []byte(c.box)); len(list) != c.want {
			t.Errorf("%s: %d messages, want %d", c.name, len(list), c.want)
		}
	}
	if list, _ := read(t, nil); len(list) != 0 {
		t.Error("a message in no bytes")
	}
}

// TestUnread walks over messages that nobody reads: the next ones are the same.
func TestUnread(t *testing.T) {
	box := ""
	for i := range 5 {
		box += from + "\n" + fmt.Sprintf("Subject: %d\nContent-Type: multipart/mixed; boundary=x\n\n--x\n\ntext %d\n--x--\n\n", i, i)
	}
	n := 0
	for m, err := range Open(strings.NewReader(box), int64(len(box))).Messages(context.Background()) {
		if err != nil {
			t.Fatal(err)
		}
		if m.Subject != fmt.Sprint(n) {
			t.Errorf("message %d is %q", n, m.Subject)
		}
		if n%2 == 1 {
			if b, err := m.Read(); err != nil || b.Text != fmt.Sprintf("text %d", n) {
				t.Errorf("message %d says %q, %v", n, b.Text, err)
			}
		}
		n++
	}
	if n != 5 {
		t.Errorf("%d messages", n)
	}
}

func TestBody(t *testing.T) {
	pdf := strings.Repeat("%PDF-1.4 売上 ", 4000)
	encoded := ""
	for b := base64.StdEncoding.EncodeToString([]byte(pdf)); b != ""; {
		n := min(76, len(b))
		encoded += b[:n] + "\r\n"
		b = b[n:]
	}
	raw := crlf("From: sato@yamato.example.jp", "To: anna@nordlund.example", "Subject: x",
		"Content-Type: multipart/mixed; boundary=\"out er\"", "",
		"preamble", "--out er", "Content-Type: multipart/alternative; boundary=in", "",
		"--in", "Content-Type: text/plain; charset=iso-2022-jp", "", jis(t, "添付をご確認ください。"),
		"--in", "Content-Type: text/html", "", "<p>other words</p>", "--in--", "",
		"--out er  ", "Content-Type: application/pdf; name=\"=?utf-8?B?5aOy5LiKLnBkZg==?=\"", "Content-Transfer-Encoding: base64", "Content-Disposition: attachment", "",
		encoded+"--out er", "Content-Type: message/rfc822", "",
		"From: anna@nordlund.example", "Message-ID: <inner@nordlund.example>", "Content-Type: multipart/mixed; boundary=deep", "",
		"--deep", "Content-Type: text/plain", "Content-Transfer-Encoding: quoted-printable", "", "Could you send the =", "stock=3F", "",
		"--deep", "Content-Disposition: attachment; filename=stock.csv", "", "a,b", "1,2", "--deep--", "",
		"--out er", "Content-Type: text/plain", "", "footer", "--out er--", "epilogue")
	m, b := one(t, raw)
	if len(m.Faults)+len(b.Faults) > 1 { // the date
		t.Errorf("faults %v %v", m.Faults, b.Faults)
	}
	if b.Text != "添付をご確認ください。\n\nfooter" && b.Text != "添付をご確認ください。\nfooter" {
		t.Errorf("text %q", b.Text)
	}
	if len(b.Files) != 1 || b.Files[0].Name != "売上.pdf" {
		t.Fatalf("files %v", b.Files)
	}
	if got, err := content(t, b.Files[0]); got != pdf || err != nil {
		t.Errorf("the attachment has %d bytes, %v", len(got), err)
	}
	if len(b.Within) != 1 || b.Within[0].ID != "inner@nordlund.example" {
		t.Fatalf("messages within %v", b.Within)
	}
	inner, err := b.Within[0].Read()
	if err != nil || inner.Text != "Could you send the stock?" || len(inner.Files) != 1 {
		t.Fatalf("within: %q, %v, %v", inner.Text, inner.Files, err)
	}
	if got, _ := content(t, inner.Files[0]); got != "a,b\r\n1,2" {
		t.Errorf("stock.csv is %q", got)
	}
}

// TestUnquoted wants the lines of an attachment as they were before a mailbox
// quoted them.
func TestUnquoted(t *testing.T) {
	box := from + "\nContent-Type: multipart/mixed; boundary=x\n\n--x\nContent-Disposition: attachment; filename=a.txt\n\n>From here\n>>From there\n> From\n--x--\n"
	_, bodies := read(t, []byte(box))
	if got, _ := content(t, bodies[0].Files[0]); got != "From here\n>From there\n> From" {
		t.Errorf("%q", got)
	}
}

func TestBrokenBase64(t *testing.T) {
	for _, c := range []struct {
		in, want string
		broken   bool
	}{
		{"aGVs\r\nbG8=", "hello", false},
		{"aGVsbG8", "hello", false},
		{"aGVs bG8=\taGVsbG8=", "hellohello", false},
		{"aGV*sbG8=", "hello", true},
		{"aGVsb", "hel", true},
		{"aGVsbG8=\r\n--", "hello\xfb", false},
	} {
		raw := crlf("Content-Type: application/x; name=f", "Content-Transfer-Encoding: BASE64", "", c.in)
		_, b := one(t, raw)
		got, err := content(t, b.Files[0])
		var broken *Broken
		if got != c.want && !strings.HasPrefix(got, c.want) || errors.As(err, &broken) != c.broken {
			t.Errorf("%q: %q, %v; want %q", c.in, got, err, c.want)
		}
	}
}

func TestHead(t *testing.T) {
	for _, c := range []struct {
		raw                  string
		auto, bulk, disputed bool
	}{
		{"From: a@b.example\n", false, false, false},
		{"From: a@b.example\nAuto-Submitted: auto-replied\n", true, false, false},
		{"From: a@b.example\nAuto-Submitted: no\n", false, false, false},
		{"From: MAILER-DAEMON@b.example\n", true, false, false},
		{"From: a@b.example\nList-Unsubscribe: <https://b.example>\n", false, true, false},
		{"From: a@b.example\nAuthentication-Results: mx; spf=fail; dkim=none; dmarc=fail\n", false, false, true},
		{"From: a@b.example\nAuthentication-Results: mx; spf=softfail; dkim=pass; dmarc=pass\n", false, false, false},
		{"From: a@b.example\nReturn-Path: <>\n", true, false, false},
	} {
		h := newHead([]byte(c.raw), nil)
		if h.Auto != c.auto || h.Bulk != c.bulk || h.Disputed != c.disputed {
			t.Errorf("%q: %v %v %v", c.raw, h.Auto, h.Bulk, h.Disputed)
		}
	}
	h := newHead([]byte("References: <a@x> <b@x>\n <c@x>\nIn-Reply-To: <c@x> (from Anna)\nMessage-ID: d@x\n"), nil)
	if h.ID != "d@x" || strings.Join(h.References, " ") != "a@x b@x c@x" {
		t.Errorf("%q %q", h.ID, h.References)
	}
}

// made is a file made to break a reader.
type made struct {
	name, code string
	text       string // that must be found in the body
	write      func(w *strings.Builder)
}

func hostile() []made {
	const head = "From: a@b.example\r\nDate: Wed, 16 Jul 2025 10:05:00 +0900\r\n"
	repeat := func(s string, n int) func(*strings.Builder) {
		return func(w *strings.Builder) {
			w.WriteString(head)
			for range n {
				w.WriteString(s)
			}
		}
	}
	return []made{
		{"10,000 nested parts", CodeTooDeep, "", func(w *strings.Builder) {
			w.WriteString(head)
			for i := range 10_000 {
				fmt.Fprintf(w, "Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n", i, i)
			}
		}},
		{"10,000 nested messages", CodeTooManyParts, "", func(w *strings.Builder) {
			w.WriteString(head + "Content-Type: multipart/digest; boundary=b\r\n\r\n--b\r\n\r\n")
			for range 20_000 {
				w.WriteString("Content-Type: message/rfc822\r\n\r\n")
			}
			w.WriteString(strings.Repeat("--b\r\n\r\n", 20_000))
		}},
		{"2 million empty parts", CodeTooManyParts, "first", func(w *strings.Builder) {
			w.WriteString(head + "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nfirst\r\n")
			for range 2_000_000 {
				w.WriteString("--b\n\n\n")
			}
		}},
		{"2 million boundaries", CodeTooManyParts, "", func(w *strings.Builder) {
			w.WriteString(head + "Content-Type: multipart/mixed; boundary=b\r\n\r\n")
			for range 2_000_000 {
				w.WriteString("--b\n")
			}
		}},
		{"a head of 10 MB", CodeHeadTooLong, "text", func(w *strings.Builder) {
			w.WriteString(head)
			for i := range 100_000 {
				fmt.Fprintf(w, "X-Filler-%d: %s\r\n", i, strings.Repeat("x", 84))
			}
			w.WriteString("\r\ntext\r\n")
		}},
		{"a field of 10 MB on one line", CodeHeadTooLong, "text", func(w *strings.Builder) {
			w.WriteString(head + "To: " + strings.Repeat("a@b.example,", 900_000) + "\r\n\r\ntext\r\n")
		}},
		{"a subject of 10 MB", CodeHeadTooLong, "text", func(w *strings.Builder) {
			w.WriteString(head + "Subject: " + strings.Repeat("=?utf-8?B?5aOy?= ", 600_000) + "\r\n\r\ntext\r\n")
		}},
		{"a text of 40 MB", CodeTextTooLong, "", repeat("\r\nlong line of a text\r\n", 2_000_000)},
		{"a line of 40 MB", CodeTextTooLong, "", repeat("\r\n"+strings.Repeat("x", 4<<20), 10)},
		{"blank lines", CodeTextTooLong, "", repeat("\r\n\r\n", 5_000_000)},
		{"fields of a quotation", CodeTextTooLong, "", func(w *strings.Builder) {
			w.WriteString(head + "\r\n" + strings.Repeat("On 1 May 2025 at 10:00\n\n", 200_000))
		}},
		{"drawn lines", CodeTextTooLong, "", func(w *strings.Builder) { w.WriteString(head + "\r\n" + strings.Repeat("----\n", 1_000_000)) }},
		{"quotations within each other", CodeTextTooLong, "", func(w *strings.Builder) {
			w.WriteString(head + "Content-Type: text/html\r\n\r\n" + strings.Repeat("<blockquote><div>x<br>", 1_000_000))
		}},
		{"a tag without an end", "", "", func(w *strings.Builder) {
			w.WriteString(head + "Content-Type: text/html\r\n\r\n<p " + strings.Repeat("a=b ", 200_000))
		}},
		{"parts without a boundary", CodeNoBoundary, "text", func(w *strings.Builder) { w.WriteString(head + "Content-Type: multipart/mixed\r\n\r\ntext\r\n") }},
		{"cut off", CodeCut, "text", func(w *strings.Builder) {
			w.WriteString(head + "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\ntext")
		}},
		{"two senders", CodeFrom, "", func(w *strings.Builder) { w.WriteString(head + "From: c@d.example\r\n\r\n") }},
		{"a base64 text that is none", CodeBase64, "", func(w *strings.Builder) {
			w.WriteString(head + "Content-Transfer-Encoding: base64\r\n\r\n***\r\n")
		}},
		{"a wrong label", "", "売上の件", func(w *strings.Builder) {
			w.WriteString(head + "Content-Type: text/plain; charset=iso-8859-1\r\n\r\n\x94\x84\x8F\xE3\x82\xCC\x8C\x8F\x82\xC5\x82\xB7\x81B\r\n")
		}},
		{"100,000 messages", "", "", func(w *strings.Builder) { w.WriteString(strings.Repeat(from+"\nSubject: x\n\n", 100_000)) }},
		{"binary", "", "", func(w *strings.Builder) { w.WriteString(strings.Repeat("\x00\xff\r\n--\x1b$B", 500_000)) }},
	}
}

// TestHostile wants each file read within 20 s and 256 MiB, and what was left
// out named.
func TestHostile(t *testing.T) {
	for _, h := range hostile() {
		t.Run(h.name, func(t *testing.T) {
			var w strings.Builder
			h.write(&w)
			var found map[string]bool
			honnetest.Bounded(t, h.name, func() { _, found = readAll(t, w.String(), h.text) })
			if h.code != "" && !found[h.code] {
				t.Errorf("faults %v, want %s", found, h.code)
			}
			if h.text != "" && !found["text"] {
				t.Errorf("%q was not read", h.text)
			}
		})
	}
}

// readAll reads every message and attachment, and returns what faults were
// found; "text" when some body holds it.
func readAll(t testing.TB, raw, text string) (n int, found map[string]bool) {
	found = map[string]bool{}
	var visit func(m *Message)
	visit = func(m *Message) {
		b, err := m.Read()
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range append(m.Faults, b.Faults...) {
			found[f.Code] = true
		}
		found["text"] = found["text"] || text != "" && strings.Contains(b.Text, text)
		for _, f := range b.Files {
			if err := f.Write(io.Discard); err != nil {
				found[CodeBase64] = true
			}
		}
		for _, inner := range b.Within {
			visit(inner)
		}
	}
	for m, err := range Open(strings.NewReader(raw), int64(len(raw))).Messages(context.Background()) {
		if err != nil {
			t.Fatal(err)
		}
		n++
		visit(m)
	}
	return n, found
}

func TestCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	raw := from + "\n\n" + strings.Repeat("x\n", 1<<20)
	for m, err := range Open(strings.NewReader(raw), int64(len(raw))).Messages(ctx) {
		if err == nil {
			cancel()
			_, err = m.Read()
		}
		if !errors.Is(err, context.Canceled) {
			t.Errorf("%v", err)
		}
	}
}

// FuzzMailbox holds: nothing panics or hangs, what is read is text, and no file
// is longer than what it was read from.
func FuzzMailbox(f *testing.F) {
	f.Add([]byte(from + "\nSubject: =?utf-8?B?5aOy?=\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/html\n\n<p>x\n--b\nContent-Type: message/rfc822\n\nFrom: a@b\n\nx\n--b--\n\n" + from + "\n\n"))
	f.Add([]byte("From: a@b.example\nContent-Type: multipart/alternative; boundary=\"b\"\n\n--b\nContent-Transfer-Encoding: base64\n\naGVsbG8=\n--b\nContent-Type: text/calendar; method=REQUEST\n\nBEGIN:VEVENT\nUID:1\nEND:VEVENT\n--b--"))
	f.Add([]byte("Content-Type: message/rfc822\n\nContent-Transfer-Encoding: quoted-printable\n\n=E3=81=\n=82"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		for m, err := range Open(bytes.NewReader(raw), int64(len(raw))).Messages(context.Background()) {
			if err != nil {
				t.Fatal(err)
			}
			checkMessage(t, m, len(raw), 0)
		}
	})
}

func checkMessage(t *testing.T, m *Message, size, depth int) {
	b, err := m.Read()
	if err != nil {
		t.Fatal(err)
	}
	if depth > 20 || len(b.Text) > 8*size+100 {
		t.Errorf("%d messages within each other, a text of %d bytes from %d", depth, len(b.Text), size)
	}
	for _, f := range b.Files {
		var w bytes.Buffer
		var broken *Broken
		if err := f.Write(&w); err != nil && !errors.As(err, &broken) || w.Len() > size {
			t.Errorf("%s: %d bytes of %d, %v", f.Name, w.Len(), size, err)
		}
		if strings.ContainsAny(f.Name, "/\x00\n") || f.Name == "" || f.Name == ".." {
			t.Errorf("an attachment is called %q", f.Name)
		}
	}
	for _, inner := range b.Within {
		checkMessage(t, inner, size, depth+1)
	}
}

// TestCorpusCut cuts and damages every message of the corpus.
func TestCorpusCut(t *testing.T) {
	eachCorpusFile(t, func(name string, raw []byte) {
		for n := 0; n < len(raw); n += max(len(raw)/12, 1) {
			damaged := append(bytes.Clone(raw[:n]), raw[min(n+3, len(raw)):]...)
			for _, b := range [][]byte{raw[:n], damaged} {
				for m, err := range Open(bytes.NewReader(b), int64(len(b))).Messages(context.Background()) {
					if err != nil {
						t.Fatal(name, err)
					}
					checkMessage(t, m, len(b), 0)
				}
			}
		}
	})
}
