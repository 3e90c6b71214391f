package main

import (
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"honne/internal/inspect"
	"honne/internal/measure"
	"honne/internal/playbook"
	"honne/playbooks"
)

type playbookCmd struct {
	Check playbookCheck `cmd:"" help:"Validate playbooks and run their tests; says file, line, key and what was expected."`
	List  playbookList  `cmd:"" help:"List the playbooks that ship with honne."`
	Try   playbookTry   `cmd:"" help:"Judge the past of every distributor by a changed playbook, and say what would have been said otherwise; keeps nothing."`
	Train playbookTrain `cmd:"" help:"Make the model of excuses from the sentences beside it; same sentences, same bytes."`
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
		if _, err := os.Stat(filepath.Join(dir, "playbook.yaml")); err != nil {
			return fmt.Errorf("%s holds no playbook: name a folder with a playbook.yaml; honne playbook list names those that ship", c.Dir)
		}
		fsys, ids, problems = os.DirFS(filepath.Dir(dir)), []string{filepath.Base(dir)}, nil
	}
	for _, id := range ids {
		found := playbook.Lint(fsys, id)
		if len(found) == 0 {
			found = append(undeclared(fsys, id), playbook.Test(fsys, id)...)
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

// undeclared lists the parameters that a playbook sets and no measure declares.
func undeclared(fsys fs.FS, id string) []playbook.Problem {
	p, err := playbook.Load(fsys, id)
	if err == nil {
		err = inspect.Check(p)
	}
	if err == nil {
		return nil
	}
	var out []playbook.Problem
	for _, rules := range p.Measures {
		m := measure.Find(rules.Measure)
		for _, name := range slices.Sorted(maps.Keys(rules.Params)) {
			if m != nil && !m.Declares(name) {
				out = append(out, playbook.Problem{File: path.Join(id, "measures.yaml"), Line: rules.Lines[name], Key: "measures.params." + name,
					What: rules.Measure + " has no such parameter, " + parametersOf(m)})
			}
		}
	}
	if len(out) == 0 {
		out = []playbook.Problem{{File: id, What: err.Error()}}
	}
	return out
}

func parametersOf(m *measure.Measure) string {
	names := make([]string, len(m.Params))
	for i, p := range m.Params {
		names[i] = p.Name
	}
	if len(names) == 0 {
		return "it has none"
	}
	return "expected one of " + strings.Join(names, ", ")
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
