package intake

import (
	"cmp"
	"slices"
	"strings"

	"honne"
	"honne/internal/intake/grid"
	"honne/internal/intake/outline"
	"honne/internal/intake/terms"
	"honne/internal/intake/when"
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
	above  when.Moment
	dayIn  int32                      // the last row whose cell in date said when it is
	days   map[honne.Date]when.Moment // of dated cells read before
}

// newPeriodColumns finds the columns that give the period of a row.
func newPeriodColumns(t *table, body []*outline.Profile) periodColumns {
	p := periodColumns{days: map[honne.Date]when.Moment{}, within: t.Period}
	rank := t.dayRank()
	chain := p.find(t, body, rank)
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
		t.tellsWhen(col)
	}
	return p
}

// find takes the column of days, or of whole periods, and returns columns beside each
// other that only together say when: 年, 月.
func (p *periodColumns) find(t *table, body []*outline.Profile, rank func(int32) int) (chain []int32) {
	for i := range t.cols {
		s := &t.cols[i]
		tokens := tokensOf(t.withoutHeaders(body, s.Col), s.Col, t.words)
		ending := t.periodEnding(s.Col)
		switch {
		case t.excludedDate(s.Col) || s.Days && (rank(s.Col) == ofOther || t.nextTime(s.Col, body)):
		case (tokens.whole || s.Dates.N > 0 || tokens.most && t.saysDay(s.Col)) && s.Days:
			if p.date == 0 || rank(s.Col) > rank(p.date) {
				p.date = s.Col
			}
		case t.shortDated(s) && p.date == 0:
			p.date = s.Col
			t.assumeYears(body, s)
		case (t.dayNumbered(s, body) || t.compactDated(s) || t.serialDated(s)) && p.date == 0:
			p.date = s.Col
		case len(p.cols) == 0 && t.partCoded(s, body):
			p.cols, s.Parts = []int32{s.Col}, true
		case len(p.cols) == 0 && t.monthCoded(s, body):
			p.cols, s.Months = []int32{s.Col}, true
		case tokens.bare && strings.HasPrefix(ending, "年") && t.periodEnding(s.Col+1) == "月":
			chain = []int32{s.Col} // 年 beside 月, however many years follow each other
		case (tokens.whole || tokens.most && strings.HasPrefix(ending, "年")) && len(p.cols) == 0:
			p.cols = []int32{s.Col}
		case (tokens.part || tokens.bare && ending != "") && (len(chain) == 0 || chain[len(chain)-1] == s.Col-1):
			chain = append(chain, s.Col)
		}
	}
	return chain
}

// tellsWhen makes a column a label: what stands in it is a time, not a figure.
func (t *table) tellsWhen(col int32) {
	f := t.fieldAt(col)
	if f == nil {
		return
	}
	f.label = true
	if s := t.shapeAt(col); s.Figure {
		s.Figure, s.Mode = false, outline.When
		t.figures--
	}
}

// withoutHeaders are the rows that do not repeat the header of a column, as the next
// table below does.
func (t *table) withoutHeaders(body []*outline.Profile, col int32) []*outline.Profile {
	f := t.fieldAt(col)
	if f == nil || len(f.path) == 0 {
		return body
	}
	header := f.path[len(f.path)-1]
	return slices.DeleteFunc(slices.Clone(body), func(p *outline.Profile) bool { return japan.Trim(p.Text(col)) == header })
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
	m, sure := t.words.Lookup(f.path[len(f.path)-1])
	if sure == 0 {
		m, sure = t.words.Lookup(strings.Join(f.path, ""))
	}
	if terms.Names(m) || m == honne.MBranch || m == honne.MRegion {
		return t.shapeAt(col) != nil && t.shapeAt(col).Days // 支店, which stands beside it, over months
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

func tokensOf(body []*outline.Profile, col int32, d *terms.Dictionary) tokens {
	n, whole, part, explicit, years := 0, 0, 0, 0, 0
	last, others := 0, []string(nil)
	for _, p := range body {
		c := p.Cell(col)
		if c == nil || d.Ditto(c.Text) {
			continue
		}
		if n++; n > 5*outline.SampleRows {
			break
		}
		switch kind, year := when.TokenOf(c); kind {
		case when.WholePeriod:
			whole++
			part++
			explicit++
		case when.PieceOfPeriod:
			part++
			explicit++
		case when.BareNumber:
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
		n -= len(others) - len(slices.DeleteFunc(others, d.Ratio))
	}
	return tokens{
		whole: n > 0 && (10*whole >= 9*n || years == n && n > 1 && col == firstCol(body)),
		most:  max(whole, years) > 1 && 2*max(whole, years) >= n,
		part:  n > 0 && 10*part >= 9*n && explicit > 0,
		bare:  n > 0 && part == n,
	}
}

func firstCol(body []*outline.Profile) int32 {
	for _, p := range body {
		if !p.Empty() {
			return p.Cells[0].Col
		}
	}
	return 0
}

// reset forgets the row above, at the top of the table.
func (p *periodColumns) reset() {
	p.carry = make([]string, len(p.cols))
	p.last, p.above = honne.Period{}, when.Moment{}
}

// read returns the period of a row and, where it is a single day, the day.
func (p *periodColumns) read(t *table, r *grid.Row) (honne.Period, honne.Date, bool) {
	day := honne.Date(0)
	if p.date > 0 {
		m := p.momentIn(t, r, p.date)
		if day = m.Day; !m.Period.IsZero() {
			if p.dayIn = r.N; !p.booked {
				return m.Period, m.Day, true
			}
		}
	}
	if len(p.cols) == 1 {
		c := r.Cell(p.cols[0])
		if m := p.momentIn(t, r, p.cols[0]); !m.Period.IsZero() {
			if p.zero && c != nil {
				m = p.october(c, m)
			}
			p.last = m.Period
			if c != nil && !t.words.Ditto(c.Text) {
				p.carry[0] = c.Text
			}
			if p.booked && day >= m.Period.From && day <= m.Period.To {
				m.Day = day
			}
			return m.Period, m.Day, true
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
func (p *periodColumns) momentIn(t *table, r *grid.Row, col int32) when.Moment {
	c := r.Cell(col)
	m := t.moment(r.N, c)
	switch {
	case !m.Period.IsZero():
		p.above = m
	case c == nil && (p.goesOn || t.slip.goesOn(r)), c != nil && t.words.Ditto(c.Text):
		return p.above
	}
	return m
}

// moment reads when a cell is; the zero moment when it says nothing of that.
func (t *table) moment(row int32, c *grid.Cell) when.Moment {
	switch {
	case c == nil:
		return when.Moment{}
	case c.Kind == grid.Date:
		return t.periods.dated(c.Date)
	}
	f := t.fieldAt(c.Col)
	if f.shape != nil && f.shape.Serial {
		if d := when.SerialDay(c); d != 0 && f.col == t.periods.date {
			return t.periods.dated(d)
		}
	}
	w := f.word(t.words, row, c)
	if f.asked == 0 {
		t.words.Asked++
		f.asked = t.words.Asked
	}
	if w.Timed != f.asked { // a column may write days in its own order
		w.When, w.Timed = t.readMoment(f, c), f.asked
	}
	return w.When
}

// readMoment reads a text as every column writes days and months, else as its own does.
func (t *table) readMoment(f *field, c *grid.Cell) when.Moment {
	m := when.Read(c.Text)
	if t.periodEnding(c.Col) == "年度" {
		m = when.FiscalMoment(c.Text, m)
	}
	if f.shape == nil || !m.Period.IsZero() {
		return m
	}
	for _, own := range [...]struct {
		writes bool
		read   func() when.Moment
	}{
		{f.shape.Dates.N > 0, func() when.Moment { d, _ := f.shape.Dates.Read(c.Text); return dayAlone(d) }},
		{f.shape.Short, func() when.Moment { return when.ShortMoment(c.Text, t.periods.within) }},
		{f.shape.OfMonth, func() when.Moment { return dayAlone(when.DayIn(t.periods.within.From.Month(), c)) }},
		{f.shape.Compact.Complete, func() when.Moment { return f.shape.Compact.Read(c.Text, t.periods.within) }},
		{f.shape.Parts, func() when.Moment { p, _ := t.businessPart(c.Text); return when.Moment{Period: p} }},
		{f.shape.Months, func() when.Moment { return when.ShortMonthMoment(c.Text) }},
		{f.shape.Century, func() when.Moment { return when.DayOfCentury(c.Text) }},
	} {
		if own.writes && m.Period.IsZero() {
			m = own.read()
		}
	}
	return m
}

// dayAlone is the moment of a day, the zero moment of none.
func dayAlone(d honne.Date) when.Moment {
	if d == 0 {
		return when.Moment{}
	}
	return when.MomentOf(honne.Period{From: d, To: d})
}

func (p *periodColumns) dated(d honne.Date) when.Moment {
	m, known := p.days[d]
	if !known {
		m = when.MomentOf(honne.Period{From: d, To: d})
		if len(p.days) < terms.WordLimit {
			p.days[d] = m
		}
	}
	return m
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
		p.carry[i] = when.Completed(s, cmp.Or(p.carry[i], p.ends[i]))
		fresh = true
	}
	if !fresh {
		return honne.Period{}, false
	}
	if period, ok := when.ReadPeriod(p.era + strings.Join(p.carry, "")); ok {
		return period, true
	}
	return p.continued(p.carry[len(p.carry)-1])
}

// continued reads a month or a span without a year: it follows the row above.
func (p *periodColumns) continued(s string) (honne.Period, bool) {
	if p.last.IsZero() {
		return when.PeriodWithin(s, p.within)
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
	if again, ok := when.PeriodWithin(s, p.within); ok && when.Within(p.last, p.within) && !when.Within(next, p.within) && when.Within(again, p.within) {
		return again, true // the months begin anew for another branch, in the same year
	}
	return next, true
}
