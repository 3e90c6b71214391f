// Package terms says what the words of a file mean by the playbook: headers,
// totals and notes, names and marks for none, titles, kinds of report. It owns the
// certainties of a meaning, and what was looked up while one file is read.
//
// It refuses to look beside a text: where on a sheet it stands, and what its
// neighbours say, is weighed by others.
package terms
