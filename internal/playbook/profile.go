package playbook

import (
	"errors"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"honne"
)

// Folder is what distributor.yaml says about a distributor's folder.
type Folder struct {
	Profile         honne.Profile
	Targets, Market string                // names of files of the folder; "" when not named
	Products        string                // likewise: our own list of products
	Shipments       []string              // our own shipments, where their names do not say so
	Received        map[string]honne.Date // file name → the day it came, in Japan
	Named           []Named               // every file that is named, in that order
	Thresholds      []SetThreshold        // that count for this distributor, as they stand in the file
}

// SetThreshold is a threshold of the house that distributor.yaml sets, from the day
// that it states as the entry's moment.
type SetThreshold struct {
	honne.Entry[honne.OwnThreshold]
	Line int // from 1
}

// Named is a file that distributor.yaml names, and where.
type Named struct {
	File string
	Key  string // targets, market, products, shipments or received
	Line int    // from 1
}

// ReadProfile reads a distributor.yaml, whose name is for the problems. Every
// key is optional, and one without a value is not there; an unknown key is an
// error that names the nearest one. The error, of type Problems, lists all
// problems at once. Source: "A distributor's folder" of the command line.
func ReadProfile(data []byte, name string) (Folder, error) {
	f := Folder{Received: map[string]honne.Date{}}
	var problems Problems
	r := reader{file: name, blanks: true, problems: &problems}
	if n := r.document(data); n != nil && n.Tag != "!!null" {
		r.folder(n, &f)
	}
	return f, problems.orNil()
}

func (r reader) folder(n *yaml.Node, f *Folder) {
	p := &f.Profile
	r.mapping("", n,
		field{"distributor", func(key string, n *yaml.Node) {
			r.mapping(key, n,
				field{"name", r.text(&p.Name)},
				field{"name_ja", r.text(&p.NameJA)},
				field{"domains", r.domains(&p.Domains)},
				field{"since", r.date(&p.Since)},
				field{"fiscal_year_starts", r.whole(&p.FiscalYearStarts, 1, 12)},
				field{"closing_day", r.whole(&p.ClosingDay, 1, 28)})
		}},
		field{"ours", func(key string, n *yaml.Node) {
			r.mapping(key, n,
				field{"name", r.text(&p.OurName)},
				field{"domains", r.domains(&p.OurDomains)},
				field{"currency", r.currency(&p.Currency)})
		}},
		field{"reports", r.list(func(key string, n *yaml.Node) { r.owed(key, n, p) })},
		field{"contract", func(key string, n *yaml.Node) { r.contract(key, n, &p.Contract) }},
		field{"events", r.list(func(key string, n *yaml.Node) { r.event(key, n, p) })},
		field{"targets", r.fileOf(f, &f.Targets)},
		field{"market", r.fileOf(f, &f.Market)},
		field{"products", r.fileOf(f, &f.Products)},
		field{"shipments", r.list(func(key string, n *yaml.Node) {
			file := ""
			r.fileOf(f, &file)(key, n)
			f.Shipments = append(f.Shipments, file)
		})},
		field{"received", func(key string, n *yaml.Node) { r.received(key, n, f) }},
		field{"thresholds", r.list(func(key string, n *yaml.Node) { r.threshold(key, n, f) })})
}

func (r reader) owed(key string, n *yaml.Node, p *honne.Profile) {
	o := honne.Owed{Every: "month"}
	r.mapping(key, n,
		field{"kind", oneOf(r, &o.Kind, honne.AllSeries)},
		field{"every", oneOf(r, &o.Every, []string{"month", "quarter"})},
		field{"due", r.dueDays(&o.DueDays)},
		field{"level", r.whole(&o.Level, 0, 5)},
		field{"since", r.month(&o.Since)})
	if o.Kind == "" {
		r.problem(n, key, "expected a kind, such as sales")
	}
	p.Reports = append(p.Reports, o)
}

func (r reader) contract(key string, n *yaml.Node, c *honne.Contract) {
	r.mapping(key, n,
		field{"exclusive", r.yes(&c.Exclusive)},
		field{"territory", r.text(&c.Territory)},
		field{"starts", r.date(&c.Starts)},
		field{"ends", r.date(&c.Ends)},
		field{"notice_days", r.whole(&c.NoticeDays, 0, 3660)},
		field{"registration_holder", oneOf(r, &c.RegistrationHolder, []string{"distributor", "ours", "dmah"})})
}

func (r reader) event(key string, n *yaml.Node, p *honne.Profile) {
	var e honne.Event
	r.mapping(key, n,
		field{"date", r.date(&e.Date)},
		field{"until", r.date(&e.Until)},
		field{"kind", oneOf(r, &e.Kind, honne.AllEventKinds)},
		field{"note", r.text(&e.Note)})
	if e.Date == 0 || e.Kind == "" {
		r.problem(n, key, "expected a date and a kind")
	}
	if e.Until != 0 && e.Until < e.Date {
		r.problem(n, key, "expected until to be on or after date")
	}
	p.Events = append(p.Events, e)
}

func (r reader) threshold(key string, n *yaml.Node, f *Folder) {
	t, value, since := SetThreshold{Line: n.Line}, math.NaN(), honne.Date(0)
	r.mapping(key, n,
		field{"threshold", r.text(&t.Body.Threshold)},
		field{"value", r.number(&value)},
		field{"since", r.date(&since)},
		field{"why", r.text(&t.Why)})
	if t.Body.Threshold == "" || math.IsNaN(value) || since == 0 || t.Why == "" {
		r.problem(n, key, "expected a threshold, its value, the day since when, and why")
	}
	t.Body.Value, t.At = value, since.At(0, 0)
	f.Thresholds = append(f.Thresholds, t)
}

// Refuse lists the thresholds of the folder that cannot be, each at its line, in the
// words of say.
func (f Folder) Refuse(p *Playbook, name string, say func(honne.Message) string) error {
	var problems Problems
	for i, t := range f.Thresholds {
		var others []honne.Entry[honne.OwnThreshold]
		for j, x := range f.Thresholds {
			if j != i {
				others = append(others, x.Entry)
			}
		}
		var bad *honne.Invalid
		if errors.As(p.Refuse(others, t.Body.Threshold, t.Body.Value, nil), &bad) {
			problems = append(problems, Problem{name, t.Line, "thresholds", say(bad.What)})
		}
	}
	return problems.orNil()
}

// Own are the thresholds of the folder that count on a day, the newest last, with
// what the playbook says instead.
func (f Folder) Own(p *Playbook, on honne.Date) (out []honne.Entry[honne.OwnThreshold]) {
	for _, t := range f.Thresholds {
		if says, known := p.Threshold(t.Body.Threshold); known && honne.DateOf(t.At) <= on {
			t.Body.Playbook = says.Limit()
			out = append(out, t.Entry)
		}
	}
	slices.SortStableFunc(out, func(a, b honne.Entry[honne.OwnThreshold]) int { return a.At.Compare(b.At) })
	return out
}

// fileOf reads the name of a file of the folder.
func (r reader) fileOf(f *Folder, into *string) func(string, *yaml.Node) {
	return func(key string, n *yaml.Node) {
		if r.text(into)(key, n); *into != "" {
			f.Named = append(f.Named, Named{*into, key, n.Line})
		}
	}
}

func (r reader) received(key string, n *yaml.Node, f *Folder) {
	into := f.Received
	r.entries(key, n, func(file string, k, value *yaml.Node) {
		f.Named = append(f.Named, Named{file, key, k.Line})
		if _, twice := into[file]; twice {
			r.problem(k, join(key, file), "expected once, is here a second time")
		}
		var d honne.Date
		r.date(&d)(join(key, file), value)
		into[file] = d
	})
}

var dueForm = regexp.MustCompile(`^([1-9]\d?)(?:st|nd|rd|th)? business days?$`)

// dueDays reads "10 business days" and "5th business day": the n-th Japanese
// business day after the period.
func (r reader) dueDays(into *int) func(string, *yaml.Node) {
	return func(key string, n *yaml.Node) {
		m := dueForm.FindStringSubmatch(n.Value)
		if n.Kind != yaml.ScalarNode || m == nil {
			r.problem(n, key, "expected a number of business days, such as 10 business days or 5th business day")
			return
		}
		*into, _ = strconv.Atoi(m[1])
	}
}

func (r reader) month(into *honne.Month) func(string, *yaml.Node) {
	return func(key string, n *yaml.Node) {
		m, err := honne.ParseMonth(n.Value)
		if n.Kind != yaml.ScalarNode || err != nil {
			r.problem(n, key, "expected a month, YYYY-MM")
			return
		}
		*into = m
	}
}

func (r reader) yes(into **bool) func(string, *yaml.Node) {
	return func(key string, n *yaml.Node) {
		if n.Kind != yaml.ScalarNode || n.Value != "true" && n.Value != "false" {
			r.problem(n, key, "expected true or false")
			return
		}
		b := n.Value == "true"
		*into = &b
	}
}

func (r reader) currency(into *honne.Currency) func(string, *yaml.Node) {
	return func(key string, n *yaml.Node) {
		letters := strings.Trim(n.Value, "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
		if n.Kind != yaml.ScalarNode || len(n.Value) != 3 || letters != "" {
			r.problem(n, key, "expected the three letters of a currency, such as JPY")
			return
		}
		*into = honne.Currency(n.Value)
	}
}

// domains reads the right-hand sides of mail addresses.
func (r reader) domains(into *[]string) func(string, *yaml.Node) {
	return r.list(func(key string, n *yaml.Node) {
		d := strings.ToLower(strings.TrimSpace(n.Value))
		if n.Kind != yaml.ScalarNode || !strings.Contains(d, ".") || strings.ContainsAny(d, "@/ \t") {
			r.problem(n, key, "expected a domain, such as yamato-medical.example.jp")
			return
		}
		*into = append(*into, d)
	})
}
