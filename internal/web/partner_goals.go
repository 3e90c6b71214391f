package web

import (
	"fmt"
	"slices"

	"honne"
	"honne/internal/inspect"
	"honne/internal/report"
	"honne/internal/store"
)

// goals is what both sides took up, as it was last handed over to the partner, with
// how far it is by their own files; nil where nothing was handed over, or nothing of
// it may be said.
func (p *invited) goals() (*report.Spoken, error) {
	pub, err := p.handedOver()
	if err != nil || pub == nil {
		return nil, err
	}
	c, err := p.goalsOf(pub)
	if err != nil || report.Held(c.Today) || len(c.Audit.Actions) == 0 {
		return nil, err
	}
	said := report.Goals(c).Spoken(p.app.Languages)
	return &said, nil
}

// handedOver is the last document that gave this partner goals.
func (p *invited) handedOver() (*honne.Entry[honne.Publication], error) {
	list, err := store.Entries[honne.Publication](p.Context(), p.app.Store, p.Distributor)
	if err != nil {
		return nil, fmt.Errorf("web: list publications: %w", err)
	}
	for _, e := range slices.Backward(list) {
		if report.HandsOver(e.Body) {
			return &e, nil
		}
	}
	return nil, nil
}

// goalsOf are the actions as they stood when the document went out: what was
// changed since, the partner was not told yet. What was dropped since is no goal
// any more.
func (p *invited) goalsOf(pub *honne.Entry[honne.Publication]) (c report.Case, err error) {
	then, err := p.app.Store.Record(p.Context(), p.Distributor, honne.AsOf{Recorded: pub.At})
	if err != nil {
		return c, fmt.Errorf("web: read what was handed over: %w", err)
	}
	today, err := p.app.Store.Record(p.Context(), p.Distributor, p.today())
	if err != nil {
		return c, fmt.Errorf("web: read record: %w", err)
	}
	today.Log.RedFlags = nil // a page for the partner depends on none
	book, err := p.book()
	if err != nil {
		return c, err
	}
	c.Today = inspect.Picture(today, book)
	c.Frozen, c.Later = c.Today, p.laterOf(p.whose, p.today(), &today)
	is := func(a honne.Assessment) bool { return a.Number == pub.Body.Audit }
	i, now := slices.IndexFunc(then.Audits, is), slices.IndexFunc(today.Audits, is)
	if i < 0 || now < 0 { // taken back since
		return c, nil
	}
	c.Audit = then.Audits[i]
	c.Audit.Actions = slices.DeleteFunc(c.Audit.Actions, func(a honne.Numbered[honne.PlanAction]) bool {
		return !slices.ContainsFunc(today.Audits[now].Actions, func(b honne.Numbered[honne.PlanAction]) bool { return b.Number == a.Number && b.Body.Dropped == "" })
	})
	return c, nil
}

// today is what the partner's page may know, whatever day its address names.
func (p *invited) today() honne.AsOf {
	if p.whose.Sample {
		return honne.AsOf{}
	}
	return honne.AsOf{Known: honne.DateOf(p.now())}
}

// laterOf opens figures of a day to all of their ranges, where the partner sent every
// file of them; else to none.
func (v *visit) laterOf(d honne.Distributor, at honne.AsOf, rec *honne.Record) func([]honne.Selection) []string {
	return func(list []honne.Selection) []string {
		theirs := true
		ranges, _ := v.ranges(d, at, list, everyRange, func(src honne.Source) bool {
			theirs = theirs && rec.FromPartner(src)
			return theirs
		})
		if !theirs {
			return nil
		}
		return ranges
	}
}
