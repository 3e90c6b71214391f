package web

import (
	"cmp"
	"errors"
	"net/http"
	"strconv"
	"strings"

	"honne"
	"honne/internal/lang"
	"honne/internal/store"
)

// Input is one field of a form, with what is wrong with it.
type Input struct {
	Name, Label, Hint, Error, Value, Type, Lang, Auto, Step, List string
	Required                                                      bool
}

// Pick is a field of a form in which one of several is chosen.
type Pick struct {
	Name, Label, Hint, Error string
	Options                  []Choice // Href is what is sent
	Groups                   []PickGroup
}

// PickGroup are choices that belong together.
type PickGroup struct {
	Label   string
	Options []Choice
}

// Problem is an error of a form: the field to go to, and the same words that
// stand there.
type Problem struct{ Field, Text string }

// fields reads a form: each problem stands at its field and in the summary.
type fields struct {
	v      *visit
	errors map[string]string
	order  []string
}

func (v *visit) fields() *fields { return &fields{v: v, errors: map[string]string{}} }

func (f *fields) fail(field, text string) {
	if _, twice := f.errors[field]; !twice {
		f.errors[field] = text
		f.order = append(f.order, field)
	}
}

// invalid takes an error of the rooms behind as the field's problem; false when
// it is none.
func (f *fields) invalid(err error) bool {
	var bad *honne.Invalid
	if !errors.As(err, &bad) {
		return false
	}
	f.fail(bad.Field, f.v.say(bad.What))
	return true
}

// keep enters what a form says of an entry that somebody saw last in the version
// of its field "version". What is wrong with the form, or that somebody else saved
// meanwhile, stands in f, at field: nothing is kept then, and what was typed goes
// back to the form, on top of what stands now.
func keep[T honne.Entered](f *fields, field string, e honne.Entry[T]) (honne.Entry[T], error) {
	v := f.v
	if seen, _ := strconv.Atoi(f.text("version")); seen != e.N {
		f.fail(field, v.t("audit.conflict", honne.Text("name", v.userName(e.By))))
	}
	if len(f.order) > 0 {
		return e, nil
	}
	e.By = v.user.ID
	kept, err := store.Enter(v.Context(), v.app.Store, e)
	if !errors.Is(err, honne.ErrConflict) {
		return kept, err
	}
	f.fail(field, v.t("audit.conflict", honne.Text("name", "")))
	history, err := store.EntryHistory[T](v.Context(), v.app.Store, e.Number)
	if err != nil {
		return e, err
	}
	e.N = history[len(history)-1].N
	return e, nil
}

func (f *fields) text(name string) string { return strings.TrimSpace(f.v.FormValue(name)) }

// typed is what a field holds: what was sent, else what stands.
func (f *fields) typed(name, stands string) string {
	s := f.text(name)
	if _, sent := f.v.Form[name]; !sent {
		return stands
	}
	return s
}

// ticked reports whether a box is ticked: one that is not does not send anything.
func (f *fields) ticked(name string, stands bool) bool {
	if f.v.Method == http.MethodPost {
		return f.text(name) != ""
	}
	return stands
}

func (f *fields) required(name string) string {
	s := f.text(name)
	if s == "" {
		f.fail(name, f.v.t("form.required", honne.Word("field", "form."+name)))
	}
	return s
}

func (f *fields) percent(name string) (float64, bool) {
	s := strings.TrimSuffix(strings.NewReplacer("−", "-", "%", "", "％", "", "+", "").Replace(f.text(name)), " ")
	if s == "" {
		return 0, false
	}
	n, err := strconv.ParseFloat(s, 64)
	if err != nil || n < -100 || n > 1000 {
		f.fail(name, f.v.t("form.number", honne.Word("field", "form."+name), honne.Text("raw", s)))
		return 0, false
	}
	return n / 100, true
}

func (f *fields) month(name string) int {
	n, err := strconv.Atoi(f.text(name))
	if err != nil || n < 1 || n > 12 {
		return 4
	}
	return n
}

func (f *fields) day(name string) honne.Date { return f.dayOf(name, f.label(name)) }

// dayOf reads a day from a field that has its label from elsewhere.
func (f *fields) dayOf(name, label string) honne.Date {
	s := f.text(name)
	if s == "" {
		return 0
	}
	d, err := honne.ParseDate(s)
	if err != nil {
		f.fail(name, f.v.t("form.no-day", honne.Text("field", label), honne.Text("raw", s)))
	}
	return d
}

// label is what a field is called: by its own name, or as one of the numbered lines of a
// form.
func (f *fields) label(name string) string {
	of := strings.TrimRight(name, "-0123456789")
	for _, key := range [...]string{"form." + name, "checkin." + strings.Replace(of, "-day", ".day", 1), "request." + of} {
		if f.v.app.Languages.Has(lang.EN, key) {
			return f.v.t(key)
		}
	}
	return f.v.t("form.day")
}

func (f *fields) list() []Problem {
	var out []Problem
	for _, field := range f.order {
		out = append(out, Problem{field, f.errors[field]})
	}
	f.v.wrong = len(out)
	return out
}

// input makes a field labelled by the catalogue's form.NAME, with its hint
// where there is one.
func (f *fields) input(name, kind, value string) Input {
	in := Input{Name: name, Type: cmp.Or(kind, "text"), Value: value, Label: f.v.t("form." + name), Error: f.errors[name]}
	if f.v.app.Languages.Has(lang.EN, "form."+name+".hint") {
		in.Hint = f.v.t("form." + name + ".hint")
	}
	return in
}

// pick makes a field of choices, labelled as input does.
func (f *fields) pick(name string, options []Choice, groups ...PickGroup) Pick {
	in := f.input(name, "", "")
	return Pick{Name: name, Label: in.Label, Hint: in.Hint, Error: in.Error, Options: options, Groups: groups}
}

func (in Input) must() Input { in.Required = true; return in }

func (in Input) auto(token string) Input { in.Auto = token; return in }

func (in Input) speaks(l string) Input { in.Lang = l; return in }

// months are the choices of a fiscal year's first month.
func (v *visit) months(chosen int) []Choice {
	var out []Choice
	for m := 1; m <= 12; m++ {
		out = append(out, Choice{Href: strconv.Itoa(m), Label: v.lang.MonthName(honne.NewMonth(2026, m)), Current: m == chosen})
	}
	return out
}
