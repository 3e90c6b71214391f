// Package sample invents distributors: what is really happening at three of
// them, and the files in which they would report it, as messy as real ones.
//
// Everything is made from a hidden series (package-private trade), so that what
// honne finds can be compared with what was planted (Truth). The same size gives
// the same bytes, on every machine. The room owns invention only: it reads no
// file, knows no measure and no playbook, and what Truth says is computed from
// the hidden series, never by the thinking it is to test. Every company, site,
// person and product is invented; a likeness is chance.
package sample

import (
	"fmt"
	"os"
	"path/filepath"

	"honne"
)

// Size says how much to invent.
type Size struct {
	Months    int // whole months up to May 2026; 24 to 240
	Customers int // end users of each distributor; at least 12
	Products  int // articles; at least 4
}

// Demo is the size of the demonstration: April 2024 to May 2026.
var Demo = Size{Months: 26, Customers: 40, Products: 12}

// lastMonth is the last month that is reported; the folders speak of June 2026.
var lastMonth = honne.NewMonth(2026, 5)

// File is one file of a distributor's folder.
type File struct {
	Path  string // base name
	Bytes []byte
}

// Distributor is an invented distributor: its folder and the truth about it.
type Distributor struct {
	Slug  string
	Files []File // in the order of their paths
	Truth Truth
	Audit *honne.Assessment // finished; nil for a distributor that nobody audited
}

// Truth is what was planted. Facts are exact; their keys are the slug of a
// measure, a point and a part:
//
//   - last12 is the last 12 months; fy2025 a fiscal year from April, fy2025q1 its
//     first quarter; 2026-05 a month; 2025-12 in quarter-end-loading the quarter
//     that ends then. Ratios are not percentages; growth-gap is in points.
//   - growth.last12 and growth-gap.last12 compare the last 12 months in force with
//     the 12 before, in yen; .matched12 instead, without the pairs of months of
//     which one was never reported, where there are such.
//   - plan-attainment, forecast-bias and forecast-bias.wape compare the months
//     that were reported, as in force, with the agreed target and the forecast
//     made last before the month.
//   - quarter-end-loading.in.Q and .out.Q are the QELI of domain 3.5 S-12, of
//     pieces; .excess.Q is their difference.
//   - stock-equation.last12 is abs(residual)/sell-in in pieces.
type Truth struct {
	Slug string
	Name string

	High         []string // signs that must be high
	HighMeasures []string // measures of which at least one period is red as planted
	MustNotHigh  bool     // innocent: no sign at high, none at watch unless in WatchAllowed
	WatchAllowed []string

	Facts             map[string]float64
	Restated          []string // months, 2006-01, changed after the first report
	Late              []string // months whose sales report came after the agreed day
	Missing           []string // months without a sales report
	NonDisclosedShare float64  // of the last 12 months' sales in yen: no end user named
	Mail              Mail
}

// Mail is what was planted in the mailbox.
type Mail struct {
	Watch    []string       // signs that are on watch by what was written
	Reasons  map[string]int // on how many days at least they gave a reason, by slug
	Kept     int            // promises of theirs with a day that were done by it
	Done     int            // that were done at all
	Moved    int            // moves of the day of the promise that was moved most
	OursOpen int            // promises of ours, past their day, of which nothing came
}

// All returns the three distributors, in the order of their slugs.
func All(size Size) ([]Distributor, error) {
	if size.Months < 24 || size.Months > 240 || size.Customers < 12 || size.Products < 4 {
		return nil, fmt.Errorf("sample: size %+v: want 24 to 240 months, 12 customers and 4 products or more", size)
	}
	var out []Distributor
	for _, invent := range []func(Size) (Distributor, error){aozora, kitano, minato} {
		d, err := invent(size)
		if err != nil {
			return nil, fmt.Errorf("sample: invent distributor: %w", err)
		}
		if d.Audit, err = audit(d.Truth); err != nil {
			return nil, fmt.Errorf("sample: %w", err)
		}
		out = append(out, d)
	}
	return out, nil
}

// Write writes the folder of each distributor to dir/SLUG, which must not hold
// other files of the same names, and returns the distributors; dir is made when
// missing.
func Write(dir string, size Size) ([]Distributor, error) {
	all, err := All(size)
	if err != nil {
		return nil, err
	}
	for _, d := range all {
		folder := filepath.Join(dir, d.Slug)
		if err := os.MkdirAll(folder, 0o755); err != nil {
			return nil, fmt.Errorf("sample: make folder: %w", err)
		}
		for _, f := range d.Files {
			if err := os.WriteFile(filepath.Join(folder, f.Path), f.Bytes, 0o644); err != nil {
				return nil, fmt.Errorf("sample: write file: %w", err)
			}
		}
	}
	return all, nil
}
