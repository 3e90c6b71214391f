package web

import (
	"cmp"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"

	"honne"
	"honne/internal/audit"
	"honne/internal/auth"
	"honne/internal/lang"
	"honne/internal/vault"
)

// interviewsPage answers: what do they say, and what do they mean?
type interviewsPage struct {
	Frame
	Errors              []Problem
	Code, Heading, Base string
	Rule                string
	OnRecord            []InterviewRow
	Together            bool // what voices say together exists for the visitor
	Shown               []ReleasedRow
	Few, Fewer          string
	Hears, Leads, Open  bool
	Over                bool   // no key is made any more
	Gone                bool   // the day came, and no key is left: held keys are
	Until               string // the day on which they are; "" while it is not set
	Ready               bool   // something can be said off the record
	Locks               []KeyView
	Notes               []NoteRow
	Least               []Choice
	Why, Hotline        Input
}

// InterviewRow is a conversation on the record.
type InterviewRow struct{ Code, Href, On, Who, Text string }

// ReleasedRow is what voices say together on one dimension.
type ReleasedRow struct {
	ID, Name, Href, Pool, Median string
	Themes                       []string
}

// KeyView is a key and what can be done with it now.
type KeyView struct {
	Which             string // own, audit
	Exists, Unlocked  bool
	Restored          bool // it came from a backup, which holds no keys: only its sheet opens it
	Until             string
	Pass, Again, Line Input
}

// NoteRow is a note of one's own, opened.
type NoteRow struct{ Href, Quarter, Pool, Text string }

// hears reports whether the visitor may hear voices off the record for the audit.
func (x *assessed) hears() bool {
	return x.may(auth.Write, auth.OffRecord) && x.entry.Body.Has(x.user.ID)
}

// leads reports whether the audit's own key is the visitor's: the lead's, or,
// where somebody who is no auditor opened the audit, the first auditor's of its
// team.
func (x *assessed) leads() bool {
	if !x.hears() {
		return false
	}
	for _, id := range append([]honne.UserID{x.entry.Body.Lead}, x.entry.Body.Team...) {
		if u, err := x.app.Store.User(x.Context(), id); err == nil && auth.May(u, auth.Write, auth.Object{Area: auth.OffRecord}) {
			return id == x.user.ID
		}
	}
	return false
}

// least is how many voices an aggregate of the audit needs.
func (x *assessed) least() int { return cmp.Or(x.entry.Body.Least, audit.Least) }

// rule says in words what off the record means.
func (x *assessed) rule() string {
	return x.t("interviews.rule", honne.Count("k", x.least()), honne.Count("days", audit.KeptDays))
}

// few is what stands where fewer spoke than an aggregate needs.
func (x *assessed) few() string { return x.t("gap.few", honne.Count("k", x.least())) }

// leastWhy says why fewer than five voices are enough, for those who see what they
// say together; "" where five are needed.
func (x *assessed) leastWhy() string {
	if x.least() >= audit.Least || !x.hearsTogether() {
		return ""
	}
	return x.t("interviews.fewer", honne.Count("k", x.least()), honne.Text("why", x.entry.Body.LeastWhy))
}

func (a *app) showInterviews(w http.ResponseWriter, v *visit, x *assessed) error {
	return x.interviewsPage(w, http.StatusOK, v.fields())
}

func (x *assessed) interviewsPage(w http.ResponseWriter, status int, f *fields) error {
	page := interviewsPage{Frame: x.frame(x.t("interviews.title")), Errors: f.list(), Code: x.entry.Code(), Heading: x.t("interviews.title"),
		Base: x.at("/interviews"), Rule: x.rule(), Fewer: x.leastWhy(), Together: x.hearsTogether(), Few: x.t("interviews.few", honne.Count("k", x.least())),
		Hears: x.hears(), Leads: x.leads(), Open: x.entry.Body.Closed == 0}
	page.Crumbs = append(page.Crumbs, Choice{Label: page.Heading})
	for _, n := range x.assessment.Interviews {
		page.OnRecord = append(page.OnRecord, x.interviewRow(n))
	}
	for _, r := range x.assessment.Released {
		page.Shown = append(page.Shown, x.releasedRow(r))
	}
	if page.Hears {
		if err := x.fillKeys(&page, f); err != nil {
			return err
		}
	}
	are, day, err := x.keys()
	if err != nil {
		return err
	}
	page.Over, page.Gone = x.over() || !page.Open, x.over() && !are
	if day > honne.DateOf(x.now()) {
		page.Until = x.t("interviews.day", honne.Day("day", day))
	}
	return x.show(w, status, "interviews", page)
}

func (x *assessed) interviewRow(n honne.Numbered[honne.Interview]) InterviewRow {
	code := honne.EntryCode(honne.EntryInterview, n.Number)
	return InterviewRow{Code: code, Href: x.at("/interviews/" + code), On: x.day(n.Body.On), Text: x.noted(n.Body.Text, n.Body.TextEN),
		Who: x.t("pool."+n.Body.Pool) + " · " + n.Body.Function}
}

// noted is how notes begin, in the reader's language where they are in it.
func (v *visit) noted(ja, en string) string {
	if v.lang == lang.EN {
		return opening(cmp.Or(en, ja))
	}
	return opening(cmp.Or(ja, en))
}

// opening is how a text begins.
func opening(s string) string {
	const most = 80
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}

func (x *assessed) releasedRow(r honne.Released) ReleasedRow {
	return ReleasedRow{ID: r.Pool + "-" + short(r.Dimension), Name: x.t("dimension." + r.Dimension), Href: x.at("/criteria/" + short(r.Dimension)),
		Pool: x.t("pool." + r.Pool), Median: x.lang.Fixed(r.Median, 1), Themes: r.Themes}
}

// fillKeys shows an interviewer the keys, and what the open ones open.
func (x *assessed) fillKeys(page *interviewsPage, f *fields) error {
	for _, which := range []string{ownKey, auditKey} {
		k, open, err := x.keyView(which, f)
		if err != nil {
			return err
		}
		if which == auditKey {
			page.Ready = k.Exists && page.Open && page.Locks[0].Exists
		}
		if which == ownKey || page.Leads || !k.Exists {
			page.Locks = append(page.Locks, k)
		}
		if which == ownKey && open != nil {
			if page.Notes, err = x.notes(open); err != nil {
				return err
			}
		}
	}
	for n := audit.Least; n >= audit.FewestEver; n-- {
		page.Least = append(page.Least, Choice{Href: strconv.Itoa(n), Label: x.t("interviews.people", honne.Count("k", n)), Current: strconv.Itoa(n) == f.text("least")})
	}
	page.Why, page.Hotline = f.input("least-why", "", f.text("least-why")), f.input("hotline", "", f.text("hotline"))
	return nil
}

// notes are the visitor's own, opened with their key.
func (x *assessed) notes(open *vault.Opener) (out []NoteRow, err error) {
	list, err := x.app.Store.Voices(x.Context(), x.entry.Number)
	if err != nil {
		return nil, fmt.Errorf("web: list what was said: %w", err)
	}
	slices.SortStableFunc(list, func(p, q voiceRow) int { return cmp.Compare(p.Quarter, q.Quarter) })
	for _, row := range list {
		if row.Owner != x.user.ID {
			continue
		}
		n, err := unseal[note](open, row.Text)
		if err != nil {
			return nil, errors.Join(err, honne.ErrConflict)
		}
		out = append(out, NoteRow{Href: x.at("/interviews/" + row.ID), Quarter: x.quarter(row.Quarter), Pool: x.t("pool." + n.Pool), Text: x.noted(n.Text, n.TextEN)})
	}
	return out, nil
}

// quarter writes a calendar quarter; nothing finer is known of a voice.
func (v *visit) quarter(first honne.Date) string {
	m := first.Month()
	return v.t("interviews.quarter", honne.Over("quarter", honne.Months(m, m+2)))
}
