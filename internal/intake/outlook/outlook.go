// Package outlook reads the files of Outlook: a message (.msg, MS-OXMSG) and a
// mailbox (.pst in its Unicode form, MS-PST). Both hold objects with properties
// (MS-OXPROPS), of which it makes the Messages of package mail. It reads only,
// streams attachments, and trusts no length, offset or nesting: what is damaged
// is left out, or ends the file with a Fault. It knows nothing of whose a message
// is.
package outlook

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"io"
	"iter"
	"strings"

	"honne/internal/intake/charset"
	"honne/internal/intake/compound"
	"honne/internal/intake/grid"
	"honne/internal/intake/mail"
)

// Error says why a file could not be opened.
type Error = grid.Fault

// The codes of an Error. Those that package compound has as well mean the same.
const (
	CodeTruncated = "truncated"
	CodeTooLarge  = "too-large"
	CodeOldPST    = "old-pst"    // the form of Outlook 97 to 2002
	CodeOST       = "ost"        // the copy that Outlook 2013 and later keep of a mailbox on a server
	CodePST       = "pst"        // damaged, or of a kind that is not read
	CodeLocked    = "locked-pst" // encrypted by Windows for one person
)

const (
	maxDepth = 10      // messages within each other
	maxText  = 1 << 20 // bytes of text of one message, in UTF-8
	maxValue = 8 << 20 // bytes of a property that is no attachment
)

// OpenMessage opens a message. ok is false when the compound file is none.
func OpenMessage(r io.ReaderAt, size int64) (m *mail.Message, ok bool, err error) {
	f, err := compound.Open(r, size)
	if err != nil {
		return nil, false, err
	}
	root := f.Root()
	if root.Streams[propertyStream] == nil || root.Streams["Workbook"] != nil {
		return nil, false, nil
	}
	o, err := messageObject(root, headerOfMessage, namesOf(root))
	if err != nil {
		return nil, true, err
	}
	return o.message(1, 0), true, nil
}

// Messages gives the one message of a file, as a mailbox does.
func Messages(m *mail.Message) func(context.Context) iter.Seq2[*mail.Message, error] {
	return func(context.Context) iter.Seq2[*mail.Message, error] {
		return func(yield func(*mail.Message, error) bool) { yield(m, nil) }
	}
}

// object is a message, a recipient or an attachment, whatever file it is in.
type object struct {
	props      map[uint16]property
	label      string           // encoding of its texts of eight bits
	folder     *compound.Folder // of a .msg
	recipients func() ([]*object, error)
	files      func() ([]*object, error)
	within     func() (*object, error) // the message that an attachment is; nil for none
	named      func(set string, id uint32) (uint16, bool)
}

// property is a value: fixed, or what open reads.
type property struct {
	kind  uint16
	fixed uint64
	size  int64
	open  func() (io.Reader, error)
}

// The types of properties (MS-OXCDATA 2.11.1).
const (
	typeInt32   = 0x0003
	typeBool    = 0x000B
	typeObject  = 0x000D
	typeString8 = 0x001E
	typeUnicode = 0x001F
	typeTime    = 0x0040
	typeBinary  = 0x0102
)

// The properties that are read (MS-OXPROPS).
const (
	pidClass         = 0x001A
	pidSubject       = 0x0037
	pidSubmitted     = 0x0039
	pidSentName      = 0x0042
	pidStarts        = 0x0060
	pidSentType      = 0x0064
	pidSentAddress   = 0x0065
	pidHeaders       = 0x007D
	pidRecipientType = 0x0C15
	pidSenderName    = 0x0C1A
	pidSenderType    = 0x0C1E
	pidSenderAddress = 0x0C1F
	pidDelivered     = 0x0E06
	pidBody          = 0x1000
	pidRTF           = 0x1009
	pidHTML          = 0x1013
	pidMessageID     = 0x1035
	pidReferences    = 0x1039
	pidInReplyTo     = 0x1042
	pidName          = 0x3001
	pidAddressType   = 0x3002
	pidAddress       = 0x3003
	pidData          = 0x3701
	pidShortName     = 0x3704
	pidMethod        = 0x3705
	pidLongName      = 0x3707
	pidMIMEType      = 0x370E
	pidContentID     = 0x3712
	pidSMTP          = 0x39FE
	pidCodepage      = 0x3FFD
	pidInternetCode  = 0x3FDE
	pidSenderSMTP    = 0x5D01
	pidSentSMTP      = 0x5D02
	pidHidden        = 0x7FFE
)

// number returns a whole number, 0 when there is none.
func (o *object) number(id uint16) int {
	p := o.props[id]
	if p.kind != typeInt32 && p.kind != typeBool {
		return 0
	}
	return int(int32(uint32(p.fixed)))
}

// bytes reads a property up to a limit.
func (o *object) bytes(id uint16, limit int64) []byte {
	p, ok := o.props[id]
	if !ok || p.open == nil {
		return nil
	}
	r, err := p.open()
	if err != nil {
		return nil
	}
	b, _ := io.ReadAll(io.LimitReader(r, min(limit, max(p.size, 0)))) // as far as it can be read
	return b
}

// text returns a text, "" when there is none.
func (o *object) text(id uint16) string {
	b := o.bytes(id, maxText)
	switch o.props[id].kind {
	case typeUnicode:
		text, _, _ := charset.Labelled(b, "utf-16le")
		return strings.TrimRight(text, "\x00")
	case typeString8:
		text, _, _ := charset.Labelled(bytes.TrimRight(b, "\x00"), o.label)
		return text
	}
	return ""
}

// codepage is the label of a code page of Windows; "" for one that says nothing.
func codepage(n int) string {
	switch n {
	case 0, 20127:
		return ""
	case 932:
		return "cp932"
	case 936, 54936:
		return "gb18030"
	case 949:
		return "euc-kr"
	case 950:
		return "big5"
	case 20932, 51932:
		return "euc-jp"
	case 50220, 50221, 50222:
		return "iso-2022-jp"
	case 65001:
		return "utf-8"
	case 1200:
		return "utf-16le"
	case 20866:
		return "koi8-r"
	case 28591:
		return "iso-8859-1"
	case 28592, 28593, 28595, 28597, 28599, 28605:
		return fmt.Sprintf("iso-8859-%d", n-28590)
	}
	return fmt.Sprintf("windows-%d", n)
}

func le16(b []byte) uint16 { return binary.LittleEndian.Uint16(b) }
func le32(b []byte) uint32 { return binary.LittleEndian.Uint32(b) }
func le64(b []byte) uint64 { return binary.LittleEndian.Uint64(b) }
