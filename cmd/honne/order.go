package main

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"honne"
	"honne/internal/japan"
)

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
	reportA, nA := japan.Edition(a)
	reportB, nB := japan.Edition(b)
	return cmp.Or(strings.Compare(reportA, reportB), cmp.Compare(nA, nB), strings.Compare(a, b))
}
