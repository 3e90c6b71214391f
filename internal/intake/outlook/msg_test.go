package outlook

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"honne/internal/honnetest"
	"honne/internal/honnetest/corpus"
	"honne/internal/intake/compound"
	"honne/internal/intake/mail"
)

func readMessage(t testing.TB, raw []byte) *mail.Message {
	t.Helper()
	m, ok, err := OpenMessage(bytes.NewReader(raw), int64(len(raw)))
	if !ok || err != nil {
		t.Fatal(ok, err)
	}
	return m
}

// told is a message in lines: its head, its text, what is attached, each within
// the other.
func told(t testing.TB, m *mail.Message, indent string) string {
	t.Helper()
	b, err := m.Read()
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	line := func(parts ...string) { out.WriteString(indent + strings.Join(parts, " ") + "\n") }
	line("subject", m.Subject)
	line("from", m.From.Addr)
	for _, a := range m.To {
		line("to", a.Addr)
	}
	if m.Exact {
		line("at", m.At.Format("2006-01-02T15:04:05Z"))
	}
	line("text", strings.ReplaceAll(b.Text, "\n", " / "))
	for _, f := range b.Files {
		var w bytes.Buffer
		if err := f.Write(&w); err != nil {
			t.Error(err)
		}
		inline := ""
		if f.Inline {
			inline = "inline"
		}
		line("file", f.Name, http(w.Bytes()), inline)
	}
	for _, f := range append(m.Faults, b.Faults...) {
		line("fault", f.Code)
	}
	for _, inner := range b.Within {
		out.WriteString(told(t, inner, indent+"  "))
	}
	return out.String()
}

// http is what the first bytes of a file say that it is.
func http(b []byte) string {
	switch {
	case bytes.HasPrefix(b, []byte("%PDF")):
		return "pdf"
	case bytes.HasPrefix(b, []byte("\x89PNG")):
		return "png"
	case bytes.HasPrefix(b, []byte("\xFF\xD8")):
		return "jpeg"
	case bytes.HasPrefix(b, []byte("II*\x00")), bytes.HasPrefix(b, []byte("MM\x00*")):
		return "tiff"
	}
	return "unknown"
}

// TestCorpusMessages tells what was read of every .msg of the corpus.
func TestCorpusMessages(t *testing.T) {
	files := corpus.Files(t, "mail/msg/*.msg")
	var out strings.Builder
	for _, f := range files {
		raw, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		out.WriteString("-- " + filepath.Base(f) + " --\n" + told(t, readMessage(t, raw), ""))
	}
	honnetest.Golden(t, "testdata/corpus.txt", []byte(out.String()))
}

// TestCorpusRichText wants of each compressed rich text the words of the plain
// one beside it.
func TestCorpusRichText(t *testing.T) {
	files := corpus.Files(t, "mail/msg/*.msg")
	compared := 0
	for _, path := range files {
		raw, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		f, err := compound.Open(bytes.NewReader(raw), int64(len(raw)))
		if err != nil {
			t.Fatal(err)
		}
		o, err := messageObject(f.Root(), headerOfMessage, nil)
		if err != nil {
			t.Fatal(err)
		}
		plain, rich := strings.Fields(o.text(pidBody)), strings.Fields(rtfText(o.bytes(pidRTF, maxValue)))
		if len(rich) == 0 {
			continue
		}
		if compared++; strings.Join(plain, " ") != strings.Join(rich, " ") {
			t.Errorf("%s: %q, want %q", filepath.Base(path), rich, plain)
		}
	}
	if compared < 6 {
		t.Errorf("%d texts compared", compared)
	}
}

// TestDamaged cuts and damages every message of the corpus: nothing panics, no
// attachment is longer than the file.
func TestDamaged(t *testing.T) {
	files := corpus.Files(t, "mail/msg/*.msg")
	for _, path := range files {
		raw, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for i := range 60 {
			at := len(raw) * i / 60
			damaged := bytes.Clone(raw)
			for k := at; k < min(at+7, len(raw)); k++ {
				damaged[k] ^= byte(37 * (i + k + 1))
			}
			checkMessage(t, damaged)
			checkMessage(t, raw[:at])
		}
	}
}

func checkMessage(t *testing.T, raw []byte) {
	m, ok, err := OpenMessage(bytes.NewReader(raw), int64(len(raw)))
	if !ok || err != nil {
		return
	}
	checkBody(t, m, len(raw))
}

func checkBody(t *testing.T, m *mail.Message, size int) {
	b, err := m.Read()
	if err != nil {
		return
	}
	for _, f := range b.Files {
		var w bytes.Buffer
		if err := f.Write(&w); err == nil && w.Len() > size {
			t.Errorf("%s has %d bytes of %d", f.Name, w.Len(), size)
		}
	}
	for _, inner := range b.Within {
		checkBody(t, inner, size)
	}
}

func FuzzMessage(f *testing.F) {
	for _, path := range corpus.Files(f, "mail/msg/*.msg") {
		if raw, err := os.ReadFile(path); err == nil {
			f.Add(raw)
		}
	}
	f.Add(saved([]byte("a,b\n"), true))
	f.Add(saved(make([]byte, 5000), false))
	f.Fuzz(func(t *testing.T, raw []byte) { checkMessage(t, raw) })
}

func FuzzRichText(f *testing.F) {
	f.Add([]byte(`{\rtf1\ansi\ansicpg932 \'82\'a0 \u12354?{\fonttbl x}\par}`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		packed := append(make([]byte, 8), "MELA\x00\x00\x00\x00"...)
		if text := rtfText(append(packed, raw...)); !utf8.ValidString(text) || len(text) > 8*len(raw)+8 {
			t.Errorf("%q: %q", raw, text)
		}
		unpackRTF(raw)
	})
}
