package intake

import (
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"

	"honne"
	"honne/internal/honnetest"
)

// letterTo is a message with its head in lines, and a file attached where one is
// named.
var bothSides = honne.Domains{Ours: []string{"nordlund.example"}, Theirs: []string{"yamato.example.jp"}}

func letterTo(from, to, date, subject, text, name, content string) string {
	head := fmt.Sprintf("From: %s\nTo: %s\nDate: %s\nSubject: %s\nMessage-ID: <%x@example>\nMIME-Version: 1.0\n", from, to, date, subject, from+date+subject)
	if name == "" {
		return head + "Content-Type: text/plain; charset=utf-8\n\n" + text + "\n"
	}
	return head + "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain; charset=utf-8\n\n" + text +
		"\n--b\nContent-Type: application/octet-stream\nContent-Disposition: attachment; filename=\"" + name + "\"\nContent-Transfer-Encoding: base64\n\n" +
		base64.StdEncoding.EncodeToString([]byte(content)) + "\n--b--\n"
}

const (
	berg = "Anna Berg <anna@nordlund.example>"
	sato = "佐藤 <sato@yamato.example.jp>"
	may  = "Wed, 14 May 2025 10:00:00 +0900"
)

// listed lists what a file holds: a line a file or message.
func listed(t *testing.T, name string, raw []byte, d *honne.Domains) (out []string) {
	t.Helper()
	f := honne.File{Name: name, Size: int64(len(raw)), Bytes: bytes.NewReader(raw), From: honne.Theirs, Domains: d}
	for in, err := range Inside(context.Background(), f, testBook(t)) {
		if err != nil {
			t.Fatal(err)
		}
		switch {
		case in.Shut != nil:
			out = append(out, in.Name+" shut "+in.Shut.What.ID)
		case in.Mail != nil:
			out = append(out, fmt.Sprintf("%s mail %s %s %d", in.Mail.Path, in.Mail.Side, in.Mail.Kind, in.Mail.Asks))
		default:
			out = append(out, fmt.Sprintf("%s %d %s %s %s", in.Name, in.Size, in.From, in.Receipt.Day(), in.Receipt.Basis))
		}
	}
	return out
}

func TestInsideMail(t *testing.T) {
	report := letterTo(sato, berg, may, "4月度売上報告", "お送りします。", "売上_202504.csv", good)
	zip := letterTo(sato, berg, "Thu, 15 May 2025 10:00:00", "資料", "圧縮しました。", "資料.zip",
		string(honnetest.Zip(honnetest.Entry{Name: "在庫_202504.csv", Body: good})))
	other := letterTo("x@other.example.jp", berg, may, "内密", "これは読まれない", "内密.csv", good)
	forward := "From: " + sato + "\nTo: " + berg + "\nDate: Mon, 19 May 2025 10:00:00 +0900\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=f\n\n--f\n\n転送します。\n--f\nContent-Type: message/rfc822\n\n" +
		strings.ReplaceAll(letterTo("鈴木 <suzuki@yamato.example.jp>", sato, "Sat, 17 May 2025 10:00:00 +0900", "社内資料", "社内用です。", "計画.csv", good), "boundary=b", "boundary=b") + "\n--f--\n"
	ask := letterTo(berg, sato, may, "Stock", "Could you send the stock?", "", "")
	const line = "From x Wed May 14 10:00:00 2025\n"
	box := []byte(line + report + "\n" + line + other + "\n" + line + zip + "\n" + line + ask + "\n" + line + forward + "\n")
	size := len(good)
	for _, c := range []struct {
		name    string
		raw     []byte
		domains *honne.Domains
		want    []string
	}{
		{"mail.mbox", box, &bothSides, []string{
			"mail.mbox#1 mail theirs report 0",
			fmt.Sprintf("mail.mbox#1/売上_202504.csv %d theirs 2025-05-14 message", size),
			"mail.mbox#3 mail theirs substance 0",
			fmt.Sprintf("mail.mbox#3/資料.zip/在庫_202504.csv %d theirs 2025-05-15 estimated", size),
			"mail.mbox#4 mail ours substance 1",
			"mail.mbox#5 mail theirs substance 0",
			"mail.mbox#5/社内資料.eml mail theirs substance 0",
			fmt.Sprintf("mail.mbox#5/社内資料.eml/計画.csv %d theirs 2025-05-19 message", size)}},
		{"report.eml", []byte(report), &bothSides, []string{"report.eml mail theirs report 0",
			fmt.Sprintf("report.eml/売上_202504.csv %d theirs 2025-05-14 message", size)}},
		{"other.eml", []byte(other), &bothSides, nil},
		{"other.eml", []byte(other), &honne.Domains{}, []string{"other.eml shut problem.mail-domains"}},
		{"a.zip", honnetest.Zip(honnetest.Entry{Name: "mail/報告.eml", Body: report}), &bothSides, []string{"a.zip/mail/報告.eml mail theirs report 0",
			fmt.Sprintf("a.zip/mail/報告.eml/売上_202504.csv %d theirs 2025-05-14 message", size)}},
	} {
		if got := listed(t, c.name, c.raw, c.domains); strings.Join(got, "\n") != strings.Join(c.want, "\n") {
			t.Errorf("%s:\n%s\nwant:\n%s", c.name, strings.Join(got, "\n"), strings.Join(c.want, "\n"))
		}
	}
}

// TestLargeAttachment wants an attachment that does not stay in memory, one
// within a message within one, as it was.
func TestLargeAttachment(t *testing.T) {
	large := good + strings.Repeat("2025/4/3,南都病院,A3,鉗子,1,100\n", 200_000)
	raw := []byte(letterTo(sato, berg, may, "大きな報告", "x", "inner.eml",
		letterTo(sato, berg, may, "x", "x", "大.csv", large)+"\n"))
	got := listed(t, "a.eml", raw, &bothSides)
	want := fmt.Sprintf("a.eml/inner.eml/大.csv %d theirs 2025-05-14 message", len(large))
	if len(got) != 3 || got[2] != want {
		t.Errorf("%q, want %s", got, want)
	}
}

// torn is a file on a disk that fails from a place on.
type torn struct {
	io.ReaderAt
	from int64
}

func (d torn) ReadAt(p []byte, off int64) (int, error) {
	if off+int64(len(p)) > d.from {
		return 0, io.ErrClosedPipe
	}
	return d.ReaderAt.ReadAt(p, off)
}

// TestFailingDisk wants no mail that a failing disk cut short to pass for mail
// that was read.
func TestFailingDisk(t *testing.T) {
	for _, name := range []string{"houkoku.msg", "jushin.pst"} {
		raw, err := os.ReadFile("testdata/seeds/" + name)
		if err != nil {
			t.Fatal(err)
		}
		for from := int64(4096); from < int64(len(raw)); from += 512 {
			f := honne.File{Name: name, Size: int64(len(raw)), Bytes: torn{bytes.NewReader(raw), from}, Domains: &bothSides}
			failed := false
			for in, err := range Inside(context.Background(), f, testBook(t)) {
				failed = failed || errors.Is(err, io.ErrClosedPipe) || in.Mail == nil && in.Shut == nil
			}
			if _, err := Read(context.Background(), f, testBook(t), honne.Memory{}); !failed || err == nil {
				t.Errorf("%s: with a disk that fails at %d of %d: %v, %v", name, from, len(raw), failed, err)
			}
		}
	}
}

func TestReadMail(t *testing.T) {
	r := read(t, "a.eml", []byte(letterTo(sato, berg, "nonsense", "x", "x", "", "")))
	if r.Format != honne.EML || r.Messages != 1 || len(r.Tables) != 0 || len(r.Problems) != 1 || r.Problems[0].What.ID != "problem.mail-date" {
		t.Errorf("%+v", r)
	}
	checkProblems(t, r, "", catalogueIDs(t, "en"))
}

// TestMailFaultsAreSaid wants a sentence for every fault, in both languages.
func TestMailFaultsAreSaid(t *testing.T) {
	broken := strings.Replace(letterTo(sato, berg, may, "x", "x", "a.csv", good), "\n\nNU", "\n\n***NU", 1)
	for name, raw := range map[string]string{
		"problem.mail-base64":      strings.Replace(broken, "Encoding: base64\n\n", "Encoding: base64\n\n****", 1),
		"problem.mail-no-boundary": "From: a@b.example\nSubject: x\nDate: " + may + "\nContent-Type: multipart/mixed\n\nx\n",
		"problem.mail-cut":         "From: a@b.example\nSubject: x\nDate: " + may + "\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nx\n",
		"problem.mail-from":        "Subject: x\nDate: " + may + "\n\nx\n",
		"problem.mail-zone":        "From: a@b.example\nDate: Wed, 14 May 2025 10:00:00\n\nx\n",
	} {
		for _, l := range []string{"en", "ja"} {
			known := catalogueIDs(t, l)
			r := read(t, "a.eml", []byte(raw))
			found := false
			for _, p := range r.Problems {
				found = found || p.What.ID == name
				if !known[p.What.ID] {
					t.Errorf("%s is not in %s", p.What.ID, l)
				}
			}
			if !found {
				t.Errorf("problems %v, want %s", r.Problems, name)
			}
		}
	}
}

// What is attached to a message and is no table is nobody's fault.
func TestAttachedNoTable(t *testing.T) {
	for _, receipt := range []honne.Receipt{{Basis: honne.ByMessage}, {Basis: honne.ByLoad}} {
		raw := []byte("お世話になっております。\n")
		r, err := Read(context.Background(), honne.File{Name: "a.txt", Size: int64(len(raw)), Bytes: bytes.NewReader(raw), Receipt: receipt}, testBook(t), honne.Memory{})
		if err != nil {
			t.Fatal(err)
		}
		fault := false
		for _, p := range r.Problems {
			fault = fault || p.Severity == honne.SevError
		}
		if fault == (receipt.Basis == honne.ByMessage) {
			t.Errorf("%s: %v", receipt.Basis, r.Problems)
		}
	}
}
