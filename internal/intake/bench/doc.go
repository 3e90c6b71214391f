// Package bench measures the readers of intake beside the usual way of reading
// the same bytes in Go. It holds benchmarks only: no test runs, and no data is
// made, unless -bench asks for it.
package bench
