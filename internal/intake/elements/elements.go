// Package elements goes through a file in XML element by element, whatever it is about.
// It trusts nothing in the file: entities other than those of XML are faults, nothing is
// fetched, and what is too large, too deep or broken ends in an Error.
package elements

import (
	"context"
	"encoding/xml"
	"errors"
	"io"
	"strings"

	"honne/internal/intake/charset"
	"honne/internal/intake/grid"
)

// The codes of an Error. Those that package xlsx has too mean the same.
const (
	CodeTooLarge  = "too-large"
	CodeXML       = "xml"       // not well-formed
	CodeTruncated = "truncated" // ends within an element
	CodeDeadline  = "deadline"  // the context ended first
)

// Error says why a file could not be read.
type Error = grid.Fault

// The limits: far above what people save, far below what harms.
const (
	MaxBytes = 128 << 20
	MaxToken = 1 << 20 // bytes of a tag or a text
	MaxDepth = 64      // elements within each other
)

// ErrDone ends a walk early, without a fault.
var ErrDone = errors.New("done")

// Walk calls fn for every start, end and text of a file, with the names of the elements
// around it, its own included, until fn fails or ctx ends. It returns the error of fn as it
// is, but for ErrDone, and else an *Error.
func Walk(ctx context.Context, source io.ReaderAt, size int64, encoding charset.Encoding, fn func(t xml.Token, around []string) error) error {
	in := &reader{ctx: ctx, in: charset.NewReader(io.NewSectionReader(source, 0, size), encoding)}
	d := xml.NewDecoder(in)
	d.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil } // decoded already
	var around []string
	for {
		t, err := d.RawToken()
		if err == io.EOF && len(around) == 0 {
			return nil
		}
		if err != nil {
			return explain(err)
		}
		in.since = 0
		start, opens := t.(xml.StartElement)
		if opens {
			around = append(around, start.Name.Local)
		}
		if len(around) > MaxDepth {
			return &Error{Code: CodeTooLarge, Detail: "depth"}
		}
		if err := fn(t, around); err == ErrDone {
			return nil
		} else if err != nil {
			return err
		}
		if end, closes := t.(xml.EndElement); closes {
			if len(around) == 0 || around[len(around)-1] != end.Name.Local {
				return &Error{Code: CodeXML, Detail: "</" + end.Name.Local + ">"}
			}
			around = around[:len(around)-1]
		}
	}
}

func explain(err error) error {
	var own *Error
	var syntax *xml.SyntaxError
	switch {
	case errors.As(err, &own):
		return own
	case err == io.EOF, errors.As(err, &syntax) && strings.Contains(syntax.Msg, "unexpected EOF"):
		return &Error{Code: CodeTruncated}
	}
	return &Error{Code: CodeXML, Err: err}
}

// reader ends when the context does, or when one token has no end.
type reader struct {
	ctx   context.Context
	in    io.Reader
	since int // bytes since the last token
}

// Read implements io.Reader; but for io.EOF its errors are of type *Error.
func (r *reader) Read(p []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, &Error{Code: CodeDeadline, Err: err}
	}
	n, err := r.in.Read(p)
	if r.since += n; r.since > MaxToken {
		return 0, &Error{Code: CodeTooLarge, Detail: "a tag or a text"}
	}
	if err != nil && err != io.EOF {
		err = &Error{Code: CodeTruncated, Err: err}
	}
	return n, err
}
