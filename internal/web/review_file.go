package web

import (
	"fmt"
	"net/http"
	"slices"
	"time"

	"honne"
)

// AboutStep is the file itself: how it came, and what was said of it.
type AboutStep struct {
	Facts    []Fact
	Received Input
	Sides    []Choice
	Kinds    []Choice
	History  []Fact // who decided what, and when
}

// Correction is what a person corrects of a file's arrival.
type Correction struct {
	Received time.Time    // zero stays as it was
	From     honne.Side   // "" stays as it was
	Kind     honne.Series // "" to find out
}

func (x *review) about() *AboutStep {
	f := x.file
	s := &AboutStep{}
	s.Facts = []Fact{
		{Label: x.t("col.partner"), Value: x.name(x.distributor)},
		{Label: x.t("col.received"), Value: x.knownSince(f.Receipt), At: x.t("basis." + string(f.Receipt.Basis))},
		{Label: x.t("file.format"), Value: string(x.reading.Format), At: x.reading.Encoding},
		{Label: x.t("file.size"), Value: x.lang.Bytes(f.Size), At: "SHA-256 " + f.SHA256},
	}
	s.Received = Input{Name: "received", Type: "date", Label: x.t("form.received"), Hint: x.t("form.received.hint")}
	if f.Receipt.Exact() {
		s.Received.Value = f.Receipt.Day().String()
	}
	s.Sides, s.Kinds = x.uploadChoices()
	s.Sides = s.Sides[1:]
	for i := range s.Sides {
		s.Sides[i].Current = s.Sides[i].Href == string(f.From)
	}
	return s
}

// postFile corrects how a file came, and reads it again.
func (a *app) postFile(w http.ResponseWriter, v *visit, x *review) error {
	c := Correction{From: honne.Side(v.FormValue("from")), Kind: honne.Series(v.FormValue("kind"))}
	if c.From != "" && !slices.Contains([]honne.Side{honne.Theirs, honne.Ours, honne.Third}, c.From) || c.Kind != "" && !slices.Contains(told(), c.Kind) {
		return &honne.Invalid{Field: "kind", What: honne.Say("intake.no-form")}
	}
	if s := v.FormValue("received"); s != "" {
		day, err := honne.ParseDate(s)
		if err != nil || day > honne.DateOf(v.now()) {
			return &honne.Invalid{Field: "received", What: honne.Say("web.bad.date", honne.Text("raw", s))}
		}
		c.Received = day.At(12, 0)
	}
	if err := a.Correct(v.Context(), x.file.ID, c); err != nil {
		return fmt.Errorf("web: correct arrival: %w", err)
	}
	return x.reread(w)
}
