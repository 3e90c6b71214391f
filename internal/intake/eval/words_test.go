package eval

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"

	"honne"
)

// maker makes one workbook from a seed: every choice is drawn from r.
type maker struct {
	r      *rand.Rand
	sheets bool // the workbook has sheets, merges and typed cells
	month  honne.Month
	// how this sender writes things
	era, wide, grouped bool
	negative           string
	mask               string
}

func (g *maker) chance(percent int) bool { return g.r.IntN(100) < percent }

func pick[T any](g *maker, list ...T) T { return list[g.r.IntN(len(list))] }

// some draws n of a list without drawing one twice, in the order of the list.
func some[T any](g *maker, n int, list []T) []T {
	out := make([]T, 0, n)
	for i, v := range list {
		if left := len(list) - i; g.r.IntN(left) < n-len(out) {
			out = append(out, v)
		}
	}
	return out
}

var customers = []string{"株式会社東京医療器", "大阪メディカル株式会社", "㈱北海道医科機器", "(有)山田器械店", "中部メディカルサービス㈱", "九州ホスピタルサプライ株式会社",
	"株式会社ミヤコ商会 本社", "東北医理科株式会社", "四国医療産業(株)", "湘南メディコ株式会社", "㈱髙橋器械", "エムシー・ケア株式会社"}

var sites = []string{"青葉大学医学部附属病院", "県立中央病院", "みどりクリニック", "市立北総合病院", "国立病院機構 西医療センター", "さくら整形外科医院",
	"医療法人社団 緑会 東病院", "南町診療所", "赤十字山手病院", "こどもの森クリニック", "済生会港病院", "聖ヨハネ記念病院"}

// goods are products: code, name.
var goods = [][2]string{{"NS-2210", "ステント 3.0mm"}, {"NS-2220", "ステント 3.5mm"}, {"00731", "縫合糸 4-0 75cm"}, {"00732", "縫合糸 5-0 45cm"}, {"4987123456787", "体温計 耳式"},
	{"HX-1", "内視鏡用鉗子"}, {"HX-2", "把持鉗子(ロング)"}, {"K102", "電子血圧計"}, {"K103", "輸液ポンプ"}, {"AB12-03", "注射器 10ml 100本入"}, {"AB12-04", "カテーテル 8Fr"}, {"Z9", "ガイドワイヤー"}}

var regions = []string{"北海道", "東北", "関東", "中部", "近畿", "中国", "四国", "九州"}
var prefectures = []string{"北海道", "青森県", "岩手県", "宮城県", "秋田県", "山形県", "福島県", "茨城県", "栃木県", "群馬県", "埼玉県", "千葉県", "東京都", "神奈川県"}
var branches = []string{"札幌支店", "仙台支店", "東京支店", "横浜営業所", "名古屋支店", "大阪支店", "広島営業所", "福岡支店"}

// monthText writes a month with its year as this sender does.
func (g *maker) monthText(m honne.Month) string {
	y, month := m.Civil()
	era := fmt.Sprintf("令和%d年%d月", y-2018, month)
	if y == 2019 {
		era = fmt.Sprintf("令和元年%d月", month)
	}
	switch {
	case g.era && g.chance(30):
		return fmt.Sprintf("R%d.%d", y-2018, month)
	case g.era:
		return g.digits(era)
	case g.chance(20):
		return fmt.Sprintf("%d/%02d", y, month)
	case g.chance(20):
		return fmt.Sprintf("%d年%02d月", y, month)
	}
	return g.digits(fmt.Sprintf("%d年%d月", y, month))
}

// digits writes the digits of a text in full width where the sender does.
func (g *maker) digits(s string) string {
	if !g.wide {
		return s
	}
	return wide(s)
}

func wide(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' || r == ',' || r == '.' {
			return r + 0xFEE0
		}
		return r
	}, s)
}

// dayText writes a day; a workbook may hold it as one.
func (g *maker) dayText(d honne.Date, style int) any {
	y, m, day := d.Civil()
	switch {
	case style == 0 && g.sheets:
		return d
	case style == 1:
		return fmt.Sprintf("%d-%02d-%02d", y, m, day)
	case style == 2:
		return fmt.Sprintf("%04d%02d%02d", y, m, day)
	case style == 3:
		return fmt.Sprintf("R%d.%d.%d", y-2018, m, day)
	case style == 4:
		return fmt.Sprintf("%d年%d月%d日", y, m, day)
	}
	return fmt.Sprintf("%d/%d/%d", y, m, day)
}

// number writes a count as this sender does.
func (g *maker) number(n int64) any {
	if g.sheets && !g.wide {
		return n
	}
	s := strconv.FormatInt(max(n, -n), 10)
	if g.grouped {
		s = grouped(s)
	}
	if n < 0 {
		s = strings.Replace(g.negative, "n", s, 1)
	}
	return g.digits(s)
}

func grouped(s string) string {
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// count is a figure of n units of a scale; one in twenty is withheld or blank
// where the maker withholds.
func (g *maker) count(n, scale int64) any {
	switch k := g.r.IntN(60); {
	case k == 0 && g.mask != "":
		return figure{"", g.mask}
	case k == 1:
		return nil
	case k == 2:
		n = 0
	case k == 3:
		n = -n
	}
	return figure{strconv.FormatInt(n*scale, 10), g.number(n)}
}

func newMaker(seed uint64) *maker {
	g := &maker{r: rand.New(rand.NewPCG(seed, 7))}
	g.sheets = g.chance(55)
	g.month = honne.NewMonth(2023, 1) + honne.Month(g.r.IntN(40))
	g.era, g.wide, g.grouped = g.chance(25), g.chance(12), g.chance(60)
	g.negative = pick(g, "-n", "△n", "▲n", "(n)", "△ n")
	g.mask = pick(g, "", "", "-", "－", "*", "***", "x", "…", "n/a", "―")
	return g
}
