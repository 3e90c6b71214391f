package web

import (
	"fmt"
	"net/http"
	"slices"
	"strings"

	"honne"
	"honne/internal/audit"
	"honne/internal/store"
	"honne/internal/vault"
)

// postRelease makes what may be shown of the voices, once the lead has opened the
// audit's key. The answer is the same whether anything may be shown or not.
func (a *app) postRelease(w http.ResponseWriter, v *visit, x *assessed) error {
	open, _, err := x.opened(auditKey)
	if err != nil {
		return err
	}
	if open == nil { // locked, or not the visitor's
		return v.redirect(w, x.at("/interviews"))
	}
	if err := x.release(open); err != nil {
		return fmt.Errorf("web: release: %w", err)
	}
	return v.redirect(w, x.at("/interviews")+"?done=released")
}

// release reads what was sealed, and keeps what the rule allows. All readings are
// sealed anew, so that nobody sees which of them counted.
func (x *assessed) release(open *vault.Opener) error {
	rows, err := x.app.Store.Voices(x.Context(), x.entry.Number)
	if err != nil {
		return err
	}
	voices := make([]audit.Voice, len(rows))
	for i, r := range rows {
		if voices[i], err = heard(open, r.Readings); err != nil {
			return err
		}
	}
	shown := audit.Release(x.entry.Number, voices, x.least(), x.assessment.Released)
	again := make([]store.Resealed, len(rows))
	for i, voice := range audit.Counted(voices, x.least()) {
		again[i] = store.Resealed{Voice: rows[i].ID, From: rows[i].Readings}
		if again[i].To, err = sealed(voice, open.Recipient()); err != nil {
			return err
		}
	}
	entries, err := x.releasedEntries(func(e *honne.Released) bool {
		i := slices.IndexFunc(shown, func(r honne.Released) bool { return r.Dimension == e.Dimension && r.Pool == e.Pool })
		if i < 0 || shown[i].Median == e.Median {
			return false
		}
		e.Median = shown[i].Median
		return true
	}, shown)
	if err != nil {
		return err
	}
	return x.app.Store.Release(x.Context(), x.entry.Number, entries, again)
}

// heard opens the readings of a voice. Readings that were changed since the last
// release stand behind those that it read, and are what stands: only the first
// say whether the voice counted, and a change must not make it new.
func heard(open *vault.Opener, text string) (audit.Voice, error) {
	first, changed, _ := strings.Cut(text, "\n")
	was, err := unseal[audit.Voice](open, first)
	if err != nil || changed == "" {
		return was, err
	}
	now, err := unseal[audit.Voice](open, changed)
	now.Released, now.Counted = was.Released, was.Counted
	return now, err
}

// releasedEntries are the entries that change, and those of shown that are not
// there yet.
func (x *assessed) releasedEntries(change func(*honne.Released) bool, shown []honne.Released) (out []honne.Entry[honne.Released], err error) {
	list, err := store.Entries[honne.Released](x.Context(), x.app.Store, x.distributor.ID)
	if err != nil {
		return nil, err
	}
	have := map[string]bool{}
	for _, e := range list {
		if e.Body.Audit != x.entry.Number {
			continue
		}
		have[e.Body.Pool+e.Body.Dimension] = true
		if change(&e.Body) {
			e.By = x.user.ID
			out = append(out, e)
		}
	}
	for _, r := range shown {
		if !have[r.Pool+r.Dimension] {
			out = append(out, honne.Entry[honne.Released]{Distributor: x.distributor.ID, Body: r, By: x.user.ID})
		}
	}
	return out, nil
}

// postThemes keeps what the auditor heard from two people or more, beside a
// number that is shown already.
func (a *app) postThemes(w http.ResponseWriter, v *visit, x *assessed) error {
	if !x.leads() {
		return honne.ErrNotFound
	}
	f := v.fields()
	if f.text("two") == "" {
		f.fail("two", v.t("interviews.bad.two"))
		return x.interviewsPage(w, http.StatusUnprocessableEntity, f)
	}
	entries, err := x.releasedEntries(func(e *honne.Released) bool {
		themes := lines(f.text("themes-" + e.Pool + "-" + short(e.Dimension)))
		if slices.Equal(themes, e.Themes) {
			return false
		}
		e.Themes = themes
		return true
	}, nil)
	if err == nil {
		err = a.Store.Release(v.Context(), x.entry.Number, entries, nil)
	}
	if err != nil {
		return fmt.Errorf("web: keep themes: %w", err)
	}
	return v.redirect(w, x.at("/interviews")+"?done=themes")
}

// lines are the lines of a text that say something.
func lines(s string) (out []string) {
	for l := range strings.Lines(s) {
		if l = strings.TrimSpace(l); l != "" {
			out = append(out, l)
		}
	}
	return out
}

// consentPage is what an interviewer says or hands over first, in both languages,
// and the questions to take along.
type consentPage struct {
	Frame
	Heading, Back string
	Lacks         string // why nobody may be asked yet; then there is no text
	Edit          string // where that is mended; "" for who may not
	Texts         []ConsentText
	Scale         []honne.Both
	Sheets        []QuestionSheet
}

// QuestionSheet are the questions of a talk, off the record or on it, with room to
// write.
type QuestionSheet struct {
	ID, Title string
	Rows      []PromptRow
}

// ConsentText is the consent in one language.
type ConsentText struct {
	Lang, Title string
	Points      []Titled
}

// Titled is a text with its heading.
type Titled struct{ Title, Text string }

func (a *app) showConsent(w http.ResponseWriter, v *visit, x *assessed) error {
	page := consentPage{Frame: x.frame(v.t("consent.title")), Heading: v.t("consent.title"), Back: x.at("/interviews"), Scale: a.Playbook.Audit.Scale}
	page.Crumbs = append(page.Crumbs, Choice{Href: page.Back, Label: v.t("interviews.title")}, Choice{Label: page.Heading})
	if p := x.entry.Body.Purpose; p.EN == "" || p.JA == "" {
		if page.Lacks = v.t("lacks.purpose"); x.mends() {
			page.Edit = x.at("/edit")
		}
		return v.show(w, http.StatusOK, "consent", page)
	}
	page.Internal = false // it is handed over
	for _, record := range []string{"off", "on"} {
		page.Sheets = append(page.Sheets, QuestionSheet{record, v.t("consent.questions." + record), x.prompts(record, nil)})
	}
	for _, l := range consentLanguages {
		page.Texts = append(page.Texts, x.consent(l))
	}
	return v.show(w, http.StatusOK, "consent", page)
}
