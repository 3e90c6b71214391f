package web

import (
	"cmp"
	"fmt"
	"maps"
	"net/url"
	"slices"

	"honne"
	"honne/internal/auth"
	"honne/internal/inspect"
	"honne/internal/store"
)

// offered is how much of what mail already says is offered to a form at once.
const offered = 8

// offers are what kept mail and files already say for a form: people who wrote to us,
// meetings that took place, new prices, discounts and training of which mail tells, customers
// whom we asked to meet, reasons that were given for quarters below the plan; and the sites
// that files name. A press fills the form; nothing is written by itself.
func (v *visit) offers(d honne.Distributor, kind honne.EntryKind) ([]Linked, error) {
	if !v.may(auth.Read, auth.Signals) {
		return nil, nil
	}
	switch kind {
	case honne.EntryContact:
		return v.writers(d)
	case honne.EntryOurAct:
		met, err := v.met(d)
		if err != nil {
			return nil, err
		}
		told, err := v.told(d)
		return append(told, met...), err
	case honne.EntryAccessRequest:
		return v.wished(d)
	case honne.EntryExplanation:
		return v.explained(d)
	case honne.EntryTargetSite:
		return v.buying(d)
	}
	return nil, nil
}

// buying are the sites that the files name as end users and that are no target sites
// yet, those that bought most in the last twelve months first.
func (v *visit) buying(d honne.Distributor) ([]Linked, error) {
	if !v.may(auth.Read, auth.Figures) {
		return nil, nil
	}
	rec, err := v.recordOf(d)
	if err != nil {
		return nil, err
	}
	bought, listed := boughtBy(&rec), rec.Log.Targets
	var out []Linked
	for _, i := range slices.SortedStableFunc(maps.Keys(bought), func(a, b int32) int { return cmp.Or(cmp.Compare(bought[b], bought[a]), cmp.Compare(a, b)) }) {
		name := rec.Accounts[i].Name
		if len(out) < offered && !slices.ContainsFunc(listed, func(t honne.TargetSite) bool { return t.Name == name }) {
			out = append(out, Linked{name, v.filled(d, honne.EntryTargetSite, "site", name)})
		}
	}
	return out, nil
}

// boughtBy is what each named site bought in twelve months, in minor units.
func boughtBy(r *honne.Record) map[int32]int64 {
	out, f := map[int32]int64{}, r.ByAccount
	for i, at := range f.Account {
		if at < 0 || f.Month[i] <= r.AsOf.Month()-12 {
			continue
		}
		if a := r.Accounts[at]; a.Site && a.Disclosure == honne.Named && a.Name != "" && f.Amount[i].N > 0 {
			out[at] += f.Amount[i].N
		}
	}
	return out
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

// told is what mail tells of our own side, the latest first: our notices of new
// prices with the day from which they are in force, training that we offered or that
// they asked for. What is noted of the same kind and day is left out.
func (v *visit) told(d honne.Distributor) ([]Linked, error) {
	mails, err := v.app.Store.Mails(v.Context(), d.ID, 0, 2000)
	if err != nil {
		return nil, fmt.Errorf("web: read mail: %w", err)
	}
	noted, err := store.Entries[honne.OurAct](v.Context(), v.app.Store, d.ID)
	if err != nil {
		return nil, fmt.Errorf("web: list what our side did: %w", err)
	}
	var out []Linked
	for _, m := range slices.Backward(mails) {
		if len(out) == offered {
			break
		}
		on := honne.DateOf(m.Receipt.At)
		for _, t := range v.app.tells(m) {
			i := slices.IndexFunc(noted, func(e honne.Entry[honne.OurAct]) bool { return e.Body.Kind == t.Kind && e.Body.On == on })
			if len(out) == offered || i >= 0 && noted[i].By != 0 {
				continue
			}
			offer := v.toldOffer(d, t, on, m.Path)
			if i >= 0 { // it speaks for the partner already: to confirm, correct or withdraw
				offer.Href = entryLink(d, honne.EntryOurAct, noted[i].Number)
			}
			out = append(out, offer)
		}
	}
	return out, nil
}

func (v *visit) toldOffer(d honne.Distributor, t honne.Told, on honne.Date, source string) Linked {
	fields := []string{"act", string(t.Kind), "on", on.String(), "what", t.Text, "source", source}
	if t.Day != 0 {
		fields = append(fields, "until", t.Day.String())
	}
	said := v.t("entry.offer.said", honne.Day("day", on), honne.Text("text", t.Text))
	return Linked{v.t("entry.offer.told", honne.Word("kind", "our-act."+string(t.Kind)), honne.Text("said", said)), v.filled(d, honne.EntryOurAct, fields...)}
}

// wished are our questions to meet a customer, the latest first, without those of
// days of which a request is noted already.
func (v *visit) wished(d honne.Distributor) ([]Linked, error) {
	mails, err := v.app.Store.Mails(v.Context(), d.ID, 0, 2000)
	if err != nil {
		return nil, fmt.Errorf("web: read mail: %w", err)
	}
	noted, err := store.Entries[honne.AccessRequest](v.Context(), v.app.Store, d.ID)
	if err != nil {
		return nil, fmt.Errorf("web: list requests to meet customers: %w", err)
	}
	var out []Linked
	for _, m := range slices.Backward(mails) {
		if m.Side != honne.Ours || len(out) == offered {
			continue
		}
		on := honne.DateOf(m.Receipt.At)
		quote := v.app.Works.AsksAccess(m)
		if quote == "" || slices.ContainsFunc(noted, func(e honne.Entry[honne.AccessRequest]) bool { return e.Body.Asked == on }) {
			continue
		}
		out = append(out, Linked{v.t("entry.offer.said", honne.Day("day", on), honne.Text("text", quote)), v.filled(d, honne.EntryAccessRequest, "asked", on.String())})
	}
	return out, nil
}

// explainedWithin is how many days after a quarter a reason is offered for it.
const explainedWithin = 45

// explained are the reasons that mail gives in or soon after a quarter below the
// plan of which nothing is noted yet, the latest first.
func (v *visit) explained(d honne.Distributor) ([]Linked, error) {
	p, err := v.picture(d)
	if err != nil {
		return nil, err
	}
	book, err := v.book()
	if err != nil {
		return nil, err
	}
	noted, err := store.Entries[honne.Explanation](v.Context(), v.app.Store, d.ID)
	if err != nil {
		return nil, fmt.Errorf("web: list explanations: %w", err)
	}
	var out []Linked
	for _, q := range slices.Backward(inspect.Missed(p, book)) {
		if slices.ContainsFunc(noted, func(e honne.Entry[honne.Explanation]) bool { return e.Body.Period.Overlaps(q) }) {
			continue
		}
		for _, s := range saidWithin(p, honne.Period{From: q.From, To: q.To + explainedWithin}) {
			if len(out) < offered {
				out = append(out, Linked{v.t("entry.offer.reason", honne.Over("period", q), honne.Day("day", s.On), honne.Text("text", s.Text)),
					v.filled(d, honne.EntryExplanation, "from-month", q.From.Month().String(), "to-month", q.To.Month().String(), "on", s.On.String(), "given", s.Text, "source", s.At)})
			}
		}
	}
	return out, nil
}

// saidWithin are the words of the partner's mail that hold a reason, said in a
// period, the latest first.
func saidWithin(p honne.Picture, in honne.Period) (out []honne.Quote) {
	for _, c := range p.Claims {
		for _, s := range c.Said {
			if s.By == honne.Theirs && s.At != "" && in.Contains(s.On) {
				out = append(out, s)
			}
		}
	}
	slices.SortStableFunc(out, func(a, b honne.Quote) int { return int(b.On - a.On) })
	return out
}

// filled is the form of a new entry with some of its fields filled.
func (v *visit) filled(d honne.Distributor, kind honne.EntryKind, pairs ...string) string {
	q := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		q.Set(pairs[i], pairs[i+1])
	}
	return base(d) + "/log/" + string(kind) + "/new?" + q.Encode()
}
