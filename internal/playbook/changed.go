package playbook

import (
	"io/fs"
	"path"
	"slices"
)

// Changed is the folder of a playbook with some of its files as they would be, to
// try them: by the names that the files have in it. It adds none.
type Changed struct {
	fs.FS
	Files map[string][]byte
}

// ReadFile reads a file as it would be, else as it is. Tests stay as they are.
func (c Changed) ReadFile(name string) ([]byte, error) {
	if data, ok := c.Files[path.Base(name)]; ok && path.Base(path.Dir(name)) != "tests" {
		return data, nil
	}
	return fs.ReadFile(c.FS, name)
}

// Strange lists the files of which the playbook has none of that name, in the order
// of their names.
func (c Changed) Strange(id string) (out []string, err error) {
	known := map[string]bool{}
	err = fs.WalkDir(c.FS, id, func(name string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() && path.Base(path.Dir(name)) != "tests" && path.Ext(name) == ".yaml" {
			known[path.Base(name)] = true
		}
		return err
	})
	for name := range c.Files {
		if !known[name] {
			out = append(out, name)
		}
	}
	slices.Sort(out)
	return out, err
}
