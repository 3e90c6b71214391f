// Package promise owns commitments: it finds in a message or in minutes, in
// Japanese and English, what its writer undertakes to do, how much of it and by
// which day (Find), what a later message says of an earlier promise (Later,
// Apply), and which levels of approval a decision is said to wait for
// (Approvals, Invoke).
//
// All of it are proposals, which a person confirms. The package refuses to take
// an intention for a commitment: 努力します, 検討します and 前向きに promise nothing,
// nor do questions, requests to the other side, quotes and what hangs on
// something that is not given. It knows no word of a language but those of the
// calendar: words are content of a playbook. It reads no clock and reaches no
// network.
package promise
