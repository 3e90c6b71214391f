package main

import (
	"bufio"
	"io"
	"strings"

	"honne"
	"honne/internal/lang"
)

// readingJSON is the object of `honne read --json`; its field names are fixed.
type readingJSON struct {
	Version  int           `json:"version"`
	File     string        `json:"file"`
	SHA256   string        `json:"sha256"`
	Format   honne.Format  `json:"format"`
	Encoding *string       `json:"encoding"`
	Tables   []tableJSON   `json:"tables"`
	Messages int           `json:"messages"`
	Problems []problemJSON `json:"problems"`
}

type tableJSON struct {
	Sheet    string         `json:"sheet"`
	Header   *string        `json:"header"`
	Body     string         `json:"body"`
	Rows     int            `json:"rows"`
	Layout   honne.Layout   `json:"layout"`
	Kind     *honne.Series  `json:"kind"`
	Topic    string         `json:"topic,omitempty"`
	Listed   int            `json:"listed,omitempty"`
	Excluded []excludedJSON `json:"excluded"`
	Unit     *string        `json:"unit"`
	Tax      *honne.Tax     `json:"tax"`
	Period   *fromToJSON    `json:"period"`
	Columns  []columnJSON   `json:"columns"`
}

type excludedJSON struct {
	Range string          `json:"range"`
	Why   honne.Exclusion `json:"why"`
}

type fromToJSON struct {
	From string `json:"from"`
	To   string `json:"to"`
}

type columnJSON struct {
	At         string        `json:"at"`
	Header     string        `json:"header"`
	Meaning    honne.Meaning `json:"meaning"`
	Confidence float64       `json:"confidence"`
	Unit       string        `json:"unit,omitempty"`
	Series     honne.Series  `json:"series,omitempty"`
	Period     string        `json:"period,omitempty"`
	Product    string        `json:"product,omitempty"`
	Customer   string        `json:"customer,omitempty"`
	Region     string        `json:"region,omitempty"`
}

type problemJSON struct {
	At       string         `json:"at"`
	Severity honne.Severity `json:"severity"`
	What     string         `json:"what"`
	File     string         `json:"file,omitempty"`
}

func newReadingJSON(e *env, l lang.Language, r honne.Reading) readingJSON {
	out := readingJSON{Version: 1, File: r.File, SHA256: r.SHA256, Format: r.Format, Messages: r.Messages,
		Encoding: orNull(r.Encoding), Tables: []tableJSON{}, Problems: []problemJSON{}}
	for _, t := range r.Tables {
		out.Tables = append(out.Tables, newTableJSON(t))
	}
	for _, p := range r.Problems {
		out.Problems = append(out.Problems, problemJSON{At: p.At.String(), Severity: p.Severity, What: e.lang.Say(l, p.What)})
	}
	return out
}

func newTableJSON(t honne.Table) tableJSON {
	out := tableJSON{Sheet: t.Sheet, Header: orNull(t.Header.String()), Body: t.Body.String(), Rows: t.Rows, Layout: t.Layout,
		Kind: orNull(t.Kind), Topic: string(t.Topic), Listed: t.Listed, Unit: orNull(t.Unit.String()), Tax: orNull(t.Tax), Excluded: []excludedJSON{}, Columns: []columnJSON{}}
	if t.Header == (honne.Range{}) {
		out.Header = nil
	}
	if !t.Period.IsZero() {
		out.Period = &fromToJSON{t.Period.From.Month().String(), t.Period.To.Month().String()}
	}
	for _, x := range t.Excluded {
		out.Excluded = append(out.Excluded, excludedJSON{x.Range.String(), x.Why})
	}
	for _, c := range t.Columns {
		j := columnJSON{At: c.At, Header: c.Header, Meaning: c.Meaning, Confidence: c.Confidence, Unit: c.Unit.String(),
			Series: c.Series, Period: c.Period.String()}
		if c.Product != nil {
			j.Product = c.Product.Name
		}
		if c.Customer != nil {
			j.Customer = c.Customer.Name
		}
		j.Region = c.Region
		out.Columns = append(out.Columns, j)
	}
	return out
}

// recordJSON is one line of `honne read --records` of a report.
type recordJSON struct {
	File          string `json:"file"`
	At            string `json:"at"`
	Measure       string `json:"measure"`
	Value         string `json:"value"`
	Unit          string `json:"unit"`
	Period        string `json:"period"`
	Date          string `json:"date,omitempty"`
	CustomerCode  string `json:"customer_code,omitempty"`
	CustomerName  string `json:"customer_name,omitempty"`
	CustomerPlace string `json:"customer_place,omitempty"`
	ShipToCode    string `json:"ship_to_code,omitempty"`
	ShipToName    string `json:"ship_to_name,omitempty"`
	ShipToPlace   string `json:"ship_to_place,omitempty"`
	EndUserCode   string `json:"end_user_code,omitempty"`
	EndUserName   string `json:"end_user_name,omitempty"`
	EndUserPlace  string `json:"end_user_place,omitempty"`
	BillToCode    string `json:"bill_to_code,omitempty"`
	BillToName    string `json:"bill_to_name,omitempty"`
	BillToPlace   string `json:"bill_to_place,omitempty"`
	ProductCode   string `json:"product_code,omitempty"`
	ProductName   string `json:"product_name,omitempty"`
	ProductLine   string `json:"product_line,omitempty"`
	Region        string `json:"region,omitempty"`
	Rep           string `json:"rep,omitempty"`
	Lot           string `json:"lot,omitempty"`
	Expires       string `json:"expires,omitempty"`
	Reason        string `json:"reason,omitempty"`
	Raw           string `json:"raw"`
}

// plainJSON is one line of `honne read --records` where meanings are unknown.
type plainJSON struct {
	File   string            `json:"file"`
	At     string            `json:"at"`
	Row    map[string]string `json:"row"`
	Column string            `json:"column"`
	Value  string            `json:"value"`
	Raw    string            `json:"raw"`
}

func writeRecords(w io.Writer, r honne.Reading) error {
	out := bufio.NewWriterSize(w, 1<<16)
	for v, err := range r.Values {
		if err != nil {
			return err
		}
		var line any = plainJSON{File: r.File, At: v.At.String(), Row: v.Labels, Column: v.Column, Value: v.Number.String(), Raw: v.Raw}
		if v.Line != nil {
			line = newRecordJSON(r.File, v)
		}
		if err := writeLine(out, line); err != nil {
			return err
		}
	}
	return out.Flush()
}

func newRecordJSON(file string, v honne.Value) recordJSON {
	l := v.Line
	unit := string(v.Unit.Currency)
	if unit == "" {
		unit = v.Unit.Name
	}
	return recordJSON{File: file, At: v.At.String(), Measure: v.Measure, Value: v.Number.String(), Unit: unit,
		Period: whenOf(l).String(), Date: l.Date.String(),
		CustomerCode: l.Parties[honne.Invoiced].Code, CustomerName: l.Parties[honne.Invoiced].Name, CustomerPlace: l.Parties[honne.Invoiced].Place,
		ShipToCode: l.Parties[honne.ShipTo].Code, ShipToName: l.Parties[honne.ShipTo].Name, ShipToPlace: l.Parties[honne.ShipTo].Place,
		EndUserCode: l.Parties[honne.EndUser].Code, EndUserName: l.Parties[honne.EndUser].Name, EndUserPlace: l.Parties[honne.EndUser].Place,
		BillToCode: l.Parties[honne.BillTo].Code, BillToName: l.Parties[honne.BillTo].Name, BillToPlace: l.Parties[honne.BillTo].Place,
		ProductCode: l.Product.Code, ProductName: l.Product.Name, ProductLine: l.ProductLine, Region: l.Region, Rep: l.Rep, Lot: l.Lot, Expires: l.Expires.String(),
		Reason: l.Reason, Raw: v.Raw}
}

// whenOf is the period of a record: the month of its day, where the line is of a
// month that closes on another day than the last.
func whenOf(l *honne.Line) honne.Period {
	if _, month := l.Period.Month(); l.Date != 0 && !month {
		return l.Date.Month().Period()
	}
	return l.Period
}

func orNull[T ~string](s T) *T {
	if s == "" {
		return nil
	}
	return &s
}

func orDash(s string) string {
	if s == "" {
		return "—"
	}
	return s
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
