package grid

import "fmt"

// Fault says why a file could not be read. Each format lists the codes that it
// uses; the same code means the same in all of them.
type Fault struct {
	Code   string
	Part   string // the sheet's or table's name, or the part's within the file; "" for all of it
	Detail string // the cell, the record, which limit, or what stood there
	Err    error  // the cause, if there is one
}

// Error implements error.
func (e *Fault) Error() string {
	s := e.Code
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
func (e *Fault) Unwrap() error { return e.Err }
