package main

import (
	"fmt"
	"os"
	"path/filepath"

	"honne/internal/claim"
	"honne/internal/playbook"
)

type playbookTrain struct {
	Dir string `arg:"" optional:"" default:"playbooks/japan" help:"Folder of one playbook, with excuses, concepts and sentences."`
}

// Run writes sentences/excuses.model into the folder. What ships with a program
// cannot be changed: the folder is one of a checkout, or the house's own.
func (c playbookTrain) Run(e *env) error {
	if _, err := os.Stat(filepath.Join(c.Dir, "playbook.yaml")); err != nil {
		return fmt.Errorf("%s holds no playbook: name a folder with a playbook.yaml and sentences", c.Dir)
	}
	dir, err := filepath.Abs(c.Dir)
	if err != nil {
		return err
	}
	p, err := playbook.Load(os.DirFS(filepath.Dir(dir)), filepath.Base(dir))
	if err != nil {
		return err
	}
	sentences, err := playbook.Sentences(os.DirFS(dir), "sentences")
	if err != nil {
		return err
	}
	model, err := claim.Train(p, sentences)
	if err != nil {
		return err
	}
	file := filepath.Join(c.Dir, filepath.FromSlash(playbook.ModelFile))
	if err := replaceFile(file, model); err != nil {
		return err
	}
	_, err = fmt.Fprintf(e.out, "%s: %d sentences, %d bytes\n", filepath.ToSlash(file), len(sentences), len(model))
	return err
}

// replaceFile leaves either the old content or the new one, whatever happens.
func replaceFile(name string, content []byte) error {
	half := name + ".new"
	if err := os.WriteFile(half, content, 0o644); err != nil {
		return err
	}
	return os.Rename(half, name)
}
