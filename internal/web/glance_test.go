package web

import (
	"testing"
	"time"

	"honne"
	"honne/internal/auth"
	"honne/internal/store"
)

// Nobody but counsel waits for a picture that was refreshed, whether or not they may
// hear what voices say together; there is a second one only where they say something.
func TestRefreshedForEverybody(t *testing.T) {
	t.Parallel()
	h, _, _ := audited(t)
	d, err := h.works.Store.DistributorBySlug(t.Context(), "miyako-medical")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name string
		kept int
	}{{"silent", 1}, {"released", 2}} {
		if c.name == "released" {
			if _, err := store.Enter(t.Context(), h.works.Store, honne.Entry[honne.Released]{Distributor: d.ID, By: 2,
				Body: honne.Released{Audit: 1, Dimension: "trust.transparency", Pool: "partner", Median: 1}}); err != nil {
				t.Fatal(err)
			}
		}
		site := &Site{app: &app{Store: h.works.Store, Playbook: h.works.Playbook, Config: Config{Languages: load(t), Now: func() time.Time { return noon }}}}
		if err := site.refresh(t.Context()); err != nil {
			t.Fatal(err)
		}
		for _, role := range auth.Roles() {
			if role == auth.Counsel {
				continue
			}
			v, err := site.app.as(t.Context(), store.User{Role: string(role)})
			if err == nil {
				_, err = v.glance(d)
			}
			if err != nil {
				t.Fatal(err)
			}
			if n := len(site.app.glances.kept); n != c.kept {
				t.Errorf("%s: %d glances are kept after %s looked, want %d", c.name, n, role, c.kept)
			}
		}
	}
}
