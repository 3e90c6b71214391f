// Package outline finds where on a sheet a table begins: its header rows, its
// first record, what its columns look like, and what stands above and beside it.
// It owns the classes of cells and the shapes of columns.
//
// It refuses to say what a column means, or where the table ends: that is decided
// while its rows come.
package outline
