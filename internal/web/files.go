package web

import (
	"fmt"
	"net/http"
	"slices"

	"honne"
)

// FileRow is a file in a list.
type FileRow struct {
	Name, Href, Partner, PartnerHref string
	Received, Size                   string
	Lines, Problems                  int
	State                            Tag
}

type filesPage struct {
	Frame
	Head
	Rows  []FileRow
	Rules string
}

func (a *app) showFiles(w http.ResponseWriter, v *visit, d honne.Distributor) error {
	files, err := a.Store.Files(v.Context(), d.ID)
	if err != nil {
		return fmt.Errorf("web: list files: %w", err)
	}
	page := filesPage{Frame: v.frameOf(d, v.t("tab.files")), Head: v.head(d, "files"), Rules: base(d) + "/rules"}
	for _, f := range slices.Backward(files) {
		row := v.fileRow(d, f)
		row.Partner = "" // the page is the partner's own
		page.Rows = append(page.Rows, row)
	}
	return v.show(w, http.StatusOK, "files", page)
}

func (v *visit) fileRow(d honne.Distributor, f honne.StoredFile) FileRow {
	return FileRow{Name: f.Path, Href: fileLink(f.ID), Partner: v.name(d), PartnerHref: base(d),
		Received: v.knownSince(f.Receipt), Size: v.lang.Bytes(f.Size), Lines: f.Lines, Problems: f.Problems, State: v.stands(f)}
}
