package honnetest

import (
	"archive/zip"
	"bytes"
	"hash/crc32"
)

// Entry is a file of an archive.
type Entry struct {
	Name, Body string
	Locked     bool // marked as protected by a password, which nobody knows
}

// Zip packs files. Same entries, same bytes; what cannot be packed panics.
func Zip(entries ...Entry) []byte {
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, e := range entries {
		h := &zip.FileHeader{Name: e.Name, CRC32: crc32.ChecksumIEEE([]byte(e.Body)),
			CompressedSize64: uint64(len(e.Body)), UncompressedSize64: uint64(len(e.Body))}
		if e.Locked {
			h.Flags |= 1
		}
		w, err := z.CreateRaw(h)
		if err == nil {
			_, err = w.Write([]byte(e.Body))
		}
		if err != nil {
			panic(err)
		}
	}
	if err := z.Close(); err != nil {
		panic(err)
	}
	return out.Bytes()
}
