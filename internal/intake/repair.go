package intake

import (
	"regexp"
	"slices"
	"strings"

	"honne"
	"honne/internal/japan"
)

// repairs lists the numbers that a text which is none may stand for, the
// likeliest first. They are proposed to a person, never taken.
func repairs(s string) []honne.Repair {
	s = japan.Fold(japan.Trim(s))
	var out []honne.Repair
	propose := func(n honne.Decimal, ok bool, why honne.RepairKind) {
		if ok && !slices.ContainsFunc(out, func(r honne.Repair) bool { return r.Number == n.String() }) {
			out = append(out, honne.Repair{Number: n.String(), Why: why})
		}
	}
	if strings.ContainsAny(s, "0123456789") && len(s) <= 40 {
		n, ok := japan.ParseNumber(lookAlikes.Replace(s))
		propose(n, ok, honne.RepairLetters)
	}
	if bare := strings.TrimRight(strings.TrimRight(s, "-−▲△"), ".,"); bare != s {
		n, ok := japan.ParseNumber(bare)
		propose(n.Neg(), ok && n.Coef > 0, honne.RepairMinus)
		propose(n, ok && n.Coef > 0, honne.RepairMarks)
	}
	if m := markedNumber.FindStringSubmatch(s); m != nil && !strings.ContainsAny(s, "千百万億") { // 約36千円 is no 36
		n, ok := japan.ParseNumber(m[1])
		propose(n, ok, honne.RepairMarks)
	}
	if n, u, ok := japan.ParseCounted(s); u.Currency == "" {
		propose(n, ok, honne.RepairMarks)
	}
	return out
}

// lookAlikes are letters and marks that are typed or scanned for digits.
var lookAlikes = strings.NewReplacer("O", "0", "o", "0", "〇", "0", "○", "0", "Ｏ", "0", "l", "1", "I", "1", "|", "1")

// markedNumber is one number between marks or words that are no Latin letters,
// digits or signs: 約1,250, 1,250?, (概算)1,250.
var markedNumber = regexp.MustCompile(`^[^0-9A-Za-z.,+−△▲-]*([0-9][0-9,]*(?:\.[0-9]+)?)[^0-9A-Za-z.,%−△▲-]*$`)

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
