package web

import (
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"

	"honne"
	"honne/internal/inspect"
	"honne/internal/playbook"
	"honne/internal/store"
)

// trialLength is how long the files of a playbook that is tried may be together, in
// bytes.
const trialLength = 4 << 20

// playbookTrialPage tries a changed playbook on what was known of one partner.
type playbookTrialPage struct {
	Frame
	Errors  []Problem
	Heading string
	Bad     string // what is wrong with the files
	Message string // "" before a trial
	Rows    []TriedRow
}

// TriedRow is a level that the changed playbook gives otherwise on a day.
type TriedRow struct {
	Day, Href, What string
	Was, Would      string
}

func (a *app) showPlaybookTrial(w http.ResponseWriter, v *visit, d honne.Distributor) error {
	return v.playbookTrial(w, http.StatusOK, v.fields(), d, nil)
}

// postPlaybookTrial tries the files; nothing of them or of what they say is kept.
func (a *app) postPlaybookTrial(w http.ResponseWriter, v *visit, d honne.Distributor) error {
	v.Body, v.tried = http.MaxBytesReader(w, v.Body, trialLength), true
	f := v.fields()
	files, err := v.changedFiles()
	if err != nil {
		return err
	}
	if len(files) == 0 {
		f.fail("files", v.t("trial.bad.none"))
		return v.playbookTrial(w, http.StatusUnprocessableEntity, f, d, nil)
	}
	book, err := a.Works.TryBook(files)
	var bad *honne.Invalid
	if errors.As(err, &bad) {
		f.invalid(err)
		return v.playbookTrial(w, http.StatusUnprocessableEntity, f, d, nil)
	}
	if err != nil {
		return err
	}
	return v.playbookTrial(w, http.StatusOK, f, d, book)
}

// changedFiles are the files of the form by their names; MaxBytesError where they
// are too long.
func (v *visit) changedFiles() (map[string][]byte, error) {
	out := map[string][]byte{}
	if err := v.ParseMultipartForm(trialLength); err != nil && !errors.Is(err, http.ErrNotMultipart) {
		return nil, err
	}
	if v.MultipartForm == nil {
		return out, nil
	}
	for _, h := range v.MultipartForm.File["files"] {
		data, err := readPart(h)
		if err != nil {
			return nil, fmt.Errorf("web: read a file to try: %w", err)
		}
		if h.Filename != "" {
			out[h.Filename] = data
		}
	}
	return out, nil
}

func readPart(h *multipart.FileHeader) ([]byte, error) {
	in, err := h.Open()
	if err != nil {
		return nil, err
	}
	defer in.Close()
	return io.ReadAll(in)
}

// playbookTrial shows the form, and what a playbook would have said otherwise.
func (v *visit) playbookTrial(w http.ResponseWriter, status int, f *fields, d honne.Distributor, book *playbook.Playbook) error {
	page := playbookTrialPage{Frame: v.frame("portfolio", v.t("trial.title")+v.t("comma")+v.name(d)), Heading: v.t("trial.title"), Errors: f.list(), Bad: f.errors["files"]}
	page.Sample = d.Sample
	page.Crumbs = append(v.thresholdCrumbs(d), Choice{Label: v.t("trial.title")})
	if book != nil {
		if err := v.tryPast(&page, d, book); err != nil {
			return err
		}
	}
	return v.show(w, status, "playbook-trial", page)
}

// tryPast judges the partner as it was known at the ends of the last quarters, and on
// the page's day, by the playbook in force and by the one that is tried.
func (v *visit) tryPast(page *playbookTrialPage, d honne.Distributor, book *playbook.Playbook) error {
	now, err := v.book()
	if err != nil {
		return err
	}
	on, err := v.dayAt(d)
	if err != nil {
		return err
	}
	own, err := store.Entries[honne.OwnExcuse](v.Context(), v.app.Store, 0)
	if err != nil {
		return fmt.Errorf("web: read the house's own reasons: %w", err)
	}
	tried, looked, other := book.With(own), 0, 0
	for _, day := range inspect.TrialDays(d.Profile.FiscalStart(), on) {
		rec, err := v.app.Store.Record(v.Context(), d.ID, honne.AsOf{Known: day})
		if err != nil {
			return fmt.Errorf("web: try a playbook: %w", err)
		}
		if rec.Files == 0 { // nothing was known yet
			continue
		}
		v.withhold(&rec)
		looked++
		list := inspect.Differences(inspect.Picture(rec, now), inspect.Picture(rec, tried))
		other += btoi(len(list) > 0)
		for _, x := range list {
			page.Rows = append(page.Rows, TriedRow{v.lang.Date(day), v.link(base(d)+"/signals", "asof", day.String()), v.t(x.Of), v.t(x.Word(x.Was)), v.t(x.Word(x.Would))})
		}
	}
	page.Message = v.t("trial.tried", honne.Text("tried", book.String()), honne.Text("now", now.String()), honne.Count("other", other), honne.Count("n", looked))
	return nil
}
