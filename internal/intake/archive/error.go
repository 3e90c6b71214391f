package archive

import "fmt"

// The codes of an Error. Those that package xlsx has too mean the same.
const (
	CodeNotZip    = "not-a-zip"
	CodeTruncated = "truncated" // cut off or damaged on its way
	CodePassword  = "password"  // encrypted: it opens with a password only
	CodeTooLarge  = "too-large" // unpacks to more, or to more files, than the limits allow
	CodeTooDeep   = "too-deep"  // an archive within too many others
	CodeMethod    = "packing"   // packed in a way that is not read: Deflate64, LZMA
	CodeDeadline  = "deadline"  // the context ended first
	CodeTemporary = "temporary-file"
)

// Error says why an archive or a file in it could not be read.
type Error struct {
	Code   string
	Part   string // the file's name within the archive; "" for the archive itself
	Detail string // which limit
	Err    error  // the cause, if there is one
}

// Error implements error.
func (e *Error) Error() string {
	s := "archive: " + e.Code
	if e.Part != "" {
		s += " in " + e.Part
	}
	if e.Detail != "" {
		s += ": " + e.Detail
	}
	if e.Err != nil {
		s = fmt.Sprintf("%s: %v", s, e.Err)
	}
	return s
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }
