package honnetest

import (
	"sync"
	"testing"

	"honne/internal/playbook"
	"honne/playbooks"
)

var japan = sync.OnceValues(func() (*playbook.Playbook, error) { return playbook.Load(playbooks.FS, "japan") })

// Japan returns the playbook that the program comes with, read once for all tests of a
// package: nothing may write into it.
func Japan(t testing.TB) *playbook.Playbook {
	t.Helper()
	p, err := japan()
	if err != nil {
		t.Fatal(err)
	}
	return p
}
