package main

import (
	"archive/tar"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"honne"
	"honne/internal/bundle"
	"honne/internal/store"
)

type backupCmd struct {
	where
	File string `arg:"" help:"File to write; one that exists is never replaced."`
}

// The form of a backup: the tables, then the originals, each in its part.
const (
	tablePart    = "database/%s.jsonl"
	originalPart = "originals.tar"
)

func backupKind() bundle.Kind { return bundle.Kind{Format: "honne-backup", Version: 1} }

// backupAbout is what a backup says of itself.
type backupAbout struct {
	Made      time.Time `json:"made"`
	Program   string    `json:"program"`
	Database  string    `json:"database"` // which it was made of
	Schema    int       `json:"schema"`
	History   string    `json:"history"` // head of the history in it
	Originals int       `json:"originals"`
	Bytes     int64     `json:"bytes"` // of the originals
}

// Run writes one file of one moment while others go on writing, reads it again,
// and only then gives it its name.
func (c backupCmd) Run(e *env) error {
	if _, err := os.Lstat(c.File); !errors.Is(err, fs.ErrNotExist) {
		return errors.Join(err, fmt.Errorf("%s exists already: name another file, so that no backup is lost by making one", c.File))
	}
	a, err := c.openThere(e)
	if err != nil {
		return err
	}
	defer a.close()
	if _, err := a.store.Note(e.ctx, store.Trace{Verb: store.Exported, Object: "/backup", Detail: store.CommandLine}); err != nil {
		return err
	}
	about, sum, err := a.backUp(e, c.File)
	if err != nil {
		return fmt.Errorf("no backup was made: %w", err)
	}
	fmt.Fprintf(e.out, "%s: %d originals, %s\nread again: every part is what its manifest says\nhead of the history: %s\nSHA-256 of the file: %s\n",
		c.File, about.Originals, megabytes(about.Bytes), about.History, sum)
	return a.sayFaults(e, errors.Join(a.store.CheckHistory(e.ctx), a.lost(e)), "The backup holds what there is. What is wrong with it:")
}

// sayFaults lists what is wrong with a ledger, below a heading.
func (a *app) sayFaults(e *env, faults error, heading string) error {
	if faults == nil || e.ctx.Err() != nil {
		return e.ctx.Err()
	}
	fmt.Fprintf(e.out, "%s\n%s\n", heading, faults)
	return errProblems
}

func megabytes(n int64) string { return fmt.Sprintf("%.1f MB", float64(n)/1e6) }

// backUp writes the file beside its name, proves it, and renames it.
func (a *app) backUp(e *env, path string) (about backupAbout, sum string, err error) {
	half := path + ".unfinished"
	f, err := os.OpenFile(half, os.O_RDWR|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return about, "", err
	}
	defer os.Remove(half)
	defer f.Close()
	hash := sha256.New()
	if about, err = a.writeBackup(e, io.MultiWriter(f, hash)); err == nil {
		err = f.Sync()
	}
	if err == nil {
		_, err = openBackup(f)
	}
	if err = errors.Join(err, f.Close()); err == nil {
		err = os.Rename(half, path)
	}
	if err == nil {
		err = syncFolder(filepath.Dir(path))
	}
	return about, hex.EncodeToString(hash.Sum(nil)), err
}

func openBackup(f *os.File) (*bundle.Reader, error) {
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	return bundle.Open(f, info.Size(), backupKind(), 0)
}

func syncFolder(path string) error {
	d, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

// writeBackup writes the tables first: every original that they name was in the
// vault before them.
func (a *app) writeBackup(e *env, out io.Writer) (about backupAbout, err error) {
	about = backupAbout{Made: e.now().UTC().Truncate(time.Second), Program: version, Database: a.store.Dialect()}
	w := bundle.NewWriter(out)
	dumped, err := a.store.Dump(e.ctx, func(table string) (io.Writer, error) { return w.Part(fmt.Sprintf(tablePart, table)) })
	if err != nil {
		return about, err
	}
	about.Schema, about.History = dumped.Version, dumped.Head.String()
	part, err := w.Part(originalPart)
	if err != nil {
		return about, err
	}
	t := tar.NewWriter(part)
	err = a.works.Vault.Each(e.ctx, func(name string, size int64, bytes io.Reader) error {
		about.Originals++
		about.Bytes += size
		err := t.WriteHeader(&tar.Header{Name: name[:min(2, len(name))] + "/" + name, Mode: 0o400, Size: size, Format: tar.FormatPAX})
		if err == nil {
			_, err = io.CopyN(t, bytes, size)
		}
		return err
	})
	if err = errors.Join(err, t.Close()); err != nil {
		return about, err
	}
	return about, w.Close(backupKind(), about)
}

// lost names the files whose original is not in the vault.
func (a *app) lost(e *env) error {
	var errs []error
	err := a.store.CheckOriginals(e.ctx, func(sum string) (bool, error) {
		original, _, err := a.works.Vault.Open(e.ctx, sum)
		if errors.Is(err, honne.ErrNotFound) {
			return false, nil
		}
		if err != nil {
			return false, err
		}
		return true, original.Close()
	}, func(name, sum string) {
		errs = append(errs, fmt.Errorf("%s: its original %s is not in the vault: restore it from a backup", name, sum))
	})
	return errors.Join(append(errs, err)...)
}
