package outlook

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"honne/internal/intake/compound"
)

// propertyStream holds the properties of an object in a .msg (MS-OXMSG 2.4): a
// header of a length by the kind of object, then 16 bytes a property.
const propertyStream = "__properties_version1.0"

const (
	headerOfMessage  = 32
	headerOfEmbedded = 24
	headerOfOther    = 8
)

// messageObject reads a message that stands in a folder.
func messageObject(f *compound.Folder, header int, named func(string, uint32) (uint16, bool)) (*object, error) {
	o, err := folderObject(f, header, "")
	if err != nil {
		return nil, err
	}
	o.label = codepage(o.number(pidCodepage))
	if o.label == "" {
		o.label = codepage(o.number(pidInternetCode))
	}
	o.named = named
	o.recipients = func() ([]*object, error) { return eachIn(f, "__recip_version1.0_#", o.label) }
	o.files = func() ([]*object, error) {
		list, err := eachIn(f, "__attach_version1.0_#", o.label)
		for _, a := range list {
			if inner := a.folder.Folders["__substg1.0_3701000D"]; inner != nil {
				a.within = func() (*object, error) { return messageObject(inner, headerOfEmbedded, named) }
			}
		}
		return list, err
	}
	return o, nil
}

// partNames are the folders of recipients, or of attachments.
func partNames(f *compound.Folder, prefix string) (out []string) {
	for _, name := range f.Names {
		if strings.HasPrefix(name, prefix) {
			out = append(out, name)
		}
	}
	slices.Sort(out)
	return out
}

// eachIn reads the recipients, or the attachments; with an error come those that
// can be read.
func eachIn(f *compound.Folder, prefix, label string) (out []*object, damage error) {
	for _, name := range partNames(f, prefix) {
		o, err := folderObject(f.Folders[name], headerOfOther, label)
		if err != nil {
			damage = err
			continue
		}
		out = append(out, o)
	}
	return out, damage
}

// folderObject reads the properties of an object: those of a fixed size stand in
// one stream, each of the others in one of its own.
func folderObject(f *compound.Folder, header int, label string) (*object, error) {
	o := &object{props: map[uint16]property{}, label: label, folder: f}
	if s := f.Streams[propertyStream]; s != nil {
		raw, err := readStream(s, maxValue)
		if err != nil {
			return nil, &Error{Code: CodeTruncated, Err: err}
		}
		for raw = raw[min(header, len(raw)):]; len(raw) >= 16; raw = raw[16:] {
			o.props[le16(raw[2:])] = property{kind: le16(raw), fixed: le64(raw[8:])}
		}
	}
	for name, s := range f.Streams {
		tag, ok := strings.CutPrefix(name, "__substg1.0_")
		n, err := strconv.ParseUint(tag, 16, 32)
		if !ok || len(tag) != 8 || err != nil {
			continue
		}
		o.props[uint16(n>>16)] = property{kind: uint16(n), size: s.Size, open: func() (io.Reader, error) { return s.At(0) }}
	}
	return o, nil
}

func readStream(s *compound.Stream, limit int64) ([]byte, error) {
	r, err := s.At(0)
	if err != nil {
		return nil, err
	}
	return io.ReadAll(io.LimitReader(r, min(s.Size, limit)))
}

// namesOf reads the table of properties that have no fixed number (MS-OXMSG
// 2.2.3): 8 bytes each, an identifier in a set, then which number it has here.
func namesOf(root *compound.Folder) func(string, uint32) (uint16, bool) {
	f := root.Folders["__nameid_version1.0"]
	var sets, entries []byte
	if f != nil && f.Streams["__substg1.0_00020102"] != nil && f.Streams["__substg1.0_00030102"] != nil {
		sets, _ = readStream(f.Streams["__substg1.0_00020102"], maxValue)
		entries, _ = readStream(f.Streams["__substg1.0_00030102"], maxValue)
	}
	return namedIn(sets, entries)
}

// namedIn finds a property by its set and identifier.
func namedIn(sets, entries []byte) func(string, uint32) (uint16, bool) {
	return func(set string, id uint32) (uint16, bool) {
		want := guidOf(set)
		for e := entries; len(e) >= 8; e = e[8:] {
			kind, at := le16(e[4:]), int(le16(e[4:])>>1)-3
			if kind&1 != 0 || le32(e) != id || at < 0 || 16*at+16 > len(sets) || !bytes.Equal(sets[16*at:16*at+16], want) {
				continue
			}
			return 0x8000 + le16(e[6:]), true
		}
		return 0, false
	}
}

// guidOf writes a GUID as it stands in a file: three fields little-endian.
func guidOf(s string) []byte {
	var a uint32
	var b, c uint16
	var d uint64
	if _, err := fmt.Sscanf(strings.ReplaceAll(s, "-", ""), "%8x%4x%4x%16x", &a, &b, &c, &d); err != nil {
		return nil
	}
	out := binary.LittleEndian.AppendUint32(nil, a)
	out = binary.LittleEndian.AppendUint16(out, b)
	out = binary.LittleEndian.AppendUint16(out, c)
	return binary.BigEndian.AppendUint64(out, d)
}
