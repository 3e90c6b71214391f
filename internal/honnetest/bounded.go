package honnetest

import (
	"runtime"
	"runtime/debug"
	"testing"
	"time"
)

// Bounded runs what a hostile file makes a reader do, and wants it to end within
// 20 s and to hold less than 256 MiB beyond what the process held before.
func Bounded(t *testing.T, name string, work func()) {
	t.Helper()
	debug.FreeOSMemory()
	before, began := held(), time.Now()
	work()
	took, grown := time.Since(began), held()-before
	if took > 20*time.Second {
		t.Errorf("%s: took %s", name, took)
	}
	if grown > 256<<20 {
		t.Errorf("%s: took %d MiB from the system", name, grown>>20)
	}
	t.Logf("%s: %s, %d MiB", name, took, grown>>20)
}

// held returns the bytes that the process has from the system and has not given
// back. What earlier tests took and freed is not among them, and what a work took
// still is just after it, as Go gives memory back slowly.
func held() int64 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.Sys) - int64(m.HeapReleased)
}
