package main

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"honne/internal/playbook"
	"honne/playbooks"
)

type playbookCmd struct {
	Check playbookCheck `cmd:"" help:"Validate playbooks and run their tests; says file, line, key and what was expected."`
	List  playbookList  `cmd:"" help:"List the playbooks that ship with honne."`
}

type playbookCheck struct {
	Dir string `arg:"" optional:"" help:"Folder of one playbook; without it, those that ship with honne."`
}

// Run lints, tests and, for those that ship, compares with the lock file.
func (c playbookCheck) Run(e *env) error {
	fsys, ids, problems := fs.FS(playbooks.FS), []string{"japan"}, playbook.CheckLock(playbooks.FS)
	if c.Dir != "" {
		dir, err := filepath.Abs(c.Dir)
		if err != nil {
			return err
		}
		if _, err := os.Stat(dir); err != nil {
			return fmt.Errorf("no playbook at %s: %w", c.Dir, err)
		}
		fsys, ids, problems = os.DirFS(filepath.Dir(dir)), []string{filepath.Base(dir)}, nil
	}
	for _, id := range ids {
		found := playbook.Lint(fsys, id)
		if len(found) == 0 {
			found = playbook.Test(fsys, id)
		}
		problems = append(problems, found...)
	}
	for _, p := range problems {
		fmt.Fprintln(e.out, p)
	}
	if len(problems) > 0 {
		return errProblems
	}
	_, err := fmt.Fprintln(e.out, "ok")
	return err
}

type playbookList struct{}

// Run lists the playbooks in use.
func (playbookList) Run(e *env) error {
	for _, v := range e.book.Versions {
		if _, err := fmt.Fprintln(e.out, v, v.SHA256); err != nil {
			return err
		}
	}
	return nil
}
