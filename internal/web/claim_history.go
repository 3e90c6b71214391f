package web

import (
	"cmp"
	"errors"
	"slices"
	"strings"
	"time"

	"honne"
	"honne/internal/store"
)

// HistoryRow is a version of something about a claim: what, who and when.
type HistoryRow struct {
	What, Why string
	Who, When string
	at        time.Time
}

// claimHistory lists every version of the claim, of what was said, of its facts,
// questions and agreements, the newest first.
func (v *visit) claimHistory(x claimOpen) ([]HistoryRow, error) {
	var out []HistoryRow
	slug := x.entry.Body.Excuse
	err := errors.Join(
		versions(v, x, &out, func(e honne.Entry[honne.Judgement]) bool { return e.Number == x.entry.Number }, v.judgedWords),
		versions(v, x, &out, func(e honne.Entry[honne.Said]) bool { return e.Body.Excuse == slug }, v.saidWords),
		versions(v, x, &out, func(e honne.Entry[honne.Fact]) bool {
			return e.Body.Kind == slug || slices.Contains(x.found.Kinds, e.Body.Kind)
		}, v.factWords),
		versions(v, x, &out, func(e honne.Entry[honne.Asked]) bool { return e.Body.Excuse == slug }, v.askedWords),
		versions(v, x, &out, func(e honne.Entry[honne.Registration]) bool { return slug == registrationExcuse }, v.registeredWords),
		versions(v, x, &out, func(e honne.Entry[honne.Promise]) bool { return e.Body.At == x.code() },
			func(e honne.Entry[honne.Promise]) string {
				return v.t("claim.did.agreed", honne.Text("code", e.Code()))
			}))
	slices.SortStableFunc(out, func(a, b HistoryRow) int { return b.at.Compare(a.at) })
	return out, err
}

// versions adds the versions of the entries of a kind that belong to a claim.
func versions[T honne.Entered](v *visit, x claimOpen, out *[]HistoryRow, belongs func(honne.Entry[T]) bool, say func(honne.Entry[T]) string) error {
	all, err := store.EntryVersions[T](v.Context(), v.app.Store, x.d.ID)
	for _, e := range all {
		if belongs(e) {
			*out = append(*out, HistoryRow{What: say(e), Why: e.Why, Who: v.person(e.By), When: v.lang.Instant(e.At), at: e.At})
		}
	}
	return err
}

func (v *visit) judgedWords(e honne.Entry[honne.Judgement]) string {
	switch {
	case e.N == 1 && e.Body.Verdict == "":
		return v.t("claim.did.opened")
	case e.Body.Verdict == "":
		return v.t("claim.did.withdrawn")
	}
	what := []string{v.t("claim.did.verdict", honne.Word("verdict", "claim.is."+string(e.Body.Verdict)), honne.Word("confidence", "confidence."+string(e.Body.Confidence)), honne.Text("because", e.Body.Because))}
	what = append(what, v.t("claim.did.legitimate", honne.Text("text", e.Body.Legitimate)))
	if e.Body.State != honne.ClaimOpen {
		what = append(what, v.t("claim.state."+string(e.Body.State)))
	}
	return strings.Join(what, v.t("sentence.gap"))
}

func (v *visit) saidWords(e honne.Entry[honne.Said]) string {
	what := "claim.did.confirmed"
	switch {
	case e.By == 0:
		what = "claim.did.proposed"
	case e.Withdrawn:
		what = "claim.did.dismissed"
	}
	return v.t(what, honne.Text("text", excerpt(e.Body.Text)), honne.Day("day", e.Body.On))
}

func (v *visit) factWords(e honne.Entry[honne.Fact]) string {
	rules, _ := v.app.Playbook.Fact(e.Body.Kind)
	row := v.factRow(e.Body, cmp.Or(v.both(rules.Title), e.Body.Of), rules.Unit)
	text := row.Title
	if row.Value != "" {
		text += v.t("colon") + row.Value
	}
	if e.Withdrawn {
		return v.t("claim.did.taken-back", honne.Text("fact", text))
	}
	return v.t("claim.did.fact", honne.Text("fact", text), honne.Text("source", e.Body.Source), honne.Day("day", e.Body.On))
}

func (v *visit) askedWords(e honne.Entry[honne.Asked]) string {
	if e.Body.Answered != 0 {
		return v.t("claim.did.answered", honne.Day("day", e.Body.Answered))
	}
	return v.t("claim.did.asked", honne.Day("day", e.Body.On), honne.Text("at", e.Body.At))
}

func (v *visit) registeredWords(e honne.Entry[honne.Registration]) string {
	if e.Withdrawn {
		return v.t("claim.did.taken-back", honne.Text("fact", e.Body.Item))
	}
	return v.t("claim.did.fact", honne.Text("fact", e.Body.Item), honne.Text("source", e.Body.Source), honne.Day("day", e.Body.On))
}
