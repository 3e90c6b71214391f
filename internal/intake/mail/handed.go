package mail

import "regexp"

// quotedSender is the line of a message within a text that says who wrote it.
var quotedSender = regexp.MustCompile(`(?im)^[ \t>＞*]*(?:from|von|de|från|差出人|送信者|送信元)[*]?[ \t]*[:：]([^\r\n]{3,400})$`)

const maxHandedOn = 20

// HandedOn returns who wrote the messages that a text quotes with their heads, as
// programs do when a message is handed on; the latest first.
func (b Body) HandedOn() (out []Address) {
	for _, m := range quotedSender.FindAllStringSubmatch(tidy(b.all), maxHandedOn) {
		out = append(out, addresses([]byte(m[1]))...)
	}
	return out
}
