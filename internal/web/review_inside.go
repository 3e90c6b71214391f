package web

import (
	"fmt"
	"net/http"

	"honne"
)

// insidePage answers what a file holds that is no table but other files.
type insidePage struct {
	reviewPage
	Shut  []string
	Noted []string
	Rows  []FileRow
}

// showInside lists the files in a file, each with where it stands, those that could
// not be opened with the reason, and what else was noticed.
func (x *review) showInside(w http.ResponseWriter, page reviewPage) error {
	out := insidePage{reviewPage: page}
	for _, p := range x.reading.Problems {
		if p.Severity == honne.SevError {
			out.Shut = append(out.Shut, x.say(p.What))
			continue
		}
		out.Noted = append(out.Noted, x.say(p.What))
	}
	for _, id := range x.reading.Inside {
		f, err := x.app.Store.File(x.Context(), id)
		if err != nil {
			return fmt.Errorf("web: find file inside: %w", err)
		}
		out.Rows = append(out.Rows, x.fileRow(x.distributor, f))
		if f.State == honne.FileReading {
			out.Refresh = 2
		}
	}
	return x.show(w, http.StatusOK, "inside", out)
}
