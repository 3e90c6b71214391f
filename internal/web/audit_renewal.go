package web

import (
	"fmt"
	"net/http"
	"reflect"
	"slices"
	"strconv"

	"honne"
	"honne/internal/auth"
)

// renewalPage is what is written into the letter of a renewal.
type renewalPage struct {
	Frame
	Unfit               []UnfitRow // words of the letter
	Errors              []Problem
	Heading, Back       string
	Recognition         []RecognitionRow
	Own                 [2]Input // words that the playbook does not offer, Japanese first
	Goals, Theirs, Ours [2]Input
	Version             int
	Writes              bool
	Signed              string // what a change does to the signatures that are there; "" without one
}

// RecognitionRow is a recognition that can be chosen.
type RecognitionRow struct {
	ID, JA, EN string
	Chosen     bool
}

// renewing is the decision of the audit of the address where that is a renewal.
func (v *visit) renewing() (*assessed, honne.Entry[honne.Decision], error) {
	x, err := v.audit()
	if err != nil {
		return nil, honne.Entry[honne.Decision]{}, err
	}
	e, err := x.decision()
	if err == nil && e.Body.Decided != honne.Renew {
		err = honne.ErrNotFound
	}
	return x, e, err
}

func (a *app) showRenewal(w http.ResponseWriter, v *visit) error {
	x, e, err := v.renewing()
	if err != nil {
		return err
	}
	return x.renewalPage(w, http.StatusOK, v.fields(), e)
}

func (x *assessed) renewalPage(w http.ResponseWriter, status int, f *fields, e honne.Entry[honne.Decision]) error {
	page := renewalPage{Frame: x.frame(x.t("renewal.title")), Errors: f.list(), Heading: x.t("renewal.title"), Back: x.at("/outcome"), Version: e.N,
		Recognition: x.recognitions(e.Body.Letter), Writes: x.may(auth.Write, auth.Reviews)}
	if n := len(e.Body.Signed); n > 0 {
		page.Signed = x.t("renewal.signed", honne.Count("n", n))
	}
	page.Crumbs = append(page.Crumbs, Choice{Href: page.Back, Label: x.t("audit.outcome")}, Choice{Label: page.Heading})
	pair := func(name string, stands honne.Both) (out [2]Input) {
		for i, s := range []string{stands.JA, stands.EN} {
			key := name + [...]string{"-ja", "-en"}[i]
			out[i] = Input{Name: key, Label: x.t("renewal." + key), Value: f.typed(key, s), Error: f.errors[key], Lang: [...]string{"ja", "en"}[i]}
		}
		return out
	}
	l := e.Body.Letter
	page.Unfit = x.unfit(append(slices.Clone(l.Recognition), l.Goals, l.Theirs, l.Ours)...)
	page.Own, page.Goals, page.Theirs, page.Ours = pair("own", honne.Both{}), pair("goals", l.Goals), pair("theirs", l.Theirs), pair("adds", l.Ours)
	return x.show(w, status, "renewal", page)
}

// recognitions are what the playbook offers, then what stands in other words.
func (x *assessed) recognitions(l honne.RenewalLetter) (out []RecognitionRow) {
	add := func(id string, b honne.Both) {
		chosen := slices.Contains(l.Recognition, b)
		if x.Method == http.MethodPost {
			chosen = slices.Contains(x.Form["recognition"], id)
		}
		out = append(out, RecognitionRow{ID: id, JA: b.JA, EN: b.EN, Chosen: chosen})
	}
	var offered []honne.Both
	for _, c := range x.app.Playbook.Audit.Recognition {
		offered = append(offered, c.Text)
		add(c.ID, c.Text)
	}
	for i, b := range l.Recognition {
		if !slices.Contains(offered, b) {
			add("own-"+strconv.Itoa(i), b)
		}
	}
	return out
}

// postRenewal keeps the letter. It is part of what is signed: a change takes the
// signatures away, and both people sign anew.
func (a *app) postRenewal(w http.ResponseWriter, v *visit) error {
	x, e, err := v.renewing()
	switch {
	case err != nil:
		return err
	case !x.may(auth.Write, auth.Reviews):
		return honne.ErrNotFound
	}
	f, with := v.fields(), e
	with.Body.Letter = x.renewalFrom(f, e.Body.Letter)
	if !reflect.DeepEqual(with.Body.Letter, e.Body.Letter) {
		with.Body.Signed = nil
	}
	kept, err := keep(f, "goals-ja", with)
	if err != nil {
		return fmt.Errorf("web: keep letter: %w", err)
	}
	if len(f.order) > 0 {
		e.N = kept.N
		return x.renewalPage(w, http.StatusUnprocessableEntity, f, e)
	}
	return v.redirect(w, x.at("/renewal")+"?done=renewal")
}

func (x *assessed) renewalFrom(f *fields, stood honne.RenewalLetter) (l honne.RenewalLetter) {
	own := f.sharedBoth("own")
	for _, r := range x.recognitions(stood) {
		if r.Chosen {
			l.Recognition = append(l.Recognition, honne.Both{EN: r.EN, JA: r.JA})
		}
	}
	if !own.IsZero() {
		l.Recognition = append(l.Recognition, own)
	}
	l.Goals, l.Theirs, l.Ours = f.sharedBoth("goals"), f.sharedBoth("theirs"), f.sharedBoth("adds")
	return l
}

// sharedBoth reads a text for the partner in both languages: both, or neither.
func (f *fields) sharedBoth(name string) honne.Both {
	b := honne.Both{EN: f.shared(name + "-en"), JA: f.shared(name + "-ja")}
	switch {
	case b.JA == "" && b.EN != "":
		f.fail(name+"-ja", f.v.t("renewal.bad.both"))
	case b.EN == "" && b.JA != "":
		f.fail(name+"-en", f.v.t("renewal.bad.both"))
	}
	return b
}
