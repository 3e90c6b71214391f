package store

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"honne"
)

// version is an accepted submission in its place in the order of versions.
type version struct {
	honne.Submission
	lines   int
	by      honne.UserID
	rank    int // place among all versions of the ledger, oldest first
	periods []periodTotal
}

// periodTotal is a period that a version replaces, with its total.
type periodTotal struct {
	period   honne.Period
	lines    int
	quantity honne.Figure
	amount   honne.Figure
	agreed   honne.Date
}

// cell names what a version replaces whole.
type cell struct {
	series honne.Series
	scope  string
	period honne.Period
}

func (c cell) compare(d cell) int {
	return cmp.Or(seriesRank(c.series)-seriesRank(d.series), strings.Compare(c.scope, d.scope),
		c.period.Compare(d.period))
}

func seriesRank(s honne.Series) int { return slices.Index(honne.AllSeries, s) }

// held is a period of a version.
type held struct {
	*version
	total periodTotal
}

func (h held) cell() cell { return cell{h.Part.Series, h.Part.Scope, h.total.period} }

// ledger is what one distributor reported, without its figures: every version
// known as of a moment, oldest first, and by cell.
type ledger struct {
	distributor honne.DistributorID
	versions    []*version
	chains      map[cell][]held
	cells       []cell // the keys of chains in order
}

type versionRow struct {
	version
	part               string
	received, accepted int64
}

func (r *versionRow) fields() []any {
	return []any{&r.ID, &r.File, &r.Path, &r.Order, &r.part, &r.lines, &r.accepted, &r.by, &r.Reverses,
		&r.received, &r.Receipt.Basis, &r.From}
}

// readLedger reads the accepted versions of a distributor as of a moment. A
// version that was undone is as if it had never come, unless the undo is later
// than at.Recorded.
func readLedger(ctx context.Context, q querier, d honne.DistributorID, at honne.AsOf) (*ledger, error) {
	return readLedgerWith(ctx, q, d, at)
}

// noFile is the number of none; a list is not empty with it.
const noFile honne.FileID = 0

// readLedgerWith also reads what is staged of files, as if they were accepted.
func readLedgerWith(ctx context.Context, q querier, d honne.DistributorID, at honne.AsOf, staged ...honne.FileID) (*ledger, error) {
	rows, err := collect(ctx, q, (*versionRow).fields, `SELECT s.id, s.file_id, f.path, s.ord, s.part, s.lines,
		s.accepted, s.accepted_by, s.reverses, f.received, f.basis, f.side
		FROM submission s JOIN file f ON f.id = s.file_id
		WHERE s.distributor_id = $1 AND (s.state = 'accepted' OR (s.file_id IN (`+list(append(staged, noFile))+`) AND s.attempt = f.attempt)) ORDER BY s.id`,
		int64(d))
	if err != nil {
		return nil, err
	}
	receipts, err := receiptsBy(ctx, q, d, at)
	if err != nil {
		return nil, err
	}
	l := &ledger{distributor: d, chains: map[cell][]held{}}
	if err := l.keep(rows, receipts, at); err != nil {
		return nil, err
	}
	return l, l.readPeriods(ctx, q)
}

// receiptsBy returns what was believed of the files' receipts at at.Recorded;
// nothing when that is now.
func receiptsBy(ctx context.Context, q querier, d honne.DistributorID, at honne.AsOf) (map[honne.FileID]honne.Receipt, error) {
	if at.Recorded.IsZero() {
		return nil, nil
	}
	type row struct {
		file     honne.FileID
		received int64
		basis    honne.Basis
	}
	rows, err := collect(ctx, q, func(r *row) []any { return []any{&r.file, &r.received, &r.basis} },
		`SELECT r.file_id, r.received, r.basis FROM receipt r JOIN file f ON f.id = r.file_id
		WHERE f.distributor_id = $1 AND r.recorded <= $2 ORDER BY r.file_id, r.n`, int64(d), micros(at.Recorded))
	out := map[honne.FileID]honne.Receipt{}
	for _, r := range rows {
		out[r.file] = honne.Receipt{At: instant(r.received), Basis: r.basis}
	}
	return out, err
}

// keep keeps the rows that were known at the moment, in the order of versions.
func (l *ledger) keep(rows []versionRow, receipts map[honne.FileID]honne.Receipt, at honne.AsOf) error {
	undone := map[honne.SubmissionID]bool{}
	var known []versionRow
	for _, r := range rows {
		if !at.Recorded.IsZero() && (r.accepted == 0 || r.accepted > micros(at.Recorded)) {
			continue
		}
		if r.Reverses != 0 {
			undone[r.Reverses] = true
			continue
		}
		known = append(known, r)
	}
	for _, r := range known {
		v := r.version
		v.Distributor, v.Recorded, v.Receipt.At = l.distributor, instant(r.accepted), instant(r.received)
		if then, ok := receipts[v.File]; ok {
			v.Receipt = then
		}
		if undone[v.ID] || at.Known != 0 && v.Receipt.At.After(at.Known.End()) {
			continue
		}
		if err := json.Unmarshal([]byte(r.part), &v.Part); err != nil {
			return fmt.Errorf("part of submission %d: %w", v.ID, err)
		}
		l.versions = append(l.versions, &v)
	}
	slices.SortFunc(l.versions, compareVersions)
	for i, v := range l.versions {
		v.rank = i
	}
	return nil
}

// compareVersions is the order of versions: the instant of receipt or its
// bound, then path, file and part; never the order of loading.
func compareVersions(a, b *version) int {
	return cmp.Or(a.Receipt.At.Compare(b.Receipt.At), strings.Compare(a.Path, b.Path),
		cmp.Compare(a.File, b.File), cmp.Compare(a.Order, b.Order), cmp.Compare(a.ID, b.ID))
}

type periodRow struct {
	submission       honne.SubmissionID
	from, to, agreed int64
	lines            int
	quantity, amount sql.NullInt64
}

func (r *periodRow) fields() []any {
	return []any{&r.submission, &r.from, &r.to, &r.lines, &r.quantity, &r.amount, &r.agreed}
}

// readPeriods reads the periods of the versions and builds the chains.
func (l *ledger) readPeriods(ctx context.Context, q querier) error {
	byID := map[honne.SubmissionID]*version{}
	for _, v := range l.versions {
		byID[v.ID] = v
	}
	rows, err := collect(ctx, q, (*periodRow).fields, `SELECT submission_id, period_from, period_to, lines, quantity, amount, agreed
		FROM submission_period WHERE distributor_id = $1 ORDER BY submission_id, period_from, period_to`, int64(l.distributor))
	if err != nil {
		return err
	}
	for _, r := range rows {
		if v := byID[r.submission]; v != nil {
			v.periods = append(v.periods, periodTotal{period(r.from, r.to), r.lines, figure(r.quantity), figure(r.amount), honne.Date(r.agreed)})
		}
	}
	for _, v := range l.versions {
		for _, p := range v.periods {
			h := held{v, p}
			l.chains[h.cell()] = append(l.chains[h.cell()], h)
		}
	}
	for c := range l.chains {
		l.cells = append(l.cells, c)
	}
	slices.SortFunc(l.cells, cell.compare)
	return nil
}

func period(from, to int64) honne.Period {
	return honne.Period{From: honne.Date(from), To: honne.Date(to)}
}

func figure(n sql.NullInt64) honne.Figure { return honne.Figure{N: n.Int64, Known: n.Valid} }

// null is the inverse of figure.
func null(f honne.Figure) any {
	if !f.Known {
		return nil
	}
	return f.N
}

// fileInForce reports whether a version of the file is the newest of a cell.
func (l *ledger) fileInForce(id honne.FileID) bool {
	for _, c := range l.cells {
		if newest := l.chains[c]; newest[len(newest)-1].File == id {
			return true
		}
	}
	return false
}

// holds reports whether the file has a version of anything.
func (l *ledger) holds(id honne.FileID) bool {
	return slices.ContainsFunc(l.versions, func(v *version) bool { return v.File == id })
}

// inForce returns the newest version of every cell, in the order of cells.
func (l *ledger) inForce() []held {
	out := make([]held, len(l.cells))
	for i, c := range l.cells {
		chain := l.chains[c]
		out[i] = chain[len(chain)-1]
	}
	return out
}

// monthly returns what stands for months: of the cells in force those whose
// period has a bucket, of two that share one (a calendar month and a closing
// month) the newer, and of those the ones that count.
func monthly(inForce []held) []held {
	type slot struct {
		series honne.Series
		scope  string
		month  honne.Month
	}
	taken := map[slot]int{}
	var out []held
	for _, h := range inForce {
		m, ok := h.total.period.Bucket()
		if !ok {
			continue
		}
		s := slot{h.Part.Series, h.Part.Scope, m}
		if i, ok := taken[s]; !ok {
			taken[s] = len(out)
			out = append(out, h)
		} else if out[i].rank < h.rank {
			out[i] = h
		}
	}
	return counting(out)
}

// counting returns those of the months of several scopes that count. A report of
// all stands for its month alone: branches and halves count where there is none.
// An addition counts where something that came no later stands to be added to, and until
// a report of all comes after it.
func counting(months []held) []held {
	type base struct{ whole, first *version } // the report of all, nil for none; the oldest report
	of := map[slot]base{}
	for _, h := range months {
		if h.Part.Adds() {
			continue
		}
		b := of[h.slot().month()]
		if b.first == nil || h.rank < b.first.rank {
			b.first = h.version
		}
		if h.Part.Scope == "" {
			b.whole = h.version
		}
		of[h.slot().month()] = b
	}
	return slices.DeleteFunc(slices.Clone(months), func(h held) bool {
		b := of[h.slot().month()]
		if h.Part.Adds() {
			return b.first == nil || b.first.cameAfter(h) || b.whole != nil && b.whole.cameAfter(h)
		}
		return h.Part.Scope != "" && b.whole != nil
	})
}

// cameAfter reports whether a version was received later than what is held, and not in the
// same mail or upload.
func (v *version) cameAfter(h held) bool { return v.Receipt.At.Sub(h.Receipt.At) > time.Minute }
