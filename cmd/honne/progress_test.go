package main

import (
	"bytes"
	"testing"
	"time"
)

// Progress is shown on a terminal, of work that takes longer than a second.
func TestProgress(t *testing.T) {
	var shown bytes.Buffer
	p := &progress{w: &shown, total: 3, since: time.Now()}
	p.step("a.csv")
	p.done()
	if shown.Len() > 0 {
		t.Errorf("short work shows %q", &shown)
	}
	p.since = p.since.Add(-2 * time.Second)
	p.step("b.csv")
	p.done()
	if got := shown.String(); got != "\r\x1b[K2/3 b.csv\r\x1b[K" {
		t.Errorf("long work shows %q", got)
	}
	shown.Reset()
	p = newProgress(&shown, 3)
	p.since = time.Time{}
	p.step("a.csv")
	if p.done(); shown.Len() > 0 {
		t.Errorf("what is no terminal is shown %q", &shown)
	}
}
