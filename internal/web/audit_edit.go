package web

import (
	"cmp"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"honne"
	"honne/internal/audit"
	"honne/internal/report"
	"honne/internal/store"
)

// mends reports whether the visitor may change what the audit says of itself:
// whoever may open one, and its lead, until it is closed.
func (x *assessed) mends() bool {
	return x.entry.Body.Closed == 0 && (x.mayStart() || x.user.ID == x.entry.Body.Lead)
}

// free reports whether what the audit looks at and may know can still change:
// ratings rest on it.
func (x *assessed) free() bool { return len(x.assessment.Ratings) == 0 }

// mending is the audit of the address, for who may change it.
func (v *visit) mending() (*assessed, error) {
	x, err := v.audit()
	if err == nil && !x.mends() {
		err = honne.ErrNotFound
	}
	return x, err
}

func (a *app) showEditAudit(w http.ResponseWriter, v *visit) error {
	x, err := v.mending()
	if err != nil {
		return err
	}
	return x.editPage(w, http.StatusOK, v.fields(), x.entry)
}

func (x *assessed) editPage(w http.ResponseWriter, status int, f *fields, e honne.Entry[honne.Audit]) error {
	page, err := x.auditForm(f, e.Body)
	if err != nil {
		return err
	}
	page.Heading, page.Submit, page.Cancel = x.t("audit.edit"), x.t("audit.edit.save"), x.at("")
	page.Frame, page.Version, page.Free = x.frame(page.Heading), e.N, x.free()
	page.Crumbs = append(page.Crumbs, Choice{Label: page.Heading})
	page.Fixed, page.FixedWhy = []Detail{{Name: x.t("col.partner"), Value: x.name(x.distributor)}}, x.t("audit.fixed.partner")
	if !page.Free {
		page.Fixed, page.FixedWhy = append(page.Fixed, x.frozenWords(x.entry.Body)...), x.t("audit.fixed.rated")
	}
	if page.History, err = x.auditVersions(); err != nil {
		return err
	}
	return x.show(w, status, "auditform", page)
}

// postEditAudit keeps what the form says as a new version. Where the freeze moves,
// it is frozen anew.
func (a *app) postEditAudit(w http.ResponseWriter, v *visit) error {
	x, err := v.mending()
	if err != nil {
		return err
	}
	f, e := v.fields(), x.entry
	if e.Body, err = v.auditFrom(f, e.Body, x.free()); err != nil {
		return err
	}
	if e.Body.Known != x.entry.Body.Known {
		e.Body.Recorded = v.now()
	}
	if e, err = keep(f, "audit-title", e); err != nil {
		return fmt.Errorf("web: keep audit: %w", err)
	}
	if len(f.order) > 0 {
		return x.editPage(w, http.StatusUnprocessableEntity, f, e)
	}
	if e.Body.Pack != x.entry.Body.Pack {
		if err := x.relist(e); err != nil {
			return err
		}
	}
	return v.redirect(w, x.at("")+"?done=profile")
}

// relist makes the evidence list that of another industry: its lines are added
// where they are new, and those of the old one are taken back where nobody noted
// anything. Lines of one's own stay.
func (x *assessed) relist(e honne.Entry[honne.Audit]) error {
	list, err := store.Entries[honne.EvidenceRequest](x.Context(), x.app.Store, x.distributor.ID)
	if err != nil {
		return fmt.Errorf("web: list of evidence: %w", err)
	}
	had, has, listed := x.listOf(x.entry.Body.Pack), x.listOf(e.Body.Pack), []honne.Both{}
	for _, r := range list {
		switch asked := (listLine{r.Body.Dimension, r.Body.What}); {
		case r.Body.Audit != e.Number:
		case r.N > 1 || has[asked] || !had[asked]:
			listed = append(listed, r.Body.What)
		default:
			r.Withdrawn, r.By = true, x.user.ID
			if _, err := store.Enter(x.Context(), x.app.Store, r); err != nil {
				return fmt.Errorf("web: list of evidence: %w", err)
			}
		}
	}
	return x.askForEvidence(e, listed...)
}

// listLine is a line of the list of an industry.
type listLine struct {
	dimension string
	what      honne.Both
}

// listOf is what the audits of an industry ask for.
func (v *visit) listOf(pack string) map[listLine]bool {
	out := map[listLine]bool{}
	for _, x := range honne.AllDimensions {
		d, ok := v.app.Playbook.Dimension(pack, x.Slug)
		if !ok || slices.Contains(v.notApplicable(pack), x.Slug) {
			continue
		}
		for _, r := range d.Requests {
			out[listLine{x.Slug, r.What}] = true
		}
	}
	return out
}

// frozenWords are what the audit looks at and may know.
func (v *visit) frozenWords(a honne.Audit) []Detail {
	pack := a.Pack
	for _, p := range v.app.Playbook.Audit.Packs {
		if p.Pack == a.Pack {
			pack = v.both(p.Title)
		}
	}
	return []Detail{{Name: v.t("form.audit-from"), Value: v.day(a.From)}, {Name: v.t("form.audit-to"), Value: v.day(a.To)}, {Name: v.t("form.audit-known"), Value: v.day(a.Known)},
		{Name: v.t("form.audit-scope"), Value: a.Scope}, {Name: v.t("form.pack"), Value: pack}}
}

// auditWords are all that the form asks of an audit, in words.
func (v *visit) auditWords(a honne.Audit) []Detail {
	word := func(prefix, s string) string {
		if s == "" {
			return ""
		}
		return v.t(prefix + s)
	}
	var team []string
	for _, id := range a.Team {
		team = append(team, v.userName(id))
	}
	years, bonus := "", ""
	if a.Auditor.Years != 0 {
		years = v.lang.Count(int64(a.Auditor.Years))
	}
	if a.Auditor.Bonus {
		bonus = "✓"
	}
	return append(v.frozenWords(a), Detail{Name: v.t("form.audit-title"), Value: a.Title}, Detail{Name: v.t("form.audit-due"), Value: v.day(a.Due)},
		Detail{Name: v.t("form.audit-cycle"), Value: v.lang.Count(int64(cmp.Or(a.Cycle, audit.Cycle)))},
		Detail{Name: v.t("form.auditor"), Value: a.Auditor.Name}, Detail{Name: v.t("form.auditor-kind"), Value: word("auditor.", string(a.Auditor.Kind))},
		Detail{Name: v.t("form.auditor-japanese"), Value: word("japanese.", string(a.Auditor.Japanese))}, Detail{Name: v.t("form.auditor-years"), Value: years},
		Detail{Name: v.t("form.auditor-conflicts"), Value: a.Auditor.Conflicts}, Detail{Name: v.t("form.auditor-declared"), Value: v.day(a.Auditor.Declared)},
		Detail{Name: v.t("form.auditor-bonus"), Value: bonus}, Detail{Name: v.t("form.audit-team"), Value: strings.Join(team, v.t("list.comma"))},
		Detail{Name: v.t("ahead.title"), Value: v.previews(a)},
		Detail{Name: v.t("form.purpose-ja"), Value: a.Purpose.JA}, Detail{Name: v.t("form.purpose-en"), Value: a.Purpose.EN})
}

// previews are those of an audit, in words.
func (v *visit) previews(a honne.Audit) string {
	var out []string
	for _, p := range a.Previews {
		parts := []string{v.say(report.Ahead(honne.Preview{Kind: p.Kind, On: p.On, With: p.With}, nil)), v.day(p.Meeting), p.Said}
		out = append(out, strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), v.t("list.comma")))
	}
	return strings.Join(out, " · ")
}

// changes says in words how what stands differs from what stood.
func (v *visit) changes(before, now []Detail) (out []string) {
	for i, d := range now {
		if was := before[i].Value; was != d.Value {
			out = append(out, v.t("history.becomes", honne.Text("field", d.Name), honne.Text("a", cmp.Or(was, "—")), honne.Text("b", cmp.Or(d.Value, "—"))))
		}
	}
	return out
}

// auditVersions tells how the audit was changed, the newest first. Versions that
// changed nothing of the form are left out and not counted: a hold of counsel is
// one, and exists for nobody else.
func (x *assessed) auditVersions() (out []EntryVersion, err error) {
	history, err := store.EntryHistory[honne.Audit](x.Context(), x.app.Store, x.entry.Number)
	if err != nil {
		return nil, fmt.Errorf("web: history of audit: %w", err)
	}
	wrote, err := x.authors(honne.EntryAudit, x.entry.Number)
	if err != nil {
		return nil, err
	}
	for i, e := range history {
		row := EntryVersion{N: len(out) + 1, Changes: []string{x.t("history.entered")}}
		if i > 0 {
			row.Changes = x.changes(x.auditWords(history[i-1].Body), x.auditWords(e.Body))
		}
		name, at := wrote(e.N, e.By, e.At)
		row.Who, row.At = name, x.lang.Instant(at)
		if len(row.Changes) > 0 {
			out = append(out, row)
		}
	}
	slices.Reverse(out)
	return out, nil
}
