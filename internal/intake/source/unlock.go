package source

import (
	"context"
	"errors"
	"io"

	"honne"
	"honne/internal/intake/compound"
	"honne/internal/intake/pdf"
	"honne/internal/intake/xls"
)

// silentPassword is the one with which Excel locks a workbook whose structure
// is protected and that nobody gave a password (MS-OFFCRYPTO 2.4.2.3).
const silentPassword = "VelvetSweatshop"

// Unlock opens a workbook, a document or a PDF that a password protects and
// returns its bytes; "" is the password that Excel sets by itself. A
// file that is not locked, or does not open with this password, is a
// *honne.Invalid, and so is one that is found damaged while it is read.
// The password is not kept.
func Unlock(ctx context.Context, f honne.File, password string) (io.Reader, error) {
	r, err := unlock(ctx, f, password)
	if err != nil {
		return nil, refused(ctx, err)
	}
	return unlocked{ctx, r}, nil
}

func unlock(ctx context.Context, f honne.File, password string) (io.Reader, error) {
	if pdf.Sniff(HeadOf(f)) {
		return pdf.Unlock(ctx, f.Bytes, f.Size, password)
	}
	if password == "" {
		password = silentPassword
	}
	c, err := compound.Open(f.Bytes, f.Size)
	if err != nil {
		return nil, err
	}
	r, _, err := c.Unlock(ctx, password)
	if code, _ := fault(err); code == compound.CodeNotLocked {
		return xls.Unlock(ctx, f.Bytes, f.Size, password)
	}
	return r, err
}

// refused turns the fault of a locked file into what is said at its form.
func refused(ctx context.Context, err error) error {
	var fault *compound.Error
	if ctx.Err() != nil || !errors.As(err, &fault) {
		return err
	}
	return &honne.Invalid{Field: "file-password", What: Unreadable(err).What}
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
