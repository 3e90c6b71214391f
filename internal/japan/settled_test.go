package japan

import (
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
	"golang.org/x/text/width"
)

// What Fold and Key do without tables of Unicode must be what these say: for every
// rune alone, and for all that are settled behind each other.
func TestSettled(t *testing.T) {
	var all []rune
	for r := rune(0); r <= utf8.MaxRune; r++ {
		s := string(r)
		got, ok := narrowed(s)
		if !ok {
			continue
		}
		if want := norm.NFC.String(width.Fold.String(s)); got != want || norm.NFKC.String(s) != want {
			t.Errorf("narrowed(%U) = %q, want %q", r, got, want)
		}
		if settled(r) {
			all = append(all, r, 'か', r)
		}
	}
	if s := string(all); norm.NFC.String(s) != s || norm.NFKC.String(s) != s || len(all) < 3*20000 {
		t.Errorf("%d settled runes, which compose", len(all)/3)
	}
}
