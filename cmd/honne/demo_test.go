package main

import (
	"bufio"
	"context"
	"io"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"
)

// TestDemo is the first command of the README: a page within 10 s, the three samples
// told, and whoever signs in as it says finds them.
func TestDemo(t *testing.T) {
	free, err := net.Listen("tcp", "localhost:0")
	if err != nil {
		t.Fatal(err)
	}
	address := free.Addr().String()
	free.Close()
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	told, out := io.Pipe()
	ended := make(chan int, 1)
	go func() {
		ended <- run(ctx, []string{"demo", "--addr", address}, strings.NewReader(""), out, io.Discard)
		out.Close()
	}()
	firstPage(t, "http://"+address)
	text, open := toldBy(told)
	for _, name := range []string{"Aozora Medical KK", "Kitano Shoji KK", "Minato Iryoki KK", "3 high, 1 to watch"} {
		if !strings.Contains(text, name) {
			t.Errorf("%s is not told:\n%s", name, text)
		}
	}
	if open == nil {
		t.Fatalf("nobody is told how to sign in:\n%s", text)
	}
	jar, _ := cookiejar.New(nil)
	visitor := http.Client{Jar: jar}
	if _, err := visitor.PostForm(open[1]+"/sign-in", url.Values{"email": {open[2]}, "password": {open[3]}}); err != nil {
		t.Fatal(err)
	}
	if page := fetched(t, &visitor, open[1]+"/portfolio"); !strings.Contains(page, "Kitano Shoji KK") {
		t.Errorf("the portfolio is\n%s", page)
	}
	stop()
	if status := <-ended; status != exitDone {
		t.Errorf("interrupted, it ended with %d", status)
	}
}

// firstPage wants a page within 10 s.
func firstPage(t *testing.T, at string) {
	t.Helper()
	late := time.After(10 * time.Second)
	for {
		if answer, err := http.Get(at); err == nil {
			answer.Body.Close()
			return
		}
		select {
		case <-late:
			t.Fatal("no page within 10 s")
		case <-time.After(20 * time.Millisecond):
		}
	}
}

var opens = regexp.MustCompile(`Open (\S+) and sign in as (\S+) with the password (\w+)`)

// toldBy reads until it is told how to sign in: address, account, password.
func toldBy(out io.Reader) (text string, open []string) {
	for lines := bufio.NewScanner(out); open == nil && lines.Scan(); {
		text += lines.Text() + "\n"
		open = opens.FindStringSubmatch(lines.Text())
	}
	return text, open
}

func fetched(t *testing.T, c *http.Client, at string) string {
	t.Helper()
	answer, err := c.Get(at)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	page, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(page)
}
