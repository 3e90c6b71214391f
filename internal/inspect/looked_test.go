package inspect

import (
	"testing"

	"honne"
)

// What was noted of key accounts and seen of the brand stands beside the lack of
// visibility; a look of more than a year ago says only that it is old.
func TestLooks(t *testing.T) {
	on := honne.NewDate(2026, 6, 30)
	r := honne.Record{AsOf: on, Log: honne.Log{
		Targets:    []honne.TargetSite{{Name: "A", Key: true}, {Name: "B", Key: true}, {Name: "C", Key: true}, {Name: "D"}},
		Activities: []honne.FieldActivity{{Site: "A", On: on - 89}, {Site: "B", On: on - 90}, {Site: "D", On: on}},
		Access:     []honne.AccessRequest{{Whom: "C", Asked: on}}}}
	for _, c := range []struct {
		look honne.Date
		want []string
	}{{0, []string{"because.key-accounts-noted"}}, {on - 364, []string{"because.key-accounts-noted", "because.brand-look"}},
		{on - 365, []string{"because.key-accounts-noted", "because.brand-look.old"}}} {
		if r.Log.Looks = nil; c.look != 0 {
			r.Log.Looks = []honne.BrandLook{{On: c.look, Where: "web"}}
		}
		list := []honne.Sign{{ID: honne.SignID{Slug: "visibility"}, Level: honne.Clear}}
		addLooks(list, &r)
		s := list[0]
		if len(s.Because) != len(c.want) || s.Level != honne.Clear || len(s.Evidence) != len(c.want)+1 {
			t.Fatalf("%v: %+v", c.look, s)
		}
		for i, id := range c.want {
			if s.Because[i].ID != id {
				t.Errorf("%v: %s, want %s", c.look, s.Because[i].ID, id)
			}
		}
		if a := s.Because[0].Args; a[0].N != 2 || a[1].N != 3 {
			t.Errorf("%v noted", a)
		}
	}
}
