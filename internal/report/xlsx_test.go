package report

import (
	"archive/zip"
	"bytes"
	"io"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"honne"
	"honne/internal/lang"
)

func bookOf(t *testing.T, d Document, l lang.Language) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := d.XLSX(&b, sentences(t), l); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func opened(t *testing.T, file []byte) *excelize.File {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

// unpacked is all that a workbook holds, as text.
func unpacked(t *testing.T, file []byte) string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	for _, part := range z.File {
		r, err := part.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		out.WriteString(part.Name + "\n" + string(text) + "\n")
	}
	return out.String()
}

func TestBookHoldsNumbers(t *testing.T) {
	doc := Picture(sample(), evidence)
	for l, want := range map[lang.Language]struct{ sheet, minus, percent string }{lang.EN: {"Plan and actual by month", "−36", "−11.1%"}, lang.JA: {"月別の計画と実績", "▲36", "▲11.1%"}} {
		file := bookOf(t, doc, l)
		keep(t, "picture."+string(l)+".xlsx", file)
		f := opened(t, file)
		i := slices.IndexFunc(f.GetSheetList(), func(s string) bool { return strings.HasPrefix(s, want.sheet) })
		if i < 0 {
			t.Fatalf("%s: no sheet %q in %q", l, want.sheet, f.GetSheetList())
		}
		sheet := f.GetSheetList()[i]
		rows, err := f.GetRows(sheet)
		if err != nil {
			t.Fatal(err)
		}
		total := rows[len(rows)-1]
		if total[3] != want.minus || total[4] != want.percent || !strings.Contains(total[len(total)-1], "xlsx!") {
			t.Errorf("%s: the total reads %q", l, total)
		}
		raw, err := f.GetRows(sheet, excelize.Options{RawCellValue: true})
		if err != nil {
			t.Fatal(err)
		}
		if got := raw[len(raw)-1][1]; !strings.HasPrefix(got, "288") || strings.Contains(got, "m") {
			t.Errorf("%s: sales are kept as %q", l, got)
		}
		if p, err := f.GetPanes(sheet); err != nil || !p.Freeze || p.YSplit != 1 {
			t.Errorf("%s: the head is not frozen", l)
		}
		if again := bookOf(t, doc, l); !bytes.Equal(again, file) {
			t.Errorf("%s: not the same bytes twice", l)
		}
	}
}

// TestWordsStandBesideNumbers: on the sheet of words of the partner's workbook a
// figure is a number in a cell, with its unit and source beside it.
func TestWordsStandBesideNumbers(t *testing.T) {
	for l, want := range map[lang.Language][][3]string{
		lang.EN: {{"Sales of Oct", "1.55", "%"}, {"stand as first reported", "4", "of 7"}, {"      now", "0.889", "%"}, {"      goal", "1", "%"}},
		lang.JA: {{"売上高は", "1.55", "%"}, {"初回のご報告のまま", "4", "全7中"}, {"      現在", "0.889", "%"}, {"      目標", "1", "%"}},
	} {
		f := opened(t, bookOf(t, Audit(auditedCase(), Partner), l))
		sheet := f.GetSheetList()[0]
		rows, err := f.GetRows(sheet, excelize.Options{RawCellValue: true})
		if err != nil {
			t.Fatal(err)
		}
		for _, w := range want {
			i := slices.IndexFunc(rows, func(r []string) bool {
				return len(r) > 2 && strings.Contains(r[0], w[0]) && strings.HasPrefix(r[1], w[1]) && r[2] == w[2]
			})
			if i < 0 {
				t.Errorf("%s: no row %q in\n%s", l, w, lined(rows))
				continue
			}
			if kind, err := f.GetCellType(sheet, "B"+strconv.Itoa(i+1)); err != nil || kind != excelize.CellTypeUnset {
				t.Errorf("%s: row %d holds no number: %v %v", l, i+1, kind, err)
			}
			if !strings.HasPrefix(w[0], " ") && (len(rows[i]) < 4 || !strings.Contains(rows[i][3], "xlsx!")) {
				t.Errorf("%s: row %d has no source: %q", l, i+1, rows[i])
			}
		}
	}
}

func lined(rows [][]string) string {
	var out strings.Builder
	for _, r := range rows {
		out.WriteString(strings.Join(r, " | ") + "\n")
	}
	return out.String()
}

// TestBookComputesNothing: a text of a partner is a text, whatever it begins
// with, and comes back as it was.
func TestBookComputesNothing(t *testing.T) {
	for sign := range strings.SplitSeq("=,+,-,@,＝,＋,－,＠", ",") {
		evil := sign + `cmd|' /C calc'!A0`
		doc := Document{Name: Name{EN: evil}, Title: honne.Say("report.picture.title"), Edition: Partner, From: evil,
			Blocks:  []Block{List{[]Entry{{Line: Line{{Text: evil}}}}}, Table{Caption: honne.Say("report.months"), Columns: []Column{{Head: honne.Say("report.months")}}, Rows: []Row{{Cells: []Cell{{Line: Line{{Text: evil}}}}}}}},
			Sources: []Source{{Ranges: []string{evil}}}}
		file := bookOf(t, doc, lang.JA)
		all := unpacked(t, file)
		if strings.Contains(all, "<f>") || strings.Contains(all, "<f ") {
			t.Errorf("%q became a formula", evil)
		}
		if low := strings.ToLower(all); strings.Contains(low, "honne") || strings.Contains(all, "本音") || strings.Contains(low, "excelize") || strings.Contains(low, "xuri") {
			t.Error("the workbook names what made it")
		}
		f := opened(t, file)
		if got, _ := f.GetCellValue(f.GetSheetList()[1], "A2"); got != evil {
			t.Errorf("%q came back as %q", evil, got)
		}
	}
}

// A sentence of several numbers is about none of them: 3 answers of which the oldest
// waits for 12 days are no 3 of 12.
func TestNumberOfASentence(t *testing.T) {
	c, err := lang.Load()
	if err != nil {
		t.Fatal(err)
	}
	v := voice{c, lang.EN}
	for _, c := range []struct {
		say  honne.Message
		want string
	}{
		{honne.Say("mirror.requests", honne.Count("open", 3), honne.Count("days", 12)), ""},
		{honne.Say("brief.fact.kept", honne.Count("n", 4), honne.Count("all", 7)), "4 of 7"},
		{honne.Say("head.notice-in", honne.Count("n", 4)), "4 number"},
		{honne.Say("because.lateness", honne.Count("late", 2), honne.Count("reports", 12), honne.Number("days", 1.5)), ""},
		{honne.Say("brief.fact.stock", honne.Number("months", 1.5)), "1.5 "},
	} {
		got := ""
		if n, ok := v.counted(Piece{Say: c.say, Notes: []int{1}}); ok {
			got = strconv.FormatFloat(n.number.Value, 'f', -1, 64) + " " + n.unit
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", c.say.ID, got, c.want)
		}
	}
}

// TestBookBearsItsDay: a file says as of which day it is, and no day of a program; it
// names the manufacturer and nobody else.
func TestBookBearsItsDay(t *testing.T) {
	c := auditedCase()
	for kind, d := range map[string]Document{"review": Audit(c, Partner), "plan": Plan(c, Partner), "brief": Brief(c.Frozen, Partner, evidence), "our own": Audit(c, Internal)} {
		var out bytes.Buffer
		if err := d.XLSX(&out, sentences(t), lang.JA); err != nil {
			t.Fatal(err)
		}
		f, err := excelize.OpenReader(&out)
		if err != nil {
			t.Fatal(err)
		}
		for _, sheet := range f.GetSheetList() {
			if l, err := f.GetPageLayout(sheet); err != nil || l.Size == nil || *l.Size != 9 || l.FitToHeight == nil || *l.FitToHeight != 0 {
				t.Errorf("%s: %s is not printed on A4 by the width of its columns: %v", kind, sheet, err)
			}
		}
		p, err := f.GetDocProps()
		if err != nil || d.Day == 0 || p.Created != d.Day.At(0, 0).UTC().Format("2006-01-02T15:04:05Z") || p.Modified != p.Created || p.Creator != d.From {
			t.Errorf("%s of %s: %+v, %v", kind, d.Day, p, err)
		}
	}
}
