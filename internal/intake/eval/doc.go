// Package eval measures how well intake understands files that nobody made for
// it: the public files of the corpus with the truth beside them, and reports
// that a generator lays out in every way that it knows, whose truth it knows as
// well. It holds tests only. A few hundred layouts and the whole corpus run with
// the other tests; the long run prints a table and fails when anything was read
// wrongly without a word about it:
//
//	go test ./internal/intake/eval -v -run Evaluation -args -eval
package eval
