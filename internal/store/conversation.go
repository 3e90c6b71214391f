package store

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"honne"
)

// Correspondence returns the messages of a distributor that were known as of a
// moment, in the order of receipt and without their words, and the meetings that
// their invitations tell of.
func (s *Store) Correspondence(ctx context.Context, d honne.DistributorID, at honne.AsOf) (list []honne.Turn, met []honne.Meeting, err error) {
	rows, err := messagesKnown(ctx, s.read, d, at)
	if err == nil {
		list, err = turns(rows)
	}
	if err != nil {
		return nil, nil, fmt.Errorf("store: correspondence of distributor %d: %w", d, err)
	}
	return list, meetings(rows), nil
}

// MailsOf returns messages of a distributor in the order asked for; one that is
// not kept is left out.
func (s *Store) MailsOf(ctx context.Context, d honne.DistributorID, ids []honne.MailID) ([]honne.Mail, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	args := make([]any, len(ids))
	for i, id := range ids {
		args[i] = int64(id)
	}
	list, err := s.rereadWhere(ctx, d, `AND m.id IN (`+numbered(2, len(ids))+`)`, args...)
	if err != nil {
		return nil, fmt.Errorf("store: %d messages of distributor %d: %w", len(ids), d, err)
	}
	place := map[honne.MailID]int{}
	for i, id := range ids {
		place[id] = i
	}
	slices.SortFunc(list, func(a, b honne.Mail) int { return place[a.ID] - place[b.ID] })
	return list, nil
}

// numbered writes n parameters, the first of them numbered from.
func numbered(from, n int) string {
	var b strings.Builder
	for i := range n {
		if i > 0 {
			b.WriteByte(',')
		}
		fmt.Fprintf(&b, "$%d", from+i)
	}
	return b.String()
}

// MailAbout lists the messages whose topic holds a piece of text, which is to be
// written as japan.Key writes it.
func (s *Store) MailAbout(ctx context.Context, d honne.DistributorID, topic string) ([]honne.MailID, error) {
	like := "%" + strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(topic) + "%"
	list, err := collect(ctx, s.read, func(id *honne.MailID) []any { return []any{id} },
		`SELECT id FROM message WHERE distributor_id = $1 AND topic LIKE $2 ESCAPE '\' ORDER BY id`, int64(d), like)
	if err != nil {
		return nil, fmt.Errorf("store: messages of distributor %d by topic: %w", d, err)
	}
	return list, nil
}

// FilesAt returns the newest files of a distributor that bear the paths.
func (s *Store) FilesAt(ctx context.Context, d honne.DistributorID, paths []string) (map[string]honne.FileID, error) {
	out := map[string]honne.FileID{}
	if len(paths) == 0 {
		return out, nil
	}
	args := []any{int64(d)}
	for _, p := range paths {
		args = append(args, p)
	}
	type row struct {
		id   honne.FileID
		path string
	}
	err := each(ctx, s.read, func(r *row) []any { return []any{&r.id, &r.path} }, func(r *row) error {
		out[r.path] = r.id
		return nil
	}, `SELECT id, path FROM file WHERE distributor_id = $1 AND path IN (`+numbered(2, len(paths))+`) ORDER BY id`, args...)
	if err != nil {
		return nil, fmt.Errorf("store: files of distributor %d by path: %w", d, err)
	}
	return out, nil
}
