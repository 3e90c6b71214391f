package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"

	"honne"
	"honne/internal/intake"
	"honne/internal/job"
	"honne/internal/store"
	"honne/internal/vault"
)

// where says which database and which originals a command works on.
type where struct {
	Data     string `default:"honne-data" env:"HONNE_DATA" help:"Folder of the embedded database and the originals; made when missing."`
	Database string `env:"HONNE_DATABASE" help:"postgres:// address, instead of the embedded database."`
	Vault    string `env:"HONNE_VAULT" help:"Folder of the originals; DATA/vault without it."`
}

// app is an open database with its originals.
type app struct {
	store *store.Store
	works *job.Works
	due   []store.Event // what follows the acceptances so far
}

// open opens database and originals. follow adds the jobs that follow an event;
// nil when the command does that work itself, at once.
func (w where) open(e *env, follow func(context.Context, *sql.Tx, store.Event) error) (*app, error) {
	if err := os.MkdirAll(w.Data, 0o700); err != nil {
		return nil, err
	}
	originals := w.Vault
	if originals == "" {
		originals = filepath.Join(w.Data, "vault")
	}
	v, err := vault.Open(originals)
	if err != nil {
		return nil, err
	}
	a := &app{}
	if follow == nil {
		follow = a.remember
	}
	a.store, err = store.Open(e.ctx, store.Config{Data: w.Data, Database: w.Database, Now: e.now, Follow: follow, Reasons: e.book.Reason})
	if err != nil {
		return nil, w.adviseOnStore(err)
	}
	a.works = &job.Works{Store: a.store, Vault: v, Playbook: e.book}
	return a, nil
}

// openThere opens a house that is there already: one that is looked at, copied or
// proven is never made by a slip of the pen.
func (w where) openThere(e *env) (*app, error) {
	if _, err := os.Stat(filepath.Join(w.Data, "honne.db")); err != nil && w.Database == "" {
		return nil, fmt.Errorf("%s holds no data of honne; check --data (honne serve or honne user add begin a new house)", w.Data)
	}
	return w.open(e, nil)
}

// openWithQueue opens them with a queue that nobody works at: the job that
// follows an acceptance is kept in the acceptance's own transaction, for the
// next server, should this process die before it has done the work itself.
func (w where) openWithQueue(e *env) (a *app, err error) {
	q := job.NewQueue(slog.New(slog.NewTextHandler(e.err, &slog.HandlerOptions{Level: slog.LevelWarn})))
	a, err = w.open(e, func(ctx context.Context, tx *sql.Tx, ev store.Event) error {
		return errors.Join(q.Follow(ctx, tx, ev), a.remember(ctx, tx, ev))
	})
	if err != nil {
		return nil, err
	}
	if err := q.Open(e.ctx, a.store); err != nil {
		return nil, errors.Join(err, a.close())
	}
	return a, nil
}

// remember keeps an event until its transaction is over.
func (a *app) remember(_ context.Context, _ *sql.Tx, ev store.Event) error {
	a.due = append(a.due, ev)
	return nil
}

// follow does what follows the acceptances, so that a record is read as fast as
// it can be; without it the record is the same.
func (a *app) follow(e *env) error {
	for _, ev := range a.due {
		if err := a.works.Follow(e.ctx, ev); err != nil {
			return err
		}
	}
	a.due = nil
	return nil
}

// unlock opens a file with the password of the environment and reads it again; a
// password that does not open it is a problem of the file.
func (a *app) unlock(e *env, t *taken) error {
	err := a.works.Unlock(e.ctx, t.id, e.filePassword)
	var invalid *honne.Invalid
	switch {
	case errors.As(err, &invalid):
		t.reading.Problems = append([]honne.Problem{{Severity: honne.SevError, What: invalid.What}}, t.reading.Problems...)
		return nil
	case err == nil:
		t.reading, err = a.works.Read(e.ctx, t.id)
	}
	return err
}

func (a *app) close() error { return a.store.Close() }

// taken is what became of one file.
type taken struct {
	arrival arrival
	id      honne.FileID
	reading honne.Reading
	file    honne.StoredFile
	same    bool // the bytes are in force already
}

// lines is how many lines and rows of lists the file gives.
func (t taken) lines() int {
	n := t.file.Lines
	for _, x := range t.reading.Tables {
		n += x.Listed
	}
	return n
}

// take brings one file into the ledger: bytes, reading, staging, and acceptance
// where accept allows it.
func (a *app) take(e *env, d honne.DistributorID, in arrival, accept func(taken) bool) (t taken, err error) {
	t.arrival = in
	if in.shut != nil {
		t.reading, t.file.State = unread(in.path, *in.shut), honne.FileUnread
		return t, nil
	}
	f, err := os.Open(in.file)
	if err != nil {
		return t, err
	}
	defer f.Close()
	if in.mail != nil {
		return a.takeMailbox(e, t, f)
	}
	t.id, err = a.works.Take(e.ctx, job.Arrival{Distributor: d, Name: in.path, Bytes: f, Receipt: in.receipt,
		From: in.from, Kind: in.kind, Topic: in.topic, Currency: in.currency})
	if id, twice := duplicateOf(err); twice {
		t.same, t.id = true, id
		t.file, err = a.store.File(e.ctx, id)
		return t, err
	}
	if err != nil {
		return t, err
	}
	return a.settle(e, t, accept)
}

// takeMailbox says what was understood of a mailbox of a folder. It is not kept:
// its messages and what is attached to them came out of it as the folder was
// opened.
func (a *app) takeMailbox(e *env, t taken, f *os.File) (taken, error) {
	info, err := f.Stat()
	if err != nil {
		return t, err
	}
	t.reading, err = intake.Read(e.ctx, honne.File{Name: t.arrival.path, Size: info.Size(), Bytes: f, Domains: t.arrival.mail}, e.book, honne.Memory{})
	t.file.State = honne.FileSetAside
	return t, err
}

// takeInside reads the files that stand in one that was taken.
func (a *app) takeInside(e *env, around taken, accept func(taken) bool) ([]taken, error) {
	var out []taken
	for _, id := range around.reading.Inside {
		f, err := a.store.File(e.ctx, id)
		if err != nil {
			return out, err
		}
		t := taken{arrival: arrival{path: f.Path, receipt: f.Receipt, from: f.From}, id: id, file: f, same: f.State == honne.FileAccepted}
		if !t.same {
			if t, err = a.settle(e, t, accept); err != nil {
				return out, fmt.Errorf("%s: %w", f.Path, err)
			}
		}
		out = append(out, t)
	}
	return out, nil
}

// settle reads a file that is in the ledger, and accepts it where that is
// allowed.
func (a *app) settle(e *env, t taken, accept func(taken) bool) (_ taken, err error) {
	if t.reading, err = a.works.Read(e.ctx, t.id); err != nil {
		return t, err
	}
	if t.reading.Locked() && e.filePassword != "" {
		if err = a.unlock(e, &t); err != nil {
			return t, err
		}
	}
	sayKind(&t.reading)
	if t.file, err = a.store.File(e.ctx, t.id); err != nil {
		return t, err
	}
	if t.arrival.byName && t.file.Lines > 0 {
		t.reading.Problems = append(t.reading.Problems, honne.Problem{Severity: honne.SevNote, What: honne.Say("cli.order-by-name")})
	}
	if accept(t) {
		if err = a.works.Accept(e.ctx, 0, t.id); err == nil {
			t.file, err = a.store.File(e.ctx, t.id)
		}
	}
	return t, err
}
