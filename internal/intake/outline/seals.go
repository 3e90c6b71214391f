package outline

import (
	"slices"
	"unicode/utf8"

	"honne"
	"honne/internal/intake/grid"
	"honne/internal/intake/terms"
	"honne/internal/intake/when"
)

// sealRows is how many rows of a box for seals stand below its head: seal, day, name.
const sealRows = 3

// sealText is how long a name or a day in it may be, in characters.
const sealText = 10

// TakeSeals takes the boxes for seals out of some rows (承認, 確認, 担当 over seals, days
// or names), and lists where they stood: nothing in them is of the table.
func TakeSeals(rows []*Profile, d *terms.Dictionary) (boxes []honne.Range) {
	for i, p := range rows {
		box, beside, ok := sealBox(p, d)
		if !ok || !beside && headsFigures(rows[i:], box) {
			continue
		}
		n := 1
		for k := 1; k <= sealRows && i+k < len(rows) && rows[i+k].N == p.N+int32(k); k++ {
			if !beside && !rows[i+k].Empty() && !inBox(rows[i+k:], box, k > n, d) {
				break
			}
			if beside || !rows[i+k].Empty() {
				n = k + 1
			}
		}
		if beside && !endsBelow(rows[i:], box, n) {
			continue
		}
		box.To.Row = rows[i+n-1].N
		for _, q := range rows[i : i+n] {
			q.without(box)
		}
		boxes = append(boxes, box)
	}
	return boxes
}

// sealBox is the head of a box for seals in a row: two words for them or more in a run,
// alone but for a title or a label, or beside the header of a table, apart from it.
func sealBox(p *Profile, d *terms.Dictionary) (box honne.Range, beside, ok bool) {
	from, to, sure := -1, -1, false
	for i := range p.Cells {
		head, strong := d.Seal(p.Cells[i].Text)
		switch {
		case head && (to < 0 || to == i-1):
			if from < 0 {
				from = i
			}
			to, sure = i, sure || strong
		case head:
			return box, false, false
		}
	}
	if from < 0 || from == to || !sure {
		return box, false, false
	}
	others := len(p.Cells) - (to - from + 1)
	apart := from > 0 && to == len(p.Cells)-1 && p.Cells[from].Col > p.Cells[from-1].Col+1
	if others > 1 && !apart {
		return box, false, false
	}
	if others == 1 && from == 1 && p.Cells[0].Col == p.Cells[1].Col-1 {
		if m, known := d.Lookup(p.Cells[0].Text); known > 0 && SortOfNames(m) {
			return box, false, false // 施設, 責任者, 担当者: a list of people
		}
		if utf8.RuneCountInString(p.Cells[0].Text) < 5 {
			from = 0 // 区分 over 日付, 氏名
		}
	}
	return honne.Range{From: honne.Cell{Row: p.N, Col: p.Cells[from].Col}, To: honne.Cell{Row: p.N, Col: p.Cells[to].Col}}, others > 1, true
}

// headsFigures reports whether a text beside the head of a box stands right over a figure: so
// does a header, and no title.
func headsFigures(rows []*Profile, box honne.Range) bool {
	next := NextFilled(rows, 1)
	return next > 0 && slices.ContainsFunc(rows[0].Cells, func(c grid.Cell) bool {
		return (c.Col < box.From.Col || c.Col > box.To.Col) && rows[next].Class(c.Col) == Number
	})
}

// inBox reports whether the first of some rows may be of a box above it: names and days
// that head no figures below, several where it stands apart, and nothing else but a title.
func inBox(rows []*Profile, box honne.Range, apart bool, d *terms.Dictionary) bool {
	inside, outside := 0, 0
	for i := range rows[0].Cells {
		c := &rows[0].Cells[i]
		if c.Col < box.From.Col || c.Col > box.To.Col {
			if outside++; outside > 1 || !d.Unknown(c.Text) {
				return false
			}
			continue
		}
		inside++
		switch k := rows[0].Classes[i]; {
		case k == Number, k == When && when.DayOf(c) == 0, k == Text && c.Col > box.From.Col && !d.Unknown(c.Text), utf8.RuneCountInString(c.Text) > sealText:
			return false
		}
	}
	if inside == 0 || apart && inside < 2 {
		return false
	}
	if next := NextFilled(rows, 1); next > 0 {
		return !slices.ContainsFunc(rows[next].Cells, func(c grid.Cell) bool {
			return rows[next].Class(c.Col) == Number && c.Col >= box.From.Col && c.Col <= box.To.Col
		})
	}
	return true
}

// endsBelow reports whether the columns of a box beside a table hold no number, and nothing
// below its n rows.
func endsBelow(rows []*Profile, box honne.Range, n int) bool {
	for i, p := range rows[1:] {
		for k, c := range p.Cells {
			if c.Col >= box.From.Col && c.Col <= box.To.Col && (i+1 >= n || p.Classes[k] == Number) {
				return false
			}
		}
	}
	return true
}

// without drops the cells that stand in the columns of a box.
func (p *Profile) without(box honne.Range) {
	cells, classes := p.Cells[:0], p.Classes[:0]
	for i, c := range p.Cells {
		if c.Col < box.From.Col || c.Col > box.To.Col {
			cells, classes = append(cells, c), append(classes, p.Classes[i])
		}
	}
	p.Cells, p.Classes = cells, classes
}
