// Package audit owns what follows from ratings: the scores of the three pillars
// with their confidence (Score), the gap between what is said, shown and meant
// (Gaps), what may be shown of voices off the record (Release), the
// recommendation with its trace (Recommend), and the days that wait (Dates).
//
// It recommends and never decides: a person does, and writes why. It refuses to
// score what nobody rated, to take n/a for zero, to show anything of fewer than k
// voices, and to judge a measure (inspect does). It knows no wording.
package audit
