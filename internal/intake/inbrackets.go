package intake

import (
	"slices"
	"strings"

	"honne"
	"honne/internal/japan"
	"honne/internal/playbook"
)

// inBrackets is the meaning of a figure whose header says in brackets whether it is
// money or pieces (在庫（金額）, 計画（数量）), or of what it is: 売上（前年）, 数量（計画）,
// 金額（原価）.
func (d *dictionary) inBrackets(header, bare string) (honne.Meaning, float64) {
	inside := bracketedText(header)
	for _, w := range d.book.Words.Basis {
		inside = strings.TrimSuffix(inside, w)
	}
	if inside == "" {
		return honne.MeaningUnknown, 0
	}
	m, _ := d.book.Column(bare)
	of, amount, figure := m.Measure()
	if !figure {
		return honne.MeaningUnknown, 0
	}
	said, known := d.book.Exact[japan.Key(inside)]
	series, _, turns := said.Measure()
	if of == "" && d.expects(inside) {
		series, turns = honne.Forecast, true
	}
	switch {
	case turns && series == "" && holdsAny(strings.ToLower(inside), d.book.Words.SaysFigure):
		return d.measureOf(bare, inside, of, said == honne.MAmount)
	case turns && series != "" && series != of && of != "", d.turnsAway(inside, of, said, known):
		return honne.MeaningUnknown, sureHeader
	case turns && series != "" && amount:
		return honne.AmountOf(series), partHeader
	case turns && series != "":
		return honne.QuantityOf(series), partHeader
	}
	return honne.MeaningUnknown, 0
}

// expects reports whether a word says of a figure that it is only expected: 予定.
func (d *dictionary) expects(s string) bool {
	return slices.ContainsFunc(d.book.Words.Expected, func(w string) bool { return japan.Key(w) == japan.Key(s) })
}

// piecesOf is the meaning of a header of which a part is known, where another part says
// that it counts pieces: 計画販売数量.
func piecesOf(m honne.Meaning, header string) honne.Meaning {
	of, amount, figure := m.Measure()
	if figure && (strings.HasSuffix(header, "比") || strings.HasSuffix(header, "率")) {
		return honne.MRatio // 数量前年比
	}
	if of != "" && amount && strings.Contains(header, "数") && !namesMoney(header) {
		return honne.QuantityOf(of)
	}
	return m
}

// measureOf is the amount, or the quantity, of what stands before the brackets.
func (d *dictionary) measureOf(bare, inside string, of honne.Series, amount bool) (honne.Meaning, float64) {
	whole, sure := d.book.Column(bare + inside)
	switch _, _, figure := whole.Measure(); {
	case sure && figure:
		return whole, sureHeader
	case of == "" && amount:
		return honne.MAmount, partHeader
	case of == "":
		return honne.MQuantity, partHeader
	case amount:
		return honne.AmountOf(of), partHeader
	}
	return honne.QuantityOf(of), partHeader
}

// turnsAway reports whether what stands in brackets makes a figure another one that is
// not kept: 売上（前月）, 金額（原価）, 売上（前年比）, 数量（サンプル）. Of stock the end of the
// month is its own.
func (d *dictionary) turnsAway(inside string, of honne.Series, said honne.Meaning, known bool) bool {
	words := d.book.Words
	if _, unit := japan.UnitAlone(inside); unit || d.version(inside) != 0 || holdsAny(inside, words.Superseded) || holdsAny(inside, words.Revised) {
		return false // another version of the same figure
	}
	key := japan.Key(inside)
	return known && (said == honne.MRatio || said == honne.MCompetitor || said == honne.MUnitPrice) || d.unsold[key] || known && said == honne.MeaningUnknown && of != honne.Stock || d.otherFigure(key)
}

// otherFigure reports whether a part of a word makes a figure one that is not kept.
func (d *dictionary) otherFigure(key string) bool {
	return slices.ContainsFunc(d.book.Parts, func(p playbook.Part) bool {
		return p.Meaning == honne.MeaningUnknown && strings.Contains(key, p.Key)
	})
}
