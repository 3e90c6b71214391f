// Package bench proves what docs/bench.md claims: it runs intake, and intake
// with the store behind it, beside the usual way of doing the same in Go, and
// prints ratios. It holds tests only, and does nothing unless it is asked to:
//
//	go test ./internal/intake/bench -v -args -proof
package bench
