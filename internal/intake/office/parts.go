package office

import (
	"archive/zip"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"slices"
	"strings"

	"honne/internal/intake/archive"
)

// The limits: far above what people write, far below what harms.
const (
	maxPart     = 64 << 20  // unpacked bytes of one part
	maxAllParts = 128 << 20 // of all that is read
	maxRatio    = 500       // of unpacked to packed, from ratioFrom on
	ratioFrom   = 8 << 20
	maxTokens   = 10_000_000 // tags and texts of all that is read
	maxToken    = 1 << 20    // bytes of a tag or a text
	maxDepth    = 256        // elements within each other
)

// parts are the parts of a document by lower-case name.
type parts struct {
	files  map[string]*zip.File
	read   int64 // unpacked bytes so far
	tokens int   // tags and texts so far
}

// openParts reads the table of contents.
func openParts(r io.ReaderAt, size int64) (*parts, error) {
	files, err := archive.Directory(r, size)
	if err != nil {
		return nil, err
	}
	p := &parts{files: make(map[string]*zip.File, len(files))}
	for _, f := range files {
		if name := partName("", f.Name); p.files[name] == nil {
			p.files[name] = f
		}
	}
	return p, nil
}

// partName resolves the name of a part as written in the part from.
func partName(from, target string) string {
	target = strings.ToLower(strings.ReplaceAll(target, `\`, "/"))
	if !strings.HasPrefix(target, "/") {
		target = path.Join("/", path.Dir(from), target)
	}
	return strings.TrimPrefix(path.Clean(target), "/")
}

// has reports whether there is a part in a folder.
func (p *parts) has(folder string) bool {
	for name := range p.files {
		if strings.HasPrefix(name, folder) {
			return true
		}
	}
	return false
}

// relation is a line of a .rels part.
type relation struct{ id, kind, target string }

// relations reads what a part points to, or the whole when part is "". A part
// without any is no error.
func (p *parts) relations(part string) ([]relation, error) {
	name := "_rels/.rels"
	if part != "" {
		name = path.Join(path.Dir(part), "_rels", path.Base(part)+".rels")
	}
	if p.files[name] == nil {
		return nil, nil
	}
	var out []relation
	err := p.walk(name, func(t xml.Token, _ []string) error {
		e, ok := t.(xml.StartElement)
		if ok && e.Name.Local == "Relationship" && !strings.EqualFold(attr(e, "TargetMode"), "External") {
			out = append(out, relation{attr(e, "Id"), path.Base(attr(e, "Type")), partName(part, attr(e, "Target"))})
		}
		return nil
	})
	return out, err
}

// main returns the part in which to begin.
func (p *parts) main() (string, error) {
	roots, err := p.relations("")
	if err != nil {
		return "", err
	}
	for _, r := range roots {
		known := strings.HasPrefix(r.target, "word/") || strings.HasPrefix(r.target, "ppt/")
		if r.kind == "officeDocument" && known {
			return r.target, nil
		}
	}
	for _, name := range []string{"word/document.xml", "ppt/presentation.xml"} {
		if p.files[name] != nil {
			return name, nil
		}
	}
	return "", &Error{Code: CodeNoDocument}
}

// attr returns an attribute by its name without prefix, "" when there is none.
func attr(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// walk calls fn for every start, end and text of a part, with the local names of
// the elements around it, its own included. Its errors are of type *Error.
func (p *parts) walk(part string, fn func(t xml.Token, around []string) error) error {
	f := p.files[part]
	switch {
	case f == nil:
		return &Error{Code: CodeMissingPart, Part: part}
	case f.Flags&1 != 0:
		return &Error{Code: CodePassword, Part: part}
	}
	body, err := f.Open()
	if err != nil {
		return &Error{Code: CodeTruncated, Part: part, Err: err}
	}
	defer body.Close()
	in := &partReader{parts: p, body: body, name: part, packed: int64(min(f.CompressedSize64, 1<<62)), left: maxToken}
	d := xml.NewDecoder(in)
	var around []string
	for {
		t, err := d.Token()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return in.explain(err)
		}
		in.left = maxToken
		if p.tokens++; p.tokens > maxTokens {
			return &Error{Code: CodeTooLarge, Part: part, Detail: "tags"}
		}
		switch t := t.(type) {
		case xml.Directive:
			return &Error{Code: CodeXML, Part: part, Detail: "a document type"}
		case xml.StartElement:
			if around = append(around, t.Name.Local); len(around) > maxDepth {
				return &Error{Code: CodeXML, Part: part, Detail: "elements within each other"}
			}
		}
		if err := fn(t, around); err != nil {
			return in.explain(err)
		}
		if _, ended := t.(xml.EndElement); ended {
			around = around[:len(around)-1]
		}
	}
}

// within reports whether one of the elements around has a name.
func within(around []string, name string) bool { return slices.Contains(around, name) }

// partReader unpacks a part within the limits.
type partReader struct {
	parts  *parts
	body   io.Reader
	name   string
	packed int64
	n      int64
	left   int // bytes that may be read before the next token is complete
}

// Read implements io.Reader; but for io.EOF its errors are of type *Error.
func (r *partReader) Read(b []byte) (int, error) {
	n, err := r.body.Read(b)
	r.n += int64(n)
	r.left -= n
	r.parts.read += int64(n)
	switch {
	case r.n > maxPart, r.parts.read > maxAllParts:
		return 0, &Error{Code: CodeTooLarge, Part: r.name, Detail: "size"}
	case r.n > ratioFrom && r.n/maxRatio > r.packed:
		return 0, &Error{Code: CodeTooLarge, Part: r.name, Detail: "ratio"}
	case r.left < 0:
		return 0, &Error{Code: CodeTooLarge, Part: r.name, Detail: "a text of 1 MiB"}
	}
	if err != nil && err != io.EOF {
		err = &Error{Code: CodeTruncated, Part: r.name, Err: err}
	}
	return n, err
}

// explain makes an *Error of what the XML reader says, and names the part.
func (r *partReader) explain(err error) error {
	var own *Error
	var syntax *xml.SyntaxError
	switch {
	case errors.As(err, &own):
		if own.Part == "" {
			own.Part = r.name
		}
		return own
	case errors.As(err, &syntax) && strings.Contains(syntax.Msg, "unexpected EOF"):
		return &Error{Code: CodeTruncated, Part: r.name, Detail: "the part ends within an element"}
	}
	return &Error{Code: CodeXML, Part: r.name, Err: err}
}
