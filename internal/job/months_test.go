package job

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"honne"
	"honne/internal/honnetest"
)

// TestMonths holds every case of testdata/months: files of one distributor in the order
// in which they came, each under the day of its receipt. Those of one day come at once
// and are read, then those with nothing to resolve are accepted with one press, and a
// person accepts the rest as it is; of one whose name is followed by a + the person says
// that it is more of the month; one whose name follows an @ and the name of another
// partner is of that one. The case says what each file asked and noted, and
// the monthly sales after each day.
func TestMonths(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/months/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal("no cases", err)
	}
	for _, path := range files {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) {
			t.Parallel()
			raw, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			archive := txtar.Parse(raw)
			archive.Files = slices.DeleteFunc(archive.Files, func(f txtar.File) bool { return f.Name == "want" })
			archive.Files = append(archive.Files, txtar.File{Name: "want", Data: []byte(monthsOf(t, archive.Files))})
			honnetest.Golden(t, path, txtar.Format(archive))
		})
	}
}

func monthsOf(t *testing.T, files []txtar.File) string {
	b, out := newBench(t, honnetest.SQLite(t)), &strings.Builder{}
	for len(files) > 0 {
		day, _, _ := strings.Cut(files[0].Name, " ")
		n := slices.IndexFunc(files, func(f txtar.File) bool { return !strings.HasPrefix(f.Name, day+" ") })
		if n < 0 {
			n = len(files)
		}
		fmt.Fprintln(out, day)
		b.comes(t, out, day, files[:n])
		files = files[n:]
		fmt.Fprintln(out, " ", b.monthly(t))
	}
	return out.String()
}

// comes has files of a day read, then accepted.
func (b *bench) comes(t *testing.T, out *strings.Builder, day string, files []txtar.File) {
	on, err := honne.ParseDate(day)
	if err != nil {
		t.Fatal(err)
	}
	var ids []honne.FileID
	for _, f := range files {
		of, name := b.whose(t, strings.TrimSuffix(strings.TrimPrefix(f.Name, day+" "), " +"))
		id, err := b.Take(t.Context(), Arrival{Distributor: of, Name: name, Bytes: bytes.NewReader(f.Data),
			Receipt: honne.Receipt{At: on.At(12, 0), Basis: honne.Stated}})
		if err != nil {
			t.Fatal(err)
		}
		r, err := b.Read(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(out, "  %s: %s%s\n", f.Name[len(day)+1:], b.state(t, id), problemsOf(r))
		ids = append(ids, id)
	}
	for _, id := range ids {
		if b.state(t, id) != honne.FileReady {
			continue
		}
		accepted, err := b.AcceptReady(t.Context(), 1, id)
		if err != nil {
			t.Fatal(err)
		}
		if !accepted {
			r, err := b.Store.Reading(t.Context(), id)
			if err != nil {
				t.Fatal(err)
			}
			fmt.Fprintf(out, "  %d waits%s\n", id, problemsOf(r))
		}
	}
	for i, id := range ids {
		if strings.HasSuffix(files[i].Name, " +") {
			b.adds(t, out, id)
		}
		if state := b.state(t, id); state == honne.FileReady || state == honne.FileToResolve {
			if err := b.Accept(t.Context(), 1, id); err != nil && !errors.Is(err, honne.ErrConflict) { // nothing of it counts yet
				t.Fatal(err)
			}
			b.again(t, out, ids[i+1:])
		}
	}
}

// whose is the partner of a file, who is added when first named, and its name.
func (b *bench) whose(t *testing.T, name string) (honne.DistributorID, string) {
	t.Helper()
	other, is := strings.CutPrefix(name, "@")
	if !is {
		return b.distributor, name
	}
	other, name, _ = strings.Cut(other, " ")
	list, err := b.Store.Distributors(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range list {
		if d.Profile.NameJA == other {
			return d.ID, name
		}
	}
	d, err := b.Store.AddDistributor(t.Context(), honne.Profile{Name: "Partner " + other, NameJA: other, Currency: "JPY"}, false)
	if err != nil {
		t.Fatal(err)
	}
	return d.ID, name
}

// again has files that wait for a person read again, as an acceptance does.
func (b *bench) again(t *testing.T, out *strings.Builder, ids []honne.FileID) {
	t.Helper()
	for _, id := range ids {
		if b.state(t, id) != honne.FileToResolve {
			continue
		}
		before, err := b.Store.Reading(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		r, err := b.Read(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		if problemsOf(r) != problemsOf(before) {
			fmt.Fprintf(out, "  %d again: %s%s\n", id, b.state(t, id), problemsOf(r))
		}
	}
}

// adds has a person say that a file is more of the month, which has it read again.
func (b *bench) adds(t *testing.T, out *strings.Builder, id honne.FileID) {
	t.Helper()
	said := honne.Decisions{Adds: true}
	if err := b.Store.Decide(t.Context(), 1, id, 0, said); err != nil {
		t.Fatal(err)
	}
	r, err := b.Read(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	fmt.Fprintf(out, "  %d adds: %s%s\n", id, b.state(t, id), problemsOf(r))
}

// problemsOf lists the problems of a reading: what asks, and in brackets what is only noted.
func problemsOf(r honne.Reading) string {
	var out strings.Builder
	for _, p := range r.Problems {
		if p.Severity == honne.SevNote {
			fmt.Fprintf(&out, " (%s)", p.What.ID)
		} else {
			fmt.Fprintf(&out, " %s", p.What.ID)
		}
	}
	for _, t := range r.Tables {
		for _, c := range t.Columns {
			if c.Guess {
				fmt.Fprintf(&out, " guess:%s", c.At)
			}
		}
	}
	return out.String()
}

func (b *bench) monthly(t *testing.T) string {
	t.Helper()
	r, err := b.Store.Record(t.Context(), b.distributor, honne.AsOf{})
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, s := range []honne.Series{honne.Sales, honne.Returns, honne.Purchases, honne.Stock} {
		for _, m := range r.Series(s).Monthly() {
			out = append(out, fmt.Sprintf("%s %s %d/%d", s, m.Month, m.Amount.N, m.Quantity.N))
		}
	}
	return strings.Join(out, ", ")
}

// A change from a preliminary report to the final one is explained by that.
func TestFinalExplains(t *testing.T) {
	b := newBench(t, honnetest.SQLite(t))
	for _, f := range [][2]string{{"売上速報_202604.csv", april}, {"売上_202604.csv", strings.Replace(april, "45000", "54000", 1)}} {
		id := b.take(t, f[0], f[1])
		if _, err := b.Read(t.Context(), id); err != nil {
			t.Fatal(err)
		}
		if err := b.Accept(t.Context(), 1, id); err != nil {
			t.Fatal(err)
		}
	}
	r, err := b.Store.Record(t.Context(), b.distributor, honne.AsOf{})
	if err != nil || len(r.Changes) != 1 || r.Changes[0].Reason != honne.ReasonFinal || !r.Changes[0].Reason.Explains() {
		t.Errorf("%+v, %v", r.Changes, err)
	}
}
