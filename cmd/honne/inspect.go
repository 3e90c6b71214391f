package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"honne"
	"honne/internal/inspect"
	"honne/internal/lang"
	"honne/internal/report"
)

type inspectCmd struct {
	Dir       string   `arg:"" help:"The distributor's folder."`
	JSON      bool     `name:"json" help:"The picture as JSON."`
	Out       []string `help:"Write the picture to a file, by its ending: .html or .json; repeatable." type:"path"`
	Lang      string   `default:"en" enum:"en,ja" help:"Language: en or ja."`
	AsOf      string   `name:"as-of" help:"What was known at the end of that day in Japan, YYYY-MM-DD."`
	Anonymous bool     `help:"Replace every name by a stable pseudonym."`
}

// Run reads a folder through a store in a temporary folder and prints the picture.
func (c inspectCmd) Run(e *env) error {
	for _, path := range c.Out {
		if ext := filepath.Ext(path); ext != ".html" && ext != ".json" {
			return fmt.Errorf("--out %s: the ending %q is not known; use .html or .json", path, ext)
		}
	}
	in, err := inspectFolder(e, c.Dir, c.AsOf, c.Anonymous)
	if err != nil {
		return err
	}
	defer in.close()
	l := lang.Language(c.Lang)
	for _, path := range c.Out {
		if err := in.writeFile(l, path); err != nil {
			return err
		}
	}
	switch {
	case c.JSON:
		err = in.writeJSON(l)
	case len(c.Out) == 0:
		err = in.document().Text(e.out, e.lang, l, terminal(e.out))
	}
	if err != nil {
		return err
	}
	if in.troubled() {
		return errProblems
	}
	return nil
}

// inspection is a folder that was read, with its store still open.
type inspection struct {
	env     *env
	app     *app
	temp    string
	at      honne.AsOf
	files   []taken
	picture honne.Picture
	names   *pseudonyms // nil unless anonymous
}

// inspectFolder reads every file of the folder, accepts what could be read, and
// makes the picture.
func inspectFolder(e *env, dir, asOf string, anonymous bool) (*inspection, error) {
	f, err := openFolder(e, dir)
	if err != nil {
		return nil, err
	}
	in := &inspection{env: e, at: honne.AsOf{Known: f.lastDay()}}
	if asOf != "" {
		if in.at.Known, err = honne.ParseDate(asOf); err != nil {
			return nil, fmt.Errorf("--as-of: %w", err)
		}
	}
	if in.temp, err = os.MkdirTemp("", "honne-inspect-"); err != nil {
		return nil, err
	}
	if err := in.read(f); err != nil {
		return nil, errors.Join(err, in.close())
	}
	if err := in.look(anonymous); err != nil {
		return nil, errors.Join(err, in.close())
	}
	return in, nil
}

// read takes the files in the order of receipt; what follows an acceptance is
// done at once.
func (in *inspection) read(f folder) error {
	a, err := where{Data: in.temp}.open(in.env, nil)
	if err != nil {
		return err
	}
	in.app = a
	d, err := a.store.AddDistributor(in.env.ctx, f.says.Profile, false)
	if err != nil {
		return err
	}
	bar := newProgress(in.env.err, len(f.files))
	defer bar.done()
	for _, next := range f.files {
		bar.step(next.path)
		t, err := a.take(in.env, d.ID, f.dir, next, func(s honne.StoredFile) bool { return s.Lines > 0 })
		if err != nil {
			return fmt.Errorf("%s: %w", next.path, err)
		}
		in.files = append(in.files, t)
	}
	return nil
}

// look makes the picture of the one distributor of the folder.
func (in *inspection) look(anonymous bool) error {
	all, err := in.app.store.Distributors(in.env.ctx)
	if err != nil {
		return err
	}
	return in.lookAt(all[0].ID, anonymous)
}

func (in *inspection) lookAt(d honne.DistributorID, anonymous bool) error {
	record, err := in.app.store.Record(in.env.ctx, d, in.at)
	if err != nil {
		return err
	}
	if anonymous {
		in.names = newPseudonyms(in.files)
		record = in.names.record(record)
	}
	in.picture = inspect.Picture(record, in.env.book)
	return nil
}

// evidence opens selections to FILE!SHEET!RANGE, the weightiest first.
func (in *inspection) evidence(selections []honne.Selection) (ranges []string, more int) {
	for _, s := range selections {
		sources, rest, err := in.app.store.Sources(in.env.ctx, in.distributor(), in.at, in.names.selection(s), maxEvidence)
		if err != nil {
			in.env.warn(err)
			continue
		}
		more += rest
		for _, src := range sources {
			if len(ranges) == maxEvidence {
				more++
				continue
			}
			ranges = append(ranges, in.names.source(src))
		}
	}
	return ranges, more
}

// maxEvidence is how many ranges a figure lists; the rest is counted.
const maxEvidence = 20

func (in *inspection) distributor() honne.DistributorID { return in.picture.Distributor.ID }

func (in *inspection) document() report.Document {
	return report.Picture(in.picture, in.evidence).WithProblems(in.count())
}

// count counts the files that have problems, and the problems.
func (in *inspection) count() (files, problems int) {
	for _, t := range in.files {
		before := problems
		for _, p := range t.reading.Problems {
			if p.Severity != honne.SevNote {
				problems++
			}
		}
		if problems > before {
			files++
		}
	}
	return files, problems
}

// troubled reports whether something could not be understood.
func (in *inspection) troubled() bool {
	for _, t := range in.files {
		if serious(t.reading.Problems) {
			return true
		}
	}
	return false
}

// writeFile writes the picture whole or not at all.
func (in *inspection) writeFile(l lang.Language, path string) error {
	tmp, err := os.CreateTemp(filepath.Dir(path), ".honne-*")
	if err != nil {
		return err
	}
	defer os.Remove(tmp.Name())
	if strings.HasSuffix(path, ".json") {
		err = writeLine(tmp, in.json(l))
	} else {
		err = in.document().HTML(tmp, in.env.lang, l)
	}
	if err = errors.Join(err, tmp.Close()); err != nil {
		return err
	}
	return os.Rename(tmp.Name(), path)
}

func (in *inspection) writeJSON(l lang.Language) error { return writeLine(in.env.out, in.json(l)) }

func (in *inspection) close() error {
	var err error
	if in.app != nil {
		err = in.app.close()
	}
	return errors.Join(err, os.RemoveAll(in.temp))
}
