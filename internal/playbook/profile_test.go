package playbook_test

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"honne"
	"honne/internal/playbook"
)

// yamato is the example of the command line's design page.
const yamato = `distributor:
  name: Yamato Medical KK
  name_ja: 大和メディカル株式会社
  domains: [yamato-medical.example.jp]     # whose mail is theirs
  since: 2019-04-01
  fiscal_year_starts: 4                    # month; 4 is the default
ours:
  name: Nordlund Surgical AB
  domains: [Nordlund.example]
  currency: EUR
reports:                                   # what is owed, and when
  - {kind: sales, every: month, due: 10 business days}
  - {kind: stock, every: month, due: 5th business day, level: 4, since: 2024-04}
  - {kind: forecast, every: quarter}
contract: {exclusive: true, ends: 2027-03-31, notice_days: 180, registration_holder: distributor}
events:                                    # meetings that matter for 'numbers change after meetings'
  - {date: 2025-07-15, kind: qbr}
targets: targets.csv                       # period,measure,value[,product][,agreed_on]
market: market.csv                         # period,size,unit[,segment][,source]
received: {sales-2025-04.xlsx: 2025-05-14} # only for files without a message around them
thresholds:                                # of our own for this partner
  - {threshold: visibility-index.under.1, value: 0.6, since: 2025-06-01, why: agreed in the contract}
`

func TestReadProfile(t *testing.T) {
	got, err := playbook.ReadProfile([]byte(yamato), "distributor.yaml")
	if err != nil {
		t.Fatal(err)
	}
	exclusive := true
	want := playbook.Folder{
		Profile: honne.Profile{
			Name: "Yamato Medical KK", NameJA: "大和メディカル株式会社", Domains: []string{"yamato-medical.example.jp"},
			Since: honne.NewDate(2019, 4, 1), FiscalYearStarts: 4,
			OurName: "Nordlund Surgical AB", OurDomains: []string{"nordlund.example"}, Currency: "EUR",
			Reports: []honne.Owed{
				{Kind: honne.Sales, Every: "month", DueDays: 10},
				{Kind: honne.Stock, Every: "month", DueDays: 5, Level: 4, Since: honne.NewMonth(2024, 4)},
				{Kind: honne.Forecast, Every: "quarter"}},
			Contract: honne.Contract{Exclusive: &exclusive, Ends: honne.NewDate(2027, 3, 31), NoticeDays: 180, RegistrationHolder: "distributor"},
			Events:   []honne.Event{{Date: honne.NewDate(2025, 7, 15), Kind: honne.EventQBR}},
		},
		Targets: "targets.csv", Market: "market.csv",
		Received: map[string]honne.Date{"sales-2025-04.xlsx": honne.NewDate(2025, 5, 14)},
		Named:    []playbook.Named{{"targets.csv", "targets", 18}, {"market.csv", "market", 19}, {"sales-2025-04.xlsx", "received", 20}},
		Thresholds: []playbook.SetThreshold{{Line: 22, Entry: honne.Entry[honne.OwnThreshold]{Why: "agreed in the contract", At: honne.NewDate(2025, 6, 1).At(0, 0),
			Body: honne.OwnThreshold{Threshold: "visibility-index.under.1", Value: 0.6}}}},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v", got)
	}
}

// Of two of one name the newer counts, whatever order they stand in.
func TestFolderThresholdsByDay(t *testing.T) {
	f, err := playbook.ReadProfile([]byte(`thresholds:
  - {threshold: visibility-index.under.1, value: 0.7, since: 2026-01-01, why: agreed anew}
  - {threshold: visibility-index.under.1, value: 0.6, since: 2025-06-01, why: agreed in the contract}
`), "distributor.yaml")
	if err != nil {
		t.Fatal(err)
	}
	p := japan(t)
	for day, want := range map[honne.Date]int{honne.NewDate(2025, 12, 31): 1, honne.NewDate(2026, 6, 30): 2} {
		own := f.Own(p, day)
		if len(own) != want || own[want-1].At != slices.MaxFunc(own, func(a, b honne.Entry[honne.OwnThreshold]) int { return a.At.Compare(b.At) }).At {
			t.Errorf("%s: %+v", day, own)
		}
	}
}

func TestReadProfileNothing(t *testing.T) {
	for _, s := range []string{"", "# nothing yet\n", "distributor:\n  name:\nours:\nreports:\n", "null\n"} {
		if f, err := playbook.ReadProfile([]byte(s), "distributor.yaml"); err != nil || f.Profile.Name != "" {
			t.Errorf("%q: %v", s, err)
		}
	}
}

func TestReadProfileWrong(t *testing.T) {
	const text = `distributer: {name: A}
distributor: {nmae: A, domains: [a@b.c], since: 1.4.2019, fiscal_year_starts: 13, closing_day: 31}
ours: {currency: euro}
reports:
  - {every: week, due: the tenth}
  - {kind: sale, due: 0 business days}
contract: {exclusive: maybe, registration_holder: them}
events:
  - {kind: party}
targets: [a, b]
received: {a.csv: today}
thresholds:
  - {threshold: visibility-index.under.1, value: a little}
`
	_, err := playbook.ReadProfile([]byte(text), "distributor.yaml")
	const want = `1: distributer: unknown key, did you mean distributor?
2: distributor.nmae: unknown key, did you mean name?
2: distributor.domains: expected a domain, such as yamato-medical.example.jp
2: distributor.since: expected a day, YYYY-MM-DD
2: distributor.fiscal_year_starts: expected a whole number from 1 to 12
2: distributor.closing_day: expected a whole number from 1 to 28
3: ours.currency: expected the three letters of a currency, such as JPY
5: reports.every: "week" is not known, expected one of month, quarter
5: reports.due: expected a number of business days, such as 10 business days or 5th business day
5: reports: expected a kind, such as sales
6: reports.kind: "sale" is not known, did you mean sales?
6: reports.due: expected a number of business days, such as 10 business days or 5th business day
6: reports: expected a kind, such as sales
7: contract.exclusive: expected true or false
7: contract.registration_holder: "them" is not known, expected one of distributor, ours, dmah
9: events.kind: "party" is not known, expected one of meeting, qbr, our-price-change, our-discount, our-shortage, our-recall, our-discontinuation, our-direct-account, fee-revision, launch, shortage, competitor-launch, tender, disaster, recall, closed
9: events: expected a date and a kind
10: targets: expected text
11: received.a.csv: expected a day, YYYY-MM-DD
13: thresholds.value: expected a number
13: thresholds: expected a threshold, its value, the day since when, and why`
	if got := strings.ReplaceAll(fmt.Sprint(err), "distributor.yaml:", ""); got != want {
		t.Errorf("got:\n%s", got)
	}
}

func FuzzProfile(f *testing.F) {
	f.Add([]byte(yamato))
	f.Add([]byte("distributor: &a {name: *a}\n"))
	f.Add([]byte("- ? [a]\n: b\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		if folder, err := playbook.ReadProfile(data, "distributor.yaml"); err == nil && folder.Received == nil {
			t.Error("no map")
		}
	})
}
