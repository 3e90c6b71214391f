package pdf

import (
	"errors"
	"fmt"

	"honne/internal/intake/grid"
)

// The codes of an Error. Those that package xlsx has too mean the same.
const (
	CodeNotPDF        = "not-a-pdf"
	CodeTruncated     = "truncated" // cut off or damaged on its way
	CodePassword      = "password"  // encrypted: it opens with a password only
	CodeWrongPassword = "wrong-password"
	CodeNotLocked     = "not-locked"      // nothing in it is protected by a password
	CodeCipher        = "cipher"          // encrypted in a way that is not read
	CodeTooLarge      = "too-large-whole" // more than the limits allow
	CodeDeadline      = "deadline"        // the context ended first
)

// Error says why a file could not be read.
type Error = grid.Fault

// errDamaged is anything that is not what it must be. It ends the object or the
// page that it is in, and the file only where nothing is left of it.
var errDamaged = errors.New("damaged")

// errLimit is a limit that was met: it ends the file.
var errLimit = errors.New("too large")

func damaged(format string, args ...any) error {
	return fmt.Errorf("%w: %s", errDamaged, fmt.Sprintf(format, args...))
}
