package report

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"

	"honne"
	"honne/internal/lang"
)

func pageOf(t *testing.T, d Document, l lang.Language) string {
	t.Helper()
	var b bytes.Buffer
	if err := d.HTML(&b, sentences(t), l); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// elements reads a page as strictly as XML and returns its elements by name.
func elements(t *testing.T, page string) map[string][]xml.StartElement {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader(page))
	out := map[string][]xml.StartElement{}
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return out
		}
		if err != nil {
			t.Fatalf("not well formed: %v\n%s", err, page)
		}
		if e, ok := token.(xml.StartElement); ok {
			out[e.Name.Local] = append(out[e.Name.Local], e.Copy())
		}
	}
}

func attribute(e xml.StartElement, name string) string {
	i := slices.IndexFunc(e.Attr, func(a xml.Attr) bool { return a.Name.Local == name })
	if i < 0 {
		return ""
	}
	return e.Attr[i].Value
}

func TestPageIsWellFormedAndItsNotesLead(t *testing.T) {
	doc := Picture(sample(), evidence).WithFiles(19, []FileTrouble{{"売上_2026-09.csv", honne.Say("need.sales")}, {"stock.xlsx!在庫!C4", honne.Say("need.stock")}})
	for _, l := range lang.All() {
		page := pageOf(t, doc, l)
		all := elements(t, page)
		if len(all["h1"]) != 1 || attribute(all["html"][0], "lang") != string(l) || len(all["svg"]) == 0 {
			t.Errorf("%s: %d h1, lang %q, %d svg", l, len(all["h1"]), attribute(all["html"][0], "lang"), len(all["svg"]))
		}
		if len(all["caption"]) != len(all["table"]) || len(all["script"])+len(all["link"])+len(all["img"])+len(all["i"])+len(all["em"]) > 0 {
			t.Errorf("%s: %d captions of %d tables, or something from outside", l, len(all["caption"]), len(all["table"]))
		}
		targets := map[string]bool{}
		for _, e := range all["li"] {
			targets["#"+attribute(e, "id")] = true
		}
		for _, e := range all["a"] {
			if !targets[attribute(e, "href")] {
				t.Errorf("%s: the link %q leads nowhere", l, attribute(e, "href"))
			}
		}
		for _, e := range all["th"] {
			if attribute(e, "scope") == "" {
				t.Errorf("%s: a th without scope", l)
			}
		}
		if again := pageOf(t, Picture(sample(), evidence).WithFiles(19, []FileTrouble{{"売上_2026-09.csv", honne.Say("need.sales")}, {"stock.xlsx!在庫!C4", honne.Say("need.stock")}}), l); again != page {
			t.Errorf("%s: not the same bytes twice", l)
		}
	}
}

func TestHostileNames(t *testing.T) {
	const evil = `</title></style><script>alert(1)</script>"><img src=x onerror=alert(1)>` + "\x1b[31m\u202e"
	p := sample()
	p.Distributor.Profile.Name, p.Distributor.Profile.NameJA, p.Playbook = evil, evil+"医", evil
	p.KPIs.Market.Source, p.Questions[0].EN = evil, evil
	doc := Picture(p, func([]honne.Selection) ([]string, int) { return []string{evil}, 0 })
	for _, l := range lang.All() {
		page := strings.Map(func(r rune) rune {
			if r == '\x1b' { // escaped in HTML, but no sign of XML
				return -1
			}
			return r
		}, pageOf(t, doc, l))
		all := elements(t, page)
		if len(all["script"])+len(all["img"]) > 0 || len(all["style"]) != 1 || len(all["title"]) != 2 { // the chart has its own
			t.Errorf("%s: a name became an element", l)
		}
		if text := written(t, doc, l, Terminal{}); strings.ContainsAny(text, "\x1b\u202e") {
			t.Errorf("%s: a name steers the terminal", l)
		}
	}
}
