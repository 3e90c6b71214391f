package intake

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"honne"
	"honne/internal/intake/terms"
	"honne/internal/japan"
)

// Months may stand across by their place in the business year: 第1月, 第1期月,
// 1ヶ月目. Which month the first is must be known from what stands around.

var orderedMonth = regexp.MustCompile(`^(?:第([0-9]{1,2})(?:期?月|[ヶケかカヵ箇]月目?)|([0-9]{1,2})[ヶケかカヵ箇]?月目)$`)

// monthOrder is the place of a month in its year that a text says, 0 for none.
func monthOrder(s string) int {
	m := orderedMonth.FindStringSubmatch(japan.Fold(japan.Trim(s)))
	if m == nil {
		return 0
	}
	n, _ := strconv.Atoi(m[1] + m[2])
	if n > 12 {
		return 0
	}
	return n
}

// firstSaid is how a title gives the first month of a year: 2025年10月～2026年9月,
// 2026年3月期, 4月始まり.
var firstSaid = regexp.MustCompile(`(?:月|[./][0-9]{1,2}) ?[~〜～‐–-]|[0-9]月期|[0-9]月(?:始|開始|起算)`)

// findOrdered takes such columns for months where they count on from the first, and
// what stands around says in which month the year begins: 2025年度 may be from another
// than April. Months counted from an event (導入後1ヶ月目) are of no year.
func (t *table) findOrdered() {
	start := t.Period.From.Month()
	year := t.Period == honne.Months(start, start+11) && slices.ContainsFunc(t.around, func(s string) bool {
		p, ok := t.words.TitlePeriod(s)
		return ok && p == t.Period && firstSaid.MatchString(japan.Fold(s))
	})
	last, col, raw := 0, int32(0), ""
	for i := range t.fields {
		for _, s := range t.fields[i].path {
			head, _ := withoutMeasure(s, t.words)
			n := monthOrder(head)
			switch {
			case n == 0 || n == last:
				continue
			case n != last+1 || !year:
				return
			case last == 0:
				col, raw = t.fields[i].col, clip(s)
			}
			last = n
		}
	}
	if last < 2 || slices.ContainsFunc(t.around, sinceEvent) {
		return
	}
	t.ordered = start
	severity := honne.SevWarning // it may count from something else, or be 1月
	if strings.HasPrefix(raw, "第") && (last == 12 || strings.Contains(raw, "期")) {
		severity = honne.SevNote
	}
	t.stats.problems = append(t.stats.problems, honne.Problem{At: t.address(t.Header.To.Row, col), Severity: severity, Raw: raw,
		What: honne.Say("problem.months-by-order", honne.Text("text", raw), honne.InMonth("month", t.ordered))})
}

// sinceEvent reports whether a title counts from what happened to each customer.
func sinceEvent(s string) bool {
	return terms.HoldsAny(s, []string{"導入", "採用", "開始", "発売", "契約", "経過"})
}

// inOrderSaid gives the place of a month in the year its word.
func (t *table) inOrderSaid(s string) string {
	n := monthOrder(s)
	if t.ordered == 0 || n == 0 {
		return s
	}
	_, m := (t.ordered + honne.Month(n-1)).Civil()
	return strconv.Itoa(m) + "月"
}
