package web

import (
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"honne"
	"honne/internal/auth"
	"honne/internal/japan"
	"honne/internal/store"
)

// reviewPage answers: what will this file do to the record, and is anything
// wrong. Each step has its own address; what a step does not show is nil.
type reviewPage struct {
	Frame
	Number  string
	Decided int // the state of the decisions that the page shows
	Step    string
	File    FileRow
	Partner string
	State   honne.FileState
	From    string
	Late    string
	SHA     string
	Waiting bool
	Writes  bool // the visitor may decide, and the file still waits
	CanUndo bool
	Unread  string
	Steps   []Step
	Sheets  []Choice

	About   *AboutStep
	Place   *PlaceStep
	Columns *ColumnsStep
	Check   *CheckStep
	Bar     *Bar

	Overview, Original string
	Unlock             UnlockForm
}

// Step is one of File, Table, Columns, Check, Accept.
type Step struct {
	N             int
	Label, Href   string
	Done, Current bool
}

// Bar is what stands at the foot while a file waits: what acceptance would take
// in, and the one thing to do next.
type Bar struct {
	Lines, Ready, Open, LeftOut, Versions int
	Next                                  string // where the next open point is; "" to accept
}

// undoFor is how long an acceptance can be taken back with one press.
const undoFor = 24 * time.Hour

func (v *visit) file() (honne.StoredFile, honne.Distributor, error) {
	n, err := v.number("n")
	if err != nil {
		return honne.StoredFile{}, honne.Distributor{}, err
	}
	f, err := v.app.Store.File(v.Context(), honne.FileID(n))
	if err != nil {
		return f, honne.Distributor{}, fmt.Errorf("web: find file: %w", err)
	}
	d, err := v.app.Store.Distributor(v.Context(), f.Distributor)
	if err != nil {
		return f, d, fmt.Errorf("web: find distributor: %w", err)
	}
	return f, d, v.seen(d.ID)
}

// review is a file under review: what was read, and what people decided.
type review struct {
	*visit
	file        honne.StoredFile
	distributor honne.Distributor
	reading     honne.Reading
	decided     store.Decided
	open        int // problems that wait for a person, guesses among them
}

func (v *visit) review() (*review, error) {
	f, d, err := v.file()
	if err != nil {
		return nil, err
	}
	x := &review{visit: v, file: f, distributor: d}
	if x.reading, err = v.app.Store.Reading(v.Context(), f.ID); err != nil && !errors.Is(err, honne.ErrNotFound) {
		return nil, fmt.Errorf("web: read reading: %w", err)
	}
	if x.decided, err = v.app.Store.Decisions(v.Context(), f.ID); err != nil {
		return nil, fmt.Errorf("web: read decisions: %w", err)
	}
	x.open = openProblems(x.reading) + len(unsureOf(x.reading))
	return x, nil
}

func openProblems(r honne.Reading) (n int) {
	for _, p := range r.Problems {
		if p.Severity != honne.SevNote {
			n += 1 + p.Count
		}
	}
	return n
}

// at is the address of a step of the review.
func (x *review) at(step string) string {
	return "/intake/" + strconv.FormatInt(int64(x.file.ID), 10) + "/" + step
}

// waits reports whether the file still waits for a person.
func (x *review) waits() bool {
	switch x.file.State {
	case honne.FileReady, honne.FileToResolve, honne.FileSetAside, honne.FileUnread:
		return true
	}
	return false
}

// step is the step that the address names, else the first that has something to
// do: of a file whose forms are known that is the check.
func (x *review) step() string {
	switch s := x.PathValue("step"); {
	case s != "":
		return s
	case len(x.reading.Tables) == 0:
		return "file"
	case x.waits() && (len(unsureOf(x.reading)) > 0 || x.columnChanged()):
		return "columns"
	}
	return "check"
}

func (a *app) showReview(w http.ResponseWriter, v *visit, x *review) error {
	page := x.page()
	switch {
	case page.Waiting:
		return v.show(w, http.StatusOK, "review", page)
	case x.reading.Format.Holds():
		return x.showInside(w, page)
	}
	var err error
	switch page.Step {
	case "file":
		page.About = x.about()
	case "table":
		page.Place, err = x.place()
	case "columns":
		page.Columns = x.columns()
	case "check":
		page.Check, err = x.check()
	default:
		return honne.ErrNotFound
	}
	if err != nil {
		return err
	}
	if x.waits() && page.Check != nil {
		page.Bar = x.bar(page.Check)
	}
	return v.show(w, http.StatusOK, "review", page)
}

// page is what every step shows around its own.
func (x *review) page() reviewPage {
	f, d := x.file, x.distributor
	page := reviewPage{Frame: x.frame("intake", f.Path), Number: strconv.FormatInt(int64(f.ID), 10), Decided: x.decided.N, Step: x.step(),
		File: x.fileRow(d, f), Partner: x.name(d), State: f.State, SHA: f.SHA256[:min(8, len(f.SHA256))], Overview: base(d), Original: x.at("original")}
	page.Sample = d.Sample
	page.Crumbs = []Choice{{Href: "/intake", Label: x.t("nav.intake")}, {Href: base(d), Label: x.name(d)}, {Label: f.Path}}
	page.From = x.t("review.from", honne.Text("received", x.knownSince(f.Receipt)), honne.Instant("loaded", f.Loaded))
	page.Late = x.late()
	page.Writes = x.may(auth.Write, auth.Figures) && x.waits()
	page.CanUndo = x.may(auth.Write, auth.Figures) && f.State == honne.FileAccepted && x.now().Sub(f.Accepted) < undoFor
	if page.CanUndo && x.URL.Query().Get("done") == "accepted" {
		page.Notice = "" // that it was accepted stands beside the way back
	}
	if page.Waiting = f.State == honne.FileReading; page.Waiting {
		page.Refresh = 2
		return page
	}
	if f.State == honne.FileUnread && len(x.reading.Problems) > 0 {
		page.Unread = x.say(x.reading.Problems[0].What)
	}
	if x.open > 0 && x.waits() {
		page.Title = x.t("review.open", honne.Count("n", x.open)) + ": " + f.Path
	}
	page.Unlock = x.unlockForm(x.reading)
	page.Steps = x.steps(page.Step)
	page.Sheets = x.sheets()
	return page
}

// late says by how many business days the file missed the agreed day; nothing
// where no day was agreed, or the day of receipt is only estimated.
func (x *review) late() string {
	if !x.file.Receipt.Exact() || x.file.From == honne.Ours {
		return ""
	}
	for _, p := range x.reading.Parts {
		for _, owed := range x.distributor.Profile.Reports {
			if owed.Kind != p.Series || owed.DueDays == 0 || len(p.Periods) == 0 {
				continue
			}
			last := p.Periods[len(p.Periods)-1]
			if last.To.Month() < owed.Since {
				continue // before the agreement nothing is late, nor in time
			}
			days := japan.OfPartner(x.distributor.Profile)
			due := days.AddBusinessDays(last.To, owed.DueDays)
			if days := days.Between(due, x.file.Receipt.Day()); days > 0 && due < x.file.Receipt.Day() {
				return x.t("review.late", honne.Day("due", due), honne.Count("n", days))
			}
			return x.t("review.in-time", honne.Day("due", due))
		}
	}
	return ""
}

// steps ticks what needs nobody; the last step is the acceptance.
func (x *review) steps(shown string) []Step {
	over := x.file.State == honne.FileAccepted || x.file.State == honne.FileUndone
	gives := len(x.reading.Parts) > 0 || listedOf(x.reading) > 0
	done := map[string]bool{"file": x.file.State != honne.FileUnread, "table": gives,
		"columns": gives && x.columnsKnown(), "check": gives && x.open == 0}
	var out []Step
	for i, name := range [...]string{"file", "table", "columns", "check", "accept"} {
		s := Step{N: i + 1, Label: x.t("step." + name), Href: x.at(name), Done: over || done[name], Current: name == shown}
		if name == "accept" {
			s.Href = x.at("check") + "#accept"
		}
		out = append(out, s)
	}
	return out
}

// sheets are the tables of the file, as tabs that stay in the step.
func (x *review) sheets() []Choice {
	shown := x.tableOn()
	var out []Choice
	for i, t := range x.reading.Tables {
		label := t.Sheet
		if number := x.t("review.table", honne.Count("n", t.N+1)); label == "" {
			label = number
		} else if t.N > 0 {
			label += " · " + number
		}
		about := x.t("review.rows", honne.Count("n", t.Rows))
		switch {
		case t.Listed > 0:
			about = x.t("review.listed", honne.Count("n", t.Listed), honne.Word("what", "listed."+string(t.Topic)))
		case t.Kind == "":
			about = x.t("review.not-used")
		case t.Check:
			about = x.t("review.check-only")
		}
		out = append(out, Choice{Href: x.here("table", strconv.Itoa(i), "show", ""), Label: label, Lang: about, Current: i == shown})
	}
	return out
}

// listedOf is how many rows of lists become entries.
func listedOf(r honne.Reading) (n int) {
	for _, t := range r.Tables {
		n += t.Listed
	}
	return n
}

// bar sums up what acceptance would do.
func (x *review) bar(c *CheckStep) *Bar {
	b := &Bar{Open: x.open, LeftOut: c.LeftOut, Versions: len(c.Changes)}
	for _, p := range x.reading.Parts {
		b.Lines += p.Lines
	}
	b.Lines += listedOf(x.reading)
	lost := 0
	for _, p := range x.reading.Problems {
		if p.What.ID == "problem.not-a-number" && p.Severity != honne.SevNote {
			lost++
		}
	}
	b.Ready = max(b.Lines-lost, 0)
	switch {
	case b.Lines == 0 && len(x.reading.Parts) == 0:
		b.Next = x.at("table")
	case len(unsureOf(x.reading)) > 0 || x.open > 0:
		b.Next = "#to-resolve"
		if len(c.Open) > 0 {
			b.Next = "#" + c.Open[0].ID
		}
	}
	return b
}
