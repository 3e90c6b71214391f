package terms

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"honne"
	"honne/internal/japan"
)

// What a title says of when, before what was done, and the code of a product.
var (
	years = regexp.MustCompile(`fy ?[0-9]+|[rh][0-9]{1,2}(?:年度?)?`)
	coded = regexp.MustCompile(`[a-z]-?[0-9]{2}`) // BX-30
	times = regexp.MustCompile(`[0-9]+(?:年度?|月度?|日|期|週|半期|四半期|q|fy)?|(?:令和|平成)[0-9]*|第|[上下]半?期|四半期|半期|年度?|月度?|[分~〜～/.,:：-]`)
)

// Doing is what a title says was done, before a word that fits whatever was (献血実績, 献血一覧), where
// it is no word of sales and says neither when, by what nor whose it was; "" for nothing.
func (d *Dictionary) Doing(title string) string {
	for _, word := range strings.FieldsFunc(withoutSorts(title), betweenWords) {
		if w := d.Book.KindWord(honne.Sales, word); w != "" && !StartsWith(w, d.Book.Words.Actual) {
			continue // 使用実績
		}
		for _, a := range d.doneBefore() {
			before, _, found := strings.Cut(word, a)
			if found && d.Book.Kind(before) == "" && !HoldsAny(before, d.Book.Words.Plain) {
				if of := d.withoutWhose(before); of != "" {
					return of
				}
			}
		}
	}
	return ""
}

// doneBefore are the words behind what was done: 実績, and those for a list of it.
func (d *Dictionary) doneBefore() (out []string) {
	for _, w := range d.Book.Words.Listed {
		if slices.Contains(d.Book.Words.Actual, w) || utf8.RuneCountInString(w) > 1 && !slices.Contains(d.Book.Words.Measured, w) {
			out = append(out, w)
		}
	}
	return out
}

// withoutWhose is a text without words for when, by what and whose; "" where nothing else is
// left, or a name that says of itself to be one.
func (d *Dictionary) withoutWhose(s string) string {
	s = years.ReplaceAllString(strings.ToLower(japan.Fold(s)), "")
	if coded.MatchString(s) {
		return ""
	}
	for _, w := range slices.Concat(d.Book.Words.OfSales, d.Now, d.region) {
		s = strings.ReplaceAll(s, w, "")
	}
	s = strings.Trim(times.ReplaceAllString(s, ""), "の・&と ")
	_, known := d.Lookup(s)
	if utf8.RuneCountInString(s) < 2 || known > 0 || japan.IsAddressed(s) || japan.IsSite(s, d.Site) || EndsWith(s, d.Place) || EndsWith(s, d.Book.Words.Named) {
		return ""
	}
	return s
}

// SortOfSale reports whether a word for a sort of entry is one of sales, or of what is said
// of it elsewhere: how it was paid, what takes it back, what is no sale.
func (d *Dictionary) SortOfSale(s string) bool {
	key := japan.Key(japan.WithoutBrackets(s))
	idle, discount := d.SaysUnsold(s)
	return d.Book.Kind(s) == honne.Sales || d.channels[key] || idle || discount || d.TurnsBack(s) || d.Moved[key] || d.Others[key] || HoldsAny(s, d.Book.Words.Delivery)
}
