package main

import (
	"errors"
	"fmt"

	"honne/internal/store"
)

type verifyCmd struct {
	where
	Head []string `help:"Head of the history as a backup or a published document carries it, 1204:9f3a…; repeatable. Finds a cut end and a history that was rewritten whole."`
}

// Run checks the history, everything in the ledger that follows from something
// else, and the originals against their hashes. Each fault is a line; one is exit
// status 1.
func (c verifyCmd) Run(e *env) error {
	var witnesses []store.Head
	for _, s := range c.Head {
		h, err := store.ParseHead(s)
		if err != nil {
			return err
		}
		witnesses = append(witnesses, h)
	}
	a, err := c.openThere(e)
	if err != nil {
		return err
	}
	defer a.close()
	faults := errors.Join(a.store.CheckHistory(e.ctx, witnesses...), a.store.Verify(e.ctx), a.works.Vault.Verify(e.ctx), a.lost(e))
	if e.ctx.Err() != nil {
		return e.ctx.Err()
	}
	if faults != nil {
		fmt.Fprintln(e.out, faults)
		return errProblems
	}
	head, err := a.store.Head(e.ctx)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(e.out, "verified: history, ledger and originals\nhead of the history: %s\n", head)
	return err
}
