package job

import (
	"bytes"
	"context"
	"encoding/base64"
	"fmt"
	"io/fs"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"honne"
	"honne/internal/honnetest"
	"honne/internal/mail"
	"honne/internal/vault"
)

// post is a bench with a mailbox that is watched: two partners, whose domains
// are known.
type post struct {
	*bench
	server *honnetest.Dovecot
	key    *vault.HouseKey
	log    *lockedBuffer
	miyako honne.DistributorID
	box    honne.MailboxID
}

// lockedBuffer is a log that several goroutines write to.
type lockedBuffer struct {
	sync.Mutex
	bytes.Buffer
}

func (b *lockedBuffer) Write(p []byte) (int, error) {
	b.Lock()
	defer b.Unlock()
	return b.Buffer.Write(p)
}

func newPost(t *testing.T, db honnetest.DB, drop bool) *post {
	t.Helper()
	p := &post{bench: newBench(t, db), server: honnetest.StartDovecot(t, ""), key: vault.NewHouseKey(filepath.Join(t.TempDir(), "key")), log: &lockedBuffer{}}
	d, err := p.Store.AddDistributor(t.Context(), honne.Profile{Name: "Miyako", Currency: "JPY"}, false)
	if err != nil {
		t.Fatal(err)
	}
	p.miyako = d.ID
	p.states(t, p.distributor, "kamogawa.example.jp")
	p.states(t, p.miyako, "miyako.example.jp")
	box := p.server.Box
	box.Drop = drop
	sealed, err := SealSecrets(p.key, p.server.Box.Account(), secretsOf(p))
	if err == nil {
		p.box, err = p.Store.AddMailbox(t.Context(), box, sealed)
	}
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func secretsOf(p *post) honne.Secrets { return honne.Secrets{Secret: p.server.Password} }

// states states the domains of a partner.
func (p *post) states(t *testing.T, id honne.DistributorID, domains ...string) {
	t.Helper()
	d, err := p.Store.Distributor(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	d.Profile.Domains, d.Profile.OurDomains = domains, []string{"nordlund.example"}
	if err := p.Store.SetProfile(t.Context(), id, d.Profile); err != nil {
		t.Fatal(err)
	}
}

func postman(w *Works, q *Queue, key *vault.HouseKey, log *slog.Logger) *Postman {
	limits := mail.DefaultLimits()
	limits.Idle = time.Second
	return &Postman{Works: w, Read: q.EnqueueRead, Key: key, Log: log, Limits: limits, Retry: [2]time.Duration{50 * time.Millisecond, 200 * time.Millisecond}}
}

// run watches, with the queue at work, until the returned function is called.
func (p *post) run(t *testing.T) (stop func()) {
	t.Helper()
	if err := p.queue.Start(t.Context(), &p.Works); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	man := postman(&p.Works, p.queue, p.key, slog.New(slog.NewTextHandler(p.log, &slog.HandlerOptions{Level: slog.LevelDebug})))
	var done sync.WaitGroup
	done.Go(func() { man.Run(ctx, 50*time.Millisecond) })
	return func() {
		t.Helper()
		cancel()
		done.Wait()
		if err := p.queue.Stop(context.WithoutCancel(ctx)); err != nil {
			t.Error(err)
		}
	}
}

// until waits for something that comes of itself.
func until(t *testing.T, what string, is func() bool) {
	t.Helper()
	late := time.After(2 * time.Minute)
	for !is() {
		select {
		case <-late:
			t.Fatalf("it never came: %s", what)
		case <-time.After(30 * time.Millisecond):
		}
	}
}

// settled waits until so many messages of the mailbox were looked at and all of
// them were read.
func (p *post) settled(t *testing.T, messages int) honne.Watched {
	t.Helper()
	var w honne.Watched
	until(t, fmt.Sprintf("%d messages", messages), func() bool {
		var err error
		if w, err = p.Store.Mailbox(t.Context(), p.box); err != nil {
			t.Fatal(err)
		}
		files, err := p.Store.Files(t.Context(), 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range files {
			if f.State == honne.FileReading {
				return false
			}
		}
		return w.Mark.Kept+w.Mark.Dropped+w.Mark.Left == messages && w.Looked.After(w.Failed)
	})
	return w
}

// has fails unless a partner has so many messages, each once, and so many files
// that were attached.
func (p *post) has(t *testing.T, d honne.DistributorID, messages, attached int) {
	t.Helper()
	list, err := p.Store.Mails(t.Context(), d, 0, 10_000)
	if err != nil {
		t.Fatal(err)
	}
	files, err := p.Store.Files(t.Context(), d)
	if err != nil {
		t.Fatal(err)
	}
	sums, inner := map[string]int{}, 0
	for _, f := range files {
		if sums[f.SHA256]++; sums[f.SHA256] > 1 {
			t.Errorf("%s is there twice", f.Path)
		}
		if strings.Contains(f.Path, ".eml/") {
			inner++
		}
	}
	if len(list) != messages || inner != attached {
		t.Errorf("partner %d has %d messages and %d files of them, want %d and %d", d, len(list), inner, messages, attached)
	}
}

// note is a message; with a file attached where its number is even.
func note(n int, from, to string) string {
	head := fmt.Sprintf("From: %s\nTo: %s\nDate: Thu, 07 May 2026 10:%02d:%02d +0900\nSubject: note %d\nMessage-ID: <%d@x>\n", from, to, n/60%60, n%60, n, n)
	if n%2 > 0 {
		return head + fmt.Sprintf("\nnote %d\n", n)
	}
	csv := fmt.Sprintf("売上日,得意先名,商品コード,商品名,数量,売上金額\n2026/04/03,東和医療,A-%03d,カテーテル,1,10\n", n)
	return head + "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain; charset=utf-8\n\nsee the file\n--b\n" +
		"Content-Disposition: attachment; filename=\"sales-" + fmt.Sprint(n) + ".csv\"\nContent-Transfer-Encoding: base64\n\n" +
		base64.StdEncoding.EncodeToString([]byte(csv)) + "\n--b--\n"
}

const (
	anna  = "anna@nordlund.example"
	sato  = "sato@kamogawa.example.jp"
	tanak = "tanaka@mail.miyako.example.jp"
	other = "x@elsewhere.example"
)

// Each message goes to the partner whose domains it names, of two to both; any
// other is counted and its text never fetched. It comes once, whatever happens to
// the numbers of the server, to the domains and to the server itself; nothing in
// the mailbox is marked.
func TestPostman(t *testing.T) {
	for _, db := range honnetest.Databases(t) {
		t.Run(db.Name, func(t *testing.T) {
			p := newPost(t, db, false)
			first := note(1, sato, anna)
			p.take(t, "old.mbox", "From x Thu May  7 10:00:00 2026\n"+first+"\n") // known from a file
			p.server.Deliver(t, first)
			for n := 2; n <= 6; n++ {
				p.server.Deliver(t, note(n, sato, anna))
			}
			p.server.Deliver(t, note(7, anna, tanak))
			p.server.Deliver(t, note(8, anna, sato+", "+tanak))
			for n := 9; n <= 12; n++ {
				p.server.Deliver(t, note(n, other, anna))
			}
			stop := p.run(t)
			if w := p.settled(t, 12); w.Mark.Kept != 8 || w.Mark.Dropped != 4 || !w.Trouble.IsZero() {
				t.Errorf("%+v", w)
			}
			p.has(t, p.distributor, 7, 4)
			p.has(t, p.miyako, 2, 1)
			p.server.Deliver(t, note(13, tanak, anna))
			p.settled(t, 13)
			p.has(t, p.miyako, 3, 1)

			p.server.Stop(t)
			p.server.Renumber(t)
			p.server.Start(t)
			p.server.Deliver(t, note(14, tanak, anna))
			p.settled(t, 14)
			p.has(t, p.miyako, 4, 2)
			p.has(t, p.distributor, 7, 4)

			p.states(t, p.miyako, "miyako.example.jp", "elsewhere.example") // what was dropped is wanted now
			until(t, "the new domain", func() bool {
				w, err := p.Store.Mailbox(t.Context(), p.box)
				return err == nil && w.Mark.Kept == 14
			})
			p.settled(t, 14)
			p.has(t, p.miyako, 8, 4)
			stop()

			list, err := p.Store.Mails(t.Context(), p.distributor, 0, 100)
			if err != nil || list[1].Path != "2026-05-07 note 2.eml" || list[1].Receipt.Basis != honne.ByMessage {
				t.Errorf("%+v, %v", list[1], err)
			}
			if p.server.Seen(t) != 0 {
				t.Error("messages were marked")
			}
			p.secretIsSafe(t)
		})
	}
}

// secretIsSafe fails when the password stands in the log, in the database or in
// any other file.
func (p *post) secretIsSafe(t *testing.T) {
	t.Helper()
	if strings.Contains(p.log.String(), p.server.Password) || strings.Contains(p.log.String(), "note 2") {
		t.Errorf("the log holds what it must not:\n%s", p.log)
	}
	w, err := p.Store.Mailbox(t.Context(), p.box)
	if err != nil || strings.Contains(w.Sealed, p.server.Password) || w.Sealed == "" {
		t.Errorf("sealed as %q, %v", w.Sealed, err)
	}
	if p.Store.Dialect() != "sqlite" {
		return
	}
	var path string
	if err := p.Store.DB().QueryRowContext(t.Context(), `SELECT file FROM pragma_database_list WHERE name = 'main'`).Scan(&path); err != nil {
		t.Fatal(err)
	}
	files := 0
	err = filepath.WalkDir(filepath.Dir(path), func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		text, err := os.ReadFile(name)
		if files++; bytes.Contains(text, []byte(p.server.Password)) {
			t.Errorf("%s holds the password", name)
		}
		return err
	})
	if err != nil || files == 0 {
		t.Errorf("%d files, %v", files, err)
	}
}

// What goes to a drop address is taken whole: what a partner sends, what one of
// ours hands on of it, and from somebody unknown it waits for a person.
func TestDropAddress(t *testing.T) {
	p := newPost(t, honnetest.SQLite(t), true)
	const drop = "reports@nordlund.example"
	within := "From: anna@nordlund.example\nTo: reports@nordlund.example\nDate: Fri, 08 May 2026 09:00:00 +0200\nSubject: WG: 4/5\nMessage-ID: <w@x>\n" +
		"Content-Type: multipart/mixed; boundary=o\n\n--o\n\nfyi\n--o\nContent-Type: message/rfc822\n\n" + note(2, sato, anna) + "--o--\n"
	quoted := strings.Replace(note(4, anna, drop), "see the file", "----- Original Message -----\nFrom: 田中 <tanaka@miyako.example.jp>\nSubject: x\n\nplease\n", 1)
	stray := note(6, other, drop)
	for _, m := range []string{note(8, sato, drop), within, quoted, stray, note(7, other, drop)} {
		p.server.Deliver(t, m)
	}
	stop := p.run(t)
	p.settled(t, 5)
	p.has(t, p.distributor, 2, 2)
	p.has(t, p.miyako, 0, 1)
	files, err := p.Store.Files(t.Context(), p.miyako)
	if err != nil || files[1].From != honne.Theirs || files[1].Receipt.Exact() || files[1].Receipt.Day() != honne.NewDate(2026, 5, 7) {
		t.Errorf("%+v, %v", files, err)
	}
	waiting, err := p.Store.Strays(t.Context(), 10)
	if err != nil || len(waiting) != 2 || waiting[0].Sender != other {
		t.Fatalf("%+v, %v", waiting, err)
	}
	id, err := p.Give(t.Context(), waiting[1].SHA256, p.miyako, 1)
	if err == nil {
		err = p.queue.EnqueueRead(t.Context(), id)
	}
	if err != nil {
		t.Fatal(err)
	}
	p.settled(t, 5)
	p.has(t, p.miyako, 0, 2)
	p.states(t, p.miyako, "elsewhere.example")
	until(t, "the other stray", func() bool {
		list, err := p.Store.Strays(t.Context(), 10)
		return err == nil && len(list) == 0
	})
	stop()
}

// Programs that answer each other are no conversation.
func TestLoopOfReplies(t *testing.T) {
	p := newPost(t, honnetest.SQLite(t), false)
	for n := range 30 {
		from, to, mark := sato, anna, "Auto-Submitted: auto-replied\n"
		if n%2 > 0 {
			from, to, mark = anna, sato, "X-Autoreply: yes\n"
		}
		p.server.Deliver(t, mark+note(2*n+1, from, to))
	}
	stop := p.run(t)
	p.settled(t, 30)
	stop()
	p.has(t, p.distributor, 30, 0)
	record, err := p.Store.Record(t.Context(), p.distributor, honne.AsOf{})
	if err != nil || len(record.Turns) != 30 {
		t.Fatalf("%d turns, %v", len(record.Turns), err)
	}
	for _, turn := range record.Turns {
		if turn.Kind != honne.Automatic {
			t.Errorf("%+v", turn)
		}
	}
}

// A token opens a mailbox as a password does, in both ways of showing it.
func TestToken(t *testing.T) {
	says := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		active := r.FormValue("token") == "good"
		fmt.Fprintf(w, `{"active": %t, "username": "anna@nordlund.example"}`, active)
	}))
	defer says.Close()
	for _, way := range []string{"oauthbearer", "xoauth2"} {
		box := honnetest.StartDovecot(t, says.URL, way).Box
		box.Token = true
		for token, good := range map[string]bool{"good": true, "bad": false} {
			s, err := mail.Open(t.Context(), box, &honne.Secrets{Secret: token}, mail.DefaultLimits())
			if (err == nil) != good {
				t.Errorf("%s, %s: %v", way, token, err)
			}
			if err == nil {
				s.Close()
			} else if WhatIsWrong(err).ID != "mailbox.trouble.refused-token" {
				t.Errorf("%s, %s: %v", way, token, err)
			}
		}
	}
}
