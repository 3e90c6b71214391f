package html

import (
	"bytes"
	"io"
	"regexp"
	"strings"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/transform"

	"honne/internal/intake/charset"
)

const (
	sampleSize = 64 << 10
	escape     = 0x1B // begins Japanese in ISO-2022-JP
)

// detect finds out in which encoding the page is. Bytes outside of ASCII that
// are valid UTF-8 are UTF-8 whatever the page says, since pages are often
// converted and seldom corrected; what it says decides between CP932 and EUC-JP,
// and for an encoding of the West when the bytes make no Japanese. What cannot
// be cut at a tag, UTF-16 and ISO-2022-JP, is decoded whole.
func (b *Book) detect() error {
	head, foreign, err := b.samples()
	if err != nil {
		return err
	}
	b.encoding = charset.Detect(head)
	if b.encoding == charset.UTF8 && len(foreign) > 0 {
		b.encoding = charset.Detect(foreign)
	}
	declared := declaredIn(head)
	if b.encoding == charset.CP932 || b.encoding == charset.EUCJP {
		switch declared {
		case "shift_jis", "shift-jis", "x-sjis", "sjis", "windows-31j", "cp932", "ms932", "ms_kanji":
			b.encoding = charset.CP932
		case "euc-jp", "x-euc-jp", "eucjp":
			b.encoding = charset.EUCJP
		case "windows-1252", "iso-8859-1", "us-ascii", "latin1", "macintosh":
			if isLossy(foreign, b.encoding) {
				b.encoding = ""
			}
		}
	}
	encoding := b.encoding
	switch encoding {
	case "":
		b.decode = func(r io.Reader) io.Reader {
			return transform.NewReader(r, charmap.Windows1252.NewDecoder())
		}
		return nil
	case charset.UTF16LE, charset.UTF16BE, charset.ISO2022JP:
		if err := b.decodeWhole(); err != nil {
			return err
		}
		encoding = charset.UTF8
	}
	b.decode = func(r io.Reader) io.Reader { return charset.NewReader(r, encoding) }
	return nil
}

// samples returns the beginning of the file, and a stretch from the first byte
// outside of ASCII on, if there is one.
func (b *Book) samples() (head, foreign []byte, err error) {
	block := make([]byte, sampleSize)
	for off := int64(0); off < b.size; off += sampleSize {
		n, err := b.source.ReadAt(block[:min(sampleSize, b.size-off)], off)
		if err != nil && err != io.EOF {
			return nil, nil, &Error{Code: CodeRead, Err: err}
		}
		if off == 0 {
			head = bytes.Clone(block[:n])
		}
		i := bytes.IndexFunc(block[:n], func(r rune) bool { return r >= 0x80 || r == escape })
		if i < 0 {
			continue
		}
		foreign = make([]byte, sampleSize)
		n, err = b.source.ReadAt(foreign, off+int64(i))
		if err != nil && err != io.EOF {
			return nil, nil, &Error{Code: CodeRead, Err: err}
		}
		return head, foreign[:n], nil
	}
	return head, nil, nil
}

var charsetWord = regexp.MustCompile(`(?i)charset\s*=\s*["']?\s*([\w.:-]+)`)

// declaredIn returns the encoding that a page names in its head, in lower case.
func declaredIn(head []byte) string {
	m := charsetWord.FindSubmatch(head)
	if m == nil {
		return ""
	}
	return strings.ToLower(string(m[1]))
}

// isLossy reports whether bytes do not stand for anything in an encoding.
func isLossy(sample []byte, e charset.Encoding) bool {
	text, _ := io.ReadAll(charset.NewReader(bytes.NewReader(sample), e)) // a bytes.Reader does not fail
	const cut = 3                                                        // a character at the end of the sample
	return bytes.Contains(text[:max(len(text)-cut, 0)], []byte("\uFFFD"))
}

// decodeWhole replaces the source by its text in UTF-8.
func (b *Book) decodeWhole() error {
	if b.size > maxDecoded {
		return &Error{Code: CodeTooLarge, Detail: "size in " + string(b.encoding)}
	}
	text, err := io.ReadAll(charset.NewReader(io.NewSectionReader(b.source, 0, b.size), b.encoding))
	if err != nil {
		return &Error{Code: CodeRead, Err: err}
	}
	b.source, b.size = bytes.NewReader(text), int64(len(text))
	return nil
}
