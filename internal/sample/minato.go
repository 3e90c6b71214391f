package sample

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"

	"honne"
	"honne/internal/japan"
)

var minatoPartner = partner{"minato-iryo", "Minato Iryoki KK", "2014-07-01", "{exclusive: false, ends: 2027-09-30, notice_days: 90, registration_holder: ours}",
	writer{"森 由美", "mori@minato-iryoki.example", "森", "湊医療器株式会社", "営業部", "082-000-0000"}}

// minato is honest in a market that shrinks faster than it does: it misses its
// plan by a little, says why, names every site and is in time. Nobody may accuse
// it.
func minato(size Size) (Distributor, error) {
	t := minatoTrade(size)
	f := &folder{}
	r := report{level: 5, received: t.minatoMonths(f)}
	t.propose(.955)
	t.planBook(f, minatoPartner.writer.firm, honne.NewDate(proposedYear, 2, 25))
	content, err := t.shipmentBook(honne.NewDate(2026, 6, 3))
	f.add("当社出荷実績.xlsx", honne.NewDate(2026, 6, 3), content, err)
	f.add("targets.csv", 0, t.targets(false, agreedInMarch), nil)
	d, err := t.delivered(minatoPartner, f, r, t.reviews(11))
	// Honest in a shrinking market: falls less than the market, in time, named, small misses explained.
	d.Truth.MustNotHigh = true
	d.Truth.Mail = Mail{Kept: 8, Done: 8, OursOpen: 1}
	return d, err
}

func minatoTrade(size Size) *trade {
	t := newTrade(nature{
		seed: 0xC2, drift: .99486, market: .99308, size: 510e6, grain: 100, cover: 2.2,
		// one quarter of five below 95 %, never two of four
		attain: func(m honne.Month) float64 { return []float64{.961, .964, .968, .943, .959}[m/3%5] },
		errors: []float64{-.03, .05, -.04, .03, .06, -.07, .02, -.05, .04, -.02, .05, -.03},
	}, newWorld(size, []region{{"中国", []string{"岡山県", "広島県", "山口県"}}, {"四国", []string{"香川県", "愛媛県"}}}), size)
	t.supply(t.final)
	t.promise()
	return t
}

// minatoMonths adds the sales and the workbook of each month, and the workbook with which a
// year begins; it says when the sales were received.
func (t *trade) minatoMonths(f *folder) (received []honne.Date) {
	days := rand.New(rand.NewPCG(t.seed, 3))
	book := func(fy int, m honne.Month, made honne.Date) {
		content, err := t.minatoBook(fy, m, made)
		f.add(fmt.Sprintf("%d年度月別管理表_%s末.xlsx", fy, kanjiMonth(m)), made, content, err)
	}
	for i, m := range t.months {
		fy := japan.FiscalYear(m, 4)
		if i == 0 || japan.FiscalYear(t.months[i-1], 4) != fy {
			book(fy, m-1, japan.National().AddBusinessDays(m.First(), -4))
		}
		day := japan.National().AddBusinessDays(m.Last(), 5+days.IntN(5))
		received = append(received, day)
		f.add("売上明細_"+m.String()+".csv", day, t.minatoSales(i), nil)
		book(fy, m, day)
	}
	return received
}

// minatoSales is a plain UTF-8 CSV with a byte order mark, amounts in yen, no
// total.
func (t *trade) minatoSales(i int) []byte {
	var b strings.Builder
	b.WriteString("\ufeff")
	csvRow(&b, "売上年月日", "施設コード", "施設名", "都道府県", "製品コード", "製品名", "ロット番号", "数量", "売上金額（円・税抜）", "担当者", "備考")
	for _, s := range t.final[i] {
		site, p := t.sites[s.site], t.products[s.product]
		y, m, d := s.date.Civil()
		csvRow(&b, fmt.Sprintf("%d/%02d/%02d", y, m, d), site.code, site.name, site.prefecture, p.code, p.name, s.lot,
			strconv.FormatInt(s.qty, 10), strconv.FormatInt(s.amount, 10), t.reps[s.rep], s.note)
	}
	return []byte(b.String())
}

// minatoBook is the year's workbook as it stood at the end of month now: stock,
// plan and forecast, products down and April to March across. Months that are
// past keep what was last forecast for them.
func (t *trade) minatoBook(fy int, now honne.Month, made honne.Date) ([]byte, error) {
	april := honne.NewMonth(fy, 4)
	b := newBook()
	grid := func(sheet, what, unit string, value func(i, p int) *int64) {
		b.open(sheet)
		t.minatoHead(b, fy, now, what, unit)
		t.monthGrid(b, unit == "千円", func(k, p int) *int64 {
			if i := int(april-t.months[0]) + k; i >= 0 {
				return value(i, p)
			}
			return nil
		})
	}
	if now >= april {
		grid("在庫", "月末在庫", "個", func(i, p int) *int64 {
			if t.months[0]+honne.Month(i) > now {
				return nil
			}
			return &t.stock[i][p]
		})
	}
	thousand := func(yen int64) *int64 { yen /= 1000; return &yen }
	grid("計画", "販売計画", "千円", func(i, p int) *int64 { return thousand(t.plan[i][p]) })
	grid("見込", "販売見込", "千円", func(i, p int) *int64 { return thousand(t.foreseen(i, p, now)) })
	if now >= april {
		t.minatoReasons(b, fy, now)
	}
	return b.bytes(minatoPartner.writer.firm, made)
}

func (t *trade) minatoHead(b *book, fy int, now honne.Month, what, unit string) {
	b.put(title, fmt.Sprintf("%d年度 %s（製品別・月別）", fy, what))
	b.merge(1, 1, 8, 1)
	b.put(plain, minatoPartner.writer.firm+"　営業推進課", nil, nil, nil, nil, nil, nil, japan.FormatEra(now.Last())+"現在")
	b.put(plain, "単位："+unit)
	b.row++
}

// foreseen is the forecast of month i made at the end of now: the further
// ahead, the wronger, in the same direction.
func (t *trade) foreseen(i, p int, now honne.Month) int64 {
	ahead := min(max(0, int(t.planned[i]-now)-1), 8)
	wrong := t.errors[i%len(t.errors)]
	factor := (float64(wrong*(1+float64(ahead)/8)) + 1) / (1 + wrong)
	return thousands(float64(t.forecast[i][p]) * factor)
}

// reasons of a miss, in turn: what happened, and what is done about it.
var reasons = [][2]string{
	{"手術件数の減少（症例数 前年比約8%減）による。", "回復期施設2件へのご提案を開始（翌月末まで）。"},
	{"主要施設の手術室改修に伴う休止のため。", "再開時期を確認済み。代替施設でのデモを実施。"},
	{"償還価格改定後の買い控えのため。", "価値説明資料を改訂し、重点10施設へ訪問。"},
}

// minatoReasons says why each month below plan fell short.
func (t *trade) minatoReasons(b *book, fy int, now honne.Month) {
	b.open("差異説明")
	b.put(title, fmt.Sprintf("%d年度 計画差異の説明と対策", fy))
	b.row++
	b.put(header, "対象月", "計画比", "理由", "対策", "担当")
	for i, m := range t.months {
		if japan.FiscalYear(m, 4) != fy || m > now {
			continue
		}
		ratio := t.total(i) / float64(sum(t.plan[i]))
		if ratio >= .98 {
			continue
		}
		why := reasons[i%len(reasons)]
		b.put(plain, kanjiMonth(m), fmt.Sprintf("%.1f%%", 100*ratio), why[0], why[1], t.reps[i%len(t.reps)])
	}
}

// shipmentBook is our own list of what we shipped, as our Japanese office keeps
// it.
func (t *trade) shipmentBook(made honne.Date) ([]byte, error) {
	b := newBook()
	b.open("当社出荷実績")
	b.put(title, "当社出荷実績（湊医療器株式会社 様向け）")
	b.put(plain, "単位：円（税抜）")
	b.put(header, "出荷日", "製品コード", "製品名", "出荷数量", "仕切金額")
	for _, s := range t.shipped {
		p := t.products[s.product]
		b.put(figure, s.date, p.code, p.name, s.qty, s.qty*p.net)
	}
	return b.bytes("Nordlund Surgical AB", made)
}
