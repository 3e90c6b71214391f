package archive

import "honne/internal/intake/grid"

// The codes of an Error. Those that package xlsx has too mean the same.
const (
	CodeNotZip        = "not-a-zip"
	CodeTruncated     = "truncated"      // cut off or damaged on its way
	CodePassword      = "password"       // encrypted: it opens with a password only
	CodeWrongPassword = "wrong-password" // it does not open with this one, or is damaged
	CodeTooLarge      = "too-large"      // unpacks to more, or to more files, than the limits allow
	CodeTooDeep       = "too-deep"       // an archive within too many others
	CodeMethod        = "packing"        // packed in a way that is not read: Deflate64, LZMA
	CodeDeadline      = "deadline"       // the context ended first
	CodeTemporary     = "temporary-file"
)

// Error says why a file could not be read.
type Error = grid.Fault
