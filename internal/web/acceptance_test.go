package web

import (
	"database/sql"
	"encoding/csv"
	"errors"
	"fmt"
	"net/http"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
)

// rows counts the rows of every table.
func (h *house) rows() map[string]int {
	h.t.Helper()
	db, err := sql.Open("sqlite", filepath.Join(h.data, "honne.db"))
	if err != nil {
		h.t.Fatal(err)
	}
	defer db.Close()
	tables, err := db.QueryContext(h.t.Context(), `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'`)
	if err != nil {
		h.t.Fatal(err)
	}
	defer tables.Close()
	var names []string
	for tables.Next() {
		var name string
		if err := tables.Scan(&name); err != nil {
			h.t.Fatal(err)
		}
		names = append(names, name)
	}
	out := map[string]int{}
	for _, name := range names {
		var n int
		if err := db.QueryRowContext(h.t.Context(), `SELECT count(*) FROM "`+name+`"`).Scan(&n); err != nil {
			h.t.Fatal(err)
		}
		out[name] = n
	}
	return out
}

// nothingLeft: the sample is removed by one confirmed act, and leaves no row but
// who saw what, which is never deleted (ux 7, line 36). Its numbers are not given to
// others: the counters stay.
func nothingLeft(t *testing.T, h *house, before map[string]int) {
	t.Helper()
	if page := h.get("/portfolio").body; strings.Count(page, `action="/setup/sample/remove"`) != 1 || !regexp.MustCompile(`(?s)<details[^>]*><summary>[^<]*</summary><form method="post" action="/setup/sample/remove"`).MatchString(page) {
		t.Error("there is not one act that asks first")
	}
	if a := h.post("/setup/sample/remove"); a.status != 303 {
		t.Errorf("remove: %d", a.status)
	}
	for table, n := range h.rows() {
		if n != before[table] && !slices.Contains([]string{"event", "session", "counter"}, table) {
			t.Errorf("%s had %d rows, and has %d", table, before[table], n)
		}
	}
}

// Line 24 of ux 7: accepted twice at once and once more by the back button, a file
// makes one version.
func TestAcceptedTwiceIsOneVersion(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	file := h.partner("2026年4月売上.csv", april)
	var both sync.WaitGroup
	for range 2 {
		both.Go(func() {
			if a := h.post(file+"/accept", "seen", "1"); a.status != http.StatusSeeOther && a.status != http.StatusConflict {
				t.Errorf("one of two presses: %d", a.status)
			}
		})
	}
	both.Wait()
	h.post(file+"/accept", "seen", "1")
	h.holds(miyako+"/evidence?series=sales&period=2026-04&amount=1", "version 1 of 1", "¥1,400,000")
	if a := h.upload("miyako-medical", map[string]string{"again.csv": april}); a.status != http.StatusUnprocessableEntity || !strings.Contains(a.body, `href="`+file+`"`) {
		t.Errorf("the same file again: %d", a.status)
	}
}

// Line 25: who leaves a review half-done and comes back, on another day and from
// another browser, finds what was decided.
func TestHalfDoneReviewIsKept(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	file := h.partner("2026年4月売上.csv", letters)
	if a := h.post(file+"/settle", "decided", "0", "key", "problem.not-a-number@D4", "do", "read 1200"); a.status != http.StatusSeeOther {
		t.Fatalf("settle: %d", a.status)
	}
	h.wait(72 * time.Hour)
	again := h.stranger()
	again.post("/sign-in", "email", "kirsten@nordhaven.example", "password", "a quiet morning in Kyoto")
	again.holds(file, "Nothing to resolve", "Accept 2 lines", "1,2OO")
	again.holds("/intake", file)
}

// Line 22: a column whose header is another one this month opens the columns, with it
// alone to be said, figures or words; one press tells that it is what stood there.
func TestOneChangedHeader(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.post(h.partner("2026年4月売上.csv", april)+"/accept", "seen", "1")
	for was, want := range map[string][3]string{"数量": {"E", "Quantity", "謎値"}, "金額（円）": {"F", "Amount", "奇値"}, "得意先名": {"B", "Customer", "妙先"}} {
		second := h.upload("miyako-medical", map[string]string{was + "2026年5月売上.csv": strings.Replace(may, was, want[2], 1)}).header.Get("Location")
		h.holds(second, `aria-current="step"><a href="`+second+`/columns"`, "1 column is not known", want[1]+" stood here before", `id="m`+want[0]+`" name="col.`+want[0]+`" autofocus><option value="" selected>`)
		if n := strings.Count(h.get(second).body, `<option value="" selected>`); n != 1 {
			t.Errorf("%s: %d columns are open", was, n)
		}
		h.holds(second+"/check", "Column "+want[0]+" “"+want[2]+"” is not known", `value="is">It is `+want[1])
		if strings.Contains(h.get(second+"/check").body, "All columns are known") {
			t.Errorf("%s: all columns are said to be known", was)
		}
		at := want[0] + "1"
		if a := h.post(second+"/settle", "key", "problem.column-unknown@"+at, "do", "is"); a.status != http.StatusSeeOther {
			t.Fatalf("%s: settle: %d", was, a.status)
		}
		h.holds(second, "Nothing to resolve", "All columns are known", "Accept 2 lines")
	}
}

// A column that comes besides those of the earlier file is not asked about.
func TestOneMoreColumn(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.post(h.partner("2026年4月売上.csv", april)+"/accept", "seen", "1")
	more := strings.NewReplacer("金額（円）", "金額（円）,謎", "1200000", "1200000,甲", "500000", "500000,乙").Replace(may)
	h.holds(h.upload("miyako-medical", map[string]string{"2026年5月売上.csv": more}).header.Get("Location"), "Nothing to resolve", "Accept 2 lines")
}

var (
	figureText = regexp.MustCompile(`[+−]?(¥[mk]?\b|¥)?(\d[\d,]*(\.\d+)?([mk]\b)?)?`)
	unitHref   = regexp.MustCompile(`(&amp;|[?])unit=[a-z-]+`)
)

// unlike is a page without numbers, without what names a unit, and without which
// unit is the current one.
func unlike(body string) string {
	body = body[strings.Index(body, "<main"):]
	body = regexp.MustCompile(`(?s)<svg.*?</svg>|<span class="r seg".*?</span>`).ReplaceAllString(body, "")
	body = unitHref.ReplaceAllString(body, "")
	body = tags.ReplaceAllString(body, " ")
	return strings.Join(strings.Fields(figureText.ReplaceAllString(body, "")), " ")
}

// Line 18: the unit is in the address, every number and header of the page follows
// it, nothing else changes, and what is behind a figure stays exact in yen.
func TestUnitChangesNumbersAlone(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.sales()
	for _, path := range []string{miyako, miyako + "/figures", "/portfolio"} {
		yen, thousands, millions := h.get(path+"?unit=jpy").body, h.get(path+"?unit=jpy-k").body, h.get(path+"?unit=jpy-m").body
		if unlike(yen) != unlike(thousands) || unlike(thousands) != unlike(millions) {
			t.Errorf("%s: more than numbers change:\n%s\n%s\n%s", path, unlike(yen), unlike(thousands), unlike(millions))
		}
		for name, page := range map[string]string{"yen": yen, "thousands": thousands, "millions": millions} {
			for _, m := range hrefs.FindAllStringSubmatch(page[strings.Index(page, "<main"):], -1) {
				if strings.Contains(m[1], "/evidence?") && !strings.Contains(m[1], "unit=") {
					t.Errorf("%s in %s: %s forgets the unit", path, name, m[1])
				}
			}
		}
	}
}

// Line 18: an amount in the sentence at the top and below a chart is in the unit of the
// page, however small it is in it.
func TestUnitChangesSentences(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.sales()
	for path, words := range map[string]string{miyako + "?lang=en&unit=": `(¥[\d,.]+[km]?)`, miyako + "?lang=ja&unit=": `([\d,.]+(?:千円|百万円|円))`} {
		for unit, of := range map[string][2]string{"jpy": {"¥", "円"}, "jpy-k": {"¥k", "千円"}, "jpy-m": {"¥m", "百万円"}} {
			_, sentence, _ := strings.Cut(h.get(path+unit).body, `class="msg">`)
			sentence, _, _ = strings.Cut(sentence, "</p>")
			m := regexp.MustCompile(words).FindStringSubmatch(tags.ReplaceAllString(sentence, ""))
			if m == nil {
				t.Errorf("%s%s: no amount in %s", path, unit, sentence)
				continue
			}
			if got := strings.Trim(regexp.MustCompile(`[\d,.]+`).ReplaceAllString(m[1], ""), " "); got != of[0] && got != of[1] {
				t.Errorf("%s%s: the sentence says %s", path, unit, m[1])
			}
		}
	}
}

// everyWriting has what Japanese reports write as their people do: an era, a letter in
// a figure, three ways of less than nothing, wide digits, the same as above, a
// subtotal and a total, and a cell that is blank.
const everyWriting = "令和8年4月分 売上実績,,,,\n単位：円,,,,\n売上日,得意先名,品番,数量,金額\nR8.4.1,青葉病院,A-1,３,\"1,2OO\"\nR8.4.2,〃,A-2,▲1,▲100\nR8.4.3,〃,A-3,-2,（300）\n小計,,,0,800\n" +
	"R8.4.4,若葉医院,A-1,2,４００\nR8.4.5,若葉医院,A-2,1,\n小計,,,3,400\n合計,,,3,\"1,200\"\n"

// merged is everyWriting as a workbook whose header has two rows of merged cells: 実績 over
// the figures, the other names over both rows.
func merged(t *testing.T) string {
	t.Helper()
	rows, err := csv.NewReader(strings.NewReader(everyWriting)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	const header = 2
	rows = slices.Insert(rows, header+1, []string{"", "", "", rows[header][3], rows[header][4]})
	rows[header] = append(rows[header][:3:3], "実績", "")
	f := excelize.NewFile()
	for i, row := range rows {
		err = errors.Join(err, f.SetSheetRow("Sheet1", fmt.Sprintf("A%d", i+1), &row))
	}
	for _, m := range [][2]string{{"A3", "A4"}, {"B3", "B4"}, {"C3", "C4"}, {"D3", "E3"}} {
		err = errors.Join(err, f.MergeCell("Sheet1", m[0], m[1]))
	}
	out, wrote := f.WriteToBuffer()
	if err := errors.Join(err, wrote); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// Lines 21 and 23: each is read, with the original beside the value; what is blank is no
// zero.
func TestEveryWayOfWriting(t *testing.T) {
	t.Parallel()
	t.Run("text", func(t *testing.T) { readsEveryWay(t, "売上202604.csv", everyWriting, "problem.not-a-number@E4") })
	t.Run("merged header", func(t *testing.T) { readsEveryWay(t, "売上202604.xlsx", merged(t), "problem.not-a-number@Sheet1!E5") })
}

func readsEveryWay(t *testing.T, name, text, letters string) {
	h := newHouse(t)
	file := h.partner(name, text)
	h.holds(file+"/check", "Apr 2026", "Does not add up", "Read as 1,200")
	page := h.get(file + "/check?show=all").body
	rows := ""
	for _, m := range regexp.MustCompile(`(?s)<tr class=".*?</tr>`).FindAllString(page, -1) {
		rows += strings.Join(strings.Fields(tags.ReplaceAllString(m, " ")), " ") + "\n"
	}
	for _, want := range []string{"Apr 2026 R8.4.1 青葉病院 A-1 3 ３ 1,2OO\n", "R8.4.2 青葉病院 〃 A-2 −1 ▲1 −100 ▲100\n", "青葉病院 〃 A-3 −2 −300 （300）\n", "A-1 2 400 ４００\n", "若葉医院 A-2 1\n",
		"subtotal, left out 小計", "total, used as a check 合計"} {
		if !strings.Contains(rows, want) {
			t.Errorf("no row with %q:\n%s", want, rows)
		}
	}
	h.post(file+"/settle", "decided", "0", "key", letters, "do", "read 1200")
	h.holds(file+"/check", "Adds up", "Nothing to resolve")
	h.post(file + "/accept")
	h.holds(miyako+"/evidence?series=sales&period=2026-04&amount=1", "¥1,200")
	h.holds(miyako+"/figures?fy=2026", "n.r.") // of the months that did not come
}
