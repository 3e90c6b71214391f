package intake

import (
	"honne/internal/intake/outline"
)

// Days may be written without any separator: R070403, 070403, 20250403. A column of
// them is one of days only below a header that says so. Those of six digits say
// neither century nor era: the period of the table does, or the days beside them.

// compactDated reports whether a column that is called a day holds days without
// separators, and something says their year.
func (t *table) compactDated(s *outline.Shape) bool {
	k := &s.Compact
	return k.Complete && t.saysDay(s.Col) && (k.Bare == 0 || !t.Period.IsZero() || !k.Near.IsZero())
}
