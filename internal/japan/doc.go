// Package japan knows how business in Japan writes and counts: holidays and
// business days, business hours, eras, fiscal years and closing days, numbers
// and units as people type them, widths and variants of characters, company and
// facility names, official codes.
//
// Every parser takes one piece of text and answers with a value and ok; what it
// does not fully understand is not ok, never a guess. The package refuses to
// look into files, to know about columns and tables, to keep state and to read
// a clock. Dates are civil days in Japan.
package japan
