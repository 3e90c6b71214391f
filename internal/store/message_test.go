package store_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"honne"
)

// post makes messages for a ledger: one a line of
//
//	key day hour:minute from>to subject [answers=key,key] [kind=…] [asks=n]
func post(t *testing.T, text string) []honne.Mail {
	t.Helper()
	domains := map[string]honne.Side{"o": honne.Ours, "t": honne.Theirs, "x": honne.Third}
	var out []honne.Mail
	for line := range strings.Lines(strings.TrimSpace(text)) {
		f := strings.Fields(line)
		at, err := time.Parse("2006-01-02 15:04 -0700", f[1]+" "+f[2]+" +0900")
		if err != nil {
			t.Fatal(err)
		}
		from, to, _ := strings.Cut(f[3], ">")
		m := honne.Mail{Key: f[0], Path: "mail.mbox#" + f[0], Receipt: honne.Receipt{At: at, Basis: honne.ByMessage}, Side: domains[from[:1]],
			From: honne.Person{Name: "氏名", Address: from + "@example"}, To: []honne.Person{{Address: to + "@example"}},
			Subject: f[4], Kind: honne.Substance, Text: "本文 " + f[0], Language: "ja"}
		m.Topic, m.Follows = strings.CutPrefix(f[4], "Re:")
		for _, x := range f[5:] {
			switch key, v, _ := strings.Cut(x, "="); key {
			case "answers":
				m.Answers = strings.Split(v, ",")
			case "kind":
				m.Kind = honne.TurnKind(v)
			case "asks":
				fmt.Sscan(v, &m.Asks)
			case "text":
				m.Text = v
			}
		}
		out = append(out, m)
	}
	return out
}

// TestPeople: whoever wrote or got a message is there once, of this distributor only.
func TestPeople(t *testing.T) {
	onBoth(t, func(t *testing.T, l *ledger) {
		list := post(t, `
			1 2025-05-14 10:00 t1>o1 在庫の件
			2 2025-05-15 10:00 o1>t1 Re:在庫の件 answers=1
			3 2025-05-16 10:00 t1>o1 在庫の件`)
		list[1].Cc = []honne.Person{{Name: "鈴木", Address: "t2@example"}}
		if _, err := l.AddMail(l.ctx, l.d, list); err != nil {
			t.Fatal(err)
		}
		got, err := l.People(l.ctx, l.d)
		want := []honne.Person{{Address: "o1@example"}, {Name: "氏名", Address: "o1@example"}, {Address: "t1@example"}, {Name: "氏名", Address: "t1@example"}, {Name: "鈴木", Address: "t2@example"}}
		if err != nil || !slices.Equal(got, want) {
			t.Errorf("%v, %v", got, err)
		}
		if other, err := l.People(l.ctx, l.d+1); err != nil || len(other) > 0 {
			t.Errorf("of another: %v, %v", other, err)
		}
	})
}

func TestMailIsKeptOnce(t *testing.T) {
	onBoth(t, func(t *testing.T, l *ledger) {
		list := post(t, `
			1 2025-05-14 10:00 t1>o1 在庫の件
			2 2025-05-15 10:00 o1>t1 Re:在庫の件 answers=1`)
		list[1].Files, list[1].Cc, list[1].File = []string{"在庫.xlsx"}, []honne.Person{{Name: "鈴木", Address: "t2@example"}}, 7
		list[1].Invites = []honne.Invite{{Meeting: "m", Method: honne.InviteHold, Starts: 1747270800000000, Version: 1}}
		for i, want := range []int{2, 0} {
			if added, err := l.AddMail(l.ctx, l.d, append(list, list...)); err != nil || added != want {
				t.Fatalf("time %d: %d added, %v, want %d", i, added, err, want)
			}
		}
		got, err := l.Mails(l.ctx, l.d, 0, 10)
		l.must(err)
		if len(got) != 2 {
			t.Fatalf("%d messages", len(got))
		}
		want := list[1]
		want.ID, want.Receipt.At = got[1].ID, want.Receipt.At.UTC()
		if fmt.Sprintf("%+v", got[1]) != fmt.Sprintf("%+v", want) {
			t.Errorf("%+v\nwant\n%+v", got[1], want)
		}
		if next, err := l.Mails(l.ctx, l.d, got[0].ID, 10); err != nil || len(next) != 1 || next[0].ID != got[1].ID {
			t.Errorf("behind the first: %v, %v", next, err)
		}
		if m, err := l.Mail(l.ctx, l.d, got[0].ID); err != nil || m.Text != "本文 1" || len(m.Files)+len(m.Invites)+len(m.Answers) > 0 {
			t.Errorf("%+v, %v", m, err)
		}
		if _, err := l.Mail(l.ctx, l.d+1, got[0].ID); !errors.Is(err, honne.ErrNotFound) {
			t.Errorf("another's message: %v", err)
		}
		sources, _, err := l.Sources(l.ctx, l.d, honne.AsOf{}, honne.Selection{Mail: []honne.MailID{got[1].ID, got[0].ID}}, 0)
		if err != nil || len(sources) != 2 || sources[0].String() != "mail.mbox#2" || sources[0].File != 7 {
			t.Errorf("%v, %v", sources, err)
		}
		l.must(l.Verify(l.ctx))
		_, err = l.DB().Exec(`UPDATE message_text SET body = 'anders' WHERE message_id = 1`)
		l.must(err)
		if err := l.Verify(l.ctx); err == nil {
			t.Error("an altered text is not found")
		}
		_, err = l.DB().Exec(`DELETE FROM message_text WHERE message_id = 1`)
		l.must(err)
		if err := l.Verify(l.ctx); err == nil {
			t.Error("a text that was taken away is not found")
		}
	})
}

// TestThreads wants conversations by reference, by subject where there is none,
// and the same whatever the order of loading.
func TestThreads(t *testing.T) {
	list := post(t, `
		1 2025-05-01 10:00 o1>t1 在庫の件
		2 2025-05-02 10:00 t1>o1 在庫 answers=1
		3 2025-05-03 10:00 t1>o1 Re:在庫の件
		4 2025-05-03 11:00 t2>o2 Re:在庫の件
		5 2025-05-04 10:00 o1>t1 別件
		6 2025-06-10 10:00 t1>o1 Re:別件
		7 2025-06-11 10:00 t1>o1 在庫の件
		8 2025-06-12 10:00 o1>t1 Re:x answers=lost
		9 2025-06-13 10:00 t1>o1 Re:y answers=lost,8`)
	const want = "[0 0 0 1 2 3 4 5 5]"
	onBoth(t, func(t *testing.T, l *ledger) {
		turned := slices.Clone(list)
		slices.Reverse(turned)
		for _, m := range turned {
			_, err := l.AddMail(l.ctx, l.d, []honne.Mail{m})
			l.must(err)
		}
		var got []int32
		for _, turn := range l.record(0).Turns {
			got = append(got, turn.Thread)
		}
		if fmt.Sprint(got) != want {
			t.Errorf("threads %v, want %s", got, want)
		}
		if r := l.record(honne.NewDate(2025, 5, 2)); len(r.Turns) != 2 || r.Turns[1].Side != honne.Theirs {
			t.Errorf("on 2 May: %+v", r.Turns)
		}
		if r := l.record(0); r.AsOf != honne.NewDate(2025, 6, 13) {
			t.Errorf("as of %s", r.AsOf)
		}
	})
}

func TestMeetings(t *testing.T) {
	list := post(t, `
		1 2025-05-01 10:00 o1>t1 会議
		2 2025-05-02 10:00 t1>o1 会議
		3 2025-05-03 10:00 o1>t1 会議
		4 2025-05-04 10:00 t1>o1 会議
		5 2025-05-05 10:00 x1>o1 会議`)
	at := func(day int) int64 { return honne.NewDate(2025, 5, day).At(10, 0).UnixMicro() }
	for i, invite := range []honne.Invite{{Method: honne.InviteHold, Starts: at(20)}, {Method: honne.InviteCounter, Starts: at(27)},
		{Method: honne.InviteHold, Starts: at(27)}, {Method: honne.InviteCancel}, {Method: honne.InviteHold, Starts: at(1)}} {
		invite.Meeting = "会議-1"
		list[i].Invites = []honne.Invite{invite}
	}
	onBoth(t, func(t *testing.T, l *ledger) {
		_, err := l.AddMail(l.ctx, l.d, list)
		l.must(err)
		got := l.record(0).Meetings
		if len(got) != 1 || got[0].Set != honne.NewDate(2025, 5, 20) || got[0].By != honne.Ours || len(got[0].Moves) != 2 {
			t.Fatalf("%+v", got)
		}
		moved, off := got[0].Moves[0], got[0].Moves[1]
		if moved.By != honne.Theirs || moved.To != honne.NewDate(2025, 5, 27) || moved.On != honne.NewDate(2025, 5, 3) || off.To != 0 || off.By != honne.Theirs {
			t.Errorf("%+v", got[0].Moves)
		}
		if !got[0].Postponed(honne.Theirs) || got[0].Postponed(honne.Ours) {
			t.Error("they asked for the later day")
		}
	})
}

// TestMeetingsPutOffInWords: the move is that side's which asked for it in the ten
// days before, not always the one's who keeps the calendar.
func TestMeetingsPutOffInWords(t *testing.T) {
	list := post(t, `
		1 2025-05-01 10:00 o1>t1 四半期会議
		2 2025-05-01 11:00 o1>t1 定例
		3 2025-05-18 10:00 t1>o1 四半期会議
		4 2025-05-19 10:00 o1>t1 四半期会議
		5 2025-06-01 10:00 t1>o1 四半期会議
		6 2025-06-12 10:00 o1>t1 四半期会議
		7 2025-06-13 10:00 o1>t1 定例`)
	hold := func(meeting string, month, day int) honne.Invite {
		return honne.Invite{Meeting: meeting, Method: honne.InviteHold, Starts: honne.NewDate(2025, month, day).At(10, 0).UnixMicro()}
	}
	off := honne.Invite{Method: honne.InvitePutOff}
	for i, invite := range []honne.Invite{hold("a", 5, 20), hold("b", 6, 30), off, hold("a", 6, 20), off,
		hold("a", 7, 20), hold("b", 7, 30)} {
		list[i].Invites = []honne.Invite{invite}
	}
	onBoth(t, func(t *testing.T, l *ledger) {
		_, err := l.AddMail(l.ctx, l.d, list)
		l.must(err)
		got := l.record(0).Meetings
		if len(got) != 2 || len(got[0].Moves) != 2 || len(got[1].Moves) != 1 {
			t.Fatalf("%+v", got)
		}
		if got[0].Moves[0].By != honne.Theirs || got[0].Moves[1].By != honne.Ours || got[1].Moves[0].By != honne.Ours {
			t.Errorf("asked the day before, eleven days before, not at all: %+v", got)
		}
	})
}

// A file whose day was only estimated gains the day of the message that brought
// it, though a correction of it is in force.
func TestMailGivesTheDayOfAnOlderVersion(t *testing.T) {
	onBoth(t, func(t *testing.T, l *ledger) {
		accept := func(path, sum string, at honne.Receipt, amount int64) honne.FileID {
			id, err := l.AddFile(l.ctx, honne.StoredFile{Distributor: l.d, Path: path, SHA256: sum, Receipt: at})
			l.must(err)
			r := sales("", before, july, amount)
			_, err = l.Stage(l.ctx, id, r.parts, each(r.lines))
			l.must(err)
			l.must(l.Accept(l.ctx, 1, id))
			return id
		}
		first := accept("7月.csv", "one", honne.Receipt{At: before.At(9, 0), Basis: honne.ByName}, 100)
		accept("7月(改).csv", "two", honne.Receipt{At: before.At(9, 1), Basis: honne.ByName}, 80)
		for _, c := range []struct {
			sum string
			day honne.Date
		}{{"one", between}, {"two", after}} {
			_, err := l.AddFile(l.ctx, honne.StoredFile{Distributor: l.d, Path: "mail.mbox#1/x.csv", SHA256: c.sum,
				Receipt: honne.Receipt{At: c.day.At(10, 0), Basis: honne.ByMessage}})
			var twice *honne.Duplicate
			if !errors.As(err, &twice) {
				t.Fatalf("%s: %v", c.sum, err)
			}
		}
		if f, err := l.File(l.ctx, first); err != nil || f.Receipt.Day() != between || f.Receipt.Basis != honne.ByMessage {
			t.Errorf("%+v, %v", f.Receipt, err)
		}
		if got := monthly(l.record(0), july); got.N != 80 {
			t.Errorf("in force is %v", got)
		}
	})
}
