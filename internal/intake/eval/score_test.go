package eval

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"honne"
	"honne/internal/intake"
	"honne/internal/playbook"
	"honne/playbooks"
)

// fault is a difference between a reading and the truth.
type fault struct {
	at     honne.Address // of what differs; a zero range for the whole sheet
	what   string
	modest bool // the reading claims nothing: a plain number, without a meaning
}

func (f fault) String() string { return f.at.String() + " " + f.what }

// excused reports whether a fault claims nothing, or an error or a warning of the
// reading speaks of the place that differs: of the cell, of its column from the header on, of a range
// around it, or of its whole sheet or file.
func excused(f fault, r honne.Reading) bool {
	if f.modest {
		return true
	}
	for _, p := range r.Problems {
		if p.Severity != honne.SevNote && speaksOf(p.At, f.at, r) {
			return true
		}
	}
	return false
}

func speaksOf(problem, at honne.Address, r honne.Reading) bool {
	cells := problem.Range
	switch {
	case problem.Sheet == "" && cells == (honne.Range{}):
		return true
	case problem.Sheet != at.Sheet:
		return false
	case cells == (honne.Range{}) || at.Range == (honne.Range{}):
		return true
	case cells.From.Row <= at.Range.To.Row && at.Range.From.Row <= cells.To.Row && cells.From.Col <= at.Range.To.Col && at.Range.From.Col <= cells.To.Col:
		return true
	}
	for _, t := range r.Tables {
		if t.Sheet == at.Sheet && cells.From.Row <= t.Header.To.Row && cells.From.Row >= t.Header.From.Row && t.Body.Contains(at.Range.From) {
			return cells.From.Col <= at.Range.From.Col && at.Range.From.Col <= cells.To.Col
		}
	}
	return false
}

// score counts how the sheets of a part of the evaluation were read.
type score struct {
	part                        string
	sheets, exact, unsure, lost int // lost: wrong, and nothing said so
	cells, equal                int
	faults, doubts              []string
}

// add counts a sheet with the differences that were found in it.
func (s *score) add(name string, r honne.Reading, faults []fault) {
	s.sheets++
	var certain, doubtful []string
	for _, f := range faults {
		if excused(f, r) {
			doubtful = append(doubtful, name+": "+f.String())
		} else {
			certain = append(certain, name+": "+f.String())
		}
	}
	s.faults = append(s.faults, certain[:min(len(certain), 3)]...)
	s.doubts = append(s.doubts, doubtful[:min(len(doubtful), 3)]...)
	switch {
	case len(certain) > 0:
		s.lost++
	case len(faults) > 0:
		s.unsure++
	default:
		s.exact++
	}
}

// printScores prints a line for each part and, last, for all parts of a kind.
func printScores(out io.Writer, scores []*score) {
	fmt.Fprintf(out, "%-34s %7s %7s %7s %7s   %9s %9s %9s\n", "tables", "sheets", "exact", "unsure", "wrong", "cells", "equal", "different")
	for _, s := range append(scores, sumScores(scores)...) {
		fmt.Fprintf(out, "%-34s %7d %7d %7d %7d   %9d %9d %9d\n", s.part, s.sheets, s.exact, s.unsure, s.lost, s.cells, s.equal, s.cells-s.equal)
	}
	for _, s := range scores {
		for _, f := range s.faults[:min(len(s.faults), 20)] {
			fmt.Fprintln(out, "wrong and certain:", f)
		}
		if *doubts {
			for _, f := range s.doubts[:min(len(s.doubts), 20)] {
				fmt.Fprintln(out, "unsure:", f)
			}
		}
	}
}

// sumScores adds the parts up that begin with the same word.
func sumScores(scores []*score) []*score {
	var out []*score
	for _, s := range scores {
		kind, _, _ := strings.Cut(s.part, ",")
		i := slices.IndexFunc(out, func(t *score) bool { return t.part == "all "+kind })
		if i < 0 {
			out, i = append(out, &score{part: "all " + kind}), len(out)
		}
		t := out[i]
		t.sheets, t.exact, t.unsure, t.lost = t.sheets+s.sheets, t.exact+s.exact, t.unsure+s.unsure, t.lost+s.lost
		t.cells, t.equal = t.cells+s.cells, t.equal+s.equal
	}
	return out
}

func testBook(t testing.TB) *playbook.Playbook {
	t.Helper()
	book, err := playbook.Load(playbooks.FS, "japan")
	if err != nil {
		t.Fatal(err)
	}
	return book
}

func readFile(f honne.File, book *playbook.Playbook) (honne.Reading, error) {
	return intake.Read(context.Background(), f, book, honne.Memory{})
}

func address(sheet, cell string) honne.Address {
	c, _ := honne.ParseCell(cell)
	return honne.Address{Sheet: sheet, Range: honne.Range{From: c, To: c}}
}
