package main

import (
	"cmp"
	"fmt"
	"path"
	"slices"
	"strings"

	"honne"
)

// pseudonyms replaces names so that a picture can be shown to a colleague: the
// same name is the same pseudonym within a folder, whatever the order of work.
// A nil *pseudonyms changes nothing.
type pseudonyms struct {
	files map[string]string // path → pseudonym
	real  map[string]string // pseudonym of a product or account → name in the ledger
}

func newPseudonyms(paths []string) *pseudonyms {
	p := &pseudonyms{files: map[string]string{}, real: map[string]string{}}
	paths = slices.Compact(slices.Sorted(slices.Values(paths)))
	for i, name := range paths {
		p.files[name] = fmt.Sprintf("file-%03d%s", i+1, path.Ext(name))
	}
	return p
}

// record returns the record without names.
func (p *pseudonyms) record(r honne.Record) honne.Record {
	profile := r.Distributor.Profile
	profile.Name, profile.NameJA, profile.OurName, profile.Domains, profile.OurDomains = "Distributor A", "販売代理店A", "Manufacturer", nil, nil
	profile.Events = changed(profile.Events, func(_ int, x *honne.Event) { x.Note = "" })
	r.Distributor.Profile, r.Distributor.Slug = profile, "distributor-a"
	r.Products = changed(r.Products, func(i int, x *honne.Product) {
		*x = honne.Product{Code: p.name("P", i, x.Code), Name: p.name("Product ", i, x.Name)}
	})
	r.Accounts = changed(r.Accounts, func(i int, x *honne.Account) {
		real := x.Selector()
		x.Code, x.Name, x.Also, x.Key = p.name("A", i, x.Code), p.name("Account ", i, x.Name), nil, ""
		p.real[x.Selector()] = real
	})
	r.Changes = changed(r.Changes, func(_ int, x *honne.Change) { x.Raw = "" })
	r.Said = changed(r.Said, func(_ int, x *honne.Said) { x.At, x.Text, x.Topic, x.Who = "", "", "", "" })
	r.Thresholds = changed(r.Thresholds, func(_ int, x *honne.Entry[honne.OwnThreshold]) { x.Why = "" })
	r.Noted, r.Asked, r.Register, r.Promises, r.Approvals = nil, nil, nil, nil, nil // nobody's words leave
	places := placesOf(r.Deliveries)
	r.Deliveries = changed(r.Deliveries, func(_ int, x *honne.Delivery) {
		x.Path = p.path(x.Path)
		if name := placeOf(*x); name != "" {
			x.Scope = strings.Replace(x.Scope, name, fmt.Sprintf("part-%03d", slices.Index(places, name)+1), 1)
		}
	})
	r.Unread = changed(r.Unread, func(_ int, x *honne.Unread) { x.Path = p.path(x.Path) })
	return r
}

// placeOf is the branch or the customer that all of a report is of, "" where it is of none.
func placeOf(d honne.Delivery) string {
	p := honne.Part{Scope: d.Scope}
	return cmp.Or(p.Piece(), p.Place())
}

func placesOf(list []honne.Delivery) (out []string) {
	for _, d := range list {
		out = append(out, placeOf(d))
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// changed is a copy of a list of which each entry was changed.
func changed[T any](list []T, change func(i int, x *T)) []T {
	out := slices.Clone(list)
	for i := range out {
		change(i, &out[i])
	}
	return out
}

func (p *pseudonyms) name(kind string, i int, real string) string {
	if real == "" {
		return ""
	}
	s := fmt.Sprintf("%s%03d", kind, i+1)
	p.real[s] = real
	return s
}

// path returns the name under which a file is shown.
func (p *pseudonyms) path(real string) string {
	if p == nil {
		return real
	}
	if name, ok := p.files[real]; ok {
		return name
	}
	if box, message, ok := strings.Cut(real, "#"); ok {
		number, _, _ := strings.Cut(message, "/")
		return p.files[box] + "#" + number
	}
	return ""
}

// problem returns a problem without the names of files and folders.
func (p *pseudonyms) problem(x honne.Problem) honne.Problem {
	if p == nil {
		return x
	}
	x.What.Args = slices.Clone(x.What.Args)
	for i, a := range x.What.Args {
		switch a.Name {
		case "file":
			x.What.Args[i].S = p.path(a.S)
		case "folder":
			x.What.Args[i].S = "."
		case "ours", "theirs", "domains":
			x.What.Args[i].S = "…"
		}
	}
	return x
}

// selection turns pseudonyms back into the names of the ledger.
func (p *pseudonyms) selection(s honne.Selection) honne.Selection {
	if p == nil {
		return s
	}
	if real, ok := p.real[s.Product]; ok {
		s.Product = real
	}
	if real, ok := p.real[s.Account]; ok {
		s.Account = real
	}
	return s
}

// source writes FILE!SHEET!RANGE; a sheet's name may name people too.
func (p *pseudonyms) source(s honne.Source) string {
	if p == nil {
		return s.String()
	}
	s.Path = p.path(s.Path)
	if s.At.Sheet != "" {
		s.At.Sheet = "sheet"
	}
	return s.String()
}
