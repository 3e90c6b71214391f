// Package job runs the work between a file's arrival and the record: it takes
// files in, reads them, and does what follows an acceptance, at once for a
// command or in the background for a server. Each kind of background work is a
// file of its own; running one twice gives one result, and one that was killed
// half-way is resumed.
//
// The package owns the queue and the order of these steps. It refuses to
// understand a file (intake), to keep anything itself (store, vault) and to
// judge what a file means for a distributor (inspect).
package job
