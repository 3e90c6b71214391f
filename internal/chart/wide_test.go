package chart

import "testing"

// A gap that is flagged is told without colour: by a thicker line and a bold number.
func TestWideGapIsSeenInGrey(t *testing.T) {
	f := func(x float64) Value { return Value{F: x, Known: true} }
	d := Scale{Highest: 4, Rows: []ScaleRow{{Note: "+2.0", Ring: f(3), Across: f(1), Wide: true}, {Note: "+1.0", Ring: f(3), Across: f(2)}}}.Draw()
	bold, thick := map[string]bool{}, []float64{}
	for _, m := range d.Marks {
		switch {
		case m.Kind == 't' && m.Anchor == "end":
			bold[m.Words] = m.Bold
		case m.Kind == 'l' && m.Y == m.H:
			thick = append(thick, m.Width)
		}
	}
	if !bold["+2.0"] || bold["+1.0"] || len(thick) != 2 || thick[0] < 2*thick[1] {
		t.Errorf("bold %v, thick %v", bold, thick)
	}
}
