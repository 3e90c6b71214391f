// Package figure reads the number that a cell holds: signs before and behind,
// brackets, units that stand with it, percentages. It owns what a text is as a
// number, and the numbers that one which is none may stand for.
//
// It refuses to know a column, a header or a playbook: what a figure counts is
// said by others.
package figure
