package report

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"honne"
	"honne/internal/honnetest/corpus"
	"honne/internal/lang"
)

// TestPaperBreaksLinesAsJapaneseDoes looks at every line of the partner's papers,
// and of texts of every length that are full of what may not begin or end one.
func TestPaperBreaksLinesAsJapaneseDoes(t *testing.T) {
	docs := map[string]Document{"audit": Audit(auditedCase(), Partner), "plan": Plan(auditedCase(), Partner), "renewal": Renewal(renewed(), Partner), "brief": Brief(toMeet(), Partner, evidence)}
	hard := Document{Name: Name{"Miyako", "都"}, Title: honne.Say("joint.audit.title"), Edition: Partner}
	for n := range 60 {
		text := strings.Repeat("あ", n) + strings.Repeat("「シェア」（注１）、サーバーがっかりしょっちゅう、霞ヶ関の人々・『ユーザー』：。", 4)
		hard.Blocks = append(hard.Blocks, Note{Line{{Text: text, Lang: lang.JA}}})
	}
	docs["hard"] = hard
	for name, doc := range docs {
		file, _ := paperOf(t, doc, lang.JA)
		lines, bad := corpus.Misbroken(t, file)
		if lines < 20 {
			t.Errorf("%s: only %d lines", name, lines)
		}
		for _, line := range bad {
			t.Errorf("%s: %s", name, line)
		}
	}
}

// TestPaperDrawsGetaForWhatTheFontLacks: on paper such a sign is 〓 to the dot, it
// is listed, and it stays in the text.
func TestPaperDrawsGetaForWhatTheFontLacks(t *testing.T) {
	tool := corpus.Tool(t, "pdftoppm")
	seen := map[string][]byte{}
	for _, sign := range []string{"🙂", "〓", "山"} {
		doc := Document{Name: Name{"Miyako", "都"}, Title: honne.Say("joint.audit.title"), Edition: Partner, Blocks: []Block{Note{Line{{Text: "施設" + sign + "一覧", Lang: lang.JA}}}}}
		file, lacking := paperOf(t, doc, lang.JA)
		if want := map[bool][]string{true: {sign}}[sign == "🙂"]; !slices.Equal(lacking, want) {
			t.Errorf("%s: lacking %q", sign, lacking)
		}
		if !strings.Contains(extracted(t, file), "施設"+sign+"一覧") {
			t.Errorf("%s is not in the text", sign)
		}
		root := filepath.Join(t.TempDir(), "page")
		cmd := exec.Command(tool, "-r", "100", "-singlefile", "-", root)
		cmd.Stdin = bytes.NewReader(file)
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, out)
		}
		picture, err := os.ReadFile(root + ".ppm")
		if err != nil {
			t.Fatal(err)
		}
		seen[sign] = picture
	}
	if !bytes.Equal(seen["🙂"], seen["〓"]) || bytes.Equal(seen["〓"], seen["山"]) {
		t.Error("another sign than 〓 is drawn")
	}
}
