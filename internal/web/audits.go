package web

import (
	"cmp"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"honne"
	"honne/internal/auth"
	"honne/internal/store"
)

// auditsPage lists the audits, those that are open first.
type auditsPage struct {
	Frame
	Rows  []AuditRow
	Start bool
	Add   bool // there is no partner yet, and the visitor may add one
	Named bool // the visitor audits, and is named in no audit yet
}

// AuditRow is an audit in a list.
type AuditRow struct {
	Code, Href, Title    string
	Partner, PartnerHref string
	Rated, Auditor, Due  string
	Known                string
	Open                 bool
}

// mayStart reports whether somebody may open an audit: who reviews a partner, or
// who audits.
func (v *visit) mayStart() bool {
	return v.may(auth.Write, auth.Reviews) || v.may(auth.Write, auth.Audits)
}

func (a *app) showAudits(w http.ResponseWriter, v *visit) error {
	page := auditsPage{Frame: v.frame("audits", v.t("nav.audits")), Start: v.mayStart()}
	list, err := v.distributors()
	if err != nil {
		return err
	}
	page.Named = len(list) == 0 && auth.Role(v.user.Role) == auth.Auditor
	page.Add = len(list) == 0 && v.may(auth.Write, auth.Overview)
	page.Start = page.Start && len(list) > 0 // without a partner that exists for the visitor there is none to choose
	for _, d := range list {
		audits, err := a.Store.Assessments(v.Context(), d.ID)
		if err != nil {
			return fmt.Errorf("web: list audits: %w", err)
		}
		page.Sample = page.Sample || d.Sample && len(audits) > 0
		page.Mixed = page.Mixed || !d.Sample && len(audits) > 0
		for _, x := range audits {
			page.Rows = append(page.Rows, v.auditRow(d, x))
		}
	}
	slices.SortStableFunc(page.Rows, func(x, y AuditRow) int {
		return cmp.Or(cmp.Compare(btoi(y.Open), btoi(x.Open)), strings.Compare(y.Code, x.Code))
	})
	return v.show(w, http.StatusOK, "audits", page)
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

func (v *visit) auditRow(d honne.Distributor, x honne.Assessment) AuditRow {
	code := honne.EntryCode(honne.EntryAudit, x.Number)
	return AuditRow{Code: code, Href: "/audits/" + code, Title: x.Audit.Title, Partner: v.name(d), PartnerHref: base(d),
		Rated:   v.t("audit.rated", honne.Count("n", len(x.Ratings)), honne.Count("m", len(honne.AllDimensions))),
		Auditor: x.Audit.Auditor.Name, Due: v.day(x.Audit.Due), Known: v.day(x.Audit.Known), Open: x.Audit.Closed == 0}
}

// day writes a day, "" for none.
func (v *visit) day(d honne.Date) string {
	if d == 0 {
		return ""
	}
	return v.lang.Date(d)
}

func (a *app) postNewAudit(w http.ResponseWriter, v *visit) error {
	if !v.mayStart() {
		return honne.ErrNotFound
	}
	f := v.fields()
	d, err := v.namedPartner(f)
	if err != nil {
		return err
	}
	body, err := v.auditFrom(f, honne.Audit{Lead: v.user.ID}, true)
	if err != nil {
		return err
	}
	if len(f.order) > 0 {
		return v.newAudit(w, http.StatusUnprocessableEntity, f)
	}
	body.Recorded = v.now()
	e, err := store.Enter(v.Context(), a.Store, honne.Entry[honne.Audit]{Distributor: d.ID, Body: body, By: v.user.ID})
	if err != nil {
		return fmt.Errorf("web: open audit: %w", err)
	}
	if err := v.askForEvidence(e); err != nil {
		return err
	}
	return v.redirect(w, "/audits/"+e.Code())
}

// namedPartner is the partner that a form names.
func (v *visit) namedPartner(f *fields) (honne.Distributor, error) {
	list, err := v.distributors()
	if err != nil {
		return honne.Distributor{}, err
	}
	i := slices.IndexFunc(list, func(d honne.Distributor) bool { return d.Slug == f.text("distributor") })
	if i < 0 {
		f.fail("distributor", v.t("form.required", honne.Word("field", "form.distributor")))
		return honne.Distributor{}, nil
	}
	return list[i], nil
}

// askForEvidence writes the lines of the evidence list for what applies in the
// pack and is not listed yet; the partner's edition is made of them.
func (v *visit) askForEvidence(e honne.Entry[honne.Audit], listed ...honne.Both) error {
	not := v.notApplicable(e.Body.Pack)
	for _, x := range honne.AllDimensions {
		d, ok := v.app.Playbook.Dimension(e.Body.Pack, x.Slug)
		if !ok || slices.Contains(not, x.Slug) {
			continue
		}
		for _, r := range d.Requests {
			if slices.Contains(listed, r.What) {
				continue
			}
			_, err := store.Enter(v.Context(), v.app.Store, honne.Entry[honne.EvidenceRequest]{Distributor: e.Distributor, By: v.user.ID,
				Body: honne.EvidenceRequest{Audit: e.Number, Dimension: d.Dimension, What: r.What, Level: r.Level, Format: r.Format}})
			if err != nil {
				return fmt.Errorf("web: list of evidence: %w", err)
			}
		}
	}
	return nil
}

// notApplicable are the dimensions that an industry does not have.
func (v *visit) notApplicable(pack string) []string {
	for _, p := range v.app.Playbook.Audit.Packs {
		if p.Pack == pack {
			return p.NotApplicable
		}
	}
	return nil
}

// both says a text of the playbook in the visitor's language.
func (v *visit) both(b honne.Both) string { return in(v.lang, b) }
