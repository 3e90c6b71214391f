package store_test

import (
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"honne"
	"honne/internal/store"
)

func TestAccounts(t *testing.T) {
	onBoth(t, func(t *testing.T, l *ledger) {
		id, err := l.AddUser(l.ctx, store.User{Name: "Anna", Email: "Anna@Nordlund.example", Role: "lead", Admin: true, PasswordHash: "x", Language: "en"})
		l.must(err)
		if _, err := l.AddUser(l.ctx, store.User{Email: "anna@nordlund.example"}); !errors.Is(err, honne.ErrConflict) {
			t.Errorf("an address twice: %v", err)
		}
		u, err := l.UserByEmail(l.ctx, "ANNA@nordlund.example")
		if err != nil || u.ID != id || !u.Admin || u.Disabled || u.Created.IsZero() || u.Role != "lead" {
			t.Errorf("account %+v, %v", u, err)
		}
		l.must(l.SetUserPassword(l.ctx, id, "y"))
		if u, err := l.User(l.ctx, id); err != nil || u.PasswordHash != "y" {
			t.Errorf("account %+v, %v", u, err)
		}
		if err := l.DisableUser(l.ctx, 99, true); !errors.Is(err, honne.ErrNotFound) {
			t.Errorf("disable nobody: %v", err)
		}
		n, err := l.CountUsers(l.ctx)
		users, err2 := l.Users(l.ctx)
		if err != nil || err2 != nil || n != 1 || len(users) != 1 {
			t.Errorf("%d accounts %v %v %v", n, users, err, err2)
		}
	})
}

// Servers that share a database make one first account, with its settings, whoever asks
// at once.
func TestFirstAccount(t *testing.T) {
	onBoth(t, func(t *testing.T, l *ledger) {
		errs := make([]error, 8)
		var wg sync.WaitGroup
		for i := range errs {
			wg.Go(func() {
				email := fmt.Sprintf("%d@example.com", i)
				_, errs[i] = l.AddFirstUser(l.ctx, store.User{Email: email, Admin: true}, map[string]string{"our_name": email})
			})
		}
		wg.Wait()
		made := 0
		for _, err := range errs {
			switch {
			case err == nil:
				made++
			case !errors.Is(err, honne.ErrConflict):
				t.Error(err)
			}
		}
		users, err := l.Users(l.ctx)
		l.must(err)
		name, _, err := l.Setting(l.ctx, "our_name")
		l.must(err)
		if made != 1 || len(users) != 1 || name != users[0].Email {
			t.Errorf("%d were made: %v, of the house of %s", made, users, name)
		}
	})
}

func TestSessions(t *testing.T) {
	onBoth(t, func(t *testing.T, l *ledger) {
		id, err := l.AddUser(l.ctx, store.User{Email: "a@b.example"})
		l.must(err)
		u, err := l.User(l.ctx, id)
		l.must(err)
		now := u.Created
		whose := func(token string) honne.UserID {
			u, err := l.Session(l.ctx, token)
			if err != nil && !errors.Is(err, honne.ErrNotFound) {
				t.Fatal(err)
			}
			return u.ID
		}
		l.must(l.AddSession(l.ctx, "ended", id, now.Add(-time.Hour)))
		l.must(l.AddSession(l.ctx, "one", id, now.Add(time.Hour)))
		l.must(l.AddSession(l.ctx, "two", id, now.Add(time.Hour)))
		if whose("one") != id || whose("ended") != 0 || whose("guess") != 0 {
			t.Error("sessions are not told apart")
		}
		l.must(l.EndSession(l.ctx, "one"))
		if whose("one") != 0 || whose("two") != id {
			t.Error("the wrong session ended")
		}
		l.must(l.DisableUser(l.ctx, id, true))
		l.must(l.AddSession(l.ctx, "three", id, now.Add(time.Hour)))
		if whose("two") != 0 || whose("three") != 0 {
			t.Error("a disabled account is in")
		}
	})
}

func TestSettings(t *testing.T) {
	onBoth(t, func(t *testing.T, l *ledger) {
		if _, found, err := l.Setting(l.ctx, "asked"); found || err != nil {
			t.Errorf("never set: %v %v", found, err)
		}
		for _, value := range []string{"いいえ", ""} {
			l.must(l.SetSetting(l.ctx, "asked", value))
			if got, found, err := l.Setting(l.ctx, "asked"); !found || err != nil || got != value {
				t.Errorf("set to %q: %q %v %v", value, got, found, err)
			}
		}
	})
}
