package intake

import (
	"os"
	"runtime/debug"
)

// heapLimit is the size near which the heap is collected without waiting, so that bad
// input stays below 256 MiB on a machine too busy to collect in time.
const heapLimit = 200 << 20

// TuneMemory sets how often a program that reads files collects its heap: at twice what
// it holds, for readers stream on a small one (a tenth less work for 16 MiB more,
// docs/bench.md), and without waiting near 200 MiB. GOMEMLIMIT takes the place of
// the latter.
func TuneMemory() {
	debug.SetGCPercent(200)
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(heapLimit)
	}
}
