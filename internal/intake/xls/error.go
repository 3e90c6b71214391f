package xls

import "fmt"

// The codes of an Error. Those that package xlsx has as well mean the same.
const (
	CodeNotOLE     = "not-a-compound-file" // neither a compound file nor bare records
	CodeOldBIFF    = "old-biff"            // written by Excel 95 or before
	CodePassword   = "password"            // encrypted: it opens with a password only
	CodeNoWorkbook = "no-workbook"         // a compound file of another program
	CodeTruncated  = "truncated"           // cut off, or damaged on its way
	CodeDamaged    = "damaged"             // a record is not what it must be
	CodeMissing    = "missing-part"        // the workbook names a sheet that is not there
	CodeTooLarge   = "too-large"           // more than the limits allow
	CodeTooManyStr = "too-many-strings"
	CodeNoString   = "no-string"         // a cell names a shared string that is not there
	CodeOutOfRange = "cell-out-of-range" // a column or a merged range outside of a sheet
	CodeDeadline   = "deadline"          // the context ended first
)

// Error says why a workbook could not be read.
type Error struct {
	Code   string
	Part   string // the sheet's name, or "Workbook" for what all sheets share
	Detail string // the cell, the record, or what stood there
	Err    error  // the cause, if there is one
}

// Error implements error.
func (e *Error) Error() string {
	s := "xls: " + e.Code
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
