package xlsx

import "honne/internal/intake/grid"

// The codes of an Error.
const (
	CodeNotZip       = "not-a-zip"
	CodeTruncated    = "truncated"       // cut off or damaged on its way
	CodePassword     = "locked-parts"    // its parts are encrypted, as no office program does it
	CodeBinary       = "binary-workbook" // .xlsb
	CodeOpenDocument = "open-document"   // .ods and its kin
	CodeNoWorkbook   = "no-workbook"     // a zip, but no workbook of a kind that is known
	CodeMissingPart  = "missing-part"    // the workbook names a part that is not there
	CodeTooLarge     = "too-large"       // a part unpacks to more than the limits allow
	CodeTooManyStr   = "too-many-strings"
	CodeNoString     = "no-string"         // a cell names a shared string that is not there
	CodeOutOfRange   = "cell-out-of-range" // a row, a column or a merged range outside of a sheet, or rows out of order
	CodeXML          = "xml"               // a part is no well-formed XML, or declares a document type
	CodeDeadline     = "deadline"          // the context ended first
	CodeTemporary    = "temporary-file"    // no temporary file could be written
)

// Error says why a file could not be read.
type Error = grid.Fault
