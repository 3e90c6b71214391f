package xls

import (
	"context"
	"strconv"

	"honne"
)

const (
	maxRow = 1 << 16
	maxCol = 1 << 8

	cellWeight = 80 // bytes of a cell held
)

// survey is what must be known of a sheet before its rows are read: a program
// other than Excel may write cells in any order.
type survey struct {
	merges  []honne.Range
	columns [maxCol]bool   // hidden
	rows    map[int32]bool // hidden; from 0
	ordered bool           // the rows ascend
	pieces  []int          // when they do not: rows at which a new piece begins
}

// look surveys a sheet once.
func (b *Book) look(ctx context.Context, i int) (*survey, error) {
	if i >= 0 && i < len(b.sheets) && b.sheets[i].survey != nil {
		return b.sheets[i].survey, nil
	}
	r, s, err := b.open(ctx, i)
	if err != nil {
		return nil, err
	}
	l := &looking{survey: &survey{ordered: true, rows: make(map[int32]bool)}, r: r, limits: b.Limits}
	if err := r.each(l.record); err != nil {
		return nil, err
	}
	if !l.ordered {
		l.divide()
	}
	s.survey = l.survey
	return s.survey, nil
}

// looking is a survey under way.
type looking struct {
	*survey
	r       *records
	limits  Limits
	weights []int64 // bytes of the cells of each row, when held
	last    int     // row of the cell before
}

func (l *looking) record() error {
	switch l.r.kind {
	case recColInfo:
		return l.column()
	case recRow:
		return l.row()
	case recMerged:
		return l.merged()
	case recString, recContinue:
		return l.weigh(l.last, 0)
	}
	if !isCell(l.r.kind) {
		return nil
	}
	if err := l.r.need(6); err != nil {
		return err
	}
	row := int(le16(l.r.body))
	l.ordered = l.ordered && row >= l.last
	l.last = row
	if l.r.kind == recMulRK {
		return l.weigh(row, len(l.r.body)/6)
	}
	return l.weigh(row, 1)
}

// weigh adds cells and the record to what a row takes in memory.
func (l *looking) weigh(row, cells int) error {
	if row >= len(l.weights) {
		l.weights = append(l.weights, make([]int64, row+1-len(l.weights))...)
	}
	l.weights[row] += int64(cells*cellWeight + 2*len(l.r.body))
	if l.weights[row] > l.limits.Held {
		return &Error{Code: CodeTooLarge, Part: l.r.part, Detail: "row " + strconv.Itoa(row+1)}
	}
	return nil
}

// column notes hidden columns (MS-XLS 2.4.53).
func (l *looking) column() error {
	if err := l.r.need(10); err != nil {
		return err
	}
	from, to := int(le16(l.r.body)), int(le16(l.r.body[2:]))
	for i := from; i <= min(to, maxCol-1) && l.r.body[8]&1 != 0; i++ {
		l.columns[i] = true
	}
	return nil
}

// row notes a hidden row (MS-XLS 2.4.221).
func (l *looking) row() error {
	if err := l.r.need(13); err != nil {
		return err
	}
	if l.r.body[12]&0x20 != 0 {
		l.rows[int32(le16(l.r.body))] = true
	}
	return nil
}

// merged notes merged ranges (MS-XLS 2.4.168).
func (l *looking) merged() error {
	if err := l.r.need(2); err != nil {
		return err
	}
	n := int(le16(l.r.body))
	if err := l.r.need(2 + 8*n); err != nil {
		return err
	}
	for b := l.r.body[2 : 2+8*n]; len(b) > 0; b = b[8:] {
		from := honne.Cell{Row: int32(le16(b)) + 1, Col: int32(le16(b[4:])) + 1}
		to := honne.Cell{Row: int32(le16(b[2:])) + 1, Col: int32(le16(b[6:])) + 1}
		m := honne.Range{From: from, To: to}
		if from.Row > to.Row || from.Col > to.Col || to.Col > maxCol {
			return l.r.fail(CodeOutOfRange, "merged range "+m.String())
		}
		if l.merges = append(l.merges, m); len(l.merges) > l.limits.Merges {
			return &Error{Code: CodeTooLarge, Part: l.r.part, Detail: "merged ranges"}
		}
	}
	return nil
}

// divide cuts a sheet whose rows are out of order into pieces that may be held.
func (l *looking) divide() {
	sum := int64(0)
	l.pieces = []int{0}
	for row, weight := range l.weights {
		if sum += weight; sum > l.limits.Held {
			l.pieces = append(l.pieces, row)
			sum = weight
		}
	}
}
