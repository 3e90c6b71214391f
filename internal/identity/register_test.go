package identity

import (
	"encoding/csv"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"honne/internal/honnetest/corpus"
	"honne/internal/japan"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/japanese"
)

// register is a public list of parties, and what else is known to be one of
// them.
type register struct {
	known []Known
	more  []Known // other ways in which the lists write a party of known
}

func rows(t testing.TB, path string, decode func(io.Reader) io.Reader) [][]string {
	t.Helper()
	f, err := os.Open(filepath.Join(corpus.Dir(t), path))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	r := csv.NewReader(decode(f))
	r.FieldsPerRecord = -1
	out, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func asIs(r io.Reader) io.Reader { return r }

func cp932(r io.Reader) io.Reader { return japanese.ShiftJIS.NewDecoder().Reader(r) }

// companies are all that the list of filers and the changes of corporate numbers
// name under one: the newest name is the known one, the others are more.
func companies(t testing.TB) register {
	var out register
	at := map[string]int{}
	add := func(number, name string, address string) {
		if !japan.ValidCorporateNumber(number) || name == "" {
			return
		}
		i, ok := at[number]
		if !ok {
			i = len(out.known)
			at[number] = i
			out.known = append(out.known, Known{int64(i + 1), Entry{Name: name, Codes: []Code{{Corporate, number}}, Address: address}})
			return
		}
		k := &out.known[i]
		if k.Name != name {
			out.more = append(out.more, *k)
		}
		k.Name, k.Address = name, address
	}
	for _, r := range rows(t, "names/edinet_codes.csv", asIs)[1:] {
		add(r[12], r[6], r[9])
	}
	for _, r := range rows(t, "names/houjin_diff_20240110_cp932.csv", cp932) {
		add(r[1], r[6], r[9]+r[10])
	}
	return out
}

// english are the filers that have an English name, under both.
func english(t testing.TB) register {
	var out register
	for i, r := range rows(t, "names/edinet_codes.csv", asIs)[1:] {
		if r[7] != "" {
			id := int64(i + 1)
			out.known = append(out.known, Known{id, Entry{Name: r[6]}}, Known{id, Entry{Name: r[7]}})
			out.more = append(out.more, Known{id, Entry{Name: r[7]}})
		}
	}
	return out
}

// institutions are the medical institutions of a prefecture.
func institutions(t testing.TB) register {
	f, err := excelize.OpenFile(filepath.Join(corpus.Dir(t), "names/kouseikyoku_fukui_2025-10.xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	all, err := f.GetRows("Sheet1")
	if err != nil {
		t.Fatal(err)
	}
	var out register
	for _, r := range all[4:] {
		n, err := strconv.Atoi(r[0])
		if err != nil || n <= len(out.known) {
			continue
		}
		codes := ReadCodes(Party, r[4], "福井県")
		if codes[0].Scheme != Medical {
			t.Fatalf("%s is no code", r[4])
		}
		out.known = append(out.known, Known{int64(n), Entry{Name: r[7], Codes: codes, Address: "福井県" + r[9]}})
	}
	return out
}

// articles are products and medicines that differ in a size or a strength.
func articles(t testing.TB) register {
	var out register
	seen := map[string]bool{}
	add := func(name string) {
		if !seen[name] {
			seen[name] = true
			out.known = append(out.known, Known{int64(len(out.known) + 1), Entry{Name: name}})
		}
	}
	for _, r := range rows(t, "sales/adventureworks_products.csv", asIs)[1:] {
		add(strings.TrimSpace(r[1]))
	}
	for _, month := range []string{"09", "10"} {
		for _, r := range rows(t, "sales/nhs_epd_2017"+month+"_sample.csv", asIs)[1:] {
			add(strings.TrimSpace(r[17]))
		}
	}
	return out
}
