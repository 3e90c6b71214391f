package japan

import (
	"testing"

	"honne"
)

// TestParseCounted: what stands behind a number is its unit, but the 万 of a mixed form.
func TestParseCounted(t *testing.T) {
	for s, want := range map[string]struct {
		n     int64
		scale int64
		unit  string
	}{
		"5個": {5, 1, "個"}, "1,200 本": {1200, 1, "本"}, "2千円": {2, 1000, ""}, "350万円": {350, 10_000, ""},
		"1億2,300万円": {123_000_000, 1, ""}, "85万5千円": {855_000, 1, ""}, "３億２０００万円": {320_000_000, 1, ""},
	} {
		n, u, ok := ParseCounted(s)
		v, exact, err := n.Times(1, 0)
		if !ok || !exact || err != nil || v != want.n || u.Scale != want.scale || u.Name != want.unit || u.Name == "" && u.Currency != honne.JPY {
			t.Errorf("%s: %v %+v %v", s, n, u, ok)
		}
	}
	for _, s := range []string{"1万2千個", "5 つぶ", "円", "12"} {
		if n, u, ok := ParseCounted(s); ok {
			t.Errorf("%s: %v %+v", s, n, u)
		}
	}
}
