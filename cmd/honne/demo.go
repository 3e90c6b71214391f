package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"honne"
	"honne/internal/auth"
	"honne/internal/lang"
	"honne/internal/report"
	"honne/internal/sample"
	"honne/internal/store"
)

type demoCmd struct {
	Addr string `default:"localhost:8080" help:"Address to listen on, HOST:PORT."`
	Keep string `help:"Keep the database and the sample files in this folder; else they are thrown away." type:"path"`
	Lang string `default:"en" enum:"en,ja" help:"Language: en or ja."`
}

// Run does the main job on the samples and serves the application on them; the
// pages are there from the start and fill while the folders are read.
func (c demoCmd) Run(e *env) error {
	dir, leave, err := c.place()
	if err != nil {
		return err
	}
	defer leave()
	l, err := listen(c.Addr)
	if err != nil {
		return err
	}
	defer l.Close()
	s, err := newServer(e, where{Data: filepath.Join(dir, "data")}, "")
	if err != nil {
		return err
	}
	defer s.close()
	guest, password, err := s.guest()
	if err != nil {
		return err
	}
	ended := make(chan error, 1)
	go func() { ended <- s.serve(l) }()
	samples := filepath.Join(dir, "samples")
	all, err := sample.Write(samples, sample.Demo)
	if err != nil {
		return err
	}
	if err := s.takeFolders(samples, all, guest, func(name string) error { return c.tell(e, s, name) }); err != nil {
		return err
	}
	fmt.Fprintf(e.out, "\n%s\n", e.lang.Text(lang.Language(c.Lang), "cli.demo", honne.Text("url", urlOf(l)),
		honne.Text("email", guestEmail), honne.Text("password", password), honne.Text("samples", samples)))
	return <-ended
}

// place is the folder of the demonstration: the one to keep, else one that leave removes.
func (c demoCmd) place() (dir string, leave func(), err error) {
	if c.Keep != "" {
		return c.Keep, func() {}, nil
	}
	dir, err = os.MkdirTemp("", "honne-demo-")
	return dir, func() { os.RemoveAll(dir) }, err
}

// guestEmail is the account of the demo, good for its throw-away database only.
const guestEmail = "demo@example.com"

// guest adds the account of the demo and returns its password.
func (s *server) guest() (id honne.UserID, password string, err error) {
	password = rand.Text()[:12]
	hash, err := auth.NewPasswords(1).Hash(s.env.ctx, password)
	if err != nil {
		return 0, "", err
	}
	id, err = s.app.store.AddUser(s.env.ctx, store.User{Name: "Demo", Email: guestEmail, Role: string(auth.Manager), Admin: true, PasswordHash: hash, Language: "en"})
	if errors.Is(err, honne.ErrConflict) {
		return 0, "", fmt.Errorf("the kept demo has an account already; serve it with: honne serve --data DIR/data")
	}
	return id, password, err
}

// takeFolders brings the folder of every sample into the database, and its audit,
// and tells of each.
func (s *server) takeFolders(dir string, all []sample.Distributor, by honne.UserID, tell func(name string) error) error {
	for _, d := range all {
		f, err := openFolder(s.env, filepath.Join(dir, d.Slug))
		if err != nil {
			return err
		}
		id, err := s.takeFolder(s.env.ctx, f)
		if err = errors.Join(err, f.close()); err == nil && d.Audit != nil {
			_, err = s.app.works.Assess(s.env.ctx, id, by, *d.Audit)
		}
		if err != nil {
			return fmt.Errorf("%s: %w", d.Slug, err)
		}
		if err := tell(f.says.Profile.Name); err != nil {
			return err
		}
	}
	return nil
}

// takeFolder makes a sample distributor of a folder and accepts its files.
func (s *server) takeFolder(ctx context.Context, f folder) (honne.DistributorID, error) {
	d, err := s.app.store.AddDistributor(ctx, f.says.Profile, true)
	if err != nil {
		return 0, err
	}
	if err := s.app.takeLetters(s.env, d.ID, f); err != nil {
		return d.ID, err
	}
	bar := newProgress(s.env.err, len(f.files))
	defer bar.done()
	for _, next := range f.files {
		bar.step(next.path)
		if _, err := s.app.take(s.env, d.ID, next, func(t taken) bool { return t.lines() > 0 }); err != nil {
			return d.ID, fmt.Errorf("%s: %w", next.path, err)
		}
	}
	return d.ID, nil
}

// loadSamples is the button of the first run.
func (s *server) loadSamples(ctx context.Context, by honne.UserID) error {
	dir, err := os.MkdirTemp("", "honne-samples-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	all, err := sample.Write(dir, sample.Demo)
	if err != nil {
		return err
	}
	return s.takeFolders(dir, all, by, func(string) error { return nil })
}

// tell prints the first screen of what inspect prints of a sample.
func (c demoCmd) tell(e *env, s *server, name string) error {
	d, err := s.app.store.DistributorByName(e.ctx, name)
	if err != nil {
		return err
	}
	in := &inspection{env: e, app: s.app}
	if err := in.lookAt(d.ID, false); err != nil {
		return err
	}
	return report.Glance(in.picture).Text(e.out, e.lang, lang.Language(c.Lang), terminal(e.out))
}
