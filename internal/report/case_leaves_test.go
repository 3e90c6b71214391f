package report

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"honne"
)

// dependsOn are the numbers, dates and yes-or-no of a case on which what the partner
// reads may depend, each with the reason. Of texts, letsOfCase lists them.
var dependsOn = map[string]string{
	"Audit.Audit.From": "the period of the review", "Audit.Audit.To": "the period of the review",
	"Frozen.AsOf":                                        "the day as of which the review was written",
	"Audit.Requests.Due":                                 "what they were asked for, and by when",
	"Audit.Requests.Received":                            "what came is asked for no more",
	"Audit.Decision.Deadline":                            "what hangs on a day is said plainly",
	"Audit.Actions.Body.Begun":                           "progress is counted from it",
	"Audit.Actions.Body.Due":                             "a day that both sides agree on",
	"Audit.Actions.Body.Start":                           "what an agreed goal began from",
	"Audit.Actions.Body.Target":                          "the goal itself",
	"Told.Actions.Body.Begun":                            "as of the review before, which they hold",
	"Told.Actions.Body.Due":                              "as of the review before, which they hold",
	"Told.Actions.Body.Start":                            "as of the review before, which they hold",
	"Told.Actions.Body.Target":                           "as of the review before, which they hold",
	"Audit.Findings.Body.Share":                          "a person shared it",
	"Audit.Findings.Body.Closed":                         "what is closed is put to them no more",
	"Frozen.Promises.Confirmed":                          "a promise of either side counts once it is confirmed",
	"Frozen.Promises.Made":                               "the day of a letter that both sides have",
	"Frozen.Promises.Due":                                "a day that was promised in writing",
	"Frozen.Promises.Done":                               "done as agreed, which both sides saw",
	"Frozen.Claims.OwnSide":                              "our own part is said first",
	"Frozen.Claims.Said.On":                              "the day of their own letter",
	"Frozen.KPIs.PlanAgreed":                             "only a plan that both agreed on is named",
	"Frozen.KPIs.Growth":                                 "their own growth, by their own reports",
	"Frozen.KPIs.Compared":                               "their own growth, by their own reports",
	"Frozen.KPIs.Kept":                                   "their own reports, as they sent them",
	"Frozen.KPIs.Revised":                                "their own reports, as they sent them",
	"Frozen.KPIs.Slight":                                 "their own reports, as they sent them",
	"Frozen.Months.Month":                                "their own reports, by month",
	"Frozen.Months.Actual.Known":                         "their own sales",
	"Frozen.Months.Actual.N":                             "their own sales",
	"Frozen.Months.Plan.Known":                           "the plan that both agreed on",
	"Frozen.Months.Plan.N":                               "the plan that both agreed on",
	"Frozen.Months.Agreed":                               "the plan that both agreed on",
	"Today.Measures.Result.Known":                        "progress of a goal by their own later files",
	"Today.Measures.Result.Value":                        "progress of a goal by their own later files",
	"Today.Deliveries.InForce":                           "progress is said only by files that they sent, and since it began",
	"Today.Deliveries.Receipt.At":                        "progress is said only by files that they sent, and since it began",
	"Today.Deliveries.Periods.From":                      "progress is said only by files that they sent, and since it began",
	"Today.Deliveries.Periods.To":                        "progress is said only by files that they sent, and since it began",
	"Today.Coverage.To":                                  "up to which of their reports progress is said",
	"Today.Measures.Result.Evidence.Period.From":         "the place in their own file",
	"Today.Measures.Result.Evidence.Period.To":           "the place in their own file",
	"Frozen.KPIs.Sales.Select.Period.From":               "the place in their own file",
	"Frozen.KPIs.Formulas.Steps.Term.Select.Period.From": "the place in their own file",
	"Frozen.Strip.Cells.Period.From":                     "the place in their own file",
}

// partnerDocuments are all that a partner reads of an audit.
var partnerDocuments = map[string]func(Case) Document{"audit": func(c Case) Document { return Audit(c, Partner) }, "plan": func(c Case) Document { return Plan(c, Partner) },
	"renewal": func(c Case) Document { return Renewal(c, Partner) }, "goals": Goals}

// leaves visits every number, date and yes-or-no of a case that can be set, and the
// texts that messages hold, each by its place; those of a list have the same place.
func leaves(v reflect.Value, at string, visit func(at string, v reflect.Value)) {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			leaves(v.Elem(), at, visit)
		}
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[time.Time]() {
			if v.CanSet() {
				visit(at, v)
			}
			return
		}
		for i := range v.NumField() {
			name := v.Type().Field(i).Name
			if a, is := v.Interface().(honne.Arg); is && (name == "Kind" || name == "Name" || name == "S" && a.Kind != honne.ArgText) {
				continue
			}
			if at != "" {
				name = at + "." + name
			}
			leaves(v.Field(i), name, visit)
		}
	case reflect.Slice, reflect.Array:
		for i := range v.Len() {
			leaves(v.Index(i), at, visit)
		}
	default:
		if v.CanSet() {
			visit(at, v)
		}
	}
}

// others are values that a leaf does not have, nil for one that is not tried.
func others(at string, v reflect.Value) (out []any) {
	put := func(x any) { out = append(out, reflect.ValueOf(x).Convert(v.Type()).Interface()) }
	switch {
	case v.Type() == reflect.TypeFor[time.Time]():
		moment := v.Interface().(time.Time)
		put(moment.AddDate(0, 0, 37))
		put(moment.AddDate(0, 0, -37))
	case v.CanInt():
		put(v.Int() + 37)
		put(v.Int() - 37)
	case v.CanUint():
		put(v.Uint() + 37)
	case v.CanFloat():
		put(3*v.Float() + 0.77)
		put(-1.3*v.Float() - 0.3)
	case v.Kind() == reflect.Bool:
		put(!v.Bool())
	case v.Kind() == reflect.String && strings.HasSuffix(at, ".Args.S"):
		put("MARK<" + at + ">")
	}
	return out
}

// TestPartnerDependsOnWhatIsListed changes every number, date and yes-or-no of a case,
// and every text that a message of it holds: each by itself, which changes nothing that
// the partner reads unless it is listed, and all that are not listed together, in
// every form that can leave the house.
func TestPartnerDependsOnWhatIsListed(t *testing.T) {
	plain := func() Case {
		c := followed()
		c.Audit.Decision.Letter = renewed().Audit.Decision.Letter
		return c
	}
	whole := func() Case {
		c := plain()
		filled(reflect.ValueOf(&c).Elem(), 0)
		return c
	}
	used, tried := map[string]bool{}, 0
	for _, of := range []func() Case{plain, whole} {
		tried += eachLeafAlone(t, of(), used)
	}
	for at := range dependsOn {
		if !used[at] {
			t.Errorf("%s is listed, and nothing depends on it", at)
		}
	}
	if tried < 4000 {
		t.Errorf("only %d changes were tried", tried)
	}
	for _, of := range []func() Case{plain, whole} {
		allTogether(t, of)
	}
}

// eachLeafAlone changes each leaf by itself, notes what is used of the list, and says
// how many changes it tried.
func eachLeafAlone(t *testing.T, c Case, used map[string]bool) (tried int) {
	base := map[string]Document{}
	for kind, doc := range partnerDocuments {
		base[kind] = doc(c)
	}
	leaves(reflect.ValueOf(&c).Elem(), "", func(at string, v reflect.Value) {
		was := reflect.ValueOf(v.Interface())
		for _, other := range others(at, v) {
			tried++
			v.Set(reflect.ValueOf(other))
			for kind, doc := range partnerDocuments {
				if used[at] && dependsOn[at] != "" || reflect.DeepEqual(doc(c), base[kind]) {
					continue
				}
				if used[at] = true; dependsOn[at] == "" {
					t.Errorf("%s: what the partner reads depends on %s", kind, at)
				}
			}
		}
		v.Set(was)
	})
	return tried
}

// allTogether changes all leaves that are not listed.
func allTogether(t *testing.T, of func() Case) {
	x := of()
	leaves(reflect.ValueOf(&x).Elem(), "", func(at string, v reflect.Value) {
		if other := others(at, v); len(other) > 0 && dependsOn[at] == "" {
			v.Set(reflect.ValueOf(other[0]))
		}
	})
	for kind, doc := range partnerDocuments {
		if a, b := everyForm(t, doc(of())), everyForm(t, doc(x)); a != b || strings.Contains(b, "MARK<") {
			t.Errorf("%s: what the partner reads depends on something that is not listed", kind)
		}
	}
}
