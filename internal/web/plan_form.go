package web

import (
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"honne"
	"honne/internal/inspect"
	"honne/internal/japan"
)

// postNewPlan makes a file of the plan and sends it the way of an upload, or
// spreads a total over the months and keeps nothing.
func (a *app) postNewPlan(w http.ResponseWriter, v *visit) error {
	p, err := v.typedPlan()
	if err != nil {
		return err
	}
	p.read()
	if p.text("do") == "spread" {
		return p.spread(w)
	}
	figures := p.checked()
	if len(p.order) > 0 {
		return v.show(w, http.StatusUnprocessableEntity, "plan", p.page())
	}
	return p.send(w, figures)
}

// read takes what was typed, as it was typed.
func (p *typedPlan) read() {
	p.agreed, p.received, p.by, p.total = p.text("agreed-on"), p.text("plan-received"), p.text("plan-by"), p.text("year-total")
	for _, m := range p.months() {
		p.cells[m] = p.text("month-" + m.String())
	}
}

// checked are the months that hold a number, once everything else is right too: a
// month left empty is not known.
func (p *typedPlan) checked() map[honne.Month]int64 {
	if p.kind.agreed {
		p.past("agreed-on")
	}
	p.past("plan-received")
	figures := map[honne.Month]int64{}
	for _, m := range p.months() {
		raw := p.cells[m]
		n, ok := p.number(raw)
		switch {
		case ok:
			figures[m] = n
		case raw != "":
			p.fail("month-"+m.String(), p.v.t("form.number", honne.InMonth("field", m), honne.Text("raw", raw)))
		}
	}
	if len(figures) == 0 {
		p.fail("month-"+p.months()[0].String(), p.v.t("plan.no-month"))
	}
	return figures
}

// past asks for a day that has come.
func (p *typedPlan) past(field string) {
	p.required(field)
	if p.day(field) > honne.DateOf(p.v.now()) {
		p.fail(field, p.v.t("form.made.future"))
	}
}

// mostTyped bounds a month, in units of money or pieces: what is more was typed in
// another unit than the form's.
const mostTyped = 1_000_000_000_000

// number reads a number as people type it, in the unit of the form or with one of
// its own: minor units of money, thousandths of pieces.
func (p *typedPlan) number(raw string) (n int64, ok bool) {
	number, scale, power, ok := p.amount(raw)
	if !ok {
		return 0, false
	}
	n, exact, err := number.Times(scale, power)
	most, _, _ := honne.Decimal{Coef: mostTyped}.Times(1, p.digits())
	return n, exact && err == nil && -most <= n && n <= most
}

// amount is a number and what it is multiplied with: the factor and power of ten
// of its own unit, else of the form's.
func (p *typedPlan) amount(raw string) (n honne.Decimal, scale int64, power int, ok bool) {
	power = p.digits()
	if !p.unit.amount {
		counted, u, ok := japan.ParseCounted(raw)
		if ok && u.Currency == "" {
			return counted, u.Scale, power, true
		}
		n, ok = japan.ParseNumber(raw)
		return n, 1, power, ok
	}
	n, scale, ok = japan.ParseAmount(strings.TrimLeft(raw, "¥￥"))
	if !strings.ContainsAny(raw, "円百千万億兆") {
		power += p.unit.power
	}
	return n, scale, power, ok
}

// digits is the power of ten in which the ledger keeps figures.
func (p *typedPlan) digits() int {
	if p.unit.amount {
		return p.currency().Digits()
	}
	return 3
}

// decimal is a figure in the unit of the form.
func (p *typedPlan) decimal(n int64) string {
	return honne.Decimal{Coef: n, Scale: int8(p.digits() + p.unit.power)}.String()
}

// written is a figure as the form shows it.
func (p *typedPlan) written(n int64) string { return p.v.lang.Decimal(p.decimal(n)) }

// spread fills the months with a total and says how; nothing is kept.
func (p *typedPlan) spread(w http.ResponseWriter) error {
	total, ok := p.number(p.total)
	switch {
	case p.total == "":
		p.required("year-total")
	case !ok || total < 0:
		p.fail("year-total", p.v.t("form.number", honne.Word("field", "form.year-total"), honne.Text("raw", p.total)))
	}
	if len(p.order) > 0 {
		return p.v.show(w, http.StatusUnprocessableEntity, "plan", p.page())
	}
	step, _, err := honne.Decimal{Coef: 1}.Times(1, p.digits()+min(p.unit.power, 3))
	if err != nil {
		return err
	}
	parts, bySales := inspect.Spread(&p.rec, total, step, p.unit.amount, p.months())
	for i, m := range p.months() {
		p.cells[m] = p.written(parts[i])
	}
	page := p.page()
	page.Spread = p.v.t("plan.spread.evenly", honne.Text("year", p.v.lang.FiscalYear(p.year-1)))
	if bySales {
		page.Spread = p.v.t("plan.spread.sales", honne.Text("year", p.v.lang.FiscalYear(p.year-1)))
	}
	return p.v.show(w, http.StatusOK, "plan", page)
}

// send gives the file to intake; the same file twice is the one that is there.
func (p *typedPlan) send(w http.ResponseWriter, figures map[honne.Month]int64) error {
	v := p.v
	file, err := p.file(figures)
	if err != nil {
		return fmt.Errorf("web: write plan: %w", err)
	}
	id, err := v.app.Receive(v.Context(), Upload{Distributor: p.to.ID, Name: p.fileName(), Size: int64(file.Len()), Bytes: file,
		Received: p.day("plan-received").At(12, 0), From: p.kind.from, Kind: p.kind.series, By: v.user.ID})
	var same *honne.Duplicate
	done := ""
	switch {
	case errors.As(err, &same):
		id, done = same.Of, "?done=plan-same"
	case err != nil:
		return fmt.Errorf("web: receive plan: %w", err)
	default:
		v.await(id)
	}
	return v.redirect(w, "/intake/"+strconv.FormatInt(int64(id), 10)+done)
}
