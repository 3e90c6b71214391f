package japan

import (
	"encoding/csv"
	"strings"
	"testing"

	"golang.org/x/text/encoding/japanese"
)

// TestPublicPlaces reads the addresses of a day's changes of corporate numbers,
// whose file has prefecture and municipality in columns of their own.
func TestPublicPlaces(t *testing.T) {
	rows, err := csv.NewReader(japanese.ShiftJIS.NewDecoder().Reader(open(t, "names/houjin_diff_20240110_cp932.csv"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	read := 0
	for _, r := range rows {
		prefecture, ok := Prefecture(r[9])
		if !ok {
			continue // abroad
		}
		city := r[10]
		if _, town, ok := strings.Cut(city, "郡"); ok && !strings.HasSuffix(city, "市") {
			city = town
		}
		if before, _, ok := strings.Cut(city, "市"); ok && strings.HasSuffix(city, "区") {
			city = before + "市"
		}
		if got, want := ParsePlace(r[9]+r[10]+r[11]), (Place{prefecture, Key(city)}); got != want {
			t.Errorf("%s: %v, want %v", r[9]+r[10]+r[11], got, want)
		}
		read++
	}
	if read < 8000 {
		t.Errorf("read %d addresses only", read)
	}
}

// A place is read from what it is written as.
func TestPlaceIsWrittenAsItIsRead(t *testing.T) {
	for _, address := range []string{"東京都世田谷区若林4-22-33", "福井県鯖江市長泉寺町1", "栃木県芳賀郡市貝町1280", "北海道", "吹田市古江台5-7", "港区芝1", "三重県四日市市諏訪町1-5", "本町1-2", ""} {
		if p := ParsePlace(address); ParsePlace(p.String()) != p {
			t.Errorf("%q: %+v is written as %q", address, p, p)
		}
	}
}
