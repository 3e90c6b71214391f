package intake

import (
	"regexp"
	"strings"

	"honne"
	"honne/internal/japan"
)

var fromTo = regexp.MustCompile(`^\(?自[ :]*([^自至]{3,20}?)[ ~,]*至[ :]*([^自至]{3,20}?)\)?$`)

// fromTill reads a span of which a title says the beginning by 自 and the end by 至,
// in one text or in two beside each other: 自 R07/01, 至 R07/06.
func fromTill(p *profile, k int) (honne.Period, bool) {
	s := p.Cells[k].Text
	if k+1 < len(p.Cells) && !strings.Contains(s, "至") {
		s += " " + p.Cells[k+1].Text
	}
	if len(s) > 100 {
		return honne.Period{}, false
	}
	m := fromTo.FindStringSubmatch(japan.Fold(japan.Trim(s)))
	if m == nil {
		return honne.Period{}, false
	}
	from, first := readPeriod(japan.Trim(m[1]))
	to, last := readPeriod(japan.Trim(m[2]))
	return honne.Period{From: from.From, To: to.To}, first && last && from.From < to.To
}

// spanned reads a period that stands in three cells behind its label: 期間,
// 2025/10/1, ～, 2025/10/31; or between 自 and 至.
func (d *dictionary) spanned(p *profile, k int) (honne.Period, bool) {
	if p, ok := fromTill(p, k); ok {
		return p, true
	}
	if k+2 >= len(p.Cells) || !isTill(p.Cells[k+1].Text) || !d.beside(p, k) {
		return honne.Period{}, false
	}
	from, to := dayOf(&p.Cells[k]), dayOf(&p.Cells[k+2])
	return honne.Period{From: from, To: to}, from != 0 && from < to
}
