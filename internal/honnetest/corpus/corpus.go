// Package corpus finds, for tests, the real files by others that are read where
// they lie and never belong to the project. It imports nothing of honne, so that
// every room can use it. Where something is missing a test is skipped, in
// continuous integration (CI=true) it fails.
package corpus

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// Dir returns the directory of the corpus: the environment's HONNE_CORPUS, or
// shared/corpus beside the repository.
func Dir(t testing.TB) string {
	t.Helper()
	dir := os.Getenv("HONNE_CORPUS")
	if dir == "" {
		dir = filepath.Join(root(t), "..", "shared", "corpus")
	}
	if _, err := os.Stat(dir); err != nil {
		Missing(t, "the corpus is not at "+dir+": set HONNE_CORPUS")
	}
	return dir
}

// Files returns the paths of the files that match a pattern below the corpus, at
// least one.
func Files(t testing.TB, pattern string) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(Dir(t), filepath.FromSlash(pattern)))
	if err != nil {
		t.Fatal(err)
	}
	if len(files) == 0 {
		Missing(t, "the corpus has no "+pattern)
	}
	return files
}

// Line is what somebody says in a meeting, in both languages.
type Line struct {
	JA string `json:"ja_sentence"`
	EN string `json:"en_sentence"`
}

// Meetings returns the lines of ordinary meetings in the order they were said.
func Meetings(t testing.TB) (lines []Line) {
	t.Helper()
	for _, file := range Files(t, "dialogue/ami_meeting_*.json") {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var meetings []struct{ Conversation []Line }
		if err := json.Unmarshal(data, &meetings); err != nil {
			t.Fatal(file, err)
		}
		for _, m := range meetings {
			lines = append(lines, m.Conversation...)
		}
	}
	return lines
}

// Tool returns the path of a program that make test installs.
func Tool(t testing.TB, name string) string {
	t.Helper()
	path, err := exec.LookPath(name)
	if err != nil {
		Missing(t, name+" is not installed: make test installs it")
	}
	return path
}

// Missing ends a test that lacks something of the machine.
func Missing(t testing.TB, what string) {
	t.Helper()
	if os.Getenv("CI") == "true" {
		t.Fatal(what)
	}
	t.Skip(what)
}

// root returns the directory of go.mod.
func root(t testing.TB) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir
		}
		up := filepath.Dir(dir)
		if up == dir {
			t.Fatal("no go.mod above the working directory")
		}
		dir = up
	}
}
