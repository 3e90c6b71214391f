package store

import (
	"context"
	"strings"

	"honne"
)

// unreadBy lists the partner's files that came by a day and gave no figures: those that
// could not be read, those in which no report was found, and those that wait for a
// person; not the staged ones, nor one that was loaded after the recorded instant.
func unreadBy(ctx context.Context, q querier, d honne.DistributorID, at honne.AsOf, staged ...honne.FileID) ([]honne.Unread, error) {
	rows, err := collect(ctx, q, (*fileRow).fields, selectFile+
		`WHERE distributor_id = $1 AND side = 'theirs' AND state IN ('unreadable', 'set-aside', 'to-resolve') AND id NOT IN (`+list(append(staged, noFile))+`) ORDER BY id`,
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
	return out, subjects(ctx, q, d, out)
}

// subjects notes of each file the subject of the message that brought it.
func subjects(ctx context.Context, q querier, d honne.DistributorID, list []honne.Unread) error {
	type row struct{ path, subject string }
	if len(list) == 0 {
		return nil
	}
	return each(ctx, q, func(r *row) []any { return []any{&r.path, &r.subject} }, func(r *row) error {
		for i := range list {
			if strings.HasPrefix(list[i].Path, r.path+"/") {
				list[i].Subject = r.subject
			}
		}
		return nil
	}, `SELECT path, subject FROM message WHERE distributor_id = $1 AND files <> '' ORDER BY id`, int64(d))
}
