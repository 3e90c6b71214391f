package web

import (
	"fmt"
	"net/http"
	"strings"

	"honne"
	"honne/internal/inspect"
	"honne/internal/japan"
	"honne/internal/playbook"
	"honne/internal/store"
)

// thresholdPage is one number of the rules as it counts for a partner: what it is,
// what another one would have said, and how it came about.
type thresholdPage struct {
	Frame
	ThresholdRow
	Heading, Message, Path string
	Errors                 []Problem
	Writes                 bool
	N                      int
	Value, Why             Input
	Back                   string // tries the playbook's number
	Trial                  *Trial
	History                []EntryVersion
}

// ruled is a threshold of a partner as it stands on the page's day.
type ruled struct {
	*visit
	distributor honne.Distributor
	book        *playbook.Playbook
	threshold   playbook.Threshold
	picture     honne.Picture
	history     []honne.Entry[honne.OwnThreshold] // of this threshold
	entry       honne.Entry[honne.OwnThreshold]   // its last version, a new one without any
}

// ruled finds the threshold that the address names.
func (v *visit) ruled() (*ruled, error) {
	d, err := v.distributor()
	if err != nil {
		return nil, err
	}
	x := &ruled{visit: v, distributor: d}
	if x.book, err = v.book(); err != nil {
		return nil, err
	}
	known := false
	if x.threshold, known = x.book.Threshold(v.PathValue("threshold")); !known {
		return nil, honne.ErrNotFound
	}
	if x.picture, err = v.picture(d); err != nil {
		return nil, err
	}
	all, err := store.EntryVersions[honne.OwnThreshold](v.Context(), v.app.Store, d.ID)
	if err != nil {
		return nil, fmt.Errorf("web: list thresholds: %w", err)
	}
	x.entry = honne.Entry[honne.OwnThreshold]{Distributor: d.ID}
	for _, e := range all {
		if e.Body.Threshold == x.threshold.ID {
			x.history, x.entry = append(x.history, e), e
		}
	}
	return x, nil
}

func (x *ruled) at() string { return thresholdsLink(x.distributor) + "/" + x.threshold.ID }

func (a *app) showThreshold(w http.ResponseWriter, v *visit) error {
	x, err := v.ruled()
	if err != nil {
		return err
	}
	f := v.fields()
	if !v.mayRule() || !v.URL.Query().Has("value") {
		return x.render(w, http.StatusOK, f, nil)
	}
	value, ok := x.read(f)
	if !ok {
		return x.render(w, http.StatusUnprocessableEntity, f, nil)
	}
	trial, err := x.try(value)
	if err != nil {
		return err
	}
	return x.render(w, http.StatusOK, f, trial)
}

// read is the number of the form, in percent where it says so; false when it is none,
// or one that cannot be.
func (x *ruled) read(f *fields) (value float64, ok bool) {
	raw := f.text("value")
	digits := strings.TrimRight(raw, "%％ ")
	n, ok := japan.ParseNumber(decimalPoint(digits))
	if !ok {
		f.fail("value", x.t("threshold.bad.number", honne.Text("raw", raw)))
		return 0, false
	}
	if value = n.Float(); digits != strings.TrimSpace(raw) {
		value /= 100
	}
	return value, !f.invalid(x.book.Refuse(x.picture.Thresholds, x.threshold.ID, value, inspect.Units(x.picture)))
}

// typed is a number as the form reads it.
func (x *ruled) typed(value float64) string {
	switch x.threshold.Number("limit", value, inspect.Units(x.picture)).Kind {
	case honne.ArgRatio, honne.ArgGrowth, honne.ArgPoints:
		return x.lang.Number(value*100, 6) + "%"
	}
	return x.lang.Number(value, 6)
}

func (x *ruled) render(w http.ResponseWriter, status int, f *fields, trial *Trial) error {
	row := x.thresholdRow(x.distributor, x.picture, x.threshold)
	page := thresholdPage{Frame: x.frame("portfolio", row.Rule+x.t("comma")+x.name(x.distributor)), ThresholdRow: row, Heading: row.Rule, Path: x.at(),
		Errors: f.list(), Writes: x.mayRule(), N: x.entry.N, Trial: trial}
	page.Sample = x.distributor.Sample
	page.Crumbs = append(x.thresholdCrumbs(x.distributor), Choice{Label: row.Rule})
	page.Message = x.t("threshold.says.playbook", honne.Text("playbook", row.Playbook))
	stands := x.threshold.Limit()
	if e, own := ownThreshold(x.picture.Thresholds, x.threshold.ID); own {
		page.Message, stands = row.Said, e.Body.Value
		page.Back = x.here("value", x.typed(x.threshold.Limit()))
	}
	page.Value = f.input("value", "", f.typed("value", x.typed(stands))).must()
	page.Value.Label, page.Value.Hint = x.t("threshold.value"), x.t("threshold.value.hint", honne.Text("limit", row.Playbook))
	page.Why = f.input("why", "", f.text("why")).must()
	var err error
	if page.History, err = x.thresholdHistory(x.picture, x.history, false); err != nil {
		return err
	}
	return x.show(w, status, "threshold", page)
}

// postThreshold puts in force what was tried. The playbook's own number takes the
// partner's back.
func (a *app) postThreshold(w http.ResponseWriter, v *visit) error {
	x, err := v.ruled()
	if err != nil {
		return err
	}
	f := v.fields()
	value, ok := x.read(f)
	e, done := x.entry, "own"
	e.Body, e.Withdrawn = honne.OwnThreshold{Threshold: x.threshold.ID, Value: value, Playbook: x.threshold.Limit()}, false
	if value == x.threshold.Limit() {
		e.Body, e.Withdrawn, done = x.entry.Body, true, "back"
	}
	if ok { // what could not be read has no trial, and nothing to give a reason for
		e.Why = f.required("why")
	}
	e, err = keep(f, "value", e)
	if err != nil {
		return fmt.Errorf("web: keep a threshold: %w", err)
	}
	if len(f.order) == 0 {
		return v.redirect(w, x.at()+"?done=threshold-"+done)
	}
	var trial *Trial
	if ok {
		if trial, err = x.try(value); err != nil {
			return err
		}
	}
	x.entry.N = e.N
	return x.render(w, http.StatusUnprocessableEntity, f, trial)
}
