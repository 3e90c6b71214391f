package web

import (
	"errors"
	"fmt"
	"maps"
	"net/http"
	"path"
	"regexp"
	"slices"
	"strings"

	"honne"
	"honne/internal/auth"
	"honne/internal/japan"
)

// rulesPage shows what is remembered of a partner's files; each line can be
// forgotten.
type rulesPage struct {
	Frame
	Head
	Columns, Forms []RuleRow
	Writes         bool
}

// RuleRow is one thing that is remembered; a layout has headers, and the file in which it
// was accepted last.
type RuleRow struct {
	Key, What, Means string
	Headers, Files   string
	Last             Linked
}

func (a *app) showRules(w http.ResponseWriter, v *visit, d honne.Distributor) error {
	m, err := a.Store.Memory(v.Context(), d.ID)
	if err != nil {
		return fmt.Errorf("web: read memory: %w", err)
	}
	page := rulesPage{Frame: v.frameOf(d, v.t("rules.title"), Choice{Label: v.t("rules.title")}), Head: v.head(d, "files"), Writes: v.may(auth.Write, auth.Figures)}
	for _, header := range slices.Sorted(maps.Keys(m.Columns)) {
		page.Columns = append(page.Columns, RuleRow{Key: header, What: header, Means: v.t("meaning." + string(m.Columns[header]))})
	}
	for _, id := range slices.Sorted(maps.Keys(m.Forms)) {
		row := RuleRow{Key: id, What: v.t("rules.form-new"), Means: v.formSaid(m.Forms[id])}
		if err := v.nameForm(d, &row, m.Forms[id].Files); err != nil {
			return err
		}
		page.Forms = append(page.Forms, row)
	}
	return v.show(w, http.StatusOK, "rules", page)
}

// nameForm calls a form by what it is in the last of some files in which it was accepted;
// one of which no file was accepted keeps its name.
func (v *visit) nameForm(d honne.Distributor, row *RuleRow, files int) error {
	file, err := v.app.Store.FormFile(v.Context(), d.ID, row.Key)
	if errors.Is(err, honne.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	f, err := v.app.Store.File(v.Context(), file)
	r, err2 := v.app.Store.Reading(v.Context(), file)
	if err := errors.Join(err, err2); err != nil {
		return fmt.Errorf("web: name a layout: %w", err)
	}
	row.Last, row.Files = Linked{path.Base(f.Path), fileLink(file)}, v.t("rules.files", honne.Count("n", files))
	if i := slices.IndexFunc(r.Tables, func(t honne.Table) bool { return t.Form == row.Key }); i >= 0 {
		row.What, row.Headers = v.formName(r, i), v.headersOf(r.Tables[i])
	}
	return nil
}

// formName is what a table of a reading is: the kinds of figures that it gives, and its
// sheet, or its title, where that is of no month and states no unit or the like.
func (v *visit) formName(r honne.Reading, table int) string {
	var kinds []string
	for _, p := range r.Parts {
		if name := v.t("series." + string(p.Series)); slices.Contains(p.Tables, table) && !slices.Contains(kinds, name) {
			kinds = append(kinds, name)
		}
	}
	t := r.Tables[table]
	if len(kinds) == 0 {
		kinds = []string{v.kindOf(t)}
	}
	name := strings.Join(kinds, v.t("list.comma"))
	for _, s := range append([]string{t.Sheet}, t.Title...) {
		if _, dated := japan.FindPeriod(s); s != "" && !dated && !strings.ContainsAny(s, ":：") && !plainSheet.MatchString(s) {
			return name + v.t("comma") + s
		}
	}
	return name
}

// plainSheet is a sheet that nobody named.
var plainSheet = regexp.MustCompile(`(?i)^(sheet|シート)\s*\d*$`)

// kindOf names what a table holds.
func (v *visit) kindOf(t honne.Table) string {
	switch {
	case t.Kind != "":
		return v.t("series." + string(t.Kind))
	case t.Topic != "":
		return title(v.t("topic." + string(t.Topic)))
	}
	return v.t("fact.kind.none")
}

// headersShown is how many headers of a layout are named.
const headersShown = 6

// headersOf are the first headers of a table; months across are named once.
func (v *visit) headersOf(t honne.Table) string {
	var out []string
	for _, c := range t.Columns {
		if _, dated := japan.FindPeriod(c.Header); dated || !c.Period.IsZero() { // the month is not of the layout
			c.Header = v.t("rules.by-month", honne.Word("what", "meaning."+string(c.Meaning)))
		}
		if c.Header != "" && !slices.Contains(out, c.Header) {
			out = append(out, c.Header)
		}
	}
	if len(out) > headersShown {
		out = append(out[:headersShown], "…")
	}
	return strings.Join(out, " · ")
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
