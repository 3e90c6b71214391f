package when

import (
	"regexp"

	"honne"
	"honne/internal/intake/grid"
	"honne/internal/japan"
)

// CompactDays is what a column holds of days without separators: R070403, 070403,
// 20250403.
type CompactDays struct {
	n        int          // with the letter of an era, or of two digits a year
	Bare     int          // of them, without the letter
	full     int          // with a year of four digits
	Near     honne.Period // of those that say their year
	Complete bool         // nine of ten cells are such days
}

var compactEra = regexp.MustCompile(`^([RHS])([0-9]{2})([0-9]{2})([0-9]{2})$`)

var compactForm = regexp.MustCompile(`^([0-9]{2})([0-9]{2})([0-9]{2})$`)

// Add counts a cell of the column.
func (k *CompactDays) Add(c *grid.Cell) {
	if len(c.Text) < 6 || len(c.Text) > 24 || c.Kind == grid.Date {
		return
	}
	d := eraDay(c.Text)
	switch _, bare := bareDay(c.Text); {
	case d != 0:
		k.n++
	case bare:
		k.n, k.Bare = k.n+1, k.Bare+1
	case len(c.Text) == 8:
		if d, _ = japan.ParseDate(c.Text); d != 0 {
			k.full++
		}
	}
	if d == 0 {
		return
	}
	if k.Near.IsZero() {
		k.Near = honne.Period{From: d, To: d}
	}
	k.Near = honne.Period{From: min(k.Near.From, d), To: max(k.Near.To, d)}
}

// Settled says whether nearly all of the filled cells are such days.
func (k CompactDays) Settled(filled int) CompactDays {
	k.Complete = k.n > 0 && 10*(k.n+k.full) >= 9*filled
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
	_, _, _, ok = TwoDigitParts(parted)
	return parted, ok
}

// Read reads such a day near the period of the table, or the days beside it.
func (k *CompactDays) Read(s string, near honne.Period) Moment {
	d := eraDay(s)
	if parted, bare := bareDay(s); bare {
		if near.IsZero() {
			near = k.Near
		}
		d = twoDigitDay(parted, near)
	}
	if d == 0 {
		return Moment{}
	}
	return MomentOf(honne.Period{From: d, To: d})
}
