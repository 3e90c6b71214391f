package playbook

import (
	"regexp"
	"strings"
)

// PutsOff reports whether a sentence asks to put a meeting off, or calls one off.
func (w *MailWords) PutsOff(text string) bool {
	s := Spell(strings.TrimRight(text, "?？!！.。．"))
	return w.meetings.in(s) && w.putsOff.in(s) && !w.putsOffNot.in(s)
}

// Meets reports whether a sentence tells of a meeting without asking for it: held says
// that it took place, ago how many days ago, −1 where no such word stands there.
func (w *MailWords) Meets(text string) (meets, held bool, ago int) {
	s := Spell(strings.TrimRight(text, "!！.。．"))
	if !w.meetings.in(s) && !w.meetingThanks.in(s) || w.meetingNot.in(s) || strings.HasSuffix(text, "?") || strings.HasSuffix(text, "？") {
		return false, false, -1
	}
	held = w.meetingHeld.in(s) || w.meetingThanks.in(s)
	switch {
	case held && w.meetingToday.in(s):
		return true, held, 0
	case held && w.meetingYesterday.in(s):
		return true, held, 1
	}
	return true, held, -1
}

// ProposesMeeting reports whether a sentence asks to meet, and no customer.
func (w *MailWords) ProposesMeeting(text string) bool {
	s := Spell(strings.TrimRight(text, "?？!！.。．"))
	_, asks := w.Sentence(text)
	return asks && (w.meetings.in(s) || w.meetingAsks.in(s)) && !w.customers.in(s)
}

// WishesMeeting reports whether a sentence says that the writer wants to meet, and no customer: the
// next one may ask whether a day would do.
func (w *MailWords) WishesMeeting(text string) bool {
	s := Spell(strings.TrimRight(text, "!！.。．"))
	return w.meetingWishes.in(s) && !w.customers.in(s) && !w.putsOff.in(s)
}

// SpeaksOfMeeting reports whether a sentence names what people meet for.
func (w *MailWords) SpeaksOfMeeting(text string) bool { return w.meetings.in(Spell(text)) }

// SetsAgain reports whether a sentence takes one of the days that were offered.
func (w *MailWords) SetsAgain(text string) bool {
	return w.meetingSets.in(Spell(strings.TrimRight(text, "?？!！.。．")))
}

// AsksIfFits reports whether a sentence asks whether a day would do.
func (w *MailWords) AsksIfFits(text string) bool {
	_, asks := w.Sentence(text)
	return asks && w.meetingFits.in(Spell(strings.TrimRight(text, "?？!！.。．")))
}

// PutsOffTo is the part of a sentence that may name the day to which it puts a meeting off, ""
// where it says of none: 29日に変更, moved to 4 November.
func (w *MailWords) PutsOffTo(text string) string {
	if m := newDay.FindStringSubmatch(text); m != nil {
		return m[1] + m[2]
	}
	return ""
}

var newDay = regexp.MustCompile(`([0-9年月日時分()（）:：曜火水木金土頃ごろの午前後来今再翌週 ]{1,20})[にへ](?:変更|延期|ずら|移|振り替え|振替|リスケ)|` +
	`(?i:\b(?:move|postpone|reschedule|shift|push|put off|change)\w*\b.*?\bto ((?:the |next |mon\w*|tue\w*|wed\w*|thu\w*|fri\w*|[, ])*(?:\d|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec).*)$)`)

// AgreesToMeet reports whether a sentence agrees to what was proposed, and whether it holds
// back, or asks for something else. What is said of another thing agrees to nothing: the
// invoice is fine.
func (w *MailWords) AgreesToMeet(text string) (agrees, not bool) {
	s := Spell(strings.TrimRight(text, "!！.。．"))
	not = w.meetingAgreesNot.in(s) || w.putsOff.in(s)
	return w.meetingAgrees.in(s) && !not && !w.ofOtherThing(s), not
}

var (
	whatIsFine = regexp.MustCompile(`^(?:.* (?:and|but|so|that) )?(?:the|our|your|this|these|those|its|both) (.+?)(?: (?:of|for|on|from|in|at|you) .*?)? (?:is|are|was|were|works?|suits?|looks?) `)
	whatIsFit  = regexp.MustCompile(`([^、,。はがも]+)[はがも](?:特に|全く|全て|すべて|弊社|当社)*[^、,。はがも]*$`)
)

// ofOtherThing reports whether what a sentence agrees to is something else than a meeting, its
// day or its place.
func (w *MailWords) ofOtherThing(s Spelled) bool {
	form, text := whatIsFine, strings.TrimPrefix(s.Words, " ")
	if s.Japanese {
		form, text = whatIsFit, s.Key
	}
	m := form.FindStringSubmatch(text)
	if m == nil {
		return false
	}
	what := strings.TrimRight(m[1], "とでにを")
	if head := what[strings.LastIndex(what, "の")+len("の"):]; s.Japanese && strings.Contains(what, "の") && head != "件" && head != "方" {
		what = head
	}
	f := Spell(what)
	return !w.meetings.in(f) && !w.meetingSubjects.in(f)
}
