package job

import (
	"context"
	"maps"
	"slices"
	"strconv"

	"honne"
	"honne/internal/japan"
)

// changed asks about columns that stand where one that counted stood in the partner's
// earlier file of nearly the same form: its header was changed, and nothing else gives
// what it gave. A column of figures is asked about anyway; it is told what it may be.
func (w *Works) changed(ctx context.Context, f honne.StoredFile, r *honne.Reading, said honne.Decisions) error {
	var before []honne.Table
	for n, t := range r.Tables {
		if t.Kind == "" || t.Known > 0 || t.Unused || !slices.ContainsFunc(t.Columns, unnamed) {
			continue
		}
		if before == nil {
			var err error
			if before, err = w.accepted(ctx, f.Distributor); err != nil {
				return err
			}
		}
		r.Problems = askChanged(r.Problems, r.Tables[n], before, said)
	}
	return nil
}

// accepted are the tables of the last accepted file of each form that a partner used.
func (w *Works) accepted(ctx context.Context, d honne.DistributorID) ([]honne.Table, error) {
	m, err := w.Store.Memory(ctx, d)
	if err != nil {
		return nil, err
	}
	out := []honne.Table{}
	for _, form := range slices.Sorted(maps.Keys(m.Forms)) {
		if m.Forms[form].Files == 0 {
			continue
		}
		id, err := w.Store.FormFile(ctx, d, form)
		if err != nil {
			return nil, err
		}
		r, err := w.Store.Reading(ctx, id)
		if err != nil {
			return nil, err
		}
		for _, t := range r.Tables {
			if t.Form == form && t.Kind != "" {
				out = append(out, t)
				break
			}
		}
	}
	return out, nil
}

// askChanged adds to the problems of a table the columns of changed headers.
func askChanged(problems []honne.Problem, t honne.Table, before []honne.Table, said honne.Decisions) []honne.Problem {
	again := renamed(t, before)
	for i, c := range t.Columns {
		meaning, is := again[i]
		if !is {
			continue
		}
		p := honne.Problem{At: honne.Address{Sheet: t.Sheet, Range: headerCell(t, c)}, Severity: honne.SevWarning, Raw: c.Header, Instead: meaning,
			What: honne.Say("problem.column-unknown", honne.Text("column", c.At), honne.Text("header", c.Header))}
		if asked := slices.IndexFunc(problems, func(q honne.Problem) bool { return q.Key() == p.Key() }); asked >= 0 {
			problems[asked].Instead = meaning
			continue
		}
		asked := []honne.Problem{p}
		said.Leave(asked)
		problems = append(problems, asked...)
	}
	return problems
}

// headerCell is the lowest cell of a column's header.
func headerCell(t honne.Table, c honne.Column) honne.Range {
	cell, _ := honne.ParseCell(c.At + strconv.Itoa(int(t.Header.To.Row))) // letters come from the reader
	return honne.Range{From: cell, To: cell}
}

// unnamed reports whether nobody knows or said what a column with a header means.
func unnamed(c honne.Column) bool {
	return (c.Meaning == "" || c.Meaning == honne.MeaningUnknown) && !c.Said && !c.Remembered && c.Header != "" && c.Period.IsZero() && c.Product == nil && c.Customer == nil
}

// renamed pairs unnamed columns of a table with the meanings that the earlier table most
// like it gave and this one does not, by their places: at the same letter, or the only
// one of each. With more than two of them lost it is another form.
func renamed(t honne.Table, before []honne.Table) map[int]honne.Meaning {
	var of map[int]honne.Meaning
	most := 1
	for _, b := range before {
		lost, shared := lostOf(b, t)
		if b.Kind != t.Kind || shared <= most || shared <= len(lost) || len(lost) > 2 {
			continue
		}
		most, of = shared, paired(t, b, lost)
	}
	return of
}

// lostOf are the columns of an earlier table whose meanings this one does not give, and
// how many headers that counted they share.
func lostOf(b, t honne.Table) (lost []honne.Column, shared int) {
	for _, c := range b.Columns {
		if c.Meaning == "" || c.Meaning == honne.MeaningUnknown || !c.Period.IsZero() || c.Product != nil || c.Customer != nil {
			continue
		}
		switch {
		case headed(t, c.Header):
			shared++
		case !slices.ContainsFunc(t.Columns, func(d honne.Column) bool { return d.Meaning == c.Meaning }):
			lost = append(lost, c)
		}
	}
	return lost, shared
}

func headed(t honne.Table, header string) bool {
	return slices.ContainsFunc(t.Columns, func(c honne.Column) bool { return japan.Key(c.Header) == japan.Key(header) })
}

func paired(t, b honne.Table, lost []honne.Column) map[int]honne.Meaning {
	var fresh []int
	for i, c := range t.Columns {
		if unnamed(c) && !headed(b, c.Header) {
			fresh = append(fresh, i)
		}
	}
	out := map[int]honne.Meaning{}
	for _, l := range lost {
		for _, i := range fresh {
			c := t.Columns[i]
			_, _, figures := l.Meaning.Measure()
			if figures != c.Label && (c.At == l.At || len(lost) == 1 && len(fresh) == 1) {
				out[i] = l.Meaning
			}
		}
	}
	return out
}
