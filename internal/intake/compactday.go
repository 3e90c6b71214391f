package intake

import (
	"regexp"

	"honne"
	"honne/internal/intake/grid"
	"honne/internal/japan"
)

// Days may be written without any separator: R070403, 070403, 20250403. A column of
// them is one of days only below a header that says so. Those of six digits say
// neither century nor era: the period of the table does, or the days beside them.

// compactDays is what a column holds of such days.
type compactDays struct {
	n        int          // with the letter of an era, or of two digits a year
	bare     int          // of them, without the letter
	full     int          // with a year of four digits
	near     honne.Period // of those that say their year
	complete bool         // nine of ten cells are such days
}

var (
	compactEra  = regexp.MustCompile(`^([RHS])([0-9]{2})([0-9]{2})([0-9]{2})$`)
	compactForm = regexp.MustCompile(`^([0-9]{2})([0-9]{2})([0-9]{2})$`)
)

func (k *compactDays) add(c *grid.Cell) {
	if len(c.Text) < 6 || len(c.Text) > 24 || c.Kind == grid.Date {
		return
	}
	d := eraDay(c.Text)
	switch _, bare := bareDay(c.Text); {
	case d != 0:
		k.n++
	case bare:
		k.n, k.bare = k.n+1, k.bare+1
	case len(c.Text) == 8:
		if d, _ = japan.ParseDate(c.Text); d != 0 {
			k.full++
		}
	}
	if d == 0 {
		return
	}
	if k.near.IsZero() {
		k.near = honne.Period{From: d, To: d}
	}
	k.near = honne.Period{From: min(k.near.From, d), To: max(k.near.To, d)}
}

// settled says whether nearly all of the filled cells are such days.
func (k compactDays) settled(filled int) compactDays {
	k.complete = k.n > 0 && 10*(k.n+k.full) >= 9*filled
	return k
}

// eraDay reads a day behind the letter of its era, 0 where it is none.
func eraDay(s string) honne.Date {
	m := compactEra.FindStringSubmatch(japan.Fold(japan.Trim(s)))
	if m == nil {
		return 0
	}
	d, _ := japan.ParseDate(m[1] + m[2] + "." + m[3] + "." + m[4])
	return d
}

// bareDay writes a day of six digits with separators: 07/04/03.
func bareDay(s string) (parted string, ok bool) {
	m := compactForm.FindStringSubmatch(japan.Fold(japan.Trim(s)))
	if m == nil {
		return "", false
	}
	parted = m[1] + "/" + m[2] + "/" + m[3]
	_, _, _, ok = twoDigitParts(parted)
	return parted, ok
}

// read reads such a day near the period of the table, or the days beside it.
func (k *compactDays) read(s string, near honne.Period) moment {
	d := eraDay(s)
	if parted, bare := bareDay(s); bare {
		if near.IsZero() {
			near = k.near
		}
		d = twoDigitDay(parted, near)
	}
	if d == 0 {
		return moment{}
	}
	return momentOf(honne.Period{From: d, To: d})
}

// compactDated reports whether a column that is called a day holds days without
// separators, and something says their year.
func (t *table) compactDated(s *colShape) bool {
	k := &s.compact
	return k.complete && t.saysDay(s.col) && (k.bare == 0 || !t.Period.IsZero() || !k.near.IsZero())
}
