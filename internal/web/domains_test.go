package web

import (
	"slices"
	"testing"
)

// The form asks for the mail domains of both sides and proposes that of the visitor,
// without which our own mail would be a third party's.
func TestDomainsOfBothSides(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.settle()
	h.holds("/distributors/new", `name="our-domains" type="text" value="nordhaven.example"`)
	h.post("/distributors/new", "name", "Miyako Medical", "starts", "4", "domains", "miyako.example、m-medical.example", "our-domains", "nordhaven.example, nordhaven-apac.example")
	d, err := h.works.Store.DistributorBySlug(t.Context(), "miyako-medical")
	if p := d.Profile; err != nil || len(p.Domains) != 2 || !slices.Equal(p.OurDomains, []string{"nordhaven.example", "nordhaven-apac.example"}) {
		t.Errorf("%v %v, %v", p.Domains, p.OurDomains, err)
	}
	h.holds("/distributors/miyako-medical/edit", "nordhaven.example, nordhaven-apac.example")
}
