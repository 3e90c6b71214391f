package intake

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"strings"
	"testing"

	"honne"
	"honne/internal/honnetest"
)

// inside lists what a file holds: a line a file.
func inside(t *testing.T, name string, raw []byte, receipt honne.Receipt) string {
	t.Helper()
	var out strings.Builder
	f := honne.File{Name: name, Size: int64(len(raw)), Bytes: bytes.NewReader(raw), Receipt: receipt, From: honne.Theirs}
	for in, err := range Inside(context.Background(), f, testBook(t)) {
		if err != nil {
			t.Fatal(err)
		}
		if in.Shut != nil {
			fmt.Fprintf(&out, "%s: %s\n", in.Name, in.Shut.What.ID)
			continue
		}
		text, err := io.ReadAll(io.NewSectionReader(in.Bytes, 0, in.Size))
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&out, "%s = %d bytes, %s %s %s\n", in.Name, len(text), in.From, in.Receipt.Day(), in.Receipt.Basis)
	}
	return out.String()
}

func TestInside(t *testing.T) {
	book := string(workbook(t, map[string]part{sheet1: sheet(goodRows(), "", 0, "")}))
	deep := string(honnetest.Zip(honnetest.Entry{Name: "e.csv", Body: good}))
	for i := range 5 {
		deep = string(honnetest.Zip(honnetest.Entry{Name: fmt.Sprintf("%d.dat", i), Body: deep}))
	}
	entry := func(name, body string) honnetest.Entry { return honnetest.Entry{Name: name, Body: body} }
	stated := honne.Receipt{At: honne.NewDate(2025, 7, 9).At(12, 0), Basis: honne.Stated}
	unknown := honne.Receipt{Basis: honne.ByLoad}
	for _, c := range []struct {
		name    string
		raw     []byte
		receipt honne.Receipt
		want    string
	}{
		{"a.csv", []byte(good), stated, ""},
		{"a.xlsx", []byte(book), stated, ""},
		{"報告.zip", honnetest.Zip(entry("売上_202505.csv", good), entry("本社/当社出荷_202506.xlsx", book), honnetest.Entry{Name: "在庫.xlsx", Body: book, Locked: true}), stated, fmt.Sprintf(
			"報告.zip/売上_202505.csv = %d bytes, theirs 2025-07-09 stated\n報告.zip/本社/当社出荷_202506.xlsx = %d bytes, ours 2025-07-09 stated\n報告.zip/在庫.xlsx: problem.entry-password\n", len(good), len(book))},
		{"報告.zip", honnetest.Zip(entry("売上_202505.csv", good), entry("顧客.csv", good)), unknown, fmt.Sprintf(
			"報告.zip/売上_202505.csv = %[1]d bytes, theirs 2025-05-31 estimated\n報告.zip/顧客.csv = %[1]d bytes, theirs  unknown\n", len(good))},
		{"報告_202506.zip", honnetest.Zip(entry("売上_202505.csv", good), entry("売上_202507.csv", good)), ReceivedByName("報告_202506.zip", testBook(t)), fmt.Sprintf(
			"報告_202506.zip/売上_202505.csv = %[1]d bytes, theirs 2025-06-30 estimated\n報告_202506.zip/売上_202507.csv = %[1]d bytes, theirs 2025-07-31 estimated\n", len(good))},
		{"空.zip", honnetest.Zip(), stated, "空.zip: problem.empty-archive\n"},
		{"深い.zip", []byte(deep), stated, "深い.zip/4.dat/3.dat/2.dat/1.dat: problem.entry-too-deep\n"},
	} {
		if got := inside(t, c.name, c.raw, c.receipt); got != c.want {
			t.Errorf("%s:\n%s\nwant\n%s", c.name, got, c.want)
		}
	}
}

// A correction in an archive came after what it corrects, though both came at
// one moment.
func TestEditionsInside(t *testing.T) {
	day := honne.NewDate(2025, 7, 9).At(12, 0)
	stated := honne.Receipt{At: day, Basis: honne.Stated}
	if r := receivedInside(stated, "a.zip/売上_202506(改).csv", testBook(t)); !r.At.After(day) || r.Day() != stated.Day() || !r.Exact() {
		t.Errorf("%+v", r)
	}
}

// An archive has no table itself, and that is no problem of it.
func TestArchiveIsRead(t *testing.T) {
	r := read(t, "報告.zip", honnetest.Zip(honnetest.Entry{Name: "売上.csv", Body: good}))
	if r.Format != honne.ZIP || len(r.Tables)+len(r.Problems) > 0 {
		t.Errorf("%s: %v", r.Format, r.Problems)
	}
}
