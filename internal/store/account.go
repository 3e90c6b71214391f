package store

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"

	"honne"
	"honne/internal/identity"
)

// Roll-ups and lines keep the names that files wrote. Which of them are one
// party is found at each reading, from the names of the versions that were known
// then and from what people had ruled: an old day is told again as it was, and
// what a ruling joined, taking it back parts.

// content is what of an account's name tells who it is. An end user and a dealer
// are never one account, nor are a name and a pseudonym.
type content struct {
	class
	code, name, place string
}

type class struct {
	disclosure uint8
	endUser    bool
}

func (r nameRow) content() content {
	return content{class{r.disclosure, r.endUser()}, r.code, r.name, r.place}
}

func (r nameRow) endUser() bool { return honne.IsEndUser(honne.Role(r.role), r.site) }

// named is the name as people are shown it.
func (r nameRow) named() honne.Name {
	return honne.Name{ID: honne.NameID(r.id), Product: r.kind == nameProduct, EndUser: r.kind == nameAccount && r.endUser(), Code: r.code, Name: r.name, Place: r.place}
}

// account is a party with all its names, the newest first.
type account struct {
	names []nameRow
	key   string // what selections know it by
}

func (a *account) shown() nameRow { return a.names[0] }

// accounts are the accounts of a distributor.
type accounts struct {
	rows  map[int64]nameRow
	list  []*account
	of    map[int64]*account  // by each name that was known
	folds []*identity.Parties // of names, not of pseudonyms
}

// readAccounts finds the parties among the accounts of a ledger's versions.
func readAccounts(ctx context.Context, q querier, led *ledger, at honne.AsOf) (*accounts, error) {
	a := &accounts{rows: map[int64]nameRow{}, of: map[int64]*account{}}
	rows, err := collect(ctx, q, (*nameRow).fields, selectName+`WHERE distributor_id = $1 AND kind = 2`, int64(led.distributor))
	if err != nil {
		return nil, err
	}
	for _, r := range rows {
		a.rows[r.id] = r
	}
	use, err := a.readUse(ctx, q, led)
	if err != nil {
		return nil, err
	}
	rulings, err := readRulings(ctx, q, led.distributor, at)
	if err != nil {
		return nil, err
	}
	a.fold(use, rulings)
	a.giveKeys()
	return a, nil
}

// use is in which reports a name stands, a report being a period of a version,
// and where it stood last.
type use struct {
	reports []int64
	to      int64
	rank    int
}

func (a *accounts) readUse(ctx context.Context, q querier, led *ledger) (map[int64]*use, error) {
	ranks := map[honne.SubmissionID]int{}
	for _, v := range led.versions {
		ranks[v.ID] = v.rank
	}
	reports, out := map[pairKey]int64{}, map[int64]*use{}
	err := eachRollup(ctx, q, led.distributor, ofAccounts, slices.Sorted(maps.Keys(ranks)), func(r *rollupRow) error {
		report := pairKey{new: r.submission, period: r.period}
		if reports[report] == 0 {
			reports[report] = int64(len(reports) + 1)
		}
		u := out[r.of]
		if u == nil {
			u = &use{}
			out[r.of] = u
		}
		u.reports = append(u.reports, reports[report])
		if rank := ranks[r.submission]; cmp.Or(cmp.Compare(int64(r.period.To), u.to), rank-u.rank) >= 0 {
			u.to, u.rank = int64(r.period.To), rank
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	delete(out, 0) // lines without a party
	return out, nil
}

// fold sorts the names into parties. Names of one content are one, whatever
// their roles; a withheld name is nobody's but its own.
func (a *accounts) fold(uses map[int64]*use, rulings []rulingRow) {
	p := pool{rows: a.rows, entries: map[class][]identity.Known{}, at: map[content]int{}, first: map[content]int64{}}
	for _, id := range slices.Sorted(maps.Keys(uses)) {
		p.add(id, uses[id].reports)
	}
	said := p.rulings(rulings)
	stands := map[int64]int64{}
	for _, c := range slices.SortedFunc(maps.Keys(p.entries), class.compare) {
		for _, e := range p.entries[c] {
			slices.Sort(e.Reports)
		}
		if c.disclosure == uint8(honne.Withheld) {
			continue
		}
		parties := identity.Fold(identity.Party, p.entries[c], said)
		if c.disclosure == uint8(honne.Named) {
			a.folds = append(a.folds, parties)
		}
		for _, e := range p.entries[c] {
			stands[e.ID] = parties.Of(e.ID)
		}
	}
	a.gather(uses, func(r nameRow) int64 {
		if r.disclosure == uint8(honne.Withheld) {
			return r.id
		}
		return stands[p.first[r.content()]]
	})
}

// pool holds names to fold, each content once, by their class.
type pool struct {
	rows    map[int64]nameRow
	entries map[class][]identity.Known
	at      map[content]int   // where a content stands in the entries of its class
	first   map[content]int64 // the name that stands for it
}

func (p *pool) add(id int64, reports []int64) {
	r := p.rows[id]
	c := r.content()
	if i, ok := p.at[c]; ok {
		e := &p.entries[c.class][i]
		e.Reports = append(e.Reports, reports...)
		return
	}
	e := identity.Known{ID: id, Entry: identity.Entry{Name: r.name, Address: r.place, Reports: slices.Clone(reports)}}
	e.Codes = identity.ReadCodes(identity.Party, r.code, r.place)
	p.at[c], p.first[c] = len(p.entries[c.class]), id
	p.entries[c.class] = append(p.entries[c.class], e)
}

// rulings are what people said of names, of those that stand for them.
func (p *pool) rulings(rows []rulingRow) (said []identity.Ruling) {
	for _, r := range rows {
		for _, id := range [...]*int64{&r.a, &r.b} {
			p.add(*id, nil)
			*id = p.first[p.rows[*id].content()]
		}
		said = append(said, r.ruling())
	}
	return said
}

func (c class) compare(d class) int {
	if c.endUser != d.endUser {
		return map[bool]int{true: 1, false: -1}[c.endUser]
	}
	return cmp.Compare(c.disclosure, d.disclosure)
}

// gather lists the accounts, each with its names, the newest first.
func (a *accounts) gather(uses map[int64]*use, party func(nameRow) int64) {
	at := map[int64]*account{}
	for _, id := range slices.Sorted(maps.Keys(uses)) {
		r := a.rows[id]
		one := at[party(r)]
		if one == nil {
			one = &account{}
			at[party(r)] = one
			a.list = append(a.list, one)
		}
		one.names = append(one.names, r)
		a.of[id] = one
	}
	for _, one := range a.list {
		slices.SortFunc(one.names, func(x, y nameRow) int {
			u, v := uses[x.id], uses[y.id]
			return cmp.Or(cmp.Compare(v.to, u.to), v.rank-u.rank, strings.Compare(x.name, y.name), strings.Compare(x.code, y.code),
				cmp.Compare(x.role, y.role), cmp.Compare(x.id, y.id))
		})
	}
}

// giveKeys gives each account what selections know it by: the name that is
// shown, and its code or place where two accounts bear that name.
func (a *accounts) giveKeys() {
	bearers := map[string]int{}
	for _, one := range a.list {
		one.key = cmp.Or(one.shown().name, one.shown().code)
		bearers[one.key]++
	}
	for _, one := range a.list {
		if r := one.shown(); bearers[one.key] > 1 && r.name != "" && r.code+r.place != "" {
			one.key = r.toldApart()
		}
	}
}

func (r nameRow) toldApart() string { return r.name + " (" + cmp.Or(r.code, r.place) + ")" }

// account returns the account as a record has it: with the first role that it
// plays and the newest code that it has.
func (a *account) account() honne.Account {
	r := a.shown()
	out := honne.Account{Role: honne.Role(r.role), Code: r.code, Name: r.name, Disclosure: honne.Disclosure(r.disclosure), Site: r.site}
	if a.key != cmp.Or(r.name, r.code) {
		out.Key = a.key
	}
	for _, x := range a.names[1:] {
		out.Role, out.Code, out.Site = min(out.Role, honne.Role(x.role)), cmp.Or(out.Code, x.code), out.Site || x.site
		if x.name != "" && x.name != r.name && !slices.Contains(out.Also, x.name) {
			out.Also = append(out.Also, x.name)
		}
	}
	return out
}

// selected returns the names of the accounts that a selection means: by the key
// of one, else by any of its names, which may have been the key on another day.
func (a *accounts) selected(sel honne.Selection) map[int64]bool {
	chosen := a.list
	if sel.Account != "" {
		chosen = a.where(func(one *account) bool { return one.key == sel.Account })
	}
	if len(chosen) == 0 {
		chosen = a.where(func(one *account) bool {
			return slices.ContainsFunc(one.names, func(r nameRow) bool {
				return cmp.Or(r.name, r.code) == sel.Account || r.toldApart() == sel.Account
			})
		})
	}
	out := map[int64]bool{}
	for _, one := range chosen {
		for _, r := range one.names {
			if (sel.Disclosure == nil || r.disclosure == uint8(*sel.Disclosure)) && (!sel.EndUser || r.endUser()) {
				out[r.id] = true
			}
		}
	}
	return out
}

func (a *accounts) where(is func(*account) bool) []*account {
	return slices.DeleteFunc(slices.Clone(a.list), func(one *account) bool { return !is(one) })
}
