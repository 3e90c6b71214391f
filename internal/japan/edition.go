package japan

import (
	"cmp"
	"path"
	"regexp"
	"strconv"
	"strings"
)

// revisionWord finds the words by which a file's name says that it comes after
// another one: 売上報告_202506(改), sales-202506_v2, 在庫 (2), 計画_最終. The name is
// folded and in lower case. Groups: the last one; a number behind a word, which
// may be the month of the report instead; a number alone; one before the first.
var revisionWord = regexp.MustCompile(`[ _.(\[【-]*(?:` +
	`(最終版?|確定版|確報[版値]?|final)|` +
	`(?:改訂版?|改定版|訂正版?|修正版?|再送版?|再提出|差し?替え?版?|revised)([ _.]?\d*)|` +
	`(?:改|修|(?:\b|_)(?:rev|ver|v)\.?)([ _]?\d+)|` +
	`(?:改|修|(?:\b|_)rev)(?:[)\]】]|$)|` +
	`\((\d{1,2})\)$|` +
	`(速報[版値]?|暫定[版値]?|仮集計|preliminary|(?:\b|_)flash(?:\b|_))` +
	`)[)\]】]*`)

// lastRevision stands above every number that a name may count.
const lastRevision = 40

// Edition splits a file's name, without folders and ending, into the report
// that it is an edition of and the edition: 0 for the first one, less for one that is
// preliminary (速報), more for a correction, most for one that calls itself the last
// (最終, 確報).
func Edition(name string) (report string, n int) {
	stem := strings.TrimSuffix(path.Base(name), path.Ext(name))
	stem = strings.ToLower(Trim(Fold(stem)))
	preliminary := false
	report = revisionWord.ReplaceAllStringFunc(stem, func(word string) string {
		m := revisionWord.FindStringSubmatch(word)
		if m[5] != "" {
			preliminary = true
			return ""
		}
		behind := cmp.Or(m[2], m[3])
		digits := strings.Trim(behind+m[4], " _.")
		if len(digits) > 2 { // 改_202506 is a correction of June, not the twentieth
			n = max(n, 1)
			return behind
		}
		number, _ := strconv.Atoi(digits)
		n = max(n, 1, min(number, lastRevision-1))
		if m[1] != "" {
			n = lastRevision
		}
		return ""
	})
	if preliminary {
		n = min(n, lastRevision-1) - lastRevision
	}
	return strings.Trim(report, " _.-"), n
}
