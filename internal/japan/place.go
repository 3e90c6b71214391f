package japan

import "strings"

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

// Place is where somebody is, as far as it is known.
type Place struct {
	Prefecture int    // JIS X 0401, 1-47; 0 for unknown
	City       string // 市, 町, 村 or a ward of Tokyo, as Key writes it; "" for unknown
}

// ParsePlace reads the beginning of an address: the prefecture, where it stands,
// and the municipality. Counties (郡) and the wards of other cities are left out,
// because addresses often leave them out too.
func ParsePlace(address string) Place {
	rest, p := Key(address), Place{}
	for full := range strings.SplitSeq(prefectures, " ") {
		p.Prefecture++
		if after, ok := strings.CutPrefix(rest, full); ok {
			return Place{p.Prefecture, municipality(after, p.Prefecture)}
		}
	}
	return Place{City: municipality(rest, 0)}
}

// String writes a place as the beginning of an address, which ParsePlace reads
// back; "" when nothing is known.
func (p Place) String() string {
	if p.Prefecture < 1 {
		return p.City
	}
	return strings.Split(prefectures, " ")[p.Prefecture-1] + p.City
}

// Apart reports whether two places are known to differ.
func (p Place) Apart(q Place) bool {
	return p.Prefecture != 0 && q.Prefecture != 0 && p.Prefecture != q.Prefecture || p.City != "" && q.City != "" && p.City != q.City
}

const tokyo = 13

// municipality returns the name of a municipality that begins an address.
func municipality(s string, prefecture int) string {
	in := []rune(s)
	if after, ok := behindCounty(in); ok {
		return string(after[:townOf(after)])
	}
	city := endOf(in, '市', 8)
	if ward := endOf(in, '区', 5); ward > 0 && (prefecture == tokyo || prefecture == 0) && (city == 0 || ward < city) {
		return string(in[:ward])
	}
	if city == 0 {
		city = townOf(in)
	}
	return string(in[:city])
}

// townOf returns where the name of a 町 or 村 ends, 0 where there is none.
func townOf(in []rune) int {
	for i := 1; i < len(in) && i < 8; i++ {
		if in[i] == '町' || in[i] == '村' {
			return i + 1
		}
	}
	return 0
}

// endOf returns where a name of at most longest runes ends that its last rune
// says; of two such runes in a row, as in 四日市市, the second.
func endOf(in []rune, last rune, longest int) int {
	for i := 1; i < len(in) && i < longest; i++ {
		if in[i] == last {
			if i+1 < len(in) && in[i+1] == last {
				i++
			}
			return i + 1
		}
	}
	return 0
}

// behindCounty returns what follows a county: a 町 or 村. 郡山市 is no county, nor
// are 蒲郡市 and 小郡市, but 芳賀郡市貝町 lies in one.
func behindCounty(in []rune) (rest []rune, ok bool) {
	for i := 1; i+1 < len(in) && i < 6; i++ {
		if in[i] != '郡' || i == 1 && in[i+1] == '市' {
			continue
		}
		for j := i + 2; j < len(in) && j < i+8; j++ {
			if in[j] == '町' || in[j] == '村' {
				return in[i+1:], true
			}
			if in[j-1] == '市' && j-1 > i+1 {
				return nil, false
			}
		}
	}
	return nil, false
}
