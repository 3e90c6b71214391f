package xls

import (
	"bytes"
	"context"
	"errors"
	"math"
	"strings"
	"testing"

	"honne/internal/intake/grid"
)

// styles are: 0 General, 1 a date that is built in, 2 an era, 3 yen, 4 a time, 5
// General with an indent of two steps.
func styles() []byte {
	xf := func(format uint16) []byte { return rec(recXF, uint16(0), format, make([]byte, 16)) }
	return join(rec(recFormat, uint16(176), long(`[$-411]ggge"年"m"月"d"日"`)), rec(recFormat, uint16(177), long(`[Red]#,##0"days"`)),
		xf(0), xf(14), xf(176), xf(177), xf(21), rec(recXF, uint16(0), uint16(0), make([]byte, 4), byte(0x32), make([]byte, 11)))
}

func TestRead(t *testing.T) {
	chart := join(bof(0x20), number(0, 9, 0, 99), end())
	cases := []struct {
		name string
		raw  []byte
		want string
	}{
		{"kinds", one(styles(),
			number(1, 0, 0, 1250.5), cell(recBoolErr, 1, 1, 0, byte(1), byte(0)), cell(recBoolErr, 1, 2, 0, byte(0x2A), byte(1)),
			cell(recLabel, 1, 3, 0, long("得意先")), cell(recRString, 1, 4, 0, long("a"), uint16(1), uint32(0)),
			cell(recRK, 1, 5, 0, uint32(1945<<2|3)), cell(recRK, 1, 6, 0, uint32(math.Float64bits(-0.5)>>32)), cell(0x201, 1, 7, 0)),
			"== 売上\n2: 1=number(1250.5) 2=bool(\"TRUE\") 3=error(\"#N/A\") 4=text(\"得意先\") 5=text(\"a\") 6=number(19.45) 7=number(-0.5)\n"},
		{"a run of numbers", one(styles(), rec(recMulRK, uint16(0), uint16(2), uint16(0), uint32(1250000<<2|2), uint16(1), uint32(45748<<2|2), uint16(3))),
			"== 売上\n1: 3=number(1250000) 4=date(2025-04-01)\n"},
		{"many digits", one(nil, number(0, 0, 0, 4901234567894), number(0, 1, 0, 1e21), number(0, 2, 0, 0.30000000000000004), number(0, 3, 0, 1e-7), number(0, 4, 0, 1e200), number(0, 5, 0, math.Copysign(0, -1))),
			"== 売上\n1: 1=number(4901234567894) 2=text(\"1e+21\") 3=number(0.30000000000000004) 4=number(0.0000001) 5=text(\"1e+200\") 6=number(0)\n"},
		{"dates", one(styles(), number(0, 0, 1, 45748), number(0, 1, 2, 45748.75), number(0, 2, 3, 45748), number(0, 3, 4, 0.5), number(0, 4, 1, 60), number(0, 5, 99, 7)),
			"== 売上\n1: 1=date(2025-04-01) 2=date(2025-04-01) 3=number(45748) 4=time(0.5) 5=number(60) 6=number(7)\n"},
		{"indents", one(styles(), cell(recLabel, 0, 0, 5, long("a")), number(0, 1, 0, 1)),
			"== 売上\n1: 1=text(\"a\")>> 2=number(1)\n"},
		{"1904", one(join(styles(), rec(recDateMode, uint16(1))), number(0, 0, 1, 0), number(0, 1, 1, 44286)),
			"== 売上\n1: 1=date(1904-01-01) 2=date(2025-04-01)\n"},
		{"formulas", one(nil, formula(0, 0, "\x00\x00\x00\x00\x00\x00\xe0\x3f"), formula(0, 1, "\x00\x00\x00\x00\x00\x00\xff\xff"), rec(0x4BC), rec(recString, long("合計")),
			formula(0, 2, "\x01\x00\x01\x00\x00\x00\xff\xff"), formula(0, 3, "\x02\x00\x07\x00\x00\x00\xff\xff"), formula(0, 4, "\x03\x00\x00\x00\x00\x00\xff\xff"),
			formula(0, 5, "\x00\x00\x00\x00\x00\x00\xff\xff"), number(0, 6, 0, 1), formula(1, 0, "\x00\x00\x00\x00\x00\x00\xff\xff")),
			"== 売上\n1: 1=number(0.5)f 2=text(\"合計\")f 3=bool(\"TRUE\")f 4=error(\"#DIV/0!\")f 6=blank(\"\")f 7=number(1)\n2: 1=blank(\"\")f\n"},
		{"shared strings", one(sstOf(6, long("売上"), "\x02\x00\x08\x01\x00\xe9!\x00\x00\x01\x00", "\x01\x00\x05\x04\x00\x00\x00"+wide("東")+wide("トウ"), long(""), long("𠮷"), long("a\x00b\nd")),
			label(0, 0, 0), label(0, 1, 1), label(0, 2, 2), label(0, 3, 3), label(0, 4, 4), label(0, 5, 5)),
			"== 売上\n1: 1=text(\"売上\") 2=text(\"é!\") 3=text(\"東\") 5=text(\"𠮷\") 6=text(\"ab\\nd\")\n"},
		{"charts are skipped", bare(nil, tab{"絵", 0, 2, number(0, 0, 0, 1)}, tab{"表", 0, 0, join(number(0, 0, 0, 1), chart, number(1, 0, 0, 2))}, tab{"m", 0, 1, nil}),
			"== 表\n1: 1=number(1)\n2: 1=number(2)\n"},
		{"hidden", bare(nil, tab{"a", 2, 0, join(rec(recColInfo, uint16(1), uint16(300), uint16(9), uint16(0), uint16(1), uint16(0)),
			rec(recRow, uint16(0), uint16(0), uint16(2), uint16(255), uint32(0), uint32(0x20)), number(0, 0, 0, 1), number(0, 1, 0, 2))}),
			"== a hidden\n1 hidden: 1=number(1) 2=number(2)h\n"},
		{"merged", one(nil, number(0, 0, 0, 1), rec(recMerged, uint16(2), uint16(0), uint16(0), uint16(0), uint16(2), uint16(65535), uint16(65535), uint16(255), uint16(255))),
			"== 売上\n1: 1=number(1)\nmerged A1:C1\nmerged IV65536\n"},
		{"out of order and twice", one(nil, number(9, 2, 0, 1), number(3, 5, 0, 2), number(9, 0, 0, 3), number(3, 5, 0, 4)),
			"== 売上\n4: 6=number(4)\n10: 1=number(3) 3=number(1)\n"},
		{"no rows", one(nil), "== 売上\n"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) { mustAgree(t, c.raw, c.want) })
	}
}

// TestSplitStrings cuts the shared strings between any two bytes of which the
// format allows it, changing the width where it can.
func TestSplitStrings(t *testing.T) {
	head := rec(recSST, uint32(4), uint32(4), "\x06\x00\x00abc")
	raw := one(join(head,
		rec(recContinue, "\x01"+wide("東")), rec(recContinue), rec(recContinue, "\x00xy"+"\x03\x00\x09\x01\x00"),
		rec(recContinue, "\x01"+wide("医療")), rec(recContinue, "\x00-"+"\x00\x00"), rec(recContinue, "\x01\x00"+"\x02"),
		rec(recContinue, "\x00\x01"+wide("𠮷")[:2]), rec(recContinue, "\x01"+wide("𠮷")[2:]), rec(recContinue, long("終"))),
		label(0, 0, 0), label(0, 1, 1), label(0, 2, 2), label(0, 3, 3))
	mustAgree(t, raw, "== 売上\n1: 1=text(\"abc東xy\") 2=text(\"医療-\") 3=text(\"𠮷\") 4=text(\"終\")\n")
}

// TestPieces reads a sheet out of order in many pieces, and finds a row that is
// too large for any.
func TestPieces(t *testing.T) {
	var up, down []byte
	for i := range 3000 {
		up = append(up, number(i, i%7, 0, float64(i))...)
		down = append(down, number(2999-i, (2999-i)%7, 0, float64(2999-i))...)
	}
	want, err := dumpBytes(one(nil, up))
	if err != nil {
		t.Fatal(err)
	}
	raw := one(nil, down)
	b, err := Open(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		t.Fatal(err)
	}
	b.Limits.Held = 50 * (cellWeight + 28)
	rows := 0
	err = b.Each(context.Background(), 0, func(r *grid.Row) error {
		rows++
		if r.N != int32(rows) || r.Cells[0].Col != int32((rows-1)%7+1) {
			t.Fatalf("row %d is the %d.", r.N, rows)
		}
		return nil
	})
	if pieces := len(b.sheets[0].survey.pieces); err != nil || rows != 3000 || pieces != 60 || strings.Count(want, "\n") != 3001 {
		t.Errorf("%v, %d rows, %d pieces", err, rows, pieces)
	}
}

func TestErrors(t *testing.T) {
	fine := one(sstOf(1, long("a")), label(0, 0, 0))
	packed := compoundOf("Workbook", fine)
	old := join(rec(recBOF, uint16(0x0500), uint16(5), uint32(0)), end())
	cases := []struct {
		name         string
		raw          []byte
		code, detail string
	}{
		{"text", []byte("a,b\n"), CodeNotOLE, ""},
		{"empty", nil, CodeNotOLE, ""},
		{"a header alone", packed[:512], CodeTruncated, ""},
		{"cut off", packed[:len(packed)/2], CodeTruncated, ""},
		{"cut off, bare", fine[:len(fine)-2], CodeTruncated, ""},
		{"Excel 95", compoundOf("Book", old), CodeOldBIFF, "BOF 0809 of version 0500"},
		{"Excel 95, bare", old, CodeOldBIFF, "BOF 0809 of version 0500"},
		{"Excel 2", rec(0x0009, uint16(2), uint16(0x10)), CodeOldBIFF, "BOF 0009 of version 0000"},
		{"a password", one(rec(recFilePass, uint16(1))), CodePassword, ""},
		{"an .xlsx with a password", compoundOf(encrypted, nil), CodePassword, ""},
		{"a letter", compoundOf("WordDocument", nil), CodeNoWorkbook, ""},
		{"zeros", compoundOf("Workbook", make([]byte, 9000)), CodeDamaged, "no BOF, record 0000 at 0"},
		{"a sheet beyond the end", join(bof(isGlobals), rec(recBoundSheet, uint32(1<<30), byte(0), byte(0), short("x")), end()), CodeTruncated, "at 1073741824"},
		{"a sheet that is none", join(bof(isGlobals), rec(recBoundSheet, uint32(0), byte(0), byte(0), short("x")), end()), CodeMissing, "no worksheet but 0005 of version 0600, record 0809 at 0"},
		{"two sheets at one place", join(bof(isGlobals), bytes.Repeat(rec(recBoundSheet, uint32(0), byte(0), byte(0), short("x")), 2), end()), CodeDamaged, "stands where another sheet stands"},
		{"past the last column", one(nil, number(0, 256, 0, 1)), CodeOutOfRange, "cell IW1, record 0203 at 60"},
		{"a run past the last column", one(nil, rec(recMulRK, uint16(0), uint16(255), make([]byte, 12), uint16(0))), CodeOutOfRange, "cell IW1, record 00BD at 60"},
		{"a string that is not there", one(sstOf(1, long("a")), label(0, 1, 9)), CodeNoString, "cell B1 names string 9, record 00FD at 77"},
		{"a string that was promised", one(sstOf(2, long("a")), label(0, 1, 1)), CodeNoString, "cell B1 names string 1, record 00FD at 77"},
		{"a text cut off", one(sstOf(1, "\xff\xff\x01ab"), label(0, 0, 0)), CodeDamaged, "a text is cut off, record 00FC at 20"},
		{"half a character", one(sstOf(1, "\x02\x00\x01abc"), label(0, 0, 0)), CodeDamaged, "half a character, record 00FC at 20"},
		{"a merged range backwards", one(nil, rec(recMerged, uint16(1), uint16(5), uint16(4), uint16(0), uint16(0))), CodeOutOfRange, "merged range A6:A5, record 00E5 at 60"},
		{"a short cell", one(nil, rec(recNumber, uint32(0))), CodeDamaged, "record 0203 at 60"},
	}
	for _, c := range cases {
		_, err := dumpBytes(c.raw)
		got, e := code(err)
		if got != c.code || e.Detail != c.detail && c.code != CodeTruncated {
			t.Errorf("%s: %v, want %s %q", c.name, err, c.code, c.detail)
		}
	}
}

func TestDeadline(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	raw := one(nil, number(0, 0, 0, 1))
	b, err := Open(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	err = b.Each(ctx, 0, func(*grid.Row) error { return nil })
	if got, _ := code(err); got != CodeDeadline || !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}
