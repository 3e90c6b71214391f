package intake

import (
	"bytes"
	"fmt"
	"io"
	"runtime"
	"strconv"
	"strings"
	"testing"

	"honne"
	"honne/internal/honnetest"
)

// endless is a file of head, times × body and tail, without ever being held.
type endless struct {
	head, body, tail string
	times            int
}

func (e endless) size() int64 { return int64(len(e.head) + e.times*len(e.body) + len(e.tail)) }

// ReadAt implements io.ReaderAt.
func (e endless) ReadAt(p []byte, off int64) (n int, err error) {
	for n < len(p) && off < e.size() {
		body := off - int64(len(e.head))
		var k int
		switch all := int64(e.times * len(e.body)); {
		case body < 0:
			k = copy(p[n:], e.head[off:])
		case body < all:
			k = copy(p[n:], e.body[body%int64(len(e.body)):])
		default:
			k = copy(p[n:], e.tail[body-all:])
		}
		n, off = n+k, off+int64(k)
	}
	if n < len(p) {
		err = io.EOF
	}
	return n, err
}

// large is a file that is made to take all memory or for ever.
type large struct {
	name, file string
	mib        int // its size in the long part
	bytes      func(t *testing.T, mib int) (io.ReaderAt, int64)
	problem    string // that it must end in
}

// texts makes a file of about so many MiB.
func texts(head, body, tail string) func(*testing.T, int) (io.ReaderAt, int64) {
	return func(_ *testing.T, mib int) (io.ReaderAt, int64) {
		e := endless{head, body, tail, mib * mb / len(body)}
		return e, e.size()
	}
}

func heldBytes(raw []byte) (io.ReaderAt, int64) { return bytes.NewReader(raw), int64(len(raw)) }

// larges are the files, of which the quick part reads all but the last two.
func larges() []large {
	line := "2025/4/3,東都病院,A1,鉗子,1,100\n"
	wide := "病院" + strings.Repeat(",12", 16_000) + "\n"
	tables := ""
	for i := range 1100 {
		tables += fmt.Sprintf("得意先名,品番,数量,金額%d\n東,A,1,2\n西,B,2,4\n\n題%d\n\n", i, i)
	}
	heads := "得意先名"
	for i := range 16_000 {
		heads += fmt.Sprintf(",項目%d", i)
	}
	return []large{
		{"one field that is never closed", "a.csv", 200, texts(good+"2025/4/3,\"", strings.Repeat("x", mb), ""), "problem.unterminated-quote"},
		{"one closed field", "a.csv", 200, texts(good+"2025/4/3,\"x", strings.Repeat("x", mb), "\",A3,糸,1,100\n"), "problem.field-too-long"},
		{"one cell of a page", "a.html", 200, texts("<table><tr><td>得意先名<td>数量<tr><td>", strings.Repeat("x", mb), "<td>1</table>"), ""},
		{"records", "売上_202504.csv", 64, texts(good, strings.Repeat(line, 1000), ""), ""},
		{"tables", "a.csv", 64, texts("", tables, ""), "problem.too-many-tables"},
		{"totals", "売上_202504.csv", 24, texts("得意先名,品番,数量,金額\n", "東,A,1,2\n西,B,1,2\n合計,,1,2\n", ""), "problem.more-totals-differ"},
		{"rows torn", "売上_202504.csv", 24, texts(good, line+"2025/4/2,西都2025/4/3,南都病院,A2,糸,縫合糸\n", ""), "problem.kind-unknown"},
		{"notes", "売上_202504.csv", 24, texts(good, line+"※注,,,,,\n\n", ""), "problem.more-left-out"},
		{"figures that are none", "売上_202504.csv", 24, texts(good, line+"2025/4/3,東都病院,A1,鉗子,1本,10O\n", ""), "problem.more-not-numbers"},
		{"shared strings, all used", "売上_202504.xlsx", 64, func(t *testing.T, mib int) (io.ReaderAt, int64) {
			var strs, rows strings.Builder
			for i := range 10_000 {
				fmt.Fprintf(&strs, "<si><t>医療法人社団 第%d病院</t></si>", i)
				fmt.Fprintf(&rows, `<row><c t="str"><v>2025/4/3</v></c><c t="s"><v>%d</v></c><c t="str"><v>A3</v></c><c/><c><v>1</v></c></row>`, 100*i)
			}
			return heldBytes(workbook(t, map[string]part{sst: {"<sst>", strs.String(), "</sst>", 100}, sheet1: sheet(goodRows(), rows.String(), max(1, mib/4), "")}))
		}, ""},
		{"records of 16,001 columns", "売上_202504.csv", 64, texts(heads+"\n", wide, ""), "problem.measure-assumed"},
		{"merged ranges over all", "a.xlsx", 64, func(t *testing.T, mib int) (io.ReaderAt, int64) {
			row := "<row>" + strings.Repeat(`<c t="str"><v>項</v></c>`, 16_000) + "</row><row>" + strings.Repeat(`<c><v>1</v></c>`, 16_000) + "</row>"
			return heldBytes(workbook(t, map[string]part{sheet1: {"<worksheet><sheetData>" + row + row + "</sheetData>", strings.Repeat(`<mergeCell ref="A1:XFD1048576"/>`, 1000), "</worksheet>", 5 * mib}}))
		}, ""},
	}
}

// TestProofLarge reads files that are made to take all memory or for ever: the
// quick part at a MiB each, the long part at 24 to 200 and each in a process of
// its own. Each is read within 20 s and 256 MiB, with a word on what was too much.
func TestProofLarge(t *testing.T) {
	all, size, peak := larges(), "1 MiB each", 0
	try := func(at, to int) {
		i, mib, complaint := victim(t, "TestLarge", at, to)
		if peak = max(peak, mib); complaint != "" {
			t.Errorf("%s: %s", all[i].name, complaint)
		}
	}
	if honnetest.Long() {
		size = "24 to 200 MiB"
		for i := range all {
			try(i, i+1)
		}
	} else {
		all = all[:len(all)-2]
		try(0, len(all))
	}
	honnetest.Held(t, "large files", "%d of %s, at most %d MiB in memory", len(all), size, peak)
}

// TestLarge is the process that TestProofLarge starts, and no test of its own.
func TestLarge(t *testing.T) {
	at, to, ok := orders()
	if !ok {
		return
	}
	TuneMemory()
	x, begin := newExaminer(t), stopwatch()
	var m runtime.MemStats
	for i, l := range larges()[at:to] {
		t.Run(strconv.Itoa(at+i), func(t *testing.T) {
			size := 1
			if to == at+1 {
				size = l.mib
			}
			bytes, n := l.bytes(t, size)
			begin()
			x.large(t, l, honne.File{Name: l.file, Size: n, Bytes: bytes}, begin)
		})
		if runtime.ReadMemStats(&m); m.Sys > 256*mb {
			t.Errorf("%s: %d MiB taken from the system", l.name, m.Sys/mb)
		}
	}
	fmt.Printf("took %d MiB\n", m.Sys/mb)
}

// large reads a file and its lines; begin gives each of the two a deadline.
func (x examiner) large(t *testing.T, l large, f honne.File, begin func()) {
	r, err := Read(t.Context(), f, x.book, honne.Memory{})
	if err != nil {
		t.Fatal(err)
	}
	found := l.problem == ""
	for _, p := range r.Problems {
		x.said(t, p)
		found = found || p.What.ID == l.problem
	}
	if !found {
		t.Errorf("no %s among %d problems: %.300v", l.problem, len(r.Problems), r.Problems)
	}
	begin()
	for _, err := range r.Lines {
		if err != nil {
			t.Fatal(err)
		}
	}
}
