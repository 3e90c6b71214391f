package intake

import (
	"bytes"
	"errors"
	"io"
	"os"
)

// inMemory is how many bytes of an attachment are kept in memory; a larger one
// goes to a temporary file.
const inMemory = 4 << 20

// parcel holds one attachment at a time.
type parcel struct {
	head bytes.Buffer
	file *os.File // nil until the first large one
	size int64
	over bool // the attachment is in the file
}

// Write implements io.Writer.
func (p *parcel) Write(b []byte) (int, error) {
	p.size += int64(len(b))
	if !p.over && p.head.Len()+len(b) <= inMemory {
		return p.head.Write(b)
	}
	if !p.over {
		if err := p.spill(); err != nil {
			return 0, err
		}
	}
	return p.file.Write(b)
}

// spill moves what is in memory to the file.
func (p *parcel) spill() (err error) {
	if p.file == nil {
		if p.file, err = os.CreateTemp("", "honne-mail-*"); err != nil {
			return err
		}
	}
	if _, err = p.file.Seek(0, io.SeekStart); err == nil {
		err = p.file.Truncate(0)
	}
	if err == nil {
		_, err = p.file.Write(p.head.Bytes())
	}
	p.over = true
	return err
}

// bytes returns the attachment, which may be read until the next one is written.
func (p *parcel) bytes() (io.ReaderAt, int64) {
	if p.over {
		return p.file, p.size
	}
	return bytes.NewReader(p.head.Bytes()), p.size
}

func (p *parcel) reset() {
	p.head.Reset()
	p.size, p.over = 0, false
}

// close removes the file.
func (p *parcel) close() error {
	if p.file == nil {
		return nil
	}
	return errors.Join(p.file.Close(), os.Remove(p.file.Name()))
}
