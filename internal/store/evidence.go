package store

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"honne"
)

// Sources returns the ranges of files that hold the selected figures as of a
// moment, the weightiest first: adjoining rows of one column are one range. At
// most limit of them, all when it is 0; more is how many were left out. A
// selection that names submissions reads those, in force or not; one with a
// period is of the months that end in it, as the figures of Record are. One of
// messages opens to them, in its order; one of the log to its entries, by number.
func (s *Store) Sources(ctx context.Context, d honne.DistributorID, at honne.AsOf, sel honne.Selection, limit int) (sources []honne.Source, more int, err error) {
	err = s.view(ctx, func(q querier) error {
		if len(sel.Mail) > 0 {
			sources, err = messageSources(ctx, q, d, sel.Mail)
			return err
		}
		if sel.Log != "" {
			sources, err = entrySources(ctx, q, d, at, sel)
			return err
		}
		led, err := readLedger(ctx, q, d, at)
		if err != nil {
			return err
		}
		candidates := counted(standingWith(led), sel, currencyOf(led.inForce()))
		if len(sel.Submissions) > 0 {
			candidates = led.allHeld(sel.Submissions)
		}
		picked, err := s.resolve(ctx, q, led, at, sel, candidates)
		if err != nil {
			return err
		}
		sources, err = picked.sources(ctx, q, d)
		return err
	})
	if err != nil {
		return nil, 0, fmt.Errorf("store: sources of distributor %d: %w", d, err)
	}
	if limit > 0 && len(sources) > limit {
		sources, more = sources[:limit], len(sources)-limit
	}
	return sources, more, nil
}

// counted leaves out amounts in another currency than the record's, which are
// unknown there (recorder.inCurrency).
func counted(standing []held, sel honne.Selection, c honne.Currency) []held {
	return slices.DeleteFunc(standing, func(h held) bool {
		return sel.Amount && h.Part.Currency != "" && h.Part.Currency != c
	})
}

// standingWith returns what stands for months, and the cells in force that are
// no months.
func standingWith(led *ledger) []held {
	inForce := led.inForce()
	out := monthly(inForce)
	for _, h := range inForce {
		if _, ok := h.total.period.Bucket(); !ok {
			out = append(out, h)
		}
	}
	return out
}

// allHeld returns the periods of the versions, of all when none is named.
func (l *ledger) allHeld(of []honne.SubmissionID) []held {
	var out []held
	for _, v := range l.versions {
		if len(of) > 0 && !slices.Contains(of, v.ID) {
			continue
		}
		for _, t := range v.periods {
			out = append(out, held{v, t})
		}
	}
	return out
}

// column is where a run of figures stands.
type column struct {
	submission honne.SubmissionID
	table, col int64
}

// run is a range that still grows.
type run struct {
	honne.Source
	table int64
	file  honne.FileID
}

func (s *selection) sources(ctx context.Context, q querier, d honne.DistributorID) ([]honne.Source, error) {
	var runs []*run
	open := map[column]*run{}
	err := s.eachLine(ctx, q, d, func(h held, l *storedLine) error {
		value, col := l.quantity, l.numbers[colQuantityCol]
		if s.Amount {
			value, col = l.amount, l.numbers[colAmountCol]
		}
		if !value.Known {
			return nil
		}
		where := column{h.ID, l.numbers[colTable], max(col, 1)}
		r, row := open[where], int32(l.numbers[colRow])
		if r == nil || row < r.At.Range.From.Row || row > r.At.Range.To.Row+1 {
			corner := honne.Cell{Row: row, Col: int32(where.col)}
			r = &run{Source: honne.Source{File: h.File, Path: h.Path, Submission: h.ID,
				At: honne.Address{Range: honne.Range{From: corner, To: corner}}}, table: where.table, file: h.File}
			open[where] = r
			runs = append(runs, r)
		}
		r.At.Range.To.Row = max(r.At.Range.To.Row, row)
		r.Figures++
		r.Sum += value.N
		return nil
	})
	if err != nil {
		return nil, err
	}
	return nameSheets(ctx, q, runs)
}

// nameSheets adds the sheets, which the files' readings know, and sorts.
func nameSheets(ctx context.Context, q querier, runs []*run) ([]honne.Source, error) {
	readings := map[honne.FileID]honne.Reading{}
	out := make([]honne.Source, 0, len(runs))
	for _, r := range runs {
		reading, ok := readings[r.file]
		if !ok {
			var err error
			if reading, err = readingOf(ctx, q, r.file); err != nil && !errors.Is(err, honne.ErrNotFound) {
				return nil, err
			}
			readings[r.file] = reading
		}
		if r.table < int64(len(reading.Tables)) {
			r.At.Sheet = reading.Tables[r.table].Sheet
		}
		out = append(out, r.Source)
	}
	slices.SortFunc(out, func(a, b honne.Source) int {
		return cmp.Or(cmp.Compare(magnitude(b.Sum), magnitude(a.Sum)), strings.Compare(a.Path, b.Path), cmp.Compare(a.Submission, b.Submission),
			strings.Compare(a.At.Sheet, b.At.Sheet), cmp.Compare(a.At.Range.From.Col, b.At.Range.From.Col),
			cmp.Compare(a.At.Range.From.Row, b.At.Range.From.Row))
	})
	return out, nil
}

func magnitude(n int64) int64 { return max(n, -n) }

// KnownDates returns the days, in Japan, on which something was received that
// is in the ledger, oldest first.
func (s *Store) KnownDates(ctx context.Context, d honne.DistributorID) ([]honne.Date, error) {
	led, err := readLedger(ctx, s.read, d, honne.AsOf{})
	if err != nil {
		return nil, fmt.Errorf("store: known dates of distributor %d: %w", d, err)
	}
	var out []honne.Date
	for _, v := range led.versions {
		if day := v.Receipt.Day(); day != 0 {
			out = append(out, day)
		}
	}
	slices.Sort(out)
	return slices.Compact(out), nil
}
