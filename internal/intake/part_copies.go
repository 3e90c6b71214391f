package intake

import (
	"context"
	"maps"
	"regexp"
	"slices"
	"strings"

	"honne"
	"honne/internal/intake/grid"
	"honne/internal/japan"
)

// A file may hold the same sales on several sheets: a copy, an older state beside the
// newer one, the sum of all branches. They are no more sales: of each set only one is
// counted, and a person is told which.

// contents are the figures of a table by what each is about.
type contents map[string]int64

// copyLines bounds the lines of tables that are compared: longer ones are not.
const copyLines = 40_000

// leaveCopies finds the tables that repeat what others of the file say.
func (r *reader) leaveCopies(ctx context.Context) error {
	for _, set := range r.sameForms() {
		r.nameBlocks(set)
		of, err := r.contentsOf(ctx, set)
		if err != nil {
			return err
		}
		addBlocks(set, of)
	}
	var told [][]*table
	for _, alike := range r.alikeSheets() {
		of, err := r.contentsOf(ctx, alike)
		if err != nil {
			return err
		}
		alike = r.leaveSum(alike, of)
		for i, a := range alike {
			for _, b := range alike[i+1:] {
				if a.copies || b.copies {
					continue
				}
				switch {
				case !maps.Equal(of[a.index], of[b.index]):
					r.leaveVersion(a, b)
				case of[a.index].say():
					r.leaveTwin(a, b, len(of[a.index]))
				}
			}
		}
		told = append(told, alike)
	}
	r.leaveSummaries()
	for _, alike := range told {
		r.tellSheets(alike)
	}
	return nil
}

// alikeSheets lists the reports of different sheets that have the same columns and speak
// of the same periods.
func (r *reader) alikeSheets() (out [][]*table) {
	seen := map[int]bool{}
	for i, a := range r.tables {
		set := []*table{a}
		for _, b := range r.tables[i+1:] {
			if !seen[b.index] && a.repeats(b) {
				set = append(set, b)
				seen[b.index] = true
			}
		}
		if len(set) > 1 {
			out = append(out, set)
		}
	}
	return out
}

// repeats reports whether two tables may say the same.
func (t *table) repeats(o *table) bool {
	if t.Kind == "" || t.Kind != o.Kind || t.Sheet == o.Sheet || t.stats.lines+o.stats.lines > copyLines || len(t.Columns) != len(o.Columns) {
		return false
	}
	for i := range t.Columns {
		if t.Columns[i].Header != o.Columns[i].Header {
			return false
		}
	}
	k, l := t.stats.series[t.Kind], o.stats.series[t.Kind]
	return k != nil && l != nil && overlaps(slices.Collect(maps.Keys(k.periods)), l.periods)
}

// contentsOf reads the figures of some tables again.
func (r *reader) contentsOf(ctx context.Context, of []*table) (map[int]contents, error) {
	out, writers := map[int]contents{}, map[int]*lineWriter{}
	for _, t := range of {
		out[t.index], writers[t.index] = contents{}, newLineWriter(r, t)
	}
	err := r.rows.each(ctx, r.tables, false, func(t *table, row *grid.Row) bool {
		if w := writers[t.index]; w != nil {
			w.build(row, func(g *group) bool { out[t.index].add(w, g, t.labelsOf(row)); return true })
		}
		return true
	})
	return out, err
}

// labelsOf is what a row says in words, but for its number.
func (t *table) labelsOf(row *grid.Row) string {
	var b strings.Builder
	for i := range t.fields {
		if f := &t.fields[i]; f.label && t.Columns[i].Meaning != honne.MRowNumber {
			b.WriteString(japan.Trim(row.Text(f.col)) + "\x00")
		}
	}
	return b.String()
}

func (c contents) add(w *lineWriter, g *group, labels string) {
	l := &w.line
	of := strings.Join([]string{string(g.series), l.Period.String(), l.Date.String(), labels, valueOf(g.product).Name, valueOf(g.party).Name, g.region, g.rep, w.table.aboutText()}, "\x01")
	if l.Quantity.Known {
		c[of+"\x01q"] += l.Quantity.N
	}
	if l.Amount.Known {
		c[of+"\x01a"] += l.Amount.N
	}
}

// say reports whether a figure is not zero: nothing repeats itself in zeros.
func (c contents) say() bool {
	for _, n := range c {
		if n != 0 {
			return true
		}
	}
	return false
}

// twice reports whether every figure is two times that of the other.
func (c contents) twice(of contents) bool {
	for k, n := range c {
		if n != 2*of[k] {
			return false
		}
	}
	return true
}

// leaveSum leaves out the table that is the sum of all others, and returns those.
func (r *reader) leaveSum(alike []*table, of map[int]contents) []*table {
	all := contents{}
	for _, t := range alike {
		for k, n := range of[t.index] {
			all[k] += n
		}
	}
	if len(alike) < 3 || !all.say() {
		return alike
	}
	for i, t := range alike {
		if all.twice(of[t.index]) {
			r.leave(t, alike[(i+1)%len(alike)], "problem.sum-of-sheets", honne.SevNote)
			return slices.Delete(slices.Clone(alike), i, i+1)
		}
	}
	return alike
}

// leaveTwin leaves out one of two tables with the same figures: the one whose sheet is
// called a copy or an older state, else the later. Two branches may sell one thing each.
func (r *reader) leaveTwin(a, b *table, figures int) {
	if a.place != b.place && figures < 4 {
		return
	}
	kept, left := a, b
	if r.older(a, b) > 0 {
		kept, left = b, a
	}
	r.leave(left, kept, "problem.copy-of-sheet", honne.SevWarning)
}

// leaveVersion leaves out the older state of two tables, as the names of their sheets
// say. Where they say only that one is a copy, a person is asked which counts.
func (r *reader) leaveVersion(a, b *table) {
	switch older := r.older(a, b); {
	case older > 0:
		r.leave(a, b, "problem.older-version", honne.SevWarning)
	case older < 0:
		r.leave(b, a, "problem.older-version", honne.SevWarning)
	case sheetStem(a.Sheet, copyMark) == sheetStem(b.Sheet, copyMark):
		r.leave(b, a, "problem.which-version", honne.SevWarning)
	}
}

func (r *reader) leave(left, kept *table, id string, severity honne.Severity) {
	left.copies = true
	r.sayLeft(left, kept, id, severity)
}

func (r *reader) sayLeft(left, kept *table, id string, severity honne.Severity) {
	r.problems = append(r.problems, honne.Problem{At: honne.Address{Sheet: left.Sheet, Range: left.Body}, Severity: severity, Raw: left.Sheet,
		What: honne.Say(id, honne.Text("sheet", left.Sheet), honne.Text("other", kept.Sheet))})
}

// older compares two sheets by the state that their names say: above zero where the
// first is the older one, 0 where they do not tell or name different things.
func (r *reader) older(a, b *table) int {
	state := func(t *table) (stem string, rank int) {
		w := &r.book.Words
		for rank, marks := range [...][]string{w.Superseded, nil, w.Revised} {
			for _, m := range marks {
				if rest, ok := withoutMark(t.Sheet, m); ok {
					return rest, rank
				}
			}
		}
		return sheetStem(t.Sheet, ""), 1
	}
	stem, x := state(a)
	other, y := state(b)
	if stem != other && stem != "" && other != "" {
		return 0
	}
	return y - x
}

// copyMark is what a spreadsheet puts behind the name of a copy.
const copyMark = "(2)"

// datedName is the day behind the name of a state: 速報(11.4).
var datedName = regexp.MustCompile(`[(\[]?[0-9]{1,4}([./月-][0-9]{1,2}){1,2}日?(時点|現在)?[)\]]?$`)

// withoutMark takes a word for the state of a sheet off the end or the beginning of its
// name, with brackets around it; false where it does not stand there.
func withoutMark(sheet, mark string) (stem string, ok bool) {
	k := sheetStem(datedName.ReplaceAllString(japan.Fold(sheet), ""), "")
	mark = japan.Key(mark)
	if stem, ok = strings.CutSuffix(k, mark); !ok {
		stem, ok = strings.CutPrefix(k, mark)
	}
	return stem, ok
}

// sheetStem is the name of a sheet without blanks and brackets, and without a mark at
// its end.
func sheetStem(sheet, mark string) string {
	k := strings.TrimSuffix(japan.Key(sheet), japan.Key(mark))
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune("()[]<>【】_-・ ", r) {
			return -1
		}
		return r
	}, k)
}
