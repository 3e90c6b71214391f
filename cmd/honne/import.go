package main

import (
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"honne"
	"honne/internal/lang"
)

type importCmd struct {
	where
	Distributor string   `required:"" help:"The distributor's name; made when it is new."`
	Accept      bool     `help:"Accept what has no open problem."`
	Ours        bool     `help:"The files are our own: our shipments, or our list of products."`
	Received    string   `help:"The day on which the files were received, YYYY-MM-DD; else a date in the file's name, marked as estimated."`
	Lang        string   `default:"en" enum:"en,ja" help:"Language of messages: en or ja."`
	Files       []string `arg:"" name:"file" help:"Files to take. One with a password opens with HONNE_FILE_PASSWORD."`
}

// Run takes the files and prints, per file, the lines accepted or why not.
func (c importCmd) Run(e *env) error {
	received, err := c.stated()
	if err != nil {
		return err
	}
	for _, path := range c.Files {
		if err := readable(path); err != nil {
			return err
		}
	}
	a, err := c.openWithQueue(e)
	if err != nil {
		return err
	}
	defer a.close()
	d, err := a.distributor(e, c.Distributor)
	if err != nil {
		return err
	}
	left := false
	for _, path := range c.Files {
		waits, err := c.one(e, a, d, path, received)
		if err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		left = left || waits
	}
	if err := a.follow(e); err != nil {
		return err
	}
	if left {
		return errProblems
	}
	return nil
}

// stated is when the files came, as --received says; zero where it says nothing.
func (c importCmd) stated() (time.Time, error) {
	if c.Received == "" {
		return time.Time{}, nil
	}
	day, err := honne.ParseDate(c.Received)
	if err != nil {
		return time.Time{}, fmt.Errorf("--received: %w", err)
	}
	return day.At(12, 0), nil
}

// distributor finds the distributor by name, or makes it.
func (a *app) distributor(e *env, name string) (honne.Distributor, error) {
	d, err := a.store.DistributorByName(e.ctx, name)
	if errors.Is(err, honne.ErrNotFound) {
		return a.store.AddDistributor(e.ctx, honne.Profile{Name: name}, false)
	}
	return d, err
}

// one takes a file and what is in it, and reports whether something waits for a
// person.
func (c importCmd) one(e *env, a *app, d honne.Distributor, path string, received time.Time) (left bool, err error) {
	dir, name := filepath.Split(path)
	if dir == "" {
		dir = "."
	}
	f := folder{dir: dir}
	f.says.Profile = d.Profile
	in := f.arrival(e, name)
	if !received.IsZero() {
		in.receipt = honne.Receipt{At: received, Basis: honne.Stated}
	}
	if c.Ours {
		in.from = honne.Ours
	}
	accept := func(t taken) bool { return c.Accept && t.file.State == honne.FileReady }
	t, err := a.take(e, d.ID, in, accept)
	if err != nil {
		return false, err
	}
	left = c.tell(e, t)
	inside, err := a.takeInside(e, t, accept)
	for _, t := range inside {
		left = c.tell(e, t) || left
	}
	return left, err
}

// tell prints what became of a file and reports whether it waits for a person.
func (c importCmd) tell(e *env, t taken) bool {
	l := lang.Language(c.Lang)
	name := t.arrival.path
	if t.same {
		fmt.Fprintf(e.out, "%s: %s\n", name, e.lang.Text(l, "cli.same", honne.Count("file", int(t.id))))
		return false
	}
	said := e.lang.Text(l, "cli.taken", honne.Text("state", e.lang.Text(l, "state."+string(t.file.State))), honne.Count("lines", t.lines()))
	if len(t.reading.Inside) > 0 {
		said = e.lang.Text(l, "cli.opened", honne.Count("n", len(t.reading.Inside)))
	}
	holds := len(t.reading.Inside) > 0 || t.reading.Format.IsMail()
	if t.reading.Format.IsMail() {
		said = e.lang.Text(l, "cli.messages", honne.Count("n", t.reading.Messages))
	}
	fmt.Fprintf(e.out, "%s: %s\n", name, said)
	for i, p := range t.reading.Problems {
		if p.Severity != honne.SevNote && i < 10 {
			fmt.Fprintf(e.out, "  %s: %s\n", orDash(p.At.String()), e.lang.Say(l, p.What))
		}
	}
	if why, ok := asideFor(t); ok {
		fmt.Fprintf(e.out, "  %s\n", e.lang.Say(l, why))
	}
	if holds {
		return serious(t.reading.Problems)
	}
	return t.file.State != honne.FileAccepted
}

func duplicateOf(err error) (honne.FileID, bool) {
	var twice *honne.Duplicate
	if errors.As(err, &twice) {
		return twice.Of, true
	}
	return 0, false
}
