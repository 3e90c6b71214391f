package web

import (
	"fmt"
	"net/http"

	"honne"
)

// insidePage answers what a file holds that is no table but other files.
type insidePage struct {
	reviewPage
	Rows []FileRow
}

// showInside lists the files in a file, each with where it stands, and those
// that could not be opened with the reason.
func (v *visit) showInside(w http.ResponseWriter, page reviewPage, d honne.Distributor, r honne.Reading) error {
	out := insidePage{reviewPage: page}
	out.Problems, out.Open = v.problems(r)
	for _, id := range r.Inside {
		f, err := v.app.Store.File(v.Context(), id)
		if err != nil {
			return fmt.Errorf("web: find file inside: %w", err)
		}
		out.Rows = append(out.Rows, v.fileRow(d, f))
		if f.State == honne.FileReading {
			out.Refresh = 2
		}
	}
	return v.show(w, http.StatusOK, "inside", out)
}
