package store

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"

	"honne"
)

// selection is a honne.Selection made ready: which cells, and what of their
// lines.
type selection struct {
	honne.Selection
	cells    []held
	days     bool           // only lines dated within Period
	products map[int64]bool // nil for all
	accounts map[int64]bool // nil for all
}

// resolve finds what is selected among the candidates. Period selects months
// and closing months that end in it, as Record's Facts have them; where there
// are none, the cells of exactly that period; and where there are none of those
// either, the dated lines within it. A zero Period selects all months, or, where
// there are none, everything.
func resolve(ctx context.Context, q querier, led *ledger, at honne.AsOf, sel honne.Selection, candidates []held) (*selection, error) {
	s := &selection{Selection: sel}
	candidates = slices.DeleteFunc(slices.Clone(candidates), func(h held) bool {
		return sel.Series != "" && h.Part.Series != sel.Series
	})
	if s.cells = within(candidates, sel.Period); len(s.cells) == 0 {
		s.cells, s.days = overlapping(candidates, sel.Period), true
	}
	if sel.Product != "" {
		p, err := readArticles(ctx, q, led, at)
		if err != nil {
			return nil, err
		}
		s.products = p.selected(sel.Product)
	}
	if sel.Account == "" && sel.Disclosure == nil && !sel.EndUser {
		return s, nil
	}
	all, err := readAccounts(ctx, q, led, at)
	if err != nil {
		return nil, err
	}
	s.accounts = all.selected(sel)
	return s, nil
}

func within(candidates []held, p honne.Period) (out []held) {
	aligned := p.IsZero() || p == honne.Months(p.From.Month(), p.To.Month())
	for _, h := range candidates {
		m, ok := h.total.period.Bucket()
		if ok && aligned && (p.IsZero() || p.From <= m.First() && m.Last() <= p.To) {
			out = append(out, h)
		}
	}
	if len(out) > 0 {
		return out
	}
	for _, h := range candidates {
		if h.total.period == p || p.IsZero() {
			out = append(out, h)
		}
	}
	return out
}

// overlapping returns the months that share a day with p, or, where there are
// none, the longer periods: the lines of a quarter may repeat those of months.
func overlapping(candidates []held, p honne.Period) []held {
	var months, others []held
	for _, h := range candidates {
		if !h.total.period.Overlaps(p) {
			continue
		}
		if _, ok := h.total.period.Bucket(); ok {
			months = append(months, h)
		} else {
			others = append(others, h)
		}
	}
	if len(months) > 0 {
		return months
	}
	return others
}

// storedLine is a line as a selection reads it.
type storedLine struct {
	submission       honne.SubmissionID
	numbers          [numbersOfLine]int64
	quantity, amount sql.NullInt64
}

func (l *storedLine) fields() []any {
	out := []any{&l.submission}
	for i := range l.numbers {
		out = append(out, &l.numbers[i])
	}
	return append(out, &l.quantity, &l.amount)
}

func (l *storedLine) period() honne.Period { return period(l.numbers[colFrom], l.numbers[colTo]) }

// account returns the party that the line counts for, as lineRow.account does.
func (l *storedLine) account() int64 {
	for _, role := range accountRoles() {
		if id := l.numbers[colParty+int(role)]; id != 0 {
			return id
		}
	}
	return 0
}

func selectLine() string {
	return `SELECT submission_id, ` + strings.Join(lineColumns(), ", ") + `, quantity, amount FROM line `
}

// eachLine gives the selected lines to do, in the order of each file.
func (s *selection) eachLine(ctx context.Context, q querier, d honne.DistributorID, do func(held, *storedLine) error) error {
	if len(s.cells) == 0 || s.products != nil && len(s.products) == 0 {
		return nil
	}
	cells := map[pairKey]held{}
	var submissions []honne.SubmissionID
	from, to := s.cells[0].total.period.From, s.cells[0].total.period.To
	for _, h := range s.cells {
		cells[pairKey{new: h.ID, period: h.total.period}] = h
		submissions = append(submissions, h.ID)
		from, to = min(from, h.total.period.From), max(to, h.total.period.To)
	}
	slices.Sort(submissions)
	where := fmt.Sprintf(`WHERE distributor_id = $1 AND submission_id IN (%s) AND period_from >= $2 AND period_to <= $3`,
		list(slices.Compact(submissions)))
	if s.products != nil {
		where += ` AND product_id IN (` + list(sortedIDs(s.products)) + `)`
	}
	return each(ctx, q, (*storedLine).fields, func(l *storedLine) error {
		h, ok := cells[pairKey{new: l.submission, period: l.period()}]
		if !ok || s.accounts != nil && !s.accounts[l.account()] || s.days && !s.Period.Contains(honne.Date(l.numbers[colDay])) {
			return nil
		}
		return do(h, l)
	}, selectLine()+where+` ORDER BY submission_id, n`, int64(d), int64(from), int64(to))
}

func sortedIDs(set map[int64]bool) []int64 {
	out := make([]int64, 0, len(set))
	for id := range set {
		out = append(out, id)
	}
	slices.Sort(out)
	return out
}

// values returns what each cell says of the selection, from the coarsest roll-up
// that can tell.
func (s *selection) values(ctx context.Context, q querier, d honne.DistributorID) (map[pairKey]honne.Reported, error) {
	out := map[pairKey]honne.Reported{}
	add := func(submission honne.SubmissionID, p honne.Period, r honne.Reported) {
		k := pairKey{new: submission, period: p}
		out[k] = plus(out[k], r)
	}
	var rows []rollupRow
	var err error
	filter := s.products
	switch {
	case s.days || s.products != nil && s.accounts != nil:
		return out, s.eachLine(ctx, q, d, func(h held, l *storedLine) error {
			add(h.ID, h.total.period, honne.Reported{Quantity: figure(l.quantity), Amount: figure(l.amount)})
			return nil
		})
	case s.products != nil:
		rows, err = readProductRollups(ctx, q, d, s.submissions())
	case s.accounts != nil:
		filter = s.accounts
		rows, err = readAccountRollups(ctx, q, d, s.submissions())
	default:
		for _, h := range s.cells {
			add(h.ID, h.total.period, honne.Reported{Quantity: h.total.quantity, Amount: h.total.amount})
		}
	}
	for _, r := range rows {
		if filter[r.of] {
			add(r.submission, period(r.from, r.to), r.reported())
		}
	}
	return out, err
}

func (s *selection) submissions() []honne.SubmissionID {
	var out []honne.SubmissionID
	for _, h := range s.cells {
		out = append(out, h.ID)
	}
	slices.Sort(out)
	return slices.Compact(out)
}
