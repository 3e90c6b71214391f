package mail

import (
	"regexp"
	"slices"
	"strings"
)

// quotedSender is the line of a message within a text that says who wrote it.
var quotedSender = regexp.MustCompile(`(?im)^[ \t>＞*]*(?:from|von|de|från|差出人|送信者|送信元)[*]?[ \t]*[:：]([^\r\n]{3,400})$`)

// mark is what sets a line of another message apart, once.
var mark = regexp.MustCompile(`^[ \t]*[>＞] ?`)

const maxHandedOn = 20

// HandedOn returns who wrote the messages that a text quotes with their heads, as
// programs do when a message is handed on; the latest first.
func (b Body) HandedOn() (out []Address) {
	for _, m := range quotedSender.FindAllStringSubmatch(tidy(b.all), maxHandedOn) {
		out = append(out, addresses([]byte(m[1]))...)
	}
	return out
}

// Handed returns the body with the text, and the tables, of the latest message that it quotes
// with its head and that somebody of those wrote; ok is false where there is none.
func (b Body) Handed(wrote func(Address) bool) (out Body, ok bool) {
	text, ok := handedText(b.all, wrote)
	if !ok {
		return out, false
	}
	b.Text, b.Page = text, tablesOf(b.page, func(text string) string {
		said, _ := handedText(text, wrote)
		return said
	})
	return b, true
}

// handedText is what the latest message of somebody that a text quotes with its head says anew.
func handedText(text string, wrote func(Address) bool) (said string, ok bool) {
	text = tidy(text)
	for _, m := range quotedSender.FindAllStringSubmatchIndex(text, maxHandedOn) {
		if slices.ContainsFunc(addresses([]byte(text[m[2]:m[3]])), wrote) {
			return Reply(belowHead(text[m[0]:])), true
		}
	}
	return "", false
}

// belowHead is the text below the fields of a message that another one quotes, without the
// marks that set it apart.
func belowHead(text string) string {
	lines := strings.Split(text, "\n")
	if isQuoted(lines[0]) {
		for i, l := range lines {
			lines[i] = mark.ReplaceAllString(l, "")
		}
	}
	n := slices.IndexFunc(lines, func(l string) bool { return !headLine.MatchString(l[:min(len(l), maxMark)]) })
	if n < 0 {
		return ""
	}
	return strings.Join(lines[n:], "\n")
}
