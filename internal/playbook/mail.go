package playbook

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"

	"honne/internal/japan"
)

// MailWords are the words by which the clock of mail is read (domain 3.4, 3.5
// S-16). A phrase stands anywhere in a sentence, ^ before it at its beginning, $
// behind it at its end, … in it for words between. Width, case and blanks do not
// count; English matches whole words.
type MailWords struct {
	Asks             []string // the sentence asks for an answer
	AsksBy           []string // a clause of it does, by a day
	AsksNot          []string // not even with one of those, or a question mark
	Acknowledges     []string // it says that a message came, or that an answer will
	AskDay           []string // beside a question: it asks when
	AskDayNot        []string // beside a question: it asks more than that
	AnswersBy        []string // what paper comes by a day
	AnswersLater     []string // what word comes by a day
	AnswersByDay     []string // beside one of those: that day
	AnswersByNot     []string // not with one of these: it is sent, and is no word of an answer
	AnswersWithin    []string // it says that the answers stand within what is quoted
	WhyLater         []string // beside an answer that will come: why it does not now
	WhyLaterNot      []string // not where one of these is the subject: what they do is a fact
	Assents          []string // beside one: alone, that it will
	Arrived          []string // goods came: that is no receipt of a message
	AsksConsentWords []string // beside a question: all that it asks is agreement
	AsksConsentNot   []string // not with one of these
	ConsentWords     []string // it agrees
	DeferWords       []string // what an acknowledgement with one of these says comes later
	Courtesy         []string // it says nothing
	Greets           []string // beside one of these a short sentence says who writes
	Closes           []string // behind such a line stand names only
	Automatic        []string // subjects that programs write
	AutomaticText    []string // texts by which programs say that they write
	InPart           []string // beside a table in a text: it is a part of a report, or of others
	Prefixes         []string // before a subject: Re, Fw
	Meetings         []string // what people meet for
	PutsOffWords     []string // beside one of those the sentence asks to put it off, or calls it off
	PutsOffNot       []string // not with one of these
	MeetingHeld      []string // beside what people meet for: it took place
	MeetingToday     []string // beside both: on the day on which it is said
	MeetingThanks    []string // it took place, whatever people met for
	MeetingWishes    []string // it is wished for, before a sentence that asks for a day
	MeetingFits      []string // that sentence does
	MeetingSets      []string // where one was put off: the day for which it is taken instead
	MeetingYesterday []string // or on the day before
	MeetingNot       []string // not with one of these: a day is asked for, or the day is of something else
	MeetingAsks      []string // whoever asks with one of these proposes to meet, too
	MeetingAgrees    []string // the reply agrees to meet
	MeetingAgreesNot []string // not with one of these
	MeetingSubjects  []string // what is agreed to beside what people meet for, or who agrees: no other thing
	Customers        []string // whom we may wish to meet
	Access           []string // beside one of those a question asks to meet them
	AccessNot        []string // not with one of these: it asks what came of it
	Wishes           []string // beside them, before a sentence that asks: it is wished for
	Shared           []string // domains of which many have a mailbox
	Told             ToldWords
	Changes          ChangeWords

	asks, asksNot, acknowledges, courtesy, greets, closes phrases
	asksBy                                                phrases
	automatic, automaticText, inPart                      phrases
	meetings, putsOff, putsOffNot                         phrases
	meetingHeld, meetingToday, meetingNot                 phrases
	meetingYesterday, meetingThanks, meetingWishes        phrases
	meetingAsks, meetingAgrees, meetingAgreesNot          phrases
	meetingSubjects, meetingFits, meetingSets             phrases
	customers, access, accessNot, wishes                  phrases
	asksConsent, asksConsentNot, consents, defers         phrases
	answersWithin, arrived, asksDay, asksDayNot           phrases
	whyLater, whyLaterNot, assents                        phrases
	answersBy, answersLater, answersByDay, answersByNot   phrases
}

// Saying is what a sentence of a message does.
type Saying string

// The sayings. Whether a sentence also asks is another matter.
const (
	SaysNothing Saying = "courtesy"
	SaysLater   Saying = "acknowledgement" // a message came, or an answer will come
	SaysThing   Saying = "substance"
)

// asksIn reports whether a sentence asks for an answer; mark says that it ends
// with a question mark, or that a clause asks by a day.
func (w *MailWords) asksIn(s Spelled, mark bool) bool {
	return (mark || w.asks.in(s)) && !w.asksNot.in(s)
}

// Sentence says what a sentence does, and whether it asks for an answer.
func (w *MailWords) Sentence(text string) (says Saying, asks bool) {
	mark := strings.HasSuffix(text, "?") || strings.HasSuffix(text, "？")
	text = strings.TrimRight(text, "?？!！.。．")
	s := Spell(text)
	list := clauses(text)
	by := slices.ContainsFunc(list, func(c string) bool { return w.asksBy.in(Spell(c)) })
	asks = w.asksIn(s, mark || by)
	later, nothing := false, false
	before := ""
	for _, c := range list {
		f := Spell(strings.TrimRight(c, "、，,;； "))
		both := Spell(before + c) // a phrase may stand in two clauses
		before = c
		switch {
		case agreesTo.MatchString(f.Key), w.answersWithin.in(f), w.arrived.in(both):
			return SaysThing, asks
		case w.acknowledges.in(f) || w.answersIn(f) || w.acknowledges.in(both) && !later:
			later = true
		case begsPardon.MatchString(f.Key):
		case w.courtesy.in(f):
			nothing = true
		case predicates(f):
			return SaysThing, asks
		}
	}
	switch {
	case later || w.acknowledges.in(s):
		return SaysLater, asks
	case nothing || w.courtesy.in(s):
		return SaysNothing, asks
	}
	return SaysThing, asks
}

// AsksDay reports whether a sentence asks when something is, and nothing else.
func (w *MailWords) AsksDay(text string) bool {
	_, asks := w.Sentence(text)
	s := Spell(strings.TrimRight(text, "?？!！.。．"))
	return asks && w.asksDay.in(s) && !w.asksDayNot.in(s)
}

// PromisesAnswer reports whether a sentence says no more than that an answer comes by a day,
// and why not now.
func (w *MailWords) PromisesAnswer(text string) bool { return w.promises(text, w.answersIn) }

// PromisesPaper reports whether that answer is a paper, not only a word.
func (w *MailWords) PromisesPaper(text string) bool {
	return w.promises(text, func(s Spelled) bool { return w.answersIn(s) && w.answersBy.in(s) })
}

func (w *MailWords) promises(text string, in func(Spelled) bool) bool {
	return w.OnlyLater(text) && slices.ContainsFunc(clauses(strings.TrimRight(text, "!！.。．")), func(c string) bool { return in(Spell(c)) })
}

// answersIn reports whether a clause promises a word, or a paper, by a day.
func (w *MailWords) answersIn(s Spelled) bool {
	return (w.answersBy.in(s) || w.answersLater.in(s)) && w.answersByDay.in(s) && !w.answersByNot.in(s)
}

// AsksConsent reports whether agreement is all that a sentence asks.
func (w *MailWords) AsksConsent(text string) bool {
	s := Spell(strings.TrimRight(text, "?？!！.。．"))
	_, asks := w.Sentence(text)
	return asks && w.asksConsent.in(s) && !w.asksConsentNot.in(s)
}

// Consents reports whether a sentence agrees and puts nothing off.
func (w *MailWords) Consents(text string) bool {
	s := Spell(strings.TrimRight(text, "!！.。．"))
	return w.consents.in(s) && !w.defers.in(s)
}

// Defers reports whether a sentence only says that something will come.
func (w *MailWords) Defers(text string) bool {
	says, _ := w.Sentence(text)
	return says == SaysLater && w.defers.in(Spell(text))
}

// IsGreeting reports whether a sentence greets.
func (w *MailWords) IsGreeting(text string) bool { return w.greets.in(Spell(text)) }

// introduces ends a sentence that says who writes.
var introduces = regexp.MustCompile(`(?:です|でございます|と申します)[。.]?$`)

// tells stands in a sentence that says more than who writes.
var tells = regexp.MustCompile(`[はがをにか0-9０-９]`)

// Introduced is whom a Japanese sentence names, if it introduces its writer: 大和メディカルの佐藤
// of 大和メディカルの佐藤です。 ok says that it ends as such a sentence does.
func Introduced(text string) (named string, ok bool) {
	named = introduces.ReplaceAllString(text, "")
	return named, len(named) < len(text)
}

// IsIntroduction reports whether a Japanese sentence is short and built as one that only says
// who writes. So are others (価格の問題です): it is one only beside a greeting.
func IsIntroduction(text string) bool {
	named, ok := Introduced(text)
	return ok && utf8.RuneCountInString(text) <= 30 && !tells.MatchString(named)
}

// IsClosing reports whether a line closes a message: names stand behind it.
func (w *MailWords) IsClosing(line string) bool {
	return w.closes.in(Spell(strings.TrimRight(line, ",，、.。!！")))
}

// IsAutomatic reports whether a program wrote a subject.
func (w *MailWords) IsAutomatic(subject string) bool { return w.automatic.in(Spell(subject)) }

// SaysAutomatic reports whether a sentence says that a program writes it.
func (w *MailWords) SaysAutomatic(text string) bool { return w.automaticText.in(Spell(text)) }

// SaysInPart reports whether words beside a table say that it adds to a report, corrects
// it, or is of others.
func (w *MailWords) SaysInPart(text string) bool { return w.inPart.in(Spell(text)) }

// AsksAccess reports whether a sentence asks to meet a customer.
func (w *MailWords) AsksAccess(text string) bool {
	_, asks := w.Sentence(text)
	return asks && w.ofAccess(Spell(strings.TrimRight(text, "?？!！.。．")))
}

// WishesAccess reports whether a sentence says that the writer wants to meet a customer.
func (w *MailWords) WishesAccess(text string) bool {
	s := Spell(strings.TrimRight(text, "!！.。．"))
	return w.wishes.in(s) && w.ofAccess(s)
}

func (w *MailWords) ofAccess(s Spelled) bool {
	return w.customers.in(s) && w.access.in(s) && !w.accessNot.in(s)
}

// Topic returns a subject without what programs put before it, in the form in
// which subjects compare, and whether there was any.
func (w *MailWords) Topic(subject string) (topic string, answers bool) {
	s := strings.TrimSpace(japan.Fold(subject))
	for {
		rest, ok := w.prefixed(s)
		if !ok {
			return japan.Key(s), answers
		}
		s, answers = rest, true
	}
}

var prefixForm = regexp.MustCompile(`^(?:【([^】]{1,6})】|([^\s:\[\]()]{1,9})\s*(?:\[\d+\]|\(\d+\)|\^\d+)?\s*:)\s*`)

func (w *MailWords) prefixed(s string) (rest string, ok bool) {
	m := prefixForm.FindStringSubmatch(s)
	if m == nil || !slices.Contains(w.Prefixes, strings.ToLower(m[1]+m[2])) {
		return s, false
	}
	return s[len(m[0]):], true
}

var (
	comma = regexp.MustCompile(`[、，,;；]|\s(?:but|however)\s|(?:です|ます|ました|でした|ません)(?:が|ので|けれども|けれど|から)`)
	// andThen begins a clause behind "and" that has a subject, and a verb, of its own.
	andThen = regexp.MustCompile(`(?i)\s(and)\s(?:(?:we|i|it|they|there|here|please)\s|(?:the|our|your)\s(?:[\w-]+\s){1,4}(?:is|are|was|were|has|have|will)\s)`)
	// predicate is the end of a clause that says something in Japanese.
	predicate = regexp.MustCompile(`(?:です|ます|でした|ました|ません|ませんでした|ください|下さい|ない|である|だ|した|する|なる|ある|れる|いる)(?:が|ので|から|けれども?|し|ため)?$`)
	// agreesTo is a clause that names the day, or the number, to which it agrees.
	agreesTo = regexp.MustCompile(`\d[^、,。]{0,10}で(?:承知|了解|了承|承り|かしこまり|問題)`)
	// begsPardon is a clause before what a sentence says: 申し訳ございませんが、…
	begsPardon = regexp.MustCompile(`^(?:誠に|大変)?(?:申し訳(?:ございませ|ありませ)ん|恐れ入ります|恐縮です|お手数をおかけします)が?$`)
	// isPast is the end of a clause on what was, or was found.
	isPast   = regexp.MustCompile(`(?:ました|でした|った|いた|(?:完了し|済ん|終え|終わっ)[てで](?:おり|い)ます|済みです)(?:が|ので|ところ)?$`)
	itemMark = regexp.MustCompile(`^[(（]?\d{1,2}[)）.．、]`)
	// aboutWhat begins a clause that says in English what another one is about.
	aboutWhat = regexp.MustCompile(`^ (?:regarding|concerning|about|as for|as to|with regard|with respect|for|on|in|re|if|once|when|after|as soon as) `)
)

// clauses cuts a sentence at its commas and conjunctions.
func clauses(text string) []string {
	var out []string
	for text != "" {
		end := len(text)
		if m := comma.FindStringIndex(text); m != nil {
			end = m[1]
		}
		if m := andThen.FindStringSubmatchIndex(text); m != nil {
			end = min(end, m[2])
		}
		out, text = append(out, text[:end]), text[end:]
	}
	return out
}

// predicates reports whether a clause says something by itself.
func predicates(f Spelled) bool {
	if !f.Japanese {
		return strings.Count(f.Words, " ") > 4 && !aboutWhat.MatchString(f.Words)
	}
	return predicate.MatchString(strings.TrimRight(f.Key, "、,;"))
}

func (l *layer) readMail(n *yaml.Node) {
	var fields []field
	for _, list := range l.Mail.lists() {
		fields = append(fields, field{list.key, l.texts(list.words)})
	}
	l.mapping("", n, field{"mail", func(key string, n *yaml.Node) { l.mapping(key, n, fields...) }})
}

// mailList is a list of phrases, its key in mail.yaml, and where it is kept for
// comparing; nil where it is compared in another way.
type mailList struct {
	key   string
	words *[]string
	ready *phrases
}

// lists names every list, in a fixed order.
func (w *MailWords) lists() []mailList {
	return slices.Concat(w.Told.lists(), w.Changes.lists(), []mailList{
		{"asks", &w.Asks, &w.asks}, {"asks_by", &w.AsksBy, &w.asksBy}, {"asks_not", &w.AsksNot, &w.asksNot}, {"acknowledges", &w.Acknowledges, &w.acknowledges},
		{"asks_day", &w.AskDay, &w.asksDay}, {"asks_day_not", &w.AskDayNot, &w.asksDayNot}, {"arrived", &w.Arrived, &w.arrived},
		{"why_later", &w.WhyLater, &w.whyLater}, {"why_later_not", &w.WhyLaterNot, &w.whyLaterNot}, {"assents", &w.Assents, &w.assents},
		{"answers_by", &w.AnswersBy, &w.answersBy}, {"answers_later", &w.AnswersLater, &w.answersLater}, {"answers_by_day", &w.AnswersByDay, &w.answersByDay},
		{"answers_by_not", &w.AnswersByNot, &w.answersByNot}, {"answers_within", &w.AnswersWithin, &w.answersWithin}, {"consent_asks", &w.AsksConsentWords, &w.asksConsent},
		{"consent_asks_not", &w.AsksConsentNot, &w.asksConsentNot}, {"consents", &w.ConsentWords, &w.consents}, {"defers", &w.DeferWords, &w.defers},
		{"courtesy", &w.Courtesy, &w.courtesy}, {"greets", &w.Greets, &w.greets}, {"closes", &w.Closes, &w.closes},
		{"automatic", &w.Automatic, &w.automatic}, {"automatic_text", &w.AutomaticText, &w.automaticText}, {"in_part", &w.InPart, &w.inPart},
		{"prefixes", &w.Prefixes, nil}, {"meetings", &w.Meetings, &w.meetings}, {"puts_off", &w.PutsOffWords, &w.putsOff},
		{"puts_off_not", &w.PutsOffNot, &w.putsOffNot}, {"meeting_held", &w.MeetingHeld, &w.meetingHeld}, {"meeting_today", &w.MeetingToday, &w.meetingToday},
		{"meeting_not", &w.MeetingNot, &w.meetingNot},
		{"meeting_asks", &w.MeetingAsks, &w.meetingAsks}, {"meeting_agrees", &w.MeetingAgrees, &w.meetingAgrees}, {"meeting_agrees_not", &w.MeetingAgreesNot, &w.meetingAgreesNot},
		{"meeting_subjects", &w.MeetingSubjects, &w.meetingSubjects}, {"meeting_yesterday", &w.MeetingYesterday, &w.meetingYesterday},
		{"meeting_thanks", &w.MeetingThanks, &w.meetingThanks}, {"meeting_wishes", &w.MeetingWishes, &w.meetingWishes}, {"meeting_fits", &w.MeetingFits, &w.meetingFits}, {"meeting_sets", &w.MeetingSets, &w.meetingSets},
		{"customers", &w.Customers, &w.customers}, {"access", &w.Access, &w.access},
		{"access_not", &w.AccessNot, &w.accessNot}, {"wishes", &w.Wishes, &w.wishes}, {"shared", &w.Shared, nil},
	})
}

func (w *MailWords) add(top MailWords) {
	more := top.lists()
	for i, list := range w.lists() {
		*list.words = append(*list.words, *more[i].words...)
	}
}

func (w *MailWords) compile() {
	for _, list := range w.lists() {
		if list.ready != nil {
			*list.ready = phrasesOf(*list.words)
		}
	}
}
