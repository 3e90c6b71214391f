package intake

import (
	"strings"

	"honne"
	"honne/internal/intake/grid"
	"honne/internal/japan"
)

// Two columns may give one amount on two bases, 税抜 and 税込. The one without tax is
// taken; the other, which must be more by the rates of the consumption tax, proves it.

// taxPair is one amount on two bases, by the indices of its columns.
type taxPair struct{ net, gross int }

// taxPairs are those of a table, and how many of their figures agree.
type taxPairs struct {
	pairs         []taxPair
	agree, differ int
	at            honne.Address // of the first that does not
	raw           string
}

// The rates of the consumption tax, in hundredths: the reduced one and the usual one.
const lowRate, highRate = 8, 10

// taxTwins reports whether two columns of one field are an amount with tax and the
// same without, or one of which nothing is said.
func (t *table) taxTwins(i, j int) bool {
	a, b := t.taxOver(i), t.taxOver(j)
	return t.fields[i].amount && a != b && (a == honne.TaxIncluded || b == honne.TaxIncluded)
}

// taxOver is the tax basis that the header of a column says.
func (t *table) taxOver(i int) honne.Tax { return japan.TaxOf(strings.Join(t.fields[i].path, " ")) }

// keepNet keeps the amount without tax of two, and returns it.
func (t *table) keepNet(i, j int) (kept int) {
	p := taxPair{i, j}
	if t.taxOver(i) == honne.TaxIncluded {
		p = taxPair{j, i}
	}
	t.fields[p.gross].measure = false
	t.bases.pairs = append(t.bases.pairs, p)
	return p.net
}

// weighBases compares the two amounts of a row.
func (t *table) weighBases(r *grid.Row) {
	for _, p := range t.bases.pairs {
		net, ok := t.yenIn(r, p.net, p.net)
		gross, also := t.yenIn(r, p.gross, p.net)
		switch {
		case !ok || !also || net == 0 && gross == 0:
		case withRate(net, gross):
			t.bases.agree++
		default:
			if t.bases.differ++; t.bases.differ == 1 {
				t.bases.at, t.bases.raw = t.address(r.N, t.fields[p.gross].col), strings.Clone(r.Text(t.fields[p.gross].col))
			}
		}
	}
}

// yenIn is the figure of a column in a row, in thousandths, in its own unit or else in
// that of another.
func (t *table) yenIn(r *grid.Row, i, other int) (int64, bool) {
	f := &t.fields[i]
	c := r.Cell(f.col)
	if c == nil {
		return 0, false
	}
	scale := f.unit.Scale
	if f.unit.IsZero() {
		scale = t.fields[other].unit.Scale
	}
	n, ok := f.number(r.N, c)
	v, _, err := n.Times(max(scale, 1), honne.QuantityScale)
	return v, ok && err == nil && v < 1e16 && v > -1e16
}

// withRate reports whether an amount, in thousandths, is another with its tax: at one
// of the rates, or at both in part, but for what was rounded off.
func withRate(net, gross int64) bool {
	if net < 0 {
		net, gross = -net, -gross
	}
	const rounded = 2000 * 100
	return 100*gross >= (100+lowRate)*net-rounded && 100*gross <= (100+highRate)*net+rounded && gross > net
}

// tellBases says which of the two was taken; where all figures agree, one of which
// nothing is said is without tax.
func (t *table) tellBases() {
	b := &t.bases
	if len(b.pairs) == 0 || t.Kind == "" {
		return
	}
	p := b.pairs[0]
	args := []honne.Arg{honne.Text("column", t.Columns[p.net].At), honne.Text("other", t.Columns[p.gross].At), honne.Count("n", b.agree)}
	said := honne.Problem{At: t.address(t.Header.To.Row, t.fields[p.gross].col), Severity: honne.SevNote, Raw: t.Columns[p.gross].Header}
	if b.differ > 0 || b.agree == 0 {
		t.Columns[p.gross].Guess = true
		said.Severity, said.Count = honne.SevWarning, b.differ
		if b.differ > 0 {
			said.At, said.Raw = b.at, b.raw
		}
		args[2] = honne.Count("n", b.differ)
		said.What = honne.Say("problem.bases-differ", args...)
	} else {
		said.What = honne.Say("problem.two-bases", args...)
		if t.Kind == t.fields[p.net].series {
			t.Tax = honne.TaxExcluded
		}
	}
	t.stats.problems = append(t.stats.problems, said)
}
