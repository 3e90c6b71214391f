package store

import (
	"context"
	"errors"
	"strings"

	"honne"
)

// unreadBy lists the partner's files that came by a day and gave no figures: those that
// could not be read, those in which no report was found, and those that wait for a
// person; not the staged ones, nor one that was loaded after the recorded instant.
func unreadBy(ctx context.Context, q querier, d honne.DistributorID, at honne.AsOf, staged ...honne.FileID) ([]honne.Unread, error) {
	rows, err := collect(ctx, q, (*fileRow).fields, selectFile+
		`WHERE distributor_id = $1 AND side = 'theirs' AND state IN ('unreadable', 'set-aside', 'to-resolve', 'ready') AND id NOT IN (`+list(append(staged, noFile))+`) ORDER BY id`,
		int64(d))
	if err != nil {
		return nil, err
	}
	var out []honne.Unread
	for _, r := range rows {
		if f := r.file(); !f.Format.Holds() && f.Receipt.Day() <= at.Known && (at.Recorded.IsZero() || !f.Loaded.After(at.Recorded)) {
			out = append(out, honne.Unread{File: f.ID, Path: f.Path, Receipt: f.Receipt})
		}
	}
	if len(out) == 0 {
		return nil, nil
	}
	return out, errors.Join(subjects(ctx, q, d, out), holds(ctx, q, d, out))
}

// holds notes of each file that waits for a person what it reports once it is accepted.
func holds(ctx context.Context, q querier, d honne.DistributorID, list []honne.Unread) error {
	type row struct {
		file     honne.FileID
		series   honne.Series
		from, to int64
	}
	return each(ctx, q, func(r *row) []any { return []any{&r.file, &r.series, &r.from, &r.to} }, func(r *row) error {
		for i := range list {
			if list[i].File == r.file {
				list[i].Holds = append(list[i].Holds, honne.Held{Series: r.series, Period: period(r.from, r.to)})
			}
		}
		return nil
	}, `SELECT s.file_id, s.series, p.period_from, p.period_to FROM submission s
		JOIN file f ON f.id = s.file_id AND f.attempt = s.attempt
		JOIN submission_period p ON p.distributor_id = s.distributor_id AND p.submission_id = s.id
		WHERE s.distributor_id = $1 AND s.state = 'staged' AND f.state IN ('to-resolve', 'ready')
		ORDER BY s.id, p.period_from, p.period_to`, int64(d))
}

// subjects notes of each file the subject of the message that brought it.
func subjects(ctx context.Context, q querier, d honne.DistributorID, list []honne.Unread) error {
	type row struct{ path, subject string }
	return each(ctx, q, func(r *row) []any { return []any{&r.path, &r.subject} }, func(r *row) error {
		for i := range list {
			if strings.HasPrefix(list[i].Path, r.path+"/") {
				list[i].Subject = r.subject
			}
		}
		return nil
	}, `SELECT path, subject FROM message WHERE distributor_id = $1 AND files <> '' ORDER BY id`, int64(d))
}
