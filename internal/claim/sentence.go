package claim

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"honne/internal/japan"
)

// span is a stretch of a passage, in runes.
type span struct{ from, to int }

// unitSize is how many runes of Japanese a stretch may have to be judged as a
// whole; Latin letters count a third.
const unitSize = 220

// sentences returns the sentences of a passage without lines that quote and
// without signature.
func sentences(runes []rune) []span {
	var list []span
	for _, line := range lines(runes) {
		from := line.from
		for i := line.from; i < line.to; i++ {
			if i+1 == line.to || ends(runes, i, line.to) {
				if s := trimmed(runes, span{from, i + 1}); s.from < s.to {
					list = append(list, s)
				}
				from = i + 1
			}
		}
	}
	return list
}

// ends reports whether a sentence ends after the rune at i.
func ends(runes []rune, i, end int) bool {
	switch runes[i] {
	case '。', '！', '？', '!', '?', '．':
		return i+1 >= end || !strings.ContainsRune("。！？!?」』）)", runes[i+1])
	case '.':
		return i+1 < end && runes[i+1] == ' ' && i > 1 && runes[i-2] != '.' && runes[i-2] != ' '
	}
	return false
}

// lines returns the lines that are the writer's own.
func lines(runes []rune) []span {
	var list []span
	for from := 0; from < len(runes); {
		to := from
		for to < len(runes) && runes[to] != '\n' {
			to++
		}
		line := trimmed(runes, span{from, to})
		if signature(runes[line.from:line.to]) && len(list) > 0 {
			break
		}
		if line.from < line.to && !quoted(runes[line.from:line.to]) {
			list = append(list, line)
		}
		from = to + 1
	}
	return withoutWriter(runes, list)
}

// withoutWriter leaves out the last lines that are only who wrote it, below a whole sentence:
// 佐藤 健二, Kenji Sato, or with the company, the department and where they are reached.
func withoutWriter(runes []rune, list []span) []span {
	n := len(list)
	office := false // short words below each other, of which none is a company, are a list
	for n > 1 && isWriter(runes[list[n-1].from:list[n-1].to]) {
		n--
		office = office || !isName(runes[list[n].from:list[n].to])
	}
	if !office && n < len(list)-1 {
		n = len(list) - 1
	}
	if above := list[max(0, n-1):]; n == len(list) || !ends(runes, above[0].to-1, above[0].to) && runes[above[0].to-1] != '.' {
		return list
	}
	return list[:n]
}

// isWriter reports whether a line says only who writes: a name, a company by its legal
// form, a department, several of these apart by blanks, or where they are reached.
func isWriter(line []rune) bool {
	if isName(line) || contact.MatchString(string(line)) {
		return true
	}
	words := strings.FieldsFunc(string(line), unicode.IsSpace)
	return len(line) <= 40 && !slices.ContainsFunc(words, func(w string) bool { return !isName([]rune(w)) && !office.MatchString(w) })
}

// contact is a line of an address, a telephone or a page; company a legal form; office a word
// that is a company or one of its departments.
var (
	contact = regexp.MustCompile(`(?i)^(?:tel|fax|e-?mail|mail|url|電話(?:番号)?|携帯(?:電話)?|住所)[\s.．]*(?:[:：/／]|[(（+]?[0-9０-９]|\S+@|https?:)|^〒|^https?:|^\S+@\S+$|^[A-Z][\w .&-]{1,30},? (?:K\.?K|Co\., ?Ltd|Inc|Ltd)\.?$`)
	company = `(?:` + strings.ReplaceAll(regexp.QuoteMeta(strings.Join(japan.CompanyForms[:], "|")), `\|`, "|") + `)`
	office  = regexp.MustCompile(`^` + company + `[^。、]{1,20}$|^[^。、]{1,20}` + company + `$|` +
		`^[\p{Han}\p{Katakana}ー]{1,12}(?:部|課|室|係|支店|支社|営業所|センター|部長|課長|所長|係長)$`)
)

// isName reports whether a line is no more than a name: few characters, all of kanji, or
// up to three words of Latin letters that begin with a large one.
func isName(line []rune) bool {
	words := strings.FieldsFunc(string(line), unicode.IsSpace)
	for _, w := range words {
		first, _ := utf8.DecodeRuneInString(w)
		kanji := !strings.ContainsFunc(w, func(r rune) bool { return !unicode.Is(unicode.Han, r) })
		latin := unicode.IsUpper(first) && !strings.ContainsFunc(w, func(r rune) bool { return r >= utf8.RuneSelf || !unicode.IsLetter(r) })
		if !kanji && !latin || kanji && utf8.RuneCountInString(w) > 4 {
			return false
		}
	}
	return len(words) > 0 && len(words) <= 3 && len(line) <= 25
}

// quoted reports whether a line repeats an earlier message.
func quoted(line []rune) bool {
	switch line[0] {
	case '>', '＞', '|', '｜':
		return true
	}
	return false
}

// signature reports whether a line begins a signature: nothing but dashes, stars or
// the like, two at least.
func signature(line []rune) bool {
	for _, r := range line {
		if !strings.ContainsRune("-—–―─━_＿=＝*＊☆★◆◇□■+~～・… ", r) {
			return false
		}
	}
	return len(line) >= 2
}

func trimmed(runes []rune, s span) span {
	blank := func(r rune) bool { return r == ' ' || r == '\t' || r == '\r' || r == '\n' || r == 0x3000 }
	for s.from < s.to && blank(runes[s.from]) {
		s.from++
	}
	for s.to > s.from && blank(runes[s.to-1]) {
		s.to--
	}
	return s
}

// unit is a stretch that is judged as a whole: neighbouring sentences.
type unit []span

func (u unit) from() int { return u[0].from }
func (u unit) to() int   { return u[len(u)-1].to }

// units returns the stretches to judge: a short passage as a whole, since what
// makes a reason checkable may stand in the sentence beside it; of a long one
// each two sentences that follow each other.
func units(runes []rune, list []span) []unit {
	if len(list) == 0 {
		return nil
	}
	whole := unit(list)
	if len(list) <= 2 || size(runes[whole.from():whole.to()]) <= unitSize {
		return []unit{whole}
	}
	var out []unit
	for i := range list[1:] {
		out = append(out, unit(list[i:i+2]))
	}
	return out
}

// size counts runes, of the Latin alphabet a third of them.
func size(runes []rune) (n int) {
	for _, r := range runes {
		if r < 0x80 {
			n++
		} else {
			n += 3
		}
	}
	return n / 3
}
