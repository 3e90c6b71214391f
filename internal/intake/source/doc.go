// Package source opens a file, whatever its format: sheets of rows of cells, or
// messages. It owns the recognition of formats by their bytes, passwords, the
// digest of what was read, and which sentence a file that cannot be read gets.
//
// It refuses to look into a cell.
package source
