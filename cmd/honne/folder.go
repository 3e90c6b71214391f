package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"honne"
	"honne/internal/japan"
	"honne/internal/playbook"
)

// folder is a distributor's folder: what distributor.yaml says, and the files
// in the order in which they were received.
type folder struct {
	dir   string
	says  playbook.Folder
	files []arrival
}

// arrival is a file of a folder and what is known of how it came.
type arrival struct {
	path     string // within the folder, with /
	receipt  honne.Receipt
	from     honne.Side
	kind     honne.Series
	currency honne.Currency
	byName   bool // nothing but its name says where it stands among the others
}

const profileName = "distributor.yaml"

// openFolder lists a distributor's folder; a distributor.yaml that cannot be
// understood ends the command, because everything else would be read wrongly.
func openFolder(e *env, dir string) (folder, error) {
	f := folder{dir: dir}
	info, err := os.Stat(dir)
	if err != nil {
		return f, err
	}
	if !info.IsDir() {
		return f, fmt.Errorf("%s is a file; honne read reads files, honne inspect a folder", dir)
	}
	b, err := os.ReadFile(filepath.Join(dir, profileName))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return f, err
	}
	if f.says, err = playbook.ReadProfile(b, profileName); err != nil {
		return f, err
	}
	if f.says.Profile.Name == "" {
		f.says.Profile.Name = filepath.Base(filepath.Clean(dir))
	}
	return f, f.list(e)
}

// problems are what distributor.yaml says of files that are not there, each at
// its line, and a folder without any file.
func (f *folder) problems() []honne.Problem {
	there := map[string]bool{}
	for _, a := range f.files {
		there[a.path], there[path.Base(a.path)] = true, true
	}
	var out []honne.Problem
	for _, n := range f.says.Named {
		if there[n.File] && (n.Key == "received" || f.has(n.File)) {
			continue
		}
		cell := honne.Cell{Row: int32(n.Line), Col: 1}
		out = append(out, honne.Problem{At: honne.Address{Range: honne.Range{From: cell, To: cell}}, Severity: honne.SevWarning,
			What: honne.Say("cli.not-there", honne.Text("setting", profileName), honne.Count("line", n.Line), honne.Text("key", n.Key), honne.Text("file", n.File))})
	}
	if len(f.files) == 0 {
		out = append(out, honne.Problem{Severity: honne.SevWarning, What: honne.Say("cli.empty-folder", honne.Text("folder", f.dir))})
	}
	return out
}

// has reports whether the folder holds a file of exactly that path.
func (f *folder) has(name string) bool {
	return slices.ContainsFunc(f.files, func(a arrival) bool { return a.path == name })
}

// list finds the files, the hidden ones and Excel's lock files left out.
func (f *folder) list(e *env) error {
	err := filepath.WalkDir(f.dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name := d.Name()
		if path != f.dir && strings.HasPrefix(name, ".") || strings.HasPrefix(name, "~$") {
			if d.IsDir() {
				return filepath.SkipDir
			}
			return nil
		}
		rel, err := filepath.Rel(f.dir, path)
		if err != nil || d.IsDir() || !d.Type().IsRegular() || filepath.ToSlash(rel) == profileName {
			return err
		}
		f.files = append(f.files, f.arrival(e, filepath.ToSlash(rel)))
		return nil
	})
	inOrder(f.files)
	markNames(f.files, e.book.Kind)
	return err
}

func (f *folder) arrival(e *env, path string) arrival {
	a := arrival{path: path, from: honne.Theirs, receipt: f.receipt(e, path)}
	switch path {
	case f.says.Targets:
		a.kind, a.from = honne.Target, honne.Ours
	case f.says.Market:
		a.kind, a.from = honne.Market, honne.Third
	default:
		if e.book.Kind(path) == honne.Shipments {
			a.from, a.currency = honne.Ours, f.says.Profile.Currency
		}
	}
	return a
}

// receipt is what distributor.yaml says; else a day or a month in the file's
// name, which is a lower bound; never the file system's clock. A correction of
// the same day came later than what it corrects.
func (f *folder) receipt(e *env, path string) honne.Receipt {
	for _, name := range []string{path, filepath.Base(path)} {
		if day, ok := f.says.Received[name]; ok {
			return honne.Receipt{At: later(day.At(12, 0), path), Basis: honne.Stated}
		}
	}
	name := strings.TrimSuffix(filepath.Base(path), filepath.Ext(path))
	period, ok := japan.FindPeriod(name)
	switch {
	case !ok:
		return honne.Receipt{Basis: honne.ByLoad}
	case aboutComing(e.book.Kind(name)) || period.To-period.From > 40:
		return honne.Receipt{At: later(period.From.At(0, 0), path), Basis: honne.ByName}
	}
	return honne.Receipt{At: later(period.To.At(23, 0), path), Basis: honne.ByName}
}

// aboutComing reports whether a file of that kind speaks of the months ahead.
func aboutComing(s honne.Series) bool {
	return s == honne.Forecast || s == honne.Plan || s == honne.Target || s == honne.Proposed
}

// lastDay is the latest day that the folder itself speaks of: the last receipt.
func (f *folder) lastDay() honne.Date {
	var last time.Time
	for _, a := range f.files {
		if a.receipt.At.After(last) {
			last = a.receipt.At
		}
	}
	return honne.DateOf(last)
}
