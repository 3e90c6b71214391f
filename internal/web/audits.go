package web

import (
	"cmp"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"honne"
	"honne/internal/auth"
	"honne/internal/lang"
	"honne/internal/store"
)

// auditsPage lists the audits, those that are open first.
type auditsPage struct {
	Frame
	Rows  []AuditRow
	Start bool
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
	for _, d := range list {
		audits, err := a.Store.Assessments(v.Context(), d.ID)
		if err != nil {
			return fmt.Errorf("web: list audits: %w", err)
		}
		page.Sample = page.Sample || d.Sample && len(audits) > 0
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

// auditForm opens an audit.
type auditForm struct {
	Frame
	Errors                            []Problem
	Partners, Packs, Kinds, Levels    []Choice
	Team                              []Choice
	Name, Scope, From, To, Known, Due Input
	Auditor, Years, Conflicts         Input
	PurposeEN, PurposeJA              Input
	Bonus, Declared                   bool
}

func (a *app) showNewAudit(w http.ResponseWriter, v *visit) error {
	if !v.mayStart() {
		return honne.ErrNotFound
	}
	return v.newAudit(w, http.StatusOK, v.fields())
}

func (v *visit) newAudit(w http.ResponseWriter, status int, f *fields) error {
	page := auditForm{Frame: v.frame("audits", v.t("audit.new")), Errors: f.list()}
	page.Crumbs = []Choice{{Href: "/audits", Label: v.t("nav.audits")}, {Label: v.t("audit.new")}}
	list, err := v.distributors()
	if err != nil {
		return err
	}
	chosen := cmp.Or(f.text("distributor"), v.URL.Query().Get("distributor"))
	for _, d := range list {
		page.Partners = append(page.Partners, Choice{Href: d.Slug, Label: v.name(d), Current: d.Slug == chosen})
	}
	for _, p := range v.app.Playbook.Audit.Packs {
		page.Packs = append(page.Packs, Choice{Href: p.Pack, Label: v.both(p.Title), Current: p.Pack == f.text("pack")})
	}
	for _, k := range honne.AllAuditorKinds {
		page.Kinds = append(page.Kinds, Choice{Href: string(k), Label: v.t("auditor." + string(k)), Current: string(k) == f.text("kind")})
	}
	for _, l := range honne.AllLanguageLevels {
		page.Levels = append(page.Levels, Choice{Href: string(l), Label: v.t("japanese." + string(l)), Current: string(l) == f.text("japanese")})
	}
	if page.Team, err = v.auditors(); err != nil {
		return err
	}
	now := honne.DateOf(v.now())
	page.Name = f.input("audit-title", "", cmp.Or(f.text("audit-title"), v.t("audit.title.usual", honne.Text("year", strconv.Itoa(fiscalYear(now)))))).must()
	page.Scope = f.input("audit-scope", "", f.text("audit-scope"))
	page.From = f.input("audit-from", "date", cmp.Or(f.text("audit-from"), (now.Month()-12).First().String())).must()
	page.To = f.input("audit-to", "date", cmp.Or(f.text("audit-to"), (now.Month()-1).Last().String())).must()
	page.Known = f.input("audit-known", "date", cmp.Or(f.text("audit-known"), now.String())).must()
	page.Due = f.input("audit-due", "date", f.text("audit-due"))
	page.Auditor = f.input("auditor", "", cmp.Or(f.text("auditor"), v.user.Name)).must()
	page.Years = f.input("auditor-years", "number", f.text("auditor-years"))
	page.Conflicts = f.input("auditor-conflicts", "", f.text("auditor-conflicts"))
	page.PurposeEN = f.input("purpose-en", "", cmp.Or(f.text("purpose-en"), v.app.Languages.Text(lang.EN, "audit.purpose.usual"))).must().speaks("en")
	page.PurposeJA = f.input("purpose-ja", "", cmp.Or(f.text("purpose-ja"), v.app.Languages.Text(lang.JA, "audit.purpose.usual"))).must().speaks("ja")
	page.Bonus, page.Declared = f.text("bonus") != "", f.text("declared") != ""
	return v.show(w, status, "auditform", page)
}

// auditors are the people who can be on the team.
func (v *visit) auditors() (out []Choice, err error) {
	users, err := v.app.Store.Users(v.Context())
	if err != nil {
		return nil, fmt.Errorf("web: list accounts: %w", err)
	}
	for _, u := range users {
		if auth.Role(u.Role) == auth.Auditor && !u.Disabled {
			id := strconv.FormatInt(int64(u.ID), 10)
			out = append(out, Choice{Href: id, Label: u.Name, Current: slices.Contains(v.Form["team"], id)})
		}
	}
	return out, nil
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
	body := v.auditFrom(f)
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

func (v *visit) auditFrom(f *fields) honne.Audit {
	x := honne.Audit{Title: f.required("audit-title"), Scope: f.text("audit-scope"), From: f.day("audit-from"), To: f.day("audit-to"),
		Known: f.day("audit-known"), Due: f.day("audit-due"), Pack: f.text("pack"), Lead: v.user.ID,
		Purpose: honne.Both{EN: f.required("purpose-en"), JA: f.required("purpose-ja")}}
	x.Auditor = honne.Auditor{Name: f.required("auditor"), Kind: honne.AuditorKind(f.text("kind")), Japanese: honne.LanguageLevel(f.text("japanese")),
		Conflicts: f.text("auditor-conflicts"), Bonus: f.text("bonus") != ""}
	x.Auditor.Years, _ = strconv.Atoi(f.text("auditor-years"))
	if f.text("declared") != "" {
		x.Auditor.Declared = honne.DateOf(v.now())
	}
	for _, id := range v.Form["team"] {
		if n, err := strconv.ParseInt(id, 10, 64); err == nil {
			x.Team = append(x.Team, honne.UserID(n))
		}
	}
	if x.To < x.From {
		f.fail("audit-to", v.t("audit.bad.period"))
	}
	if x.Known == 0 {
		f.fail("audit-known", v.t("form.required", honne.Word("field", "form.audit-known")))
	}
	if x.Known > honne.DateOf(v.now()) {
		f.fail("audit-known", v.t("audit.bad.known"))
	}
	return x
}

// askForEvidence writes the lines of the evidence list for what applies in the
// pack; the partner's edition is made of them.
func (v *visit) askForEvidence(e honne.Entry[honne.Audit]) error {
	not := v.notApplicable(e.Body.Pack)
	for _, x := range honne.AllDimensions {
		d, ok := v.app.Playbook.Dimension(e.Body.Pack, x.Slug)
		if !ok || slices.Contains(not, x.Slug) {
			continue
		}
		for _, r := range d.Requests {
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

// fiscalYear is the Japanese fiscal year of a day, April to March.
func fiscalYear(d honne.Date) int {
	y, m, _ := d.Civil()
	if m < 4 {
		return y - 1
	}
	return y
}
