// Package when reads the time that a text says: periods and pieces of periods,
// days in every order, years without an era, spans, closing months, weeks and
// thirds of months. Days are calendar days in Japan; a period is one of
// honne.Period.
//
// It refuses to know a table: what completes a text that does not say it all (the
// year around a month, the order of a column's days) is handed in.
package when
