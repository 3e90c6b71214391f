package web

import (
	"bytes"
	"compress/gzip"
	"regexp"
	"testing"
)

// The overview with its style sheet and script is at most 60 kB on the wire, the
// script alone 30 kB (ux 7, line 13).
func TestOverviewIsSmall(t *testing.T) {
	a := bare(t)
	page := render(t, a, "ja")
	total := zipped([]byte(page))
	for name, f := range a.assets {
		n := zipped(f.body)
		total += n
		if name == "honne.js" && n > 30_000 {
			t.Errorf("script: %d bytes", n)
		}
	}
	if total > 60_000 {
		t.Errorf("overview: %d bytes", total)
	}
	if m := regexp.MustCompile(`(?:src|href)="https?://`).FindString(page); m != "" {
		t.Errorf("a request to another host: %s", m)
	}
	t.Logf("overview %d bytes gzipped", total)
}

func zipped(b []byte) int {
	var out bytes.Buffer
	w := gzip.NewWriter(&out)
	w.Write(b)
	w.Close()
	return out.Len()
}
