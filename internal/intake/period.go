package intake

import (
	"cmp"
	"slices"
	"strings"

	"honne"
	"honne/internal/intake/grid"
	"honne/internal/japan"
)

// periodColumns reads the period of a row from the columns that give it: one
// column of dates or months, or era, year and month side by side with blanks
// that continue the row above.
type periodColumns struct {
	cols   []int32
	date   int32        // a column of single days, 0 when there is none
	ends   []string     // 年 or 月, where the header says it for bare numbers
	within honne.Period // of the table: a month without a year lies in it
	era    string       // of its years, where they have one digit
	carry  []string
	last   honne.Period
	goesOn bool // a blank in the column of days continues the day above
	zero   bool // its months write October as 2026.1
	booked bool // the month of the row is its own, whatever the day beside it is
	above  moment
	dayIn  int32                 // the last row whose cell in date said when it is
	days   map[honne.Date]moment // of dated cells read before
}

// moment is when a row is: a period and, where a single day is given, the day,
// whose month is the period.
type moment struct {
	period honne.Period
	day    honne.Date
}

func momentOf(p honne.Period) moment {
	if p.From == p.To && p.From != 0 {
		return moment{p.From.Month().Period(), p.From}
	}
	return moment{period: p}
}

// newPeriodColumns finds the columns that give the period of a row.
func newPeriodColumns(t *table, body []*profile) periodColumns {
	p := periodColumns{days: map[honne.Date]moment{}, within: t.Period}
	chain, rank := []int32(nil), t.dayRank()
	for i := range t.cols {
		s := &t.cols[i]
		tokens := tokensOf(t.withoutHeaders(body, s.col), s.col, t.words)
		switch {
		case t.excludedDate(s.col) || s.days && (rank(s.col) == ofOther || t.nextTime(s.col, body)):
		case (tokens.whole || s.dates.n > 0 || tokens.most && t.saysDay(s.col)) && s.days:
			if p.date == 0 || rank(s.col) > rank(p.date) {
				p.date = s.col
			}
		case t.shortDated(s) && p.date == 0:
			p.date = s.col
			t.assumeYears(body, s)
		case t.dayNumbered(s, body) && p.date == 0:
			p.date = s.col
		case t.compactDated(s) && p.date == 0:
			p.date = s.col
		case t.serialDated(s) && p.date == 0:
			p.date = s.col
		case len(p.cols) == 0 && t.partCoded(s, body):
			p.cols, s.parts = []int32{s.col}, true
		case len(p.cols) == 0 && t.monthCoded(s, body):
			p.cols, s.months = []int32{s.col}, true
		case tokens.bare && strings.HasPrefix(t.periodEnding(s.col), "年") && t.periodEnding(s.col+1) == "月":
			chain = []int32{s.col} // 年 beside 月, however many years follow each other
		case (tokens.whole || tokens.most && strings.HasPrefix(t.periodEnding(s.col), "年")) && len(p.cols) == 0:
			p.cols = []int32{s.col}
		case (tokens.part || tokens.bare && t.periodEnding(s.col) != "") && (len(chain) == 0 || chain[len(chain)-1] == s.col-1):
			chain = append(chain, s.col)
		}
	}
	if len(p.cols) == 0 && (p.date == 0 || len(chain) > 1) {
		p.cols = chain
	}
	if len(p.cols) == 0 && p.date > 0 {
		p.cols = []int32{p.date}
	}
	for _, col := range p.cols {
		p.ends = append(p.ends, t.periodEnding(col))
	}
	if only := p.only(); only > 0 {
		p.goesOn = t.mergedDown(only) || t.hierarchical(body, only) && !t.datedBeside(body, only)
	}
	if p.zero = len(p.cols) == 1 && losesZero(body, p.cols[0]); p.zero {
		t.sayOctober(p.cols[0], body[0].N)
	}
	p.booked = t.monthBooked(&p, rank, body)
	t.findEra(&p, body)
	p.reset()
	for _, col := range append([]int32{p.date}, p.cols...) {
		if f := t.fieldAt(col); f != nil {
			f.label = true
			if s := t.shapeAt(col); s.figure {
				s.figure, s.mode = false, when
				t.figures--
			}
		}
	}
	return p
}

// withoutHeaders are the rows that do not repeat the header of a column, as the next
// table below does.
func (t *table) withoutHeaders(body []*profile, col int32) []*profile {
	f := t.fieldAt(col)
	if f == nil || len(f.path) == 0 {
		return body
	}
	header := f.path[len(f.path)-1]
	return slices.DeleteFunc(slices.Clone(body), func(p *profile) bool { return japan.Trim(p.Text(col)) == header })
}

// only is the one column that gives the period of a row, 0 where several do.
func (p *periodColumns) only() int32 {
	if p.date == 0 && len(p.cols) == 1 {
		return p.cols[0]
	}
	return p.date
}

// excludedDate reports whether a column of days has a header that is no day of
// the sale: 使用期限, 作成日.
func (t *table) excludedDate(col int32) bool {
	f := t.fieldAt(col)
	if f == nil || len(f.path) == 0 {
		return false
	}
	m, sure := t.words.lookup(f.path[len(f.path)-1])
	if sure == 0 {
		m, sure = t.words.lookup(strings.Join(f.path, ""))
	}
	if names(m) || m == honne.MBranch || m == honne.MRegion {
		return t.shapeAt(col) != nil && t.shapeAt(col).days // 支店, which stands beside it, over months
	}
	return sure > 0 && m != honne.MDate && m != honne.MPeriod && m != honne.MMeasureName // 項目 over 2024年度
}

// periodEnding is the 年 or 月 that a header says for the bare numbers below it.
func (t *table) periodEnding(col int32) string {
	f := t.fieldAt(col)
	if f == nil {
		return ""
	}
	switch strings.Join(f.path, "") {
	case "年", "年度", "月":
		return f.path[len(f.path)-1]
	case "月度":
		return "月"
	}
	return ""
}

type tokens struct {
	bare  bool // every value is a number such as a year or a month has
	whole bool // every value is a period by itself
	most  bool // half of the values are, two at least: 2024年度, 2025年度, 増減
	part  bool // every value is a piece of one: an era, 15年, 4～6月, or a number below such
}

func tokensOf(body []*profile, col int32, d *dictionary) tokens {
	n, whole, part, explicit, years := 0, 0, 0, 0, 0
	last, others := 0, []string(nil)
	for _, p := range body {
		c := p.Cell(col)
		if c == nil || d.ditto(c.Text) {
			continue
		}
		if n++; n > 5*sampleRows {
			break
		}
		switch kind, year := tokenOf(c); kind {
		case wholePeriod:
			whole++
			part++
			explicit++
		case pieceOfPeriod:
			part++
			explicit++
		case bareNumber:
			part++
			if year > last {
				years++
				last = year
			}
		default:
			others = append(others, c.Text)
		}
	}
	if part > 0 {
		n -= len(others) - len(slices.DeleteFunc(others, d.ratio))
	}
	return tokens{
		whole: n > 0 && (10*whole >= 9*n || years == n && n > 1 && col == firstCol(body)),
		most:  max(whole, years) > 1 && 2*max(whole, years) >= n,
		part:  n > 0 && 10*part >= 9*n && explicit > 0,
		bare:  n > 0 && part == n,
	}
}

// ratio reports whether a text below years names what compares them: 前年比.
func (d *dictionary) ratio(s string) bool {
	m, _ := d.lookup(s)
	return m == honne.MRatio
}

func firstCol(body []*profile) int32 {
	for _, p := range body {
		if !p.empty() {
			return p.Cells[0].Col
		}
	}
	return 0
}

type tokenKind uint8

const (
	noPeriod tokenKind = iota
	wholePeriod
	pieceOfPeriod
	bareNumber
)

// tokenOf says what a cell is to a period; of a bare year it gives the year.
func tokenOf(c *grid.Cell) (tokenKind, int) {
	if c.Kind == grid.Date {
		return wholePeriod, 0
	}
	s := japan.Trim(c.Text)
	if len(s) > 40 {
		return noPeriod, 0
	}
	if n, ok := japan.ParseNumber(s); ok {
		if v, exact, err := n.Times(1, 0); err == nil && exact && v > 0 && v <= 12 {
			return bareNumber, 0
		} else if err == nil && exact && (v <= 64 && v > 0 || v >= 1900 && v <= 2100) {
			return bareNumber, int(v)
		}
		if _, ok := readPeriod(s); ok && len(s) >= 6 {
			return wholePeriod, 0
		}
		return noPeriod, 0
	}
	if _, ok := readPeriod(s); ok {
		return wholePeriod, 0
	}
	if isPieceOfPeriod(s) {
		return pieceOfPeriod, 0
	}
	return noPeriod, 0
}

func isPieceOfPeriod(s string) bool {
	switch s {
	case "令和", "平成", "昭和", "大正", "明治":
		return true
	}
	if _, ok := readPeriod("平成" + s); ok {
		return true
	}
	if _, _, ok := japan.ParseMonthSpan(s); ok {
		return true
	}
	_, ok := japan.ParseMonthName(s)
	return ok
}

// reset forgets the row above, at the top of the table.
func (p *periodColumns) reset() {
	p.carry = make([]string, len(p.cols))
	p.last, p.above = honne.Period{}, moment{}
}

// read returns the period of a row and, where it is a single day, the day.
func (p *periodColumns) read(t *table, r *grid.Row) (honne.Period, honne.Date, bool) {
	day := honne.Date(0)
	if p.date > 0 {
		m := p.momentIn(t, r, p.date)
		if day = m.day; !m.period.IsZero() {
			if p.dayIn = r.N; !p.booked {
				return m.period, m.day, true
			}
		}
	}
	if len(p.cols) == 1 {
		c := r.Cell(p.cols[0])
		if m := p.momentIn(t, r, p.cols[0]); !m.period.IsZero() {
			if p.zero && c != nil {
				m = p.october(c, m)
			}
			p.last = m.period
			if c != nil && !t.words.ditto(c.Text) {
				p.carry[0] = c.Text
			}
			if p.booked && day >= m.period.From && day <= m.period.To {
				m.day = day
			}
			return m.period, m.day, true
		}
	}
	period, ok := p.join(r)
	switch {
	case ok:
		p.last = period
	case p.goesOn && len(p.cols) == 1 && r.Cell(p.cols[0]) == nil && !p.last.IsZero():
		return p.last, 0, true // 4月 stands once above its rows
	}
	return period, 0, ok
}

// momentIn reads when a row is from one column; a mark for the same as above, and
// a blank in a column whose blanks go on, stand for the text above.
func (p *periodColumns) momentIn(t *table, r *grid.Row, col int32) moment {
	c := r.Cell(col)
	m := t.moment(r.N, c)
	switch {
	case !m.period.IsZero():
		p.above = m
	case c == nil && (p.goesOn || t.slip.goesOn(r)), c != nil && t.words.ditto(c.Text):
		return p.above
	}
	return m
}

// moment reads when a cell is; the zero moment when it says nothing of that.
func (t *table) moment(row int32, c *grid.Cell) moment {
	switch {
	case c == nil:
		return moment{}
	case c.Kind == grid.Date:
		return t.periods.dated(c.Date)
	}
	f := t.fieldAt(c.Col)
	if f.shape != nil && f.shape.serial {
		if d := serialDay(c); d != 0 && f.col == t.periods.date {
			return t.periods.dated(d)
		}
	}
	w := f.word(t.words, row, c)
	if f.asked == 0 {
		t.words.asked++
		f.asked = t.words.asked
	}
	if w.timed != f.asked { // a column may write days in its own order
		if w.when, w.timed = readMoment(c.Text), f.asked; t.periodEnding(c.Col) == "年度" {
			w.when = fiscalMoment(c.Text, w.when)
		}
		if f.shape != nil && f.shape.dates.n > 0 && w.when.period.IsZero() {
			if d, ok := f.shape.dates.read(c.Text); ok {
				w.when = momentOf(honne.Period{From: d, To: d})
			}
		}
		if f.shape != nil && f.shape.short && w.when.period.IsZero() {
			w.when = shortMoment(c.Text, t.periods.within)
		}
		if f.shape != nil && f.shape.ofMonth && w.when.period.IsZero() {
			if d := dayIn(t.periods.within.From.Month(), c); d != 0 {
				w.when = momentOf(honne.Period{From: d, To: d})
			}
		}
		if f.shape != nil && f.shape.compact.complete && w.when.period.IsZero() {
			w.when = f.shape.compact.read(c.Text, t.periods.within)
		}
		if f.shape != nil && f.shape.parts && w.when.period.IsZero() {
			w.when.period, _ = t.businessPart(c.Text)
		}
		if f.shape != nil && f.shape.months && w.when.period.IsZero() {
			w.when = shortMonthMoment(c.Text)
		}
		if f.shape != nil && f.shape.century && w.when.period.IsZero() {
			w.when = dayOfCentury(c.Text)
		}
	}
	return w.when
}

func (p *periodColumns) dated(d honne.Date) moment {
	m, known := p.days[d]
	if !known {
		m = momentOf(honne.Period{From: d, To: d})
		if len(p.days) < wordLimit {
			p.days[d] = m
		}
	}
	return m
}

func readMoment(s string) moment {
	period, ok := readPeriod(s)
	if !ok {
		period, _ = bareYear(s)
	}
	return momentOf(period)
}

func bareYear(s string) (honne.Period, bool) {
	n, ok := japan.ParseNumber(s)
	if v, exact, err := n.Times(1, 0); ok && exact && err == nil && v >= 1900 && v <= 2100 {
		return honne.Months(honne.NewMonth(int(v), 1), honne.NewMonth(int(v), 12)), true
	}
	return honne.Period{}, false
}

// join puts the pieces of the row and of the rows above together: 平成 + 19年 +
// 4～6 below 1～3月.
func (p *periodColumns) join(r *grid.Row) (honne.Period, bool) {
	fresh := false
	for i, col := range p.cols {
		s := japan.Trim(r.Text(col))
		if s == "" {
			if fresh {
				p.carry[i] = ""
			}
			continue
		}
		p.carry[i] = completed(s, cmp.Or(p.carry[i], p.ends[i]))
		fresh = true
	}
	if !fresh {
		return honne.Period{}, false
	}
	if period, ok := readPeriod(p.era + strings.Join(p.carry, "")); ok {
		return period, true
	}
	return p.continued(p.carry[len(p.carry)-1])
}

// completed gives a bare number the ending, and the era, of the text above it.
func completed(s, above string) string {
	if above == "" || strings.ContainsAny(s, "年月期度") {
		return s
	}
	for _, ending := range [...]string{"年度", "年", "月"} {
		if strings.HasSuffix(above, ending) {
			for _, era := range [...]string{"令和", "平成", "昭和"} {
				if strings.HasPrefix(above, era) && ending != "月" {
					return era + s + ending
				}
			}
			return s + ending
		}
	}
	return s
}

// continued reads a month or a span without a year: it follows the row above.
func (p *periodColumns) continued(s string) (honne.Period, bool) {
	if p.last.IsZero() {
		return periodWithin(s, p.within)
	}
	year, month := p.last.To.Month().Civil()
	from, to, ok := japan.ParseMonthSpan(s)
	if !ok {
		if from, ok = japan.ParseMonthName(s); !ok {
			return honne.Period{}, false
		}
		to = from
	}
	ahead := (from - month + 12) % 12
	if from < month && (ahead <= 6 || p.within.IsZero() || honne.NewMonth(year, from) > p.within.To.Month()) {
		year++ // corrections of earlier months stand below the month of the report
	}
	next := honne.Months(honne.NewMonth(year, from), honne.NewMonth(year, to))
	if again, ok := periodWithin(s, p.within); ok && within(p.last, p.within) && !within(next, p.within) && within(again, p.within) {
		return again, true // the months begin anew for another branch, in the same year
	}
	return next, true
}
