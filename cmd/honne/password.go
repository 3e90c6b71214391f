package main

import (
	"bufio"
	"fmt"
	"os"
	"strings"
)

// readPassword reads a password from the first line of standard input. At a
// terminal it asks, and what is typed is not shown.
func readPassword(e *env) (string, error) {
	if f, ok := e.in.(*os.File); ok && isTerminal(f) {
		restore, err := silence(f)
		if err != nil {
			fmt.Fprintln(e.err, "honne: this terminal will show what you type; pipe the password in if somebody can see it")
			restore = func() error { return nil }
		}
		defer restore()
		fmt.Fprint(e.err, "Password: ")
		defer fmt.Fprintln(e.err)
	}
	type answer struct {
		line string
		err  error
	}
	said := make(chan answer, 1)
	go func() {
		line, err := bufio.NewReader(e.in).ReadString('\n')
		said <- answer{line, err}
	}()
	select {
	case a := <-said:
		if a.err != nil && a.line == "" {
			return "", fmt.Errorf("no password on standard input: type one, or pipe it in")
		}
		return strings.TrimRight(a.line, "\r\n"), nil
	case <-e.ctx.Done(): // Ctrl+C: the terminal must show again what is typed
		return "", e.ctx.Err()
	}
}
