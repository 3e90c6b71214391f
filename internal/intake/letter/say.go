package letter

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"honne"
	"honne/internal/japan"
	"honne/internal/playbook"
)

// say reads what the sentences of a message say anew: the questions in it, and whether
// anything is said but that it came, or that an answer will come. In doubt something is.
func say(list []spoken, writer string, w *playbook.MailWords) (says playbook.Saying, asks int) {
	says = playbook.SaysNothing
	for i := range list {
		s := &list[i]
		s.says, s.asks = w.Sentence(s.text)
		s.greets = w.IsGreeting(s.text)
	}
	comesLater(list, w)
	for i, s := range list {
		if s.asks {
			asks++
		}
		if s.says == playbook.SaysThing && (namesWriter(list, i) || isName(list, i) || isWriter(s, writer)) {
			s.says = playbook.SaysNothing
		}
		if s.says == playbook.SaysThing || says == playbook.SaysNothing {
			says = s.says
		}
	}
	return says, asks
}

// comesLater knows the sentences of a message that puts its answer off, which say why.
func comesLater(list []spoken, w *playbook.MailWords) {
	later := false
	for i := range list {
		if s := &list[i]; s.says == playbook.SaysThing && w.OnlyLater(s.text) {
			s.says, later = playbook.SaysLater, true
		}
		later = later || w.Defers(list[i].text) || w.PromisesAnswer(list[i].text)
	}
	for i := range list {
		if s := &list[i]; later && s.says == playbook.SaysThing && !s.asks && w.SaysWhyLater(s.text) {
			s.says = playbook.SaysLater
		}
	}
}

// SaysThing reports whether a sentence of a message says anything by its words, be it why an
// answer comes later.
func SaysThing(text string, w *playbook.MailWords) bool {
	return slices.ContainsFunc(sentences(text, w), func(s spoken) bool {
		says, _ := w.Sentence(s.text)
		return says == playbook.SaysThing || w.PromisesAnswer(s.text)
	})
}

// saysAutomatic reports whether a short text says that a program wrote it.
func saysAutomatic(list []spoken, w *playbook.MailWords) bool {
	return len(list) <= shortText && slices.ContainsFunc(list, func(s spoken) bool { return w.SaysAutomatic(s.text) })
}

// shortText is how many sentences a program's reply has at most.
const shortText = 12

// consent says whether all that a message asks is agreement, or whether it agrees
// without putting anything off.
func consent(m honne.Mail, list []spoken, w *playbook.MailWords) honne.Consent {
	switch {
	case m.Kind == honne.Automatic:
		return ""
	case m.Asks > 0:
		if slices.ContainsFunc(list, func(s spoken) bool { return asksMore(s.text, w) }) {
			return ""
		}
		return honne.ConsentAsked
	case slices.ContainsFunc(list, func(s spoken) bool { return w.Consents(s.text) }) &&
		!slices.ContainsFunc(list, func(s spoken) bool { return w.Defers(s.text) }):
		return honne.ConsentGiven
	}
	return ""
}

// day says whether all that a message asks is when, or whether it promises by its words alone
// a paper by a day.
func day(m honne.Mail, list []spoken, w *playbook.MailWords) bool {
	switch {
	case m.Kind == honne.Automatic:
		return false
	case m.Asks > 0:
		return !slices.ContainsFunc(list, func(s spoken) bool { return asksBeside(s.text, w) })
	}
	return m.Kind == honne.Acknowledgement && slices.ContainsFunc(list, func(s spoken) bool { return w.PromisesPaper(s.text) })
}

// asksBeside reports whether a sentence asks for more than a day.
func asksBeside(text string, w *playbook.MailWords) bool {
	_, asks := w.Sentence(text)
	return asks && !w.AsksDay(text)
}

// PromisesAnswer reports whether a message promises an answer by a day.
func PromisesAnswer(text string, w *playbook.MailWords) bool {
	return slices.ContainsFunc(sentences(text, w), func(s spoken) bool { return w.PromisesAnswer(s.text) })
}

// asksMore reports whether a sentence asks for more than agreement.
func asksMore(text string, w *playbook.MailWords) bool {
	_, asks := w.Sentence(text)
	return asks && !w.AsksConsent(text)
}

// putsOff reports whether a message asks to put a meeting off, or calls one off.
func putsOff(list []spoken, w *playbook.MailWords) bool {
	return slices.ContainsFunc(list, func(s spoken) bool { return w.PutsOff(s.text) })
}

// AsksAccess returns the sentence with which a message asks to meet a customer, ""
// where none does.
func AsksAccess(text string, w *playbook.MailWords) string {
	list := sentences(text, w)
	for i, s := range list {
		asks := w.AsksAccess(s.text)
		if !asks && i+1 < len(list) { // We would like to meet Dr Ogawa. Could you arrange it?
			_, next := w.Sentence(list[i+1].text)
			asks = next && w.WishesAccess(s.text)
		}
		if asks {
			return s.text
		}
	}
	return ""
}

// Tells lists the sentences with which a message tells an act of ours: new prices, a discount,
// late goods, a product given up, customers taken over, training offered or asked for. No day
// is read.
func Tells(text string, from honne.Side, w *playbook.MailWords) (out []honne.Told) {
	for _, s := range sentences(text, w) {
		if kind := w.Told.Tells(s.text, from); kind != "" {
			out = append(out, honne.Told{Kind: kind, Text: s.text})
		}
	}
	return out
}

// Declined is the sentence of the partner's answer that declines a training, "" where the
// message before offers none of ours or nothing declines it.
func Declined(text, before string, w *playbook.MailWords) string {
	if !slices.ContainsFunc(Tells(before, honne.Ours, w), func(t honne.Told) bool { return t.Kind == honne.OurTraining }) {
		return ""
	}
	for _, s := range sentences(text, w) {
		if w.Told.Declines(s.text) {
			return s.text
		}
	}
	return ""
}

// Meets lists what a message tells of meetings: held, set for a day to come, put off.
// days are the days that a sentence names, as reckoned from a day. Where two are named,
// none is told.
func Meets(text string, said honne.Date, w *playbook.MailWords, days func(sentence string, from honne.Date) []honne.Date) (out []honne.ToldMeeting) {
	for _, s := range sentences(text, w) {
		if w.PutsOff(s.text) {
			out = append(out, honne.ToldMeeting{Text: s.text, PutOff: true})
			continue
		}
		meets, held, ago := w.Meets(s.text)
		named := []honne.Date{said - honne.Date(ago)}
		switch {
		case meets && held && ago < 0:
			named = days(s.text, said-daysBehind)
		case meets && !held:
			named = days(s.text, said)
		}
		if meets && len(named) == 1 && named[0] != 0 && held == (named[0] <= said) && named[0] < said+daysAhead {
			out = append(out, honne.ToldMeeting{Text: s.text, Day: named[0], Held: held})
		}
	}
	return out
}

const daysBehind = 15

const daysAhead = 120

// Changes lists what a message of the partner tells of changes there. A successor who is
// named in the message in which a person leaves is told with that person; the sentence
// before one on goods is told with it, for the maker may stand there. A leave is told where
// a deputy is named. No day is read.
func Changes(text string, w *playbook.MailWords) (out []honne.ToldChange) {
	leaver, before := -1, ""
	list := sentences(text, w)
	for _, s := range list {
		x := w.Changes.Changes(s.text)
		switch x.Kind {
		case honne.PartnerLeaver:
			if leaver >= 0 { // the same person again
				out[leaver].Past, out[leaver].Followed = out[leaver].Past || x.Past, out[leaver].Followed || x.Followed
				break
			}
			leaver, out = len(out), append(out, x)
		case honne.PartnerGoods:
			if says, _ := w.Sentence(before); says == playbook.SaysThing {
				x.Before = before
			}
			out = append(out, x)
		case honne.PartnerSuccessor:
			if leaver < 0 {
				out = append(out, x)
				break
			}
			out[leaver].Followed = true
		}
		before = s.text
	}
	return append(out, leaveIn(list, w)...)
}

// leaveIn is the leave that a message tells; none where it names no deputy.
func leaveIn(list []spoken, w *playbook.MailWords) (out []honne.ToldChange) {
	deputy := false
	for _, s := range list {
		x := w.Changes.Changes(s.text)
		if x.Kind == honne.PartnerLeave && out == nil {
			out = append(out, x)
		}
		deputy = deputy || x.Kind == honne.PartnerDeputy || x.Kind == honne.PartnerLeave && x.Followed
	}
	if !deputy {
		return nil
	}
	for i := range out {
		out[i].Followed = true
	}
	return out
}

// spoken is a sentence of a message.
type spoken struct {
	text   string
	says   playbook.Saying
	asks   bool
	greets bool
}

const mostNames = 6 // lines behind a closing

const fullLine = 24 // width of a line, in full-width characters, that may go on in the next

var // salutation is a line that names who is written to.
salutation = regexp.MustCompile(`^.{1,40}(?:様|さま|さん|殿|御中|各位|先生|皆様|みなさま)[、,，]?$`)

var bullet = regexp.MustCompile(`^(?:[・●○■□◆◇▪•*+-]|[(（]?\d{1,2}[)）.．、]|[①-⑳])`)

var sentence = regexp.MustCompile(`[。！？!?]+["”」』)）]*|\.(?:\s|$)`)

var abbreviate = regexp.MustCompile(`(?i)\b(?:mr|ms|mrs|dr|prof|co|ltd|inc|no|vs|st|e\.g|i\.e|approx|dept)\.$`)

// sentences cuts a text into sentences: lines that go on are joined, those that
// only name somebody left out.
func sentences(text string, w *playbook.MailWords) []spoken {
	var out []spoken
	var now strings.Builder
	flush := func() {
		for _, s := range cut(now.String()) {
			out = append(out, spoken{text: s})
		}
		now.Reset()
	}
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		line = japan.Trim(line)
		switch {
		case line == "":
			flush()
			continue
		case salutation.MatchString(line):
			flush()
			continue
		case w.IsClosing(line) && filled(lines[i+1:]) <= mostNames:
			flush()
			return out
		case bullet.MatchString(line):
			flush()
		}
		if now.Len() > 0 && !japan.IsJapanese(line) {
			now.WriteByte(' ')
		}
		now.WriteString(line)
		if width(line) < fullLine && !strings.HasSuffix(line, "、") && !strings.HasSuffix(line, ",") {
			flush()
		}
	}
	flush()
	return out
}

// filled counts the lines with text.
func filled(lines []string) (n int) {
	for _, l := range lines {
		if strings.TrimSpace(l) != "" {
			n++
		}
	}
	return n
}

// width is the width of a line in full-width characters, two letters to one.
func width(line string) int {
	n := 0
	for _, r := range line {
		n++
		if r >= 0x1100 {
			n++
		}
	}
	return n / 2
}

// cut cuts a paragraph at the ends of its sentences.
func cut(text string) []string {
	var out []string
	from := 0
	for _, m := range sentence.FindAllStringIndex(text, -1) {
		if abbreviate.MatchString(strings.TrimSpace(text[from:m[1]])) || inAddress(text, m[0], m[1]) {
			continue
		}
		out = appendSentence(out, text[from:m[1]])
		from = m[1]
	}
	return appendSentence(out, text[from:])
}

// inAddress reports whether a mark stands within the address of a page: …/j/98?pwd=1.
func inAddress(text string, at, end int) bool {
	if end >= len(text) || text[at] != '?' && text[at] != '!' || end-at > 1 || text[end] <= ' ' || text[end] >= utf8.RuneSelf {
		return false
	}
	word := text[strings.LastIndexAny(text[:at], " \t\n")+1 : at]
	return strings.Contains(word, "://") || strings.Contains(word, "www.")
}

func appendSentence(list []string, s string) []string {
	s = japan.Trim(s)
	if !strings.ContainsFunc(s, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) {
		return list
	}
	return append(list, s)
}

// namesWriter knows the short sentence beside a greeting that says who writes:
// 大和メディカルの佐藤です。
func namesWriter(list []spoken, i int) bool {
	beside := i > 0 && list[i-1].greets || i+1 < len(list) && list[i+1].greets
	return beside && !list[i].asks && playbook.IsIntroduction(list[i].text)
}

// isWriter knows the short sentence that names who wrote the message, as its head does:
// 高木です。
func isWriter(s spoken, writer string) bool {
	named, ok := playbook.Introduced(s.text)
	parts := strings.Split(named, "の")
	name := japan.Key(parts[len(parts)-1])
	return ok && name != "" && !s.asks && strings.Contains(japan.Key(writer), name)
}

// isName knows a name that stands alone behind the last sentence.
func isName(list []spoken, i int) bool {
	said := false
	for _, s := range list[:i] {
		said = said || s.says != playbook.SaysThing
	}
	for _, s := range list[i:] {
		bare := !sentence.MatchString(s.text) && !strings.ContainsAny(s.text, "0123456789０１２３４５６７８９")
		if !bare || width(s.text) > 12 || len(strings.Fields(s.text)) > 4 || s.asks {
			return false
		}
	}
	return said
}
