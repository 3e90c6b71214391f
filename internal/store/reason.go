package store

import (
	"context"

	"honne"
)

// statedReasons are why files changed earlier figures, as people stated it by a moment
// after their acceptance. A reason is known from the moment somebody stated it, so that an
// old day is told as it was known then.
func statedReasons(ctx context.Context, q querier, d honne.DistributorID, at honne.AsOf) (map[honne.FileID]honne.Reason, error) {
	if end := at.Known.End(); at.Known != 0 && (at.Recorded.IsZero() || end.Before(at.Recorded)) {
		at.Recorded = end
	}
	rows, err := standing(ctx, q, d, at, `AND kind = $3`, string(honne.EntryChangeReason))
	list, err := entriesOf[honne.ChangeReason](rows, err)
	out := make(map[honne.FileID]honne.Reason, len(list))
	for _, e := range list {
		out[e.Body.File] = e.Body.Reason
	}
	return out, err
}
