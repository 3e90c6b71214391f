package store

import (
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"hash"
	"slices"
	"strconv"

	"honne"
)

// sums is what a cell of a roll-up adds up.
type sums struct {
	quantity honne.Figure
	amount   honne.Figure
	reason   int32 // the first that a line gives
}

func (s *sums) add(quantity, amount honne.Figure) {
	s.quantity, s.amount = s.quantity.Plus(quantity), s.amount.Plus(amount)
}

// sumKey is a period and what is summed in it: a product, an account or a day.
type sumKey struct {
	period honne.Period
	of     int32
}

// stagedPart rolls up the lines of one submission as they are read. Names are
// numbers of names until they are written.
type stagedPart struct {
	id       honne.SubmissionID
	part     honne.Part
	lines    int
	periods  map[honne.Period]*periodTotal
	products map[sumKey]*sums
	accounts map[sumKey]*sums
	days     map[sumKey]*sums
	digest   digest
}

func newStagedPart(id honne.SubmissionID, p honne.Part) *stagedPart {
	s := &stagedPart{id: id, part: p, periods: map[honne.Period]*periodTotal{}, products: map[sumKey]*sums{},
		accounts: map[sumKey]*sums{}, days: map[sumKey]*sums{}, digest: digest{hash: sha256.New()}}
	for _, d := range p.Periods {
		s.periods[d] = &periodTotal{period: d}
	}
	return s
}

// The columns of a line that are whole numbers and 0 where a line says nothing,
// in the order of lineColumns.
const (
	colN = iota
	colTable
	colRow
	colQuantityCol
	colAmountCol
	colFrom
	colTo
	colDay
	colParty // the first of the roles, in their order
	_
	_
	_
	colProduct
	colRegion
	colRep
	colLot
	colReason
	colAgreed
	colProvisional
	numbersOfLine
)

func lineColumns() []string {
	return []string{"n", "table_n", "row_n", "quantity_col", "amount_col", "period_from", "period_to", "day",
		"invoiced_id", "ship_to_id", "end_user_id", "bill_to_id", "product_id", "region_id", "rep_id", "lot_id", "reason_id",
		"agreed", "provisional"}
}

// namedColumn reports whether the column holds a name.
func namedColumn(c int) bool { return c >= colParty && c <= colReason }

// lineRow is a line as it is written, names by their numbers in names.
type lineRow struct {
	part     *stagedPart
	numbers  [numbersOfLine]int32
	quantity honne.Figure
	amount   honne.Figure
}

// add rolls a line up and returns its row.
func (p *stagedPart) add(n *names, l *honne.Line) lineRow {
	p.lines++
	r := lineRow{part: p, quantity: l.Quantity, amount: l.Amount}
	r.numbers = [numbersOfLine]int32{colN: int32(p.lines), colTable: l.Table, colRow: l.Row, colQuantityCol: l.QtyCol,
		colAmountCol: l.AmtCol, colFrom: int32(l.Period.From), colTo: int32(l.Period.To), colDay: int32(l.Date),
		colProduct: n.product(l.Product), colRegion: n.text(l.Region), colRep: n.text(l.Rep), colLot: n.text(l.Lot),
		colReason: n.text(l.Reason), colAgreed: int32(l.Agreed)}
	if l.Provisional {
		r.numbers[colProvisional] = 1
	}
	for role := range honne.Roles {
		r.numbers[colParty+int(role)] = n.party(role, l.Parties[role])
	}
	p.rollUp(&r)
	return r
}

func (p *stagedPart) rollUp(r *lineRow) {
	d := honne.Period{From: honne.Date(r.numbers[colFrom]), To: honne.Date(r.numbers[colTo])}
	total := p.periods[d]
	if total == nil {
		total = &periodTotal{period: d}
		p.periods[d] = total
	}
	total.add(r)
	product := at(p.products, sumKey{d, r.numbers[colProduct]})
	product.add(r.quantity, r.amount)
	if product.reason == 0 {
		product.reason = r.numbers[colReason]
	}
	at(p.accounts, sumKey{d, r.account()}).add(r.quantity, r.amount)
	if day := r.numbers[colDay]; day != 0 {
		at(p.days, sumKey{d, day}).add(r.quantity, r.amount)
	}
}

func at(m map[sumKey]*sums, k sumKey) *sums {
	s := m[k]
	if s == nil {
		s = new(sums)
		m[k] = s
	}
	return s
}

// add adds a line to the total. A period is agreed when all its lines are.
func (t *periodTotal) add(r *lineRow) {
	agreed := honne.Date(r.numbers[colAgreed])
	if t.lines > 0 && (t.agreed == 0 || agreed == 0) {
		agreed = 0
	} else {
		agreed = max(agreed, t.agreed)
	}
	t.lines++
	t.agreed = agreed
	t.quantity, t.amount = t.quantity.Plus(r.quantity), t.amount.Plus(r.amount)
}

// accountRoles is the order in which a line's account is looked for: who uses
// the product, else who is nearest to that (domain 2.2, S-11).
func accountRoles() [honne.Roles]honne.Role {
	return [...]honne.Role{honne.EndUser, honne.ShipTo, honne.Invoiced, honne.BillTo}
}

// account returns the party that the line counts for.
func (r *lineRow) account() int32 {
	for _, role := range accountRoles() {
		if id := r.numbers[colParty+int(role)]; id != 0 {
			return id
		}
	}
	return 0
}

// digest sums the lines of a submission as they are stored, so that Verify
// finds one that was altered.
type digest struct {
	hash hash.Hash
	buf  []byte
}

// add adds a line: its numbers in the order of lineColumns, names by their ids.
func (d *digest) add(numbers *[numbersOfLine]int64, quantity, amount honne.Figure) {
	d.buf = d.buf[:0]
	for _, v := range numbers {
		d.buf = binary.LittleEndian.AppendUint64(d.buf, uint64(v))
	}
	for _, f := range []honne.Figure{quantity, amount} {
		d.buf = binary.LittleEndian.AppendUint64(d.buf, uint64(f.N))
		d.buf = strconv.AppendBool(d.buf, f.Known)
	}
	d.hash.Write(d.buf)
}

func (d *digest) sum() string { return hex.EncodeToString(d.hash.Sum(nil)) }

func comparePeriods(a, b honne.Period) int {
	return cmp.Or(cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To))
}

func sortedKeys(m map[sumKey]*sums) []sumKey {
	out := make([]sumKey, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	slices.SortFunc(out, func(a, b sumKey) int { return cmp.Or(comparePeriods(a.period, b.period), cmp.Compare(a.of, b.of)) })
	return out
}
