package intake

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"hash"
	"slices"
	"testing"

	"honne"
	"honne/internal/intake/grid"
	"honne/internal/intake/outline"
	"honne/internal/intake/source"
	"honne/internal/lang"
	"honne/internal/playbook"
)

// examiner reads whatever it is given, as the program does.
type examiner struct {
	book  *playbook.Playbook
	words *lang.Catalogues
}

func newExaminer(t testing.TB) examiner {
	t.Helper()
	words, err := lang.Load()
	if err != nil {
		t.Fatal(err)
	}
	return examiner{testBook(t), words}
}

// examined is what became of a file: a digest of its lines, those of the files
// in it too, and whether an error or a warning was said.
type examined struct {
	lines   string
	doubted bool
}

// examine reads a file and the files in it. It wants a reading of each that
// agrees with itself, or a refusal that names the file, the place and the
// reason in both languages; nothing that a file holds is an error of the reader.
func (x examiner) examine(t testing.TB, name string, raw []byte) (out examined) {
	t.Helper()
	f, sum, held := honne.File{Name: name, Size: int64(len(raw)), Bytes: bytes.NewReader(raw)}, sha256.New(), false
	for in, err := range Inside(t.Context(), f, x.book) {
		if held = true; err != nil {
			t.Fatal(err)
		}
		switch {
		case in.Shut != nil:
			x.said(t, *in.Shut)
			out.doubted = true
		case in.Mail != nil: // what is attached to it follows
		case x.one(t, in.File, sum):
			out.doubted = true
		}
	}
	if x.one(t, f, sum) && !held {
		out.doubted = true
	}
	out.lines = hex.EncodeToString(sum.Sum(nil))
	return out
}

// one reads a file by itself and reports whether something was doubted.
func (x examiner) one(t testing.TB, f honne.File, sum hash.Hash) (doubted bool) {
	t.Helper()
	r, err := Read(t.Context(), f, x.book, honne.Memory{})
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range r.Problems {
		x.said(t, p)
		doubted = doubted || p.Severity != honne.SevNote
	}
	switch {
	case r.File != f.Name || len(r.SHA256) != 64:
		t.Errorf("read as %q, %q", r.File, r.SHA256)
	case f.Receipt.Basis == honne.ByMessage && len(r.Problems) > 0: // what is attached to mail need be no report: noted
	case len(r.Tables) == 0 && !doubted && !r.Format.Holds():
		t.Errorf("no table and no reason: %v", r.Problems)
	}
	for _, b := range r.Tables {
		if b.Header == (honne.Range{}) && b.Rows == 0 && len(b.Excluded) == 0 {
			t.Errorf("%s: a table of nothing", b.Sheet)
		}
		if b.Header == (honne.Range{}) && b.Rows > 0 && b.Kind == "" && len(r.Parts) > 0 && !doubted && !unusedIsSaid(r, b) {
			t.Errorf("%s: nothing is said of the rows %s, which are not used", b.Sheet, b.Body)
		}
	}
	lines := json.NewEncoder(sum)
	for _, l := range checkReading(t, r) {
		if err := lines.Encode(l); err != nil {
			t.Fatal(err)
		}
	}
	for v, err := range r.Values {
		if err != nil || v.At.Range == (honne.Range{}) {
			t.Fatal(v.At, err)
		}
	}
	if _, err := json.Marshal(r); err != nil {
		t.Error(err)
	}
	accounted(t, f, r)
	return doubted
}

// unusedIsSaid reports whether a problem says that a table is not used.
func unusedIsSaid(r honne.Reading, b honne.Table) bool {
	return slices.ContainsFunc(r.Problems, func(p honne.Problem) bool {
		return p.What.ID == "problem.kind-unknown" && p.At == honne.Address{Sheet: b.Sheet, Range: b.Body}
	})
}

// said wants a problem to be a whole sentence in both languages, and one that
// is about cells to name the sheet's cells.
func (x examiner) said(t testing.TB, p honne.Problem) {
	t.Helper()
	for _, l := range lang.All() {
		pieces := x.words.Pieces(l, p.What)
		if len(pieces) == 0 || pieces[0].Text == "["+p.What.ID+"]" {
			t.Errorf("%s is not in the catalogue %s", p.What.ID, l)
		}
		for _, piece := range pieces {
			if piece.Arg != "" && piece.Text == "["+piece.Arg+"]" {
				t.Errorf("%s is said without its %s", p.What.ID, piece.Arg)
			}
		}
	}
	if from, to := p.At.Range.From, p.At.Range.To; from.Row < 0 || from.Col < 0 || to.Row < from.Row || to.Col < from.Col {
		t.Errorf("%s at %v", p.What.ID, p.At)
	}
}

// accounted wants every row of a file in which a table was found to stand in a
// table, among what was left out of one, or in a problem: nothing is dropped
// without a word.
func accounted(t testing.TB, f honne.File, r honne.Reading) {
	t.Helper()
	src, err := source.Open(t.Context(), f)
	if err != nil || len(r.Tables) == 0 {
		return // the reading says why
	}
	defer src.Close()
	for _, sheet := range src.Sheets {
		var lost []int32
		err := src.Each(t.Context(), sheet.Index, func(row *grid.Row) error {
			if p := outline.ProfileOf(row); !p.Empty() && !mentioned(r, sheet.Name, p.N) {
				lost = append(lost, row.N)
			}
			return nil
		})
		if err == nil && len(lost) > 0 && !sheet.Hidden {
			t.Errorf("%s: nothing is said of the rows %v", sheet.Name, lost)
		}
	}
}

// mentioned reports whether a reading speaks of a row of a sheet.
func mentioned(r honne.Reading, sheet string, row int32) bool {
	on := func(s honne.Range) bool { return s.From.Row <= row && row <= s.To.Row }
	for _, b := range r.Tables {
		if b.Sheet != sheet {
			continue
		}
		if on(b.Header) || on(b.Body) || slices.ContainsFunc(b.Excluded, func(e honne.Excluded) bool { return on(e.Range) }) {
			return true
		}
	}
	return slices.ContainsFunc(r.Problems, func(q honne.Problem) bool {
		whole := q.At.Range == (honne.Range{}) && (q.What.ID == "problem.no-table" || q.Severity == honne.SevError)
		return q.At.Sheet == sheet && (whole || on(q.At.Range) || q.What.ID == "problem.more-left-out") || q.At == (honne.Address{}) && q.Severity == honne.SevError
	})
}
