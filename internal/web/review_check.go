package web

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"honne"
	"honne/internal/inspect"
)

// CheckStep is the file held against itself and the record: what a person must
// settle, what it changes, what agrees.
type CheckStep struct {
	Table    *TableView
	Open     []ProblemView
	More     int // open problems that are not listed
	Notes    []NoteView
	Left     []ProblemView // what a person left as it is
	Changes  []ChangeRow
	Reasons  []Choice
	Moves    []Fact
	Checks   []CheckLine
	Parts    []PartRow
	Lists    []string // what rows of lists become
	LeftOut  int
	Excluded []Fact
	Asked    string
}

// CheckLine is one line of what was looked at.
type CheckLine struct {
	Mark, Class, Text string
}

// PartRow is one submission that acceptance would make.
type PartRow struct {
	Series, Scope, Periods, Unit string
	Lines                        int
	Href                         string
}

// ProblemView is a problem with its repairs, the best first.
type ProblemView struct {
	Key, ID    string
	At, AtHref string
	What, Why  string
	Acts       []Act
	Go         Choice // where it can be settled otherwise
}

// Act is a one-press repair.
type Act struct {
	Do, Label string
	Best      bool
}

// NoteView are notes of the same words.
type NoteView struct {
	What string
	At   []string
	More int
}

// listed is how many open problems are shown at once.
const listed = 25

func (x *review) check() (*CheckStep, error) {
	c := &CheckStep{}
	if len(x.reading.Tables) > 0 {
		c.Table, c.LeftOut = x.table(tableNo(x.URL.Query(), x.reading))
	}
	for _, u := range unsureOf(x.reading) {
		c.Open = append(c.Open, x.guess(u))
	}
	for _, p := range x.reading.Problems {
		switch {
		case p.Left:
			c.Left = append(c.Left, x.problem(p))
		case p.Severity != honne.SevNote:
			c.Open = append(c.Open, x.problem(p))
		}
	}
	if len(c.Open) > listed {
		c.Open, c.More = c.Open[:listed], len(c.Open)-listed
	}
	c.Notes = x.notes()
	for _, t := range x.reading.Tables {
		c.Excluded = x.leftOut(c.Excluded, t)
		if t.Listed > 0 {
			c.Lists = append(c.Lists, x.t("review.listed", honne.Count("n", t.Listed), honne.Word("what", "listed."+string(t.Topic))))
		}
	}
	for _, p := range x.reading.Parts {
		c.Parts = append(c.Parts, x.part(x.distributor, p))
	}
	if x.decided.Said.Asked != 0 {
		c.Asked = x.t("review.asked", honne.Day("day", x.decided.Said.Asked))
	}
	return c, x.arrive(c)
}

// arrive fills in what the file does, or did, to the record.
func (x *review) arrive(c *CheckStep) error {
	before, after, err := x.records()
	if err != nil || after.Files == 0 {
		return err
	}
	a := inspect.Arrive(&before, &after, x.file.ID)
	c.Changes = x.changes(a.Changes, &after)
	c.Checks = x.checks(a)
	for _, r := range reasons {
		c.Reasons = append(c.Reasons, Choice{Href: string(r), Label: x.t("reason." + string(r)), Current: r == x.decided.Said.Reason})
	}
	return x.moves(c, before, after)
}

// moves lists the signs that the file moves, or moved when it was accepted: what came
// later moved signs too.
func (x *review) moves(c *CheckStep, before, after honne.Record) (err error) {
	if before.Files == 0 {
		return nil
	}
	if x.file.State == honne.FileAccepted {
		if after, err = x.app.Store.Record(x.Context(), x.distributor.ID, honne.AsOf{Recorded: x.file.Accepted}); err != nil {
			return fmt.Errorf("web: read record: %w", err)
		}
		x.withhold(&after)
	}
	for _, m := range inspect.Moves(&before, &after, x.app.Playbook) {
		c.Moves = append(c.Moves, Fact{Label: x.t("sign." + m.Sign.Slug), Value: x.t("band."+string(m.From)) + " → " + x.t("band."+string(m.To))})
	}
	return nil
}

// reasons are those that a person may state for changed figures.
var reasons = [...]honne.Reason{honne.ReasonUnexplained, honne.ReasonReturns, honne.ReasonPrice, honne.ReasonCreditNote, honne.ReasonClosingDay,
	honne.ReasonIdentity, honne.ReasonCorrection, honne.ReasonOwnSide}

// records are the record without the file and with it: as it is, or as it would
// be; of a file that was accepted, as it was just before.
func (x *review) records() (before, after honne.Record, err error) {
	s, ctx, d := x.app.Store, x.Context(), x.distributor.ID
	switch x.file.State {
	case honne.FileReady, honne.FileToResolve:
		if before, err = s.Record(ctx, d, honne.AsOf{}); err == nil {
			after, err = s.RecordWith(ctx, honne.AsOf{}, x.file.ID)
		}
	case honne.FileAccepted:
		if before, err = s.Record(ctx, d, honne.AsOf{Recorded: x.file.Accepted.Add(-1)}); err == nil {
			after, err = s.Record(ctx, d, honne.AsOf{})
		}
	}
	if errors.Is(err, honne.ErrNotFound) {
		err = nil
	}
	if err != nil {
		return before, after, fmt.Errorf("web: read record: %w", err)
	}
	x.withhold(&before)
	x.withhold(&after)
	return before, after, nil
}

// guess asks for the meaning of a column.
func (x *review) guess(u unsureColumn) ProblemView {
	header := u.column.Header
	if header == "" {
		header = x.t("review.guess.none")
	}
	text := "review.guess"
	if u.column.Guess { // beside a column of the same meaning it counts nothing
		text = "review.guess.second"
	}
	meaning := x.t("meaning." + string(u.column.Meaning))
	return ProblemView{Key: u.key(), ID: "p-" + u.column.At, At: u.column.At,
		What: x.t(text, honne.Text("at", u.column.At), honne.Text("header", header), honne.Word("meaning", "meaning."+string(u.column.Meaning))),
		Acts: []Act{{"is", x.t("act.is", honne.Text("meaning", meaning)), true}, {"unused", x.t("act.unused"), false}},
		Go:   Choice{Href: x.at("columns") + "?table=" + strconv.Itoa(u.table), Label: x.t("act.columns")}}
}

// problem gives a problem its repairs.
func (x *review) problem(p honne.Problem) ProblemView {
	out := ProblemView{Key: p.Key(), At: p.At.String(), What: x.say(p.What), ID: "p-" + strings.NewReplacer("!", "-", ":", "-", " ", "").Replace(p.At.String())}
	if cell := p.At.Range.From; cell.Row > 0 {
		out.AtHref = "#" + cell.String()
	}
	if p.Left { // what was said of a code is taken back like what was left
		out.Acts = []Act{{"reopen", x.t("act.reopen"), false}}
		return out
	}
	table := "?table=" + strconv.Itoa(x.tableAt(p.At))
	switch p.What.ID {
	case "problem.not-listed", "problem.not-listed-near":
		out.Acts = x.articles(p)
		return out
	case "problem.list-day", "problem.list-future", "problem.list-count":
		out.Acts = []Act{{"row", x.t("act.row"), true}}
		return out
	case "problem.not-a-number":
		out.Acts = x.repairs(&out, p)
		return out
	case "problem.sign-by-code", "problem.sign-unknown", "problem.sort-unknown":
		out.Acts = x.sorts()
		return out
	case "problem.column-unknown", "problem.column-of-texts", "problem.second-column":
		out.Go = Choice{Href: x.at("columns") + table, Label: x.t("act.columns"), Current: true}
		if p.Instead != "" {
			meaning := x.t("meaning." + string(p.Instead))
			out.Why = x.t("repair.instead", honne.Text("meaning", meaning))
			out.Acts, out.Go.Current = []Act{{"is", x.t("act.is", honne.Text("meaning", meaning)), true}}, false
		}
		out.Acts = append(out.Acts, Act{"unused", x.t("act.unused"), false})
		return out
	case "problem.kind-unknown", "problem.no-period", "problem.kind-without-figures", "problem.two-storeys", "problem.beside":
		out.Go = Choice{Href: x.at("table") + table, Label: x.t("act.table")}
	case "arrival.under":
		out.Go = Choice{Href: x.at("file"), Label: x.t("act.received"), Current: true}
	case "arrival.running":
		out.Go = Choice{Href: x.at("table") + table, Label: x.t("act.table")}
	case "arrival.magnitude", "arrival.magnitude.less", "arrival.unit-turns", "arrival.unit-fits", "arrival.tax-turns":
		out.Go = Choice{Href: x.at("table") + table, Label: x.t("act.unit")}
	}
	if slices.Contains(replacing, p.What.ID) && x.ofOneMonth() {
		out.Acts = append(out.Acts, Act{"adds", x.t("act.adds"), false})
	}
	if p.What.ID == "arrival.covered" && x.ofOneMonth() {
		out.Acts = append(out.Acts, Act{"adds", x.t("act.adds"), false})
	}
	leave := "act.leave"
	if slices.Contains(elsewhere, p.What.ID) {
		leave = "act.theirs"
	}
	if slices.Contains(replacing, p.What.ID) {
		leave = "act.replaces"
	}
	out.Acts = append(out.Acts, Act{"leave", x.t(leave), false})
	return out
}

// replacing are the warnings that a file may be no next version of what it replaces: it
// may be more of the same month.
var replacing = []string{"arrival.older-edition", "arrival.loses", "arrival.shrunk", "arrival.apart", "arrival.same-moment", "problem.adds", "problem.piece-unknown"}

// elsewhere are the warnings that a file may be another partner's.
var elsewhere = []string{"problem.other-partner", "problem.customers-elsewhere", "problem.products-elsewhere"}

// ofOneMonth reports whether all that the file reports is of one month: of several, one
// may stand in it anew.
func (x *review) ofOneMonth() bool {
	return !slices.ContainsFunc(x.reading.Parts, func(p honne.Part) bool { return len(p.Periods) > 1 })
}

// sorts are the answers to what a code says of its rows, none likelier than another.
func (x *review) sorts() (acts []Act) {
	for _, s := range [...]honne.Sort{honne.Sold, honne.Returned, honne.Unsold} {
		acts = append(acts, Act{"sort " + string(s), x.t("act.sort." + string(s)), false})
	}
	return acts
}

// repairs are the buttons of a cell that is no number.
func (x *review) repairs(out *ProblemView, p honne.Problem) []Act {
	var acts []Act
	for _, r := range p.Repairs {
		acts = append(acts, Act{"read " + r.Number, x.t("act.read", honne.Text("number", x.lang.Decimal(r.Number))), len(acts) == 0})
		if r.AddsUp {
			out.Why = x.t("repair.adds-up", honne.Text("number", x.lang.Decimal(r.Number)))
		} else if out.Why == "" {
			out.Why = x.t("repair." + string(r.Why))
		}
	}
	return append(acts, Act{"blank", x.t("act.blank"), len(acts) == 0}, Act{"row", x.t("act.row"), false})
}

// articles are the answers to a product that is not on our own list: one of the
// nearest articles, or that it may be missing there.
func (x *review) articles(p honne.Problem) (acts []Act) {
	for i, a := range p.OffList.Near {
		acts = append(acts, Act{"article " + strconv.Itoa(i), x.t("act.article", honne.Text("product", cmp.Or(a.Code, a.Name))), false})
	}
	return append(acts, Act{"unlisted", x.t("act.unlisted"), false})
}

// tableAt is the table in which an address lies, 0 when in none.
func (x *review) tableAt(at honne.Address) int {
	for i, t := range x.reading.Tables {
		top := t.Body.From.Row
		if t.Header.From.Row > 0 {
			top = min(top, t.Header.From.Row)
		}
		if t.Sheet == at.Sheet && top <= at.Range.From.Row && at.Range.From.Row <= lastRow(t) {
			return i
		}
	}
	return 0
}

// added is the note that lines change the figures of an earlier month: it stands
// among the checks, as what a person must have seen.
const added = "problem.added"

// notes groups what needs nobody by its words.
func (x *review) notes() []NoteView {
	var out []NoteView
	for _, p := range x.reading.Problems {
		if p.Severity != honne.SevNote || p.Left || p.What.ID == added || strings.HasPrefix(p.What.ID, "arrival.") {
			continue
		}
		what := x.say(p.What)
		i := slices.IndexFunc(out, func(n NoteView) bool { return n.What == what })
		if i < 0 {
			i = len(out)
			out = append(out, NoteView{What: what})
		}
		if n := &out[i]; len(n.At) < 6 {
			n.At = append(n.At, p.At.String())
		} else {
			n.More++
		}
	}
	return out
}

// checks are what agrees, and what of the record is to be noted.
func (x *review) checks(a honne.Arrival) []CheckLine {
	var out []CheckLine
	for _, p := range a.Problems {
		if p.Severity == honne.SevNote {
			out = append(out, CheckLine{"info", "w", x.say(p.What)})
		}
	}
	for _, p := range x.reading.Problems {
		if p.What.ID == added {
			out = append(out, CheckLine{"info", "w", x.say(p.What)})
		}
	}
	for _, t := range x.reading.Tables {
		if line, said := x.adds(t); said {
			out = append(out, line)
		}
	}
	for _, m := range a.Passed {
		out = append(out, CheckLine{"tick", "k", x.say(m)})
	}
	if x.columnsKnown() && len(x.reading.Parts) > 0 {
		out = append(out, CheckLine{"tick", "k", x.t("check.columns")})
	}
	return out
}

// adds says whether the total rows of a table agree with its lines.
func (x *review) adds(t honne.Table) (CheckLine, bool) {
	agree := 0
	for _, c := range t.Controls {
		if !c.Agrees {
			return CheckLine{"info", "w", x.t("check.adds-not", honne.Text("at", honne.Address{Sheet: t.Sheet, Range: honne.Range{From: c.At, To: c.At}}.String()),
				honne.Text("total", x.lang.Decimal(c.Total)), honne.Text("sum", x.lang.Decimal(c.Sum)))}, true
		}
		agree++
	}
	return CheckLine{"tick", "k", x.t("check.adds", honne.Count("n", agree), honne.Text("sheet", cmp.Or(t.Sheet, x.t("review.table", honne.Count("n", t.N+1)))))}, agree > 0
}

// leftOut lists the ranges that were left out of a table, by reason.
func (x *review) leftOut(facts []Fact, t honne.Table) []Fact {
	for _, e := range t.Excluded {
		why, at := x.t("exclusion."+string(e.Why)), honne.Address{Sheet: t.Sheet, Range: e.Range}.String()
		if n := len(facts); n > 0 && facts[n-1].Label == why {
			facts[n-1].Value += x.t("list.comma") + at
			continue
		}
		facts = append(facts, Fact{Label: why, Value: at})
	}
	return facts
}

func (v *visit) part(d honne.Distributor, p honne.Part) PartRow {
	row := PartRow{Series: v.t("series." + string(p.Series)), Scope: p.Scope, Lines: p.Lines, Unit: p.Unit}
	if name := p.Piece(); name != "" {
		row.Scope = name
	}
	if p.Adds() {
		row.Scope = v.t("part.adds")
	}
	if n := len(p.Periods); n > 0 {
		row.Periods = v.lang.Period(p.Periods[0])
		if n > 1 {
			row.Periods = v.t("review.periods", honne.Count("n", n), honne.Over("from", p.Periods[0]), honne.Over("to", p.Periods[n-1]))
		}
		row.Href = v.selectionLink(d, honne.Selection{Series: p.Series, Period: p.Periods[n-1], Amount: true})
	}
	return row
}
