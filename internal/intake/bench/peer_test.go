//go:build unix

package bench

import (
	"bufio"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// peer is another database that holds the portfolio, and answers in rows of
// whole numbers.
type peer struct {
	name  string
	ask   func(query string) ([]string, cost, error)
	close func()
}

// openPeer loads the portfolio into DuckDB, or, where there is none, into plain
// tables of SQLite with an index for the questions.
func openPeer(dir string) (*peer, error) {
	node, err := exec.LookPath("node")
	if err == nil {
		err = exec.Command(node, "-e", `require("@duckdb/node-api")`).Run()
	}
	if err != nil {
		return openPlain(filepath.Join(dir, "plain.db"))
	}
	return openDuck(node, dir)
}

// duck answers each line of its input, a statement, with a line of JSON: its
// rows and the seconds that it took.
const duck = `
const { DuckDBInstance } = require("@duckdb/node-api");
(async () => {
  const c = await (await DuckDBInstance.create(process.argv[1])).connect();
  for await (const q of require("readline").createInterface({ input: process.stdin })) {
    const from = process.hrtime.bigint(), used = process.cpuUsage();
    const r = await c.runAndReadAll(q);
    const rows = r.getRows().map(row => row.join(" "));
    const u = process.cpuUsage(used);
    console.log(JSON.stringify({ rows, wall: Number(process.hrtime.bigint() - from), cpu: (u.user + u.system) * 1000 }));
  }
})();
`

func openDuck(node, dir string) (*peer, error) {
	cmd := exec.Command(node, "-e", duck, filepath.Join(dir, "duck.db"))
	cmd.Stderr = os.Stderr
	in, err1 := cmd.StdinPipe()
	reader, err2 := cmd.StdoutPipe()
	if err := errors.Join(err1, err2, cmd.Start()); err != nil {
		return nil, err
	}
	answers := bufio.NewReader(reader)
	p := &peer{name: "DuckDB", close: func() { in.Close(); _ = cmd.Wait() }}
	p.ask = func(query string) ([]string, cost, error) {
		var a struct {
			Rows      []string
			Wall, CPU time.Duration
		}
		_, err := fmt.Fprintln(in, strings.Join(strings.Fields(query), " "))
		line, err2 := answers.ReadBytes('\n')
		if err = errors.Join(err, err2); err == nil {
			err = json.Unmarshal(line, &a)
		}
		return a.Rows, cost{cpu: a.CPU, wall: a.Wall}, err
	}
	for table, facts := range portfolioTables() {
		path := filepath.Join(dir, table+".csv")
		if err := writeFacts(path, facts); err != nil {
			return p, err
		}
		for _, q := range []string{create(table), `COPY ` + table + ` FROM '` + path + `'`} {
			if _, _, err := p.ask(q); err != nil {
				return p, err
			}
		}
		if err := os.Remove(path); err != nil {
			return p, err
		}
	}
	return p, nil
}

func create(table string) string {
	return `CREATE TABLE ` + table + ` (partner INTEGER, month INTEGER, product INTEGER, place INTEGER, quantity INTEGER, amount BIGINT)`
}

func portfolioTables() map[string]iter.Seq[fact] {
	return map[string]iter.Seq[fact]{
		"sale": func(yield func(fact) bool) {
			for p := range partners {
				for i := range linesOf(p) {
					if !yield(sold(p, i)) {
						return
					}
				}
			}
		},
		"plan": func(yield func(fact) bool) {
			for i := range partners * soldMonths * soldProducts {
				if !yield(planned(i/(soldMonths*soldProducts), i%(soldMonths*soldProducts))) {
					return
				}
			}
		},
	}
}

func writeFacts(path string, facts iter.Seq[fact]) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	b := bufio.NewWriterSize(f, 1<<20)
	for x := range facts {
		fmt.Fprintf(b, "%d,%d,%d,%d,%d,%d\n", x.partner, x.month, x.product, x.place, x.quantity, x.amount)
	}
	return errors.Join(b.Flush(), f.Close())
}

func openPlain(path string) (*peer, error) {
	db, err := sql.Open("sqlite", path+"?_pragma=synchronous(OFF)&_pragma=cache_size(-64000)")
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1)
	p := &peer{name: "plain SQLite (there is no DuckDB: npm install @duckdb/node-api, and NODE_PATH)", close: func() { db.Close() }}
	p.ask = func(query string) (rows []string, c cost, err error) {
		c, err = here(func() (err error) {
			rows, err = plainRows(db, query)
			return err
		})()
		return rows, c, err
	}
	for table, facts := range portfolioTables() {
		if err := insertFacts(db, table, facts); err != nil {
			return p, err
		}
	}
	_, err = db.Exec(`CREATE INDEX sale_by ON sale (partner, month, product, place, amount); CREATE INDEX plan_by ON plan (partner, month, product, amount)`)
	return p, err
}

func insertFacts(db *sql.DB, table string, facts iter.Seq[fact]) error {
	if _, err := db.Exec(create(table)); err != nil {
		return err
	}
	tx, err := db.Begin()
	if err != nil {
		return err
	}
	defer tx.Rollback()
	insert, err := tx.Prepare(`INSERT INTO ` + table + ` VALUES (?, ?, ?, ?, ?, ?)`)
	if err != nil {
		return err
	}
	for x := range facts {
		if _, err := insert.Exec(x.partner, x.month, x.product, x.place, x.quantity, x.amount); err != nil {
			return err
		}
	}
	return tx.Commit()
}

func plainRows(db *sql.DB, query string) (out []string, err error) {
	rows, err := db.Query(query)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		return nil, err
	}
	values, into := make([]int64, len(columns)), make([]any, len(columns))
	for i := range values {
		into[i] = &values[i]
	}
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return nil, err
		}
		out = append(out, strings.Trim(fmt.Sprint(values), "[]"))
	}
	return out, rows.Err()
}
