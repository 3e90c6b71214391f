package auth

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"

	"honne"
	"honne/internal/store"
)

var update = flag.Bool("update", false, "write the goldens")

// The whole matrix stands in a golden: a right that changes is seen in review.
func TestMayMatrix(t *testing.T) {
	var b strings.Builder
	people := []store.User{{}, {Admin: true}}
	for _, r := range Roles() {
		people = append(people, store.User{Role: string(r)})
	}
	people = append(people, store.User{Role: string(Manager), Admin: true}, store.User{Role: string(Manager), Disabled: true})
	for _, u := range people {
		fmt.Fprintf(&b, "%s admin=%v disabled=%v\n", u.Role, u.Admin, u.Disabled)
		for _, a := range Areas() {
			fmt.Fprintf(&b, "  %-11s", a)
			for _, o := range []Object{{Area: a}, {Area: a, Audited: true}} {
				fmt.Fprintf(&b, " read=%-5v write=%-5v |", May(u, Read, o), May(u, Write, o))
			}
			b.WriteString("\n")
		}
	}
	golden(t, "testdata/may.golden", b.String())
}

func golden(t *testing.T, path, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s differs; run with -update and read the change\n%s", path, got)
	}
}

func TestPasswords(t *testing.T) {
	ctx := context.Background()
	p := NewPasswords(1)
	hash, err := p.Hash(ctx, "a good long sentence")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		password, hash string
		want           bool
	}{
		{"a good long sentence", hash, true}, {"a good long sentencE", hash, false},
		{"", "", false}, {"x", "", false}, {"x", "$argon2id$v=19$m=19456,t=2,p=1$!!$!!", false},
	} {
		if got, err := p.Match(ctx, c.password, c.hash); got != c.want || err != nil {
			t.Errorf("Match(%q, %q) = %v, %v", c.password, c.hash, got, err)
		}
	}
	ended, cancel := context.WithCancel(ctx)
	cancel()
	p.slots <- struct{}{}
	if _, err := p.Hash(ended, "a good long sentence"); !errors.Is(err, context.Canceled) {
		t.Errorf("a hash waits for its slot: %v", err)
	}
}

func TestCheckPassword(t *testing.T) {
	for password, want := range map[string]string{
		"short": "auth.password.short", "Password123": "auth.password.common", "日本語のパスワード": "",
		"kirsten.larsen": "auth.password.common", "seven words make a long one": "",
		strings.Repeat("x", 2000): "auth.password.long",
	} {
		err := CheckPassword(password, "kirsten.larsen@example.com")
		var bad *honne.Invalid
		got := ""
		if errors.As(err, &bad) {
			got = bad.What.ID
		}
		if got != want {
			t.Errorf("CheckPassword(%q) = %q, want %q", password, got, want)
		}
	}
}

func TestAttempts(t *testing.T) {
	a := NewAttempts(2, time.Minute)
	start := time.Date(2026, 11, 22, 9, 0, 0, 0, honne.Japan)
	var got []bool
	for _, s := range []int{0, 1, 2, 59, 60, 61, 62} {
		got = append(got, a.Allow("k", start.Add(time.Duration(s)*time.Second)))
	}
	if fmt.Sprint(got) != "[true true false false true true false]" {
		t.Errorf("attempts: %v", got)
	}
	a.Forget("k")
	if !a.Allow("k", start.Add(63*time.Second)) {
		t.Error("a success forgets the failures")
	}
	for range 5 {
		if !a.Allow("address", start) {
			t.Fatal("what succeeded does not count")
		}
		a.Return("address")
	}
	if !a.Allow("address", start) || !a.Allow("address", start) || a.Allow("address", start) {
		t.Error("what failed does")
	}
}

func TestTokenTimes(t *testing.T) {
	for token, want := range map[string]bool{"": false, "x": false, "a.b.c": true, "a.zz.c": false, "1.2": false} {
		if _, _, ok := times(token); ok != want {
			t.Errorf("times(%q): %v", token, ok)
		}
	}
}

func TestCookie(t *testing.T) {
	r := httptest.NewRequest("GET", "http://localhost/", nil)
	if c := Cookie(r, "x"); c.Name != "session" || c.Secure || !c.HttpOnly {
		t.Errorf("plain: %+v", c)
	}
	r.Header.Set("X-Forwarded-Proto", "https")
	if c := Cookie(r, ""); c.Name != "__Host-session" || !c.Secure || c.Path != "/" || c.MaxAge != -1 {
		t.Errorf("secure: %+v", c)
	}
}
