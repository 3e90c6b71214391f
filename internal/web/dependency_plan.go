package web

import (
	"cmp"
	"fmt"
	"math"
	"net/url"
	"slices"
	"strings"

	"honne"
	"honne/internal/audit"
	"honne/internal/auth"
	"honne/internal/inspect"
	"honne/internal/japan"
	"honne/internal/store"
)

// StepRow is a step that somebody took up: whose, until when, how it stands.
type StepRow struct {
	What, Owner, Due, Evidence, Href string
	State                            Tag
}

// ReplaceRow is a part of how long a replacement takes.
type ReplaceRow struct {
	Name, Months, Source string
	Doors                []Linked
}

// OutletsPanel is how our sales are spread over distributors.
type OutletsPanel struct {
	Message, Basis string
	Rows           []OutletRow
}

// OutletRow is the share of one distributor.
type OutletRow struct {
	Name         string
	Share, Money Linked
	Current      bool
}

// ExitRow is something that must exist before an exit: whether it does, and what
// says so.
type ExitRow struct {
	Text, Why string
	State     Tag
	Days      []Detail // the calendar of notice
	Door      Linked
}

// planOf fills the parts of the page that rest on what somebody took up.
func (v *visit) planOf(page *dependencyPage, d honne.Distributor, rec *honne.Record, p honne.Picture) error {
	steps, err := store.Entries[honne.StrategyStep](v.Context(), v.app.Store, d.ID)
	if err != nil {
		return fmt.Errorf("web: list steps against dependency: %w", err)
	}
	slices.SortStableFunc(steps, func(a, b honne.Entry[honne.StrategyStep]) int { return cmp.Compare(a.Body.Due, b.Body.Due) })
	on := v.today(p.AsOf)
	for _, rows := range [...][]StrategyRow{page.Balance, page.Already} {
		for i := range rows {
			rows[i].Adopt = v.adopt(d, "strategy", rows[i].ID)
			for _, e := range steps {
				if e.Body.Strategy == rows[i].ID {
					rows[i].Steps = append(rows[i].Steps, v.step(d, e, on))
				}
			}
		}
	}
	if page.Replace, err = v.replacing(d, p.Dependency.Replace); err != nil {
		return err
	}
	page.ReplaceSays = v.say(p.Dependency.Replace.Says[0])
	if page.Outlets, err = v.outlets(d); err != nil {
		return err
	}
	page.Before, err = v.beforeExit(d, rec, steps)
	return err
}

// adopt is the form of a step with one answer given, "" for who may not write it.
func (v *visit) adopt(d honne.Distributor, field, answer string) string {
	k, ok := kindOf(honne.EntryStrategyStep)
	if !ok {
		return ""
	}
	door := v.newEntry(d, k)
	if door == "" {
		return ""
	}
	return door + "?" + url.Values{field: {answer}}.Encode()
}

func (v *visit) step(d honne.Distributor, e honne.Entry[honne.StrategyStep], on honne.Date) StepRow {
	b := e.Body
	row := StepRow{What: v.stepName(b), Owner: b.Owner, Due: v.lang.Date(b.Due), Evidence: b.Evidence, Href: entryLink(d, honne.EntryStrategyStep, e.Number),
		State: Tag{"dots", "", v.t("dependency.step.open")}}
	switch {
	case b.DoneBy(v.toldBy(on)):
		row.State = Tag{"tick", "ok", v.t("dependency.step.done", honne.Day("day", b.Done))}
	case b.Due < on:
		row.State = Tag{"watch", "warn", v.t("action.due-passed")}
	}
	return row
}

// toldBy is until when the page may know what somebody did: the day that was asked
// for, else today, also of a sample whose figures end before.
func (v *visit) toldBy(asked honne.Date) honne.Date {
	if v.URL.Query().Get("asof") == "" {
		return v.today(0)
	}
	return asked
}

// stepName is what a step is, in its own words or in those of its strategy.
func (v *visit) stepName(b honne.StrategyStep) string {
	for _, s := range v.app.Playbook.Strategies {
		if s.Strategy == b.Strategy && b.What == "" {
			return v.inWords(honne.Both{EN: s.EN, JA: s.JA})
		}
	}
	return cmp.Or(b.What, b.Strategy)
}

// replacing are the parts of a replacement, each with the way to enter it once.
func (v *visit) replacing(d honne.Distributor, x honne.Replacement) (out []ReplaceRow, err error) {
	list, err := store.Entries[honne.Replacing](v.Context(), v.app.Store, d.ID)
	if err != nil {
		return nil, fmt.Errorf("web: list parts of a replacement: %w", err)
	}
	k, _ := kindOf(honne.EntryReplacing)
	for _, p := range x.Parts {
		row := ReplaceRow{Name: v.t("replace." + p.Part), Months: v.t("not-known"), Source: p.Source}
		if p.Months != nil {
			row.Months = v.t("unit.months", honne.Number("n", *p.Months))
		}
		i := slices.IndexFunc(list, func(e honne.Entry[honne.Replacing]) bool { return e.Body.Part == p.Part && e.Body.On == p.On })
		switch door := v.newEntry(d, k); {
		case i >= 0:
			row.Doors = []Linked{{v.t("dependency.entry.open"), entryLink(d, honne.EntryReplacing, list[i].Number)}}
		case door != "":
			row.Doors = []Linked{{v.t("entries.new"), door + "?" + url.Values{"part": {p.Part}}.Encode()}}
		}
		out = append(out, row)
	}
	return out, nil
}

// outlets are the distributors beside this one; samples stand among samples.
func (v *visit) outlets(d honne.Distributor) (OutletsPanel, error) {
	all, err := v.distributors()
	if err != nil {
		return OutletsPanel{}, err
	}
	var list []inspect.Outlet
	for _, x := range all {
		if x.Sample != d.Sample {
			continue
		}
		g, err := v.glance(x)
		if err != nil {
			return OutletsPanel{}, err
		}
		list = append(list, g.outlet)
	}
	x := inspect.SpreadOver(list)
	if !x.Known {
		var names []string
		for _, lack := range x.Lacking {
			names = append(names, v.name(lack))
		}
		return OutletsPanel{Message: v.t("dependency.outlets.unknown", honne.Text("names", strings.Join(names, v.t("list.comma"))))}, nil
	}
	out := OutletsPanel{Message: v.t("dependency.outlets.says", honne.Number("hhi", math.Round(x.HHI)), honne.Text("name", v.name(x.Shares[0].Distributor)), honne.Ratio("share", x.Shares[0].Share)),
		Basis: v.t("dependency.outlets.basis", honne.Word("series", "series."+string(x.Series)), honne.Over("period", x.Period))}
	for _, s := range x.Shares {
		out.Rows = append(out.Rows, OutletRow{Name: v.name(s.Distributor), Current: s.Distributor.ID == d.ID,
			Share: Linked{v.lang.Whole(s.Share), v.selectionLink(s.Distributor, s.Select)}, Money: Linked{v.lang.Money(s.Sold), v.selectionLink(s.Distributor, s.Select)}})
	}
	return out, nil
}

// exitNeeds are what must exist before an exit (ux 3.12), each with the ExitItems
// that make it up.
var exitNeeds = [...]struct {
	name  string
	items []string
}{{"registration", []string{"registrations"}}, {"stock", []string{"stock"}}, {"customers", []string{"customers", "vigilance"}}, {"notice", []string{"counsel"}}}

// beforeExit says of each thing whether it exists: the contract, a step that is
// done, or what an audit noted says so. What nobody wrote down is not known.
func (v *visit) beforeExit(d honne.Distributor, rec *honne.Record, steps []honne.Entry[honne.StrategyStep]) ([]ExitRow, error) {
	noted, err := v.notedInPlace(d)
	if err != nil {
		return nil, err
	}
	terms := inspect.Terms(rec)
	var out []ExitRow
	for _, need := range exitNeeds {
		row := ExitRow{Text: v.t("dependency.before." + need.name), State: Tag{"", "", v.t("not-known")}}
		if has, known := terms["registration"]; need.name == "registration" && known {
			row.State, row.Why = v.inPlace(has), v.t("dependency.before.contract")
		}
		if slices.ContainsFunc(need.items, func(i string) bool { return slices.Contains(noted, i) }) {
			row.State, row.Why = v.inPlace(allIn(need.items, noted)), v.t("dependency.before.audit")
		}
		v.prepared(&row, need.items, noted, steps, v.toldBy(rec.AsOf))
		if need.name == "notice" {
			row.Days = v.noticeDays(d.Profile)
		}
		if door := v.adopt(d, "prepares", need.items[0]); door != "" && row.State.Class != "ok" {
			row.Door = Linked{v.t("dependency.adopt"), door + "&strategy=G9"}
		}
		out = append(out, row)
	}
	return out, nil
}

func (v *visit) inPlace(has bool) Tag {
	if has {
		return Tag{"tick", "ok", v.t("exit.in-place")}
	}
	return Tag{"watch", "warn", v.t("dependency.before.missing")}
}

func allIn(items, noted []string) bool {
	return !slices.ContainsFunc(items, func(i string) bool { return !slices.Contains(noted, i) })
}

// prepared looks at the steps that put something in place: with what was noted
// there already all that it needs is done, or some of it is planned.
func (v *visit) prepared(row *ExitRow, items, noted []string, steps []honne.Entry[honne.StrategyStep], on honne.Date) {
	done := slices.Clone(noted)
	evidence, planned := "", honne.StrategyStep{}
	for _, e := range steps {
		switch b := e.Body; {
		case !slices.Contains(items, b.Prepares):
		case b.DoneBy(on):
			done, evidence = append(done, b.Prepares), b.Evidence
		default:
			planned = b
		}
	}
	switch {
	case evidence != "" && allIn(items, done):
		row.State, row.Why = v.inPlace(true), evidence
	case row.State.Class != "ok" && planned.Due != 0:
		row.State, row.Why = v.inPlace(false), v.t("dependency.before.planned", honne.Text("owner", planned.Owner), honne.Day("due", planned.Due))
	}
}

// notedInPlace are the ExitItems that the last decision of an audit found ready,
// for who may read audits.
func (v *visit) notedInPlace(d honne.Distributor) (items []string, err error) {
	if !v.may(auth.Read, auth.Audits) {
		return nil, nil
	}
	list, err := store.Entries[honne.Decision](v.Context(), v.app.Store, d.ID)
	if err != nil {
		return nil, fmt.Errorf("web: read decisions: %w", err)
	}
	if n := len(list); n > 0 {
		items = list[n-1].Body.InPlace
	}
	return items, nil
}

// noticeDays is the calendar of notice: the contract's days, the suggested one, and
// the earlier of them, behind which no notice is safe (domain 2.10).
func (v *visit) noticeDays(p honne.Profile) []Detail {
	today := honne.DateOf(v.now())
	day := func(on honne.Date, without string) string {
		switch {
		case on == 0:
			return v.t(without)
		case on < today:
			return v.lang.Date(on) + " " + v.t("exit.passed")
		}
		return v.lang.Date(on)
	}
	contract := audit.NoticeDay(p.Contract)
	suggested, _ := audit.SuggestedNotice(p)
	safe := cmp.Or(min(contract, suggested), suggested, contract)
	if contract == 0 { // without the contract's own day nothing is the latest
		safe = 0
	}
	if safe != 0 {
		safe = japan.National().OnOrBefore(safe)
	}
	return []Detail{{Name: v.t("exit.ends"), Value: day(p.Contract.Ends, "exit.unknown")}, {Name: v.t("exit.contract-notice"), Value: day(contract, "exit.unknown")},
		{Name: v.t("dependency.before.suggested"), Value: day(suggested, "exit.no-suggestion")}, {Name: v.t("dependency.before.safe"), Value: day(safe, "exit.unknown")}}
}
