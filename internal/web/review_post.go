package web

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"honne"
	"honne/internal/japan"
)

// postColumns keeps what a person said the columns mean, for this file and the
// partner's later ones, and reads the file again.
func (a *app) postColumns(w http.ResponseWriter, v *visit) error {
	f, d, err := v.file()
	if err != nil {
		return err
	}
	if f.State == honne.FileAccepted || f.State == honne.FileUndone {
		return honne.ErrConflict
	}
	r, err := a.Store.Reading(v.Context(), f.ID)
	if err != nil {
		return fmt.Errorf("web: read reading: %w", err)
	}
	if err := v.ParseForm(); err != nil {
		return &honne.Invalid{Field: "columns", What: honne.Say("intake.no-form")}
	}
	said, err := meanings(r, v.PostForm)
	if err != nil {
		return err
	}
	if err := a.Store.SaveColumns(v.Context(), d.ID, said); err != nil {
		return fmt.Errorf("web: save columns: %w", err)
	}
	if err := a.Reread(v.Context(), f.ID); err != nil {
		return fmt.Errorf("web: read file again: %w", err)
	}
	return v.redirect(w, "/intake/"+v.PathValue("n"))
}

// meanings reads the selects: one for each header of the file.
func meanings(r honne.Reading, form url.Values) (map[string]honne.Meaning, error) {
	out := map[string]honne.Meaning{}
	all := honne.Meanings()
	for _, t := range r.Tables {
		for _, c := range t.Columns {
			key := japan.Key(c.Header)
			said := honne.Meaning(form.Get("col." + key))
			if said == "" || key == "" {
				continue
			}
			if !slices.Contains(all, said) {
				return nil, &honne.Invalid{Field: "columns", What: honne.Say("intake.no-form")}
			}
			out[key] = said
		}
	}
	return out, nil
}

// postAccept accepts once; a second press finds it done. What was guessed must be
// confirmed, column by column.
func (a *app) postAccept(w http.ResponseWriter, v *visit) error {
	f, _, err := v.file()
	if err != nil {
		return err
	}
	here := "/intake/" + v.PathValue("n")
	if f.State == honne.FileAccepted {
		return v.redirect(w, here+"?done=accepted")
	}
	if seen := v.FormValue("seen"); f.State == honne.FileToResolve && seen != "1" {
		return v.redirect(w, here+"?done=look-first#check")
	}
	unsure, err := v.unsure(f.ID)
	if err != nil {
		return err
	}
	for _, c := range unsure {
		if !slices.Contains(v.Form["confirm"], c.key) {
			return v.redirect(w, here+"?done=confirm-columns#guesses")
		}
	}
	err = a.Accept(v.Context(), v.user.ID, f.ID)
	switch {
	case errors.Is(err, honne.ErrConflict):
		return honne.ErrConflict
	case err != nil:
		return fmt.Errorf("web: accept: %w", err)
	}
	return v.redirect(w, here+"?done=accepted")
}

// postUndo takes an acceptance back by a reversing version.
func (a *app) postUndo(w http.ResponseWriter, v *visit) error {
	f, _, err := v.file()
	if err != nil {
		return err
	}
	if f.State != honne.FileAccepted || v.now().Sub(f.Accepted) >= undoFor {
		return honne.ErrConflict
	}
	if err := a.Undo(v.Context(), v.user.ID, f.ID); err != nil {
		return fmt.Errorf("web: undo: %w", err)
	}
	return v.redirect(w, "/intake/"+v.PathValue("n")+"?done=undone")
}

// sendOriginal sends the bytes as they came, to be saved and never shown.
func (a *app) sendOriginal(w http.ResponseWriter, v *visit) error {
	f, _, err := v.file()
	if err != nil {
		return err
	}
	o, size, err := a.Vault.Open(v.Context(), f.SHA256)
	if err != nil {
		return fmt.Errorf("web: open original: %w", err)
	}
	defer o.Close()
	name := f.Path[strings.LastIndexByte(f.Path, '/')+1:]
	w.Header().Set("Content-Type", "application/octet-stream")
	w.Header().Set("Content-Disposition", "attachment; filename*=UTF-8''"+url.PathEscape(name))
	http.ServeContent(w, v.Request, "", f.Loaded, io.NewSectionReader(o, 0, size))
	return nil
}
