package intake

import (
	"strings"

	"honne"
	"honne/internal/japan"
)

// inBrackets is the meaning of a figure whose header says in brackets whether it is
// money or pieces: 在庫（金額）, 計画（数量）, 市場規模（数量ベース）.
func (d *dictionary) inBrackets(header, bare string) (honne.Meaning, float64) {
	inside := strings.TrimSuffix(bracketedText(header), "ベース")
	said := d.book.Exact[japan.Key(inside)]
	if said != honne.MAmount && said != honne.MQuantity || !holdsAny(strings.ToLower(inside), saysMeasure) {
		return honne.MeaningUnknown, 0
	}
	if m, sure := d.book.Column(bare + inside); sure && m != honne.MeaningUnknown {
		return m, sureHeader
	}
	m, _ := d.book.Column(bare)
	switch s, _, figure := m.Measure(); {
	case !figure:
		return honne.MeaningUnknown, 0
	case s == "":
		return said, partHeader
	case said == honne.MAmount:
		return honne.AmountOf(s), partHeader
	default:
		return honne.QuantityOf(s), partHeader
	}
}

// saysMeasure stand in words that say money or pieces and nothing else; 実績 says neither.
var saysMeasure = []string{"額", "数", "amount", "value", "qty", "quantity", "units", "pcs", "volume"}
