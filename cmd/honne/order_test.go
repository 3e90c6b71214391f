package main

import (
	"slices"
	"testing"

	"honne"
)

// TestInOrder: what came on one day, or on a day that nobody knows, stands in
// the order of the names, and a name that says it corrects stands later.
func TestInOrder(t *testing.T) {
	want := []string{"sales-202504.csv", "sales-202504-osaka.csv", "sales-202504 rev2.xlsx", "売上報告_202505.csv",
		"売上報告_202506.csv", "売上報告_202506(改).csv", "売上報告_202506（改２）.csv", "売上報告_202506_最終.csv", "在庫(2)_202507.csv"}
	e, _ := testEnv(t)
	f := folder{}
	var files []arrival
	for _, name := range slices.Sorted(slices.Values(want)) {
		files = append(files, f.arrival(e, name))
	}
	inOrder(files)
	markNames(files, e.book.Kind)
	var got []string
	for i, a := range files {
		got = append(got, a.path)
		if i > 0 && !a.receipt.At.After(files[i-1].receipt.At) {
			t.Errorf("%s is not received after %s", a.path, files[i-1].path)
		}
		if alone := a.path == "売上報告_202505.csv" || a.path == "在庫(2)_202507.csv"; a.byName == alone {
			t.Errorf("%s: by name only: %v", a.path, a.byName)
		}
	}
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

// TestCorrectionIsNoFirstReport reads a folder without a distributor.yaml.
func TestCorrectionIsNoFirstReport(t *testing.T) {
	e, _ := testEnv(t)
	in, err := inspectFolder(e, "testdata/corrected", "", false)
	if err != nil {
		t.Fatal(err)
	}
	defer in.close()
	record, err := in.app.store.Record(t.Context(), in.distributor(), in.at)
	if err != nil {
		t.Fatal(err)
	}
	changes := slices.DeleteFunc(record.Changes, func(c honne.Change) bool { return c.Old == 0 || c.Before == c.After })
	if len(changes) != 1 || changes[0].Before.Amount.N != 1_250_000 || changes[0].After.Amount.N != 1_150_000 {
		t.Errorf("changes are %+v", changes)
	}
	notes := 0
	for _, p := range in.problems() {
		if p.What.ID == "cli.order-by-name" {
			notes++
		}
	}
	if notes != 2 {
		t.Errorf("%d notes say that the order rests on names", notes)
	}
}
