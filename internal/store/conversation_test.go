package store_test

import (
	"fmt"
	"testing"
	"time"

	"honne"
	"honne/internal/honnetest"
)

// A page of conversations reads the turns, and the words of its own messages
// alone.
func TestCorrespondence(t *testing.T) {
	list := post(t, `
		1 2025-05-01 10:00 o1>t1 在庫の件 asks=1
		2 2025-05-02 10:00 t1>o1 Re:在庫の件 answers=1
		3 2025-05-03 10:00 t1>o1 50%値引_案`)
	list[0].Invites = []honne.Invite{{Meeting: "m", Method: honne.InviteHold, Starts: honne.NewDate(2025, 5, 20).At(10, 0).UnixMicro()}}
	onBoth(t, func(t *testing.T, l *ledger) {
		_, err := l.AddMail(l.ctx, l.d, list)
		l.must(err)
		turns, met, err := l.Correspondence(l.ctx, l.d, honne.AsOf{Known: honne.NewDate(2025, 5, 2)})
		if err != nil || len(turns) != 2 || turns[1].Thread != turns[0].Thread || turns[0].Asks != 1 || len(met) != 1 || met[0].Mail != turns[0].Mail {
			t.Fatalf("%+v %+v, %v", turns, met, err)
		}
		turns, _, err = l.Correspondence(l.ctx, l.d, honne.AsOf{})
		l.must(err)
		mails, err := l.MailsOf(l.ctx, l.d, []honne.MailID{turns[2].Mail, turns[0].Mail, 99})
		if err != nil || len(mails) != 2 || mails[0].Key != "3" || mails[1].Text != "本文 1" {
			t.Errorf("%+v, %v", mails, err)
		}
		for _, c := range []struct {
			topic string
			want  int
		}{{"在庫", 2}, {"50%値", 1}, {"%", 1}, {"0%値引_", 1}, {"引__", 0}, {`\`, 0}} {
			if ids, err := l.MailAbout(l.ctx, l.d, c.topic); err != nil || len(ids) != c.want {
				t.Errorf("%q: %v, %v", c.topic, ids, err)
			}
		}
		if ids, err := l.MailAbout(l.ctx, l.d+1, "在庫"); err != nil || len(ids) != 0 {
			t.Errorf("another's: %v, %v", ids, err)
		}
		_, err = l.AddFile(l.ctx, honne.StoredFile{Distributor: l.d, Path: "mail.mbox#1/在庫.xlsx", SHA256: "a"})
		l.must(err)
		if got, err := l.FilesAt(l.ctx, l.d, []string{"mail.mbox#1/在庫.xlsx", "x"}); err != nil || len(got) != 1 || got["mail.mbox#1/在庫.xlsx"] == 0 {
			t.Errorf("%v, %v", got, err)
		}
	})
}

// BenchmarkCorrespondence reads the turns of 20,000 messages.
func BenchmarkCorrespondence(b *testing.B) {
	const messages = 20_000
	for _, db := range honnetest.Databases(b) {
		l := open(b, db.Config)
		list := make([]honne.Mail, messages)
		at := time.Date(2022, 4, 1, 0, 0, 0, 0, time.UTC)
		for i := range list {
			list[i] = honne.Mail{Key: fmt.Sprint(i), Path: fmt.Sprintf("mail.mbox#%d", i+1), Side: honne.Ours, Kind: honne.Substance,
				Receipt: honne.Receipt{At: at.Add(time.Duration(i) * time.Hour), Basis: honne.ByMessage}, Subject: "Re: 在庫の件", Topic: fmt.Sprintf("在庫の件%d", i/7),
				Follows: i%7 > 0, Text: "本文", Asks: i % 3, From: honne.Person{Name: "佐藤", Address: "sato@miyako.example.jp"}, To: []honne.Person{{Address: "anna@nordlund.example"}}}
		}
		_, err := l.AddMail(l.ctx, l.d, list)
		l.must(err)
		b.Run(l.Dialect(), func(b *testing.B) {
			for b.Loop() {
				turns, _, err := l.Correspondence(l.ctx, l.d, honne.AsOf{})
				if err != nil || len(turns) != messages {
					b.Fatal(len(turns), err)
				}
			}
		})
	}
}
