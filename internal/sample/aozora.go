package sample

import (
	"fmt"
	"math/rand/v2"
	"sort"

	"honne"
	"honne/internal/japan"
)

var aozoraPartner = partner{"aozora-medical", "Aozora Medical KK", "2017-04-01", "{exclusive: true, ends: 2028-03-31, notice_days: 180, registration_holder: ours}",
	writer{"佐藤 健一", "sato@aozora-medical.example", "佐藤", "あおぞらメディカル株式会社", "営業企画部", "03-0000-0000"}}

// aozora is excellent: it names its end users, sends in time, grows above the
// market and meets its plan. What might look suspicious has a reason: budgets
// that end in March, and returns booked late with their lines.
func aozora(size Size) (Distributor, error) {
	t := aozoraTrade(size)
	f := &folder{}
	r := report{level: 5, received: t.aozoraMonths(f)}
	t.aozoraForecasts(f)
	t.propose(1.09)
	t.planBook(f, aozoraPartner.writer.firm, honne.NewDate(proposedYear, 2, 20))
	f.add("shipments.csv", honne.NewDate(2026, 6, 3), t.shipmentFile(), nil)
	f.add("targets.csv", 0, t.targets(true, agreedInMarch), nil)
	d, err := t.delivered(aozoraPartner, f, r, t.reviews(12))
	// Excellent: named, in time, growing above the market, plan met, two restatements with return lines.
	d.Truth.MustNotHigh = true
	d.Truth.Mail = Mail{Kept: 8, Done: 8}
	return d, err
}

func aozoraTrade(size Size) *trade {
	t := newTrade(nature{
		seed: 0xA0, drift: 1.0072, market: 1.0033, size: 420e6, grain: 500, cover: 2,
		attain: func(m honne.Month) float64 { return []float64{1.02, 1.01, 1.035, 1.015}[m/3%4] },
		errors: []float64{.04, -.03, .02, -.05, .02, -.01, .03, -.04, .05, -.02, .03, -.06},
	}, newWorld(size, []region{
		{"首都圏", []string{"東京都", "神奈川県", "千葉県", "埼玉県"}},
		{"東海", []string{"愛知県", "静岡県"}},
		{"関西", []string{"大阪府", "京都府", "兵庫県"}},
	}), size)
	for _, late := range []honne.Month{lastMonth - 15, lastMonth - 9} {
		t.returnLater(int(late - t.months[0]))
	}
	t.supply(t.final)
	t.promise()
	return t
}

// aozoraMonths adds the report of each month, and what came later where returns did; it says
// when the reports were received.
func (t *trade) aozoraMonths(f *folder) (received []honne.Date) {
	days := rand.New(rand.NewPCG(t.seed, 3))
	for i, m := range t.months {
		day := japan.National().AddBusinessDays(m.Last(), 4+days.IntN(4))
		received = append(received, day)
		content, err := t.aozoraMonth(i, t.first[i], day)
		f.add(fmt.Sprintf("販売実績_%s.xlsx", kanjiMonth(m)), day, content, err)
		if len(t.final[i]) != len(t.first[i]) {
			day = japan.National().AddBusinessDays(day, 12)
			content, err = t.aozoraMonth(i, t.final[i], day)
			f.add(fmt.Sprintf("販売実績_%s（返品反映）.xlsx", kanjiMonth(m)), day, content, err)
		}
	}
	return received
}

// returnLater adds to month i returns that its first report did not know yet.
func (t *trade) returnLater(i int) {
	lines := append([]sale(nil), t.first[i]...)
	for p := range min(3, len(t.products)) {
		for _, s := range t.first[i] {
			if s.product == p && s.qty >= 4 {
				lines = append(lines, t.back(s, s.qty, "返品処理（使用期限切迫）"))
				break
			}
		}
	}
	t.final[i] = lines
}

func (t *trade) aozoraMonth(i int, lines []sale, made honne.Date) ([]byte, error) {
	m := t.months[i]
	b := newBook()
	b.open("送付状")
	b.put(plain, made)
	b.put(plain, "Nordlund Surgical AB 御中")
	b.row++
	b.put(plain, "いつも大変お世話になっております。")
	b.put(plain, fmt.Sprintf("%s度の販売実績と月末在庫をお送りいたします。ご査収のほどよろしくお願い申し上げます。", eraMonth(m)))
	b.put(plain, aozoraPartner.writer.firm+" 営業管理部")
	t.aozoraSales(b, m, lines)
	t.aozoraStock(b, i)
	return b.bytes("あおぞらメディカル 営業管理部", made)
}

// aozoraSales is a list by area with a two-row header, carried-down areas,
// subtotals, a total and notes.
func (t *trade) aozoraSales(b *book, m honne.Month, lines []sale) {
	b.open("販売実績")
	b.put(title, fmt.Sprintf("販売実績報告書（%s度）", eraMonth(m)))
	b.merge(1, 1, 12, 1)
	b.put(plain, aozoraPartner.writer.firm, nil, nil, nil, nil, nil, nil, nil, nil, nil, nil, "単位：千円（税抜）")
	b.row++
	b.put(header, "地区", "売上日", "施設", nil, nil, "製品", nil, nil, "実績", nil, "担当", "備考")
	b.put(header, nil, nil, "施設コード", "施設名", "都道府県", "品番", "製品名", "ロット", "数量", "金額", nil, nil)
	for _, col := range []int{1, 2, 11, 12} {
		b.merge(col, 4, col, 5)
	}
	b.merge(3, 4, 5, 4)
	b.merge(6, 4, 8, 4)
	b.merge(9, 4, 10, 4)
	lines = append([]sale(nil), lines...)
	sort.SliceStable(lines, func(i, j int) bool { return t.sites[lines[i].site].region < t.sites[lines[j].site].region })
	var qty, yen int64
	for r, area := range t.regions {
		q, y := t.aozoraArea(b, r, area.name, lines)
		qty, yen = qty+q, yen+y
	}
	b.put(totals, "合計", nil, nil, nil, nil, nil, nil, nil, qty, float64(yen)/1000, nil, nil)
	b.row++
	b.put(plain, "※ 金額は税抜、返品は△で表示しております。")
	b.put(plain, "※ 施設名は納入時点の名称です。")
}

func (t *trade) aozoraArea(b *book, r int, name string, lines []sale) (qty, yen int64) {
	from := b.row + 1
	label := any(name)
	for _, s := range lines {
		site, p := t.sites[s.site], t.products[s.product]
		if site.region != r {
			continue
		}
		var note any
		if s.note != "" {
			note = s.note
		}
		b.put(figure, label, s.date, site.code, site.name, site.prefecture, p.code, p.name, s.lot, s.qty, float64(s.amount)/1000, t.reps[s.rep], note)
		qty, yen, label = qty+s.qty, yen+s.amount, nil
	}
	if b.row > from {
		b.merge(1, from, 1, b.row)
	}
	b.put(totals, name+" 小計", nil, nil, nil, nil, nil, nil, nil, qty, float64(yen)/1000, nil, nil)
	return qty, yen
}

func (t *trade) aozoraStock(b *book, i int) {
	b.open("月末在庫")
	b.put(title, fmt.Sprintf("月末在庫表（%s現在）", japan.FormatEra(t.months[i].Last())))
	b.put(plain, nil, nil, nil, "単位：個")
	b.put(header, "品番", "製品名", "在庫数", "在庫月数")
	for p, n := range t.stock[i] {
		b.put(figure, t.products[p].code, t.products[p].name, n, fmt.Sprintf("%.1fか月", float64(n)/max(t.expected[i][p]/season(t.months[i]), 1)))
	}
	b.put(totals, "合計", nil, sum(t.stock[i]), nil)
}

// aozoraForecasts sends a forecast for each whole quarter, eight business days
// before it starts, with two header rows: months above 数量 and 金額.
func (t *trade) aozoraForecasts(f *folder) {
	for i := 0; i+2 < len(t.planned) && t.planned[i] <= lastMonth; i++ {
		if t.planned[i]%3 != 0 {
			continue
		}
		fy, q := japan.QuarterOf(t.planned[i], 4)
		made := japan.National().AddBusinessDays(t.planned[i].First(), -8)
		content, err := t.forecastBook(i, fy, q, made)
		f.add(fmt.Sprintf("販売見込_%d年度第%d四半期.xlsx", fy, q), made, content, err)
	}
}

func (t *trade) forecastBook(i, fy, q int, made honne.Date) ([]byte, error) {
	b := newBook()
	b.open("販売見込")
	b.put(title, fmt.Sprintf("%d年度 第%d四半期 販売見込", fy, q))
	b.put(plain, nil, nil, nil, nil, nil, nil, nil, nil, nil, "単位：個、千円")
	t.forecastHead(b, i)
	all := make([]int64, 8)
	for p, prod := range t.products {
		row, n := []any{prod.code, prod.name}, [2]int64{}
		for k := range 3 {
			yen := t.forecast[i+k][p]
			pair := [2]int64{(yen + prod.price/2) / prod.price, yen / 1000}
			row = append(row, pair[0], pair[1])
			for side := range pair {
				n[side] += pair[side]
				all[2*k+side] += pair[side]
				all[6+side] += pair[side]
			}
		}
		b.put(figure, append(row, n[0], n[1])...)
	}
	row := []any{"合計", nil}
	for _, n := range all {
		row = append(row, n)
	}
	b.put(totals, row...)
	return b.bytes("あおぞらメディカル 営業企画部", made)
}

// forecastHead names the three months from i on and the quarter, each over pieces and yen.
func (t *trade) forecastHead(b *book, i int) {
	above, below := []any{"品番", "製品名"}, []any{nil, nil}
	for k := range 3 {
		_, month := t.planned[i+k].Civil()
		above = append(above, fmt.Sprintf("%d月", month), nil)
		below = append(below, "見込数量", "見込金額（千円）")
	}
	b.put(header, append(above, "四半期計", nil)...)
	b.put(header, append(below, "見込数量", "見込金額（千円）")...)
	b.merge(1, 3, 1, 4)
	b.merge(2, 3, 2, 4)
	for col := 3; col <= 9; col += 2 {
		b.merge(col, 3, col+1, 3)
	}
}
