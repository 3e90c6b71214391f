package main

import (
	"fmt"
	"io"
	"os"
	"strconv"
	"time"

	"honne/internal/report"
)

// progress shows how far a long work is, on a terminal only and not before a
// second has passed.
type progress struct {
	w     io.Writer
	total int
	n     int
	since time.Time
	shown bool
}

func newProgress(w io.Writer, total int) *progress {
	p := &progress{total: total, since: time.Now()}
	if isTerminal(w) {
		p.w = w
	}
	return p
}

// step says that the next piece of work begins.
func (p *progress) step(name string) {
	p.n++
	if p.w == nil || time.Since(p.since) < time.Second {
		return
	}
	p.shown = true
	fmt.Fprintf(p.w, "\r\x1b[K%d/%d %s", p.n, p.total, name)
}

// done removes the line.
func (p *progress) done() {
	if p.shown {
		fmt.Fprint(p.w, "\r\x1b[K")
	}
}

// isTerminal reports whether w is a terminal.
func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

// warn tells the operator what went wrong beside the work.
func (e *env) warn(err error) { fmt.Fprintln(e.err, "honne:", err) }

// terminal is how wide and colourful a text may be.
func terminal(w io.Writer) report.Terminal {
	if !isTerminal(w) {
		return report.Terminal{Width: 100}
	}
	width := 100
	if n, err := strconv.Atoi(os.Getenv("COLUMNS")); err == nil && n >= 40 {
		width = n
	}
	return report.Terminal{Width: width, Colour: os.Getenv("NO_COLOR") == ""}
}
