package mail

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"honne/internal/honnetest/corpus"
)

// read returns the messages of a file with what each holds.
func read(t testing.TB, raw []byte) (list []*Message, bodies []Body) {
	t.Helper()
	for m, err := range Open(bytes.NewReader(raw), int64(len(raw))).Messages(context.Background()) {
		if err != nil {
			t.Fatal(err)
		}
		b, err := m.Read()
		if err != nil {
			t.Fatal(err)
		}
		list, bodies = append(list, m), append(bodies, b)
	}
	return list, bodies
}

// one reads a file of one message.
func one(t testing.TB, raw string) (*Message, Body) {
	t.Helper()
	list, bodies := read(t, []byte(raw))
	if len(list) != 1 {
		t.Fatalf("%d messages, want 1", len(list))
	}
	return list[0], bodies[0]
}

// crlf makes a message of lines.
func crlf(lines ...string) string { return strings.Join(lines, "\r\n") + "\r\n" }

// names lists the attachments of a body, those of messages within it too, as
// Python's walk meets them.
func names(t testing.TB, b Body) []string {
	t.Helper()
	var out []string
	for _, f := range b.Files {
		out = append(out, f.Name)
	}
	for _, m := range b.Within {
		inner, err := m.Read()
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, names(t, inner)...)
	}
	return out
}

type truth struct {
	Mbox map[string]struct {
		FromLines int `json:"from_lines"`
		WithID    int `json:"with_message_id"`
		Distinct  int `json:"distinct_message_ids"`
		Replies   int
	}
	EML map[string]struct {
		Subject     string
		Date        *string
		Attachments []string
		MessageID   bool `json:"message_id"`
		Report      bool `json:"is_delivery_report"`
	}
}

func corpusTruth(t *testing.T) (string, truth) {
	t.Helper()
	dir := filepath.Join(corpus.Dir(t), "mail")
	raw, err := os.ReadFile(filepath.Join(dir, "mail.truth.json"))
	if err != nil {
		t.Fatal(err)
	}
	var want truth
	if err := json.Unmarshal(raw, &want); err != nil {
		t.Fatal(err)
	}
	return dir, want
}

// TestCorpusMessages compares what is read of public messages with what
// Python's reader made of them, where that could read them.
func TestCorpusMessages(t *testing.T) {
	dir, want := corpusTruth(t)
	for name, w := range want.EML {
		raw, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		m, b := one(t, string(raw))
		if subject := strings.Join(strings.Fields(w.Subject), " "); !strings.Contains(subject, "�") && strings.Join(strings.Fields(m.Subject), " ") != subject {
			t.Errorf("%s: subject %q, want %q", name, m.Subject, w.Subject)
		}
		if strings.Contains(m.Subject, "�") && !bytes.Contains(raw, []byte("�")) || !utf8.ValidString(m.Subject) {
			t.Errorf("%s: subject %q", name, m.Subject)
		}
		if (m.ID != "") != w.MessageID {
			t.Errorf("%s: Message-ID %q, want one: %v", name, m.ID, w.MessageID)
		}
		if w.Report && !m.Auto {
			t.Errorf("%s: a report of delivery, taken for a person's", name)
		}
		got := names(t, b)
		for _, a := range w.Attachments {
			if !strings.Contains(a, "�") && !slices.Contains(got, a) && !isNote(a) {
				t.Errorf("%s: attachments %q, want %q", name, got, w.Attachments)
			}
		}
		for _, a := range got {
			if strings.Contains(a, "�") {
				t.Errorf("%s: attachment %q", name, a)
			}
		}
		t.Logf("%-55s %s %v %q %q %v", name, m.At.Format("2006-01-02T15:04"), m.Exact, m.Subject, got, append(m.Faults, b.Faults...))
	}
}

// isNote knows what a server attaches about a delivery, and signatures, which we leave out.
func isNote(name string) bool {
	return name == "smime.p7s" || name == "dsn_status" || name == "header" || name == "deliverystatus.txt" || name == "ForwardedMessage.eml"
}

func TestCorpusMailbox(t *testing.T) {
	dir, want := corpusTruth(t)
	for name, w := range want.Mbox {
		raw, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		list, _ := read(t, raw)
		ids, replies := map[string]bool{}, 0
		withID := 0
		for i, m := range list {
			if m.N != i+1 {
				t.Errorf("message %d is numbered %d", i+1, m.N)
			}
			if m.ID != "" {
				withID++
				ids[m.ID] = true
			}
			if len(m.References) > 0 {
				replies++
			}
		}
		if len(list) != w.FromLines || withID != w.WithID || len(ids) != w.Distinct || replies != w.Replies {
			t.Errorf("%s: %d messages, %d with a Message-ID, %d of them distinct, %d replies; want %+v", name, len(list), withID, len(ids), replies, w)
		}
	}
}

// TestCorpusReplies wants of each reply, in the style of twelve programs, the
// words that are new.
func TestCorpusReplies(t *testing.T) {
	dir, _ := corpusTruth(t)
	files, err := filepath.Glob(filepath.Join(dir, "talon_replies", "*.eml"))
	if err != nil || len(files) < 12 {
		t.Fatal(len(files), err)
	}
	for _, f := range files {
		raw, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		_, b := one(t, string(raw))
		want := "Hello"
		if strings.Contains(f, "share-block") {
			want = "Hi Katharine."
		}
		if !strings.HasPrefix(b.Text, want) || want == "Hello" && b.Text != want {
			t.Errorf("%s: %q", filepath.Base(f), b.Text)
		}
	}
}

// eachCorpusFile visits every message and mailbox of the corpus.
func eachCorpusFile(t *testing.T, visit func(name string, raw []byte)) {
	t.Helper()
	for _, f := range corpus.Files(t, "mail/*/*.[em]*") {
		if ext := filepath.Ext(f); ext != ".eml" && ext != ".mbox" {
			continue
		}
		raw, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		visit(f, raw)
	}
}
