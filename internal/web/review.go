package web

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"honne"
	"honne/internal/auth"
)

// reviewPage answers: what will this file do to the record, and is anything
// wrong.
type reviewPage struct {
	Frame
	Number    string
	File      FileRow
	State     honne.FileState
	From      string
	SHA       string
	Waiting   bool
	Writes    bool
	Steps     []Step
	Sheets    []Choice
	Table     *TableView
	Problems  []ProblemGroup
	Open      int
	Guesses   []GuessRow
	Checks    []Check
	Parts     []PartRow
	LeftOut   int
	Excluded  []Fact
	Changes   []ChangeRow
	CanUndo   bool
	Overview  string
	Original  string
	TableNo   int
	Unread    string
	CanAccept bool
}

// Step is one of File, Table, Columns, Check, Accept.
type Step struct {
	N             int
	Label, Href   string
	Done, Current bool
}

// ProblemGroup are problems of one kind, with the same words.
type ProblemGroup struct {
	What  string
	Raw   string
	At    []string
	More  int
	Grave bool // a person must look: not a note
	First string
}

// Check is one line of what was looked at.
type Check struct {
	Mark, Class, Text string
}

// PartRow is one submission that acceptance would make.
type PartRow struct {
	Series, Scope, Periods, Unit string
	Lines                        int
	Href                         string
}

// undoFor is how long an acceptance can be taken back with one press.
const undoFor = 24 * time.Hour

func (v *visit) file() (honne.StoredFile, honne.Distributor, error) {
	n, err := strconv.ParseInt(v.PathValue("n"), 10, 64)
	if err != nil {
		return honne.StoredFile{}, honne.Distributor{}, honne.ErrNotFound
	}
	f, err := v.app.Store.File(v.Context(), honne.FileID(n))
	if err != nil {
		return f, honne.Distributor{}, fmt.Errorf("web: find file: %w", err)
	}
	d, err := v.app.Store.Distributor(v.Context(), f.Distributor)
	if err != nil {
		return f, d, fmt.Errorf("web: find distributor: %w", err)
	}
	return f, d, nil
}

func (a *app) showReview(w http.ResponseWriter, v *visit) error {
	f, d, err := v.file()
	if err != nil {
		return err
	}
	page := v.review(f, d)
	if f.State == honne.FileReading {
		page.Waiting, page.Refresh = true, 2
		return v.show(w, http.StatusOK, "review", page)
	}
	r, err := a.Store.Reading(v.Context(), f.ID)
	if err != nil && !errors.Is(err, honne.ErrNotFound) {
		return fmt.Errorf("web: read reading: %w", err)
	}
	if r.Format.Holds() {
		return v.showInside(w, page, d, r)
	}
	v.fillReview(&page, f, d, r)
	if f.State == honne.FileAccepted {
		if page.Changes, err = v.changesOf(f, d); err != nil {
			return err
		}
	}
	if page.Open > 0 {
		page.Title = v.t("review.open", honne.Count("n", page.Open)) + ": " + f.Path
	}
	return v.show(w, http.StatusOK, "review", page)
}

func (v *visit) review(f honne.StoredFile, d honne.Distributor) reviewPage {
	n := strconv.FormatInt(int64(f.ID), 10)
	page := reviewPage{Frame: v.frame("intake", f.Path), Number: n, File: v.fileRow(d, f), State: f.State,
		SHA: f.SHA256[:min(8, len(f.SHA256))], Writes: v.may(auth.Write, auth.Figures), Overview: base(d), Original: "/intake/" + n + "/original"}
	page.Sample = d.Sample
	page.Crumbs = []Choice{{Href: "/intake", Label: v.t("nav.intake")}, {Href: base(d), Label: v.name(d)}, {Label: f.Path}}
	page.From = v.t("review.from", honne.Text("received", v.knownSince(f.Receipt)), honne.Instant("loaded", f.Loaded))
	page.CanUndo = page.Writes && f.State == honne.FileAccepted && v.now().Sub(f.Accepted) < undoFor
	page.CanAccept = page.Writes && (f.State == honne.FileReady || f.State == honne.FileToResolve)
	return page
}

func (v *visit) fillReview(page *reviewPage, f honne.StoredFile, d honne.Distributor, r honne.Reading) {
	page.TableNo = tableNo(v.URL.Query(), r)
	for i, t := range r.Tables {
		label := t.Sheet
		if label == "" {
			label = v.t("review.table", honne.Count("n", i+1))
		}
		page.Sheets = append(page.Sheets, Choice{Href: v.here("table", strconv.Itoa(i)), Label: label + " · " + v.t("review.rows", honne.Count("n", t.Rows)), Current: i == page.TableNo})
	}
	for _, t := range r.Tables {
		page.leaveOut(v, t)
	}
	page.Guesses = v.guesses(r)
	page.Problems, page.Open = v.problems(r)
	if len(r.Tables) > 0 {
		page.Table = v.table(f, r, page.TableNo)
	}
	for _, p := range r.Parts {
		page.Parts = append(page.Parts, v.part(d, p))
	}
	page.Checks = v.checks(page, r)
	page.Steps = v.steps(page)
	if f.State == honne.FileUnread && len(page.Problems) > 0 {
		page.Unread = page.Problems[0].What
	}
}

// leaveOut lists the ranges that were left out of a table, by reason.
func (p *reviewPage) leaveOut(v *visit, t honne.Table) {
	for _, x := range t.Excluded {
		p.LeftOut += int(x.Range.To.Row-x.Range.From.Row) + 1
		why := v.t("exclusion." + string(x.Why))
		at := honne.Address{Sheet: t.Sheet, Range: x.Range}.String()
		if n := len(p.Excluded); n > 0 && p.Excluded[n-1].Label == why {
			p.Excluded[n-1].Value += v.t("list.comma") + at
			continue
		}
		p.Excluded = append(p.Excluded, Fact{Label: why, Value: at})
	}
}

func tableNo(q url.Values, r honne.Reading) int {
	n, err := strconv.Atoi(q.Get("table"))
	if err != nil || n < 0 || n >= len(r.Tables) {
		for i, t := range r.Tables {
			if t.Kind != "" && !t.Check {
				return i
			}
		}
		return 0
	}
	return n
}

func (v *visit) part(d honne.Distributor, p honne.Part) PartRow {
	row := PartRow{Series: v.t("series." + string(p.Series)), Scope: p.Scope, Lines: p.Lines, Unit: p.Unit}
	if n := len(p.Periods); n > 0 {
		row.Periods = v.lang.Period(p.Periods[0])
		if n > 1 {
			row.Periods = v.t("review.periods", honne.Count("n", n), honne.Over("from", p.Periods[0]), honne.Over("to", p.Periods[n-1]))
		}
		row.Href = v.selectionLink(d, honne.Selection{Series: p.Series, Period: p.Periods[n-1], Amount: true})
	}
	return row
}

// problems groups by the words said, the grave ones first.
func (v *visit) problems(r honne.Reading) (groups []ProblemGroup, open int) {
	index := map[string]int{}
	for _, grave := range [...]bool{true, false} {
		for _, p := range r.Problems {
			if (p.Severity != honne.SevNote) != grave {
				continue
			}
			what := v.say(p.What)
			i, known := index[what]
			if !known {
				i = len(groups)
				index[what] = i
				groups = append(groups, ProblemGroup{What: what, Raw: p.Raw, Grave: grave, First: p.At.String()})
			}
			g := &groups[i]
			g.More += p.Count
			if len(g.At) < 6 {
				g.At = append(g.At, p.At.String())
			} else {
				g.More++
			}
			if grave {
				open += 1 + p.Count
			}
		}
	}
	return groups, open
}

func (v *visit) checks(page *reviewPage, r honne.Reading) []Check {
	var out []Check
	add := func(good bool, key string, args ...honne.Arg) {
		c := Check{"tick", "k", v.t(key, args...)}
		if !good {
			c.Mark, c.Class = "info", "w"
		}
		out = append(out, c)
	}
	if n := len(page.Guesses); n > 0 {
		add(false, "check.guesses", honne.Count("n", n))
	} else if len(r.Tables) > 0 {
		add(true, "check.columns")
	}
	if page.LeftOut > 0 {
		add(true, "check.left-out", honne.Count("n", page.LeftOut))
	}
	for _, p := range r.Parts {
		if p.Required > 0 {
			add(p.Filled == p.Required, "check.filled", honne.Word("series", "series."+string(p.Series)),
				honne.Ratio("share", float64(p.Filled)/float64(p.Required)), honne.Count("level", p.Holds.Level()))
		}
	}
	return out
}

func (v *visit) steps(page *reviewPage) []Step {
	done := page.State == honne.FileAccepted || page.State == honne.FileUndone
	current := 4
	switch {
	case done:
		current = 5
	case page.Table == nil:
		current = 1
	case len(page.Guesses) > 0:
		current = 3
	case page.Open == 0:
		current = 5
	}
	var out []Step
	for i, name := range [...]string{"file", "table", "columns", "check", "accept"} {
		out = append(out, Step{N: i + 1, Label: v.t("step." + name), Href: "#" + name, Done: i+1 < current || done, Current: i+1 == current && !done})
	}
	return out
}
