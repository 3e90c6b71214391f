//go:build !(linux || darwin || freebsd || netbsd || openbsd || dragonfly)

package main

import (
	"errors"
	"os"
)

// silence is not there on this system: what is typed is shown, and said so.
func silence(*os.File) (restore func() error, err error) { return nil, errors.ErrUnsupported }
