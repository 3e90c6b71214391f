package web

import (
	"strings"

	"honne"
	"honne/internal/japan"
	"honne/internal/lang"
)

// promiseState says where a promise stands. Ours past its day is overdue; of one
// of theirs only the day is known to have passed, until somebody asked.
func (v *visit) promiseState(e honne.Entry[honne.Promise], on honne.Date) Tag {
	p := e.Body
	switch {
	case e.Withdrawn:
		return Tag{"cross", "", v.t("agreement.state.dismissed")}
	case e.By == 0:
		return Tag{"dots", "info", v.t("agreement.state.proposed")}
	case japan.KeptLate(p) > 0:
		return Tag{"watch", "warn", v.t("agreement.state.kept-late", honne.Count("n", japan.KeptLate(p)))}
	case p.Outcome == honne.PromiseKept, p.Outcome == honne.PromiseLate && p.Done != 0:
		return Tag{"tick", "ok", v.t("agreement.state.kept")}
	case p.Outcome == honne.PromiseLate:
		return Tag{"high", "warn", v.t("agreement.state.late")}
	case p.Outcome == honne.PromiseDropped:
		return Tag{"cross", "", v.t("agreement.state.dropped")}
	case p.Standing != honne.PromiseCommitted:
		return Tag{}
	case p.Due == 0:
		return Tag{"dots", "", v.t("agreement.state.no-day")}
	case !past(e, on):
		return Tag{"clear", "", v.t("agreement.state.open")}
	case p.By == honne.Ours:
		return Tag{"high", "neg", v.t("agreement.state.overdue", honne.Count("n", businessDays(p.Due, on)))}
	}
	return Tag{"watch", "warn", v.t("agreement.state.ask")}
}

// businessDays counts those after one day up to another.
func businessDays(from, to honne.Date) int { return japan.National().Between(from, to) }

// standing says what the two sides said to it: はい alone is no agreement.
func (v *visit) standing(p honne.Promise) Tag {
	switch {
	case p.Standing == honne.PromiseWillTry:
		return Tag{"watch", "", v.t("agreement.standing.will-try")}
	case p.Standing == honne.PromiseNotAgreed:
		return Tag{"clear", "", v.t("agreement.standing.not-agreed")}
	case p.Form == honne.PromiseWritten:
		return Tag{"tick", "ok", v.t("agreement.standing.written")}
	case p.Form == honne.PromiseOral:
		return Tag{"watch", "warn", v.t("agreement.standing.oral")}
	}
	return Tag{"dots", "warn", v.t("agreement.standing.unconfirmed")}
}

// closing drafts the question that settles a promise: who does what by when, one
// question with one date. A settled one needs none.
func (v *visit) closing(l lang.Language, p honne.Promise, on honne.Date) string {
	if p.Outcome != honne.PromiseOpen {
		return ""
	}
	what := inWords(l, p.What)
	if p.Much != "" {
		what += v.app.Languages.Text(l, "closing.much", honne.Text("much", p.Much))
	}
	answer := japan.National().AddBusinessDays(on, answerDays)
	key, day := "closing."+string(p.By), answer
	switch {
	case p.Standing != honne.PromiseCommitted:
		key += "." + string(p.Standing)
	case p.Due == 0:
		key += ".no-day"
	case p.Due < on:
		key += ".past"
	case p.Form == honne.PromiseWritten:
		key, day = key+".written", p.Due
	default:
		key, day = key+".confirm", p.Due
	}
	return v.app.Languages.Text(l, key, honne.Text("what", quotable(what)), honne.Day("day", day))
}

// quotable is a text without the mark that ends its sentence, on one line.
func quotable(s string) string {
	return strings.ReplaceAll(strings.TrimRight(s, "。. \n　！!"), "\n", " ")
}
