package playbook

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// LockFile is the file beside the playbooks that holds id, version and hash of
// each.
const LockFile = "lock.yaml"

// Hash returns the SHA-256 of a playbook's content: name, length and bytes of
// every file of the folder in the order of their names, tests excepted, since
// they judge nobody.
func Hash(fsys fs.FS, id string) (string, error) {
	sum := sha256.New()
	err := fs.WalkDir(fsys, id, func(path string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && path == id+"/tests":
			return fs.SkipDir
		case entry.IsDir():
			return nil
		}
		data, err := fs.ReadFile(fsys, path)
		if err != nil {
			return err
		}
		fmt.Fprintf(sum, "%s\n%d\n", strings.TrimPrefix(path, id+"/"), len(data))
		sum.Write(data)
		return nil
	})
	if err != nil {
		return "", fmt.Errorf("playbook: hash %s: %w", id, err)
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
}

// CheckLock compares every playbook of fsys with lock.yaml: one whose content
// changed needs a higher version.
func CheckLock(fsys fs.FS) []Problem {
	locked, problems := readLock(fsys)
	have, more := Versions(fsys)
	problems = append(problems, more...)
	for _, v := range have {
		at := slices.IndexFunc(locked, func(l Version) bool { return l.ID == v.ID })
		switch {
		case at < 0:
			problems = append(problems, Problem{LockFile, 0, v.ID, "expected an entry for this playbook"})
		case locked[at].Version == v.Version && locked[at].SHA256 != v.SHA256:
			problems = append(problems, Problem{LockFile, 0, v.ID, fmt.Sprintf("the content changed: expected a version above %d", v.Version)})
		case locked[at] != v:
			problems = append(problems, Problem{LockFile, 0, v.ID, fmt.Sprintf("expected version %d with its hash, has %d", v.Version, locked[at].Version)})
		}
	}
	for _, l := range locked {
		if !slices.ContainsFunc(have, func(v Version) bool { return v.ID == l.ID }) {
			problems = append(problems, Problem{LockFile, 0, l.ID, "there is no such playbook"})
		}
	}
	return problems
}

// Versions returns the version of every playbook of fsys, by id, and what is
// wrong with their files. Those of one fsys are found by id, so each stands in a
// folder of that name; a copy on its own may stand in any.
func Versions(fsys fs.FS) ([]Version, []Problem) {
	var list []Version
	var problems []Problem
	entries, err := fs.ReadDir(fsys, ".")
	if err != nil {
		return nil, []Problem{{File: ".", What: reason(err)}}
	}
	for _, entry := range entries {
		if entry.IsDir() {
			p, found := readFolder(fsys, entry.Name())
			problems = append(problems, found...)
			for _, v := range p.Versions {
				if v.ID != entry.Name() {
					problems = append(problems, Problem{path.Join(entry.Name(), "playbook.yaml"), 0, "id", "expected " + entry.Name() + ", the name of the folder"})
				}
			}
			list = append(list, p.Versions...)
		}
	}
	return list, problems
}

func readLock(fsys fs.FS) (list []Version, problems Problems) {
	r := reader{file: LockFile, problems: &problems}
	data, err := fs.ReadFile(fsys, LockFile)
	if err != nil {
		return nil, Problems{{File: LockFile, What: reason(err)}}
	}
	n := r.document(data)
	if n == nil {
		return nil, problems
	}
	r.mapping("", n, field{"playbooks", r.list(func(key string, n *yaml.Node) {
		var v Version
		r.mapping(key, n,
			field{"id", r.text(&v.ID)},
			field{"version", r.whole(&v.Version, 1, 1<<30)},
			field{"sha256", r.text(&v.SHA256)})
		list = append(list, v)
	})})
	return list, problems
}

// Lock returns the content of lock.yaml for these versions.
func Lock(list []Version) []byte {
	b := []byte("# Written by: go test ./internal/playbook -run TestLock -update\nplaybooks:\n")
	for _, v := range list {
		b = fmt.Appendf(b, "  - {id: %s, version: %d, sha256: %s}\n", v.ID, v.Version, v.SHA256)
	}
	return b
}
