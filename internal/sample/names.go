package sample

import "fmt"

// region is a sales area and the prefectures it covers.
type region struct {
	name        string
	prefectures []string
}

type site struct {
	code, name, prefecture string
	region                 int
}

type product struct {
	code, name string
	family     string
	price      int64 // yen, as the distributor sells it
	net        int64 // yen, as we sell it to the distributor
}

type dealer struct{ code, name string }

// world is who and what there is around a distributor.
type world struct {
	regions  []region
	sites    []site
	products []product
	dealers  []dealer
	reps     []string
}

var places = []string{"月見坂", "銀杏台", "風待", "白樺沢", "霧ヶ浜", "虹ノ丘", "琥珀町", "鈴鳴", "雲雀ヶ峰", "星影",
	"若葉原", "千鳥野", "朝凪", "花筏", "雪見台", "水鏡", "蛍沢", "楓ヶ谷", "夕映", "青嵐",
	"翠が浦", "柚子畑", "藤波台", "石清水坂", "桐ヶ窪", "波音", "竹取野", "胡桃沢台", "梅が枝", "野分"}

var sorts = []string{"総合病院", "記念病院", "整形外科クリニック", "中央病院", "医療センター", "リハビリテーション病院"}

var sides = []string{"", "東", "西", "南", "北"}

// bodies stand before some names, as in official ones.
var bodies = []string{"", "", "", "医療法人社団 %s会 ", "", "社会福祉法人 %s福祉会 ", ""}

func siteName(i int) string {
	place := places[i%len(places)]
	sort := sorts[(i+i/len(places))%len(sorts)]
	side := sides[i/(len(places)*len(sorts))%len(sides)]
	name := place + side + sort
	if n := i / (len(places) * len(sorts) * len(sides)); n > 0 {
		name += fmt.Sprintf(" 第%d分院", n+1)
	}
	if body := bodies[i%len(bodies)]; body != "" {
		name = fmt.Sprintf(body, place) + name
	}
	return name
}

var articles = []struct {
	name, family string
	price        int64
}{
	{"ノルドフィックス プレート", "骨接合材料", 86000}, {"ノルドフィックス スクリュー", "骨接合材料", 24000},
	{"ノルドリーマー", "手術器械", 58000}, {"フィヨルド ステム", "人工関節", 214000},
	{"フィヨルド カップ", "人工関節", 152000}, {"オーロラ 吸収性アンカー", "骨接合材料", 47000},
	{"オーロラ 縫合糸", "手術材料", 18000}, {"スノー 骨補填材", "手術材料", 69000},
	{"トロール ソーブレード", "手術器械", 21000}, {"トロール ドリルビット", "手術器械", 16000},
	{"ブリーゼ 洗浄キット", "手術材料", 28000}, {"フィヨルド インサート", "人工関節", 98000},
}

var variants = []string{"3.0mm", "S", "6穴", "10mm", "M", "L", "12穴", "4.5mm"}

func newProduct(i int) product {
	a := articles[i%len(articles)]
	n := i / len(articles)
	price := a.price + int64(n%9)*2000
	return product{
		code:   fmt.Sprintf("NS-%d", 2110+10*i),
		name:   a.name + " " + variants[(i+n)%len(variants)],
		family: a.family, price: price, net: price * 62 / 100 / 100 * 100,
	}
}

// houses are dealers as a CP932 file writes them: with ㈱, 髙, 﨑 and
// half-width kana.
var houses = []string{"㈱ﾎｼｶｹﾞ医科商会", "髙萩ヶ原メディカル㈱", "﨑見堂医療器㈱", "㈱ﾕﾒﾐ野ﾒﾃﾞｨｸｽ", "有限会社つゆくさ医科器械",
	"㈱ｺﾊｸ堂", "株式会社 ななかまど医療", "㈱あけぼの坂メディカ", "ﾐｽﾞｶｶﾞﾐ器械㈱", "㈱とんぼ池医科"}

var surnames = []string{"藤井", "大森", "西村", "原田", "小野寺", "神谷"}

func newWorld(size Size, regions []region) world {
	w := world{regions: regions, reps: surnames}
	for i := range size.Customers {
		r := regions[i%len(regions)]
		w.sites = append(w.sites, site{
			code: fmt.Sprintf("%05d", 107+13*i), name: siteName(i), region: i % len(regions),
			prefecture: r.prefectures[i/len(regions)%len(r.prefectures)],
		})
	}
	for i := range size.Products {
		w.products = append(w.products, newProduct(i))
	}
	for i, name := range houses {
		w.dealers = append(w.dealers, dealer{fmt.Sprintf("D%03d", 11+7*i), name})
	}
	return w
}
