package xls

import "honne/internal/intake/grid"

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

// Error says why a file could not be read.
type Error = grid.Fault
