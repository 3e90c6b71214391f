package outlook

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"fmt"
	"maps"
	"slices"
	"testing"
	"unicode/utf16"

	"golang.org/x/text/encoding/japanese"

	"honne/internal/honnetest"
)

// folder is a storage of a compound file while it is written: streams by name,
// and folders.
type folder struct {
	name    string
	streams map[string][]byte
	folders []*folder
}

// msgObject writes the properties of an object: a header, those of a fixed size,
// the others each in a stream of its own.
func msgObject(name string, header int, props []prop, folders ...*folder) *folder {
	f := &folder{name: name, streams: map[string][]byte{}, folders: folders}
	table := make([]byte, header)
	for _, p := range props {
		value := append(le(uint32(len(p.value))), 0, 0, 0, 0)
		if isFixed := p.kind == typeInt32 || p.kind == typeTime; isFixed {
			value = append(bytes.Clone(p.value), make([]byte, 8-len(p.value))...)
		} else if p.kind != typeObject {
			f.streams[fmt.Sprintf("__substg1.0_%04X%04X", p.id, p.kind)] = p.value
		}
		table = append(append(append(append(table, le(p.kind)...), le(p.id)...), 6, 0, 0, 0), value...)
	}
	f.streams[propertyStream] = table
	return f
}

const (
	noSector   = 0xFFFFFFFF
	lastSector = 0xFFFFFFFE
	fatSector  = 0xFFFFFFFD
)

// compoundWriter is a compound file while it is written: the directory, the
// streams below 4 KiB and those above it, with the chain of sectors of either.
type compoundWriter struct {
	dir, mini, big []byte
	fat, miniFAT   []uint32 // fat counts from the first sector of big
}

// chain adds a chain of n sectors to a table.
func chain(table []uint32, n int) []uint32 {
	for i := range n {
		next := uint32(len(table) + 1)
		if i == n-1 {
			next = lastSector
		}
		table = append(table, next)
	}
	return table
}

// entry adds an entry to the directory, with no neighbour and nothing below it.
func (w *compoundWriter) entry(name string, kind byte) int {
	e := make([]byte, 128)
	units := utf16.Encode([]rune(name))
	copy(e, le(units))
	binary.LittleEndian.PutUint16(e[64:], uint16(2*len(units)+2))
	e[66], e[67] = kind, 1
	for at := 68; at < 80; at += 4 {
		binary.LittleEndian.PutUint32(e[at:], noSector)
	}
	w.dir = append(w.dir, e...)
	return len(w.dir)/128 - 1
}

const ( // fields of an entry
	entryRight = 72
	entryChild = 76
	entryStart = 116
	entrySize  = 120
)

func (w *compoundWriter) put(at, field int, v uint32) {
	binary.LittleEndian.PutUint32(w.dir[128*at+field:], v)
}

// folder writes what is in a folder, whose entry there is. Its entries hang in a
// chain, each to the right of the one before.
func (w *compoundWriter) folder(f *folder, at int) {
	subs := map[string]*folder{}
	names := slices.Collect(maps.Keys(f.streams))
	for _, sub := range f.folders {
		subs[sub.name] = sub
		names = append(names, sub.name)
	}
	slices.SortFunc(names, func(a, b string) int { return cmp.Or(cmp.Compare(len(a), len(b)), cmp.Compare(a, b)) })
	before, field := at, entryChild
	for _, name := range names {
		kind := byte(2)
		if subs[name] != nil {
			kind = 1
		}
		e := w.entry(name, kind)
		w.put(before, field, uint32(e))
		if before, field = e, entryRight; kind == 1 {
			w.folder(subs[name], e)
		} else {
			w.stream(f.streams[name], e)
		}
	}
}

func (w *compoundWriter) stream(body []byte, at int) {
	w.put(at, entrySize, uint32(len(body)))
	switch n := len(body); {
	case n == 0:
		w.put(at, entryStart, lastSector)
	case n < 4096:
		w.put(at, entryStart, uint32(len(w.miniFAT)))
		w.miniFAT = chain(w.miniFAT, (n+63)/64)
		w.mini = padded(append(w.mini, body...), 64)
	default:
		w.put(at, entryStart, uint32(len(w.fat)))
		w.fat = chain(w.fat, (n+511)/512)
		w.big = padded(append(w.big, body...), 512)
	}
}

// append adds sectors after the streams; where they begin.
func (w *compoundWriter) append(part []byte) uint32 {
	first := len(w.fat)
	w.fat = chain(w.fat, len(part)/512)
	w.big = append(w.big, part...)
	return uint32(first)
}

// compoundFile writes a compound file of version 3, after MS-CFB.
func compoundFile(f *folder) []byte {
	w := &compoundWriter{}
	w.folder(f, w.entry("Root Entry", 5))
	links := le(w.miniFAT)
	for len(links)%512 != 0 {
		links = append(links, 0xFF)
	}
	w.put(0, entrySize, uint32(len(w.mini)))
	w.put(0, entryStart, w.append(padded(w.mini, 512)))
	return w.file(w.append(links), len(links)/512, w.append(padded(w.dir, 512)))
}

// file adds the table of sectors, and the header in front.
func (w *compoundWriter) file(links uint32, linkSectors int, dir uint32) []byte {
	tables, first := 1, len(w.fat)
	for 128*tables < first+tables {
		tables++
	}
	for range tables {
		w.fat = append(w.fat, fatSector)
	}
	for len(w.fat)%128 != 0 {
		w.fat = append(w.fat, noSector)
	}
	head := make([]byte, 512)
	copy(head, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")
	copy(head[24:], le([]uint16{0x3E, 3, 0xFFFE, 9, 6}))
	copy(head[44:], le([]uint32{uint32(tables), dir, 0, 4096, links, uint32(linkSectors), lastSector, 0}))
	for i := range 109 {
		sector := uint32(noSector)
		if i < tables {
			sector = uint32(first + i)
		}
		binary.LittleEndian.PutUint32(head[76+4*i:], sector)
	}
	return append(append(head, w.big...), le(w.fat)...)
}

func padded(b []byte, to int) []byte {
	return append(b, make([]byte, (to-len(b)%to)%to)...)
}

// saved writes the first message of store as Outlook saves it, in letters of
// Unicode or in those of Windows in Japan.
func saved(attached []byte, isUnicode bool) []byte {
	kind := func(props []prop) []prop {
		for i, p := range props {
			if p.kind == typeUnicode && !isUnicode {
				var units []uint16
				for b := p.value; len(b) > 0; b = b[2:] {
					units = append(units, le16(b))
				}
				b, _ := japanese.ShiftJIS.NewEncoder().Bytes([]byte(string(utf16.Decode(units))))
				props[i] = prop{p.id, typeString8, b}
			}
		}
		return props
	}
	to := func() *folder {
		return msgObject("__recip_version1.0_#00000000", headerOfOther, kind([]prop{text(pidName, "Anna Berg"), text(pidSMTP, "anna@nordlund.example"), whole(pidRecipientType, recipientTo)}))
	}
	inner := msgObject("__substg1.0_3701000D", headerOfEmbedded, kind(append(sender("suzuki@yamato.example.jp"), text(pidSubject, "社内資料"), text(pidBody, "社内用です。"))), to())
	return compoundFile(msgObject("", headerOfMessage, kind(append(sender("sato@yamato.example.jp"), text(pidSubject, "Re: 在庫の件"), text(pidMessageID, "<one@yamato.example.jp>"),
		text(pidBody, "お送りします。\r\n\r\n差出人: Anna\r\n送信日時: 昨日\r\n件名: 在庫の件\r\n\r\n在庫は？"), moment(pidSubmitted, noon), whole(pidCodepage, 932))), to(),
		msgObject("__attach_version1.0_#00000000", headerOfOther, kind([]prop{text(pidLongName, "売上_202504.csv"), whole(pidMethod, 1), {pidData, typeBinary, attached}})),
		msgObject("__attach_version1.0_#00000001", headerOfOther, kind([]prop{text(pidName, "社内資料"), whole(pidMethod, methodMessage), {pidData, typeObject, nil}}), inner)))
}

// TestSaved wants a message to be the same in either kind of letters, with
// attachments below and above the size that moves them out of the mini stream.
func TestSaved(t *testing.T) {
	for _, n := range []int{0, 1, 100, 200_000} {
		attached := bytes.Repeat([]byte("x"), n)
		got, old := told(t, readMessage(t, saved(attached, true)), ""), told(t, readMessage(t, saved(attached, false)), "")
		if got != old {
			t.Errorf("in Unicode:\n%s\nin Windows-31J:\n%s", got, old)
		}
		if n == 1 {
			honnetest.Golden(t, "testdata/saved.txt", []byte(got))
		}
	}
}

// TestSeedFiles writes the seeds that package intake makes damaged copies of.
func TestSeedFiles(t *testing.T) {
	csv := []byte("売上日,得意先名,品番,品名,数量,金額\n2025/4/1,東都病院,A1,鉗子,2,200\n2025/4/2,西都病院,A2,鉗子,3,300\n")
	honnetest.Golden(t, "../testdata/seeds/houkoku.msg", saved(csv, true))
	honnetest.Golden(t, "../testdata/seeds/jushin.pst", store(cryptPermute, 2, csv))
}
