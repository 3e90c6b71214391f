package web

import (
	"cmp"
	"slices"

	"honne"
)

// versions tells the history of a promise, the newest first.
func (x *agreement) versions() []EntryVersion {
	var out []EntryVersion
	for i, e := range x.history {
		row := EntryVersion{N: e.N, At: x.lang.Instant(e.At), Why: e.Why, Who: x.who(e.By)}
		if i == 0 {
			row.Changes = x.entered(e)
		} else {
			row.Changes = x.changed(x.history[i-1], e)
		}
		out = append(out, row)
	}
	slices.Reverse(out)
	return out
}

func (x *agreement) entered(e honne.Entry[honne.Promise]) []string {
	if e.By == 0 {
		return []string{x.t("history.proposed")}
	}
	return []string{x.t("history.entered")}
}

// changed says in words how a version differs from the one before it.
func (x *agreement) changed(before, e honne.Entry[honne.Promise]) []string {
	a, b := before.Body, e.Body
	var out []string
	switch {
	case e.Withdrawn && !before.Withdrawn:
		return []string{x.t("history.dismissed")}
	case before.Withdrawn && !e.Withdrawn, a.Outcome != honne.PromiseOpen && b.Outcome == honne.PromiseOpen:
		out = append(out, x.t("history.reopened"))
	case before.By == 0 && e.By != 0:
		out = append(out, x.t("history.confirmed"))
	}
	if a.Outcome != b.Outcome && b.Outcome != honne.PromiseOpen {
		key := "history." + string(b.Outcome)
		if b.Done != 0 {
			key += ".on"
		}
		out = append(out, x.t(key, honne.Day("day", b.Done)))
	}
	for _, m := range b.Moves[min(len(a.Moves), len(b.Moves)):] {
		out = append(out, x.moved(m, b.Due))
	}
	if a.Due != b.Due && len(a.Moves) == len(b.Moves) {
		out = append(out, x.becomes("due", x.lang.Date(a.Due), x.lang.Date(b.Due)))
	}
	return append(out, x.reworded(a, b)...)
}

func (x *agreement) moved(m honne.PromiseMove, to honne.Date) string {
	key := "history.moved." + string(m.By)
	if m.From == 0 {
		key = "history.dated." + string(m.By)
	}
	agreed := "history.not-agreed"
	if m.Agreed {
		agreed = "history.agreed"
	}
	return x.t(key, honne.Day("from", m.From), honne.Day("to", to), honne.Word("agreed", agreed))
}

// reworded lists the fields that a person wrote anew.
func (x *agreement) reworded(a, b honne.Promise) (out []string) {
	for _, f := range [...]struct{ key, a, b string }{
		{"by", x.t("side." + string(a.By)), x.t("side." + string(b.By))},
		{"what-ja", a.What.JA, b.What.JA}, {"what-en", a.What.EN, b.What.EN}, {"much", a.Much, b.Much}, {"owner", a.Owner, b.Owner},
		{"made", x.lang.Date(a.Made), x.lang.Date(b.Made)},
		{"form", x.t("agreement.form." + string(a.Form)), x.t("agreement.form." + string(b.Form))},
		{"standing", x.standing(a).Word, x.standing(b).Word},
	} {
		if f.a != f.b && (f.key != "standing" || a.Standing != b.Standing) {
			out = append(out, x.becomes(f.key, f.a, f.b))
		}
	}
	return out
}

func (x *agreement) becomes(key, a, b string) string {
	return x.t("history.becomes", honne.Word("field", "agreement."+key), honne.Text("a", cmp.Or(a, "—")), honne.Text("b", cmp.Or(b, "—")))
}
