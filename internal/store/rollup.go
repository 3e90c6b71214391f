package store

import (
	"cmp"
	"slices"

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

// rolledUp is a row of a roll-up: a period, what is summed in it (a product, an
// account, a day or a last day of use), and the sums.
type rolledUp struct {
	period honne.Period
	of     int32
	sums
}

// rollup adds up lines. The keys are whole numbers, so that a line costs little.
type rollup struct {
	index map[uint64]int32 // by number of the period and what is summed
	rows  []rolledUp
}

func (r *rollup) at(t *stagedPeriod, of int32) *sums {
	key := uint64(t.number)<<32 | uint64(uint32(of))
	i, ok := r.index[key]
	if !ok {
		if r.index == nil {
			r.index = map[uint64]int32{}
		}
		i = int32(len(r.rows))
		r.index[key], r.rows = i, append(r.rows, rolledUp{period: t.period, of: of})
	}
	return &r.rows[i].sums
}

// sorted returns the rows by period and what is summed.
func (r *rollup) sorted() []rolledUp { return sortRollup(slices.Clone(r.rows)) }

func sortRollup(rows []rolledUp) []rolledUp {
	slices.SortFunc(rows, func(a, b rolledUp) int { return cmp.Or(a.period.Compare(b.period), cmp.Compare(a.of, b.of)) })
	return rows
}

// stagedPart rolls up the lines of one submission as they are read. Names are
// numbers of names until they are written.
type stagedPart struct {
	id       honne.SubmissionID
	part     honne.Part
	lines    int
	periods  map[honne.Period]*stagedPeriod
	last     *stagedPeriod // the period of the last line
	products rollup
	accounts rollup
	days     rollup
	expiries rollup
	regions  rollup // of the lines that name one
	packed   packer
}

// stagedPeriod is a period with its total and its number in the part.
type stagedPeriod struct {
	periodTotal
	number int
}

func newStagedPart(id honne.SubmissionID, p honne.Part) *stagedPart {
	s := &stagedPart{id: id, part: p, periods: map[honne.Period]*stagedPeriod{}, packed: newPacker()}
	for _, d := range p.Periods {
		s.period(d)
	}
	return s
}

// period returns the total of a period.
func (p *stagedPart) period(d honne.Period) *stagedPeriod {
	if p.last != nil && p.last.period == d {
		return p.last
	}
	t := p.periods[d]
	if t == nil {
		t = &stagedPeriod{periodTotal{period: d}, len(p.periods)}
		p.periods[d] = t
	}
	p.last = t
	return t
}

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
		colReason: n.text(l.Reason), colAgreed: int32(l.Agreed), colExpires: int32(l.Expires)}
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
	t := p.period(honne.Period{From: honne.Date(r.numbers[colFrom]), To: honne.Date(r.numbers[colTo])})
	t.add(r)
	product := p.products.at(t, r.numbers[colProduct])
	product.add(r.quantity, r.amount)
	if product.reason == 0 {
		product.reason = r.numbers[colReason]
	}
	p.accounts.at(t, r.account()).add(r.quantity, r.amount)
	if day := r.numbers[colDay]; day != 0 {
		p.days.at(t, day).add(r.quantity, r.amount)
	}
	if last := r.numbers[colExpires]; last != 0 {
		p.expiries.at(t, last).add(r.quantity, r.amount)
	}
	if region := r.numbers[colRegion]; region != 0 {
		p.regions.at(t, region).add(r.quantity, r.amount)
	}
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
