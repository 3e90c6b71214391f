// Package vault keeps originals: the bytes of every file as they came, named by
// their SHA-256, on disk. It owns their safety (written, synced and renamed
// before anybody names them) and refuses to change, to interpret or to forget
// them. It also seals what only a key opens (Key, Seal), and keeps none of that.
package vault

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"honne"
)

// Vault is a directory of originals: ab/abcdef… below it. Its methods may be
// called from several goroutines and processes.
type Vault struct{ dir string }

// Original is an open original.
type Original struct{ *os.File }

// Open opens the vault in dir, creating the directory.
func Open(dir string) (*Vault, error) {
	if err := os.MkdirAll(filepath.Join(dir, incoming), 0o700); err != nil {
		return nil, fmt.Errorf("vault: open %s: %w", dir, err)
	}
	return &Vault{dir}, nil
}

// incoming holds files that are still being written.
const incoming = "incoming"

// Put keeps the bytes of r and returns their SHA-256 in lower hex and their
// number. When it returns without error they survive a loss of power; the same
// bytes a second time change nothing.
func (v *Vault) Put(ctx context.Context, r io.Reader) (sum string, size int64, err error) {
	tmp, err := os.CreateTemp(filepath.Join(v.dir, incoming), "put-")
	if err != nil {
		return "", 0, fmt.Errorf("vault: put: %w", err)
	}
	defer func() {
		if err != nil {
			tmp.Close()
			os.Remove(tmp.Name())
			err = fmt.Errorf("vault: put: %w", err)
		}
	}()
	hash := sha256.New()
	if size, err = io.Copy(io.MultiWriter(tmp, hash), reader{ctx, r}); err != nil {
		return "", 0, err
	}
	sum = hex.EncodeToString(hash.Sum(nil))
	return sum, size, v.keep(tmp, sum)
}

// keep syncs the file and moves it to its name.
func (v *Vault) keep(tmp *os.File, sum string) error {
	if err := errors.Join(tmp.Chmod(0o400), tmp.Sync(), tmp.Close()); err != nil {
		return err
	}
	path := v.path(sum)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	if err := os.Rename(tmp.Name(), path); err != nil {
		return err
	}
	return errors.Join(syncDir(filepath.Dir(path)), syncDir(v.dir))
}

func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

func (v *Vault) path(sum string) string { return filepath.Join(v.dir, sum[:2], sum) }

// Open opens the original of that SHA-256 and says how long it is;
// honne.ErrNotFound when it is not there.
func (v *Vault) Open(_ context.Context, sum string) (*Original, int64, error) {
	if !isSum(sum) {
		return nil, 0, fmt.Errorf("vault: open %q: not a SHA-256: %w", sum, honne.ErrInvalid)
	}
	f, err := os.Open(v.path(sum))
	if errors.Is(err, fs.ErrNotExist) {
		err = honne.ErrNotFound
	}
	if err != nil {
		return nil, 0, fmt.Errorf("vault: open %s: %w", sum, err)
	}
	info, err := f.Stat()
	if err != nil {
		return nil, 0, errors.Join(fmt.Errorf("vault: open %s: %w", sum, err), f.Close())
	}
	return &Original{f}, info.Size(), nil
}

func isSum(sum string) bool {
	raw, err := hex.DecodeString(sum)
	return err == nil && len(raw) == sha256.Size
}

// Holds reports whether the original of that SHA-256 is there, without opening it.
// Whether its bytes are still the same, Verify reads.
func (v *Vault) Holds(sum string) (bool, error) {
	if !isSum(sum) {
		return false, fmt.Errorf("vault: look for %q: not a SHA-256: %w", sum, honne.ErrInvalid)
	}
	_, err := os.Stat(v.path(sum))
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("vault: look for %s: %w", sum, err)
	}
	return true, nil
}

// Each gives every original to do, in the order of their names, with the length
// that it has now. What is written meanwhile may be among them or not.
func (v *Vault) Each(ctx context.Context, do func(sum string, size int64, bytes io.Reader) error) error {
	err := filepath.WalkDir(v.dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Base(filepath.Dir(path)) == incoming {
			return err
		}
		f, err := os.Open(path)
		if err != nil {
			return err
		}
		defer f.Close()
		info, err := f.Stat()
		if err != nil {
			return err
		}
		return do(d.Name(), info.Size(), reader{ctx, f})
	})
	if err != nil {
		return fmt.Errorf("vault: read originals: %w", err)
	}
	return nil
}

// Verify reads every original and compares its bytes with its name. The error
// names every one that differs.
func (v *Vault) Verify(ctx context.Context) error {
	var bad []error
	err := v.Each(ctx, func(name string, _ int64, bytes io.Reader) error {
		hash := sha256.New()
		_, err := io.Copy(hash, bytes)
		if sum := hex.EncodeToString(hash.Sum(nil)); err == nil && sum != name {
			bad = append(bad, fmt.Errorf("vault: verify: %s holds other bytes, with the sum %s: restore it from a backup", v.place(name), sum))
		}
		return err
	})
	return errors.Join(append(bad, err)...)
}

// place is where an original lies, for whoever has to look at it; its name may be
// none.
func (v *Vault) place(name string) string {
	if len(name) < 2 {
		return filepath.Join(v.dir, name)
	}
	return v.path(name)
}

// reader stops reading when its context ends.
type reader struct {
	ctx context.Context
	r   io.Reader
}

func (r reader) Read(p []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	return r.r.Read(p)
}
