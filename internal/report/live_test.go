package report

import (
	"encoding/xml"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"honne"
	"honne/internal/honnetest"
	"honne/internal/lang"
)

// TestProofLiveFormulas wants no text of a partner to begin a formula in a
// document that is opened as a sheet: R24 of the proof. The long part has
// LibreOffice open it.
func TestProofLiveFormulas(t *testing.T) {
	const rest = `cmd|' /C calc'!A0`
	documents := 0
	for sign := range strings.SplitSeq(" =,=,+,-,@,\t=,\r=,\n=,\u00A0=,＝,＋,－,＠", ",") {
		evil := sign + rest
		p := sample()
		p.Distributor.Profile.Name, p.Distributor.Profile.NameJA, p.Playbook = evil, evil+"医", evil
		p.KPIs.Market.Source, p.Questions[0].EN, p.Questions[0].JA = evil, evil, evil
		p.Message = honne.Say("problem.not-a-number", honne.Text("text", evil))
		doc := Picture(p, func([]honne.Selection) ([]string, int) { return []string{evil + ".csv!B2"}, 0 })
		doc = doc.WithFiles(1, []FileTrouble{{evil + ".csv", honne.Say("need.sales")}})
		doc.Blocks = append(doc.Blocks, Table{Caption: honne.Say("report.months"), Columns: []Column{{Head: honne.Say("report.months")}, {Head: honne.Say("report.months")}},
			Rows: []Row{{Cells: []Cell{{Line: Line{{Text: evil}}}, {Line: Line{{Text: evil, Lang: lang.JA}}}}}}})
		for _, l := range lang.All() {
			page := pageOf(t, doc, l)
			documents++
			if !strings.Contains(page, "C calc") {
				t.Fatal("the text is not in the page")
			}
			for _, text := range beginnings(t, page) {
				if live(text) {
					t.Errorf("%s, %q: %q is live", l, sign, text)
				}
			}
			if honnetest.Long() {
				openAsSheet(t, page)
			}
		}
	}
	honnetest.Held(t, "no live formulas", "%d documents with texts that begin with = + - @ and their full-width forms", documents)
}

// live reports whether a sheet would compute a text; a number with its sign is
// no formula.
func live(text string) bool {
	return strings.IndexAny(text, "=+-@＝＋－＠") == 0 && !regexp.MustCompile(`^[+-]?[0-9.,]+ ?\D{0,12}$`).MatchString(text)
}

// beginnings are the texts with which the cells, paragraphs and entries of a
// page begin, as a program trims them.
func beginnings(t *testing.T, page string) (out []string) {
	t.Helper()
	d, begins := xml.NewDecoder(strings.NewReader(page)), false
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return out
		}
		switch token := token.(type) {
		case nil:
			t.Fatal(err)
		case xml.StartElement:
			switch token.Name.Local {
			case "td", "th", "p", "li", "h1", "h2", "h3", "dt", "dd", "caption", "summary", "span", "text":
				begins = true
			}
		case xml.CharData:
			if text := strings.TrimSpace(string(token)); begins && text != "" {
				out, begins = append(out, text), false
			}
		}
	}
}

// openAsSheet has LibreOffice, where it is, read the page as a sheet, and wants
// no formula in it.
func openAsSheet(t *testing.T, page string) {
	t.Helper()
	office, err := exec.LookPath("soffice")
	if err != nil {
		return
	}
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "page.html"), []byte(page), 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), office, "--headless", "-env:UserInstallation=file://"+dir+"/profile",
		"--convert-to", "fods", "--infilter=HTML (StarCalc)", "--outdir", dir, filepath.Join(dir, "page.html"))
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	sheet, err := os.ReadFile(filepath.Join(dir, "page.fods"))
	if err != nil {
		t.Fatal(err)
	}
	if formula := regexp.MustCompile(`table:formula="[^"]*"`).Find(sheet); formula != nil || !strings.Contains(string(sheet), "C calc") {
		t.Errorf("LibreOffice computes %s", formula)
	}
}
