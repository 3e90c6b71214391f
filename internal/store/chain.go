package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"honne"
)

// Trace is a line of the history: who saw, changed, exported or published what.
type Trace struct {
	N      int64
	At     time.Time
	By     honne.UserID // 0: the program
	Verb   Verb
	Object string // what it was done to: /claims/C-014
	Detail string
}

// CommandLine is the last word of the detail of what a command did: the program
// knows no account there, and says so.
const CommandLine = "command-line"

// Verb is what was done.
type Verb string

// The verbs of the history.
const (
	Saw       Verb = "saw"
	Changed   Verb = "changed"
	Exported  Verb = "exported"
	Published Verb = "published"
)

// Head is the end of the history: with it, kept elsewhere, a cut tail and a
// history that was rewritten whole are found. The zero value is the end of none.
type Head struct {
	N    int64
	Hash string
}

// String writes a head as documents and backups carry it: 1204:9f3a….
func (h Head) String() string { return strconv.FormatInt(h.N, 10) + ":" + h.Hash }

// ParseHead reads what String wrote; honne.ErrInvalid.
func ParseHead(s string) (Head, error) {
	number, hash, found := strings.Cut(strings.TrimSpace(s), ":")
	n, err := strconv.ParseInt(number, 10, 64)
	if !found || err != nil || n < 0 || n > 0 && len(hash) != 2*sha256.Size {
		return Head{}, fmt.Errorf("%q is no head of a history, it looks like 1204:9f3a…: %w", s, honne.ErrInvalid)
	}
	return Head{n, hash}, nil
}

type eventRow struct {
	Trace
	at   int64
	hash string
}

func (r *eventRow) fields() []any {
	return []any{&r.N, &r.at, &r.By, &r.Verb, &r.Object, &r.Detail, &r.hash}
}

const selectEvent = `SELECT n, at, user_id, verb, object, detail, hash FROM event `

// link is the hash of an event behind another.
func (r *eventRow) link(before string) string {
	h := sha256.New()
	for _, s := range []string{before, strconv.FormatInt(r.N, 10), strconv.FormatInt(r.at, 10), strconv.FormatInt(int64(r.By), 10),
		string(r.Verb), r.Object, r.Detail} {
		var size [8]byte
		binary.BigEndian.PutUint64(size[:], uint64(len(s)))
		h.Write(size[:])
		h.Write([]byte(s))
	}
	return hex.EncodeToString(h.Sum(nil))
}

// Note writes events at the end of the history, in their order, and returns its
// head. Many at once cost one transaction; an event without a time gets now.
func (s *Store) Note(ctx context.Context, events ...Trace) (Head, error) {
	var head Head
	err := s.inTx(ctx, func(tx *sql.Tx) (err error) {
		head, err = s.note(ctx, tx, events...)
		return err
	})
	if err != nil {
		return Head{}, fmt.Errorf("store: note %d events: %w", len(events), err)
	}
	return head, nil
}

func (s *Store) note(ctx context.Context, tx *sql.Tx, events ...Trace) (head Head, err error) {
	// The counter's lock keeps a second writer out.
	if _, err := nextID(ctx, tx, "event", 0); err != nil {
		return head, err
	}
	if head, err = headOf(ctx, tx); err != nil {
		return head, err
	}
	rows := newBulk(ctx, tx, s.Dialect(), "event", "n", "at", "user_id", "verb", "object", "detail", "hash")
	for _, e := range events {
		if e.At.IsZero() {
			e.At = s.now()
		}
		r := eventRow{Trace: e, at: micros(e.At)}
		r.N = head.N + 1
		head = Head{r.N, r.link(head.Hash)}
		if err := rows.add(r.N, r.at, int64(r.By), string(r.Verb), r.Object, r.Detail, head.Hash); err != nil {
			return head, err
		}
	}
	return head, rows.end()
}

// Head returns the end of the history.
func (s *Store) Head(ctx context.Context) (Head, error) {
	h, err := headOf(ctx, s.read)
	if err != nil {
		return h, fmt.Errorf("store: head of the history: %w", err)
	}
	return h, nil
}

func headOf(ctx context.Context, q querier) (h Head, err error) {
	err = q.QueryRowContext(ctx, `SELECT n, hash FROM event ORDER BY n DESC LIMIT 1`).Scan(&h.N, &h.Hash)
	if errors.Is(err, sql.ErrNoRows) {
		return Head{}, nil
	}
	return h, err
}

// CheckHead reports honne.ErrInvalid for a head that the history never had, or
// went beyond before an instant. It does not follow the chain.
func (s *Store) CheckHead(ctx context.Context, h Head, since time.Time) error {
	var hash string
	var next sql.NullInt64
	err := s.read.QueryRowContext(ctx, `SELECT hash, (SELECT min(at) FROM event WHERE n = $1 + 1) FROM event WHERE n = $1`, h.N).Scan(&hash, &next)
	if errors.Is(err, sql.ErrNoRows) || err == nil && (hash != h.Hash || next.Valid && next.Int64 < micros(since)) {
		err = honne.ErrInvalid
	}
	if err != nil {
		return fmt.Errorf("store: head %s: %w", h, err)
	}
	return nil
}

// Wanted narrows the history; the zero value is all of it, from its end.
type Wanted struct {
	Under    string // what the object begins with
	Before   int64  // the number of an event
	By       *honne.UserID
	Verb     Verb
	From, To honne.Date // days in Japan, both among them
}

// History lists the newest events that are wanted, at most limit.
func (s *Store) History(ctx context.Context, w Wanted, limit int) ([]Trace, error) {
	where, args := `WHERE substr(object, 1, $1) = $2`, []any{len([]rune(w.Under)), w.Under}
	narrow := func(condition string, arg any) {
		args = append(args, arg)
		where += fmt.Sprintf(" AND %s $%d", condition, len(args))
	}
	if w.Before != 0 {
		narrow("n <", w.Before)
	}
	if w.By != nil {
		narrow("user_id =", int64(*w.By))
	}
	if w.Verb != "" {
		narrow("verb =", string(w.Verb))
	}
	if w.From != 0 {
		narrow("at >=", micros(w.From.At(0, 0)))
	}
	if w.To != 0 {
		narrow("at <", micros((w.To+1).At(0, 0)))
	}
	rows, err := collect(ctx, s.read, (*eventRow).fields, selectEvent+where+fmt.Sprintf(` ORDER BY n DESC LIMIT %d`, limit), args...)
	if err != nil {
		return nil, fmt.Errorf("store: history of %s: %w", w.Under, err)
	}
	out := make([]Trace, len(rows))
	for i, r := range rows {
		r.At = instant(r.at)
		out[i] = r.Trace
	}
	return out, nil
}

// Broken says where the history is not what it was.
type Broken struct {
	N    int64 // the first event that is wrong
	what string
}

// Error says it as honne verify prints it.
func (b *Broken) Error() string { return b.what }

// CheckHistory follows the history from its first event and names the first that
// was edited, removed or put elsewhere: *Broken. Against heads that were kept elsewhere,
// it also finds that the end is missing, or that all of it was written anew.
func (s *Store) CheckHistory(ctx context.Context, witnesses ...Head) error {
	_, err := s.FollowHistory(ctx, Head{}, witnesses...)
	return err
}

// FollowHistory checks as CheckHistory does what came behind a head, and that the
// head still stands, and returns that of now. What was altered up to that head it
// does not find.
func (s *Store) FollowHistory(ctx context.Context, from Head, witnesses ...Head) (Head, error) {
	at, last := map[int64]string{}, Head{N: max(from.N-1, 0)}
	for _, w := range witnesses {
		at[w.N] = w.Hash
	}
	err := each(ctx, s.read, (*eventRow).fields, func(r *eventRow) (err error) {
		if r.N == from.N && r.hash == from.Hash {
			last = from
			return nil
		}
		last, err = r.after(last, at[r.N])
		return err
	}, selectEvent+`WHERE n >= $1 ORDER BY n`, from.N)
	for _, w := range append(slices.Clip(witnesses), from) {
		if err == nil && w.N > last.N {
			err = &Broken{last.N + 1, fmt.Sprintf("the history ends at event %d, and went on to %d when its head was kept", last.N, w.N)}
		}
	}
	if err != nil {
		return last, fmt.Errorf("store: history: %w", err)
	}
	return last, nil
}

// after is the head with this event, which must be the one that follows and, where a
// witness kept its hash, the same.
func (r *eventRow) after(last Head, kept string) (Head, error) {
	switch {
	case r.N != last.N+1:
		return last, &Broken{last.N + 1, fmt.Sprintf("event %d is missing from the history", last.N+1)}
	case r.link(last.Hash) != r.hash:
		return last, &Broken{r.N, fmt.Sprintf("event %d of the history, or the one before it, was altered", r.N)}
	case kept != "" && kept != r.hash:
		return last, &Broken{r.N, fmt.Sprintf("the history up to event %d is another than when its head was kept", r.N)}
	}
	return Head{r.N, r.hash}, nil
}
