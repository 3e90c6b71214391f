package inspect

import "honne"

// addSeen says of each sign since when this house sees it at its level. What was
// noted last may be older than what the record says today: then nobody has seen it.
func addSeen(list []honne.Sign, r *honne.Record) {
	for i := range list {
		if seen := seenBy(r, list[i].ID.Slug, r.AsOf); seen.Level == list[i].Level {
			list[i].Seen = seen.On
		}
	}
}

// seenBy is the level at which this house saw a sign on a day; zero where it did not
// look yet.
func seenBy(r *honne.Record, sign string, on honne.Date) (last honne.SignSeen) {
	for _, s := range r.Log.Seen {
		if s.Sign == sign && s.On <= on && s.Level != last.Level {
			last = s
		}
	}
	return last
}
