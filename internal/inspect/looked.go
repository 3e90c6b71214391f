package inspect

import (
	"slices"

	"honne"
)

// Days for which a note on a key account, and a look at the brand, speak (domain 1.4
// W1).
const (
	noteSpeaks = 90
	lookSpeaks = 365
)

// addLooks says beside the lack of visibility of how many key accounts anything was
// noted lately, and when somebody last saw how our brand is presented; an old look
// tells nothing any more. Neither raises the sign.
func addLooks(list []honne.Sign, r *honne.Record) {
	i := slices.IndexFunc(list, func(s honne.Sign) bool { return s.ID.Slug == "visibility" })
	if i < 0 {
		return
	}
	s, lately := &list[i], honne.Period{From: r.AsOf - noteSpeaks + 1, To: r.AsOf}
	if noted, keys := keyNotes(r, lately); keys > 0 {
		s.Because = append(s.Because, honne.Say("because.key-accounts-noted", honne.Count("n", noted), honne.Count("of", keys)))
		s.Evidence = append(s.Evidence, honne.Selection{Log: honne.EntryActivity, Period: lately}, honne.Selection{Log: honne.EntryAccessRequest, Period: lately})
	}
	if n := len(r.Log.Looks); n > 0 {
		last := r.Log.Looks[n-1]
		id := "because.brand-look"
		if last.On <= r.AsOf-lookSpeaks {
			id = "because.brand-look.old"
		}
		s.Because = append(s.Because, honne.Say(id, honne.Day("day", last.On), honne.Word("where", "brand-place."+last.Where)))
		s.Evidence = append(s.Evidence, honne.Selection{Log: honne.EntryBrandLook, Period: honne.Period{From: last.On, To: last.On}})
	}
}

// keyNotes counts the key accounts, and those of which an activity or a request was
// noted in a period.
func keyNotes(r *honne.Record, in honne.Period) (noted, keys int) {
	for _, t := range r.Log.Targets {
		if !t.Key {
			continue
		}
		keys++
		if slices.ContainsFunc(r.Log.Activities, func(a honne.FieldActivity) bool { return a.Site == t.Name && in.Contains(a.On) }) ||
			slices.ContainsFunc(r.Log.Access, func(q honne.AccessRequest) bool { return q.Whom == t.Name && in.Contains(q.Asked) }) {
			noted++
		}
	}
	return noted, keys
}
