package web

import (
	"errors"
	"fmt"
	"maps"
	"net/http"
	"path"
	"slices"

	"honne"
	"honne/internal/auth"
)

// rulesPage shows what is remembered of a partner's files; each line can be
// forgotten.
type rulesPage struct {
	Frame
	Head
	Columns, Forms []RuleRow
	Writes         bool
}

// RuleRow is one thing that is remembered.
type RuleRow struct {
	Key, What, Means string
}

func (a *app) showRules(w http.ResponseWriter, v *visit, d honne.Distributor) error {
	m, err := a.Store.Memory(v.Context(), d.ID)
	if err != nil {
		return fmt.Errorf("web: read memory: %w", err)
	}
	page := rulesPage{Frame: v.frameOf(d, v.t("rules.title"), Choice{Label: v.t("rules.title")}), Head: v.head(d, "files"), Writes: v.may(auth.Write, auth.Figures)}
	for _, header := range slices.Sorted(maps.Keys(m.Columns)) {
		page.Columns = append(page.Columns, RuleRow{header, header, v.t("meaning." + string(m.Columns[header]))})
	}
	for _, id := range slices.Sorted(maps.Keys(m.Forms)) {
		f := m.Forms[id]
		name, err := v.formName(d, id)
		if err != nil {
			return err
		}
		page.Forms = append(page.Forms, RuleRow{id, v.t("rules.form", honne.Text("id", name), honne.Count("n", f.Files)), v.formSaid(f)})
	}
	return v.show(w, http.StatusOK, "rules", page)
}

// formName calls a form by the last file and sheet in which it was accepted.
func (v *visit) formName(d honne.Distributor, id string) (string, error) {
	file, err := v.app.Store.FormFile(v.Context(), d.ID, id)
	if errors.Is(err, honne.ErrNotFound) {
		return v.t("rules.form-new"), nil
	}
	if err != nil {
		return "", err
	}
	f, err := v.app.Store.File(v.Context(), file)
	r, err2 := v.app.Store.Reading(v.Context(), file)
	if err := errors.Join(err, err2); err != nil {
		return "", fmt.Errorf("web: name a layout: %w", err)
	}
	name := path.Base(f.Path)
	if i := slices.IndexFunc(r.Tables, func(t honne.Table) bool { return t.Form == id }); i >= 0 && r.Tables[i].Sheet != "" {
		name += v.t("comma") + r.Tables[i].Sheet
	}
	return name, nil
}

// formSaid is what a person said of a form, in words.
func (v *visit) formSaid(f honne.Form) string {
	var says []string
	if f.Unused {
		says = append(says, v.t("place.unused"))
	}
	if f.Kind != "" {
		says = append(says, v.t("series."+string(f.Kind)))
	}
	if !f.Unit.IsZero() {
		says = append(says, v.unitName(f.Unit))
	}
	if f.Tax != "" {
		says = append(says, v.t("tax."+string(f.Tax)))
	}
	for _, code := range slices.Sorted(maps.Keys(f.Sorts)) {
		if f.Sorts[code] != "" {
			says = append(says, v.t("rules.sort", honne.Text("code", code), honne.Word("sort", "sort."+string(f.Sorts[code]))))
		}
	}
	if n := len(f.Left); n > 0 {
		says = append(says, v.t("rules.left", honne.Count("n", n)))
	}
	for _, name := range f.Pieces {
		says = append(says, v.t("rules.piece", honne.Text("piece", name)))
	}
	if len(says) == 0 {
		return v.t("place.as-found")
	}
	out := says[0]
	for _, s := range says[1:] {
		out += v.t("list.comma") + s
	}
	return out
}

// postRules forgets one thing.
func (a *app) postRules(w http.ResponseWriter, v *visit, d honne.Distributor) error {
	var err error
	switch key := v.FormValue("key"); v.FormValue("what") {
	case "column":
		err = a.Store.ForgetColumn(v.Context(), d.ID, key)
	case "form":
		err = a.Store.ForgetForm(v.Context(), d.ID, key)
	default:
		return &honne.Invalid{Field: "what", What: honne.Say("intake.no-form")}
	}
	if err != nil {
		return fmt.Errorf("web: forget: %w", err)
	}
	return v.redirect(w, base(d)+"/rules?done=forgotten")
}

// ruleList is a table of rules of one kind: column or form.
type ruleList struct {
	What   string
	Writes bool
	Rows   []RuleRow
}
