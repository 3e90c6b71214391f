// Package store keeps the ledger: what each distributor reported, for which
// period, and when it reached us. It owns all SQL, both dialects (SQLite,
// PostgreSQL) and the migrations; it refuses to judge, to read files and to know
// the queue, which it meets only as Config.Follow.
//
// Time has three axes. Period is when it happened. Received is when the file
// reached us: versions of a period are ordered by the instant of receipt, then
// the file's path, the file's id and the order of parts in it, never by load.
// Recorded is when a person accepted the file here; it matters only to a reading
// that must never change (honne.AsOf.Recorded).
//
// A submission replaces whole periods of its distributor, series and scope.
// Nothing that was accepted is changed afterwards: a correction is a later
// submission, and an undo is a submission that repeats the one before.
package store
