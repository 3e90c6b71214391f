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
	if err != nil || len(c.Audit.Actions) == 0 {
		return nil, err
	}
	if report.Held(c.Today) {
		c.Later = nil // what was handed over stays as it is; how far it has got waits
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
	then, err := p.app.Store.HandedOver(p.Context(), p.Distributor, pub.Body.Audit, report.HandsOver)
	if err != nil || then == nil { // taken back since
		return c, err
	}
	today, now, err := p.known(p.today())
	if err != nil {
		return c, err
	}
	c.Today, c.Later = now, p.laterOf(p.whose, p.today(), &today)
	c.Audit = *then
	_, c.Frozen, err = p.known(c.Audit.Audit.AsOf())
	return c, err
}

// known is the partner's record and picture of a day, without what no page for the
// partner may depend on.
func (p *invited) known(at honne.AsOf) (honne.Record, honne.Picture, error) {
	rec, err := p.app.Store.Record(p.Context(), p.Distributor, at)
	if err != nil {
		return rec, honne.Picture{}, fmt.Errorf("web: read record: %w", err)
	}
	rec.Log.RedFlags = nil
	rec.WithholdVoices()
	book, err := p.book()
	return rec, inspect.Picture(rec, book), err
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
