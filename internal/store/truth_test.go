package store_test

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"honne"
	"honne/internal/honnetest"
	"honne/internal/store"
)

// R13 of the proof: the bitemporal truth. Random histories, each of a
// distributor of its own, are loaded, taken back, restated and dated anew in any
// order; after each step the ledger is asked as of random days and instants, and
// every answer is compared with the model's. What was answered with the recorded
// instant fixed must stay, byte by byte, whatever is loaded later.

const (
	stepsOfHistory = 40
	askedPerStep   = 4
)

func TestProofBitemporal(t *testing.T) {
	operations := 500
	if honnetest.Long() {
		operations = 100_000
	}
	var both [][]string
	asked := 0
	for _, db := range honnetest.Databases(t) {
		t.Run(db.Name, func(t *testing.T) {
			h := &historian{r: rand.New(rand.NewPCG(honnetest.Seed(), 13)), now: time.Date(2026, 1, 5, 0, 0, 0, 0, time.UTC)}
			db.Config.Now = func() time.Time { return h.now }
			h.ledger = open(t, db.Config)
			h.live(operations)
			h.must(h.Verify(h.ctx))
			both, asked = append(both, h.digests), asked+h.asked
		})
	}
	if len(both) == 2 && !slices.Equal(both[0], both[1]) {
		t.Error("the two databases give different records")
	}
	honnetest.Held(t, "bitemporal", "%d operations on each of %d databases, %d answers compared with the model, 0 may differ",
		operations, len(both), asked)
}

// historian lives through histories and keeps what it was told.
type historian struct {
	*ledger
	model
	r       *rand.Rand
	now     time.Time
	steps   int
	instant []time.Time // of the steps of this history
	frozen  map[honne.AsOf]string
	marked  map[store.Mark]string // the record of today at each mark
	digests []string
	asked   int
}

// live lives histories until there were so many operations, steps and questions.
func (h *historian) live(operations int) {
	for n := 0; h.steps+h.asked < operations && !h.t.Failed(); n++ {
		d, err := h.AddDistributor(h.ctx, honne.Profile{Name: fmt.Sprint("代理店", n)}, false)
		h.must(err)
		h.d, h.model, h.frozen, h.instant = d.ID, model{}, map[honne.AsOf]string{}, nil
		h.marked = map[store.Mark]string{}
		for range stepsOfHistory {
			h.now = h.now.Add(time.Second)
			h.step()
			h.mark()
			h.instant = append(h.instant, h.now)
			for range askedPerStep {
				h.ask(h.moment())
			}
		}
		h.askVersions()
		if n%5 == 0 {
			h.askEverything()
		}
		for at, want := range h.frozen {
			if got := h.digest(at); got != want {
				h.t.Errorf("history %d: the record as of %v changed from\n%s\nto\n%s", n, at, want, got)
			}
		}
		h.must(h.RollupsEqualRebuild(h.ctx, h.d))
	}
}

// mark finds that the record is the same as long as its mark is.
func (h *historian) mark() {
	m, err := h.Mark(h.ctx, h.d)
	h.must(err)
	now := h.digest(honne.AsOf{})
	if before, known := h.marked[m]; known && before != now {
		h.t.Errorf("one mark stands for two records: %+v", m)
	}
	h.marked[m] = now
}

// step does one thing to the ledger and to the model.
func (h *historian) step() {
	h.steps++
	known := len(h.all)
	if known < 3 {
		h.tell(h.draw())
		return
	}
	f := h.all[h.r.IntN(known)]
	switch n := h.r.IntN(20); {
	case n < 8:
		h.tell(h.draw())
	case n < 11: // the same periods again, with other figures
		h.tell(h.restate(f))
	case n < 14:
		h.date(f)
	case n < 16:
		h.again(f)
	case n < 18:
		h.takeBack(f)
	case n < 19:
		h.acceptLate(f)
	default:
		for _, id := range f.submissions { // a job that comes when it likes
			h.must(h.RenewChanges(h.ctx, id))
		}
	}
}

// tell loads a report; one in eight waits for its acceptance.
func (h *historian) tell(r report) { h.load(r, h.receipt(), fmt.Sprint(h.d, "-", h.steps)) }

func (h *historian) load(r report, receipt honne.Receipt, sha string) {
	id, err := h.AddFile(h.ctx, honne.StoredFile{Distributor: h.d, Path: r.path, SHA256: sha, Receipt: receipt})
	h.must(err)
	f := &told{report: r, sha: sha, file: id, believed: []belief{{receipt, h.now}}}
	if h.r.IntN(6) == 0 { // an attempt that another one takes over
		_, err = h.Stage(h.ctx, id, r.parts[:1], each(nil))
		h.must(err)
	}
	f.submissions, err = h.Stage(h.ctx, id, r.parts, each(r.lines))
	h.must(err)
	h.all = append(h.all, f)
	if h.r.IntN(8) > 0 {
		h.acceptLate(f)
	}
}

func (h *historian) acceptLate(f *told) {
	if f.accepted.IsZero() {
		h.must(h.Accept(h.ctx, 1, f.file))
		f.accepted = h.now
	}
}

func (h *historian) takeBack(f *told) {
	if !f.accepted.IsZero() && f.undone.IsZero() {
		h.must(h.Undo(h.ctx, 1, f.file))
		f.undone = h.now
	}
}

// date says that a file reached us at another time.
func (h *historian) date(f *told) {
	r := h.receipt()
	h.must(h.SetArrival(h.ctx, f.file, r, ""))
	if last := f.receipt(time.Time{}); !r.At.IsZero() && (!r.At.Equal(last.At) || r.Basis != last.Basis) {
		f.believed = append(f.believed, belief{r, h.now})
	}
}

// again receives the bytes of a file once more: in force, waiting or dated only
// by estimate they are that file, with the better receipt; else they are new.
func (h *historian) again(f *told) {
	r := h.receipt()
	same := h.standsFor(f.sha, r)
	if same == nil {
		h.load(f.report, r, f.sha)
		return
	}
	id, err := h.AddFile(h.ctx, honne.StoredFile{Distributor: h.d, Path: f.path, SHA256: f.sha, Receipt: r})
	var duplicate *honne.Duplicate
	if errors.As(err, &duplicate) {
		id, err = duplicate.Of, nil
	}
	h.must(err)
	if id != same.file {
		h.t.Fatalf("step %d: the bytes of %s are file %d, want %d", h.steps, f.path, id, same.file)
	}
	if last := same.receipt(time.Time{}); worth(r) > worth(last) || worth(r) == worth(last) && r.At.Before(last.At) {
		same.believed = append(same.believed, belief{r, h.now})
	}
}

func (h *historian) standsFor(sha string, r honne.Receipt) *told {
	inForce := map[honne.FileID]bool{}
	for _, chain := range chains(h.versions(honne.AsOf{})) {
		inForce[chain[len(chain)-1].file] = true
	}
	for _, f := range slices.Backward(h.all) {
		if f.sha == sha && f.undone.IsZero() && (f.accepted.IsZero() || inForce[f.file] || !f.receipt(time.Time{}).Exact() && r.Exact()) {
			return f
		}
	}
	return nil
}

// worth ranks receipts by how much they say.
func worth(r honne.Receipt) int {
	switch {
	case r.At.IsZero():
		return 0
	case r.Exact():
		return 3
	case r.Basis == honne.ByName:
		return 2
	}
	return 1
}

// moment is a random day and, for a third of the questions, a random instant.
func (h *historian) moment() (at honne.AsOf) {
	if h.r.IntN(2) == 0 {
		at.Known = honne.NewDate(2025, 8, 1+h.r.IntN(65))
	}
	if h.r.IntN(3) == 0 {
		at.Recorded = h.instant[h.r.IntN(len(h.instant))]
	}
	return at
}

// ask compares the record as of a moment with the model's.
func (h *historian) ask(at honne.AsOf) {
	h.asked++
	rec, err := h.Record(h.ctx, h.d, at)
	h.must(err)
	if got, want := answersOf(rec), h.answer(at); !slices.Equal(got, want) {
		h.t.Fatalf("seed %d, step %d, as of %v:\n only the ledger: %q\n only the model: %q",
			honnetest.Seed(), h.steps, at, except(got, want), except(want, got))
	}
	said := text(h.t, rec)
	h.digests = append(h.digests, fmt.Sprintf("%x", sha256.Sum256([]byte(said))))
	if _, seen := h.frozen[at]; !seen && !at.Recorded.IsZero() {
		h.frozen[at] = said
	}
}

func (h *historian) digest(at honne.AsOf) string {
	rec, err := h.Record(h.ctx, h.d, at)
	h.must(err)
	return text(h.t, rec)
}

// askEverything asks as of every day that anything is believed to have come,
// and every few of the instants.
func (h *historian) askEverything() {
	days := map[honne.Date]bool{0: true}
	for _, f := range h.all {
		for _, b := range f.believed {
			days[b.Day()] = true
		}
	}
	for _, day := range slices.Sorted(maps.Keys(days)) {
		for i := 0; i < len(h.instant); i += 7 {
			h.ask(honne.AsOf{Known: day, Recorded: h.instant[i]})
		}
	}
}

// askVersions compares the history of every month of two series.
func (h *historian) askVersions() {
	for _, s := range []honne.Series{honne.Sales, honne.Stock} {
		for m := honne.NewMonth(2025, 2); m < honne.NewMonth(2025, 11); m++ {
			h.asked++
			got, err := h.Versions(h.ctx, h.d, honne.Selection{Series: s, Period: m.Period(), Amount: true})
			h.must(err)
			want := h.history(s, m)
			var said answers
			for _, v := range got {
				said.add("%d: %s", v.Submission, reported(v.Value))
			}
			// Of a month that no report of a month holds, Versions tells what longer ones say
			// of its days, which the model does not.
			if len(want) > 0 && !slices.Equal(said, want) {
				h.t.Errorf("seed %d, step %d: versions of %s %s are %q, want %q", honnetest.Seed(), h.steps, s, m, said, want)
			}
		}
	}
}

// answersOf says what a record says, as the model does.
func answersOf(rec honne.Record) answers {
	var out answers
	out.add("as of %s in %s", rec.AsOf, rec.Currency)
	code := func(p int32) string {
		if p < 0 {
			return ""
		}
		return keyOf(rec.Products[p])
	}
	figures := sums{}
	for _, f := range rec.Facts {
		for i, m := range f.Month {
			fact := fmt.Sprintf("%s %s product %s", f.Series, m, code(f.Product[i]))
			figures.add(honne.Reported{Quantity: f.Quantity[i], Amount: f.Amount[i]}, "%s", fact)
			out.add("%s is of %d", fact, f.Version[i])
		}
	}
	for i, m := range rec.ByAccount.Month {
		name := ""
		if a := rec.ByAccount.Account[i]; a >= 0 {
			name = rec.Accounts[a].Name
		}
		figures.add(honne.Reported{Quantity: rec.ByAccount.Quantity[i], Amount: rec.ByAccount.Amount[i]}, "%s account %s", m, name)
	}
	for _, d := range rec.Days {
		figures.add(honne.Reported{Quantity: d.Quantity, Amount: d.Amount}, "%s on %s", d.Series, d.Date)
	}
	figures.into(&out)
	for i, d := range rec.Deliveries {
		out.add("delivery %03d %d %s %s %d lines in force %t", i, d.Submission, d.Receipt.At.UTC(), d.Receipt.Basis, d.Lines, d.InForce)
	}
	for _, v := range rec.Vintages {
		out.add("vintage %s %s of %d: %s agreed %s", v.Series, v.Month, v.Submission, reported(honne.Reported{Quantity: v.Quantity, Amount: v.Amount}), v.Agreed)
	}
	for _, c := range rec.Changes {
		out.add("change %s %s %q %s→%s of %d by %d", c.Series, c.Period, code(c.Product), reported(c.Before), reported(c.After), c.Old, c.New)
	}
	slices.Sort(out)
	return out
}

func except(a, b answers) (out answers) {
	for _, x := range a {
		if !slices.Contains(b, x) {
			out = append(out, x)
		}
	}
	return out
}
