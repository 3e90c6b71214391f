package report

import (
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"strings"

	"honne/internal/lang"
)

//go:embed beside.html
var besidePage string

//go:embed beside.css
var besideStyle string

// besideHTML writes a document that is said in both languages side by side; l is
// the language that stands first, and that of the page.
func (d Document) besideHTML(w io.Writer, c *lang.Catalogues, l lang.Language) error {
	b := beside{order: []lang.Language{l}, said: map[lang.Language]*template.Template{}}
	for _, x := range lang.All() {
		if x != l {
			b.order = append(b.order, x)
		}
		t, err := voice{c, x}.template()
		if err != nil {
			return err
		}
		b.said[x] = t
	}
	t := b.said[l].Funcs(template.FuncMap{"both": b.both})
	if err := t.ExecuteTemplate(w, "beside", d); err != nil {
		return fmt.Errorf("report: write HTML: %w", err)
	}
	return nil
}

// beside says one thing in each language.
type beside struct {
	order []lang.Language
	said  map[lang.Language]*template.Template
}

// both writes a part of the page in each language, each in an element of its own.
func (b beside) both(part string, data any) (template.HTML, error) {
	var out strings.Builder
	for _, l := range b.order {
		fmt.Fprintf(&out, `<span class="half" lang="%s">`, l)
		if err := b.said[l].ExecuteTemplate(&out, part, data); err != nil {
			return "", err
		}
		out.WriteString("</span>")
	}
	return template.HTML(out.String()), nil
}
