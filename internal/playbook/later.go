package playbook

import (
	"regexp"
	"strings"
)

// OnlyLater reports whether a sentence says no more than that an answer will come, and why not
// now: 倉庫に照会しておりますので、10日までにご報告いたします。
func (w *MailWords) OnlyLater(text string) bool {
	if says, asks := w.Sentence(text); says == SaysLater || asks {
		return !asks
	}
	if w.arrived.in(Spell(text)) {
		return false
	}
	later := false
	for _, c := range clauses(strings.TrimRight(text, "!！.。．")) {
		switch f := Spell(strings.TrimRight(c, "、，,;； ")); {
		case w.answersWithin.in(f) || agreesTo.MatchString(f.Key):
			return false
		case w.acknowledges.in(f) || w.answersIn(f):
			later = true
		case predicates(f) && !w.courtesy.in(f) && !begsPardon.MatchString(f.Key) && !w.isReason(f):
			return false
		}
	}
	return later
}

// SaysWhyLater reports whether a sentence beside an answer that will come only says why it does
// not now, or that it will. What somebody else does, or lacks, is a fact: 先生は不在です.
func (w *MailWords) SaysWhyLater(text string) bool {
	text = strings.TrimRight(text, "!！.。．")
	f := Spell(text)
	list := clauses(text)
	return w.assents.in(f) || w.isWhy(f) && !w.ofOthers(Spell(list[len(list)-1]))
}

// isReason reports whether a clause before a promised answer says why it comes later: of others
// only where it gives a reason, and no fact of its own.
func (w *MailWords) isReason(f Spelled) bool {
	gives := givesReason.MatchString(f.Key) || reasonFirst.MatchString(f.Words)
	return w.isWhy(f) && (gives || !w.ofOthers(f)) || stillDoing.MatchString(f.Key) && isPlain(f) && !w.ofOthers(f)
}

func (w *MailWords) isWhy(f Spelled) bool { return w.whyLater.in(f) && isPlain(f) }

// isPlain reports whether a clause holds no number and says of nothing that was.
func isPlain(f Spelled) bool {
	return !strings.ContainsAny(itemMark.ReplaceAllString(f.Key, ""), "0123456789") && !isPast.MatchString(f.Key)
}

// ofOthers reports whether a clause is about somebody who is not of the writer's side.
func (w *MailWords) ofOthers(f Spelled) bool {
	subject := subjectOf(f)
	if i := strings.LastIndex(subject, "別の"); i >= 0 {
		subject = subject[i+len("別の"):] // 施設別の実績 are of the writer's side
	}
	return w.whyLaterNot.in(Spell(subject))
}

var (
	givesReason = regexp.MustCompile(`(?:ので|ため|から)[、,]?$`)
	reasonFirst = regexp.MustCompile(`^ (?:as|since|because) `)
	stillDoing  = regexp.MustCompile(`[てで](?:おります|います)(?:ので|ため|から)[、,]?$`)
	subjectJA   = regexp.MustCompile(`^(.+?)(?:では|でも|[はが])`)
	subjectEN   = regexp.MustCompile(`^ (.+?) (?:is|are|was|were|has|have|had|will|would|needs?|takes?|wants?|does|did|do|can|cannot|could|must|may) `)
)

// subjectOf is what a clause is about, "" where it does not say so: of Japanese what stands
// before the first は or が, but for whom something is done to, or asked.
func subjectOf(f Spelled) string {
	form, text := subjectEN, f.Words
	if f.Japanese {
		form, text = subjectJA, f.Key
	}
	m := form.FindStringSubmatch(text)
	if m == nil || f.Japanese && strings.ContainsAny(m[1], "をへに") {
		return ""
	}
	return m[1]
}
