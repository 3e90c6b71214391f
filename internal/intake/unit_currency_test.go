package intake

import (
	"strings"
	"testing"

	"honne"
	"honne/internal/playbook"
	"honne/playbooks"
)

// A part is in the currency of its amounts; pieces alone are in none, so that a
// count never says in which currency a partner's figures are.
func TestCurrencyOfParts(t *testing.T) {
	book, err := playbook.Load(playbooks.FS, "japan")
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]honne.Currency{
		"2025年4月 売上実績,,\n得意先名,品名,数量\n青葉病院,針,5\n緑病院,糸,2\n":                                        "",
		"2025年4月 売上実績,,,\n得意先名,品名,数量,金額\n青葉病院,針,5,100\n緑病院,糸,2,300\n":                            "EUR",
		"2025年4月 売上実績,,,\n得意先名,品名,数量,金額（千円）\n青葉病院,針,5,100\n緑病院,糸,2,300\n":                        "JPY",
		"2025年4月 売上実績,,\n得意先名,品名,数量\n青葉病院,針,5\n緑病院,糸,2\n\n得意先名,品名,金額（円）\n東病院,針,500\n西病院,糸,200\n": "JPY",
	} {
		r, err := Read(t.Context(), honne.File{Name: "売上_202504.csv", Size: int64(len(text)), Bytes: strings.NewReader(text), Currency: "EUR"}, book, honne.Memory{})
		if err != nil || len(r.Parts) == 0 {
			t.Fatalf("%v, %v\n%s", r.Problems, err, text)
		}
		for _, p := range r.Parts {
			if p.Currency != want && !(want == "JPY" && p.Currency == "" && len(r.Parts) > 1) {
				t.Errorf("%s %q, want %q, of\n%s", p.Series, p.Currency, want, text)
			}
		}
	}
}
