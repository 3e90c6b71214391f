package honnetest

import (
	"runtime"
	"runtime/debug"
	"testing"
	"time"
)

// Bounded runs what a hostile file makes a reader do, and wants it to end within
// 20 s and to take less than 256 MiB from the system.
func Bounded(t *testing.T, name string, work func()) {
	t.Helper()
	debug.FreeOSMemory()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	began := time.Now()
	work()
	if took := time.Since(began); took > 20*time.Second {
		t.Errorf("%s: took %s", name, took)
	}
	runtime.ReadMemStats(&after)
	if grown := int64(after.Sys) - int64(before.Sys); grown > 256<<20 {
		t.Errorf("%s: took %d MiB from the system", name, grown>>20)
	}
	t.Logf("%s: %s, %d MiB", name, time.Since(began), (int64(after.Sys)-int64(before.Sys))>>20)
}
