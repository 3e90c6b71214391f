package inspect

import (
	"testing"

	"honne/internal/sample"
)

// TestWrittenUnits: what rules compare is written, before a value is known, in the unit
// that the value then has.
func TestWrittenUnits(t *testing.T) {
	seen, book := map[string]bool{}, japanese(t)
	for _, s := range sample.Simulate(1) {
		p := Picture(s.Record((s.Begins + 5).Last()), book)
		for _, m := range p.Measures {
			name := m.Measure.Slug
			if u, ok := written[name]; ok && m.Known {
				if seen[name] = true; m.Unit != u {
					t.Errorf("%s is written as %s, and is %s", name, u, m.Unit)
				}
			}
			for _, part := range m.Parts {
				if u, ok := written[name+"."+part.Name]; ok && part.Unit != u {
					t.Errorf("%s.%s is written as %s, and is %s", name, part.Name, u, part.Unit)
				}
			}
		}
	}
	if len(seen) < 8 {
		t.Errorf("only %d measures were known: %v", len(seen), seen)
	}
}
