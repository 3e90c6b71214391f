package store_test

import (
	"errors"
	"testing"

	"honne"
	"honne/internal/store"
)

// TestPasswordLink: a link is good once and until it ends, a new one ends the one before,
// and none opens an account that is disabled.
func TestPasswordLink(t *testing.T) {
	onBoth(t, func(t *testing.T, l *ledger) {
		id, err := l.AddUser(l.ctx, store.User{Name: "A", Email: "a@b.example", Role: "viewer", Language: "en"})
		l.must(err)
		ended := func(token string) {
			t.Helper()
			if _, err := l.UserByPasswordLink(l.ctx, token); !errors.Is(err, honne.ErrNotFound) {
				t.Errorf("link %s: %v", token, err)
			}
			if _, err := l.SetPasswordByLink(l.ctx, token, "x"); !errors.Is(err, honne.ErrNotFound) {
				t.Errorf("set by %s: %v", token, err)
			}
		}
		l.must(l.LinkPassword(l.ctx, id, "over", honne.NewDate(2026, 1, 4).At(9, 0)))
		ended("over")
		l.must(l.LinkPassword(l.ctx, id, "first", honne.NewDate(2026, 2, 1).At(9, 0)))
		l.must(l.LinkPassword(l.ctx, id, "second", honne.NewDate(2026, 2, 1).At(9, 0)))
		ended("first")
		l.must(l.DisableUser(l.ctx, id, true))
		ended("second")
		l.must(l.DisableUser(l.ctx, id, false))
		l.must(l.AddSession(l.ctx, "session", id, honne.NewDate(2026, 2, 1).At(9, 0)))
		if u, err := l.SetPasswordByLink(l.ctx, "second", "hash"); err != nil || u.ID != id {
			t.Errorf("set: %+v, %v", u, err)
		}
		ended("second")
		if _, err := l.Session(l.ctx, "session"); !errors.Is(err, honne.ErrNotFound) {
			t.Errorf("the session goes on: %v", err)
		}
		if u, err := l.User(l.ctx, id); err != nil || u.PasswordHash != "hash" {
			t.Errorf("%+v, %v", u, err)
		}
	})
}

// TestLastAdministrator: nobody leaves a house without an administrator.
func TestLastAdministrator(t *testing.T) {
	onBoth(t, func(t *testing.T, l *ledger) {
		add := func(email string, hash string) honne.UserID {
			id, err := l.AddUser(l.ctx, store.User{Name: email, Email: email, Role: "manager", Admin: true, PasswordHash: hash, Language: "en"})
			l.must(err)
			return id
		}
		a := add("a@b.example", "x")
		invited := add("b@b.example", "")
		for what, err := range map[string]error{"disable": l.DisableUser(l.ctx, a, true), "degrade": l.SetUserRole(l.ctx, a, "viewer", false)} {
			if !errors.Is(err, honne.ErrConflict) {
				t.Errorf("%s: %v", what, err)
			}
		}
		l.must(l.SetUserPassword(l.ctx, invited, "y"))
		l.must(l.SetUserRole(l.ctx, a, "viewer", false))
		if u, err := l.User(l.ctx, a); err != nil || u.Role != "viewer" || u.Admin {
			t.Errorf("%+v, %v", u, err)
		}
	})
}
