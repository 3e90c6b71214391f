package job

import (
	"testing"
	"time"

	"honne"
)

// A week opens on Monday at seven in Japan, whatever zone the clock is in.
func TestBeginOfWeek(t *testing.T) {
	t.Parallel()
	for at, want := range map[string]string{
		"2026-11-23T06:59:00+09:00": "2026-11-16T07:00:00+09:00",
		"2026-11-23T07:00:00+09:00": "2026-11-23T07:00:00+09:00",
		"2026-11-29T23:00:00+09:00": "2026-11-23T07:00:00+09:00",
		"2026-11-22T22:30:00Z":      "2026-11-23T07:00:00+09:00",
		"2027-01-01T00:00:00+09:00": "2026-12-28T07:00:00+09:00",
	} {
		now, err := time.Parse(time.RFC3339, at)
		if err != nil {
			t.Fatal(err)
		}
		if got := beginOfWeek(now).In(honne.Japan).Format(time.RFC3339); got != want {
			t.Errorf("%s: %s, want %s", at, got, want)
		}
	}
}
