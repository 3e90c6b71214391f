package sample

import (
	"fmt"
	"sort"
	"strconv"
	"strings"

	"honne"
	"honne/internal/japan"
)

// folder collects the files of a distributor and when they came.
type folder struct {
	files    []File
	received []string // yaml lines, in the order of adding
	err      error
}

// add puts a file in; a day of 0 says nothing about its receipt.
func (f *folder) add(path string, day honne.Date, content []byte, err error) {
	if err != nil && f.err == nil {
		f.err = fmt.Errorf("%s: %w", path, err)
	}
	f.files = append(f.files, File{path, content})
	if day != 0 {
		f.received = append(f.received, fmt.Sprintf("  %q: %s\n", path, day))
	}
}

// partner is who a distributor is.
type partner struct {
	slug, name string
	since      string
	contract   string // as distributor.yaml says it
	writer     writer // of its mail, in the name of the firm
}

// delivered is the distributor: its folder, with the market and the mail beside its own
// files, and what is true of it.
func (t *trade) delivered(p partner, f *folder, r report, reviews []honne.Date) (Distributor, error) {
	f.add("market.csv", 0, t.marketFile("orthopaedic implants and instruments"), nil)
	letters, err := mailbox(p.slug, p.writer)
	f.add("mail.mbox", 0, letters, err)
	files, err := f.finish(p.head() + eventLines(reviews))
	truth := t.truth(r)
	truth.Slug, truth.Name = p.slug, p.name
	return Distributor{Slug: p.slug, Files: files, Truth: truth}, err
}

// head is what was agreed with a partner.
func (p partner) head() string {
	_, domain, _ := strings.Cut(p.writer.address, "@")
	return `distributor:
  name: ` + p.name + `
  name_ja: ` + p.writer.firm + `
  domains: [` + domain + `]
  since: ` + p.since + `
  fiscal_year_starts: 4
` + ours + `reports:
  - {kind: sales, every: month, due: 10 business days}
  - {kind: stock, every: month, due: 10 business days}
contract: ` + p.contract + `
`
}

// finish adds distributor.yaml and sorts.
func (f *folder) finish(head string) ([]File, error) {
	text := "# Invented: no such company, site, person or product exists.\n" + head +
		"targets: targets.csv\nmarket: market.csv\nreceived:\n" + strings.Join(f.received, "")
	f.add("distributor.yaml", 0, []byte(text), nil)
	sort.Slice(f.files, func(i, j int) bool { return f.files[i].Path < f.files[j].Path })
	return f.files, f.err
}

// ours is what each distributor.yaml says of the manufacturer.
const ours = `ours:
  name: Nordlund Surgical AB
  domains: [nordlund.example]
  currency: JPY
`

// targets lists what was agreed, by product where split, on which day; a zero
// day says that only we set it.
func (t *trade) targets(split bool, agreed func(fy int) honne.Date) []byte {
	var b strings.Builder
	csvRow(&b, "period", "measure", "value", "product", "agreed_on")
	for i, m := range t.planned {
		on := agreed(japan.FiscalYear(m, 4)).String()
		if !split {
			csvRow(&b, m.String(), "sales_amount", strconv.FormatInt(sum(t.plan[i]), 10), "", on)
			continue
		}
		for p, yen := range t.plan[i] {
			csvRow(&b, m.String(), "sales_amount", strconv.FormatInt(yen, 10), t.products[p].code, on)
		}
	}
	return []byte(b.String())
}

// marketFile lists the size of the market month by month.
func (t *trade) marketFile(segment string) []byte {
	var b strings.Builder
	csvRow(&b, "period", "size", "unit", "segment", "source")
	for i, m := range t.months {
		csvRow(&b, m.String(), strconv.FormatInt(t.marketSize(i), 10), "百万円", segment, "Invented Device Market Monitor, 2026-05 edition")
	}
	return []byte(b.String())
}

// shipmentFile is our own list of what we shipped, in English.
func (t *trade) shipmentFile() []byte {
	var b strings.Builder
	csvRow(&b, "Ship date", "Product code", "Product", "Shipped quantity", "Net amount (JPY)")
	for _, s := range t.shipped {
		p := t.products[s.product]
		csvRow(&b, s.date.String(), p.code, p.name, strconv.FormatInt(s.qty, 10), strconv.FormatInt(s.qty*p.net, 10))
	}
	return []byte(b.String())
}

// due is the tenth business day after the month, as agreed (domain 3.4).
func due(m honne.Month) honne.Date { return japan.National().AddBusinessDays(m.Last(), 10) }

// agreedInMarch is the usual day: the 18th of the month before the year, or the
// business day after it.
func agreedInMarch(fy int) honne.Date {
	return japan.National().OnOrAfter(honne.NewDate(fy, 3, 18))
}

// reviews are the days of the quarterly reviews: the n-th business day of the
// second month after each quarter but the last two.
func (t *trade) reviews(n int) []honne.Date {
	var out []honne.Date
	for _, m := range t.months {
		if m%3 == 2 && m+2 <= lastMonth {
			out = append(out, japan.National().AddBusinessDays((m+1).Last(), n))
		}
	}
	return out
}

func eventLines(days []honne.Date) string {
	var b strings.Builder
	b.WriteString("events:\n")
	for _, d := range days {
		fmt.Fprintf(&b, "  - {date: %s, kind: qbr}\n", d)
	}
	return b.String()
}
