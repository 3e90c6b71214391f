package web

import (
	"fmt"

	"honne"
	"honne/internal/auth"
)

// scope notes which distributors exist for the visitor: for an auditor only those
// whose audit they work on (ux 2, Roles); nil for all.
func (v *visit) scope() error {
	if auth.Role(v.user.Role) != auth.Auditor {
		return nil
	}
	audits, err := v.app.Store.Audits(v.Context())
	if err != nil {
		return fmt.Errorf("web: list audits: %w", err)
	}
	v.audited = map[honne.DistributorID]bool{}
	for _, a := range audits {
		if a.Body.Has(v.user.ID) {
			v.audited[a.Distributor] = true
		}
	}
	return nil
}

func (v *visit) sees(d honne.DistributorID) bool { return v.audited == nil || v.audited[d] }

// seen refuses what does not exist for the visitor.
func (v *visit) seen(d honne.DistributorID) error {
	if !v.sees(d) {
		return honne.ErrNotFound
	}
	return nil
}

// distributors lists those that exist for the visitor.
func (v *visit) distributors() ([]honne.Distributor, error) {
	all, err := v.app.Store.Distributors(v.Context())
	if err != nil {
		return nil, fmt.Errorf("web: list distributors: %w", err)
	}
	var out []honne.Distributor
	for _, d := range all {
		if v.sees(d.ID) {
			out = append(out, d)
		}
	}
	return out, nil
}
