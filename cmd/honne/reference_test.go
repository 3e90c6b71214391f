package main

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/alecthomas/kong"

	"honne"
	"honne/internal/honnetest"
	"honne/internal/lang"
	"honne/internal/playbook"
	"honne/playbooks"
)

// TestReference keeps docs/reference.md what the code says; -update writes it.
func TestReference(t *testing.T) {
	c, err := lang.Load()
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	b.WriteString("# Reference\n\nMade from the code by `go test ./cmd/honne -run TestReference -update`.\n")
	writeCommands(t, &b)
	writeMeanings(&b, c)
	writeWording(t, &b)
	b.WriteString("\n## Measures\n\nThe thirty measures, their parameters and bands: [measures.md](measures.md).\n")
	honnetest.Golden(t, "../../docs/reference.md", []byte(b.String()))
}

func writeCommands(t *testing.T, b *strings.Builder) {
	k, err := kong.New(&cli{}, kong.Name("honne"))
	if err != nil {
		t.Fatal(err)
	}
	b.WriteString("\n## Commands\n")
	for _, n := range k.Model.Leaves(true) {
		fmt.Fprintf(b, "\n### `%s`\n\n%s\n", n.Summary(), n.Help)
		for _, p := range n.Positional {
			fmt.Fprintf(b, "\n`<%s>`: %s\n", p.Name, p.Help)
		}
		flags := ""
		for _, f := range slices.Concat(n.AllFlags(true)...) {
			if f.Name == "help" {
				continue
			}
			flags += fmt.Sprintf("| `--%s` | %s | %s | %s |\n", f.Name, strings.ReplaceAll(f.Help, "|", "\\|"), f.Default, strings.Join(f.Envs, ", "))
		}
		if flags != "" {
			b.WriteString("\n| flag | meaning | default | environment |\n|---|---|---|---|\n" + flags)
		}
	}
}

func writeMeanings(b *strings.Builder, c *lang.Catalogues) {
	b.WriteString("\n## Meanings of a column\n\n| name | English | 日本語 |\n|---|---|---|\n")
	for _, m := range honne.Meanings() {
		key := "meaning." + string(m)
		fmt.Fprintf(b, "| `%s` | %s | %s |\n", m, c.Text(lang.EN, key), c.Text(lang.JA, key))
	}
}

// writeWording lists the words that shared text goes without, by the code of their
// rule in the playbook.
func writeWording(t *testing.T, b *strings.Builder) {
	p, err := playbook.Load(playbooks.FS, "japan")
	if err != nil {
		t.Fatal(err)
	}
	b.WriteString("\n## Words of shared text\n\nThe codes of `wording.yaml`. A word that warns leaves the decision to a person; one that is refused keeps a text in. " +
		"Where a legal duty is stated plainly, a word so marked stays.\n\n| code | what it does | instead | 言い換え |\n|---|---|---|---|\n")
	for _, w := range p.Wording {
		does := "warns"
		if w.Block {
			does = "refused"
		}
		if w.Legal {
			does += ", legal duty excepted"
		}
		fmt.Fprintf(b, "| `%s` | %s | %s | %s |\n", w.Word, does, w.Say.EN, w.Say.JA)
	}
}
