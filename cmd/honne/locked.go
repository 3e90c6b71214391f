package main

import (
	"errors"
	"io"
	"os"
	"slices"

	"honne"
	"honne/internal/intake"
	"honne/internal/intake/source"
)

// readLocked reads a file, and one that a password protects through an opened
// copy. Its lines and values may be read until done is called, which removes
// the copy.
func readLocked(e *env, f honne.File) (r honne.Reading, done func(), err error) {
	done = func() {}
	r, err = intake.Read(e.ctx, f, e.book, honne.Memory{})
	if err != nil || !r.Locked() {
		return r, done, err
	}
	opened, done, err := unlockedCopy(e, f)
	var invalid *honne.Invalid
	if errors.As(err, &invalid) {
		if e.filePassword != "" {
			r.Problems = []honne.Problem{{Severity: honne.SevError, What: invalid.What}}
		}
		return r, done, nil
	}
	if err != nil {
		return r, done, err
	}
	sum := r.SHA256
	r, err = intake.Read(e.ctx, opened, e.book, honne.Memory{})
	r.SHA256 = sum
	return r, done, err
}

// unlockedCopy opens a file with the password that Excel sets by itself, or with
// that of the environment.
func unlockedCopy(e *env, f honne.File) (opened honne.File, remove func(), err error) {
	for _, password := range slices.Compact([]string{"", e.filePassword}) {
		var plain io.Reader
		if plain, err = source.Unlock(e.ctx, f, password); err != nil {
			continue
		}
		tmp, err := os.CreateTemp("", "honne-opened-")
		if err != nil {
			return f, func() {}, err
		}
		opened = f
		opened.Bytes = tmp
		opened.Size, err = io.Copy(tmp, plain)
		return opened, func() { tmp.Close(); os.Remove(tmp.Name()) }, err
	}
	return f, func() {}, err
}
