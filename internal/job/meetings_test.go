package job

import (
	"os"
	"strings"
	"testing"
	"time"

	"honne"
	"honne/internal/playbook"
	"honne/internal/promise"
	"honne/playbooks"
)

// TestMeetingsTold holds what is read of meetings against sentences that set one, put one
// off or thank for one, and those that only ask for a day or speak of others.
func TestMeetingsTold(t *testing.T) {
	t.Parallel()
	book, err := playbook.Load(playbooks.FS, "japan")
	if err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile("testdata/meetings.txt")
	if err != nil {
		t.Fatal(err)
	}
	words, said := promise.New(book), honne.Receipt{At: time.Date(2026, 10, 5, 1, 0, 0, 0, time.UTC)}
	for line := range strings.Lines(string(data)) {
		want, text, ok := strings.Cut(strings.TrimSpace(line), " | ")
		if !ok || strings.HasPrefix(line, "#") {
			continue
		}
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
