package main

import (
	"context"
	"crypto/sha256"
	"fmt"
	"hash"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"honne"
	"honne/internal/honnetest"
	"honne/internal/store"
)

// TestProofKilledImport kills `honne import` with SIGKILL at points drawn between
// its start and its usual end: a CSV, a workbook, an archive. After every kill
// the record holds all of a file or nothing, and the same command again, which
// may be killed again, ends the work: the ledger is then that of the undisturbed
// import, nothing lost and nothing doubled.
func TestProofKilledImport(t *testing.T) {
	kills, lines, databases := 4, 6000, []string{"sqlite"}
	if honnetest.Long() { // with more lines than are written in one go
		kills, lines, databases = 100, 60_000, []string{"sqlite", "postgres"}
	}
	for _, database := range databases {
		t.Run(database, func(t *testing.T) {
			k := newKiller(t, database, lines)
			for k.kills < kills {
				k.round(t)
			}
			honnetest.Held(t, "killed imports, "+database, "%d kills of imports of %d lines, %d of them with some lines written; %d imports ended after them",
				k.kills, lines, k.halfWay, k.rounds)
		})
	}
}

// killer imports files and kills the imports.
type killer struct {
	r        *rand.Rand
	database string
	files    []string
	whole    map[string]ledger        // of the undisturbed import, by file
	usual    map[string]time.Duration // that it takes

	rounds, kills, halfWay int
}

// newKiller imports each file undisturbed.
func newKiller(t *testing.T, database string, lines int) *killer {
	k := &killer{r: rand.New(rand.NewPCG(honnetest.Seed(), 26)), database: database, files: killedFiles(t, lines),
		whole: map[string]ledger{}, usual: map[string]time.Duration{}}
	for _, path := range k.files {
		w, began := k.where(t), time.Now()
		if err := importing(t.Context(), w, path); err != nil {
			t.Fatal(err)
		}
		k.usual[path] = time.Since(began)
		if k.whole[path] = ledgerOf(t, w); k.whole[path].lines != lines || len(k.whole[path].files) == 0 {
			t.Fatalf("the undisturbed import of %s gave %+v", filepath.Base(path), k.whole[path])
		}
	}
	return k
}

// where is a fresh database with its originals.
func (k *killer) where(t *testing.T) where {
	w := where{Data: honnetest.SQLite(t).Config.Data}
	if k.database == "postgres" {
		w.Database = honnetest.Postgres(t).Config.Database
	}
	return w
}

// round kills one to three imports of a file into one database, and lets one end.
func (k *killer) round(t *testing.T) {
	path, w := k.files[k.rounds%len(k.files)], k.where(t)
	at, whole := fmt.Sprintf("seed %d, %s", honnetest.Seed(), filepath.Base(path)), k.whole[path]
	k.rounds++
	for range 1 + k.r.IntN(3) {
		after := time.Duration(k.r.Int64N(int64(k.usual[path])))
		ctx, cancel := context.WithTimeout(t.Context(), after)
		err := importing(ctx, w, path)
		if cancel(); err == nil {
			continue // it was quicker
		}
		k.kills++
		got := ledgerOf(t, w)
		for name, digest := range got.files {
			if digest != whole.files[name] {
				t.Errorf("%s, killed after %s: of %s a part is in force", at, after, name)
			}
		}
		if len(got.files) == 0 && got.unseen > 0 {
			k.halfWay++
		}
	}
	if err := importing(t.Context(), w, path); err != nil {
		t.Errorf("%s, the import after the kills: %v", at, err)
	}
	if got := ledgerOf(t, w); got.unseen > 0 || got.lines != whole.lines || !maps.Equal(got.files, whole.files) {
		t.Errorf("%s: the ledger after the kills is %+v, undisturbed %+v", at, got, whole)
	}
}

// importing runs the command in a process of its own, which the end of the
// context kills.
func importing(ctx context.Context, w where, path string) error {
	args := []string{"import", "--data", w.Data, "--distributor", "Miyako", "--received", "2025-05-14", "--accept"}
	if w.Database != "" {
		args = append(args, "--database", w.Database)
	}
	out, err := exec.CommandContext(ctx, "honne", append(args, path)...).CombinedOutput()
	if err != nil {
		return fmt.Errorf("%w: %s", err, out)
	}
	return nil
}

const killedProducts = 20

// killedFiles are the same lines as a CSV, a workbook and an archive of two CSVs.
func killedFiles(t *testing.T, lines int) []string {
	const head = "得意先名,品番,数量,売上金額\n"
	var csv, rows [2]strings.Builder
	for i := range lines {
		half := 2 * i / lines
		fmt.Fprintf(&csv[half], "青葉病院%d,NS-%d,1,%d\n", i%300, i%killedProducts, 1000+i*7919%3001)
		fmt.Fprintf(&rows[half], `<row><c t="str"><v>青葉病院%d</v></c><c t="str"><v>NS-%d</v></c><c><v>1</v></c><c><v>%d</v></c></row>`, i%300, i%killedProducts, 1000+i*7919%3001)
	}
	const kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
	title := "<row>"
	for name := range strings.SplitSeq(strings.TrimSpace(head), ",") {
		title += `<c t="str"><v>` + name + `</v></c>`
	}
	workbook := honnetest.Zip(
		honnetest.Entry{Name: "_rels/.rels", Body: `<Relationships><Relationship Id="r" Type="` + kind + `officeDocument" Target="xl/workbook.xml"/></Relationships>`},
		honnetest.Entry{Name: "xl/workbook.xml", Body: `<workbook xmlns:r="x"><sheets><sheet name="売上" sheetId="1" r:id="rId1"/></sheets></workbook>`},
		honnetest.Entry{Name: "xl/_rels/workbook.xml.rels", Body: `<Relationships><Relationship Id="rId1" Type="` + kind + `worksheet" Target="worksheets/sheet1.xml"/></Relationships>`},
		honnetest.Entry{Name: "xl/worksheets/sheet1.xml", Body: "<worksheet><sheetData>" + title + "</row>" + rows[0].String() + rows[1].String() + "</sheetData></worksheet>"})
	archive := honnetest.Zip(
		honnetest.Entry{Name: "売上_202504.csv", Body: head + csv[0].String()},
		honnetest.Entry{Name: "売上_202505.csv", Body: head + csv[1].String()})
	dir := t.TempDir()
	var paths []string
	for _, f := range []struct {
		name string
		raw  []byte
	}{{"売上_202504.csv", []byte(head + csv[0].String() + csv[1].String())}, {"売上_202504.xlsx", workbook}, {"報告.zip", archive}} {
		path := filepath.Join(dir, f.name)
		if err := os.WriteFile(path, f.raw, 0o600); err != nil {
			t.Fatal(err)
		}
		paths = append(paths, path)
	}
	return paths
}

// ledger is what a database holds.
type ledger struct {
	files  map[string]string // in force: digest of what their lines say
	lines  int               // of them
	unseen int               // blocks of lines of files that are not in force
}

// ledgerOf opens the database as a restart does, verifies it and says what it
// holds, whatever numbers it gave to names and submissions.
func ledgerOf(t *testing.T, w where) ledger {
	t.Helper()
	e, _ := testEnv(t)
	a, err := w.open(e, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer a.close()
	if err := a.store.Verify(t.Context()); err != nil {
		t.Fatal(err)
	}
	l, sums := ledger{files: map[string]string{}}, sums{}
	const unseen = `SELECT count(*) FROM line_block JOIN submission ON submission.id = line_block.submission_id WHERE state <> 'accepted'`
	if err := a.store.DB().QueryRowContext(t.Context(), unseen).Scan(&l.unseen); err != nil {
		t.Fatal(err)
	}
	for product := range killedProducts {
		l.lines += sums.addCells(t, a.store, honne.Selection{Product: fmt.Sprintf("NS-%d", product)})
	}
	all, err := a.store.Distributors(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range all {
		rec, err := a.store.Record(t.Context(), d.ID, honne.AsOf{})
		if err != nil {
			t.Fatal(err)
		}
		for _, account := range rec.Accounts {
			sums.addCells(t, a.store, honne.Selection{Account: account.Selector()})
		}
	}
	for path, sum := range sums {
		l.files[path] = fmt.Sprintf("%x", sum.Sum(nil))
	}
	return l
}

// sums are digests by the paths of files in force.
type sums map[string]hash.Hash

func (s sums) add(path string, what ...any) {
	if s[path] == nil {
		s[path] = sha256.New()
	}
	fmt.Fprintln(s[path], what...)
}

// addCells adds the cells of the quantities and amounts that are selected, and
// returns how many lines they stand in.
func (s sums) addCells(t *testing.T, st *store.Store, sel honne.Selection) (lines int) {
	t.Helper()
	all, err := st.Distributors(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range all {
		for _, sel.Amount = range []bool{false, true} {
			sources, _, err := st.Sources(t.Context(), d.ID, honne.AsOf{}, sel, 0)
			if err != nil {
				t.Fatal(err)
			}
			for _, source := range sources {
				s.add(source.Path, sel.Product, sel.Account, sel.Amount, source.At, source.Figures, source.Sum)
				if sel.Amount {
					lines += source.Figures
				}
			}
		}
	}
	return lines
}
