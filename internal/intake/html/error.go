package html

import "fmt"

// The codes of an Error. Those that package xlsx has too mean the same.
const (
	CodeTooLarge   = "too-large"         // the file, a tag, a text or the number of tables is more than the limits allow
	CodeOutOfRange = "cell-out-of-range" // more rows or columns than a sheet has
	CodeDeadline   = "deadline"          // the context ended first
	CodeRead       = "read"              // the bytes could not be read
)

// Error says why a file could not be read.
type Error struct {
	Code   string
	Part   string // the table's name; "" for the whole file
	Detail string // the cell, the row, or which limit
	Err    error  // the cause, if there is one
}

// Error implements error.
func (e *Error) Error() string {
	s := "html: " + e.Code
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
