package intake

import (
	"context"
	"errors"
	"io"

	"honne"
	"honne/internal/intake/compound"
)

// silentPassword is the one with which Excel locks a workbook whose structure
// is protected and that nobody gave a password (MS-OFFCRYPTO 2.4.2.3).
const silentPassword = "VelvetSweatshop"

// Unlock opens a workbook or document that a password protects and returns its
// bytes and how many they are; "" is the password that Excel sets by itself. A
// file that is not locked, or does not open with this password, is a
// *honne.Invalid, and so is one that is found damaged while it is read.
// The password is not kept.
func Unlock(ctx context.Context, f honne.File, password string) (io.Reader, int64, error) {
	if password == "" {
		password = silentPassword
	}
	c, err := compound.Open(f.Bytes, f.Size)
	if err != nil {
		return nil, 0, refused(ctx, err)
	}
	r, size, err := c.Unlock(ctx, password)
	if err != nil {
		return nil, 0, refused(ctx, err)
	}
	return unlocked{ctx, r}, size, nil
}

// refused turns the fault of a locked file into what is said at its form.
func refused(ctx context.Context, err error) error {
	var fault *compound.Error
	if ctx.Err() != nil || !errors.As(err, &fault) {
		return err
	}
	return &honne.Invalid{Field: "file-password", What: unreadable(err).What}
}

// unlocked is a reader whose faults are said too.
type unlocked struct {
	ctx context.Context
	r   io.Reader
}

// Read implements io.Reader.
func (u unlocked) Read(p []byte) (int, error) {
	n, err := u.r.Read(p)
	if err != nil && err != io.EOF {
		err = refused(u.ctx, err)
	}
	return n, err
}
