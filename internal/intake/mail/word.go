package mail

import (
	"bytes"
	"strings"

	"honne/internal/intake/charset"
)

// maxPhrase bounds a subject, a name and the like, in bytes as they are sent.
const maxPhrase = 16 << 10

// decodeWords decodes the encoded words of a field (RFC 2047), also where a
// character is cut between two of them, and bytes of an old encoding that stand
// there as they are.
func decodeWords(v []byte) string {
	v = v[:min(len(v), maxPhrase)]
	if bytes.Index(v, []byte("=?")) < 0 {
		text, _, _ := charset.Labelled(v, "")
		return clean(text)
	}
	d := &wordDecoder{}
	for len(v) > 0 {
		i := bytes.Index(v, []byte("=?"))
		if i < 0 {
			break
		}
		w, rest, ok := wordAt(v[i:])
		if !ok {
			d.plain(v[:i+2])
			v = v[i+2:]
			continue
		}
		if len(bytes.TrimSpace(v[:i])) > 0 || !d.inWord {
			d.plain(v[:i])
		}
		d.word(w)
		v = rest
	}
	d.plain(v)
	d.flush()
	return clean(d.out.String())
}

// clean makes a text of a field one line without control characters.
func clean(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case r == '\t' || r == '\n' || r == '\r':
			return ' '
		case r < ' ' || r == 0x7F || r == '\uFEFF' || r >= '\u202A' && r <= '\u202E':
			return -1
		}
		return r
	}, s)
	return strings.TrimSpace(s)
}

// encodedWord is =?label?B?text?=, decoded to bytes.
type encodedWord struct {
	label string
	bytes []byte
}

// wordAt reads the encoded word that v begins with.
func wordAt(v []byte) (w encodedWord, rest []byte, ok bool) {
	label, rest, ok := bytes.Cut(v[2:], []byte("?"))
	if !ok || len(label) == 0 || len(label) > 64 || len(rest) < 2 || rest[1] != '?' {
		return w, v, false
	}
	how, rest := rest[0], rest[2:]
	end := bytes.Index(rest, []byte("?="))
	if end < 0 {
		return w, v, false
	}
	text, rest := rest[:end], rest[end+2:]
	w.label, _, _ = strings.Cut(string(label), "*")
	switch how {
	case 'B', 'b':
		var d base64Decoder
		w.bytes = d.finish(d.decode(nil, text))
	case 'Q', 'q':
		w.bytes = unescape(bytes.ReplaceAll(text, []byte("_"), []byte(" ")), '=')
	default:
		return w, v, false
	}
	return w, rest, true
}

// wordDecoder joins the bytes of neighbouring words of one encoding.
type wordDecoder struct {
	out     strings.Builder
	label   string
	pending []byte
	inWord  bool
}

func (d *wordDecoder) word(w encodedWord) {
	if !strings.EqualFold(d.label, w.label) {
		d.flush()
	}
	d.label, d.inWord = w.label, true
	d.pending = append(d.pending, w.bytes...)
}

func (d *wordDecoder) plain(v []byte) {
	if len(v) == 0 {
		return
	}
	d.flush()
	d.inWord = false
	text, _, _ := charset.Labelled(v, "")
	d.out.WriteString(text)
}

func (d *wordDecoder) flush() {
	if len(d.pending) > 0 {
		text, _, _ := charset.Labelled(d.pending, d.label)
		d.out.WriteString(text)
		d.pending = nil
	}
}
