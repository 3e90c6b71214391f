package main

import (
	"fmt"
	"io"
	"strings"

	"honne/internal/lang"
	"honne/internal/report"
)

// documentForms are the forms in which a document can be written.
var documentForms = [...]string{"html", "pdf", "xlsx", "json"}

// render writes a document in a form other than JSON. Signs that the font of a
// PDF lacks are named on standard error.
func (e *env) render(w io.Writer, d report.Document, form string, l lang.Language) error {
	switch form {
	case "xlsx":
		return d.XLSX(w, e.lang, l)
	case "pdf":
		lacking, err := d.PDF(w, e.lang, l)
		if err == nil && len(lacking) > 0 {
			_, err = fmt.Fprintf(e.err, "honne: the font of the PDF lacks %s; 〓 is drawn there, and the text keeps it\n", strings.Join(lacking, " "))
		}
		return err
	}
	return d.HTML(w, e.lang, l)
}
