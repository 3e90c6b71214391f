package job

import (
	"os"
	"strings"
	"testing"
	"time"

	"honne"
	"honne/internal/honnetest"
	"honne/internal/promise"
)

// TestMeetingsTold holds what is read of meetings against sentences that set one, put one
// off or thank for one, and those that only ask for a day or speak of others.
func TestMeetingsTold(t *testing.T) {
	t.Parallel()
	book := honnetest.Japan(t)
	words, said := promise.New(book), honne.Receipt{At: time.Date(2026, 10, 5, 1, 0, 0, 0, time.UTC)}
	for want, text := range passages(t, "testdata/meetings.txt") {
		got := "none"
		if list := meets(honne.Mail{Side: honne.Theirs, Text: text, Receipt: said}, book, words); len(list) > 0 {
			switch x := list[0]; {
			case x.PutOff:
				got = "off"
			case x.Held:
				got = "held " + x.Day.String()
			default:
				got = "set " + x.Day.String()
			}
		}
		if got != want {
			t.Errorf("%s\n got %s\nwant %s", text, got, want)
		}
	}
}

// Whatever a message says, what is told of it stands in it, and a day lies near that of
// the message.
func FuzzTold(f *testing.F) {
	book := honnetest.Japan(f)
	words := promise.New(book)
	for _, name := range []string{"testdata/meetings.txt", "testdata/changes.txt"} {
		data, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		for line := range strings.Lines(string(data)) {
			_, text, _ := strings.Cut(strings.TrimSpace(line), " | ")
			f.Add(text)
		}
	}
	said := honne.Receipt{At: time.Date(2026, 10, 5, 1, 0, 0, 0, time.UTC)}
	f.Fuzz(func(t *testing.T, text string) {
		m := honne.Mail{Side: honne.Theirs, Text: text, Receipt: said}
		for _, x := range meets(m, book, words) {
			if x.Text == "" || !x.PutOff && (x.Day == 0 || x.Held != (x.Day <= said.Day()) || x.Day > said.Day()+120) {
				t.Errorf("%q: %+v", text, x)
			}
		}
		for _, x := range changes(m, book, words) {
			if x.Kind == "" || x.Text == "" {
				t.Errorf("%q: %+v", text, x)
			}
		}
	})
}
