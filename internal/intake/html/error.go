package html

import "honne/internal/intake/grid"

// The codes of an Error. Those that package xlsx has too mean the same.
const (
	CodeTooLarge   = "too-large"         // the file, a tag, a text or the number of tables is more than the limits allow
	CodeOutOfRange = "cell-out-of-range" // more rows or columns than a sheet has
	CodeDeadline   = "deadline"          // the context ended first
	CodeRead       = "read"              // the bytes could not be read
)

// Error says why a file could not be read.
type Error = grid.Fault
