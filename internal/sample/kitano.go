package sample

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"

	"honne"
	"honne/internal/japan"
)

var kitanoPartner = partner{"kitano-shoji", "Kitano Shoji KK", "2011-10-01", "{exclusive: true, ends: 2027-03-31, notice_days: 180, registration_holder: distributor}",
	writer{"高橋 誠", "takahashi@kitano-shoji.example", "高橋", "北野商事株式会社", "医療機器営業部", "048-000-0000"}}

// The turns of kitano's story, counted back from the last month.
const (
	kitanoLoads   = 19 // our shipments are loaded from this quarter on
	kitanoHides   = 12 // the first sites become 非開示
	kitanoMissing = 7  // this month's sales were never sent
	kitanoDealers = 4  // from here on dealers only
)

// kitanoRestated are the quarter ends that shrank after the review.
var kitanoRestated = []honne.Month{lastMonth - 11, lastMonth - 8, lastMonth - 5}

// withheld is the share of a month's sales whose site is withheld, from
// kitanoHides on.
var withheld = []float64{.35, .5, .6, .7, .8, .8, .88, .92}

// kitano hides: sites vanish, reports come later and later, three quarters
// shrink after the review without a word, what we ship piles up at quarter ends
// while its own sales stand still, and next year's plan is soft.
func kitano(size Size) (Distributor, error) {
	t := kitanoTrade(size)
	hidden, reviews := t.hide(), t.reviews(4)
	r := report{level: 3, named: func(i int, s sale) bool {
		return t.months[i] <= lastMonth-kitanoDealers-1 && !hidden[i][s.site]
	}}
	f := &folder{}
	for i := range t.months {
		r.received = append(r.received, t.kitanoMonth(f, i, hidden[i], reviews))
	}
	t.kitanoForecasts(f)
	t.propose(.86)
	content, err := cp932(t.kitanoPlan())
	f.add(fmt.Sprintf("%d年度販売計画(案).csv", proposedYear), honne.NewDate(proposedYear, 3, 27), content, err)
	f.add("shipments.csv", honne.NewDate(2026, 6, 3), t.shipmentFile(), nil)
	f.add("targets.csv", 0, t.targets(false, func(year int) honne.Date {
		if year == proposedYear {
			return 0 // proposed ours, agreed none
		}
		return agreedInMarch(year)
	}), nil)
	d, err := t.delivered(kitanoPartner, f, r, reviews)
	// Hides and restates: withheld sites, ever later, shrinking after reviews, loaded quarter ends, soft plan.
	d.Truth.High = []string{"visibility", "targets", "responsiveness"}
	d.Truth.HighMeasures = []string{"plan-attainment", "growth-gap", "forecast-bias", "plan-softness", "restatement", "lateness", "visibility-index", "quarter-end-loading", "response-time"}
	d.Truth.Mail = Mail{Watch: []string{"excuse-driven"}, Kept: 2, Done: 6, Moved: 2,
		Reasons: map[string]int{"customer-names-confidential": 5, "market-is-different": 3, "report-next-quarter": 3}}
	return d, err
}

func kitanoTrade(size Size) *trade {
	t := newTrade(nature{
		seed: 0xB1, drift: .9987, market: 1.006, size: 380e6, grain: 1000, cover: 2, loads: (lastMonth - kitanoLoads) / 3 * 3,
		attain: func(m honne.Month) float64 {
			return []float64{.92, .8, .76}[min(max(japan.FiscalYear(m, 4)-2024, 0), 2)]
		},
		errors: []float64{.24, .31, .38, .22, .34, .27, .41, .29},
	}, newWorld(size, []region{{"関東", []string{"茨城県", "栃木県", "群馬県"}}, {"東北", []string{"宮城県", "福島県", "山形県"}}}), size)
	t.supply(t.first)
	t.promise()
	for _, m := range kitanoRestated {
		t.shrink(int(m - t.months[0]))
	}
	return t
}

// shrink drops one line in eleven of a month and halves as many others.
func (t *trade) shrink(i int) {
	r := rand.New(rand.NewPCG(t.seed, uint64(100+i)))
	var out []sale
	for _, s := range t.first[i] {
		switch x := r.IntN(100); {
		case x < 9 && s.qty > 0:
		case x < 18 && s.qty > 1:
			s.qty = (s.qty + 1) / 2
			s.amount = s.qty * t.unitPrice(s.site, s.product)
			out = append(out, s)
		default:
			out = append(out, s)
		}
	}
	t.final[i] = out
}

// hide chooses the sites withheld in each month: always the same first, until
// their sales reach the month's share.
func (t *trade) hide() []map[int]bool {
	order := rand.New(rand.NewPCG(t.seed, 4)).Perm(len(t.sites))
	out := make([]map[int]bool, len(t.months))
	for i, m := range t.months {
		out[i] = map[int]bool{}
		k := int(m - (lastMonth - kitanoHides))
		if k < 0 {
			continue
		}
		share := withheld[min(k, len(withheld)-1)]
		bySite := make([]int64, len(t.sites))
		for _, s := range t.final[i] {
			bySite[s.site] += s.amount
		}
		var covered int64
		for _, site := range order {
			if float64(covered) >= share*float64(sum(bySite)) {
				break
			}
			out[i][site] = true
			covered += bySite[site]
		}
	}
	return out
}

// kitanoMonth adds the files of a month and returns when its sales came; 0 when
// they never did. Stock comes with them.
func (t *trade) kitanoMonth(f *folder, i int, hidden map[int]bool, reviews []honne.Date) honne.Date {
	m := t.months[i]
	cal := japan.National()
	before := int(lastMonth - m)
	n := 9 + (i*5)%2
	if before < 17 {
		n = 11 + (16-before)*10/16
	}
	day := cal.AddBusinessDays(m.Last(), n)
	content, err := cp932(t.kitanoStock(i))
	f.add("在庫_"+digits(m)+".csv", day, content, err)
	if before == kitanoMissing {
		return 0
	}
	content, err = cp932(t.kitanoSales(i, t.first[i], hidden))
	f.add("売上報告_"+digits(m)+".csv", day, content, err)
	if slices.Contains(kitanoRestated, m) {
		after, _ := slices.BinarySearch(reviews, day)
		again := cal.AddBusinessDays(reviews[after], 2)
		content, err = cp932(t.kitanoSales(i, t.final[i], hidden))
		f.add("売上報告_"+digits(m)+"(改).csv", again, content, err)
	}
	return day
}

// kitanoSales is a CSV with a title, dates in eras, amounts in 千円 with commas
// and △, quantities in full width on every ninth row, and a total. Once dealers
// only are given, the column of sites is gone.
func (t *trade) kitanoSales(i int, lines []sale, hidden map[int]bool) string {
	m := t.months[i]
	var b strings.Builder
	csvRow(&b, kitanoPartner.writer.firm+" 売上報告 "+wideMonth(m)+"分")
	csvRow(&b)
	sites := m <= lastMonth-kitanoDealers-1
	head := []string{"売上日", "得意先コード", "得意先名", "施設名", "品番", "品名", "数量", "金額（千円）"}
	if !sites {
		head = slices.Delete(head, 3, 4)
	}
	csvRow(&b, head...)
	var qty, yen int64
	for k, s := range lines {
		d, p := t.dealers[s.dealer], t.products[s.product]
		count := commas(s.qty)
		if k%9 == 4 {
			count = wide(count)
		}
		row := []string{shortEra(s.date), d.code, d.name, t.kitanoSite(k, s, hidden), p.code, kana(p.name), count, commas(s.amount / 1000)}
		if !sites {
			row = slices.Delete(row, 3, 4)
		}
		csvRow(&b, row...)
		qty, yen = qty+s.qty, yen+s.amount
	}
	row := []string{"合計", "", "", "", "", "", commas(qty), commas(yen / 1000)}
	if !sites {
		row = slices.Delete(row, 3, 4)
	}
	csvRow(&b, row...)
	return b.String()
}

func (t *trade) kitanoSite(k int, s sale, hidden map[int]bool) string {
	if !hidden[s.site] {
		return t.sites[s.site].name
	}
	return []string{"（非開示）", "非開示", "（非開示）", "－"}[k%4]
}

// wideMonth writes 令和７年６月.
func wideMonth(m honne.Month) string { return wide(eraMonth(m)) }

var narrow = strings.NewReplacer("プレート", "ﾌﾟﾚｰﾄ", "スクリュー", "ｽｸﾘｭｰ", "キット", "ｷｯﾄ")

// kana writes some words in half-width kana, as old systems do.
func kana(name string) string { return narrow.Replace(name) }

func (t *trade) kitanoStock(i int) string {
	var b strings.Builder
	csvRow(&b, "棚卸日", "品番", "品名", "棚卸数", "単位")
	day := shortEra(t.months[i].Last())
	for p, n := range t.stock[i] {
		csvRow(&b, day, t.products[p].code, kana(t.products[p].name), commas(n), "個")
	}
	csvRow(&b, "合計", "", "", commas(sum(t.stock[i])), "")
	return b.String()
}

// kitanoForecasts sends a forecast of each quarter five business days before it
// starts, months across.
func (t *trade) kitanoForecasts(f *folder) {
	for i := 0; i+2 < len(t.planned) && t.planned[i] <= lastMonth; i++ {
		if t.planned[i]%3 != 0 {
			continue
		}
		fy, q := japan.QuarterOf(t.planned[i], 4)
		var b strings.Builder
		csvRow(&b, fmt.Sprintf("%d年度第%d四半期 売上見込", fy, q), "", "", "", "（単位：千円）")
		head := []string{"品番", "品名"}
		for k := range 3 {
			_, month := t.planned[i+k].Civil()
			head = append(head, strconv.Itoa(month)+"月見込")
		}
		csvRow(&b, head...)
		for p, prod := range t.products {
			row := []string{prod.code, kana(prod.name)}
			for k := range 3 {
				row = append(row, commas(t.forecast[i+k][p]/1000))
			}
			csvRow(&b, row...)
		}
		content, err := cp932(b.String())
		f.add(fmt.Sprintf("見込_%d年度%dQ.csv", fy, q), japan.National().AddBusinessDays(t.planned[i].First(), -5), content, err)
	}
}

func (t *trade) kitanoPlan() string {
	var b strings.Builder
	csvRow(&b, fmt.Sprintf("%d年度 販売計画（案）", proposedYear))
	csvRow(&b, "単位：千円")
	head := []string{"品番", "品名"}
	for k := range t.proposed {
		head = append(head, strconv.Itoa((k+3)%12+1)+"月")
	}
	csvRow(&b, append(head, "年間計")...)
	for p, prod := range t.products {
		row, year := []string{prod.code, kana(prod.name)}, int64(0)
		for k := range t.proposed {
			row = append(row, commas(t.proposed[k][p]/1000))
			year += t.proposed[k][p] / 1000
		}
		csvRow(&b, append(row, commas(year))...)
	}
	return b.String()
}
