package web

import (
	"bytes"
	"regexp"
	"slices"
)

// japaneseDay is a day as a Japanese sentence writes it: 2026年11月22日（日）, 5月17日.
var japaneseDay = regexp.MustCompile(`(?:\d{4}年)?\d{1,2}月\d{1,2}日(?:（[日月火水木金土]）)?`)

// bareText are elements that hold text alone, or draw it.
var bareText = []string{"title", "option", "textarea", "style", "script", "svg"}

// wholeDays keeps each Japanese day of a page on one line (ux 4).
func wholeDays(page []byte) []byte {
	if !japaneseDay.Match(page) {
		return page
	}
	var out bytes.Buffer
	inside := "" // of an element of bare text
	for len(page) > 0 {
		text, tag := cutAt(page, '<')
		if inside == "" {
			text = japaneseDay.ReplaceAll(text, []byte(`<span class="nb">$0</span>`))
		}
		out.Write(text)
		tag, page = cutAfter(tag, '>')
		out.Write(tag)
		switch name := tagName(tag); {
		case inside == "" && slices.Contains(bareText, name):
			inside = name
		case inside != "" && name == "/"+inside:
			inside = ""
		}
	}
	return out.Bytes()
}

// cutAt cuts before a byte.
func cutAt(b []byte, c byte) (before, from []byte) {
	if i := bytes.IndexByte(b, c); i >= 0 {
		return b[:i], b[i:]
	}
	return b, nil
}

// cutAfter cuts behind a byte.
func cutAfter(b []byte, c byte) (through, behind []byte) {
	if i := bytes.IndexByte(b, c); i >= 0 {
		return b[:i+1], b[i+1:]
	}
	return b, nil
}

// tagName is the name of a tag, with the stroke of one that closes.
func tagName(tag []byte) string {
	tag = bytes.TrimPrefix(tag, []byte("<"))
	if i := bytes.IndexAny(tag, " \n\t>"); i >= 0 {
		tag = tag[:i]
	}
	return string(tag)
}
