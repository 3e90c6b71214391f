package honne

import "errors"

// The errors that callers tell apart; everything else is internal and is logged,
// never shown.
var (
	ErrNotFound  = errors.New("not found")
	ErrConflict  = errors.New("conflict")
	ErrForbidden = errors.New("forbidden")
	ErrInvalid   = errors.New("invalid")
	ErrTooLarge  = errors.New("too large")
)

// Invalid is an input that cannot be used: which field, and what to do.
type Invalid struct {
	Field string
	What  Message
}

// Error returns the field and the message's identifier, for logs.
func (e *Invalid) Error() string { return e.Field + ": " + e.What.ID }

// Is makes errors.Is(err, ErrInvalid) true.
func (e *Invalid) Is(target error) bool { return target == ErrInvalid }

// Duplicate refuses bytes that are the version in force already.
type Duplicate struct{ Of FileID }

// Error names the file.
func (e *Duplicate) Error() string { return "the same bytes are in force already" }

// Is makes errors.Is(err, ErrConflict) true.
func (e *Duplicate) Is(target error) bool { return target == ErrConflict }
