package intake

import (
	"regexp"
	"strconv"

	"honne"
	"honne/internal/intake/terms"
	"honne/internal/intake/when"
	"honne/internal/japan"
)

// foreseenFrom reads from which of the months across on a title calls figures something
// else than what came before: ※7月以降は見込. They are that.
func (t *table) foreseenFrom() {
	if t.Layout != honne.Crosstab || t.Kind != honne.Sales && t.Kind != honne.Purchases {
		return
	}
	for _, s := range t.around {
		for _, said := range fromThen.FindAllStringSubmatch(japan.Fold(s), -1) {
			name, _ := strconv.Atoi(said[1])
			what := terms.WithoutFirst(said[2], t.book.Words.FromThen)
			if series := t.book.Kind(what); what != said[2] && (series == honne.Forecast || series == honne.Plan) && name >= 1 && name <= 12 {
				t.turnFrom(when.MonthFrom(name, t.Period.From.Month()), series)
				return
			}
		}
	}
}

// turnFrom gives the columns of a month and of those after it another series.
func (t *table) turnFrom(first honne.Month, series honne.Series) {
	for i := range t.fields {
		f := &t.fields[i]
		if m, month := t.Columns[i].Period.Bucket(); month && m >= first && f.measure && f.series == t.Kind {
			f.series = series
		}
	}
}

var fromThen = regexp.MustCompile(`([0-9]{1,2})月([^0-9、。,)）]{2,12})`)
