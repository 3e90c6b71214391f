package playbook

import (
	"strings"

	"go.yaml.in/yaml/v3"

	"honne"
)

// readAssistant reads assistant.yaml.
func (l *layer) readAssistant(n *yaml.Node) {
	l.mapping("", n, field{"instructions", l.text(&l.Instructions)})
}

// Inquiry is what an assistant is told of a text: the instructions, the reasons
// by their names, and the text.
func (p *Playbook) Inquiry(text string) (q honne.Inquiry, known []string) {
	var b strings.Builder
	b.WriteString(p.Instructions)
	for _, x := range p.Excuses {
		known = append(known, x.Excuse)
		b.WriteString(x.Excuse + ": " + x.Title.EN + " / " + x.Title.JA + "\n")
	}
	return honne.Inquiry{Instructions: b.String(), Text: text}, known
}
