package vault_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"honne"
	"honne/internal/vault"
)

func TestHouseKey(t *testing.T) {
	path := filepath.Join(t.TempDir(), "data.key")
	k := vault.NewHouseKey(path)
	if _, err := k.Open("x"); !errors.Is(err, honne.ErrNotFound) {
		t.Errorf("without a key: %v", err)
	}
	var all sync.WaitGroup
	for range 8 { // several make the first secret at once
		all.Go(func() {
			sealed, err := vault.NewHouseKey(path).Seal([]byte("秘密の言葉"))
			if err != nil || strings.Contains(sealed, "秘密") {
				t.Error(sealed, err)
			}
			if got, err := k.Open(sealed); string(got) != "秘密の言葉" {
				t.Error(got, err)
			}
		})
	}
	all.Wait()
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info, err)
	}
	sealed, err := k.Seal([]byte("x"))
	if err != nil {
		t.Fatal(err)
	}
	for name, bad := range map[string]string{"cut": sealed[:40], "no base64": "*", "empty": ""} {
		if _, err := k.Open(bad); err == nil {
			t.Error(name)
		}
	}
	other := vault.NewHouseKey(filepath.Join(t.TempDir(), "other"))
	if _, err := other.Seal([]byte("y")); err != nil {
		t.Fatal(err)
	}
	if _, err := other.Open(sealed); err == nil {
		t.Error("another key opened it")
	}
	if entries, err := os.ReadDir(filepath.Dir(path)); err != nil || len(entries) != 1 {
		t.Errorf("left behind: %v, %v", entries, err)
	}
}
