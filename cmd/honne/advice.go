package main

import (
	"errors"
	"fmt"
	"io/fs"
	"net/url"
)

// advise says of an error of the file system what to do about it; others stay
// as they are.
func advise(err error) error {
	var at *fs.PathError
	if !errors.As(err, &at) {
		return err
	}
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("%s: there is no such file or folder; check the path, and put it into quotes where it holds spaces or brackets", at.Path)
	case errors.Is(err, fs.ErrPermission):
		return fmt.Errorf("%s: this account may not %s it; run honne as the account that owns it, or give it the right", at.Path, at.Op)
	}
	return err
}

// adviseOnStore says where the database was looked for, and what to check.
func (w where) adviseOnStore(err error) error {
	if w.Database == "" {
		return fmt.Errorf("the database in %s does not open: %w\nCheck that the folder is on a local disk and may be written to, or name another with --data", w.Data, err)
	}
	address := "the address given"
	if u, bad := url.Parse(w.Database); bad == nil {
		address = u.Redacted()
	}
	return fmt.Errorf("the database at %s does not open: %w\nCheck that PostgreSQL runs there and that name and password in --database or HONNE_DATABASE are right", address, err)
}
