package store

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"

	"honne"
)

// addEntries gives the record what people entered and what was heard, of its
// distributor and of the house, each from the day it was said or was true.
func (b *recorder) addEntries(ctx context.Context, q querier, own []entryRow, at honne.AsOf) error {
	rows, err := standing(ctx, q, 0, at, `AND kind = $3`, string(honne.EntryReadiness)) // of the whole house: they count for each of its partners
	rows = append(rows, own...)
	readers := entryReaders(b.rec)
	for i := range rows {
		if read := readers[rows[i].kind]; read != nil {
			err = errors.Join(err, read(&rows[i]))
		}
	}
	sortEntries(b.rec)
	return errors.Join(err, addThresholds(ctx, q, b.rec, at), addAudits(b.rec, own))
}

// addThresholds gives the record the thresholds of its distributor. A rule is known
// from the moment somebody set it, so that an old day is told by the rules of then.
func addThresholds(ctx context.Context, q querier, r *honne.Record, at honne.AsOf) error {
	if end := at.Known.End(); at.Known != 0 && (at.Recorded.IsZero() || end.Before(at.Recorded)) {
		at.Recorded = end
	}
	rows, err := standing(ctx, q, r.Distributor.ID, at, `AND kind = $3`, string(honne.EntryThreshold))
	r.Thresholds, err = entriesOf[honne.OwnThreshold](rows, err)
	slices.SortStableFunc(r.Thresholds, func(x, y honne.Entry[honne.OwnThreshold]) int {
		return cmp.Or(strings.Compare(x.Body.Threshold, y.Body.Threshold), x.At.Compare(y.At))
	})
	return err
}

// entryReaders add the body of an entry to where the record has its kind. Only
// what counts on the record's day is added; what the house alone has, and claims,
// are no part of a record.
func entryReaders(r *honne.Record) map[honne.EntryKind]func(*entryRow) error {
	l := &r.Log
	by := func(on honne.Date) bool { return on <= r.AsOf }
	heard := func(on honne.Date, c honne.Cited) bool { return by(max(on, c.Received)) } // a list tells of it from the day on which it came
	return map[honne.EntryKind]func(*entryRow) error{
		honne.EntryMention: read(&r.Said, func(x *honne.Said, e *entryRow) bool {
			x.Confirmed = e.by != 0
			return by(x.On) && (x.Confirmed || x.Assistant == "") // what an assistant proposes counts once somebody confirms it
		}),
		honne.EntryFact:          read(&r.Noted, func(x *honne.Fact, _ *entryRow) bool { return by(x.On) }),
		honne.EntryRegistration:  read(&r.Register, func(x *honne.Registration, _ *entryRow) bool { return by(x.On) }),
		honne.EntryQuestion:      read(&r.Asked, func(x *honne.Asked, _ *entryRow) bool { return by(x.On) }),
		honne.EntryPromise:       read(&r.Promises, func(x *honne.Promise, e *entryRow) bool { x.Confirmed = e.by != 0; return by(x.Made) }),
		honne.EntryApproval:      read(&r.Approvals, func(x *honne.Approval, e *entryRow) bool { x.Confirmed = e.by != 0; return by(x.Asked) }),
		honne.EntryActivity:      read(&l.Activities, func(x *honne.FieldActivity, _ *entryRow) bool { return heard(x.On, x.Cited) }),
		honne.EntryActivityMonth: read(&l.Months, func(x *honne.ActivityMonth, _ *entryRow) bool { return heard(x.Month.First(), x.Cited) }),
		honne.EntryTargetSite:    read(&l.Targets, func(x *honne.TargetSite, _ *entryRow) bool { return by(x.Listed) }),
		honne.EntryAccessRequest: read(&l.Access, func(x *honne.AccessRequest, _ *entryRow) bool { return by(x.Asked) }),
		honne.EntryInvestment:    read(&l.Investments, func(x *honne.Investment, _ *entryRow) bool { return by(x.From) }),
		honne.EntryMarginRange:   read(&l.Margins, func(x *honne.MarginRange, _ *entryRow) bool { return by(x.From) }),
		honne.EntryDocument:      read(&l.Documents, func(x *honne.Document, _ *entryRow) bool { return by(x.Issued) }),
		honne.EntryContact:       read(&l.Contacts, func(x *honne.Contact, _ *entryRow) bool { return heard(x.From, x.Cited) }),
		honne.EntryRedFlag:       read(&l.RedFlags, func(x *honne.RedFlag, _ *entryRow) bool { return by(x.On) }),
		honne.EntryPulse:         read(&l.Pulses, func(x *honne.Pulse, e *entryRow) bool { x.Rater = e.by; return by(x.Month.First()) && !x.Alone }),
		honne.EntryPublicAccount: read(&l.Accounts, func(x *honne.PublicAccount, _ *entryRow) bool { return by(x.On) }),
		honne.EntryExplanation:   read(&l.Explained, func(x *honne.Explanation, _ *entryRow) bool { return by(x.On) }),
		honne.EntryOurAct:        read(&l.OurActs, func(x *honne.OurAct, e *entryRow) bool { x.Heard = e.by == 0 && x.Mail != 0; return by(x.On) }),
		honne.EntryChangeRequest: read(&l.Changes, func(x *honne.ChangeRequest, _ *entryRow) bool { return by(x.Asked) }),
		honne.EntryDelayed:       read(&l.Delayed, func(x *honne.Delayed, _ *entryRow) bool { return by(x.On) }),
		honne.EntryContractTerm:  read(&l.Terms, func(x *honne.ContractTerm, _ *entryRow) bool { return by(x.On) }),
		honne.EntryReadiness:     read(&l.Readiness, func(x *honne.Readiness, _ *entryRow) bool { return by(x.On) }),
		honne.EntryEstimate:      read(&l.Estimates, func(x *honne.MarketEstimate, _ *entryRow) bool { return by(x.On) }),
		honne.EntryMarketEvent:   read(&l.Market, func(x *honne.MarketEvent, _ *entryRow) bool { return by(x.On) }),
		honne.EntryGateWaiver:    read(&l.Waivers, func(x *honne.GateWaiver, _ *entryRow) bool { return by(x.On) }),
		honne.EntryConfidential:  read(&l.Secret, func(x *honne.Confidential, _ *entryRow) bool { return by(x.From) }),
		honne.EntryReplacing:     read(&l.Replace, func(x *honne.Replacing, _ *entryRow) bool { return by(x.On) }),
		honne.EntryBrandLook:     read(&l.Looks, func(x *honne.BrandLook, _ *entryRow) bool { return by(x.On) }),
		honne.EntryMeeting:       read(&l.Met, func(x *honne.NotedMeeting, e *entryRow) bool { x.Heard = e.by == 0 && x.Mail != 0; return by(x.Day) }),
		honne.EntryPartnerChange: read(&l.AtPartner, func(x *honne.PartnerChange, e *entryRow) bool { x.Heard = e.by == 0 && x.Mail != 0; return by(x.On) }),
		honne.EntryPhoneAnswer:   read(&l.Answers, func(x *honne.PhoneAnswer, _ *entryRow) bool { return by(x.On) }),
		honne.EntrySignAction:    read(&l.Handled, func(x *honne.SignAction, _ *entryRow) bool { return by(x.On) }),
		honne.EntrySignSeen:      read(&l.Seen, func(x *honne.SignSeen, _ *entryRow) bool { return by(x.On) }),
	}
}

// read adds the body of a row to a list, when it counts.
func read[T honne.Entered](list *[]T, counts func(*T, *entryRow) bool) func(*entryRow) error {
	return func(r *entryRow) error {
		e, err := entryOf[T](r)
		if err == nil && counts(&e.Body, r) {
			*list = append(*list, e.Body)
		}
		return err
	}
}

// sortEntries puts what was entered in the order of the record; what is equal
// stays in the order it was entered.
func sortEntries(r *honne.Record) {
	l := &r.Log
	byDay(r.Said, func(x honne.Said) honne.Date { return x.On })
	byDay(r.Asked, func(x honne.Asked) honne.Date { return x.On })
	byDay(r.Promises, func(x honne.Promise) honne.Date { return x.Made })
	byDay(r.Approvals, func(x honne.Approval) honne.Date { return x.Asked })
	slices.SortStableFunc(r.Noted, func(x, y honne.Fact) int { return cmp.Or(cmp.Compare(x.Kind, y.Kind), cmp.Compare(x.On, y.On)) })
	byDay(l.Activities, func(x honne.FieldActivity) honne.Date { return x.On })
	slices.SortStableFunc(l.Months, func(x, y honne.ActivityMonth) int {
		return cmp.Or(cmp.Compare(x.Month, y.Month), cmp.Compare(x.Kind, y.Kind))
	})
	slices.SortStableFunc(l.Targets, func(x, y honne.TargetSite) int { return strings.Compare(x.Name, y.Name) })
	byDay(l.Access, func(x honne.AccessRequest) honne.Date { return x.Asked })
	byDay(l.Investments, func(x honne.Investment) honne.Date { return x.From })
	byDay(l.Margins, func(x honne.MarginRange) honne.Date { return x.From })
	slices.SortStableFunc(l.Documents, func(x, y honne.Document) int {
		return cmp.Or(cmp.Compare(x.Kind, y.Kind), cmp.Compare(x.Issued, y.Issued))
	})
	slices.SortStableFunc(l.Contacts, func(x, y honne.Contact) int {
		return cmp.Or(cmp.Compare(x.Function, y.Function), cmp.Compare(x.Name, y.Name))
	})
	byDay(l.RedFlags, func(x honne.RedFlag) honne.Date { return x.On })
	slices.SortStableFunc(l.Pulses, func(x, y honne.Pulse) int {
		return cmp.Or(cmp.Compare(x.Month, y.Month), cmp.Compare(x.Rater, y.Rater))
	})
	slices.SortStableFunc(l.Accounts, func(x, y honne.PublicAccount) int { return cmp.Compare(x.Year, y.Year) })
	byDay(l.Explained, func(x honne.Explanation) honne.Date { return x.Period.From })
	byDay(l.OurActs, func(x honne.OurAct) honne.Date { return x.On })
	byDay(l.Changes, func(x honne.ChangeRequest) honne.Date { return x.Asked })
	byDay(l.Delayed, func(x honne.Delayed) honne.Date { return x.On })
	slices.SortStableFunc(l.Terms, func(x, y honne.ContractTerm) int { return strings.Compare(x.Term, y.Term) })
	slices.SortStableFunc(l.Readiness, func(x, y honne.Readiness) int { return strings.Compare(x.Question, y.Question) })
	slices.SortStableFunc(l.Estimates, func(x, y honne.MarketEstimate) int {
		return cmp.Or(cmp.Compare(x.Start, y.Start), cmp.Compare(x.On, y.On))
	})
	byDay(l.Market, func(x honne.MarketEvent) honne.Date { return x.On })
	byDay(l.Waivers, func(x honne.GateWaiver) honne.Date { return x.Period.From })
	slices.SortStableFunc(l.Secret, func(x, y honne.Confidential) int { return strings.Compare(x.Account, y.Account) })
	slices.SortStableFunc(l.Replace, func(x, y honne.Replacing) int {
		return cmp.Or(strings.Compare(x.Part, y.Part), cmp.Compare(x.On, y.On))
	})
	byDay(l.Looks, func(x honne.BrandLook) honne.Date { return x.On })
	byDay(l.Met, func(x honne.NotedMeeting) honne.Date { return x.Day })
	byDay(l.AtPartner, func(x honne.PartnerChange) honne.Date { return x.On })
	byDay(l.Answers, func(x honne.PhoneAnswer) honne.Date { return x.On })
	byDay(l.Handled, func(x honne.SignAction) honne.Date { return x.On })
	byDay(l.Seen, func(x honne.SignSeen) honne.Date { return x.On })
}

// byDay puts a list in the order of days.
func byDay[T any](list []T, day func(T) honne.Date) {
	slices.SortStableFunc(list, func(x, y T) int { return cmp.Compare(day(x), day(y)) })
}

// entrySources lists the entries of a kind that count by at.Known and whose day
// is in the period, by their codes; those without a day always do. Those that rest
// on a file open to its rows instead.
func entrySources(ctx context.Context, q querier, d honne.DistributorID, at honne.AsOf, sel honne.Selection) ([]honne.Source, error) {
	rows, err := standing(ctx, q, d, at, `AND kind = $3`, string(sel.Log))
	var out []honne.Source
	var cells []honne.Cited
	for _, r := range rows {
		var x entryDay
		err = errors.Join(err, json.Unmarshal([]byte(r.body), &x))
		on := x.day()
		if x.Alone { // a private log is no source
			continue
		}
		if max(on, x.Cited.Received) > at.Known && at.Known != 0 || on != 0 && !sel.Period.IsZero() && !sel.Period.Contains(on) {
			continue
		}
		if x.Cited.File != 0 {
			cells = append(cells, x.Cited)
			continue
		}
		out = append(out, honne.Source{Path: honne.EntryCode(r.kind, r.number), Figures: 1})
	}
	return append(citedSources(cells), out...), err
}

// entryDay is the day of an entry, by whatever name its kind has it.
type entryDay struct {
	On, Asked, Made, From, Issued, Listed honne.Date
	Month                                 honne.Month
	Alone                                 bool
	Cited                                 honne.Cited
}

func (x entryDay) day() honne.Date {
	if x.Month != 0 {
		return x.Month.First()
	}
	return cmp.Or(x.On, x.Asked, x.Made, x.Issued, x.Listed, x.From)
}
