package main

import (
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
	profile.Events = slices.Clone(profile.Events)
	for i := range profile.Events {
		profile.Events[i].Note = ""
	}
	r.Distributor.Profile, r.Distributor.Slug = profile, "distributor-a"
	r.Products = slices.Clone(r.Products)
	for i, x := range r.Products {
		r.Products[i] = honne.Product{Code: p.name("P", i, x.Code), Name: p.name("Product ", i, x.Name)}
	}
	r.Accounts = slices.Clone(r.Accounts)
	for i, x := range r.Accounts {
		r.Accounts[i].Code, r.Accounts[i].Name, r.Accounts[i].Also, r.Accounts[i].Key = p.name("A", i, x.Code), p.name("Account ", i, x.Name), nil, ""
		p.real[r.Accounts[i].Selector()] = x.Selector()
	}
	r.Changes = slices.Clone(r.Changes)
	for i := range r.Changes {
		r.Changes[i].Raw = ""
	}
	r.Said = slices.Clone(r.Said)
	for i := range r.Said {
		r.Said[i].At, r.Said[i].Text, r.Said[i].Topic, r.Said[i].Who = "", "", "", ""
	}
	r.Thresholds = slices.Clone(r.Thresholds)
	for i := range r.Thresholds {
		r.Thresholds[i].Why = ""
	}
	r.Noted, r.Asked, r.Register, r.Promises, r.Approvals = nil, nil, nil, nil, nil // nobody's words leave
	r.Deliveries = slices.Clone(r.Deliveries)
	for i := range r.Deliveries {
		r.Deliveries[i].Path = p.path(r.Deliveries[i].Path)
	}
	r.Unread = slices.Clone(r.Unread)
	for i := range r.Unread {
		r.Unread[i].Path = p.path(r.Unread[i].Path)
	}
	return r
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
