package web

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"

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

// dossierKind is the form of a dossier with its originals.
func dossierKind() bundle.Kind { return bundle.Kind{Format: "honne-dossier", Version: 1} }

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
	out := bundle.NewWriter(w)
	part, err := out.Part(d.fileName("pdf"))
	if err == nil {
		_, err = part.Write(paper)
	}
	missing := []string{} // the manifest says so when nothing is
	for i, o := range d.bundle.Originals {
		kept := true
		if err == nil {
			kept, err = d.original(out, originalName(i+1, o.Path), o.SHA256)
		}
		if !kept {
			missing = append(missing, originalName(i+1, o.Path))
		}
	}
	if err != nil {
		return fmt.Errorf("web: send originals: %w", err)
	}
	return out.Close(dossierKind(), map[string]any{"audit": d.entry.Code(), "head": d.head.String(), "missing": missing})
}

// originalName is the number in the annex and the name as it came; one inside an
// archive bears the names of both.
func originalName(n int, path string) string {
	return fmt.Sprintf("originals/%03d %s", n, strings.Map(func(r rune) rune {
		if r < ' ' || strings.ContainsRune(`/\:*?"<>|`, r) {
			return '_'
		}
		return r
	}, path))
}

// original writes the bytes as they came; kept is false where they are lost.
func (x *assessed) original(out *bundle.Writer, name, sum string) (kept bool, err error) {
	f, _, err := x.app.Vault.Open(x.Context(), sum)
	if err != nil {
		if errors.Is(err, honne.ErrNotFound) {
			err = nil
		}
		return false, err
	}
	defer f.Close()
	part, err := out.Part(name)
	if err == nil {
		_, err = io.Copy(part, f)
	}
	return true, err
}
