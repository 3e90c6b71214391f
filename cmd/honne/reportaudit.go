package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"

	"honne"
	"honne/internal/bundle"
	"honne/internal/inspect"
	"honne/internal/lang"
	"honne/internal/report"
	"honne/internal/store"
)

// ofAudit writes a document of an audit, whose figures are those of its freeze;
// progress is measured by those of today.
func (c reportCmd) ofAudit(in *inspection) error {
	e := in.env
	x, list, err := in.assessed(c.Audit)
	if err != nil {
		return err
	}
	edition := report.Edition(c.Voice)
	x, frozen, err := in.auditCase(x, list, edition)
	if err != nil {
		return err
	}
	if edition == report.Partner {
		if err := c.fitForPartner(e, x); err != nil {
			return err
		}
	}
	doc, err := c.auditDocument(frozen, x, edition)
	if err != nil {
		return err
	}
	at := "/audits/" + honne.EntryCode(honne.EntryAudit, x.Audit.Number) + "/publish"
	return c.put(in, at, func(w io.Writer) error {
		if c.Format == "zip" {
			return c.withOriginals(in, doc, honne.EntryCode(honne.EntryAudit, x.Audit.Number), w)
		}
		if c.Format == "json" {
			return doc.JSON(w, e.lang)
		}
		return e.render(w, doc, c.Format, lang.Language(c.Lang))
	})
}

// fitForPartner fails with what a document lacks, and warns of what a partner may not like.
func (c reportCmd) fitForPartner(e *env, x report.Case) error {
	if lacks := x.Lacks(c.Kind, e.book, e.lang); len(lacks) > 0 {
		said := make([]string, len(lacks))
		for i, m := range lacks {
			said[i] = "- " + e.lang.Say(lang.Language(c.Lang), m)
		}
		return errors.New("report " + c.Kind + ": this cannot go to the partner yet:\n" + strings.Join(said, "\n"))
	}
	for _, m := range x.Warns(c.Kind, e.book, e.lang) {
		fmt.Fprintln(e.err, e.lang.Say(lang.Language(c.Lang), honne.Say("publish.warns"))+": "+e.lang.Say(lang.Language(c.Lang), m))
	}
	return nil
}

// withOriginals writes a dossier with the originals that its annex names, and says
// which of them are lost.
func (c reportCmd) withOriginals(in *inspection, doc report.Document, audit string, w io.Writer) error {
	b, err := in.bundle()
	if err != nil {
		return err
	}
	var paper bytes.Buffer
	if err := in.env.render(&paper, doc, "pdf", lang.Language(c.Lang)); err != nil {
		return err
	}
	out := bundle.Dossier{Name: audit + "-dossier.pdf", Paper: paper.Bytes(), Audit: audit, Head: b.Head, Open: func(sum string) (io.ReadCloser, error) {
		f, _, err := in.app.works.Vault.Open(in.env.ctx, sum)
		if errors.Is(err, honne.ErrNotFound) {
			fmt.Fprintf(in.env.err, "honne: the original %s is lost; the manifest names it\n", sum)
		}
		if err != nil {
			return nil, err
		}
		return f, nil
	}}
	for _, o := range b.Originals {
		out.Originals = append(out.Originals, bundle.Original{Path: o.Path, SHA256: o.SHA256})
	}
	return out.Write(w)
}

// auditCase fills what the documents of an audit are written from: the figures of
// its freeze, and those of today.
func (in *inspection) auditCase(x report.Case, list []honne.Assessment, edition report.Edition) (report.Case, *inspection, error) {
	frozen := &inspection{env: in.env, app: in.app, at: x.Audit.Audit.AsOf()}
	var err error
	if frozen.record, err = in.env.recordAt(in, frozen.at); err != nil {
		return x, nil, err
	}
	frozen.record.Audits, frozen.record.Today = list, in.picture.AsOf
	frozen.record.WithholdVoices()
	frozen.picture = inspect.Picture(frozen.record, in.env.book)
	x.Frozen, x.Today, x.Evidence = frozen.picture, in.picture, frozen.evidence
	if edition != report.Partner {
		return x, frozen, nil
	}
	x.Evidence, x.Later = frozen.theirEvidence, in.later
	all, err := in.app.store.Distributors(in.env.ctx)
	if err != nil {
		return x, nil, err
	}
	mail, err := in.app.store.People(in.env.ctx, in.distributor())
	if err != nil {
		return x, nil, err
	}
	if x.Before != nil {
		if x.Told, err = in.app.store.HandedOver(in.env.ctx, in.distributor(), x.Before.Number, report.HandsOver); err != nil {
			return x, nil, err
		}
	}
	x.Apart = report.NewApart(in.picture.Distributor, all, in.record, mail)
	return x, frozen, nil
}

func (c reportCmd) auditDocument(in *inspection, x report.Case, edition report.Edition) (report.Document, error) {
	if doc, ok := x.Document(c.Kind, edition); ok {
		return doc, nil
	}
	x.Evidence = in.everyCell
	b, err := in.bundle()
	return report.Dossier(x, b), err
}

// recordAt is the record of the distributor at another time, without what is for
// counsel alone: a document goes from hand to hand.
func (e *env) recordAt(in *inspection, at honne.AsOf) (honne.Record, error) {
	r, err := in.app.store.Record(e.ctx, in.distributor(), at)
	if err == nil {
		r.Log.RedFlags = nil
	}
	return r, err
}

// assessed finds an audit of the distributor, the newest without a number, with
// the one before it.
func (in *inspection) assessed(number int) (report.Case, []honne.Assessment, error) {
	list, err := in.app.store.Assessments(in.env.ctx, in.distributor())
	if err != nil {
		return report.Case{}, nil, err
	}
	if len(list) == 0 {
		return report.Case{}, nil, errors.New("report: there is no audit of this distributor; one is begun in the application, under Audits")
	}
	for i := len(list) - 1; i >= 0; i-- {
		if number != 0 && list[i].Number != number {
			continue
		}
		x := report.Case{Audit: list[i]}
		if i > 0 {
			x.Before = &list[i-1]
		}
		return x, list[:i+1], nil
	}
	return report.Case{}, nil, fmt.Errorf("report: there is no audit %s of this distributor", honne.EntryCode(honne.EntryAudit, number))
}

// bundle is what a dossier holds beside the audit.
func (in *inspection) bundle() (report.Bundle, error) {
	files, err := in.app.store.Files(in.env.ctx, in.distributor())
	if err != nil {
		return report.Bundle{}, err
	}
	head, err := in.app.store.Head(in.env.ctx)
	if err != nil {
		return report.Bundle{}, err
	}
	last := ""
	if head.N > 0 {
		last = head.String()
	}
	findings, err := store.EntryVersions[honne.Finding](in.env.ctx, in.app.store, in.distributor())
	return report.BundleOf(in.record, files, findings, last), err
}
