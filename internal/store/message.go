package store

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"maps"
	"slices"
	"strings"

	"honne"
)

// messageRow is a message as the database has it.
type messageRow struct {
	honne.Mail
	received, recorded              int64
	people, answers, files, invites string
	words, checksum                 int64
}

const messageColumns = `id, key, file_id, path, received, basis, recorded, side, kind, asks, consent, day, program, topic, follows, language, subject,
	people, answers, files, invites, words, checksum`

func (r *messageRow) fields() []any {
	return []any{&r.ID, &r.Key, &r.File, &r.Path, &r.received, &r.Receipt.Basis, &r.recorded, &r.Side, &r.Kind, &r.Asks, &r.Consent, &r.Day, &r.Program, &r.Topic,
		&r.Follows, &r.Language, &r.Subject, &r.people, &r.answers, &r.files, &r.invites, &r.words, &r.checksum}
}

// people are those of a message, as the database has them.
type people struct {
	From   honne.Person
	To, Cc []honne.Person `json:",omitempty"`
}

// pack fills what the database has of a message.
func (r *messageRow) pack() error {
	var errs [3]error
	write := func(i int, v any) string {
		b, err := json.Marshal(v)
		errs[i] = err
		return string(b)
	}
	r.people, r.answers = write(0, people{r.From, r.To, r.Cc}), strings.Join(r.Answers, "\n")
	if len(r.Files) > 0 {
		r.files = write(1, r.Files)
	}
	if len(r.Invites) > 0 {
		r.invites = write(2, r.Invites)
	}
	r.received = micros(r.Receipt.At)
	r.words = digestOf(r.From.Address, r.Text)
	r.checksum = r.sum(r.Text)
	return cmp.Or(errs[0], errs[1], errs[2])
}

// unpack is the inverse of pack; the text stands elsewhere.
func (r *messageRow) unpack() error {
	r.Receipt.At = instant(r.received)
	r.Answers = r.answered()
	if err := r.unpackPeople(); err != nil {
		return err
	}
	if r.files != "" {
		if err := json.Unmarshal([]byte(r.files), &r.Files); err != nil {
			return fmt.Errorf("files of message %d: %w", r.ID, err)
		}
	}
	return r.unpackInvites()
}

func (r *messageRow) unpackPeople() error {
	var p people
	if err := json.Unmarshal([]byte(r.people), &p); err != nil {
		return fmt.Errorf("people of message %d: %w", r.ID, err)
	}
	r.From, r.To, r.Cc = p.From, p.To, p.Cc
	return nil
}

func (r *messageRow) unpackInvites() error {
	if r.invites == "" {
		return nil
	}
	if err := json.Unmarshal([]byte(r.invites), &r.Invites); err != nil {
		return fmt.Errorf("invitations of message %d: %w", r.ID, err)
	}
	return nil
}

// answered are the keys of the messages that it answers.
func (r *messageRow) answered() []string {
	if r.answers == "" {
		return nil
	}
	return strings.Split(r.answers, "\n")
}

// sum lets Verify find a message that was altered; one that was kept before there
// was consent, a day or a program has the sum that it had then.
func (r *messageRow) sum(text string) int64 {
	return digestOf(r.Key, r.Path, fmt.Sprint(r.received, r.Receipt.Basis, r.Side, r.Kind, r.Asks, r.Follows)+string(r.Consent)+r.since19(), r.Topic, r.Language, r.Subject,
		r.people, r.answers, r.files, r.invites, text)
}

// since19 is what version 19 added to the sum.
func (r *messageRow) since19() (s string) {
	if r.Day {
		s = " day"
	}
	if !r.Program {
		s += " person"
	}
	return s
}

func digestOf(parts ...string) int64 {
	h := fnv.New64a()
	for _, p := range parts {
		h.Write([]byte(p))
		h.Write([]byte{0})
	}
	return int64(h.Sum64())
}

// AddMail keeps messages of a distributor and returns how many were new: one
// whose key is known is the same message, seen in another mailbox, and stays as
// it is.
func (s *Store) AddMail(ctx context.Context, d honne.DistributorID, list []honne.Mail) (added int, err error) {
	err = s.inTx(ctx, func(tx *sql.Tx) (err error) {
		added, err = s.addMail(ctx, tx, d, list)
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("store: add %d messages of distributor %d: %w", len(list), d, err)
	}
	return added, nil
}

func (s *Store) addMail(ctx context.Context, tx *sql.Tx, d honne.DistributorID, list []honne.Mail) (added int, err error) {
	// The counter's lock keeps two callers from adding one message at once.
	first, err := nextID(ctx, tx, "message", 0)
	if err != nil {
		return 0, err
	}
	rows := newBulk(ctx, tx, s.Dialect(), "message", append([]string{"distributor_id"}, strings.FieldsFunc(messageColumns, notLetter)...)...)
	texts := newBulk(ctx, tx, s.Dialect(), "message_text", "distributor_id", "message_id", "body")
	seen := map[string]bool{}
	for _, m := range list {
		known, err := knownMessage(ctx, tx, d, m.Key)
		if err != nil || known || seen[m.Key] {
			if err != nil {
				return 0, err
			}
			continue
		}
		seen[m.Key] = true
		added++
		r := messageRow{Mail: m, recorded: micros(s.now())}
		r.ID = honne.MailID(first + int64(added-1))
		if err := r.insert(d, rows, texts); err != nil {
			return 0, err
		}
	}
	if _, err := nextID(ctx, tx, "message", added); err != nil {
		return 0, err
	}
	return added, cmp.Or(rows.end(), texts.end())
}

func notLetter(r rune) bool { return (r < 'a' || r > 'z') && r != '_' }

func knownMessage(ctx context.Context, q querier, d honne.DistributorID, key string) (bool, error) {
	var n int
	err := q.QueryRowContext(ctx, `SELECT count(*) FROM message WHERE distributor_id = $1 AND key = $2`, int64(d), key).Scan(&n)
	return n > 0, err
}

func (r *messageRow) insert(d honne.DistributorID, rows, texts *bulk) error {
	if err := r.pack(); err != nil {
		return err
	}
	err := rows.add(int64(d), int64(r.ID), r.Key, int64(r.File), r.Path, r.received, string(r.Receipt.Basis), r.recorded, string(r.Side),
		string(r.Kind), r.Asks, string(r.Consent), r.Day, r.Program, r.Topic, r.Follows, r.Language, r.Subject, r.people, r.answers, r.files, r.invites, r.words, r.checksum)
	if err == nil {
		err = texts.add(int64(d), int64(r.ID), r.Text)
	}
	return err
}

// Mail returns a message that is kept; honne.ErrNotFound.
func (s *Store) Mail(ctx context.Context, d honne.DistributorID, id honne.MailID) (honne.Mail, error) {
	m, err := s.rereadWhere(ctx, d, `AND m.id = $2`, int64(id))
	if err == nil && len(m) == 0 {
		err = honne.ErrNotFound
	}
	if err != nil {
		return honne.Mail{}, fmt.Errorf("store: message %d of distributor %d: %w", id, d, err)
	}
	return m[0], nil
}

// People returns who wrote or got the messages of a distributor, each once, by
// address and name.
func (s *Store) People(ctx context.Context, d honne.DistributorID) ([]honne.Person, error) {
	seen := map[honne.Person]bool{}
	err := each(ctx, s.read, func(r *messageRow) []any { return []any{&r.people} }, func(r *messageRow) error {
		r.From, r.To, r.Cc = honne.Person{}, nil, nil
		err := r.unpackPeople()
		for _, p := range append(append([]honne.Person{r.From}, r.To...), r.Cc...) {
			seen[p] = true
		}
		return err
	}, `SELECT DISTINCT people FROM message WHERE distributor_id = $1`, int64(d))
	if err != nil {
		return nil, fmt.Errorf("store: people of distributor %d: %w", d, err)
	}
	return slices.SortedFunc(maps.Keys(seen), func(a, b honne.Person) int {
		return cmp.Or(strings.Compare(a.Address, b.Address), strings.Compare(a.Name, b.Name))
	}), nil
}

// MailByKey returns the message that is kept under a key; honne.ErrNotFound.
func (s *Store) MailByKey(ctx context.Context, d honne.DistributorID, key string) (honne.Mail, error) {
	m, err := s.mailWhere(ctx, d, `AND m.key = $2`, key)
	if err == nil && len(m) == 0 {
		err = honne.ErrNotFound
	}
	if err != nil {
		return honne.Mail{}, fmt.Errorf("store: message %q of distributor %d: %w", key, d, err)
	}
	return m[0], nil
}

// Mails returns the messages of a distributor in the order of receipt, at most
// limit of them behind the message after; 0 begins with the first.
func (s *Store) Mails(ctx context.Context, d honne.DistributorID, after honne.MailID, limit int) ([]honne.Mail, error) {
	at := honne.Mail{}
	var err error
	if after != 0 {
		at, err = s.Mail(ctx, d, after)
	}
	var list []honne.Mail
	if err == nil {
		list, err = s.rereadWhere(ctx, d, `AND (m.received, m.id) > ($2, $3) ORDER BY m.received, m.id LIMIT $4`,
			micros(at.Receipt.At), int64(after), limit)
	}
	if err != nil {
		return nil, fmt.Errorf("store: messages of distributor %d: %w", d, err)
	}
	return list, nil
}

func (s *Store) mailWhere(ctx context.Context, d honne.DistributorID, where string, args ...any) (list []honne.Mail, err error) {
	type row struct {
		messageRow
		body string
	}
	err = each(ctx, s.read, func(r *row) []any { return append(r.fields(), &r.body) }, func(r *row) error {
		// The next row overwrites this one: what it points to must not be shared.
		m := messageRow{Mail: r.Mail, received: r.received, people: r.people, answers: r.answers, files: r.files, invites: r.invites}
		m.Text, m.Answers, m.To, m.Cc, m.Files, m.Invites = r.body, nil, nil, nil, nil, nil
		err := m.unpack()
		list = append(list, m.Mail)
		return err
	}, `SELECT `+columnsOf("m")+`, t.body FROM message m JOIN message_text t ON t.distributor_id = m.distributor_id AND t.message_id = m.id
		WHERE m.distributor_id = $1 `+where, append([]any{int64(d)}, args...)...)
	return list, err
}

// columnsOf are the columns of a message under the name of a table.
func columnsOf(table string) string {
	list := strings.FieldsFunc(messageColumns, notLetter)
	for i := range list {
		list[i] = table + "." + list[i]
	}
	return strings.Join(list, ", ")
}

// turnColumns are the columns that make a turn: the others are long, and many.
const turnColumns = `id, key, received, basis, recorded, side, kind, asks, consent, day, topic, follows, people, answers, invites, words`

func (r *messageRow) turnFields() []any {
	return []any{&r.ID, &r.Key, &r.received, &r.Receipt.Basis, &r.recorded, &r.Side, &r.Kind, &r.Asks, &r.Consent, &r.Day, &r.Topic, &r.Follows,
		&r.people, &r.answers, &r.invites, &r.words}
}

// messagesKnown returns the messages that were known as of a moment, with what
// makes a turn of each, in the order of receipt.
func messagesKnown(ctx context.Context, q querier, d honne.DistributorID, at honne.AsOf) ([]messageRow, error) {
	rows, err := collect(ctx, q, (*messageRow).turnFields, `SELECT `+turnColumns+` FROM message WHERE distributor_id = $1`, int64(d))
	if err != nil {
		return nil, err
	}
	rows = slices.DeleteFunc(rows, func(r messageRow) bool {
		return at.Known != 0 && r.received > micros(at.Known.End()) || !at.Recorded.IsZero() && r.recorded > micros(at.Recorded)
	})
	slices.SortFunc(rows, func(a, b messageRow) int {
		return cmp.Or(cmp.Compare(a.received, b.received), strings.Compare(a.Key, b.Key))
	})
	again, err := rereads(ctx, q, d, at)
	if err != nil {
		return nil, err
	}
	for i := range rows {
		rows[i].Receipt.At = instant(rows[i].received)
		if err := rows[i].unpackInvites(); err != nil {
			return nil, err
		}
		if x, ok := again[rows[i].ID]; ok {
			x.Over(&rows[i].Mail)
		}
	}
	return rows, nil
}

// messageSources are the addresses of messages, in the order asked for.
func messageSources(ctx context.Context, q querier, d honne.DistributorID, ids []honne.MailID) ([]honne.Source, error) {
	var out []honne.Source
	for _, id := range ids {
		src, err := one(ctx, q, func(s *honne.Source) []any { return []any{&s.File, &s.Path} },
			`SELECT file_id, path FROM message WHERE distributor_id = $1 AND id = $2`, int64(d), int64(id))
		if err != nil {
			return nil, err
		}
		src.Figures, src.Mail = 1, id
		out = append(out, src)
	}
	return out, nil
}

// checkMessages compares every message with its checksum.
func checkMessages(ctx context.Context, q querier, d honne.DistributorID) error {
	type row struct {
		messageRow
		body string
	}
	return each(ctx, q, func(r *row) []any { return append(r.fields(), &r.body) }, func(r *row) error {
		if r.sum(r.body) != r.checksum {
			return fmt.Errorf("message %d differs from what was kept: restore a backup", r.ID)
		}
		return nil
	}, `SELECT `+columnsOf("m")+`, coalesce(t.body, '') FROM message m LEFT JOIN message_text t ON t.distributor_id = m.distributor_id AND t.message_id = m.id
		WHERE m.distributor_id = $1 ORDER BY m.id`, int64(d))
}
