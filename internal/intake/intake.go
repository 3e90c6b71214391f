// Package intake turns the bytes of a file into tables, columns and typed
// lines, whatever their sender thought a table looks like. Every value keeps its
// address and its original text.
//
// The rooms below it, from the bytes up: a package for each format gives cells or
// messages; source opens a file whatever it is; figure and when read a text; terms
// knows the playbook's words; outline finds where a table begins; letter reads the
// correspondence. The files here are named by the step that they belong to:
//
//	find_    down a sheet: tables opened, cut in two, resumed, closed (finder.go)
//	row_     what a row is to its table: a record, a sum, a note, a rank
//	about_   what a table is about: kind, topic, customer, version
//	column_  what a column means, and what stands across (describe.go)
//	time_    of which month or day a figure is
//	unit_    what a figure counts: pieces or money, multiples, tax (settle.go)
//	stock_   stock, its flow and its proof
//	part_    what tables of a file are to each other: sums, copies, additions
//	line_    rows kept, and the lines made of them (line.go); list_ for lists
//	mail_    what a message or a mailbox hands on (inside.go)
//
// It refuses to guess in silence: what is not understood is a problem with an
// address, what is left out is listed with its reason, and a meaning below the
// threshold is unknown. It computes nothing, evaluates no formula, and keeps
// nothing: what was learnt of a partner comes in as honne.Memory.
//
// A file is read once, in a stream: no table is taken from its first rows alone,
// so its data rows are put aside (spool) until the whole file is judged, and the
// lines are made of them then.
package intake

import (
	"context"
	"iter"

	"honne"
	"honne/internal/intake/grid"
	"honne/internal/intake/source"
	"honne/internal/intake/terms"
	"honne/internal/playbook"
)

// Read finds out what a file holds. A file that cannot be understood is a
// Reading with a problem of severity error; the error is for what is not the
// file's fault: a cancelled context, a disk that fails.
func Read(ctx context.Context, f honne.File, p *playbook.Playbook, m honne.Memory) (honne.Reading, error) {
	r := newReader(f, p, m)
	reading := honne.Reading{File: f.Name, Format: honne.Unknown}
	sum := source.Digested(source.Bound(ctx, f))
	f.Bytes = sum
	src, err := source.Open(ctx, f)
	if err == nil {
		defer src.Close()
		reading.Format, reading.Encoding = src.Format, src.Encoding
		if src.Post != nil {
			reading.Messages, err = r.surveyMail(ctx, *src.Post)
			if err != nil && ctx.Err() == nil {
				return reading, err // mail that is wrong is read all the same
			}
		} else {
			err = r.survey(ctx, src)
		}
	}
	whole, failed := sum.Whole()
	if reading.SHA256 = whole; failed != nil {
		return honne.Reading{}, failed
	}
	if ctx.Err() != nil {
		return reading, ctx.Err()
	}
	if source.Ours(err) {
		return reading, err
	}
	if err != nil {
		r.problems = append(r.problems, source.Unreadable(err))
	}
	if reading.Listed, err = r.list(ctx); err != nil {
		return reading, err
	}
	if err = r.leaveCopies(ctx); err != nil {
		return reading, err
	}
	if err = r.tellPasted(ctx); err != nil {
		return reading, err
	}
	r.conclude(reading.Format)
	reading.Tables, reading.Parts, reading.Problems = r.listed(), r.parts, r.problems
	reading.Lines = r.lines(ctx)
	reading.Values = r.values(ctx)
	return reading, nil
}

// reader is one reading of one file: what it was given, and what it found.
type reader struct {
	file   honne.File
	book   *playbook.Playbook
	words  *terms.Dictionary
	memory honne.Memory

	tables   []*table
	columns  int // of the tables opened so far
	parts    []honne.Part
	problems []honne.Problem
	cover    honne.Period // said on a sheet without a table, for the sheets after it
	coverAt  string
	rows     spool
	noResult []honne.Address // formulas of which the file does not hold the result
	checks   checks
}

func newReader(f honne.File, p *playbook.Playbook, m honne.Memory) *reader {
	return &reader{file: f, book: p, words: terms.New(p), memory: m}
}

// survey goes through the file and finds the tables of every visible sheet. Of a
// sheet that is damaged nothing is used; the others are.
func (r *reader) survey(ctx context.Context, src *source.Source) error {
	for _, sheet := range src.Sheets {
		if sheet.Hidden {
			r.note(honne.Address{Sheet: sheet.Name}, honne.Say("problem.hidden-sheet", honne.Text("sheet", sheet.Name)))
			continue
		}
		f, mark := newFinder(r, sheet, src), r.rows.mark()
		if err := f.run(ctx); err != nil {
			r.rows.cut(mark)
			if ctx.Err() != nil || !source.SheetOnly(err, sheet) {
				return err
			}
			r.problems = append(r.problems, source.Unreadable(err))
			continue
		}
		r.tables = append(r.tables, f.tables...)
		r.problems = append(r.problems, f.problems...)
	}
	r.problems = append(r.problems, src.Problems()...)
	if src.NoResult != nil {
		r.noResult = src.NoResult()
	}
	return nil
}

// lines streams the data rows as lines.
func (r *reader) lines(ctx context.Context) iter.Seq2[honne.Line, error] {
	return func(yield func(honne.Line, error) bool) {
		writers := r.writers()
		err := r.rows.each(ctx, r.tables, false, func(t *table, row *grid.Row) bool {
			w := writers[t.index]
			return w == nil || w.build(row, func(g *group) bool { return g.part < 0 || yield(w.line, nil) })
		})
		if err != nil {
			yield(honne.Line{}, err)
		}
	}
}

// writers returns the writers of the tables by their index, nil for one that is
// no report or only a check.
func (r *reader) writers() []*lineWriter {
	out := make([]*lineWriter, len(r.tables))
	for i, t := range r.tables {
		if t.Kind != "" && !t.Check {
			out[i] = newLineWriter(r, t)
		}
	}
	return out
}

// values streams the data rows as measured cells.
func (r *reader) values(ctx context.Context) iter.Seq2[honne.Value, error] {
	return func(yield func(honne.Value, error) bool) {
		w := &valueWriter{lines: r.writers(), yield: func(v honne.Value) bool { return yield(v, nil) }}
		if err := r.rows.each(ctx, r.tables, true, w.row); err != nil {
			yield(honne.Value{}, err)
		}
	}
}

func (r *reader) listed() []honne.Table {
	out := make([]honne.Table, len(r.tables))
	for i, t := range r.tables {
		out[i] = t.Table
	}
	return out
}

func (r *reader) note(at honne.Address, m honne.Message) {
	r.problems = append(r.problems, honne.Problem{At: at, Severity: honne.SevNote, What: m})
}
