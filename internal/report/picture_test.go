package report

import (
	"bytes"
	"regexp"
	"strings"
	"testing"

	"honne"
	"honne/internal/honnetest"
	"honne/internal/lang"
)

func sentences(t *testing.T) *lang.Catalogues {
	t.Helper()
	c, err := lang.Load()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func written(t *testing.T, d Document, l lang.Language, to Terminal) string {
	t.Helper()
	var b bytes.Buffer
	if err := d.Text(&b, sentences(t), l, to); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestPictureAsText(t *testing.T) {
	doc := Picture(sample(), evidence).WithFiles(19, []FileTrouble{{"売上_2026-09.csv", honne.Say("need.sales")}, {"stock.xlsx!在庫!C4", honne.Say("need.stock")}})
	for _, l := range lang.All() {
		got := written(t, doc, l, Terminal{Width: 92})
		honnetest.Golden(t, "testdata/picture."+string(l)+".txt", []byte(got))
	}
}

func TestTextKeepsItsWidth(t *testing.T) {
	doc := Picture(sample(), evidence)
	for _, l := range lang.All() {
		for _, width := range []int{80, 100, 140} {
			for line := range strings.Lines(written(t, doc, l, Terminal{Width: width})) {
				if n := columns(strings.TrimSuffix(line, "\n")); n > width {
					t.Errorf("%s at %d columns: %d in %q", l, width, n, line)
				}
			}
		}
	}
}

// minusSign is ▲ before a figure, as a Japanese document writes a minus.
var minusSign = regexp.MustCompile(`▲[0-9¥]`)

func TestColourOnlyOnATerminalThatShowsIt(t *testing.T) {
	doc := Picture(sample(), evidence)
	code := regexp.MustCompile("\x1b\\[[0-9]*m")
	for _, l := range lang.All() {
		bare, coloured := written(t, doc, l, Terminal{}), written(t, doc, l, Terminal{Colour: true})
		if strings.Contains(bare, "\x1b") || !strings.Contains(coloured, "\x1b[31m") {
			t.Errorf("%s: colour where there is to be none, or none where there is", l)
		}
		blanks := regexp.MustCompile(` +\n`)
		if blanks.ReplaceAllString(code.ReplaceAllString(coloured, ""), "\n") != bare {
			t.Errorf("%s: colour changes the text", l)
		}
		if l == lang.JA {
			bare = minusSign.ReplaceAllString(bare, "")
		}
		if strings.ContainsAny(bare, "▲△▼▽") {
			t.Errorf("%s: a triangle that is no minus", l)
		}
	}
}

// TestNothingKnown makes the document of a distributor without any file.
func TestNothingKnown(t *testing.T) {
	p := honne.Picture{Distributor: honne.Distributor{Profile: honne.Profile{NameJA: "大和メディカル株式会社"}},
		AsOf: honne.NewDate(2026, 3, 31), Message: honne.Say("message.nothing-yet"), Dependency: honne.Dependency{Band: "unknown"}}
	for _, m := range honne.AllMeasures {
		p.Measures = append(p.Measures, honne.Judged{Result: honne.Result{Measure: m, Needs: []honne.Need{honne.NeedSales}}, Band: honne.UnknownBand})
	}
	doc := Picture(p, nil)
	if len(doc.Sources) != 0 {
		t.Errorf("%d sources of nothing", len(doc.Sources))
	}
	for _, l := range lang.All() {
		text := written(t, doc, l, Terminal{})
		if strings.Contains(text, "¥0") || strings.Contains(text, " 0円") || strings.Contains(text, "0%") {
			t.Errorf("%s: what is unknown is shown as zero:\n%s", l, text)
		}
		elements(t, pageOf(t, doc, l))
	}
}

// TestEveryFigureHasItsSource looks at every figure that comes from the ledger;
// a difference has its terms beside it, and a count counts what is there.
func TestEveryFigureHasItsSource(t *testing.T) {
	p := sample()
	p.Dependency = honne.Dependency{}
	doc := Picture(p, evidence)
	for _, b := range doc.Blocks {
		switch b := b.(type) {
		case Strip:
			for _, k := range b.Items {
				if k.Value != nil && len(k.Notes) == 0 {
					t.Errorf("%s has no source", k.Label.ID)
				}
			}
		case Table:
			for _, r := range b.Rows {
				checkRow(t, b, r)
			}
		}
	}
}

func checkRow(t *testing.T, b Table, r Row) {
	t.Helper()
	for i, c := range r.Cells {
		for _, piece := range c.Line {
			derived := b.Columns[i].Head.ID == "report.n" || strings.HasPrefix(b.Columns[i].Head.ID, "report.col.delta") ||
				b.Columns[i].Head.ID == "report.col.percent"
			if piece.Figure != nil && !derived && len(piece.Notes) == 0 {
				t.Errorf("%s: a figure of column %s has no source", b.Caption.ID, b.Columns[i].Head.ID)
			}
		}
	}
}

func TestWrap(t *testing.T) {
	for _, c := range []struct {
		in    string
		width int
		want  string
	}{
		{"", 10, ""},
		{"one two three", 7, "one two|three"},
		{"提出期限は、11月9日です。", 12, "提出期限は、|11月9日で|す。"},
		{"計画（百万円）", 8, "計画（百|万円）"},
		{"sales-2026-04.xlsx!売上!H6", 10, "sales-2026|-04.xlsx!|売上!H6"},
		{"aあb", 40, "aあb"},
	} {
		if got := strings.Join(wrap(c.in, c.width), "|"); got != c.want {
			t.Errorf("wrap(%q, %d) = %q, want %q", c.in, c.width, got, c.want)
		}
	}
	for in, want := range map[string]int{"": 0, "abc": 3, "売上": 4, "か\u3099": 2, "■ 高": 4, "−6.5": 4, "ｱ": 1} {
		if got := columns(in); got != want {
			t.Errorf("columns(%q) = %d, want %d", in, got, want)
		}
	}
}

// A sum of the year before that holds fewer months than that of sales says so.
func TestFewerMonthsBefore(t *testing.T) {
	p := sample()
	mark := "The year before sums"
	if got := written(t, Picture(p, evidence), lang.EN, Terminal{Width: 92}); p.KPIs.SameMonths == strings.Contains(got, mark) {
		t.Error("the same months are marked, or others are not")
	}
	p.KPIs.SameMonths = !p.KPIs.SameMonths
	if got := written(t, Picture(p, evidence), lang.EN, Terminal{Width: 92}); p.KPIs.SameMonths == strings.Contains(got, mark) {
		t.Error("the same months are marked, or others are not")
	}
}
