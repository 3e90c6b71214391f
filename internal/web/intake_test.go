package web

import (
	"net/http"
	"strings"
	"testing"
)

// Of several partners none is chosen before a person says which; the one that the
// address names is, and so is the only one.
func TestPartnerOfUpload(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.settle()
	h.post("/distributors/new", "name", "Miyako Medical", "starts", "4")
	h.holds("/intake", `name="distributor"><option value="miyako-medical">`)
	h.post("/distributors/new", "name", "Kansai Medix", "starts", "4")
	h.holds("/intake", `name="distributor" required><option value="" class="none">Choose</option>`)
	h.holds("/intake?distributor=kansai-medix", `<option value="kansai-medix" selected>`)
	h.lacks("/intake?distributor=kansai-medix", `class="none"`)
	for _, a := range []answer{h.upload("", map[string]string{"a.csv": april}), h.get("/intake/plan?distributor=")} {
		if a.status != http.StatusUnprocessableEntity || !strings.Contains(a.body, `aria-describedby="distributor-err"`) {
			t.Errorf("without a partner: %d", a.status)
		}
	}
}
