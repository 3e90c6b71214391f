package japan

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
	"golang.org/x/text/width"
)

// Key returns the form of s under which names and headers match: NFKC, lower
// case, without white space and invisible marks, every dash (the long vowel
// mark among them) as -, every wave as ~, old and variant kanji as the usual
// ones; ㈱ becomes (株). Key(Key(s)) == Key(s). The original is to be kept: a key
// is never shown. Text that is its own key costs no allocation.
// Source: domain 2.11 "Normalisation".
func Key(s string) string {
	if isKey(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	for _, r := range compatible(s) {
		if r = keyRune(r); r >= 0 {
			b.WriteRune(r)
		}
	}
	// Letters that a blank had kept apart may compose now.
	return composed(b.String())
}

// compatible returns the NFKC of s, bytes that are no text as U+FFFD: the
// normal form leaves what follows them as it is.
func compatible(s string) string {
	if narrow, ok := narrowed(s); ok {
		return narrow
	}
	return norm.NFKC.String(strings.ToValidUTF8(s, "\uFFFD"))
}

func isKey(s string) bool {
	plain := true
	for _, r := range s {
		if keyRune(r) != r || r == utf8.RuneError {
			return false
		}
		plain = plain && settled(r)
	}
	return plain || norm.NFKC.QuickSpanString(s) == len(s)
}

// keyRune returns what stands for r in a key, or -1 for nothing.
func keyRune(r rune) rune {
	if r < utf8.RuneSelf {
		switch {
		case 'A' <= r && r <= 'Z':
			return r + 'a' - 'A'
		case r <= ' ' || r == 0x7F:
			return -1
		}
		return r
	}
	switch {
	case r >= firstKanji && r <= lastKanji:
		return rune(usualOf[r-firstKanji])
	case r >= 'ぁ' && r <= 'ヾ' && r != 'ー':
		return r
	case isSpace(r) || isInvisible(r):
		return -1
	case isDash(r):
		return '-'
	case r == '〜' || r == '～':
		return '~'
	}
	if r >= 0x3400 {
		if usual, ok := usualKanji[r]; ok {
			return usual
		}
		return r
	}
	return unicode.ToLower(r)
}

func isSpace(r rune) bool { return unicode.IsSpace(r) }

func isInvisible(r rune) bool {
	return r >= 0x200B && r <= 0x200F || r == 0xFEFF || r == 0x00AD || r == 0x2060 ||
		r >= 0xFE00 && r <= 0xFE0F || r >= 0xE0100 && r <= 0xE01EF || unicode.IsControl(r)
}

func isDash(r rune) bool {
	switch r {
	case '-', 'ー', 'ｰ', '－', '−', '‐', '‑', '‒', '–', '—', '―', '─', '━', '﹣', 'ㅡ':
		return true
	}
	return false
}

// kanjiVariants pairs variants, as they occur in names, with the usual kanji.
// Sources: domain 2.11; the old forms in brackets of 常用漢字表 (2010).
const kanjiVariants = "髙高﨑崎嵜崎碕崎齋斉齊斉斎斉邊辺邉辺澤沢濵浜濱浜嶋島嶌島廣広國国櫻桜德徳惠恵瀨瀬淸清槇槙槗橋眞真藪薮籔薮龍竜瀧滝豐豊榮栄" +
	"學学會会醫医藥薬區区體体應応鐵鉄驛駅靜静圓円壽寿寬寛曾曽桒桑栁柳舘館條条假仮實実將将專専對対團団圖図單単關関縣県號号處処" +
	"數数總総聲声賣売讀読變変辨弁邨村鄕郷閒間髮髪鷗鴎黑黒" +
	"冨富薗園峯峰嶽岳埜野檜桧籠篭曻昇礒磯舩船舖舗栢柏桝枡渕淵渊淵楳梅杦杉枩松㐂喜𠮷吉圀国煕熙昻昂晄晃堯尭凜凛凉涼籏旗鴈雁鶯鴬" +
	"裡裏毗毘萠萌蘆芦鄉郷鐮鎌鰺鯵麴麹靱靭姬姫巖巌薰薫勳勲淨浄彌弥瑤瑶遙遥" +
	"萬万與与兒児奧奥寶宝峽峡帶帯廳庁戀恋戰戦戶戸攝摂敎教樂楽樣様橫横檢検權権歐欧歷歴氣気淺浅溫温滿満燈灯營営爐炉獨独產産畫画" +
	"礦鉱鑛鉱祿禄禪禅禮礼稻稲穗穂竝並經経緣縁繩縄繪絵續続纖繊臺台舊旧莊荘藏蔵蟲虫衞衛裝装覺覚覽覧觀観證証豫予賴頼轉転辯弁瓣弁" +
	"釀醸釋釈錢銭鎭鎮雙双雜雑靈霊顏顔顯顕飮飲餘余鷄鶏雞鶏鹽塩麥麦黃黄默黙點点齒歯齡齢龜亀增増緖緒曆暦步歩每毎鍊錬靑青兩両勞労" +
	"勵励參参圈圏壯壮壹壱貳弐巢巣廢廃懷懐拂払拜拝擧挙晝昼棧桟歸帰殘残沒没溪渓澁渋濟済濕湿灣湾爲為狀状獻献發発祕秘稱称穰穣窗窓" +
	"粹粋絲糸聽聴肅粛膽胆臟臓莖茎螢蛍蠶蚕觸触譯訳譽誉讓譲踐践輕軽辭辞遞逓遲遅醉酔鄰隣鑄鋳閱閲陷陥隱隠驗験驅駆騷騒髓髄鬪闘嚴厳" +
	"囑嘱壘塁壞壊孃嬢寢寝屆届屬属徑径從従恆恒惡悪拔抜擇択擔担據拠收収效効敍叙斷断晚晩曉暁涉渉滯滞潛潜燒焼獵猟獸獣當当疊畳硏研" +
	"絕絶綠緑縱縦繼継缺欠脫脱舍舎艷艶藝芸虛虚說説謠謡郞郎錄録霸覇頰頬飜翻餠餅"

// usualKanji maps a variant to the usual kanji; it is never written to.
var usualKanji = pairs(kanjiVariants)

func pairs(s string) map[rune]rune {
	m, variant := map[rune]rune{}, rune(0)
	for _, r := range s {
		if variant == 0 {
			variant = r
			continue
		}
		m[variant], variant = r, 0
	}
	return m
}

const firstKanji, lastKanji = 0x4E00, 0x9FFF

// usualOf is usualKanji for each of the kanji that names are made of, itself where it
// has no other; it is never written to.
var usualOf = func() (out [lastKanji + 1 - firstKanji]uint16) {
	for i := range out {
		r := rune(firstKanji + i)
		if usual, ok := usualKanji[r]; ok {
			r = usual
		}
		out[i] = uint16(r)
	}
	return out
}()

// Fold returns s with full-width letters, digits and signs as ASCII and
// half-width kana as full-width ones; case, words and all else stay.
func Fold(s string) string {
	if narrow, ok := narrowed(s); ok {
		return narrow
	}
	return norm.NFC.String(width.Fold.String(s))
}

// Trim removes white space of every width, no-break spaces and invisible marks
// from both ends.
func Trim(s string) string {
	n := len(s)
	if n >= 3 && (printable(s[0]) || solid(s[0], s[1])) && (printable(s[n-1]) || solid(s[n-3], s[n-2])) {
		return s // nearly every text begins and ends with a letter
	}
	return strings.TrimFunc(s, func(r rune) bool { return isSpace(r) || isInvisible(r) })
}

func printable(c byte) bool { return c > ' ' && c < 0x7F }

// solid reports, from the first two of its three bytes, that a rune is no blank
// or mark: it lies from U+3040 to U+DFFF, or is a full- or half-width form.
func solid(a, b byte) bool {
	return a >= 0xE4 && a <= 0xED || a == 0xE3 && b > 0x80 || a == 0xEF && b >= 0xBC
}

// IsJapanese reports whether s holds kana or kanji.
func IsJapanese(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool {
		return r >= 0x3040 && unicode.In(r, unicode.Hiragana, unicode.Katakana, unicode.Han)
	})
}
