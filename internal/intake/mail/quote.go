package mail

import (
	"regexp"
	"strings"
	"unicode"
)

// Reply returns what a message says anew: the text without what it quotes and
// without the signature, in lines without blanks at their ends, at most one
// blank line between two.
func Reply(text string) string {
	lines := strings.Split(strings.ReplaceAll(tidy(text), "\r", "\n"), "\n")
	for i, l := range lines {
		lines[i] = strings.TrimRightFunc(l, unicode.IsSpace)
	}
	lines = unquoted(lines)
	lines = unsigned(lines)
	return joined(lines)
}

// tidy makes one kind of blank and line end of all.
func tidy(text string) string {
	return strings.NewReplacer("\r\n", "\n", "\u00A0", " ", "\u200B", "", "\uFEFF", "", "\x00", "").Replace(text)
}

func joined(lines []string) string {
	var out []string
	for _, l := range lines {
		if l != "" || len(out) > 0 && out[len(out)-1] != "" {
			out = append(out, l)
		}
	}
	for len(out) > 0 && out[len(out)-1] == "" {
		out = out[:len(out)-1]
	}
	return strings.Join(out, "\n")
}

// maxMark is the length of a line, in bytes, above which it is a text and sets
// nothing apart.
const maxMark = 600

var (
	// divider is the line by which a program sets the original message apart.
	divider = regexp.MustCompile(`(?i)^\s*(?:[-_=*ー－―]{2,}\s*(?:original message|original appointment|forwarded message|reply message|ursprüngliche nachricht|message d'origine|ursprungligt meddelande|元のメッセージ|元の予定|転送メッセージ|転送済みメッセージ|オリジナルメッセージ|返信元メッセージ|(?:以下|ここから)?(?:転送|引用)|begin forwarded message)[^\n]{0,60}|begin forwarded message:|以下(?:転送|引用)(?:です|します)?[:：。]?)\s*$`)

	// wrote is the line by which a program or a person says whose words follow.
	wrote = regexp.MustCompile(`(?i)(?:^[\s>*-]*(?:on|am|le|den|el|il|op)\s.{4,200}\s(?:wrote|schrieb|a écrit|skrev|escribió|ha scritto|schreef)\b.{0,120}[:：]?\s*$)` +
		`|(?:(?:wrote|writes|написал[а]?|написав)\s*[:：]\s*$)` +
		`|(?:(?:さん?|様|氏)(?:は|が|のメール|のメッセージ|からのメール|より)?.{0,20}(?:書きました|書いた|メール|メッセージ)\s*[:：]?\s*$)` +
		`|(?:^\s*\d{4}[年/.-]\d{1,2}[月/.-]\d{1,2}日?.{0,120}<[^<>\s]+@[^<>\s]+>\s*(?:のメール|からのメール)?\s*[:：]\s*$)` +
		`|(?:(?:書きました|wrote)\s*[:：]?\s*$)`)
	wroteBegins = regexp.MustCompile(`(?i)^[\s>*-]*(?:on|am|le|den)\s.{6,}(?:\d{4}|\d{1,2}:\d\d)|^\s*\d{4}[年/.-]\d{1,2}[月/.-]\d{1,2}日?.{0,60}\d{1,2}[:時]\d\d`)
	// introduces is such a line in any language: a moment or an address, and a
	// colon at its end; a quotation must follow.
	dated      = regexp.MustCompile(`\d{1,2}[:時]\d\d|\d{4}[-/年]|\d\.\d{1,2}\.\d{4}`)
	introduces = regexp.MustCompile(`(?:\d{1,2}[:時]\d\d|@).*[:：]$`)

	// headLine is a field of the original message in a text.
	headLine  = regexp.MustCompile(`(?i)^\s*[*]?(from|sent|date|to|cc|bcc|subject|reply-to|importance|attachments|von|gesendet|an|betreff|de|envoyé|à|objet|från|skickat|till|ämne|差出人|送信者|送信元|送信日時|送信日|日時|日付|宛先|宛て先|件名|題名|添付ファイル|受信日時)[*]?\s*[:：]`)
	headFirst = regexp.MustCompile(`(?i)^\s*[*]?(from|von|de|från|差出人|送信者|送信元|date|subject|件名|日時|送信日時)[*]?\s*[:：]`)
)

// unquoted leaves out quoted lines, and the rest of the text where the whole
// original message follows.
func unquoted(lines []string) []string {
	var out []string
	for i := 0; i < len(lines); i++ {
		l := lines[i]
		switch {
		case isQuoted(l):
			continue
		case l == "" || len(l) > maxMark:
			out = append(out, l)
			continue
		case isDivider(l), isDrawnHead(lines, i), isUnderscores(l) && isHeadBlock(lines, i+1), isHeadBlock(lines, i):
			return out
		}
		if n := attribution(lines, i); n > 0 {
			if !quoteFollows(lines, i+n) {
				return out
			}
			i += n - 1
			continue
		}
		out = append(out, l)
	}
	return out
}

// isDivider reports whether a line sets the original message apart; most lines
// cannot, by their first character.
func isDivider(l string) bool {
	l = strings.TrimLeft(l, " \t　")
	return strings.IndexAny(l, "-_=*ー－―Bb以") == 0 && divider.MatchString(l)
}

// isDrawnHead reports whether a box begins here in which Notes draws the fields of the
// original message.
func isDrawnHead(lines []string, i int) bool {
	return strings.HasPrefix(lines[i], "|---") && i+1 < len(lines) && drawnField.MatchString(lines[i+1])
}

var drawnField = regexp.MustCompile(`(?i)^\s*\|\s*(?:from|to|date|subject|差出人|宛先|日付|件名)\s*[:：]\s*\|`)

func isUnderscores(l string) bool { return len(l) >= 20 && strings.Trim(l, "_") == "" }

func isQuoted(l string) bool {
	l = strings.TrimLeft(l, " \t")
	return strings.HasPrefix(l, ">") || strings.HasPrefix(l, "＞")
}

// verbs are what the words that say whose text follows hold, or a colon at
// their end.
var verbs = []string{"wrote", "writes", "schrieb", "écrit", "skrev", "escribió", "scritto", "schreef", "написа", "書", "メール", "メッセージ"}

func holdsAny(text string, words []string) bool {
	for _, w := range words {
		if strings.Contains(text, w) {
			return true
		}
	}
	return false
}

// attribution returns of how many lines the words are that say whose text
// follows; 0 for none. Programs break them at any place.
func attribution(lines []string, i int) int {
	text := lines[i]
	if !strings.ContainsAny(text, "0123456789@") && !holdsAny(text, verbs) {
		return 0
	}
	for n := 1; n <= 3; n++ {
		colon := strings.HasSuffix(text, ":") || strings.HasSuffix(text, "：")
		switch {
		case (colon || holdsAny(text, verbs)) && wrote.MatchString(text) && (n == 1 || wroteBegins.MatchString(lines[i])):
			return n
		case colon && quoteFollows(lines, i+n) && introduces.MatchString(text) && (n == 1 || dated.MatchString(lines[i])):
			return n
		case i+n >= len(lines) || lines[i+n] == "" || isQuoted(lines[i+n]):
			return 0
		}
		if text += " " + lines[i+n]; len(text) > maxMark {
			return 0
		}
	}
	return 0
}

// quoteFollows reports whether the next line with text is a quoted one.
func quoteFollows(lines []string, i int) bool {
	for ; i < len(lines); i++ {
		if lines[i] != "" {
			return isQuoted(lines[i])
		}
	}
	return false
}

// isHeadBlock reports whether the fields of the original message begin here:
// the first two of them within three lines, one of them a sender or a subject.
func isHeadBlock(lines []string, i int) bool {
	if i < len(lines) && lines[i] == "" {
		i++
	}
	if i >= len(lines) || !strings.ContainsAny(lines[i], ":：") || !headFirst.MatchString(lines[i][:min(len(lines[i]), maxMark)]) {
		return false
	}
	seen := map[string]bool{}
	for _, l := range lines[i:min(i+5, len(lines))] {
		if m := headLine.FindStringSubmatch(l[:min(len(l), maxMark)]); m != nil {
			seen[strings.ToLower(m[1])] = true
		}
	}
	return len(seen) >= 3 || len(seen) == 2 && (seen["from"] || seen["差出人"] || seen["送信者"])
}

// unflow joins the lines that a program broke softly (RFC 3676).
func unflow(text string, dropSpace bool) string {
	var out strings.Builder
	for line := range strings.SplitSeq(strings.ReplaceAll(text, "\r\n", "\n"), "\n") {
		line = strings.TrimPrefix(line, " ") // stuffed
		if soft := strings.HasSuffix(line, " ") && line != "-- " && !strings.HasPrefix(line, ">"); soft {
			if dropSpace {
				line = line[:len(line)-1]
			}
			out.WriteString(line)
			continue
		}
		out.WriteString(line)
		out.WriteByte('\n')
	}
	return out.String()
}
