package playbook

import "strings"

// suggest says what was probably meant: the nearest word of the list, or, when
// none is near, a short list whole.
func suggest(word string, list []string) string {
	best, distance := "", len(word)/3+2
	for _, candidate := range list {
		if d := editDistance(word, candidate, distance); d < distance {
			best, distance = candidate, d
		}
	}
	switch {
	case best != "":
		return "did you mean " + best + "?"
	case len(list) > 16:
		return "expected a name of the vocabulary"
	}
	return "expected one of " + strings.Join(list, ", ")
}

// editDistance counts the bytes to insert, delete or replace to make b of a;
// limit when it is not less than limit.
func editDistance(a, b string, limit int) int {
	if len(a)-len(b) >= limit || len(b)-len(a) >= limit {
		return limit
	}
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			replace := diagonal
			if a[i] != b[j] {
				replace++
			}
			diagonal = row[j+1]
			row[j+1] = min(replace, row[j]+1, row[j+1]+1)
		}
	}
	return min(row[len(b)], limit)
}
