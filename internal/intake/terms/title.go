package terms

import (
	"slices"
	"strings"
	"unicode/utf8"

	"honne"
	"honne/internal/intake/when"
	"honne/internal/japan"
)

// PeriodBefore splits a text into the longest period that begins it and a measure.
func (d *Dictionary) PeriodBefore(s string) (period, measure string, ok bool) {
	if len(s) > 60 {
		return "", "", false
	}
	for i := range s {
		head, tail := japan.Trim(s[:i]), japan.Trim(s[i:])
		if when.SaysPeriod(head) && d.Measures(tail) {
			period, measure, ok = head, tail, true
		}
	}
	return period, measure, ok
}

// PlaceNamed is the branch or region that a sheet is named after: 東京支店.
func (d *Dictionary) PlaceNamed(sheet string) string {
	s := japan.Trim(sheet)
	for _, ending := range d.Book.Words.Place {
		if name, ok := strings.CutSuffix(s, ending); ok && name != "" && len(s) <= 60 {
			return s
		}
	}
	return ""
}

// TitlePeriod finds the period a title speaks of: a range in brackets before the
// month it explains, a closing month where the title says 20日締; the day on which
// a file was made or printed is none, that on which stock was counted is.
func (d *Dictionary) TitlePeriod(s string) (honne.Period, bool) {
	if len(s) > 400 {
		return honne.Period{}, false
	}
	if rest, fewer := d.withoutDay(s); fewer {
		if p, ok := d.TitlePeriod(rest); ok && p.To < p.From+32 {
			return p, true
		}
	}
	if HoldsAny(s, d.Book.Words.Made) {
		return honne.Period{}, false
	}
	for _, part := range strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune("()（）【】[]", r) }) {
		if p, ok := when.ReadPeriod(part); ok && p.To > p.From+20 && p.To < p.From+40 && strings.ContainsAny(part, "～〜~-/") {
			return p, true
		}
	}
	if p, ok := d.wordPeriod(s); ok {
		return p, true
	}
	p, ok := japan.FindPeriod(s)
	counted := HoldsAny(s, d.Book.Words.Counted)
	if ok && p.From == p.To && (counted || d.leftAtEnd(s, p.From)) {
		return p.From.Month().Period(), true
	}
	if m, month := p.Month(); month && counted && strings.Contains(s, "月末") {
		return m.Period(), true
	}
	if narrow, found := when.BracketedPart(s, p); found {
		return narrow, true
	}
	if _, _, day := p.From.Civil(); ok && p.From == p.To && when.ClosingDay(s) == day {
		return japan.ClosingMonth(p.From.Month(), day), true
	}
	if m, month := p.Month(); month {
		if day := when.ClosingDay(s); day > 0 {
			return japan.ClosingMonth(m, day), true
		}
	}
	return p, ok && p.To > p.From+20 && !counted
}

// wordPeriod reads a month with the letter of an era, where a word of the title
// is nothing else: R5.9分, 対象期間：R7.3.
func (d *Dictionary) wordPeriod(s string) (honne.Period, bool) {
	spans := HoldsAny(s, d.Book.Words.Span) || d.Book.Kind(s) != ""
	for _, w := range strings.FieldsFunc(japan.Fold(s), func(r rune) bool { return strings.ContainsRune(TitleBreaks, r) }) {
		bare := strings.TrimSuffix(w, "分")
		if !strings.HasSuffix(bare, "年度") {
			bare = strings.TrimSuffix(bare, "度")
		}
		if w == "" || !strings.Contains("RHS", w[:1]) || bare == w && !spans {
			continue
		}
		if p, ok := when.ReadPeriod(bare); ok {
			return p, p.To > p.From
		}
	}
	return honne.Period{}, false
}

// TitleBreaks stand between the words of a title.
const TitleBreaks = " \u3000・、／/_()（）【】[]:：■□●○◆◇▼＜＞<>別"

// withoutDay drops from a title what says of a day how the file came about, or until
// when it counts, beside its month: 2025年9月度 売上速報（9/25現在）.
func (d *Dictionary) withoutDay(s string) (rest string, fewer bool) {
	w := &d.Book.Words
	parts := strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune("()（）【】[] \u3000", r) })
	kept := slices.DeleteFunc(slices.Clone(parts), func(part string) bool {
		counted := EndsWith(part, w.Counted) && !slices.Contains(w.Counted, part)
		return counted || HoldsAny(part, w.Made) && (strings.Contains(s, "("+part) || strings.Contains(s, "（"+part))
	})
	return strings.Join(kept, " "), len(kept) < len(parts)
}

// WhenLabel reports whether a label stands before a period or a day.
func (d *Dictionary) WhenLabel(label string) bool {
	m, sure := d.Lookup(label)
	return sure > 0 && WhenMeaning(m) || HoldsAny(label, d.Book.Words.Span) || HoldsAny(label, d.Book.Words.Made)
}

// LookupTitled is the meaning of a word of a title, without the end that says what kind
// of paper it is (使用本数推移, 売上数量一覧表), and of pieces without what stands before
// them: 店頭販売数.
func (d *Dictionary) LookupTitled(word string) (honne.Meaning, float64) {
	m, sure := d.withoutPaper(word)
	for rest := word; sure == 0 && utf8.RuneCountInString(rest) > 3; {
		_, size := utf8.DecodeRuneInString(rest)
		rest = rest[size:]
		of, known := d.withoutPaper(rest)
		if _, amount, figure := of.Measure(); figure && !amount && known >= SureHeader && strings.Contains(rest, "数") {
			return of, known
		}
	}
	return m, sure
}

func (d *Dictionary) withoutPaper(word string) (honne.Meaning, float64) {
	m, sure := d.Lookup(word)
	for _, end := range d.Book.Words.Title {
		for _, e := range [...]string{end, strings.TrimSuffix(strings.TrimSuffix(end, "表"), "書")} {
			rest, ok := strings.CutSuffix(word, e)
			if of, known := d.Lookup(rest); ok && known > 0 && known >= sure {
				m, sure = of, known
			}
		}
	}
	return m, sure
}
