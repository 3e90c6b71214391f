package mail

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

const (
	maxSignature = 16 // lines
	minRule      = 4  // characters of a drawn line
)

var (
	// contact is what only a signature holds.
	contact = regexp.MustCompile(`(?i)(?:^|[\s|/(（【\[:：・])(?:tel|fax|phone|mobile|mob|cell|e-?mail|mail|url|web|direct)\s*[.:：/)）\]】\s]` +
		`|電話|直通|携帯|ＴＥＬ|ＦＡＸ|内線|〒\s*\d{3}|\+\d{1,3}[ ()\d-]{7,}|\b0\d{1,4}[-(（]\d{1,4}[-)）]\d{3,4}\b|https?://|www\.` +
		`|株式会社|有限会社|合同会社|\b(?:co\.,?\s*ltd|k\.k\.|inc\.|gmbh|ltd\.|llc|corporation)|^[\w.+-]+@[\w.-]+$|@[\w-]+\.[\w.-]+`)
	reachable = regexp.MustCompile(`(?i)tel|fax|phone|電話|直通|携帯|ＴＥＬ|ＦＡＸ|〒\s*\d{3}|\+\d{1,3}[ ()\d-]{7,}|\b0\d{1,4}[-(（]\d{1,4}[-)）]\d{3,4}\b|https?://|www\.|@[\w-]+\.[\w.-]+`)

	// device is what a program adds below a text.
	device = regexp.MustCompile(`(?i)^\s*(?:sent (?:from|with|via) (?:my |the )?\S+.*|get outlook for .*|von meinem \S+ gesendet.*|envoyé de mon .*|skickat från min .*|(?:i(?:phone|pad)|android|スマートフォン|携帯電話|外出先|outlook)[^。]{0,12}(?:から|より)(?:送信|の送信|送って).*|yahoo! ?mail.*|_{5,}\s*get outlook.*)$`)
	// notice begins what lawyers add below a text.
	notice = regexp.MustCompile(`(?i)^\W*(?:(?:this|the) (?:e-?mail|message|information|communication)[^.]{0,100}(?:confidential|intended|privileged)|confidentiality notice|disclaimer\b|please consider the environment|本(?:電子)?メール(?:および|及び|に含まれる|は|の内容)[^。]{0,60}(?:機密|秘密|受信|宛先|名宛人)|この(?:電子)?メール(?:に|は)[^。]{0,60}(?:機密|秘密|宛先|名宛人))`)
	dashes = regexp.MustCompile(`^(?:--|—|――)\s*$`)
)

// unsigned leaves out the signature and what programs and lawyers add.
func unsigned(lines []string) []string {
	for i, l := range lines {
		if l == "" || len(l) > maxMark {
			continue
		}
		switch {
		case isDevice(l), isNotice(l):
			lines = lines[:i]
		case dashes.MatchString(l) && len(lines)-i <= 2*maxSignature:
			lines = lines[:i]
		case isRule(l) && isSignature(lines[i+1:]):
			lines = lines[:i]
		default:
			continue
		}
		break
	}
	for range 3 {
		lines = withoutCard(lines)
	}
	return lines
}

// isDevice knows what a program adds: a short line with one of few words.
func isDevice(l string) bool {
	return len(l) < 160 && holdsAny(strings.ToLower(l), []string{"sent ", "outlook", "gesendet", "envoyé", "skickat", "から", "より", "yahoo"}) && device.MatchString(l)
}

func isNotice(l string) bool {
	return holdsAny(strings.ToLower(l), []string{"confidential", "intended", "privileged", "disclaimer", "environment", "メール"}) && notice.MatchString(l)
}

// isRule reports whether a line is drawn: of few kinds of characters, none of
// them a letter, again and again.
func isRule(l string) bool {
	const drawn = "-_=*+~#/.・－―ー─━═＝＿＊〓～…‥◇◆■□▽▼☆★○●◎+｡ﾟ:"
	var kinds []rune
	n := 0
	for _, r := range l {
		switch {
		case r == ' ' || r == '\t' || r == '　':
			continue
		case !strings.ContainsRune(drawn, r):
			return false
		case !slices.Contains(kinds, r):
			kinds = append(kinds, r)
		}
		n++
	}
	return n >= minRule && len(kinds) <= 3
}

// isSignature reports whether the lines are nothing but a signature: few, and
// how to reach somebody among them.
func isSignature(lines []string) bool {
	n, found := 0, 0
	for i, l := range lines {
		if n > maxSignature || i > 4*maxSignature {
			return false
		}
		if l == "" {
			continue
		}
		n++
		if !isRule(l) && reachable.MatchString(l[:min(len(l), maxMark)]) {
			found++
		}
	}
	return n == 0 || n <= maxSignature && found > 0
}

// withoutCard leaves out the last paragraphs where they are a signature without
// a drawn line: two lines or more of how to reach somebody, none of them long.
func withoutCard(lines []string) []string {
	end := len(lines)
	for end > 0 && lines[end-1] == "" {
		end--
	}
	begin := end
	for begin > 0 && lines[begin-1] != "" {
		begin--
	}
	if begin == 0 || end-begin > maxSignature {
		return lines
	}
	found, ways := 0, 0
	for _, l := range lines[begin:end] {
		if utf8.RuneCountInString(l) > 80 || strings.HasSuffix(l, "。") || strings.HasSuffix(l, "？") || strings.HasSuffix(l, "?") {
			return lines
		}
		if contact.MatchString(l) {
			found++
		}
		if reachable.MatchString(l) {
			ways++
		}
	}
	if found >= 2 && ways >= 1 {
		return lines[:begin]
	}
	return lines
}
