package office

import "honne/internal/intake/grid"

// The codes of an Error. Those that package xlsx has too mean the same.
const (
	CodeNotZip      = "not-a-zip"
	CodeTruncated   = "truncated"         // cut off or damaged on its way
	CodePassword    = "locked-parts"      // its parts are encrypted, as no office program does it
	CodeNoDocument  = "no-document"       // a zip, but neither a document nor a presentation
	CodeMissingPart = "missing-part"      // the document names a part that is not there
	CodeTooLarge    = "too-large"         // a part, or all it holds, is more than the limits allow
	CodeOutOfRange  = "cell-out-of-range" // more rows or columns than a sheet has
	CodeXML         = "xml"               // a part is no well-formed XML, or declares a document type
	CodeDeadline    = "deadline"          // the context ended first
)

// Error says why a file could not be read.
type Error = grid.Fault
