package xlsx

import "fmt"

// The codes of an Error.
const (
	CodeNotZip        = "not-a-zip"
	CodeTruncated     = "truncated"           // cut off or damaged on its way
	CodePassword      = "password"            // encrypted: it opens with a password only
	CodePasswordOrXLS = "password-or-old-xls" // an OLE file: .xls, or encrypted in an unknown way
	CodeNoWorkbook    = "no-workbook"         // a zip, but no workbook in XML; .xlsb for one
	CodeMissingPart   = "missing-part"        // the workbook names a part that is not there
	CodeTooLarge      = "too-large"           // a part unpacks to more than the limits allow
	CodeTooManyStr    = "too-many-strings"
	CodeNoString      = "no-string"         // a cell names a shared string that is not there
	CodeOutOfRange    = "cell-out-of-range" // a row, a column or a merged range outside of a sheet, or rows out of order
	CodeXML           = "xml"               // a part is no well-formed XML, or declares a document type
	CodeDeadline      = "deadline"          // the context ended first
	CodeTemporary     = "temporary-file"    // no temporary file could be written
)

// Error says why a workbook could not be read.
type Error struct {
	Code   string
	Part   string // the sheet's name, or the part's name within the zip
	Detail string // the cell, the row, or what stood there
	Err    error  // the cause, if there is one
}

// Error implements error.
func (e *Error) Error() string {
	s := "xlsx: " + e.Code
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
