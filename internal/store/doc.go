// Package store keeps the ledger: what each distributor reported, for which
// period, and when it reached us. It owns all SQL, both dialects (SQLite,
// PostgreSQL) and the migrations; it refuses to judge, to read files and to know
// the queue, which it meets only as Config.Follow.
//
// Time has three axes. Period is when it happened. Received is when the file
// reached us: versions of a period are ordered by the instant of receipt, then
// the file's path, the file's number and the order of parts in it, never by
// load. Recorded is when a person accepted the file here; it matters only to a
// reading that must never change (honne.AsOf.Recorded).
//
// A submission replaces whole periods of its distributor, series and scope.
// Nothing that was accepted is changed afterwards. A correction is a later
// submission. An undo is a submission that reverses another and has no lines:
// since it was recorded, readings leave both out, so the version before stands
// again and the partner is not said to have restated anything. When a file turns
// out to have come earlier, its receipts are kept one after another, so that a
// frozen reading goes by the receipt that was believed then.
//
// The way in is AddFile, Stage, Accept. Stage writes lines, roll-ups and changes
// in batches that nobody sees; Accept flips them in one short transaction. The
// way out is Record, from roll-ups only, and for evidence Sources and Versions,
// which read lines. There are roll-ups by product and by account; a question for
// both reads lines, because a third roll-up would be about as long as the lines.
//
// Changes are kept by pairs of versions. A pair never changes, so what arrives
// out of order only adds pairs, and a pair that no job has computed yet is
// computed by whoever reads: the answer does not depend on jobs. Where the older
// of a pair lost a figure (########), what is compared stands before both, and
// may be another version at another reading: such a pair is never kept.
package store
