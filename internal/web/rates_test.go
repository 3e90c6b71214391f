package web

import (
	"net/http"
	"strings"
	"testing"
)

// sales gives the first partner two months: 3.1 million yen.
func (h *house) sales() {
	h.t.Helper()
	h.partner("2026年4月売上.csv", april)
	h.upload("miyako-medical", map[string]string{"2026年5月売上.csv": may})
	for _, file := range []string{"/intake/1", "/intake/2"} {
		if a := h.post(file + "/accept"); !strings.HasSuffix(a.header.Get("Location"), "done=accepted") {
			h.t.Fatalf("%s: %d %s", file, a.status, a.header.Get("Location"))
		}
	}
}

// budget enters a budget rate of the euro, and averages of months.
func (h *house) budget(pairs ...string) {
	h.t.Helper()
	h.sent("/rates/new", "rates", append([]string{"currency", "EUR", "from", "2026-04", "budget", "155", "source", "Group budget FY2026", "on", "2026-02-01"}, pairs...)...)
}

// lacks wants a page without some texts.
func (h *house) lacks(path string, texts ...string) {
	h.t.Helper()
	a := h.get(path)
	for _, s := range texts {
		if strings.Contains(a.body, s) {
			h.t.Errorf("%s holds %q", path, s)
		}
	}
}

const inEuro = "At the budget rate 1 EUR = <a href=\"/rates?unit=EUR\">¥155.00</a> (Apr 2026–Mar 2027; Group budget FY2026)"

// Without a rate no page offers a currency; with a budget rate in force on its day
// overview, figures and portfolio do, and convert every amount at that one rate.
func TestUnitSwitchOffersCurrencies(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.sales()
	for _, path := range []string{miyako, miyako + "/figures", "/portfolio"} {
		h.lacks(path, "EUR k", "unit=EUR")
		h.lacks(path+"?unit=JPY", "No budget rate")
		h.lacks(path+"?unit=%3Cb%3E", "No budget rate")
		h.holds(path+"?unit=EUR", "No budget rate leads to", "amounts stay in JPY", "¥m")
	}
	h.budget()
	for _, path := range []string{miyako, miyako + "/figures", "/portfolio"} {
		h.holds(path, "EUR k", "unit=EUR")
		h.lacks(path, "At the budget rate")
		a := h.get(path + "?unit=EUR")
		checkPage(t, path, "en", a)
		h.holds(path+"?unit=EUR", inEuro, `aria-current="true">EUR k`, "evidence", "unit=EUR")
		checkPage(t, path, "ja", h.get(path+"?unit=EUR&lang=ja"))
		h.holds(path+"?unit=EUR", "予算レート1 EUR＝", "155.00円", "千EUR")
		h.get("/?lang=en")
	}
	h.holds(miyako+"?unit=EUR", "Net sales, Apr–May, EUR k", ">20</a>", "EUR 20k")
	h.holds(miyako+"/figures?unit=EUR", ">9</a>", ">11</a>", ">20</a>", "By month, EUR k")
	h.holds(miyako+"/figures?unit=EUR&view=products", ">7.7</a>", ">3.2</a>")
	h.holds("/portfolio?unit=EUR&view=charts", "the height of a chart is <a href=", ">EUR 11k</a>", `<td class="num"><a class="v" href="`+miyako+`/evidence?amount=1&amp;period=2026-05&amp;series=sales&amp;unit=EUR">11</a>`)
	// A partner of a million a month stands in thousands, unless the address asks for another scale.
	for _, path := range []string{miyako, miyako + "?unit=jpy-k", miyako + "?asof=2027-06-01", "/portfolio"} {
		h.holds(path, `aria-current="true">¥k`, ">3,100</a>")
	}
	h.holds(miyako+"?unit=jpy-m", "Net sales, Apr–May, ¥m", `aria-current="true">¥m`, ">3</a>")
	h.holds(miyako+"?unit=jpy", "Net sales, Apr–May, ¥<", ">3,100,000</a>")
	h.holds(miyako+"?unit=EUR&asof=2027-06-01", inEuro) // a year later the figures are still those of that year
}

// What was converted opens to what the file says, in yen, with the rate beside it;
// what is kept in memory is never converted.
func TestEvidenceStaysInYen(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.sales()
	h.budget()
	h.holds("/portfolio?unit=EUR", ">20</a>")
	h.holds("/portfolio", ">3,100</a>")
	for _, path := range []string{"/evidence/sales", "/evidence?series=sales&period=2026-04&amount=1"} {
		mark := map[bool]string{true: "&", false: "?"}[strings.Contains(path, "?")]
		h.holds(miyako+path+mark+"unit=EUR", "Here stands what the file says", "¥155.00")
		h.lacks(miyako+path+mark+"unit=EUR", "EUR 9", "EUR 20")
		h.lacks(miyako+path, "Here stands what the file says")
	}
	h.holds(miyako+"/evidence/sales?unit=EUR", "¥3,100,000")
	h.lacks(miyako+"/evidence/growth?unit=EUR", "EUR 20")
	h.lacks(miyako+"/evidence?series=sales&period=2026-04&unit=EUR", "Here stands") // pieces
}

// The page of rates says what exchange did, partner by partner; of a month without
// its rate that is not known, and not counted.
func TestRatesPage(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.sales()
	h.holds("/rates", "No exchange rates yet", "Enter rates")
	h.budget("rate-2026-04", "１４０")
	checkPage(t, "/rates", "en", h.get("/rates"))
	h.holds("/rates", "is not known: the average rates of May 2026 are missing", "no rate for May 2026", ">20</a>", "1 of 12", "Group budget FY2026", "Kirsten Larsen", miyako+"/evidence/sales\"")
	h.lacks("/rates", "Exchange added")
	h.sent("/rates/1", "rates", "version", "1", "budget", "155", "rate-2026-04", "140", "rate-2026-05", "136.0", "source", "Group budget FY2026", "on", "2026-06-02", "why", "May closed")
	h.holds("/rates", "Exchange added EUR 2,500 (12.5%)", ">23</a>", "&#43;3", "&#43;12.5%", "2 of 12")
	checkPage(t, "/rates", "en", h.get("/rates?partner=miyako-medical"))
	h.holds("/rates?partner=miyako-medical", "Miyako Medical, month by month", "¥140.00", "¥136.00", miyako+"/evidence?amount=1&amp;period=2026-05")
	checkPage(t, "/rates/1", "en", h.get("/rates/1"))
	h.holds("/rates/1", "EUR, Apr 2026–Mar 2027", "May 2026: — → ¥136.00", "May closed", `name="rate-2027-03"`, `value="136"`)
	h.sent("/rates/new", "rates", "currency", "EUR", "from", "2027-04", "budget", "150", "source", "Group budget FY2027", "on", "2026-11-01")
	h.holds("/rates?asof=2027-05-01", "1 EUR = <a href=\"/rates?unit=EUR\">¥150.00</a>", "at ¥155.00", ">20</a>") // of last year’s sales last year’s budget
	h.holds("/rates?lang=ja", "EUR換算の売上高は予算レート比2,500 EUR（12.5%）増えています")
	checkPage(t, "/rates/new", "ja", h.get("/rates/new"))
	h.sent("/rates/1/withdraw", "entry-withdrawn", "version", "2", "why", "wrong year")
	h.holds("/rates/1?lang=en", "wrong year", "Taken back")
	h.holds("/rates", "some of them fall into months without a budget rate", "No budget rate of EUR is in force on 22 Nov 2026")
	h.sent("/rates/2/withdraw", "entry-withdrawn", "version", "1", "why", "not yet decided")
	h.holds("/rates", "No exchange rates yet")
	if a := h.post("/rates/1", "version", "3", "budget", "1"); a.status != http.StatusNotFound {
		t.Errorf("rates that were taken back are changed: %d", a.status)
	}
}

// What cannot be a rate is refused at its field, in words that say what to do.
func TestRatesThatCannotBe(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.settle()
	for _, c := range []struct {
		name, value, want string
	}{
		{"budget", "158 or so", "Budget rate: “158 or so” is no number. Enter what one EUR costs in yen"},
		{"budget", "0", "Budget rate: 0 cannot be a rate"},
		{"rate-2026-09", "−158", "Sep 2026: −158 cannot be a rate"},
		{"rate-2026-09", "15800", "above 0 and below 10,000"},
		{"budget", "", "Enter the budget rate, or the average of at least one month"},
		{"currency", "JPY", "is no currency code"},
		{"currency", "euro", "Enter three letters such as EUR"},
		{"source", "", "Enter: Source"},
		{"on", "2027-01-01", "Choose a day up to today"},
	} {
		form := []string{"currency", "EUR", "from", "2026-04", "budget", "158", "source", "Budget", "on", "2026-02-01"}
		a := h.post("/rates/new", append(form, c.name, c.value)...)
		if a.status != http.StatusUnprocessableEntity || !strings.Contains(a.body, c.want) || !strings.Contains(a.body, `href="#`+c.name+`"`) {
			t.Errorf("%s %q: %d, want %q\n%s", c.name, c.value, a.status, c.want, a.body)
		}
	}
	if a := h.post("/rates/new", "currency", "EUR", "from", "April"); a.status != http.StatusUnprocessableEntity {
		t.Errorf("a form without its months: %d", a.status)
	}
	for _, path := range []string{"/rates/1", "/rates/0", "/rates/x", "/rates/-1"} {
		if a := h.get(path); a.status != http.StatusNotFound {
			t.Errorf("%s: %d", path, a.status)
		}
	}
	h.budget()
	if a := h.post("/rates/new", "currency", "EUR", "from", "2026-10", "budget", "150", "source", "x", "on", "2026-02-01"); a.status != http.StatusUnprocessableEntity || !strings.Contains(a.body, "EUR has rates for Apr 2026–Mar 2027 already") {
		t.Errorf("one month has two budgets: %d", a.status)
	}
	h.sent("/rates/new", "rates", "currency", "EUR", "from", "2027-04", "budget", "150", "source", "x", "on", "2026-11-01")
}

// Of two editors the second is told of the first, and keeps what they typed.
func TestRatesOfTwoEditors(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.settle()
	h.budget()
	edit := []string{"version", "1", "budget", "156.5", "source", "Group budget FY2026", "on", "2026-02-01"}
	h.sent("/rates/1", "rates", edit...)
	edit[3] = "157.5"
	a := h.post("/rates/1", edit...)
	if a.status != http.StatusUnprocessableEntity || !containsAll(a.body, "Somebody else saved meanwhile", `value="157.5"`, `name="version" value="2"`, "¥155.00 → ¥156.50") {
		t.Fatalf("%d\n%s", a.status, a.body)
	}
	if a := h.post("/rates/1/withdraw", "version", "1", "why", "x"); !strings.HasSuffix(a.header.Get("Location"), "/rates/1?done=entry-others") {
		t.Errorf("taken back unseen: %d %s", a.status, a.header.Get("Location"))
	}
	edit[1] = "2"
	h.sent("/rates/1", "rates", edit...)
	h.holds("/rates/1", `value="157.5"`)
}

// Directors, managers and the CFO write rates; all others read them.
func TestWhoWritesRates(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.settle()
	h.budget()
	for role, writes := range map[string]bool{"director": true, "cfo": true, "auditor": false, "regulatory": false, "counsel": false, "viewer": false} {
		h.become(role, role+"@nordhaven.example")
		h.holds("/rates", "1 EUR =", `href="/rates/1"`)
		h.holds("/rates/1", "155")
		if got := strings.Contains(h.get("/rates").body, "Enter rates") && strings.Contains(h.get("/rates/1").body, `name="budget"`) && h.get("/rates/new").status == http.StatusOK; got != writes {
			t.Errorf("%s is offered the form: %v", role, got)
		}
		want := http.StatusNotFound
		if writes {
			want = http.StatusUnprocessableEntity
		}
		for _, path := range []string{"/rates/new", "/rates/1", "/rates/1/withdraw"} {
			if a := h.post(path, "from", "2026-04"); a.status != want {
				t.Errorf("%s posts to %s: %d", role, path, a.status)
			}
		}
	}
}
