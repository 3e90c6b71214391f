package bundle

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"honne"
)

// Original is a file as it came: its path there, and its SHA-256.
type Original struct{ Path, SHA256 string }

// Dossier is a paper with the originals that its annex names, in the annex's order.
type Dossier struct {
	Name      string // of the paper, with its ending
	Paper     []byte
	Originals []Original
	Open      func(sum string) (io.ReadCloser, error) // honne.ErrNotFound where it is lost
	Audit     string                                  // its code
	Head      string                                  // of the history, number:hash
}

// DossierKind is the form of a dossier with its originals.
func DossierKind() Kind { return Kind{Format: "honne-dossier", Version: 1} }

// Write writes the dossier as one file: the originals byte for byte as they came,
// each under its number in the annex, and a manifest with the SHA-256 of every part,
// which names those that are lost, or says that none is.
func (d Dossier) Write(w io.Writer) error {
	out := NewWriter(w)
	part, err := out.Part(d.Name)
	if err == nil {
		_, err = part.Write(d.Paper)
	}
	missing := []string{} // the manifest says so when nothing is
	for i, o := range d.Originals {
		if err != nil {
			break
		}
		var kept bool
		name := originalName(i+1, o.Path)
		if kept, err = out.Original(name, o.SHA256, d.Open); err == nil && !kept {
			missing = append(missing, name)
		}
	}
	if err != nil {
		return fmt.Errorf("bundle: write dossier: %w", err)
	}
	return out.Close(DossierKind(), map[string]any{"audit": d.Audit, "head": d.Head, "missing": missing})
}

// Original writes the bytes of an original as they came into a part; kept is false,
// and there is no part, where they are lost.
func (w *Writer) Original(name, sum string, open func(string) (io.ReadCloser, error)) (kept bool, err error) {
	f, err := open(sum)
	if errors.Is(err, honne.ErrNotFound) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	defer f.Close()
	part, err := w.Part(name)
	if err == nil {
		_, err = io.Copy(part, f)
	}
	return true, err
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
