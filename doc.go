// Package honne holds the nouns that cross a door between the rooms of the
// house, and the vocabulary that all of them share.
//
// A file is bytes received on a day. Intake reads it into a Reading: tables,
// columns, problems with an address, and a stream of Lines. Lines enter the
// ledger as Submissions that replace whole periods of a series; they are never
// changed afterwards. A Record is what was known of one distributor on one
// day; measures turn it into Results, and inspect turns those into a Picture:
// signs, dependency, outcome, questions. Each number carries Evidence, a
// selection of the ledger that opens to the cells of a file.
//
// The package imports the standard library only. It owns meaning, not
// behaviour: no file is opened here, nothing is computed beyond what a noun
// must know about itself, and no text for a reader is written. Sentences are
// Messages, an identifier with arguments, said by package lang.
package honne
