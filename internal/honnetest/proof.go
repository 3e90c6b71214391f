package honnetest

import (
	"flag"
	"fmt"
	"testing"
)

var (
	long = flag.Bool("proof.long", false, "run the long part of the proofs, for minutes")
	seed = flag.Uint64("proof.seed", 1, "seed of what a proof draws")
)

// Long reports whether the long part of a proof was asked for: make proof, or
// go test -args -proof.long.
func Long() bool { return *long }

// Seed returns the seed of what a proof draws; -args -proof.seed N changes it.
func Seed() uint64 { return *seed }

// Held prints the line of a proof: whether its claim held, which is whether the
// test has not failed so far, its figures, and the seed.
func Held(t testing.TB, claim, format string, figures ...any) {
	t.Helper()
	verdict := "held"
	if t.Failed() {
		verdict = "not held"
	}
	fmt.Printf("%-8s  %s: %s (seed %d)\n", verdict, claim, fmt.Sprintf(format, figures...), *seed)
}
