package inspect_test

import (
	"bytes"
	"context"
	"encoding/json"
	"math"
	"os"
	"testing"
	"time"

	"honne"
	"honne/internal/honnetest"
	"honne/internal/inspect"
	"honne/internal/japan"
	"honne/internal/job"
	"honne/internal/playbook"
	"honne/internal/sample"
	"honne/internal/store"
	"honne/internal/vault"
)

// shelf is a store with one sample distributor in it.
type shelf struct {
	*testing.T
	works *job.Works
	id    honne.DistributorID
	at    honne.AsOf
	seen  map[string][]honne.Source // by selection: many figures share one
}

// TestFiguresAreTheSumOfTheirCells takes the three samples through a store:
// every figure that a measure or a key figure names is what its cells add up to,
// and every formula gives the figure that it explains.
func TestFiguresAreTheSumOfTheirCells(t *testing.T) {
	all, err := sample.All(sample.Size{Months: 26, Customers: 16, Products: 4})
	if err != nil {
		t.Fatal(err)
	}
	book, err := playbook.Load(os.DirFS("../../playbooks"), "japan")
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range all {
		t.Run(d.Slug, func(t *testing.T) {
			t.Parallel()
			s := fill(t, book, d)
			record, err := s.works.Store.Record(context.Background(), s.id, s.at)
			if err != nil {
				t.Fatal(err)
			}
			s.check(inspect.Picture(record, book))
		})
	}
}

func fill(t *testing.T, book *playbook.Playbook, d sample.Distributor) *shelf {
	t.Helper()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	v, err := vault.Open(t.TempDir())
	must(err)
	cfg := honnetest.SQLite(t).Config
	cfg.Reasons = book.Reason
	db, err := store.Open(context.Background(), cfg)
	must(err)
	t.Cleanup(func() { must(db.Close()) })
	s := &shelf{T: t, works: &job.Works{Store: db, Vault: v, Playbook: book}, seen: map[string][]honne.Source{}}
	says := playbook.Folder{}
	for _, f := range d.Files {
		if f.Path == "distributor.yaml" {
			says, err = playbook.ReadProfile(f.Bytes, f.Path)
			must(err)
		}
	}
	made, err := db.AddDistributor(context.Background(), says.Profile, true)
	must(err)
	s.id = made.ID
	for _, f := range d.Files {
		if f.Path != "distributor.yaml" {
			must(s.take(says, book, f))
		}
	}
	return s
}

func (s *shelf) take(says playbook.Folder, book *playbook.Playbook, f sample.File) error {
	ctx := context.Background()
	a := job.Arrival{Distributor: s.id, Name: f.Path, Bytes: bytes.NewReader(f.Bytes), From: honne.Theirs, Receipt: received(says, f.Path)}
	switch {
	case f.Path == says.Targets:
		a.Kind, a.From = honne.Target, honne.Ours
	case f.Path == says.Market:
		a.Kind, a.From = honne.Market, honne.Third
	case book.Kind(f.Path) == honne.Shipments:
		a.From, a.Currency = honne.Ours, says.Profile.Currency
	}
	s.at.Known = max(s.at.Known, a.Receipt.Day())
	id, err := s.works.Take(ctx, a)
	if err != nil {
		return err
	}
	r, err := s.works.Read(ctx, id)
	if err != nil || r.Format.IsMail() {
		return err // messages are kept as they are read
	}
	return s.works.Accept(ctx, 0, id)
}

func received(says playbook.Folder, path string) honne.Receipt {
	if day, ok := says.Received[path]; ok {
		return honne.Receipt{At: day.At(12, 0), Basis: honne.Stated}
	}
	if p, ok := japan.FindPeriod(path); ok {
		return honne.Receipt{At: p.From.At(0, 0), Basis: honne.ByName}
	}
	return honne.Receipt{At: time.Time{}, Basis: honne.ByLoad}
}

func (s *shelf) check(p honne.Picture) {
	opened := 0
	for _, m := range p.Measures {
		for _, t := range []honne.Term{m.Numerator, m.Denominator} {
			if t.Label.ID != "term.stock-residual" { // a difference of its cells, no sum
				opened += s.term(m.Measure.Slug, t)
			}
		}
		for _, e := range m.Evidence {
			if _, cells := s.open([]honne.Selection{e}); cells == 0 {
				s.Errorf("%s: the evidence %+v opens to nothing", m.Measure.Slug, e)
			}
		}
	}
	k := p.KPIs
	for _, t := range []honne.Term{k.Sales, k.Plan, k.Prior, k.Outlook, k.YearPlan} {
		opened += s.term("key figure", t)
	}
	for _, f := range k.Formulas {
		for _, step := range f.Steps {
			opened += s.term(f.ID, step.Term)
		}
		if got := s.value(k, f); math.Abs(got-f.Value) > 1e-6*max(1, math.Abs(f.Value)) {
			s.Errorf("%s = %v; its formula gives %v", f.ID, f.Value, got)
		}
	}
	if opened < 20 || len(k.Formulas) < 8 {
		s.Errorf("%d terms opened, %d formulas", opened, len(k.Formulas))
	}
}

// term compares a sum with its cells and counts it; a count only has cells.
func (s *shelf) term(what string, t honne.Term) int {
	if t.Money.Currency == "" && !t.Quantity.Known {
		return 0
	}
	want := t.Quantity.N
	if t.Money.Currency != "" {
		want = t.Money.Minor
	}
	if got, cells := s.open(t.Select); got != want || cells == 0 && want != 0 {
		s.Errorf("%s, %s = %d; its %d cells add up to %d: %+v", what, t.Label.ID, want, cells, got, t.Select)
	}
	return 1
}

func (s *shelf) open(list []honne.Selection) (sum int64, cells int) {
	for _, sel := range list {
		for _, src := range s.sources(sel) {
			sum, cells = sum+src.Sum, cells+src.Figures
		}
	}
	return sum, cells
}

func (s *shelf) sources(sel honne.Selection) []honne.Source {
	key, err := json.Marshal(sel)
	if err != nil {
		s.Fatal(err)
	}
	list, ok := s.seen[string(key)]
	if !ok {
		if list, _, err = s.works.Store.Sources(context.Background(), s.id, s.at, sel, 0); err != nil {
			s.Fatal(err)
		}
		s.seen[string(key)] = list
	}
	return list
}

// value works a formula off from left to right.
func (s *shelf) value(k honne.KPIs, f honne.Formula) (v float64) {
	for _, step := range f.Steps {
		x := step.Number
		switch t := step.Term; {
		case step.Formula != "":
			inner, ok := k.Formula(step.Formula)
			if !ok {
				s.Errorf("%s names the formula %s, which is not there", f.ID, step.Formula)
			}
			x = inner.Value
		case t.Money.Currency != "":
			x = float64(t.Money.Minor)
		case t.Quantity.Known:
			x = float64(t.Quantity.N)
		case t.Count > 0:
			x = float64(t.Count)
		}
		switch step.Op {
		case honne.First:
			v = x
		case honne.Plus:
			v += x
		case honne.Minus:
			v -= x
		case honne.Times:
			v *= x
		case honne.Dividing:
			v /= x
		}
	}
	return v
}
