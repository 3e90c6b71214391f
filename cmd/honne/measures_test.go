package main

import (
	"fmt"
	"strings"
	"testing"

	"honne"
	"honne/internal/honnetest"
	"honne/internal/lang"
	"honne/internal/measure"
	"honne/internal/playbook"
	"honne/playbooks"
)

const measuresHead = `# The measures

Made from the measures and the playbook of Japan by ` + "`go test ./cmd/honne -run TestMeasures -update`" + `.

A measure is arithmetic: its value with its terms, its further figures (parts) and what it needs. Good or bad is a band of a playbook, in which
every number can be changed. High is said only of what is known; what is unknown is never clear, and what nobody entered is unknown, never zero.
`

// TestMeasures keeps docs/measures.md what the measures and the playbook say;
// -update writes it.
func TestMeasures(t *testing.T) {
	c, err := lang.Load()
	if err != nil {
		t.Fatal(err)
	}
	p, err := playbook.Load(playbooks.FS, "japan")
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	b.WriteString(measuresHead)
	for _, m := range measure.All() {
		writeMeasure(&b, c, p, m)
	}
	b.WriteString("\n## The seven signs\n")
	for _, s := range p.Signs {
		fmt.Fprintf(&b, "\n### `%s` %s · %s\n", s.Sign, c.Text(lang.EN, "sign."+s.Sign), c.Text(lang.JA, "sign."+s.Sign))
		fmt.Fprintf(&b, "\nFrom `%s`.\n", strings.Join(s.Measures, "`, `"))
		writeBands(&b, c, s.Watch, s.High)
	}
	writeThresholds(&b, c, p)
	if i := strings.Index(b.String(), "[part."); i >= 0 {
		t.Errorf("a part has no name: %.60s", b.String()[i:])
	}
	honnetest.Golden(t, "../../docs/measures.md", []byte(b.String()))
}

func writeMeasure(b *strings.Builder, c *lang.Catalogues, p *playbook.Playbook, m *measure.Measure) {
	fmt.Fprintf(b, "\n## %s `%s`\n\n%s · %s\n", m.ID.ID, m.ID.Slug, c.Text(lang.EN, "measure."+m.ID.Slug), c.Text(lang.JA, "measure."+m.ID.Slug))
	fmt.Fprintf(b, "\n%s\n\nMay lack: %s.\n", m.Doc, words(c, m.Needs, "need."))
	if len(m.Confounders) > 0 {
		fmt.Fprintf(b, "Harmless explanations: %s.\n", words(c, m.Confounders, ""))
	}
	rules := p.MeasureRules(m.ID.Slug)
	if len(m.Params) > 0 {
		b.WriteString("\n| parameter | default | playbook | meaning |\n|---|---|---|---|\n")
	}
	for _, x := range m.Params {
		set := ""
		if v, ok := rules.Params[x.Name]; ok {
			set = fmt.Sprint(v)
		}
		fmt.Fprintf(b, "| `%s` | %v | %s | %s |\n", x.Name, x.Default, set, x.Doc)
	}
	writeBands(b, c, rules.Watch, rules.High)
}

func words[T ~string](c *lang.Catalogues, list []T, prefix string) string {
	out := make([]string, len(list))
	for i, n := range list {
		out[i] = c.Text(lang.EN, prefix+string(n))
	}
	return strings.Join(out, ", ")
}

// writeBands says the conditions in words, a line a node.
func writeBands(b *strings.Builder, c *lang.Catalogues, watch, high *playbook.Condition) {
	if watch == nil && high == nil {
		b.WriteString("\nA figure to know: it has no bands.\n")
		return
	}
	b.WriteString("\n")
	for _, band := range []struct {
		name honne.Band
		of   *playbook.Condition
	}{{honne.Watch, watch}, {honne.High, high}} {
		if band.of == nil {
			fmt.Fprintf(b, "- **%s**: never\n", band.name)
			continue
		}
		lead := fmt.Sprintf("- **%s**: ", band.name)
		for _, m := range band.of.Say(nil) {
			depth := 0
			for _, a := range m.Args {
				if a.Name == "depth" {
					depth = int(a.N)
				}
			}
			if depth > 0 {
				lead = strings.Repeat("  ", depth) + "- "
			}
			b.WriteString(lead + c.Say(lang.EN, m) + "\n")
		}
	}
}

// writeThresholds names the numbers of which one distributor may have its own.
func writeThresholds(b *strings.Builder, c *lang.Catalogues, p *playbook.Playbook) {
	b.WriteString("\n## Thresholds\n\nOne distributor may have its own number of each of these, with a reason and a history: on the page of the sign or measure,\n" +
		"or in `thresholds` of a folder's `distributor.yaml`. What protects the partner is not among them.\n\n| name | rule | used in |\n|---|---|---|\n")
	for _, t := range p.Thresholds() {
		var uses []string
		for _, u := range t.Uses {
			uses = append(uses, strings.TrimSpace(u.Measure+u.Sign+" "+string(u.Band)))
		}
		fmt.Fprintf(b, "| `%s` | %s | %s |\n", t.ID, c.Say(lang.EN, t.Says(t.Limit(), nil)), strings.Join(uses, ", "))
	}
}
