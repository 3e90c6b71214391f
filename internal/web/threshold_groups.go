package web

import (
	"slices"
	"strings"

	"honne"
	"honne/internal/japan"
	"honne/internal/playbook"
)

// ThresholdGroup are the thresholds of one measure, of one sign, or of the overall rule.
// One that is used in several stands in the first.
type ThresholdGroup struct {
	Name, Own string // how many are the partner's own, in words; "" for none
	Open      bool
	Rows      []ThresholdRow
}

// thresholdWish is what the address narrows the list of thresholds to; "" for all.
type thresholdWish struct{ of, text string }

func (v *visit) thresholdWish() thresholdWish {
	return thresholdWish{v.URL.Query().Get("of"), strings.TrimSpace(v.URL.Query().Get("q"))}
}

func (w thresholdWish) any() bool { return w != thresholdWish{} }

// holds reports whether a threshold is used where it was asked for and its row has the
// text, however wide and in whatever case.
func (w thresholdWish) holds(r ThresholdRow) bool {
	fold := func(s string) string { return strings.ToLower(japan.Fold(s)) }
	return (w.of == "" || slices.Contains(r.of, w.of)) && strings.Contains(fold(r.Rule+"\n"+r.Uses), fold(w.text))
}

// useSlug is a use as addresses name it.
func useSlug(u playbook.Use) string {
	switch {
	case u.Sign != "":
		return "sign-" + u.Sign
	case u.Measure != "":
		return u.Measure
	}
	return "overall"
}

// thresholdGroups puts rows together by their first use, those with a threshold of the
// partner's own first and open; all are open where the list was narrowed.
func (v *visit) thresholdGroups(rows []ThresholdRow) (out []ThresholdGroup) {
	wanted, at, own := v.thresholdWish(), map[string]int{}, map[string]int{}
	for _, r := range rows {
		if !wanted.holds(r) {
			continue
		}
		i, known := at[r.group]
		if !known {
			i, at[r.group] = len(out), len(out)
			out = append(out, ThresholdGroup{Name: r.group, Open: wanted.any()})
		}
		out[i].Rows = append(out[i].Rows, r)
		if r.Own {
			own[r.group]++
			out[i].Own, out[i].Open = v.t("threshold.group.own", honne.Count("n", own[r.group])), true
		}
	}
	slices.SortStableFunc(out, func(x, y ThresholdGroup) int { return ownFirst(x.Own != "") - ownFirst(y.Own != "") })
	return out
}

// thresholdFilters are what narrows the list: a measure or a sign, and a text.
func (v *visit) thresholdFilters(book *playbook.Playbook) (Pick, Input) {
	wanted := v.thresholdWish()
	pick := Pick{Name: "of", Label: v.t("threshold.of"), Options: []Choice{{Label: v.t("claims.any")}}}
	groups := [...]PickGroup{{Label: v.t("measures.heading")}, {Label: v.t("signs.heading")}}
	for _, t := range book.Thresholds() {
		for _, u := range t.Uses {
			c := Choice{Href: useSlug(u), Label: v.useName(u), Current: useSlug(u) == wanted.of}
			list := &pick.Options
			if u.Sign != "" {
				c.Label, list = v.t("sign."+u.Sign), &groups[1].Options
			} else if u.Measure != "" {
				list = &groups[0].Options
			}
			if !slices.ContainsFunc(*list, func(x Choice) bool { return x.Href == c.Href }) {
				*list = append(*list, c)
			}
		}
	}
	pick.Groups = groups[:]
	return pick, Input{Name: "q", Type: "search", Label: v.t("threshold.text"), Value: wanted.text}
}
