package web

import (
	"cmp"
	"fmt"
	"net/http"
	"slices"

	"honne"
	"honne/internal/auth"
	"honne/internal/lang"
	"honne/internal/store"
)

// agreementsPage lists what both sides promised, ours first, what the machine
// proposes to write down, and the meetings that invitations tell of.
type agreementsPage struct {
	Frame
	Head
	Message   string
	Sides     []AgreementSide
	Talked    []AgreementRow // no commitments
	Settled   []AgreementRow
	Proposals []ProposalRow
	More      int // proposals after these
	Meetings  []MeetingRow
	Writes    bool
	New, Mail string
}

// AgreementSide is what one side owes.
type AgreementSide struct {
	Side, Title, None string
	Rows              []AgreementRow
}

// AgreementRow is one promise.
type AgreementRow struct {
	Code, Href, What, Much, Owner string
	Due, Moved                    string
	Side                          string
	State, Standing               Tag
}

// agreementList is a table of promises, of one side or of both.
type agreementList struct {
	Title string
	Both  bool
	Rows  []AgreementRow
}

// ProposalRow is a promise that was recognised in a message and that nobody
// confirmed yet.
type ProposalRow struct {
	AgreementRow
	N                   int
	Form, Made          string
	At, Mail            string
	Confirm, Edit, Drop string
}

// proposed is how many proposals stand on the page at once.
const proposed = 20

func agreementLink(e honne.Entry[honne.Promise]) string { return "/agreements/" + e.Code() }

func (a *app) showAgreements(w http.ResponseWriter, v *visit, d honne.Distributor) error {
	x, err := v.post(d)
	if err != nil {
		return err
	}
	list, err := store.Entries[honne.Promise](v.Context(), a.Store, d.ID)
	if err != nil {
		return fmt.Errorf("web: list agreements: %w", err)
	}
	page := agreementsPage{Frame: v.frameOf(d, v.t("tab.agreements")), Head: v.head(d, "agreements"), Writes: v.may(auth.Write, auth.Reviews)}
	if page.Writes {
		page.New = base(d) + "/agreements/new"
	}
	if v.may(auth.Read, auth.Signals) {
		page.Mail = v.link(base(d) + "/messages")
	}
	on := v.today(x.on)
	sortPromises(list)
	page.fill(v, d, list, on)
	page.Message = v.agreementsMessage(list, on)
	page.Meetings = x.meetings()
	return v.show(w, http.StatusOK, "agreements", page)
}

// today is the day on which a promise is looked at: of a page about the past
// that day, else this one.
func (v *visit) today(on honne.Date) honne.Date {
	if on != 0 {
		return on
	}
	return honne.DateOf(v.now())
}

// sortPromises puts ours first, then by the day they are due, those without a
// day last.
func sortPromises(list []honne.Entry[honne.Promise]) {
	due := func(p honne.Promise) honne.Date {
		if p.Due == 0 {
			return 1 << 30
		}
		return p.Due
	}
	slices.SortStableFunc(list, func(a, b honne.Entry[honne.Promise]) int {
		return cmp.Or(cmp.Compare(sideOrder(a.Body.By), sideOrder(b.Body.By)), cmp.Compare(due(a.Body), due(b.Body)), cmp.Compare(a.Number, b.Number))
	})
}

func sideOrder(s honne.Side) int { return slices.Index([]honne.Side{honne.Ours, honne.Theirs}, s) }

// fill sorts the promises into what is to be done about them.
func (page *agreementsPage) fill(v *visit, d honne.Distributor, list []honne.Entry[honne.Promise], on honne.Date) {
	page.Sides = []AgreementSide{{Side: "ours", Title: v.t("agreements.ours"), None: v.t("agreements.ours.none")},
		{Side: "theirs", Title: v.t("agreements.theirs"), None: v.t("agreements.theirs.none")}}
	var proposals []honne.Entry[honne.Promise]
	for _, e := range list {
		row := v.agreementRow(e, on)
		switch {
		case e.By == 0:
			proposals = append(proposals, e)
		case e.Body.Outcome != honne.PromiseOpen:
			page.Settled = append(page.Settled, row)
		case e.Body.Standing != honne.PromiseCommitted:
			page.Talked = append(page.Talked, row)
		case e.Body.By == honne.Ours:
			page.Sides[0].Rows = append(page.Sides[0].Rows, row)
		default:
			page.Sides[1].Rows = append(page.Sides[1].Rows, row)
		}
	}
	slices.SortStableFunc(proposals, func(a, b honne.Entry[honne.Promise]) int {
		return cmp.Or(cmp.Compare(sideOrder(a.Body.By), sideOrder(b.Body.By)), -cmp.Compare(a.Body.Made, b.Body.Made))
	})
	page.More = max(0, len(proposals)-proposed)
	for _, e := range proposals[:len(proposals)-page.More] {
		page.Proposals = append(page.Proposals, v.proposalRow(d, e, on))
	}
}

func (v *visit) agreementRow(e honne.Entry[honne.Promise], on honne.Date) AgreementRow {
	p := e.Body
	row := AgreementRow{Code: e.Code(), Href: agreementLink(e), What: v.inWords(p.What), Much: p.Much, Owner: p.Owner, Due: v.lang.Date(p.Due),
		Side: v.t("side." + string(p.By)), State: v.promiseState(e, on), Standing: v.standing(p)}
	if n := len(p.Moves); n > 0 {
		row.Moved = v.t("agreement.moved", honne.Count("n", n), honne.Day("day", p.FirstDue()))
	}
	return row
}

// inWords is a text in a language, else in the other one.
func inWords(l lang.Language, b honne.Both) string {
	if l == lang.JA {
		return cmp.Or(b.JA, b.EN)
	}
	return cmp.Or(b.EN, b.JA)
}

func (v *visit) inWords(b honne.Both) string { return inWords(v.lang, b) }

func (v *visit) proposalRow(d honne.Distributor, e honne.Entry[honne.Promise], on honne.Date) ProposalRow {
	p := e.Body
	row := ProposalRow{AgreementRow: v.agreementRow(e, on), N: e.N, Form: v.t("agreement.form." + string(p.Form)), Made: v.lang.Date(p.Made), At: p.At}
	row.What, row.State = quoted(p), v.foundState(e, on)
	if p.Mail != 0 && v.may(auth.Read, auth.Signals) {
		row.Mail, row.At = v.mailLink(d, p.Mail), v.letterName(d, p.Mail, p.At)
	}
	if v.may(auth.Write, auth.Reviews) {
		row.Confirm, row.Edit, row.Drop = row.Href+"/confirm", row.Href+"/edit", row.Href+"/dismiss"
	}
	return row
}

// promiseCounts are how many promises there are: past their day on each side, open, and
// found in messages with nobody's word, of these past their day.
type promiseCounts struct{ ours, theirs, open, found, late int }

func countPromises(list []honne.Entry[honne.Promise], on honne.Date) (n promiseCounts) {
	for _, e := range list {
		switch {
		case e.By == 0 && !e.Withdrawn:
			n.found++
			if past(taken(e), on) {
				n.late++
			}
		case !standing(e):
		case !past(e, on):
			n.open++
		case e.Body.By == honne.Ours:
			n.ours++
		default:
			n.theirs++
		}
	}
	return n
}

// foundState is what mail tells of a promise that nobody confirmed: past its day it may
// have been kept in a way that mail does not tell, ours as well as theirs.
func (v *visit) foundState(e honne.Entry[honne.Promise], on honne.Date) Tag {
	if e = taken(e); past(e, on) {
		return Tag{"watch", "warn", v.t("agreement.state.ask")}
	}
	return v.promiseState(e, on)
}

// agreementsMessage says in one sentence what is past its day, ours first.
func (v *visit) agreementsMessage(list []honne.Entry[honne.Promise], on honne.Date) string {
	n := countPromises(list, on)
	switch {
	case len(list) == 0:
		return v.t("agreements.empty")
	case n.ours > 0 && n.theirs > 0:
		return v.t("agreements.both", honne.Count("ours", n.ours), honne.Count("theirs", n.theirs))
	case n.ours > 0:
		return v.t("agreements.owe", honne.Count("ours", n.ours))
	case n.theirs > 0:
		return v.t("agreements.ask", honne.Count("theirs", n.theirs))
	case n.late > 0:
		return v.t("agreements.wait.late", honne.Count("n", n.found), honne.Count("late", n.late))
	case n.found > 0:
		return v.t("agreements.wait", honne.Count("n", n.found))
	case n.open == 0:
		return v.t("agreements.calm.none")
	}
	return v.t("agreements.calm", honne.Count("n", n.open))
}

// standing reports whether a promise is an open commitment that a person
// confirmed.
func standing(e honne.Entry[honne.Promise]) bool {
	return e.By != 0 && !e.Withdrawn && e.Body.Outcome == honne.PromiseOpen && e.Body.Standing == honne.PromiseCommitted
}

// taken is what was found in a message as if a person had confirmed it.
func taken(e honne.Entry[honne.Promise]) honne.Entry[honne.Promise] {
	e.By = max(e.By, 1)
	return e
}

// past reports whether the day of an open commitment has passed, and a business day after it.
func past(e honne.Entry[honne.Promise], on honne.Date) bool {
	return standing(e) && e.Body.Due != 0 && businessDays(e.Body.Due, on) > 0
}

// MeetingRow is a meeting as its invitations tell it.
type MeetingRow struct {
	Day, Set, Href string
	State          Tag
	Moves          []Linked
}

// meetings lists what invitations tell, the newest first.
func (x *post) meetings() []MeetingRow {
	var out []MeetingRow
	for _, m := range slices.Backward(x.met) {
		row := MeetingRow{Day: x.lang.Date(m.Set), Set: x.t("meeting.set." + string(m.By)), State: x.meetingState(m), Href: x.meetingDoor(m.Mail)}
		if m.Day() != 0 {
			row.Day = x.lang.Date(m.Day())
		}
		from := m.Set
		for _, move := range m.Moves {
			key := "meeting.moved."
			if move.To == 0 {
				key = "meeting.off."
			}
			say := x.t(key+string(move.By), honne.Day("from", from), honne.Day("to", move.To), honne.Day("on", move.On))
			row.Moves, from = append(row.Moves, Linked{say, x.meetingDoor(move.Mail)}), move.To
		}
		out = append(out, row)
	}
	return out
}

func (x *post) meetingDoor(id honne.MailID) string {
	if id == 0 || !x.may(auth.Read, auth.Signals) {
		return ""
	}
	return x.mailLink(x.d, id)
}

func (x *post) meetingState(m honne.Meeting) Tag {
	switch day := m.Day(); {
	case day == 0:
		return Tag{"cross", "", x.t("meeting.called-off")}
	case day < x.on:
		return Tag{"tick", "", x.t("meeting.past")}
	}
	return Tag{"clear", "", x.t("meeting.coming")}
}
