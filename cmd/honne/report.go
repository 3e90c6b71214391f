package main

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"honne"
	"honne/internal/lang"
	"honne/internal/report"
	"honne/internal/store"
)

type reportCmd struct {
	where
	Kind        string `arg:"" help:"picture, brief, audit, plan, renewal, dossier or transition; qbr and statement are not there yet."`
	Distributor string `required:"" help:"The distributor's name."`
	Voice       string `default:"internal" enum:"internal,partner" help:"For whom it is: internal or partner."`
	Lang        string `default:"en" enum:"en,ja" help:"Language: en or ja; of a document in both, the one that stands first."`
	Format      string `help:"html, pdf, xlsx or json; of a dossier also zip, with the originals; else by the ending of --out, else html."`
	AsOf        string `name:"as-of" help:"What was known at the end of that day in Japan, YYYY-MM-DD; else today, of a sample its own last day."`
	Audit       int    `help:"Number of the audit: 7 for A-007; else the newest."`
	Out         string `help:"Write to this file; else to standard output." type:"path"`
}

// The kinds of document that there are, and those that will be.
var (
	reportKinds = [...]string{"picture", "brief", "audit", "plan", "renewal", "dossier", "transition"}
	auditKinds  = reportKinds[2:]
	laterKinds  = [...]string{"qbr", "statement"}
)

// Run writes a document about a distributor of the database.
func (c reportCmd) Run(e *env) error {
	c.Format = cmp.Or(c.Format, strings.TrimPrefix(filepath.Ext(c.Out), "."), "html")
	if err := c.check(); err != nil {
		return err
	}
	a, err := c.openThere(e)
	if err != nil {
		return err
	}
	defer a.close()
	d, err := a.find(e, c.Distributor)
	if err != nil {
		return err
	}
	in := &inspection{env: e, app: a}
	if in.at, err = c.day(e, d); err != nil {
		return err
	}
	if err := in.lookAt(d.ID, false); err != nil {
		return err
	}
	if slices.Contains(auditKinds, c.Kind) {
		return c.ofAudit(in)
	}
	if c.Voice == string(report.Partner) && report.Held(in.picture) {
		return errors.New(e.lang.Text(lang.Language(c.Lang), "brief.held"))
	}
	object := "/distributors/" + d.Slug
	if c.Kind == "brief" {
		object += "/brief"
	}
	return c.put(in, object, func(w io.Writer) error { return c.write(in, w) })
}

// put writes to the file that was asked for, or to standard output. That it was
// exported stands in the history first, at the page that shows the same, as done on
// the command line: who sits there has no account.
func (c reportCmd) put(in *inspection, object string, write func(io.Writer) error) error {
	e := in.env
	_, err := in.app.store.Note(e.ctx, store.Trace{Verb: store.Exported, Object: object, Detail: strings.Join([]string{c.Kind, c.Voice, c.Lang, c.Format, store.CommandLine}, " ")})
	if err != nil {
		return err
	}
	if c.Out == "" {
		return write(e.out)
	}
	return writeWhole(c.Out, write)
}

// check refuses what cannot be written, before anything is read.
func (c reportCmd) check() error {
	switch {
	case slices.Contains(laterKinds[:], c.Kind):
		return fmt.Errorf("report %s: this document is not there yet; %s can be written today", c.Kind, strings.Join(reportKinds[:], ", "))
	case !slices.Contains(reportKinds[:], c.Kind):
		return fmt.Errorf("report %s: there is no such document; use %s", c.Kind, strings.Join(reportKinds[:], ", "))
	case !slices.Contains(documentForms[:], c.Format) && (c.Format != "zip" || c.Kind != "dossier"):
		return fmt.Errorf("report: the format %q is not known; use %s, or zip for a dossier with its originals", c.Format, strings.Join(documentForms[:], ", "))
	case c.Kind == "picture" && c.Voice == string(report.Partner):
		return errors.New("report picture: the picture is for our own side alone; for the partner there is the brief")
	case (c.Kind == "dossier" || c.Kind == "transition") && c.Voice == string(report.Partner):
		return fmt.Errorf("report %s: this document is for our own side and its counsel alone", c.Kind)
	}
	return nil
}

// find is the distributor of that name; a report makes none.
func (a *app) find(e *env, name string) (honne.Distributor, error) {
	d, err := a.store.DistributorByName(e.ctx, name)
	if !errors.Is(err, honne.ErrNotFound) {
		return d, err
	}
	all, err := a.store.Distributors(e.ctx)
	if err != nil {
		return d, err
	}
	names := make([]string, len(all))
	for i, x := range all {
		names[i] = cmp.Or(x.Profile.Name, x.Profile.NameJA)
	}
	if len(names) == 0 {
		return d, fmt.Errorf("there is no distributor %q: the database is empty; honne import takes files in", name)
	}
	return d, fmt.Errorf("there is no distributor %q; there are: %s", name, strings.Join(names, ", "))
}

// day is the day on which all is said to be known; a sample stands still on its
// own last day.
func (c reportCmd) day(e *env, d honne.Distributor) (honne.AsOf, error) {
	if c.AsOf != "" {
		day, err := honne.ParseDate(c.AsOf)
		if err != nil {
			return honne.AsOf{}, fmt.Errorf("--as-of: %w", err)
		}
		return honne.AsOf{Known: day}, nil
	}
	if d.Sample {
		return honne.AsOf{}, nil
	}
	return honne.AsOf{Known: honne.DateOf(e.now())}, nil
}

func (c reportCmd) write(in *inspection, w io.Writer) error {
	l := lang.Language(c.Lang)
	if c.Kind == "picture" {
		if c.Format == "json" {
			return writeLine(w, in.json(l))
		}
		return in.env.render(w, report.Picture(in.picture, in.evidence), c.Format, l)
	}
	evidence := in.evidence
	if c.Voice == string(report.Partner) {
		evidence = in.theirEvidence
	}
	doc := report.Brief(in.picture, report.Edition(c.Voice), evidence)
	if c.Format == "json" {
		return doc.JSON(w, in.env.lang)
	}
	return in.env.render(w, doc, c.Format, l)
}

// writeWhole writes a file whole or not at all.
func writeWhole(path string, write func(io.Writer) error) error {
	tmp, err := os.CreateTemp(filepath.Dir(path), ".honne-*")
	if err != nil {
		var at *fs.PathError
		if errors.As(err, &at) {
			at.Path = filepath.Dir(path) // not the name that nobody gave
		}
		return err
	}
	defer os.Remove(tmp.Name())
	if err = errors.Join(write(tmp), tmp.Close()); err != nil {
		return err
	}
	return os.Rename(tmp.Name(), path)
}
