package report

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"io"
	"os/exec"
	"strings"
	"testing"

	"honne/internal/honnetest/corpus"
	"honne/internal/lang"
)

// Every page of every document says whom it is for and which page it is; the file
// has a title, its language and an outline.
func TestEveryPageIsMarked(t *testing.T) {
	c, err := lang.Load()
	if err != nil {
		t.Fatal(err)
	}
	tool := corpus.Tool(t, "pdftotext")
	for name, doc := range auditDocuments() {
		for _, l := range lang.All() {
			file, _ := paperOf(t, doc, l)
			for _, key := range []string{fmt.Sprintf("/Lang<FEFF%04X%04X>", l[0], l[1]), "/Outlines", "/Title", "/MarkInfo"} {
				if !bytes.Contains(objects(file), []byte(key)) {
					t.Errorf("%s %s: no %s", name, l, key)
				}
			}
			cmd := exec.Command(tool, "-enc", "UTF-8", "-", "-")
			cmd.Stdin = bytes.NewReader(file)
			out, err := cmd.Output()
			if err != nil {
				t.Fatal(err)
			}
			pages := strings.Split(strings.TrimSuffix(string(out), "\f"), "\f")
			mark := printable(voice{c, l}.whom(doc))
			if doc.Edition == Internal {
				mark = c.Text(l, "report.internal")
			}
			for i, page := range pages {
				if text, of := unspaced(page), fmt.Sprint(i+1, " / ", len(pages)); !strings.Contains(text, unspaced(of)) || !strings.Contains(text, unspaced(mark)) || mark == "" {
					t.Errorf("%s %s: page %d lacks %q or %q", name, l, i+1, of, mark)
				}
			}
		}
	}
}

// objects are the packed objects of a file.
func objects(file []byte) (out []byte) {
	for _, part := range bytes.Split(file, []byte("stream\n"))[1:] {
		if r, err := zlib.NewReader(bytes.NewReader(part)); err == nil {
			b, _ := io.ReadAll(r) // what is no packed object ends early
			out = append(out, b...)
		}
	}
	return out
}
