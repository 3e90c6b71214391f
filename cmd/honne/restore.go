package main

import (
	"archive/tar"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"honne"
	"honne/internal/bundle"
	"honne/internal/job"
	"honne/internal/store"
	"honne/internal/vault"
)

type restoreCmd struct {
	where
	File string `arg:"" help:"Backup to restore."`
}

// Run compares every part of the backup with its manifest before it touches
// anything, and makes the database appear last, whole.
func (c restoreCmd) Run(e *env) error {
	if err := readable(c.File); err != nil {
		return err
	}
	f, err := os.Open(c.File)
	if err != nil {
		return err
	}
	defer f.Close()
	b, err := openBackup(f)
	var about backupAbout
	if err == nil {
		err = b.About(&about)
	}
	if errors.Is(err, honne.ErrInvalid) {
		fmt.Fprintf(e.out, "%s: %s\nNothing was restored.\n", c.File, err)
		return errProblems
	}
	if err != nil {
		return err
	}
	r := restoring{where: c.where, env: e, backup: b, about: about}
	if r.Vault == "" {
		r.Vault = filepath.Join(r.Data, "vault")
	}
	return r.run()
}

// restoring is a backup on its way into an empty database and vault.
type restoring struct {
	where
	env    *env
	backup *bundle.Reader
	about  backupAbout
	faults []error // of what was backed up
}

// halfDatabase names the folder in the data folder in which a SQLite database
// stands until it is whole.
const halfDatabase = "restoring-"

func (r *restoring) run() error {
	if err := r.checkTarget(); err != nil {
		return err
	}
	v, err := vault.Open(r.Vault)
	if err == nil {
		err = r.checkVault(v)
	}
	if err == nil {
		err = r.putOriginals(v)
	}
	var a *app
	if err == nil {
		a, err = r.loadDatabase(v)
	}
	if err != nil {
		return fmt.Errorf("nothing was restored: %w", err)
	}
	defer a.close()
	e := r.env
	fmt.Fprintf(e.out, "restored: %d originals, %s, and the database as of %s\nhead of the history: %s\n"+
		"Not in a backup: the keys of what was said off the record (their recovery sheets open it), who was signed in, and the key file of mailboxes.\n",
		r.about.Originals, megabytes(r.about.Bytes), r.about.Made.Format("2006-01-02 15:04:05 UTC"), r.about.History)
	return a.sayFaults(e, errors.Join(append(r.faults, a.lost(e))...), "It is as it was backed up. What was wrong with it then:")
}

// checkTarget refuses a data folder with anything in it but the vault and what a
// restore that was cut off left behind, which it clears away.
func (r *restoring) checkTarget() error {
	if err := os.MkdirAll(r.Data, 0o700); err != nil {
		return err
	}
	entries, err := os.ReadDir(r.Data)
	if err != nil {
		return err
	}
	for _, d := range entries {
		at := filepath.Join(r.Data, d.Name())
		switch {
		case at == filepath.Clean(r.Vault) || r.Database != "":
		case strings.HasPrefix(d.Name(), halfDatabase):
			if err := os.RemoveAll(at); err != nil {
				return err
			}
		default:
			return fmt.Errorf("%s is not empty, it holds %s: name a new folder with --data; nothing was restored", r.Data, d.Name())
		}
	}
	return nil
}

// checkVault refuses a vault that holds what this backup does not; what it does
// comes from a restore that was cut off.
func (r *restoring) checkVault(v *vault.Vault) error {
	errHolds := errors.New("holds")
	err := v.Each(r.env.ctx, func(string, int64, io.Reader) error { return errHolds })
	if !errors.Is(err, errHolds) {
		return err
	}
	ours := map[string]bool{}
	if err := r.eachOriginal(func(name string, _ io.Reader) error { ours[name] = true; return nil }); err != nil {
		return err
	}
	return v.Each(r.env.ctx, func(name string, _ int64, _ io.Reader) error {
		if !ours[name] {
			return fmt.Errorf("%s is not empty, it holds originals that are not in this backup, as %s: name a new folder with --vault", r.Vault, name)
		}
		return nil
	})
}

func (r *restoring) eachOriginal(do func(name string, bytes io.Reader) error) error {
	in, err := r.backup.Part(originalPart)
	if err != nil {
		return err
	}
	defer in.Close()
	t := tar.NewReader(in)
	for {
		h, err := t.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err == nil {
			err = do(path.Base(h.Name), t)
		}
		if err != nil {
			return err
		}
	}
}

// putOriginals keeps the originals; one whose bytes were others already when it
// was backed up is a fault.
func (r *restoring) putOriginals(v *vault.Vault) error {
	return r.eachOriginal(func(name string, bytes io.Reader) error {
		sum, _, err := v.Put(r.env.ctx, bytes)
		if err == nil && sum != name {
			r.faults = append(r.faults, fmt.Errorf("the original %s held other bytes, with the sum %s", name, sum))
		}
		return err
	})
}

// loadDatabase fills the database and checks it. On SQLite it appears in its
// folder as the last step, on PostgreSQL with the end of one transaction.
func (r *restoring) loadDatabase(v *vault.Vault) (*app, error) {
	head, err := store.ParseHead(r.about.History)
	if err != nil {
		return nil, err
	}
	cfg := store.Config{Database: r.Database, Now: r.env.now}
	if r.Database == "" {
		if cfg.Data, err = os.MkdirTemp(r.Data, halfDatabase); err != nil {
			return nil, err
		}
		defer os.RemoveAll(cfg.Data)
	}
	s, err := store.Load(r.env.ctx, cfg, store.Dumped{Version: r.about.Schema, Head: head}, r.tables(), func(table string) (io.ReadCloser, error) {
		return r.backup.Part(fmt.Sprintf(tablePart, table))
	})
	if errors.Is(err, store.ErrNotEmpty) {
		return nil, fmt.Errorf("%w\nName a new, empty database", err)
	}
	if err != nil {
		return nil, err
	}
	_, err = s.Note(r.env.ctx, store.Trace{Verb: store.Changed, Object: "/backup", Detail: r.about.History})
	r.faults = append(r.faults, err, s.CheckHistory(r.env.ctx, head), s.Verify(r.env.ctx))
	if r.Database == "" {
		if err := errors.Join(s.Close(), r.appear(cfg.Data)); err != nil {
			return nil, err
		}
		if s, err = store.Open(r.env.ctx, store.Config{Data: r.Data, Now: r.env.now}); err != nil {
			return nil, err
		}
	}
	return &app{store: s, works: &job.Works{Store: s, Vault: v, Playbook: r.env.book}}, nil
}

func (r *restoring) tables() (out []string) {
	before, after, _ := strings.Cut(tablePart, "%s")
	for _, p := range r.backup.Parts() {
		if name, ok := strings.CutPrefix(p.Name, before); ok {
			out = append(out, strings.TrimSuffix(name, after))
		}
	}
	return out
}

// appear moves a whole SQLite database to its place. A link refuses one that
// somebody made there meanwhile.
func (r *restoring) appear(from string) error {
	const name = "honne.db"
	err := os.Link(filepath.Join(from, name), filepath.Join(r.Data, name))
	if errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("somebody made %s meanwhile: name a new folder with --data", filepath.Join(r.Data, name))
	}
	if err != nil {
		err = os.Rename(filepath.Join(from, name), filepath.Join(r.Data, name))
	}
	return errors.Join(err, syncFolder(r.Data))
}
