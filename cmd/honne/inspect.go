package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"honne"
	"honne/internal/inspect"
	"honne/internal/lang"
	"honne/internal/playbook"
	"honne/internal/report"
)

type inspectCmd struct {
	Dir       string   `arg:"" help:"The distributor's folder. Files with a password open with HONNE_FILE_PASSWORD."`
	JSON      bool     `name:"json" help:"The picture as JSON."`
	Out       []string `help:"Write the picture to a file, by its ending: .html, .pdf, .xlsx or .json; repeatable." type:"path"`
	Lang      string   `default:"en" enum:"en,ja" help:"Language: en or ja."`
	AsOf      string   `name:"as-of" help:"What was known at the end of that day in Japan, YYYY-MM-DD."`
	Anonymous bool     `help:"Replace every name by a stable pseudonym."`
}

// Run reads a folder through a store in a temporary folder and prints the picture.
func (c inspectCmd) Run(e *env) error {
	for _, path := range c.Out {
		if ext := filepath.Ext(path); !slices.Contains(documentForms[:], strings.TrimPrefix(ext, ".")) {
			return fmt.Errorf("--out %s: the ending %q is not known; use .html, .pdf, .xlsx or .json", path, ext)
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
	case len(c.Out) == 0 && len(in.files) == 0:
		err = in.sayEmpty(l)
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
	setting []honne.Problem // what is wrong with distributor.yaml, or the folder as a whole
	record  honne.Record
	picture honne.Picture
	names   *pseudonyms // nil unless anonymous
	says    playbook.Folder
}

// inspectFolder reads every file of the folder, accepts what could be read, and
// makes the picture.
func inspectFolder(e *env, dir, asOf string, anonymous bool) (*inspection, error) {
	f, err := openFolder(e, dir)
	if err != nil {
		return nil, err
	}
	defer f.close()
	in := &inspection{env: e, at: honne.AsOf{Known: f.lastDay()}, setting: f.problems(), says: f.says}
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
	if err := a.takeLetters(in.env, d.ID, f); err != nil {
		return err
	}
	bar := newProgress(in.env.err, len(f.files))
	defer bar.done()
	for _, next := range f.files {
		bar.step(next.path)
		t, err := a.take(in.env, d.ID, next, func(t taken) bool { return t.lines() > 0 })
		if err != nil {
			return fmt.Errorf("%s: %w", next.path, err)
		}
		in.files = append(in.files, t)
	}
	return in.renewReceipts()
}

// renewReceipts gives each file the day that a message told of its bytes, however
// late that message was read.
func (in *inspection) renewReceipts() (err error) {
	for i, t := range in.files {
		if t.id == 0 {
			continue
		}
		if in.files[i].file, err = in.app.store.File(in.env.ctx, t.id); err != nil {
			return err
		}
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
	record.Log.RedFlags = nil // counsel looks at them, in the application
	record.WithholdVoices()
	record.Thresholds = append(record.Thresholds, in.says.Own(in.env.book, record.AsOf)...)
	if anonymous {
		in.names = newPseudonyms(in.paths())
		record = in.names.record(record)
	}
	in.record, in.picture = record, inspect.Picture(record, in.env.book)
	return nil
}

// evidence opens selections to FILE!SHEET!RANGE, the weightiest first.
func (in *inspection) evidence(selections []honne.Selection) (ranges []string, more int) {
	return in.opened(selections, maxEvidence, func(honne.Source) bool { return true })
}

// everyCell opens selections to all of their ranges.
func (in *inspection) everyCell(selections []honne.Selection) (ranges []string, more int) {
	return in.opened(selections, 1<<20, func(honne.Source) bool { return true })
}

// theirEvidence opens them to files that the partner sent, and to no others.
func (in *inspection) theirEvidence(selections []honne.Selection) (ranges []string, more int) {
	return in.opened(selections, maxEvidence, in.record.FromPartner)
}

// later opens them to all of their ranges, where the partner sent every file of
// them; else to none.
func (in *inspection) later(selections []honne.Selection) []string {
	theirs := true
	ranges, _ := in.opened(selections, 1<<20, func(s honne.Source) bool {
		theirs = theirs && in.record.FromPartner(s)
		return theirs
	})
	if !theirs {
		return nil
	}
	return ranges
}

func (in *inspection) opened(selections []honne.Selection, most int, shown func(honne.Source) bool) (ranges []string, more int) {
	for _, s := range selections {
		sources, rest, err := in.app.store.Sources(in.env.ctx, in.distributor(), in.at, in.names.selection(s), most)
		if err != nil {
			in.env.warn(err)
			continue
		}
		more += rest
		for _, src := range sources {
			switch {
			case !shown(src):
			case len(ranges) == most:
				more++
			default:
				ranges = append(ranges, in.names.source(src))
			}
		}
	}
	return ranges, more
}

// maxEvidence is how many ranges a figure lists; the rest is counted.
const maxEvidence = 20

func (in *inspection) distributor() honne.DistributorID { return in.picture.Distributor.ID }

func (in *inspection) document() report.Document {
	return report.Picture(in.picture, in.evidence).WithFiles(in.troubles())
}

// troubles counts the files that were read, and lists what could not be
// understood with its reason.
func (in *inspection) troubles() (read int, list []report.FileTrouble) {
	for _, t := range in.files {
		if t.arrival.mail != nil || t.file.State != honne.FileUnread && t.file.State != honne.FileSetAside {
			read++
		}
		if why, ok := asideFor(t); ok {
			list = append(list, report.FileTrouble{Path: in.names.path(t.arrival.path), Why: why})
		}
	}
	for _, p := range in.problems() {
		if p.Severity == honne.SevNote {
			continue
		}
		at := p.file
		if s := p.At.String(); s != "" {
			at += "!" + s
		}
		list = append(list, report.FileTrouble{Path: at, Why: p.What})
	}
	return read, list
}

// found is a problem and the file that it is in.
type found struct {
	file string
	honne.Problem
}

// problems lists what could not be understood, and what is worth knowing.
func (in *inspection) problems() []found {
	var out []found
	for _, t := range in.files {
		for _, p := range t.reading.Problems {
			out = append(out, found{in.names.path(t.arrival.path), in.names.problem(p)})
		}
	}
	for _, p := range in.setting {
		out = append(out, found{profileName, in.names.problem(p)})
	}
	return out
}

// troubled reports whether something could not be understood.
func (in *inspection) troubled() bool {
	return slices.ContainsFunc(in.problems(), func(p found) bool { return p.Severity != honne.SevNote })
}

// paths lists every file that is or should be there.
func (in *inspection) paths() []string {
	var out []string
	for _, t := range in.files {
		out = append(out, t.arrival.path)
	}
	for _, p := range in.setting {
		for _, a := range p.What.Args {
			if a.Name == "file" {
				out = append(out, a.S)
			}
		}
	}
	return out
}

// sayEmpty says what to put into a folder that holds nothing to read.
func (in *inspection) sayEmpty(l lang.Language) error {
	for _, p := range in.setting {
		if _, err := fmt.Fprintln(in.env.out, in.env.lang.Say(l, p.What)); err != nil {
			return err
		}
	}
	return nil
}

// writeFile writes the picture whole or not at all.
func (in *inspection) writeFile(l lang.Language, path string) error {
	return writeWhole(path, func(w io.Writer) error {
		if strings.HasSuffix(path, ".json") {
			return writeLine(w, in.json(l))
		}
		return in.env.render(w, in.document(), strings.TrimPrefix(filepath.Ext(path), "."), l)
	})
}

func (in *inspection) writeJSON(l lang.Language) error { return writeLine(in.env.out, in.json(l)) }

func (in *inspection) close() error {
	var err error
	if in.app != nil {
		err = in.app.close()
	}
	return errors.Join(err, os.RemoveAll(in.temp))
}
