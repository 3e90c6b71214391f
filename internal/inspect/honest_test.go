package inspect

import (
	"testing"

	"honne"
)

// TestGain: who is ahead of the market loses no pace, and is not told so.
func TestGain(t *testing.T) {
	p := Picture(excellent().record(), japanese(t))
	if !p.Pace.Known || p.Pace.LostPace.Minor >= 0 || p.Pace.Say.ID != "strip.pace.ahead.above" && p.Pace.Say.ID != "strip.pace.ahead.below" {
		t.Errorf("pace = %+v", p.Pace)
	}
}

// TestTooFewToAccuse: where changes cannot be seen by the measure's minimum,
// neither the sentence nor the strip counts them.
func TestTooFewToAccuse(t *testing.T) {
	r := miyako()
	for i := range r.Facts {
		if r.Facts[i].Series == honne.Sales {
			r.Facts[i] = shorten(r.Facts[i], len(r.Facts[i].Month)-2)
		} else {
			r.Facts[i] = honne.Facts{Series: r.Facts[i].Series}
		}
	}
	p := Picture(r, japanese(t))
	if k := p.KPIs; k.Kept+k.Revised != 0 || p.Message.ID != "message.sales-only" {
		t.Errorf("kept %d, revised %d, message %v", k.Kept, k.Revised, p.Message)
	}
	if key := p.Strip[4]; key.Known || key.Lines[0].Say.ID != "why.restatement.few" {
		t.Errorf("strip says %+v", key)
	}
}

// TestTooEarly: a known value whose rule lacks quarters says so, and no band
// begins before the first figure.
func TestTooEarly(t *testing.T) {
	r := miyako()
	for i, f := range r.Facts {
		if f.Series == honne.Sales { // up to June: one quarter with a plan
			r.Facts[i] = honne.Facts{Series: f.Series, Month: f.Month[:15], Product: f.Product[:15], Version: f.Version[:15], Amount: f.Amount[:15], Quantity: f.Quantity[:15]}
		}
	}
	p := Picture(r, japanese(t))
	early := 0
	for _, j := range p.Measures {
		if (j.Known && j.Band == honne.UnknownBand) == j.TooEarly.IsZero() {
			t.Errorf("%s: known %v, band %q, too early %v", j.Measure.Slug, j.Known, j.Band, j.TooEarly)
		}
		if !j.TooEarly.IsZero() {
			early++
		}
		if j.Since != 0 && j.Since < honne.NewMonth(2025, 4) {
			t.Errorf("%s since %s, before any figure", j.Measure.Slug, j.Since)
		}
	}
	if early == 0 {
		t.Error("no measure is too early to judge")
	}
}

// TestNextCanBeGiven: what only a form takes comes after what a file holds.
func TestNextCanBeGiven(t *testing.T) {
	later := false
	for _, a := range Picture(miyako(), japanese(t)).Next {
		if later && !a.Form {
			t.Errorf("%s comes after what is written on a form", a.Give)
		}
		later = a.Form
	}
	if !later {
		t.Error("nothing is marked as written on a form")
	}
}

// TestMissingMonth: the plan of a month that was not reported is not counted,
// and the cells of a figure leave it out.
func TestMissingMonth(t *testing.T) {
	r := miyako()
	gone := honne.NewMonth(2026, 7)
	for i, f := range r.Facts {
		if f.Series == honne.Sales {
			g := honne.Facts{Series: f.Series}
			for k, m := range f.Month {
				if m != gone {
					g.Month, g.Product, g.Version = append(g.Month, m), append(g.Product, -1), append(g.Version, 1)
					g.Amount, g.Quantity = append(g.Amount, f.Amount[k]), append(g.Quantity, f.Quantity[k])
				}
			}
			r.Facts[i] = g
		}
	}
	k := Picture(r, japanese(t)).KPIs
	for _, term := range []honne.Term{k.Sales, k.Plan} {
		if len(term.Select) != 2 || term.Select[0].Period.To != (gone-1).Last() || term.Select[1].Period.From != (gone+1).First() {
			t.Errorf("%s opens %+v", term.Label.ID, term.Select)
		}
	}
	if k.Plan.Money.Minor != 278e6 || len(k.Prior.Select) != 2 || !k.SameMonths {
		t.Errorf("plan %d, prior %+v, same months %v", k.Plan.Money.Minor, k.Prior.Select, k.SameMonths)
	}
}
