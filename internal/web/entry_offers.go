package web

import (
	"cmp"
	"fmt"
	"net/url"
	"slices"

	"honne"
	"honne/internal/auth"
	"honne/internal/store"
)

// offered is how much of what mail already says is offered to a form at once.
const offered = 8

// offers are what kept mail already says for a form: people who wrote to us,
// meetings that took place. A press fills the form; nothing is written by itself.
func (v *visit) offers(d honne.Distributor, kind honne.EntryKind) ([]Linked, error) {
	if !v.may(auth.Read, auth.Signals) {
		return nil, nil
	}
	switch kind {
	case honne.EntryContact:
		return v.writers(d)
	case honne.EntryOurAct:
		return v.met(d)
	}
	return nil, nil
}

// writers are the partner's people who wrote to us, the latest first, without
// those who are contacts already.
func (v *visit) writers(d honne.Distributor) ([]Linked, error) {
	mails, err := v.app.Store.Mails(v.Context(), d.ID, 0, 2000)
	if err != nil {
		return nil, fmt.Errorf("web: read mail: %w", err)
	}
	known, err := store.Entries[honne.Contact](v.Context(), v.app.Store, d.ID)
	if err != nil {
		return nil, fmt.Errorf("web: list contacts: %w", err)
	}
	var out []Linked
	for _, m := range slices.Backward(mails) {
		name := cmp.Or(m.From.Name, m.From.Address)
		if m.Side != honne.Theirs || name == "" || len(out) == offered ||
			slices.ContainsFunc(out, func(l Linked) bool { return l.Text == name }) ||
			slices.ContainsFunc(known, func(e honne.Entry[honne.Contact]) bool { return e.Body.Name == name }) {
			continue
		}
		out = append(out, Linked{name, v.filled(d, honne.EntryContact, "name", name, "source", m.Path)})
	}
	return out, nil
}

// met are the meetings of invitations that took place, as visits of ours.
func (v *visit) met(d honne.Distributor) ([]Linked, error) {
	x, err := v.post(d)
	if err != nil {
		return nil, err
	}
	var out []Linked
	for _, m := range slices.Backward(x.met) {
		if day := m.Day(); day != 0 && day < x.on && len(out) < offered {
			out = append(out, Linked{v.t("entry.offer.met", honne.Day("day", day)),
				v.filled(d, honne.EntryOurAct, "act", string(honne.OurVisit), "on", day.String(), "until", day.String())})
		}
	}
	return out, nil
}

// filled is the form of a new entry with some of its fields filled.
func (v *visit) filled(d honne.Distributor, kind honne.EntryKind, pairs ...string) string {
	q := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		q.Set(pairs[i], pairs[i+1])
	}
	return base(d) + "/log/" + string(kind) + "/new?" + q.Encode()
}
