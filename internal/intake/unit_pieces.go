package intake

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"honne"
	"honne/internal/intake/outline"
	"honne/internal/intake/terms"
	"honne/internal/japan"
	"honne/internal/playbook"
)

// Whether money or pieces are counted may stand nowhere but in a unit: that of the
// title (単位：本), or one in each row (本 above 千円).

// saidByUnit reads rows of which each says by its unit whether money or pieces are
// counted. Two units of one sort (円, 千円) are not told apart.
func (t *table) saidByUnit(sample []*outline.Profile) bool {
	i := t.column(honne.MUnitName)
	if i < 0 || !t.fields[i].label || t.Layout != honne.Crosstab && t.counted() != 1 {
		return false
	}
	units := map[rowMeasure]honne.Unit{}
	for _, p := range sample {
		s := japan.Trim(p.Text(t.fields[i].col))
		if s == "" {
			continue
		}
		u, ok := japan.UnitAlone(s)
		rm := rowMeasure{t.Kind, u.Currency != ""}
		if before, twice := units[rm]; !ok || twice && before != u {
			return false
		}
		units[rm] = u
	}
	if len(units) < 2 {
		return false
	}
	t.saidAt, t.rowUnits = t.fields[i].col, units
	t.said = []rowMeasure{{t.Kind, false}, {t.Kind, true}}
	return true
}

// heedRowUnits notes that every row across names a unit of pieces, so that no figure of
// it is money.
func (t *table) heedRowUnits(sample []*outline.Profile) {
	i := t.column(honne.MUnitName)
	if i < 0 || !t.fields[i].label {
		return
	}
	t.inPieces = !slices.ContainsFunc(sample, func(p *outline.Profile) bool {
		u, ok := japan.UnitAlone(japan.Trim(p.Text(t.fields[i].col)))
		return !ok || u.Currency != "" || u.Name == "%"
	})
}

// counted is the number of columns that count.
func (t *table) counted() (n int) {
	for i := range t.fields {
		if t.fields[i].measure {
			n++
		}
	}
	return n
}

// piecesOnly reports whether the title says that pieces are counted, and a word
// does not say that it means money: 仕入, 販売実績 below 単位：本.
func (t *table) piecesOnly(word string) bool {
	byUnit := t.Unit.Name != "" && t.Unit.Name != "%" && t.Unit.Currency == "" && t.second.IsZero()
	if !byUnit && !(t.Unit.IsZero() && (t.titledPieces() || t.onlyPieces())) {
		return false
	}
	return !terms.NamesMoney(word)
}

// onlyPieces reports whether headers name pieces, and none of them money.
func (t *table) onlyPieces() bool {
	pieces := false
	for i := range t.Columns {
		s, amount, figure := t.Columns[i].Meaning.Measure()
		switch word := strings.Join(t.fields[i].rest, ""); {
		case !figure || t.fields[i].label:
		case !amount:
			pieces = true
		case s == "" || strings.ContainsAny(word, "額高円価金") || !t.fields[i].below.IsZero():
			return false
		}
	}
	return pieces
}

// titledPieces reports whether a title says in brackets that it counts pieces:
// 販売見込表（数量）.
func (t *table) titledPieces() bool {
	return slices.ContainsFunc(t.Title, func(s string) bool {
		parts := strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune("()（）【】[]", r) })
		if len(parts) < 2 {
			return false
		}
		m, sure := t.words.Lookup(japan.Trim(parts[len(parts)-1]))
		return m == honne.MQuantity && sure >= terms.SureHeader
	})
}

// bareAmong reports whether a column says what is counted by a word that does not
// say that it means money, below a title that says pieces, and no other column
// counts the pieces of its series in the same period, under the same name.
func (t *table) bareAmong(i int, s honne.Series) bool {
	f, own := &t.fields[i], &t.Columns[i]
	if !f.unit.IsZero() || !t.piecesOnly(strings.Join(f.rest, "")) {
		return false
	}
	return !slices.ContainsFunc(t.Columns, func(c honne.Column) bool {
		counts := c.Meaning == honne.QuantityOf(s) || s == t.Kind && c.Meaning == honne.MQuantity
		under := valueOf(c.Product) == valueOf(own.Product) && valueOf(c.Customer) == valueOf(own.Customer) && c.Region == own.Region
		return counts && under && (c.Period.IsZero() || c.Period == own.Period)
	})
}

// guessWords has a person look where all figures of a table stand below words that may be
// of pieces too (実績, 見込), nothing says a unit, and their size does not tell that they
// are money.
func (t *table) guessWords(sample []*outline.Profile) {
	asked := func(p honne.Problem) bool { return p.What.ID == "problem.measure-assumed" }
	if t.inPieces || t.has(honne.MUnitName) || !t.Unit.IsZero() || t.mixed() || slices.ContainsFunc(t.around, terms.NamesMoney) || slices.ContainsFunc(t.stats.problems, asked) {
		return
	}
	first, large := -1, false
	for i := range t.fields {
		f := &t.fields[i]
		switch {
		case !f.measure:
			continue
		case !f.amount || !f.assumed || t.Columns[i].Said || slices.ContainsFunc(f.path, terms.NamesMoney) || japan.TaxOf(strings.Join(f.path, " ")) != "":
			return
		case first < 0:
			first = i
		}
		large = large || slices.ContainsFunc(sample, func(p *outline.Profile) bool {
			n, _ := t.thousandths(p, i)
			return max(n, -n) >= 1000*1000
		})
	}
	if first >= 0 && !large {
		t.stats.problems = append(t.stats.problems, honne.Problem{At: t.address(t.Header.To.Row, t.fields[first].col), Severity: honne.SevWarning,
			What: honne.Say("problem.measure-assumed", honne.Word("meaning", "meaning."+string(t.Columns[first].Meaning)))})
	}
}

// linesBySubtotal takes 小計 for the amount of a line where it is quantity times
// price, and the sum beside it, which the lines of a document repeat, for no
// figure of theirs.
func (t *table) linesBySubtotal(sample []*outline.Profile) {
	sum, q, u := t.column(honne.MAmount), t.column(honne.MQuantity), t.column(honne.MUnitPrice)
	i := slices.IndexFunc(t.Columns, func(c honne.Column) bool { return c.Meaning == honne.MTotal && strings.Contains(c.Header, "小計") })
	if min(sum, q, u, i) < 0 || t.Columns[sum].Said || t.Columns[i].Said {
		return
	}
	if !t.timesPrice(sample, q, u, i) {
		return
	}
	apart := slices.ContainsFunc(sample, func(p *outline.Profile) bool {
		all, _ := t.thousandths(p, sum)
		line, _ := t.thousandths(p, i)
		return all != line
	})
	if apart {
		t.Columns[sum].Meaning, t.Columns[i].Meaning, t.Columns[i].Confidence = honne.MTotal, honne.MAmount, terms.ByShape
	}
}

// timesPrice reports whether a column holds quantity times price in every row that
// has a price.
func (t *table) timesPrice(sample []*outline.Profile, q, u, i int) bool {
	rows := 0
	for _, p := range sample {
		price, priced := t.thousandths(p, u)
		if !priced {
			continue
		}
		n, _ := t.thousandths(p, q)
		if line, ok := t.thousandths(p, i); !ok || n/1000*price != line {
			return false
		}
		rows++
	}
	return rows > 0
}

// amountByTotal takes 合計 for the amount of a line, where no column says so by a
// better word, and it is quantity times price; where it is not, it is unknown what it sums.
func (t *table) amountByTotal(sample []*outline.Profile) {
	q, u, i := t.column(honne.MQuantity), t.column(honne.MUnitPrice), t.column(honne.MTotal)
	amount := slices.ContainsFunc(t.Columns, func(c honne.Column) bool { _, amount, _ := c.Meaning.Measure(); return amount })
	if amount || min(q, u, i) < 0 || t.Layout == honne.Crosstab || t.Columns[i].Said {
		return
	}
	c := &t.Columns[i]
	if c.Meaning, c.Confidence = honne.MeaningUnknown, 0; t.timesPrice(sample, q, u, i) {
		c.Meaning, c.Confidence = honne.MAmount, terms.ByShape
	}
}

// cumulates reports whether figures below a title that says so (売上累計) are sums so
// far: none falls from month to month, and no column says so by itself.
func (t *table) cumulates(sample []*outline.Profile) bool {
	_, own := t.measures()
	switch {
	case slices.Contains(own, honne.ToDate):
		return false
	case t.has(honne.MPeriod) && !t.anyPeriodAcross():
		return t.cumulatesDown(sample)
	case t.Layout != honne.Crosstab || !t.anyPeriodAcross():
		return false
	}
	rows := 0
	for _, p := range sample {
		last, n := int64(0), 0
		for i := range t.fields {
			v, ok := t.thousandths(p, i)
			switch {
			case !ok || t.Columns[i].Period.IsZero():
			case n > 0 && v < last:
				return false
			default:
				last, n = v, n+1
			}
		}
		if n > 1 {
			rows++
		}
	}
	return rows > 0
}

// cumulatesDown is cumulates of months that stand below each other.
func (t *table) cumulatesDown(sample []*outline.Profile) bool {
	at, risen := t.column(honne.MPeriod), 0
	last := map[string]int64{}
	for _, p := range t.inTime(sample, at) {
		if outline.TotalRow(t.words, p) {
			continue
		}
		var of strings.Builder
		for i := range t.fields {
			if c := p.Cell(t.fields[i].col); t.Columns[i].Label && i != at && c != nil {
				of.WriteString(japan.Trim(c.Text))
			}
			of.WriteByte(0)
		}
		for i := range t.fields {
			v, ok := t.thousandths(p, i)
			if !ok || t.Columns[i].Label || i == at {
				continue
			}
			key := of.String() + strconv.Itoa(i)
			before, again := last[key]
			if again && v < before {
				return false
			}
			if again && v > before {
				risen++
			}
			last[key] = v
		}
	}
	return risen > 0
}

// inTime are rows in the order of their months, which may stand with the newest first.
func (t *table) inTime(rows []*outline.Profile, at int) []*outline.Profile {
	from := func(p *outline.Profile) honne.Date {
		if c := p.Cell(t.fields[at].col); c != nil {
			return t.moment(p.N, c).Period.From
		}
		return 0
	}
	rows = slices.Clone(rows)
	slices.SortStableFunc(rows, func(a, b *outline.Profile) int { return cmp.Compare(from(a), from(b)) })
	return rows
}

// onlyToDate reports whether one plain figure stands below a title that says of a month
// that it is a sum so far: 2026年10月度（累計）.
func (t *table) onlyToDate(plain int, own []honne.Series) bool {
	_, month := t.Period.Month()
	if plain != 1 || len(own) > 0 || !month || t.Layout == honne.Crosstab || len(t.periods.cols) > 0 {
		return false
	}
	return slices.ContainsFunc(t.Title, func(s string) bool {
		return slices.ContainsFunc(t.book.Kinds, func(k playbook.KindWords) bool { return k.Series == honne.ToDate && terms.HoldsAny(s, k.Words) })
	})
}

// plainAcross reports whether figures stand below periods that say no more than
// when: 4月, 5月 beside 6月見込.
func (t *table) plainAcross() bool {
	return slices.ContainsFunc(t.Columns, func(c honne.Column) bool { return !c.Period.IsZero() && c.Meaning == honne.MeaningUnknown && !c.Label })
}
