package job

import (
	"context"
	"errors"
	"fmt"
	"strconv"

	"honne"
	"honne/internal/intake/source"
	"honne/internal/vault"
)

// openedKey names the setting that says which bytes of the vault are the opened
// copy of a locked file.
func openedKey(id honne.FileID) string { return "opened." + strconv.FormatInt(int64(id), 10) }

// open opens the bytes of a file that are read: the original, or the opened copy
// of one that was locked.
func (w *Works) open(ctx context.Context, f honne.StoredFile) (*vault.Original, int64, error) {
	sum, found, err := w.Store.Setting(ctx, openedKey(f.ID))
	if err != nil {
		return nil, 0, err
	}
	if !found {
		sum = f.SHA256
	}
	return w.Vault.Open(ctx, sum)
}

// Unlock opens a file that waits for its password: a workbook or document gets
// an opened copy beside the original, which every later reading and look uses;
// the locked files in an archive become files of their own. The file, or what is
// in it, then waits for Read. The password is used once and kept nowhere; one
// that does not open the file is a *honne.Invalid, a file that does not wait for
// one honne.ErrConflict.
func (w *Works) Unlock(ctx context.Context, id honne.FileID, password string) error {
	err := w.unlock(ctx, id, password)
	if err != nil {
		return fmt.Errorf("job: unlock file %d: %w", id, err)
	}
	return nil
}

func (w *Works) unlock(ctx context.Context, id honne.FileID, password string) error {
	f, err := w.Store.File(ctx, id)
	if err != nil {
		return err
	}
	r, err := w.Store.Reading(ctx, id)
	switch {
	case err != nil:
		return err
	case !r.Locked():
		return honne.ErrConflict
	case !r.Format.Holds():
		return w.keepOpened(ctx, f, password)
	}
	before := len(r.Inside)
	if r, err = w.readAgain(ctx, f, password); err == nil && r.Locked() && len(r.Inside) == before {
		err = &honne.Invalid{Field: "file-password", What: honne.Say("problem.wrong-password")}
	}
	return err
}

// keepOpened keeps the opened copy of a file.
func (w *Works) keepOpened(ctx context.Context, f honne.StoredFile, password string) error {
	bytes, size, err := w.Vault.Open(ctx, f.SHA256)
	if err != nil {
		return err
	}
	defer bytes.Close()
	opened, err := source.Unlock(ctx, honne.File{Name: f.Path, Size: size, Bytes: bytes}, password)
	if err != nil {
		return err
	}
	sum, _, err := w.Vault.Put(ctx, opened)
	if err != nil {
		return err
	}
	return w.Store.SetSetting(ctx, openedKey(f.ID), sum)
}

// openSilently opens a workbook that is locked with the password that Excel sets
// by itself, and reports whether it is one.
func (w *Works) openSilently(ctx context.Context, f honne.StoredFile) (bool, error) {
	if _, opened, err := w.Store.Setting(ctx, openedKey(f.ID)); opened || err != nil {
		return false, err
	}
	err := w.keepOpened(ctx, f, "")
	var invalid *honne.Invalid
	if errors.As(err, &invalid) {
		return false, nil
	}
	return err == nil, err
}
