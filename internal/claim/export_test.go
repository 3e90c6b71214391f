package claim

import "honne/internal/playbook"

// IsWriter reports whether a line says only who writes.
func IsWriter(line string) bool { return isWriter([]rune(line)) }

// Rows are the rows of weights that sentences make, without the four trainings more that
// make probabilities of them.
func Rows(p *playbook.Playbook, sentences []playbook.Sentence) []byte {
	keys, list := examples(newReader(newLexicon(p)), framed(sentences))
	return appendRows(nil, keys, fit(list, len(keys)))
}

// RowsOf are those of a model.
func RowsOf(model []byte) []byte { return model[headSize:] }
