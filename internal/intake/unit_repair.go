package intake

import (
	"slices"

	"honne"
)

// repairByTotal marks or adds, to the one cell of a column that could not be
// read, the repair with which the column equals its total: what is lacking, in
// thousandths.
func (t *table) repairByTotal(col int32, lacking int64) {
	i := slices.IndexFunc(t.stats.problems, func(p honne.Problem) bool {
		return p.What.ID == "problem.not-a-number" && p.At.Range.From.Col == col
	})
	if i < 0 {
		return
	}
	p := &t.stats.problems[i]
	for k := range p.Repairs {
		n, err := honne.ParseDecimal(p.Repairs[k].Number)
		if v, _, over := n.Times(1, 3); err == nil && over == nil && v == lacking {
			p.Repairs[k].AddsUp = true
			return
		}
	}
	number, _ := honne.ParseDecimal(honne.Decimal{Coef: lacking, Scale: 3}.String())
	p.Repairs = append(p.Repairs, honne.Repair{Number: number.String(), Why: honne.RepairTotal, AddsUp: true})
}
