package web

import (
	"cmp"
	"fmt"
	"net/http"
	"slices"
	"strconv"

	"honne"
	"honne/internal/audit"
	"honne/internal/auth"
	"honne/internal/japan"
	"honne/internal/lang"
)

// auditForm opens an audit, or mends an opened one.
type auditForm struct {
	Frame
	Heading, Submit, Cancel           string
	Errors                            []Problem
	Partners, Packs, Kinds, Levels    []Choice
	Team                              []Choice
	Name, Scope, From, To, Known, Due Input
	Auditor, Years, Conflicts         Input
	Cycle                             Input
	PurposeEN, PurposeJA              Input
	Bonus, Declared                   bool

	Version  int
	Free     bool     // what the audit may know can still be changed
	Fixed    []Detail // what stays as it was when it was opened
	FixedWhy string
	History  []EntryVersion
}

func (a *app) showNewAudit(w http.ResponseWriter, v *visit) error {
	if !v.mayStart() {
		return honne.ErrNotFound
	}
	list, err := v.distributors()
	switch {
	case err != nil:
		return err
	case len(list) == 0: // no partner exists for the visitor: the list says what to do
		return v.redirect(w, "/audits")
	}
	return v.newAudit(w, http.StatusOK, v.fields())
}

// newAudit is the form of a new audit: of the year that ended with last month, by
// whoever opens it.
func (v *visit) newAudit(w http.ResponseWriter, status int, f *fields) error {
	now := honne.DateOf(v.now())
	usual := honne.Audit{Title: v.t("audit.title.usual", honne.Text("year", strconv.Itoa(japan.FiscalYear(now.Month(), 4)))), From: (now.Month() - 12).First(), To: (now.Month() - 1).Last(),
		Known: now, Auditor: honne.Auditor{Name: v.user.Name},
		Purpose: honne.Both{EN: v.app.Languages.Text(lang.EN, "audit.purpose.usual"), JA: v.app.Languages.Text(lang.JA, "audit.purpose.usual")}}
	page, err := v.auditForm(f, usual)
	if err != nil {
		return err
	}
	page.Heading, page.Submit, page.Cancel, page.Free = v.t("audit.new"), v.t("audit.open"), "/audits", true
	page.Frame = v.frame("audits", page.Heading)
	page.Crumbs = []Choice{{Href: "/audits", Label: v.t("nav.audits")}, {Label: page.Heading}}
	list, err := v.distributors()
	if err != nil {
		return err
	}
	for _, d := range list {
		page.Partners = append(page.Partners, Choice{Href: d.Slug, Label: v.name(d), Current: d.Slug == f.text("distributor")})
	}
	return v.show(w, status, "auditform", page)
}

// auditForm is the form with what an audit says, or with what was typed over it.
func (v *visit) auditForm(f *fields, a honne.Audit) (page auditForm, err error) {
	page.Errors = f.list()
	for _, p := range v.app.Playbook.Audit.Packs {
		page.Packs = append(page.Packs, Choice{Href: p.Pack, Label: v.both(p.Title), Current: p.Pack == f.typed("pack", a.Pack)})
	}
	for _, k := range honne.AllAuditorKinds {
		page.Kinds = append(page.Kinds, Choice{Href: string(k), Label: v.t("auditor." + string(k)), Current: string(k) == f.typed("kind", string(a.Auditor.Kind))})
	}
	for _, l := range honne.AllLanguageLevels {
		page.Levels = append(page.Levels, Choice{Href: string(l), Label: v.t("japanese." + string(l)), Current: string(l) == f.typed("japanese", string(a.Auditor.Japanese))})
	}
	years := ""
	if a.Auditor.Years != 0 {
		years = strconv.Itoa(a.Auditor.Years)
	}
	field := func(name, kind, stands string) Input { return f.input(name, kind, f.typed(name, stands)) }
	page.Name, page.Scope = field("audit-title", "", a.Title).must(), field("audit-scope", "", a.Scope)
	page.From, page.To = field("audit-from", "date", dateValue(a.From)).must(), field("audit-to", "date", dateValue(a.To)).must()
	page.Known, page.Due = field("audit-known", "date", dateValue(a.Known)).must(), field("audit-due", "date", dateValue(a.Due))
	page.Cycle = field("audit-cycle", "number", strconv.Itoa(cmp.Or(a.Cycle, audit.Cycle)))
	page.Auditor, page.Years = field("auditor", "", a.Auditor.Name).must(), field("auditor-years", "number", years)
	page.Conflicts = field("auditor-conflicts", "", a.Auditor.Conflicts)
	page.PurposeEN, page.PurposeJA = field("purpose-en", "", a.Purpose.EN).must().speaks("en"), field("purpose-ja", "", a.Purpose.JA).must().speaks("ja")
	page.Bonus, page.Declared = f.ticked("bonus", a.Auditor.Bonus), f.ticked("declared", a.Auditor.Declared != 0)
	page.Team, err = v.auditors(a.Team)
	return page, err
}

// auditors are the people who can be on the team; current are those who are, or
// who were ticked.
func (v *visit) auditors(team []honne.UserID) (out []Choice, err error) {
	users, err := v.app.Store.Users(v.Context())
	if err != nil {
		return nil, fmt.Errorf("web: list accounts: %w", err)
	}
	for _, u := range users {
		if auth.Role(u.Role) == auth.Auditor && !u.Disabled {
			c := Choice{Href: strconv.FormatInt(int64(u.ID), 10), Label: u.Name, Current: slices.Contains(team, u.ID)}
			if v.Method == http.MethodPost {
				c.Current = slices.Contains(v.Form["team"], c.Href)
			}
			out = append(out, c)
		}
	}
	return out, nil
}

// auditFrom reads the form over what stands. What the audit may know is read only
// while it is free.
func (v *visit) auditFrom(f *fields, x honne.Audit, free bool) (honne.Audit, error) {
	x.Title, x.Due = f.required("audit-title"), f.day("audit-due")
	f.required("purpose-ja")
	f.required("purpose-en")
	x.Purpose = honne.Both{EN: f.shared("purpose-en"), JA: f.shared("purpose-ja")}
	x.Auditor = honne.Auditor{Name: f.required("auditor"), Kind: honne.AuditorKind(f.text("kind")), Japanese: honne.LanguageLevel(f.text("japanese")),
		Conflicts: f.text("auditor-conflicts"), Bonus: f.text("bonus") != "", Declared: x.Auditor.Declared}
	x.Auditor.Years, _ = strconv.Atoi(f.text("auditor-years"))
	if f.text("declared") == "" {
		x.Auditor.Declared = 0
	} else {
		x.Auditor.Declared = cmp.Or(x.Auditor.Declared, honne.DateOf(v.now()))
	}
	if n, err := strconv.Atoi(cmp.Or(f.text("audit-cycle"), strconv.Itoa(audit.Cycle))); err == nil && n >= 1 && n <= audit.LongestCycle {
		x.Cycle = n
	} else {
		f.fail("audit-cycle", v.t("audit.bad.cycle", honne.Count("most", audit.LongestCycle)))
	}
	offered, err := v.auditors(nil)
	x.Team = ticked(x.Team, offered)
	if free {
		v.freezeFrom(f, &x)
	}
	return x, err
}

// ticked is the team as it was ticked. Whoever was on it keeps the place, because
// the first auditor leads (see leads); an account that is not offered stays.
func ticked(team []honne.UserID, offered []Choice) []honne.UserID {
	stays := func(id honne.UserID) bool {
		i := slices.IndexFunc(offered, func(c Choice) bool { return c.Href == strconv.FormatInt(int64(id), 10) })
		return i < 0 || offered[i].Current
	}
	out := slices.DeleteFunc(slices.Clone(team), func(id honne.UserID) bool { return !stays(id) })
	for _, c := range offered {
		if n, err := strconv.ParseInt(c.Href, 10, 64); err == nil && c.Current && !slices.Contains(team, honne.UserID(n)) {
			out = append(out, honne.UserID(n))
		}
	}
	return out
}

// freezeFrom reads what the audit looks at, and what it may know.
func (v *visit) freezeFrom(f *fields, x *honne.Audit) {
	x.Scope, x.From, x.To, x.Known, x.Pack = f.text("audit-scope"), f.day("audit-from"), f.day("audit-to"), f.day("audit-known"), f.text("pack")
	if x.To < x.From {
		f.fail("audit-to", v.t("audit.bad.period"))
	}
	if x.Known == 0 {
		f.fail("audit-known", v.t("form.required", honne.Word("field", "form.audit-known")))
	}
	if x.Known > honne.DateOf(v.now()) {
		f.fail("audit-known", v.t("audit.bad.known"))
	}
}
