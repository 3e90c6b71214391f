package job

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"honne/internal/honnetest"
	"honne/internal/store"
	"honne/internal/vault"
)

// victim is what the process that is killed needs to know.
type victim struct {
	Data, Database, Vault, Key string
}

// TestPostmanSurvivesItsProcess kills the watching process again and again while
// messages come, and restarts the server: at the end every message is there once.
func TestPostmanSurvivesItsProcess(t *testing.T) {
	for _, db := range honnetest.Databases(t) {
		t.Run(db.Name, func(t *testing.T) {
			p := newPost(t, db, false)
			key := filepath.Join(t.TempDir(), "key")
			p.key = vault.NewHouseKey(key)
			w, err := p.Store.Mailbox(t.Context(), p.box)
			if err == nil {
				w.Sealed, err = SealSecrets(p.key, p.server.Box.Account(), secretsOf(p))
			}
			if err == nil {
				err = p.Store.SetMailbox(t.Context(), p.box, w.Mailbox, w.Sealed)
			}
			if err != nil {
				t.Fatal(err)
			}
			v := victim{db.Config.Data, db.Config.Database, filepath.Join(t.TempDir(), "vault"), key}
			if p.Vault, err = vault.Open(v.Vault); err != nil {
				t.Fatal(err)
			}
			sent := 0
			deliver := func(n int) {
				for range n {
					sent++
					p.server.Deliver(t, note(sent, []string{sato, tanak, other}[sent%3], anna))
				}
			}
			for kill := range 4 {
				deliver(30)
				p.killWhen(t, v, 8+kill*20)
				if kill == 2 {
					p.server.Stop(t)
					p.server.Renumber(t)
					p.server.Start(t)
				}
			}
			deliver(10)
			stop := p.run(t)
			p.settled(t, sent)
			stop()
			of := map[int][2]int{}
			for n := 1; n <= sent; n++ {
				c := of[n%3]
				of[n%3] = [2]int{c[0] + 1, c[1] + 1 - n%2}
			}
			p.has(t, p.distributor, of[0][0], of[0][1])
			p.has(t, p.miyako, of[1][0], of[1][1])
			if p.server.Seen(t) != 0 {
				t.Error("messages were marked")
			}
			p.secretIsSafe(t)
		})
	}
}

// killWhen lets a process watch until so many messages are known, and kills it.
func (p *post) killWhen(t *testing.T, v victim, known int) {
	t.Helper()
	text, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestPostmanVictim$")
	cmd.Env = append(os.Environ(), "POSTMAN_VICTIM="+string(text))
	var said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &said, &said
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	until(t, fmt.Sprintf("%d messages before the kill", known), func() bool {
		n := 0
		if err := p.Store.DB().QueryRowContext(t.Context(), `SELECT count(*) FROM message`).Scan(&n); err != nil {
			t.Fatal(err)
		}
		return n >= known
	})
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait() // it was killed
	_, _ = p.log.Write(said.Bytes())
}

// TestPostmanVictim is no test of its own: it watches until it is killed.
func TestPostmanVictim(t *testing.T) {
	var v victim
	if json.Unmarshal([]byte(os.Getenv("POSTMAN_VICTIM")), &v) != nil {
		return
	}
	b := open(t, store.Config{Data: v.Data, Database: v.Database, Now: time.Now}, v.Vault)
	if err := b.queue.Start(t.Context(), &b.Works); err != nil {
		t.Fatal(err)
	}
	log := slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelDebug}))
	postman(&b.Works, b.queue, vault.NewHouseKey(v.Key), log).Run(context.Background(), 50*time.Millisecond)
}
