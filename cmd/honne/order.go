package main

import (
	"cmp"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"honne"
	"honne/internal/japan"
)

// revisionWord finds the words by which a file's name says that it comes after
// another one: 売上報告_202506(改), sales-202506_v2, 在庫 (2), 計画_最終. The name is
// folded and in lower case. Groups: the last one; a number behind a word, which
// may be the month of the report instead; a number alone.
var revisionWord = regexp.MustCompile(`[ _.(\[【-]*(?:` +
	`(最終版?|確定版|final)|` +
	`(?:改訂版?|改定版|訂正版?|修正版?|再送版?|再提出|差し?替え?版?|revised)([ _.]?\d*)|` +
	`(?:改|修|(?:\b|_)(?:rev|ver|v)\.?)([ _]?\d+)|` +
	`(?:改|修|(?:\b|_)rev)(?:[)\]】]|$)|` +
	`\((\d{1,2})\)$` +
	`)[)\]】]*`)

// lastRevision stands above every number that a name may count.
const lastRevision = 40

// edition splits a file's name, without folders and ending, into the report
// that it is an edition of and the edition: 0 for the first one, more for a
// correction, most for one that calls itself the last.
func edition(path string) (report string, n int) {
	stem := strings.TrimSuffix(filepath.Base(path), filepath.Ext(path))
	stem = strings.ToLower(japan.Trim(japan.Fold(stem)))
	report = revisionWord.ReplaceAllStringFunc(stem, func(word string) string {
		m := revisionWord.FindStringSubmatch(word)
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
	return strings.Trim(report, " _.-"), n
}

// later moves the receipt of a correction behind that of the report it
// corrects; the day stays the same.
func later(at time.Time, path string) time.Time {
	_, n := edition(path)
	return at.Add(time.Duration(n) * time.Minute)
}

// inOrder puts files into the order of receipt. Files of one moment stand in
// the order of their names, an earlier edition first and a name before those
// that go on from it; they are then a microsecond apart, so that the ledger
// keeps that order.
func inOrder(files []arrival) {
	slices.SortStableFunc(files, func(a, b arrival) int {
		return cmp.Or(a.receipt.At.Compare(b.receipt.At), compareNames(a.path, b.path))
	})
	var before time.Time
	nth := 0
	for i := range files {
		at := files[i].receipt.At
		if nth++; !at.Equal(before) {
			before, nth = at, 0
		}
		if !at.IsZero() {
			files[i].receipt.At = at.Add(time.Duration(nth) * time.Microsecond)
		}
	}
}

// markNames marks the files whose order among others of the same kind and time
// rests on nothing but their names.
func markNames(files []arrival, kind func(name string) honne.Series) {
	type shelf struct {
		day  honne.Date
		kind honne.Series
	}
	stands := map[shelf][]int{}
	for i, f := range files {
		if f.kind == "" && !f.receipt.Exact() {
			s := shelf{f.receipt.Day(), kind(f.path)}
			stands[s] = append(stands[s], i)
		}
	}
	for _, list := range stands {
		for _, i := range list {
			files[i].byName = len(list) > 1
		}
	}
}

func compareNames(a, b string) int {
	reportA, nA := edition(a)
	reportB, nB := edition(b)
	return cmp.Or(strings.Compare(reportA, reportB), cmp.Compare(nA, nB), strings.Compare(a, b))
}
