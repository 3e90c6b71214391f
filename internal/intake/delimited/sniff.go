package delimited

import (
	"bytes"
	"encoding/binary"
	"io"

	"honne/internal/intake/charset"
)

const (
	sampleSize  = 64 << 10
	sampleLines = 300
)

// sniff finds out how a text that begins with head is written; the encoding from
// more, when that holds the first bytes that are not ASCII. It fails with an Error
// when head is empty or no text.
func sniff(head, more []byte) (Dialect, error) {
	if len(head) == 0 {
		return Dialect{}, &Error{Code: CodeEmpty}
	}
	d := Dialect{Delimiter: ',', Quote: '"', LineEnd: '\n', Encoding: charset.Detect(head)}
	if len(more) > 0 && d.Encoding == charset.UTF8 {
		d.Encoding = charset.Detect(more)
	}
	text, _ := io.ReadAll(charset.NewReader(bytes.NewReader(head), d.Encoding))
	if isBinary(head, text) {
		return Dialect{}, &Error{Code: CodeNotText}
	}
	if bytes.IndexByte(text, '\n') < 0 && bytes.IndexByte(text, '\r') >= 0 {
		d.LineEnd = '\r'
	}
	if hint, ok := bytes.CutPrefix(text, []byte("sep=")); ok && len(hint) > 1 && bytes.IndexByte([]byte("\r\n"), hint[1]) >= 0 {
		d.Delimiter, d.Hint = hint[0], true
		return d, nil
	}
	lines := sampled(text, d.LineEnd)
	d.Delimiter = delimiter(lines)
	d.Quote = quote(lines, d.Delimiter)
	return d, nil
}

// firstForeign returns a sample from the first byte on that is not plain ASCII,
// when head has none: a long file often begins with codes and figures only.
func firstForeign(r io.ReaderAt, size int64, head []byte) ([]byte, error) {
	if foreign(head) >= 0 {
		return nil, nil
	}
	block := make([]byte, sampleSize)
	for off := int64(len(head)); off < size; off += sampleSize {
		b := block[:min(size-off, sampleSize)]
		if err := readAt(r, b, off); err != nil {
			return nil, err
		}
		i := foreign(b)
		if i < 0 {
			continue
		}
		from := off + int64(i)
		b = block[:min(size-from, sampleSize)]
		return b, readAt(r, b, from)
	}
	return nil, nil
}

// foreign returns the index of the first byte that is no plain ASCII.
func foreign(b []byte) int {
	esc := bytes.IndexByte(b, 0x1B)
	if esc >= 0 {
		b = b[:esc]
	}
	i := 0
	for i+8 <= len(b) && binary.LittleEndian.Uint64(b[i:])&0x8080808080808080 == 0 {
		i += 8
	}
	for ; i < len(b); i++ {
		if b[i] >= 0x80 {
			return i
		}
	}
	return esc
}

// magic begins files that are no text.
var magic = []string{"PK\x03\x04", "PK\x05\x06", "\xD0\xCF\x11\xE0", "%PDF-", "\x89PNG", "\x1F\x8B", "GIF8", "\xFF\xD8\xFF", "7z\xBC\xAF", "Rar!", "SQLite format 3", "\x7FELF", "!BDN"}

// isBinary says so by the first bytes, by control characters, and by characters
// that decode to nothing.
func isBinary(head, text []byte) bool {
	for _, m := range magic {
		if bytes.HasPrefix(head, []byte(m)) {
			return true
		}
	}
	control := 0
	for _, c := range text {
		if c < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != '\f' && c != 0x1A {
			control++
		}
	}
	lost := bytes.Count(text, []byte("\uFFFD"))
	return control > 2 && control*50 > len(text) || lost > 8 && lost*10 > len(text)
}

// sampled cuts the text into lines, without blank ones and the last, which may
// be cut.
func sampled(text []byte, end byte) [][]byte {
	var lines [][]byte
	for len(lines) < sampleLines {
		line, rest, more := bytes.Cut(text, []byte{end})
		if len(bytes.TrimSpace(line)) > 0 && (more || len(lines) == 0) {
			lines = append(lines, line)
		}
		if !more {
			break
		}
		text = rest
	}
	return lines
}

// tally is how often a delimiter stands on a line: on most lines equally often.
type tally struct {
	often int // times on a line
	lines int // with as many
}

// delimiter prefers a tab that stands on nearly all lines, since nobody types
// one into a field; then ; and | when commas stand within numbers only; then
// whatever cuts the most fields on the most lines.
func delimiter(lines [][]byte) byte {
	const candidates = ",\t;|"
	var tallies [len(candidates)]tally
	for i := range candidates {
		tallies[i] = count(lines, candidates[i])
	}
	if t := tallies[1]; t.often > 0 && t.lines*10 >= len(lines)*8 {
		return '\t'
	}
	best := 0
	for i, t := range tallies {
		b := tallies[best]
		steady := i > 1 && t.often > 0 && t.lines*10 >= len(lines)*9 && commasInNumbers(lines)
		if t.often*t.lines > b.often*b.lines || steady {
			best = i
		}
	}
	return candidates[best]
}

func count(lines [][]byte, delim byte) (best tally) {
	byOften := make(map[int]int)
	for _, line := range lines {
		n, quoted := 0, false
		for _, c := range line {
			switch {
			case c == '"':
				quoted = !quoted
			case c == delim && !quoted:
				n++
			}
		}
		if n == 0 {
			continue
		}
		byOften[n]++
		if t := (tally{n, byOften[n]}); t.lines > best.lines || t.lines == best.lines && t.often > best.often {
			best = t
		}
	}
	return best
}

func commasInNumbers(lines [][]byte) bool {
	digit := func(c byte) bool { return c >= '0' && c <= '9' }
	for _, line := range lines {
		for i, c := range line {
			if c == ',' && (i == 0 || i+1 == len(line) || !digit(line[i-1]) || !digit(line[i+1])) {
				return false
			}
		}
	}
	return true
}

// quote returns ' when fields are wrapped in it and none in ".
func quote(lines [][]byte, delim byte) byte {
	wrapped := 0
	for _, line := range lines {
		line = append([]byte{delim}, bytes.TrimRight(line, "\r")...)
		line = append(line, delim)
		opens := bytes.Count(line, []byte{delim, '\''})
		closes := bytes.Count(line, []byte{'\'', delim})
		if opens != closes || bytes.IndexByte(line, '"') >= 0 {
			return '"'
		}
		wrapped += opens
	}
	if wrapped > 1 {
		return '\''
	}
	return '"'
}
