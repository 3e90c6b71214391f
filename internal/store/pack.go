package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"hash"

	"honne"
)

// Lines are never changed, and only ever read in the order of their submission.
// So those that one transaction writes of a submission are one row: a byte with
// the number of columns, then of each line every column as the difference from
// the line before, and its figures. A tenth of the time, and half of the room, of
// a row for each line.

// The columns of a line that are whole numbers and 0 where a line says nothing.
// They are stored in this order: a new one goes to the end.
const (
	colN = iota // number of the line in the submission, from 1
	colTable
	colRow
	colQuantityCol
	colAmountCol
	colFrom
	colTo
	colDay
	colParty // the first of the roles, in their order
	_
	_
	_
	colProduct
	colRegion
	colRep
	colLot
	colReason
	colAgreed
	colProvisional
	colExpires
	numbersOfLine
)

// namedColumn reports whether the column holds a name.
func namedColumn(c int) bool { return c >= colParty && c <= colReason }

// storedLine is a line as the ledger keeps it, names by their ids.
type storedLine struct {
	submission       honne.SubmissionID
	numbers          [numbersOfLine]int64
	quantity, amount honne.Figure
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

// packer packs lines of one submission, block by block, and sums all blocks, so
// that Verify finds one that was altered.
type packer struct {
	first int64 // number of the first line of the block
	last  [numbersOfLine]int64
	body  []byte
	hash  hash.Hash
}

func newPacker() packer { return packer{hash: sha256.New()} }

func (p *packer) add(l *storedLine) {
	if len(p.body) == 0 {
		p.body, p.first, p.last = append(p.body, numbersOfLine), l.numbers[colN], [numbersOfLine]int64{}
	}
	for c, v := range l.numbers {
		p.body = binary.AppendVarint(p.body, v-p.last[c])
	}
	p.last = l.numbers
	p.body = appendFigure(appendFigure(p.body, l.quantity), l.amount)
}

// flush writes the block, if it holds lines, and begins the next.
func (p *packer) flush(ctx context.Context, tx *sql.Tx, d honne.DistributorID, id honne.SubmissionID) error {
	if len(p.body) == 0 {
		return nil
	}
	p.hash.Write(p.body)
	_, err := tx.ExecContext(ctx, `INSERT INTO line_block (distributor_id, submission_id, first, body) VALUES ($1, $2, $3, $4)`,
		int64(d), int64(id), p.first, p.body)
	p.body = p.body[:0]
	return err
}

// digest is the SHA-256 of all blocks.
func (p *packer) digest() string { return hex.EncodeToString(p.hash.Sum(nil)) }

// appendFigure writes 0 for an unknown figure; a known one takes the rest.
func appendFigure(b []byte, f honne.Figure) []byte {
	if !f.Known {
		return append(b, 0)
	}
	return binary.AppendUvarint(b, (uint64(f.N)<<1^uint64(f.N>>63))+1)
}

// block is a row of packed lines.
type block struct {
	submission honne.SubmissionID
	body       sql.RawBytes
}

// eachBlock gives the blocks that a condition selects to do, in the order of
// their lines. A body is good until do returns.
func eachBlock(ctx context.Context, q querier, do func(*block) error, where string, args ...any) error {
	return each(ctx, q, func(b *block) []any { return []any{&b.submission, &b.body} }, do,
		`SELECT submission_id, body FROM line_block WHERE `+where+` ORDER BY submission_id, first`, args...)
}

// lines gives the lines of the block to do, all in one storedLine.
func (b *block) lines(do func(*storedLine) error) error {
	u := unpacker{rest: b.body}
	l := storedLine{submission: b.submission}
	columns := int(u.uint())
	if columns > numbersOfLine {
		u.short = true
	}
	for len(u.rest) > 0 && !u.short {
		u.differences(l.numbers[:columns])
		if l.quantity, l.amount = u.figure(), u.figure(); u.short {
			break
		}
		if err := do(&l); err != nil {
			return err
		}
	}
	if u.short {
		return fmt.Errorf("lines from %d on: %w", l.numbers[colN], errDiffers)
	}
	return nil
}

// differences adds to each number by how much it differs from that of the line before:
// most do not at all, or by little.
func (u *unpacker) differences(numbers []int64) {
	rest := u.rest
	for c := range numbers {
		if len(rest) == 0 {
			u.short = true
			return
		}
		n := uint64(rest[0])
		if n < 0x80 {
			rest = rest[1:]
		} else {
			u.rest = rest
			n = u.uint()
			rest = u.rest
		}
		if n != 0 {
			numbers[c] += int64(n>>1) ^ -int64(n&1)
		}
	}
	u.rest = rest
}

// unpacker reads numbers off a block; short says that it ended too early.
type unpacker struct {
	rest  []byte
	short bool
}

func (u *unpacker) uint() uint64 {
	if len(u.rest) > 0 && u.rest[0] < 0x80 {
		n := u.rest[0]
		u.rest = u.rest[1:]
		return uint64(n)
	}
	n, size := binary.Uvarint(u.rest)
	if size <= 0 {
		u.short, u.rest = true, nil
		return 0
	}
	u.rest = u.rest[size:]
	return n
}

func (u *unpacker) figure() honne.Figure {
	n := u.uint()
	if n == 0 {
		return honne.Figure{}
	}
	n--
	return honne.Known(int64(n>>1) ^ -int64(n&1))
}
