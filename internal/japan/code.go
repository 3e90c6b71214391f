package japan

import "strings"

// ValidCorporateNumber checks 法人番号: 13 digits, the first of which is
// 9 − (Σ p·q mod 9) over the other twelve counted from the right, q being 1 at
// odd and 2 at even places. Source: domain 2.11 (財務省令70号). A leading T of an
// invoice number is to be taken off before.
func ValidCorporateNumber(s string) bool {
	if len(s) != 13 || !allDigits(s) {
		return false
	}
	sum := 0
	for n := 1; n <= 12; n++ {
		sum += int(s[13-n]-'0') * (2 - n%2)
	}
	return int(s[0]-'0') == 9-sum%9
}

// ValidMedicalCode checks 医療機関コード: ten digits that begin with a prefecture
// (01-47) and a fee table (1 medical, 3 dental, 4 pharmacy, 6 home nursing), Luhn
// over all ten. Source: domain 2.11.
func ValidMedicalCode(s string) bool {
	if len(s) != 10 || !allDigits(s) || s[:2] < "01" || s[:2] > "47" || !strings.Contains("1346", s[2:3]) {
		return false
	}
	sum := 0
	for i := range 10 {
		d := int(s[9-i] - '0')
		if i%2 == 1 {
			d = d*2 - d/5*9
		}
		sum += d
	}
	return sum%10 == 0
}

// ValidGTIN checks JAN/EAN codes and other GTIN of 8, 12, 13 or 14 digits: from
// the right, weights 1 and 3 by turns sum to a multiple of ten. Source: GS1
// General Specifications 7.9. A code of zeros only is not valid.
func ValidGTIN(s string) bool {
	switch len(s) {
	case 8, 12, 13, 14:
	default:
		return false
	}
	if !allDigits(s) || strings.Trim(s, "0") == "" {
		return false
	}
	sum := 0
	for i := range len(s) {
		weight := 1 + i%2*2
		sum += int(s[len(s)-1-i]-'0') * weight
	}
	return sum%10 == 0
}

func allDigits(s string) bool {
	for i := 0; i < len(s); i++ {
		if !isDigit(s[i]) {
			return false
		}
	}
	return true
}

const prefectures = "北海道 青森県 岩手県 宮城県 秋田県 山形県 福島県 茨城県 栃木県 群馬県 埼玉県 千葉県 東京都 神奈川県 新潟県 富山県 " +
	"石川県 福井県 山梨県 長野県 岐阜県 静岡県 愛知県 三重県 滋賀県 京都府 大阪府 兵庫県 奈良県 和歌山県 鳥取県 島根県 岡山県 広島県 山口県 " +
	"徳島県 香川県 愛媛県 高知県 福岡県 佐賀県 長崎県 熊本県 大分県 宮崎県 鹿児島県 沖縄県"

// Prefecture returns the JIS X 0401 code (1-47) of a prefecture's name, with or
// without 都, 府 or 県.
func Prefecture(s string) (code int, ok bool) {
	name := Key(s)
	if name == "" {
		return 0, false
	}
	for full := range strings.SplitSeq(prefectures, " ") {
		code++
		if name == full || name == full[:len(full)-len("県")] && code > 1 {
			return code, true
		}
	}
	return 0, false
}
