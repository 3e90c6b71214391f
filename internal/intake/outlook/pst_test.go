package outlook

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding/japanese"

	"honne/internal/honnetest"
	"honne/internal/intake/mail"
)

const noon = 1_747_191_600 // 14 May 2025, 12:00 in Japan

// letter writes a message: who wrote it, to whom, what it says.
func (w *pstWriter) letter(id uint32, props []prop, to string, files []node) node {
	people := w.table(nodePeople, []uint16{pidName, pidSMTP, pidRecipientType}, []uint16{typeUnicode, typeUnicode, typeInt32},
		[][]prop{{text(pidName, "Anna Berg"), text(pidSMTP, to), whole(pidRecipientType, recipientTo)}, {text(pidSMTP, "cc@nordlund.example"), whole(pidRecipientType, recipientCc)}})
	return w.object(id, append(props, moment(pidSubmitted, noon)), append(files, people))
}

func sender(addr string) []prop {
	return []prop{text(pidSenderName, "佐藤 健一"), text(pidSenderType, "SMTP"), text(pidSenderAddress, addr)}
}

// store writes a mailbox of everything that is read.
func store(crypt byte, letters int, attached []byte) []byte {
	w := &pstWriter{crypt: crypt}
	html, _ := japanese.ShiftJIS.NewEncoder().Bytes([]byte("<p>6月末の在庫は320個です。</p>"))
	inner := w.letter(0x20<<5|kindMessage, append(sender("suzuki@yamato.example.jp"), text(pidSubject, "社内資料"), text(pidBody, "社内用です。")), "sato@yamato.example.jp", nil)
	files := []node{
		w.object(1<<5|kindAttachment, []prop{text(pidLongName, "売上_202504.csv"), whole(pidMethod, 1), {pidData, typeBinary, attached}}, nil),
		w.object(2<<5|kindAttachment, []prop{text(pidName, "社内資料"), whole(pidMethod, methodMessage), {pidData, typeObject, append(le(inner.id), 0, 0, 0, 0)}}, []node{inner}),
	}
	w.nodes = append(w.nodes,
		w.letter(0x100<<5|kindMessage, append(sender("sato@yamato.example.jp"), text(pidSubject, "\x01\x05Re: 在庫の件"), text(pidBody, "お送りします。\r\n\r\n差出人: Anna\r\n送信日時: 昨日\r\n件名: 在庫の件\r\n\r\n在庫は？"),
			text(pidMessageID, "<one@yamato.example.jp>"), text(pidInReplyTo, "<zero@nordlund.example>")), "anna@nordlund.example", files),
		w.letter(0x101<<5|kindMessage, append(sender("sato@yamato.example.jp"), text(pidSubject, "在庫"), whole(pidInternetCode, 932), prop{pidHTML, typeBinary, html}), "anna@nordlund.example", nil),
		w.letter(0x102<<5|kindMessage, []prop{text(pidSenderType, "EX"), text(pidSenderAddress, "/O=NORDLUND/CN=RECIPIENTS/CN=ANNA"), text(pidBody, "いつ届きますか。")}, "sato@yamato.example.jp", nil),
		w.letter(0x103<<5|kindMessage, append(sender("anna@nordlund.example"), whole(pidFlags, flagUnsent), text(pidBody, "下書き")), "x@y.example", nil),
		w.letter(0x104<<5|kindMessage, append(sender("anna@nordlund.example"), text(pidClass, "IPM.Schedule.Meeting.Request"), moment(0x8001, noon+86_400), prop{0x8002, typeBinary, []byte("meeting-1")}), "sato@yamato.example.jp", nil),
		w.object(nodeNames, []prop{{2, typeBinary, append(guidOf(setAppointment), guidOf(setMeeting)...)},
			{3, typeBinary, append(append(le(uint32(lidStarts)), le([]uint16{3 << 1, 1})...), append(le(uint32(lidObject)), le([]uint16{4 << 1, 2})...)...)}}, nil))
	for i := range letters {
		w.nodes = append(w.nodes, w.letter(uint32(0x200+i)<<5|kindMessage, append(sender("sato@yamato.example.jp"), text(pidBody, fmt.Sprintf("%d通目", i))), "anna@nordlund.example", nil))
	}
	return w.bytes()
}

func readStore(t testing.TB, raw []byte) (list []*mail.Message, said string) {
	t.Helper()
	s, err := OpenStore(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		t.Fatal(err)
	}
	for m, err := range s.Messages(context.Background()) {
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, m)
		if len(list) <= 4 {
			said += fmt.Sprintf("%d ", m.N) + told(t, m, "")
		}
	}
	return list, said
}

const storeSays = `1 subject Re: 在庫の件
from sato@yamato.example.jp
to anna@nordlund.example
at 2025-05-14T03:00:00Z
text お送りします。
file 売上_202504.csv unknown 
  subject 社内資料
  from suzuki@yamato.example.jp
  to sato@yamato.example.jp
  at 2025-05-14T03:00:00Z
  text 社内用です。
2 subject 在庫
from sato@yamato.example.jp
to anna@nordlund.example
at 2025-05-14T03:00:00Z
text 6月末の在庫は320個です。
3 subject 
from anna@exchange.invalid
to sato@yamato.example.jp
at 2025-05-14T03:00:00Z
text いつ届きますか。
5 subject 
from anna@nordlund.example
to sato@yamato.example.jp
at 2025-05-14T03:00:00Z
text 
`

// TestStore reads a mailbox in each encoding, with attachments of one block, of
// a list of blocks, and of a list of lists.
func TestStore(t *testing.T) {
	for _, crypt := range []byte{cryptNone, cryptPermute, cryptCyclic} {
		for _, size := range []int{10, 100_000, 9_000_000} {
			attached := bytes.Repeat([]byte("0123456789"), size/10)
			list, said := readStore(t, store(crypt, 400, attached))
			if said != storeSays {
				t.Fatalf("encoding %d: %s", crypt, said)
			}
			if len(list) != 404 || list[0].ID != "one@yamato.example.jp" || strings.Join(list[0].References, " ") != "zero@nordlund.example" || len(list[0].Cc) != 1 {
				t.Fatalf("%d messages, %+v", len(list), list[0].Head)
			}
			b, err := list[0].Read()
			var w bytes.Buffer
			if err == nil {
				err = b.Files[0].Write(&w)
			}
			if err != nil || !bytes.Equal(w.Bytes(), attached) {
				t.Errorf("encoding %d: an attachment of %d bytes, want %d: %v", crypt, w.Len(), size, err)
			}
			meeting, err := list[3].Read()
			if err != nil || len(meeting.Invites) != 1 || meeting.Invites[0].Starts.Unix() != noon+86_400 || meeting.Invites[0].UID != "6d656574696e672d31" {
				t.Errorf("%+v, %v", meeting.Invites, err)
			}
			if last, err := list[403].Read(); err != nil || last.Text != "399通目" {
				t.Errorf("the last says %q, %v", last.Text, err)
			}
		}
	}
}

func TestTables(t *testing.T) {
	for x := range 256 {
		if cipherI[cipherR[x]] != byte(x) || cipherS[cipherS[x]] != byte(x) {
			t.Fatalf("the tables of the encoding are wrong at %d", x)
		}
	}
	b := []byte("any text, and 日本語")
	c := bytes.Clone(b)
	decode(cryptCyclic, 0x12345678, c)
	if bytes.Equal(b, c) {
		t.Error("the cyclic encoding does nothing")
	}
	if decode(cryptCyclic, 0x12345678, c); !bytes.Equal(b, c) {
		t.Error("the cyclic encoding is not its own inverse")
	}
}

func TestStoreRefused(t *testing.T) {
	good := store(cryptPermute, 0, nil)
	for _, c := range []struct {
		name   string
		change func(b []byte) []byte
		want   string
	}{
		{"cut off", func(b []byte) []byte { return b[:300] }, CodeTruncated},
		{"of Outlook 2002", func(b []byte) []byte { b[10] = 14; return b }, CodeOldPST},
		{"of large pages", func(b []byte) []byte { copy(b[8:], "SO$"); return b }, CodeOST},
		{"encrypted by Windows", func(b []byte) []byte { b[513] = cryptWindows; return b }, CodeLocked},
		{"an unknown encoding", func(b []byte) []byte { b[513] = 9; return b }, CodePST},
		{"no tree", func(b []byte) []byte { copy(b[224:], make([]byte, 8)); return b }, CodeTruncated},
		{"a tree that is none", func(b []byte) []byte { copy(b[224:], le(uint64(0x400))); return b }, CodePST},
		{"another file", func(b []byte) []byte { return bytes.Repeat([]byte("x"), 2000) }, CodePST},
	} {
		raw := c.change(bytes.Clone(good))
		_, err := OpenStore(bytes.NewReader(raw), int64(len(raw)))
		var e *Error
		if !errors.As(err, &e) || e.Code != c.want {
			t.Errorf("%s: %v, want %s", c.name, err, c.want)
		}
	}
}

// TestDamagedStore cuts and damages a mailbox everywhere: nothing panics or
// hangs, and memory stays small.
func TestDamagedStore(t *testing.T) {
	good := store(cryptPermute, 60, bytes.Repeat([]byte("x"), 50_000))
	honnetest.Bounded(t, "a damaged mailbox", func() {
		for i := range 400 {
			at := len(good) * i / 400
			damaged := bytes.Clone(good)
			for k := at; k < min(at+1+i%9, len(good)); k++ {
				damaged[k] ^= byte(31*i + k + 1)
			}
			checkStore(t, damaged, 2000)
			if i%8 == 0 {
				checkStore(t, good[:at], 2000)
			}
		}
	})
}

func checkStore(t *testing.T, raw []byte, most int) {
	s, err := OpenStore(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		return
	}
	n := 0
	for m, err := range s.Messages(context.Background()) {
		if n++; err != nil || n > most {
			return
		}
		checkBody(t, m, len(raw))
	}
}

// TestMissingBlocks wants of an attachment the blocks before one that is gone, and
// a word on it; one that is empty is whole.
func TestMissingBlocks(t *testing.T) {
	const whole, full, rest = -1, 3*room + 100, 2
	for _, c := range []struct{ size, gone, want int }{
		{0, whole, 0}, {full, whole, full}, {full, 0, 0}, {full, rest, 2 * room}, {full, rest + 1, 3 * room},
	} {
		w := &pstWriter{}
		first := len(w.blocks)
		file := w.object(1<<5|kindAttachment, []prop{text(pidLongName, "売上.csv"), {pidData, typeBinary, make([]byte, c.size)}}, nil)
		w.nodes = append(w.nodes, w.letter(0x100<<5|kindMessage, sender("sato@yamato.example.jp"), "anna@nordlund.example", []node{file}))
		if c.gone != whole {
			w.blocks = slices.Delete(w.blocks, first+c.gone, first+c.gone+1)
		}
		b := bodyOf(t, w.bytes())
		var got bytes.Buffer
		var broken *mail.Broken
		err := b.Files[0].Write(&got)
		if got.Len() != c.want || errors.As(err, &broken) != (c.gone != whole) || err != nil && broken == nil {
			t.Errorf("without block %d of %d bytes: %d, want %d; %v", c.gone, c.size, got.Len(), c.want, err)
		}
	}
}

// bodyOf reads the only message of a mailbox, which has one attachment.
func bodyOf(t *testing.T, raw []byte) (b mail.Body) {
	t.Helper()
	s, err := OpenStore(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		t.Fatal(err)
	}
	for m, err := range s.Messages(context.Background()) {
		if err != nil {
			t.Fatal(err)
		}
		if b, err = m.Read(); err != nil || len(b.Files) != 1 {
			t.Fatal(b, err)
		}
	}
	return b
}

// TestMissingPeople wants a message whose recipients are damaged to say so.
func TestMissingPeople(t *testing.T) {
	w := &pstWriter{}
	w.nodes = append(w.nodes, w.letter(0x100<<5|kindMessage, append(sender("sato@yamato.example.jp"), text(pidBody, "在庫です。")), "anna@nordlund.example", nil))
	w.blocks = w.blocks[1:] // the table of recipients is written first
	if _, said := readStore(t, w.bytes()); !strings.Contains(said, "在庫です。") || !strings.Contains(said, "fault "+mail.CodeCut) {
		t.Error(said)
	}
}

// TestSharedStore wants a mailbox whose messages all share one long attachment,
// or whose tree meets the same pages again and again, to end soon.
func TestSharedStore(t *testing.T) {
	w := &pstWriter{}
	one := w.letter(0x100<<5|kindMessage, append(sender("sato@yamato.example.jp"), text(pidBody, strings.Repeat("在庫の件です。", 200))), "anna@nordlund.example", []node{
		w.object(1<<5|kindAttachment, []prop{text(pidLongName, "売上.csv"), whole(pidMethod, 1), {pidData, typeBinary, make([]byte, 2<<20)}}, nil)})
	for i := range uint32(60_000) {
		w.nodes = append(w.nodes, node{(0x100+i)<<5 | kindMessage, one.data, one.sub})
	}
	checkEnds(t, "shared", w.bytes())

	raw := store(cryptNone, 0, nil)
	root := int64(le64(raw[224:]))
	for level := byte(1); level < maxLevels; level++ { // each lists the one below it twenty times
		page := make([]byte, pageSize)
		for i := range 20 {
			copy(page[24*i:], le([]uint64{uint64(i), 0, uint64(root)}))
		}
		copy(page[488:], []byte{20, 20, 24, level, 0, 0, 0, 0, pageOfNodes, pageOfNodes})
		root = int64(len(raw))
		raw = append(raw, page...)
	}
	copy(raw[224:], le(uint64(root)))
	checkEnds(t, "tree", raw)
}

// checkEnds reads a store whole, within time and memory.
func checkEnds(t *testing.T, name string, raw []byte) {
	t.Helper()
	t.Logf("%s: %d KiB", name, len(raw)>>10)
	honnetest.Bounded(t, name, func() { checkStore(t, raw, 1<<30) })
}

func FuzzStore(f *testing.F) {
	f.Add(store(cryptNone, 1, []byte("a,b\n")))
	f.Add(store(cryptCyclic, 20, bytes.Repeat([]byte("x"), 10_000)))
	f.Fuzz(func(t *testing.T, raw []byte) { checkStore(t, raw, 2000) })
}
