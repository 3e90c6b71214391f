package web

import (
	"strings"
	"sync"
	"testing"

	"honne"
)

const twoAmounts = "年月,得意先名,品番,数量,金額（円）,売上金額（円）\n2026年4月,青葉病院,NS-1,10,1000000,1100000\n2026年4月,若葉医院,NS-2,4,400000,440000\n"

func TestGuessIsConfirmed(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.settle()
	h.post("/distributors/new", "name", "Miyako Medical", "starts", "4")
	file := h.upload("miyako-medical", map[string]string{"2026年4月売上.csv": twoAmounts}).header.Get("Location")
	h.holds(file, "Choose the meaning", `aria-current="step"><a href="`+file+`/columns"`)
	if a := h.post(file+"/accept", "seen", "1"); a.header.Get("Location") != file+"/columns?done=confirm-columns" {
		t.Errorf("a guess is accepted unseen: %d %s", a.status, a.header.Get("Location"))
	}
	h.post(file+"/settle", "key", "guess:0.F", "do", "unused")
	if a := h.post(file+"/accept", "seen", "1"); a.header.Get("Location") != file+"/check?done=accepted" {
		t.Errorf("accept: %d %s", a.status, a.header.Get("Location"))
	}
	if f, err := h.works.Store.File(t.Context(), 1); err != nil || f.State != honne.FileAccepted {
		t.Errorf("the file is %s", f.State)
	}
}

func TestIsGuess(t *testing.T) {
	for name, c := range map[string]struct {
		column honne.Column
		want   bool
	}{
		"by header":           {honne.Column{Meaning: honne.MAmount, Confidence: 0.98}, false},
		"by shape":            {honne.Column{Meaning: honne.MAmount, Confidence: 0.75}, true},
		"by shape, confirmed": {honne.Column{Meaning: honne.MAmount, Confidence: 0.75, Remembered: true}, false},
		"a month across":      {honne.Column{Meaning: honne.MAmount, Confidence: 0.75, Period: honne.NewMonth(2026, 4).Period()}, false},
		"not used":            {honne.Column{Meaning: honne.MeaningUnknown}, false},
		"said to be a guess":  {honne.Column{Meaning: honne.MAmount, Confidence: 0.98, Guess: true}, true},
	} {
		if got := isGuess(c.column); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

// What is being read, could not be read or is no report is never accepted.
func TestOnlyWhatWasReadIsAccepted(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.settle()
	h.post("/distributors/new", "name", "Miyako Medical", "starts", "4")
	file := h.upload("miyako-medical", map[string]string{"2026年4月売上.csv": april}).header.Get("Location")
	for _, state := range []honne.FileState{honne.FileReading, honne.FileUnread, honne.FileSetAside} {
		if err := h.works.Store.SetFileState(t.Context(), 1, state); err != nil {
			t.Fatal(err)
		}
		if a := h.post(file+"/accept", "seen", "1"); a.status != 409 {
			t.Errorf("%s: %d", state, a.status)
		}
		if f, err := h.works.Store.File(t.Context(), 1); err != nil || f.State != state {
			t.Errorf("%s became %s", state, f.State)
		}
	}
}

func TestOneFirstAdministrator(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	var wg sync.WaitGroup
	for _, name := range []string{"a", "b", "c"} {
		wg.Go(func() {
			h.post("/setup", "your-name", name, "email", name+"@nordhaven.example", "password", "a quiet morning in Kyoto", "our-name", "N", "our-starts", "4", "currency", "EUR")
		})
	}
	wg.Wait()
	if n, err := h.works.Store.CountUsers(t.Context()); err != nil || n != 1 {
		t.Errorf("%d administrators (%v)", n, err)
	}
}

// The sender may say whose figures they are, and which.
func TestUploadSaysWhose(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.settle()
	h.post("/distributors/new", "name", "Miyako Medical", "starts", "4")
	files := map[string]string{"a.csv": april}
	if a := h.upload("miyako-medical", files, "from", "nobody"); a.status != 422 {
		t.Errorf("a side that is none: %d", a.status)
	}
	if a := h.upload("miyako-medical", files, "from", "ours", "kind", "shipments"); a.status != 303 {
		t.Fatalf("upload: %d", a.status)
	}
	f, err := h.works.Store.File(t.Context(), 1)
	if err != nil || f.From != honne.Ours {
		t.Errorf("from %q (%v)", f.From, err)
	}
	r, err := h.works.Store.Reading(t.Context(), 1)
	if err != nil || len(r.Parts) == 0 || r.Parts[0].Series != honne.Shipments {
		t.Errorf("parts %v (%v)", r.Parts, err)
	}
}

// TestAcceptedTogether: one press accepts the months that agree, and leaves the one in another
// unit with its question in Intake.
func TestAcceptedTogether(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.settle()
	h.post("/distributors/new", "name", "Miyako Medical", "name-ja", "株式会社みやこ", "starts", "4")
	june := strings.NewReplacer("5月", "6月", "1200000", "1200", "500000", "500").Replace(may)
	var last string
	for _, f := range [][2]string{{"2026年4月売上.csv", april}, {"2026年5月売上.csv", may}, {"2026年6月売上.csv", june}} {
		last = h.upload("miyako-medical", map[string]string{f[0]: f[1]}).header.Get("Location")
	}
	a := h.post("/intake/accept-ready", "distributor", "miyako-medical")
	if a.status != 303 || a.header.Get("Location") != "/intake?done=accepted-some" {
		t.Fatalf("%d %s", a.status, a.header.Get("Location"))
	}
	for _, l := range []string{"en", "ja"} {
		if a := h.get("/intake?done=accepted-some&lang=" + l); !strings.Contains(a.body, map[string]string{"en": "or that the others speak against", "ja": "ほかのファイルと整合しないもの"}[l]) {
			t.Errorf("in %s nobody is told that one waits", l)
		}
	}
	if a := h.get(last + "?lang=en"); !strings.Contains(a.body, "Look at the unit") {
		t.Errorf("the file that waits does not say why")
	}
}

// TestCorrectionWaits: of a report and its correction that came together without a day the
// report is accepted, and the correction waits to be looked at, whatever their names sort as.
func TestCorrectionWaits(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.settle()
	h.post("/distributors/new", "name", "Miyako Medical", "name-ja", "株式会社みやこ", "starts", "4")
	late := h.upload("miyako-medical", map[string]string{"売上_4月(訂正版).csv": strings.ReplaceAll(april, "1000000", "900000")}).header.Get("Location")
	first := h.upload("miyako-medical", map[string]string{"売上_4月.csv": april}).header.Get("Location")
	h.post("/intake/accept-ready", "distributor", "miyako-medical")
	h.holds(first+"?lang=en", "You can take it back")
	h.holds(late+"?lang=en", "It changes figures of months that were over")
}

// TestGrowthNamesItsMonths: growth over fewer months than the sales beside it says which.
func TestGrowthNamesItsMonths(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	var b strings.Builder
	b.WriteString("年月,得意先名,品番,数量,金額（円）\n")
	for _, m := range []string{"2025年9月", "2026年7月", "2026年8月", "2026年9月", "2026年10月"} {
		b.WriteString(m + ",青葉病院,NS-1,10,1000000\n")
	}
	h.post(h.partner("売上.csv", b.String())+"/accept", "seen", "1")
	h.holds("/distributors/miyako-medical?lang=en", "Growth on previous year, Sep")
}
