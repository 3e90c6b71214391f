package outlook

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"fmt"
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

// compoundFile writes a compound file of version 3, after MS-CFB. Entries of one
// folder hang in a chain, each to the right of the one before.
func compoundFile(root *folder) []byte {
	var dir, mini, big []byte
	var fat, miniFAT []uint32 // fat counts from the first sector of big
	chain := func(table []uint32, n int) []uint32 {
		for i := range n {
			next := uint32(len(table) + 1)
			if i == n-1 {
				next = lastSector
			}
			table = append(table, next)
		}
		return table
	}
	var entry func(name string, kind byte) int
	entry = func(name string, kind byte) int {
		e := make([]byte, 128)
		units := utf16.Encode([]rune(name))
		copy(e, le(units))
		binary.LittleEndian.PutUint16(e[64:], uint16(2*len(units)+2))
		e[66], e[67] = kind, 1
		for at := 68; at < 80; at += 4 {
			binary.LittleEndian.PutUint32(e[at:], noSector)
		}
		dir = append(dir, e...)
		return len(dir)/128 - 1
	}
	put := func(at, field int, v uint32) { binary.LittleEndian.PutUint32(dir[128*at+field:], v) }
	var write func(f *folder, at int)
	write = func(f *folder, at int) {
		type item struct {
			name string
			body []byte
			sub  *folder
		}
		var list []item
		for name, body := range f.streams {
			list = append(list, item{name: name, body: body})
		}
		for _, sub := range f.folders {
			list = append(list, item{name: sub.name, sub: sub})
		}
		slices.SortFunc(list, func(a, b item) int {
			return cmp.Or(cmp.Compare(len(a.name), len(b.name)), cmp.Compare(a.name, b.name))
		})
		before := -1
		for _, it := range list {
			kind := byte(2)
			if it.sub != nil {
				kind = 1
			}
			e := entry(it.name, kind)
			if before < 0 {
				put(at, 76, uint32(e))
			} else {
				put(before, 72, uint32(e))
			}
			before = e
			switch n := len(it.body); {
			case it.sub != nil:
				write(it.sub, e)
				continue
			case n == 0:
				put(e, 116, lastSector)
			case n < 4096:
				put(e, 116, uint32(len(miniFAT)))
				miniFAT = chain(miniFAT, (n+63)/64)
				mini = padded(append(mini, it.body...), 64)
			default:
				put(e, 116, uint32(len(fat)))
				fat = chain(fat, (n+511)/512)
				big = padded(append(big, it.body...), 512)
			}
			put(e, 120, uint32(len(it.body)))
		}
	}
	write(root, entry("Root Entry", 5))
	dir, small := padded(dir, 512), padded(le(miniFAT), 512)
	for i := 4 * len(miniFAT); i < len(small); i++ {
		small[i] = 0xFF
	}
	// What follows the streams: mini stream, its table, the directory, the table.
	starts := make([]uint32, 0, 3)
	for _, part := range [][]byte{padded(mini, 512), small, dir} {
		starts = append(starts, uint32(len(fat)))
		fat = chain(fat, len(part)/512)
		big = append(big, part...)
	}
	binary.LittleEndian.PutUint32(big[512*starts[2]+116:], starts[0])
	binary.LittleEndian.PutUint32(big[512*starts[2]+120:], uint32(len(mini)))
	tables := 1
	for 128*tables < len(fat)+tables {
		tables++
	}
	first := len(fat)
	for range tables {
		fat = append(fat, fatSector)
	}
	for len(fat)%128 != 0 {
		fat = append(fat, noSector)
	}
	head := make([]byte, 512)
	copy(head, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")
	copy(head[24:], le([]uint16{0x3E, 3, 0xFFFE, 9, 6}))
	copy(head[44:], le([]uint32{uint32(tables), starts[2], 0, 4096, starts[1], uint32(len(small) / 512), lastSector, 0}))
	for i := range 109 {
		sector := uint32(noSector)
		if i < tables {
			sector = uint32(first + i)
		}
		binary.LittleEndian.PutUint32(head[76+4*i:], sector)
	}
	return append(append(head, big...), le(fat)...)
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
	for _, n := range []int{1, 100, 200_000} {
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
