// Package letter says what a message of the correspondence is: whose, what it
// asks, whether it answers, puts off, consents or declines, what it tells of
// meetings, people and our own side; and whose domains are whose. Its words are
// those of the playbook.
//
// It refuses to open files and to judge: promises and reasons are found
// elsewhere, in what it keeps.
package letter
