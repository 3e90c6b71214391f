package report

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
	"unicode"

	"honne"
	"honne/internal/honnetest"
	"honne/internal/honnetest/corpus"
	"honne/internal/lang"
)

func paperOf(t testing.TB, d Document, l lang.Language) ([]byte, []string) {
	t.Helper()
	c, err := lang.Load()
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	lacking, err := d.PDF(&b, c, l)
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes(), lacking
}

// extracted is the text of a PDF in the order of its structure on the page, as
// poppler reads it, without blanks.
func extracted(t testing.TB, file []byte) string {
	t.Helper()
	tool := corpus.Tool(t, "pdftotext")
	cmd := exec.Command(tool, "-raw", "-enc", "UTF-8", "-", "-")
	cmd.Stdin = bytes.NewReader(file)
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	return unspaced(string(out))
}

func unspaced(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.IsControl(r) {
			return -1
		}
		return r
	}, s)
}

func keep(t testing.TB, name string, file []byte) {
	if dir := os.Getenv("HONNE_LOOK"); dir != "" {
		if err := os.WriteFile(filepath.Join(dir, name), file, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

const hardSigns = "𠮷田①㈱髙﨑ﾊﾝｶｸ㍻Ⅳ№㌔🙂葛󠄀が槗−▲「（株）山田」、ー。"

func TestPaperHoldsTheTextInOrder(t *testing.T) {
	for _, l := range lang.All() {
		for _, edition := range []Edition{Internal, Partner} {
			doc := Document{Name: Name{"𠮷 Medical", "株式会社髙﨑①"}, From: "Nordhaven AB", Title: honne.Say("report.picture.title"), Edition: edition}
			long := strings.Repeat("計画の見直しにつきまして、「重点施設（10件）」の訪問を12月4日（金）までにお願いいたします。A long word and another one. ", 9)
			doc.Blocks = []Block{Heading{honne.Say("report.glance")}, List{[]Entry{{Line: Line{{Text: hardSigns}}}, {Line: Line{{Text: long, Notes: nil}}}}},
				Table{Caption: honne.Say("report.months"), Columns: []Column{{Head: honne.Say("report.source")}, {Head: honne.Say("report.col.plan"), Right: true}},
					Rows: []Row{{Cells: []Cell{{Line: Line{{Text: strings.Repeat("長い名前の病院", 30)}}}, {Line: Line{{Text: "1,234"}}}}}}}}
			file, lacking := paperOf(t, doc, l)
			keep(t, "hard."+string(edition)+"."+string(l)+".pdf", file)
			text := extracted(t, file)
			for _, want := range []string{hardSigns, long, strings.Repeat("長い名前の病院", 30)} {
				if !strings.Contains(text, unspaced(want)) {
					t.Errorf("%s: %q is not in the text as it was written:\n%s", l, want, text)
				}
			}
			if !slices.Equal(lacking, []string{"🙂"}) {
				t.Errorf("%s: the font is said to lack %q", l, lacking)
			}
			if again, _ := paperOf(t, doc, l); !bytes.Equal(file, again) {
				t.Errorf("%s: not the same bytes twice", l)
			}
			if edition == Partner && (bytes.Contains(bytes.ToLower(file), []byte("honne")) || strings.Contains(text, "本音")) {
				t.Error("the partner reads our product's name")
			}
		}
	}
}

func TestPicturesOnPaper(t *testing.T) {
	docs := map[string]Document{"picture": Picture(sample(), evidence).WithFiles(19, []FileTrouble{{"売上_2026-09.csv", honne.Say("need.sales")}}),
		"brief.internal": Brief(toMeet(), Internal, evidence), "brief.partner": Brief(toMeet(), Partner, evidence)}
	for name, doc := range docs {
		for _, l := range lang.All() {
			file, lacking := paperOf(t, doc, l)
			keep(t, name+"."+string(l)+".pdf", file)
			if len(lacking) > 0 {
				t.Errorf("%s: the font lacks %q", name, lacking)
			}
			checkPDF(t, file)
		}
	}
}

// checkPDF has qpdf, where it is, look at the file.
func checkPDF(t *testing.T, file []byte) {
	t.Helper()
	tool, err := exec.LookPath("qpdf")
	if err != nil {
		return
	}
	path := filepath.Join(t.TempDir(), "a.pdf")
	if err := os.WriteFile(path, file, 0o600); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command(tool, "--check", path).CombinedOutput(); err != nil {
		t.Errorf("%v: %s", err, out)
	}
}

// TestProofPaper writes a report of forty pages within a second of processor
// time (P17 of the proof).
func TestProofPaper(t *testing.T) {
	doc := Picture(sample(), evidence)
	once := doc.Blocks
	for range 14 {
		doc.Blocks = append(doc.Blocks, once...)
	}
	c := sentences(t)
	var out bytes.Buffer
	before := processorTime(t)
	if _, err := doc.PDF(&out, c, lang.JA); err != nil {
		t.Fatal(err)
	}
	took := processorTime(t) - before
	pages := regexp.MustCompile(`Pages: +(\d+)`).FindStringSubmatch(properties(t, out.Bytes()))
	n, err := strconv.Atoi(pages[1])
	if err != nil || n < 40 {
		t.Fatalf("%d pages, and not forty", n)
	}
	if took > time.Second {
		t.Errorf("%d pages took %v of a processor", n, took)
	}
	honnetest.Held(t, "forty pages", "%d pages of PDF in Japanese in %d ms of a processor", n, took.Milliseconds())
}

// processorTime is what this process has used of processors.
func processorTime(t *testing.T) time.Duration {
	t.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		t.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// properties is what a PDF says of itself, as poppler reads it.
func properties(t testing.TB, file []byte) string {
	t.Helper()
	tool := corpus.Tool(t, "pdfinfo")
	cmd := exec.Command(tool, "-struct-text", "-")
	cmd.Stdin = bytes.NewReader(file)
	tree, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	cmd = exec.Command(tool, "-")
	cmd.Stdin = bytes.NewReader(file)
	info, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	return string(info) + string(tree)
}
