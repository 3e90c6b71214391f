package web

import (
	"fmt"
	"net/http"
	"slices"
	"strings"

	"honne"
	"honne/internal/auth"
	"honne/internal/inspect"
	"honne/internal/playbook"
	"honne/internal/store"
)

// thresholdsPage lists the numbers of the rules as they count for one partner, and
// every change of one.
type thresholdsPage struct {
	Frame
	Heading, Message string
	Of               Pick
	Text             Input
	Day              string // as known on which day, where the address says one
	Groups           []ThresholdGroup
	History          []EntryVersion
	Trial            string // tries a whole playbook; "" for who may not
}

// ThresholdRow is a number of the rules as it counts for a partner.
type ThresholdRow struct {
	Rule, Href, Uses string
	Playbook, Value  string
	Own              bool
	Said             string // since when it is the partner's own, by whom, and what the playbook says
	Why              string

	group string   // its first use
	of    []string // its uses as addresses name them
}

func thresholdsLink(d honne.Distributor) string { return base(d) + "/thresholds" }

// ownThreshold finds the newest of a partner's own thresholds of a name.
func ownThreshold(own []honne.Entry[honne.OwnThreshold], id string) (e honne.Entry[honne.OwnThreshold], ok bool) {
	for _, x := range own {
		if x.Body.Threshold == id {
			e, ok = x, true
		}
	}
	return e, ok
}

// thresholds are those of the playbook that are used where the page says, as they
// count by a picture.
func (v *visit) thresholds(d honne.Distributor, p honne.Picture, used func(playbook.Use) bool) ([]ThresholdRow, error) {
	book, err := v.book()
	var out []ThresholdRow
	for _, t := range book.Thresholds() {
		if slices.ContainsFunc(t.Uses, used) {
			out = append(out, v.thresholdRow(d, p, t))
		}
	}
	return out, err
}

func (v *visit) thresholdRow(d honne.Distributor, p honne.Picture, t playbook.Threshold) ThresholdRow {
	unit := inspect.Units(p)
	row := ThresholdRow{Href: v.link(thresholdsLink(d) + "/" + t.ID), Uses: v.uses(t), Playbook: v.limit(t, t.Limit(), unit), Rule: v.rule(t, t.Limit(), unit)}
	row.Value, row.group = row.Playbook, v.useName(t.Uses[0])
	for _, u := range t.Uses {
		row.of = append(row.of, useSlug(u))
	}
	e, own := ownThreshold(p.Thresholds, t.ID)
	if !own {
		return row
	}
	row.Own, row.Value, row.Rule, row.Why = true, v.limit(t, e.Body.Value, unit), v.rule(t, e.Body.Value, unit), e.Why
	row.Said = v.t("threshold.own", honne.Day("day", honne.DateOf(e.At)), honne.Text("who", v.who(e.By)), honne.Text("playbook", row.Playbook))
	return row
}

// rule is a threshold in words, with a number.
func (v *visit) rule(t playbook.Threshold, value float64, unit func(string) honne.ValueUnit) string {
	return title(v.say(t.Says(value, unit)))
}

// limit is a number of a threshold by itself.
func (v *visit) limit(t playbook.Threshold, value float64, unit func(string) honne.ValueUnit) string {
	return v.app.Languages.Write(v.lang, t.Number("limit", value, unit))
}

// uses names the bands in which a threshold stands.
func (v *visit) uses(t playbook.Threshold) string {
	var out []string
	for _, u := range t.Uses {
		if u.Band == "" {
			out = append(out, v.useName(u))
			continue
		}
		out = append(out, v.t("threshold.use", honne.Text("rule", v.useName(u)), honne.Word("band", "band."+string(u.Band))))
	}
	return strings.Join(out, v.t("list.comma"))
}

func (v *visit) useName(u playbook.Use) string {
	if u.Sign != "" {
		return v.t("threshold.sign", honne.Word("sign", "sign."+u.Sign))
	}
	if u.Measure == "" {
		return v.t("threshold.overall")
	}
	return v.t("measure." + u.Measure)
}

func (a *app) showThresholds(w http.ResponseWriter, v *visit, d honne.Distributor) error {
	p, err := v.picture(d)
	if err != nil {
		return err
	}
	page := thresholdsPage{Frame: v.frame("portfolio", v.t("threshold.title")+v.t("comma")+v.name(d)), Heading: v.t("threshold.title")}
	page.Sample, page.Crumbs = d.Sample, v.thresholdCrumbs(d)
	page.Crumbs[3].Href = ""
	if v.may(auth.Write, auth.Signals) {
		page.Trial = v.link(base(d) + "/playbook-trial")
	}
	if err := page.list(v, d, p); err != nil {
		return err
	}
	all, err := store.EntryVersions[honne.OwnThreshold](v.Context(), a.Store, d.ID)
	if err != nil {
		return fmt.Errorf("web: list thresholds: %w", err)
	}
	page.History, err = v.thresholdHistory(p, all, true)
	if err != nil {
		return err
	}
	return v.show(w, http.StatusOK, "thresholds", page)
}

// list fills the thresholds and what narrows them.
func (page *thresholdsPage) list(v *visit, d honne.Distributor, p honne.Picture) error {
	book, err := v.book()
	if err != nil {
		return err
	}
	rows, err := v.thresholds(d, p, func(playbook.Use) bool { return true })
	page.Of, page.Text = v.thresholdFilters(book)
	page.Groups, page.Day = v.thresholdGroups(rows), v.URL.Query().Get("asof")
	page.Message = v.t("threshold.message", honne.Count("n", len(p.Thresholds)), honne.Count("all", len(rows)))
	return err
}

func ownFirst(own bool) int {
	if own {
		return 0
	}
	return 1
}

func (v *visit) thresholdCrumbs(d honne.Distributor) []Choice {
	return v.crumbs(d, Choice{Href: v.link(base(d) + "/signals"), Label: v.t("tab.signals")}, Choice{Href: v.link(thresholdsLink(d)), Label: v.t("threshold.title")})
}

// thresholdHistory says versions in words, the newest first; with the rule where
// they are of several. One of a rule that the playbook has no longer says its name.
func (v *visit) thresholdHistory(p honne.Picture, all []honne.Entry[honne.OwnThreshold], several bool) (out []EntryVersion, err error) {
	book, err := v.book()
	for _, e := range slices.SortedStableFunc(slices.Values(all), func(x, y honne.Entry[honne.OwnThreshold]) int { return y.At.Compare(x.At) }) {
		rule, says := v.thresholdSays(p, book, e)
		if several {
			says = rule + v.t("colon") + says
		}
		out = append(out, EntryVersion{N: e.N, Who: v.who(e.By), At: v.lang.Instant(e.At), Why: e.Why, Changes: []string{says}})
	}
	return out, err
}

func (v *visit) thresholdSays(p honne.Picture, book *playbook.Playbook, e honne.Entry[honne.OwnThreshold]) (rule, says string) {
	t, known := book.Threshold(e.Body.Threshold)
	write := func(f float64) string { return v.lang.Number(f, 6) }
	rule, unit := e.Body.Threshold, inspect.Units(p)
	if known {
		rule, write = v.rule(t, t.Limit(), unit), func(f float64) string { return v.limit(t, f, unit) }
	}
	says = v.t("threshold.set", honne.Text("value", write(e.Body.Value)), honne.Text("playbook", write(e.Body.Playbook)))
	if e.Withdrawn {
		says = v.t("threshold.back")
	}
	if !known {
		says += v.t("sentence.gap") + v.t("threshold.idle")
	}
	return rule, says
}

// mayRule reports whether the visitor may change the rules of a partner: who writes
// its signs, and not on a day of the past.
func (v *visit) mayRule() bool {
	return v.may(auth.Write, auth.Signals) && v.URL.Query().Get("asof") == ""
}
