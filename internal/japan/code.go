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

// CorporateNumber reads a 法人番号, or the invoice number that is T and one, as
// people write it: full width, with blanks or hyphens. ok only where the check
// digit is right.
func CorporateNumber(s string) (number string, ok bool) {
	number = strings.TrimPrefix(digits(s), "t")
	return number, ValidCorporateNumber(number)
}

// MedicalCode reads a 医療機関コード as people write it. Seven digits are one of
// table 1 (hospitals and clinics) within the prefecture (1-47, 0 for unknown),
// as the lists of the health bureaus have them; the result has all ten. ok only
// where the check digit is right.
func MedicalCode(s string, prefecture int) (code string, ok bool) {
	code = digits(s)
	if len(code) == 7 && prefecture > 0 {
		code = string(rune('0'+prefecture/10)) + string(rune('0'+prefecture%10)) + "1" + code
	}
	return code, ValidMedicalCode(code)
}

// GTIN reads a JAN, UPC or other GTIN as people write it; the result has 14
// digits, so that one article's codes of two lengths are equal. ok only where
// the check digit is right.
func GTIN(s string) (code string, ok bool) {
	code = digits(s)
	if !ValidGTIN(code) {
		return code, false
	}
	return strings.Repeat("0", 14-len(code)) + code, true
}

var codeSigns = strings.NewReplacer("-", "", ".", "")

// digits is the key of a code without hyphens and dots.
func digits(s string) string { return codeSigns.Replace(Key(s)) }

// ValidMedicalCode checks 医療機関コード: ten digits that begin with a prefecture
// (01-47) and a fee table (1 medical, 3 dental, 4 pharmacy, 6 home nursing), Luhn
// over all ten. Source: domain 2.11; all 506 codes of Fukui's list of 2025-10 hold.
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
