package xls

import (
	"io"

	"honne/internal/intake/compound"
)

// encrypted is the stream of an .xlsx with a password.
const encrypted = "EncryptedPackage"

// source reads the records of a workbook from an offset on; each of its readers
// stands for itself.
type source func(at int64) (io.Reader, error)

// Sniff reports whether bytes begin like the records of a workbook without a
// compound file around them.
func Sniff(head []byte) bool {
	return len(head) >= 8 && le16(head) == recBOF && le16(head[4:]) == biff8 && le16(head[6:]) == isGlobals
}

// openSource finds the records of a workbook: in a compound file, or bare as
// some programs write them.
func openSource(r io.ReaderAt, size int64) (source, error) {
	head := make([]byte, 8)
	n, _ := r.ReadAt(head, 0)
	head = head[:n]
	switch {
	case compound.Sniff(head):
		return openCompound(r, size)
	case len(head) >= 4 && isBOF(le16(head)) && le16(head[2:]) <= 16:
		return func(at int64) (io.Reader, error) { return io.NewSectionReader(r, at, size-at), nil }, nil
	}
	return nil, &Error{Code: CodeNotOLE}
}

func openCompound(r io.ReaderAt, size int64) (source, error) {
	f, err := compound.Open(r, size)
	if err != nil {
		return nil, err
	}
	for _, name := range [...]string{"Workbook", "Book"} {
		if book, err := f.Stream(name); err != nil {
			return nil, err
		} else if book != nil {
			return book.At, nil
		}
	}
	if locked, _ := f.Stream(encrypted); locked != nil {
		return nil, &Error{Code: CodePassword}
	}
	return nil, &Error{Code: CodeNoWorkbook}
}
