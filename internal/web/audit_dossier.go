package web

import (
	"context"
	"fmt"
	"io"
	"net/http"

	"honne"
	"honne/internal/bundle"
	"honne/internal/report"
	"honne/internal/store"
)

// dossier opens every figure to all of its cells.
func (d *draft) dossier(c report.Case, rec honne.Record) error {
	files, err := d.app.Store.Files(d.Context(), d.distributor.ID)
	if err != nil {
		return fmt.Errorf("web: list files: %w", err)
	}
	findings, err := store.EntryVersions[honne.Finding](d.Context(), d.app.Store, d.distributor.ID)
	if err != nil {
		return fmt.Errorf("web: read findings: %w", err)
	}
	head := ""
	if d.head.N > 0 {
		head = d.head.String()
	}
	c.Evidence = func(list []honne.Selection) ([]string, int) {
		return d.ranges(d.distributor, d.entry.Body.AsOf(), list, everyRange, func(honne.Source) bool { return true })
	}
	d.bundle = report.BundleOf(rec, files, findings, head)
	d.doc = report.Dossier(c, d.bundle)
	return nil
}

// sendOriginals sends the dossier with the originals that its annex names, byte for
// byte as they came, each under its number there, and a manifest with the SHA-256 of
// every part, which names those that are lost.
func (a *app) sendOriginals(w http.ResponseWriter, v *visit) error {
	d, err := v.going()
	switch {
	case err != nil:
		return err
	case d.kind != "dossier":
		return honne.ErrNotFound
	}
	paper, _, err := d.bytes("pdf")
	if err != nil {
		return err
	}
	v.leaves(d.kind, string(d.edition), string(d.lang), "zip")
	attach(w, d.fileName("zip"), "zip")
	out := bundle.Dossier{Name: d.fileName("pdf"), Paper: paper, Open: d.app.original(d.Context()), Audit: d.entry.Code(), Head: d.head.String()}
	for _, o := range d.bundle.Originals {
		out.Originals = append(out.Originals, bundle.Original{Path: o.Path, SHA256: o.SHA256})
	}
	if err := out.Write(w); err != nil {
		return fmt.Errorf("web: send originals: %w", err)
	}
	return nil
}

// original opens originals by their SHA-256; honne.ErrNotFound for one that is lost.
func (a *app) original(ctx context.Context) func(string) (io.ReadCloser, error) {
	return func(sum string) (io.ReadCloser, error) {
		f, _, err := a.Vault.Open(ctx, sum)
		if err != nil {
			return nil, err
		}
		return f, nil
	}
}
