package job

import (
	"encoding/base64"
	"fmt"
	"strings"
	"testing"

	"honne"
	"honne/internal/honnetest"
)

// mailbox is one of two messages with the partner, and one that is nobody's
// business.
func mailbox() string {
	letter := func(from, to, id, text string) string {
		return fmt.Sprintf("From x Thu May  7 10:00:00 2026\nFrom: %s\nTo: %s\nDate: Thu, 07 May 2026 10:00:00 +0900\nSubject: x\nMessage-ID: <%s@x>\nContent-Type: multipart/mixed; boundary=b\n\n"+
			"--b\nContent-Type: text/plain; charset=utf-8\n\n%s\n--b\nContent-Disposition: attachment; filename=\"%s.csv\"\nContent-Transfer-Encoding: base64\n\n%s\n--b--\n\n",
			from, to, id, text, id, base64.StdEncoding.EncodeToString([]byte(strings.ReplaceAll(april, "2026/04", fmt.Sprintf("2026/%02d", len(id))))))
	}
	return letter("sato@miyako.example.jp", "anna@nordlund.example", "april", "4月分です。") +
		letter("x@other.example.jp", "anna@nordlund.example", "secret", "内密") +
		letter("anna@nordlund.example", "sato@miyako.example.jp", "ask", "いつ届きますか。")
}

// A mailbox gives its messages and what is attached to them, those with the
// partner alone, once however often it comes.
func TestMailbox(t *testing.T) {
	for _, db := range honnetest.Databases(t) {
		t.Run(db.Name, func(t *testing.T) {
			b := newBench(t, db)
			id := b.take(t, "受信.mbox", mailbox())
			r, err := b.Read(t.Context(), id)
			if err != nil || b.state(t, id) != honne.FileUnread || len(r.Inside) != 0 || r.Messages != 3 {
				t.Fatalf("without domains: %s %+v, %v", b.state(t, id), r, err)
			}
			d, err := b.Store.Distributor(t.Context(), b.distributor)
			if err != nil {
				t.Fatal(err)
			}
			d.Profile.Domains, d.Profile.OurDomains = []string{"miyako.example.jp"}, []string{"nordlund.example"}
			if err := b.Store.SetProfile(t.Context(), d.ID, d.Profile); err != nil {
				t.Fatal(err)
			}
			for range 2 {
				if r, err = b.Read(t.Context(), id); err != nil || b.state(t, id) != honne.FileSetAside || len(r.Inside) != 2 {
					t.Fatalf("%s %+v, %v", b.state(t, id), r, err)
				}
			}
			list, err := b.Store.Mails(t.Context(), d.ID, 0, 10)
			if err != nil || len(list) != 2 || list[0].File != id {
				t.Fatalf("%d messages, %v", len(list), err)
			}
			for _, m := range list {
				if m.Text == "内密" {
					t.Error("another's message was kept")
				}
			}
			f, err := b.Store.File(t.Context(), r.Inside[0])
			if err != nil || f.Path != "受信.mbox#1/april.csv" || f.Receipt.Basis != honne.ByMessage || f.Receipt.Day() != honne.NewDate(2026, 5, 7) || f.From != honne.Theirs {
				t.Errorf("%+v, %v", f, err)
			}
			record, err := b.Store.Record(t.Context(), d.ID, honne.AsOf{})
			if err != nil || len(record.Turns) != 2 {
				t.Errorf("%+v, %v", record.Turns, err)
			}
		})
	}
}
