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
	for _, list := range entryLists(b.rec) {
		for i := range rows {
			if rows[i].kind == list.kind {
				err = errors.Join(err, list.add(&rows[i], b.rec.AsOf))
			}
		}
		list.sort()
	}
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

// entryList is a list of the record: how an entry of its kind comes into it, and how it
// is put in order. What is equal stays in the order it was entered.
type entryList struct {
	kind honne.EntryKind
	add  func(e *entryRow, asOf honne.Date) error
	sort func()
}

// entryLists are the lists of a record. Only what counts on the record's day is added;
// what the house alone has, and claims, are no part of a record.
func entryLists(r *honne.Record) []entryList {
	return slices.Concat(saidLists(r), fieldLists(&r.Log), paperLists(r), ourLists(&r.Log), marketLists(&r.Log))
}

func saidLists(r *honne.Record) []entryList {
	return []entryList{
		dated(&r.Said, func(x honne.Said) honne.Date { return x.On }),
		dated(&r.Asked, func(x honne.Asked) honne.Date { return x.On }),
		dated(&r.Promises, func(x honne.Promise) honne.Date { return x.Made }),
		dated(&r.Approvals, func(x honne.Approval) honne.Date { return x.Asked }),
		ordered(&r.Noted, func(x honne.Fact) honne.Date { return x.On },
			func(x, y honne.Fact) int { return cmp.Or(cmp.Compare(x.Kind, y.Kind), cmp.Compare(x.On, y.On)) }),
		dated(&r.Log.Met, func(x honne.NotedMeeting) honne.Date { return x.Day }),
		dated(&r.Log.Answers, func(x honne.PhoneAnswer) honne.Date { return x.On }),
		ordered(&r.Log.Explained, func(x honne.Explanation) honne.Date { return x.On },
			func(x, y honne.Explanation) int { return cmp.Compare(x.Period.From, y.Period.From) }),
	}
}

// fieldLists are of the work with customers. A file tells of it from the day on which it came.
func fieldLists(l *honne.Log) []entryList {
	return []entryList{
		ordered(&l.Activities, func(x honne.FieldActivity) honne.Date { return max(x.On, x.Cited.Received) },
			func(x, y honne.FieldActivity) int { return cmp.Compare(x.On, y.On) }),
		ordered(&l.Months, func(x honne.ActivityMonth) honne.Date { return max(x.Month.First(), x.Cited.Received) },
			func(x, y honne.ActivityMonth) int {
				return cmp.Or(cmp.Compare(x.Month, y.Month), cmp.Compare(x.Kind, y.Kind))
			}),
		ordered(&l.Targets, func(x honne.TargetSite) honne.Date { return x.Listed },
			func(x, y honne.TargetSite) int { return cmp.Compare(x.Name, y.Name) }),
		dated(&l.Access, func(x honne.AccessRequest) honne.Date { return x.Asked }),
		ordered(&l.Contacts, func(x honne.Contact) honne.Date { return max(x.From, x.Cited.Received) },
			func(x, y honne.Contact) int {
				return cmp.Or(cmp.Compare(x.Function, y.Function), cmp.Compare(x.Name, y.Name))
			}),
		dated(&l.Investments, func(x honne.Investment) honne.Date { return x.From }),
		dated(&l.Margins, func(x honne.MarginRange) honne.Date { return x.From }),
	}
}

func paperLists(r *honne.Record) []entryList {
	return []entryList{
		ordered(&r.Register, func(x honne.Registration) honne.Date { return x.On },
			func(_, _ honne.Registration) int { return 0 }),
		ordered(&r.Log.Documents, func(x honne.Document) honne.Date { return x.Issued },
			func(x, y honne.Document) int {
				return cmp.Or(cmp.Compare(x.Kind, y.Kind), cmp.Compare(x.Issued, y.Issued))
			}),
		ordered(&r.Log.Terms, func(x honne.ContractTerm) honne.Date { return x.On },
			func(x, y honne.ContractTerm) int { return cmp.Compare(x.Term, y.Term) }),
		ordered(&r.Log.Waivers, func(x honne.GateWaiver) honne.Date { return x.On },
			func(x, y honne.GateWaiver) int { return cmp.Compare(x.Period.From, y.Period.From) }),
		ordered(&r.Log.Secret, func(x honne.Confidential) honne.Date { return x.From },
			func(x, y honne.Confidential) int { return cmp.Compare(x.Account, y.Account) }),
		dated(&r.Log.RedFlags, func(x honne.RedFlag) honne.Date { return x.On }),
	}
}

func ourLists(l *honne.Log) []entryList {
	return []entryList{
		dated(&l.OurActs, func(x honne.OurAct) honne.Date { return x.On }),
		dated(&l.Changes, func(x honne.ChangeRequest) honne.Date { return x.Asked }),
		dated(&l.Delayed, func(x honne.Delayed) honne.Date { return x.On }),
		ordered(&l.Pulses, func(x honne.Pulse) honne.Date { return x.Month.First() },
			func(x, y honne.Pulse) int {
				return cmp.Or(cmp.Compare(x.Month, y.Month), cmp.Compare(x.Rater, y.Rater))
			}),
		ordered(&l.Readiness, func(x honne.Readiness) honne.Date { return x.On },
			func(x, y honne.Readiness) int { return cmp.Compare(x.Question, y.Question) }),
		ordered(&l.Replace, func(x honne.Replacing) honne.Date { return x.On },
			func(x, y honne.Replacing) int { return cmp.Or(cmp.Compare(x.Part, y.Part), cmp.Compare(x.On, y.On)) }),
		dated(&l.Handled, func(x honne.SignAction) honne.Date { return x.On }),
		dated(&l.Seen, func(x honne.SignSeen) honne.Date { return x.On }),
	}
}

func marketLists(l *honne.Log) []entryList {
	return []entryList{
		ordered(&l.Estimates, func(x honne.MarketEstimate) honne.Date { return x.On },
			func(x, y honne.MarketEstimate) int {
				return cmp.Or(cmp.Compare(x.Start, y.Start), cmp.Compare(x.On, y.On))
			}),
		dated(&l.Market, func(x honne.MarketEvent) honne.Date { return x.On }),
		ordered(&l.Accounts, func(x honne.PublicAccount) honne.Date { return x.On },
			func(x, y honne.PublicAccount) int { return cmp.Compare(x.Year, y.Year) }),
		dated(&l.AtPartner, func(x honne.PartnerChange) honne.Date { return x.On }),
		dated(&l.Looks, func(x honne.BrandLook) honne.Date { return x.On }),
	}
}

// dated is a list in the order of the days from which its entries count.
func dated[T honne.Entered](into *[]T, day func(T) honne.Date) entryList {
	return ordered(into, day, func(x, y T) int { return cmp.Compare(day(x), day(y)) })
}

func ordered[T honne.Entered](into *[]T, day func(T) honne.Date, order func(x, y T) int) entryList {
	add := func(e *entryRow, asOf honne.Date) error {
		x, err := entryOf[T](e)
		if err == nil && noteWho(&x.Body, e) && day(x.Body) <= asOf {
			*into = append(*into, x.Body)
		}
		return err
	}
	var of T
	return entryList{of.EntryKind(), add, func() { slices.SortStableFunc(*into, order) }}
}

// noteWho notes on the body of an entry who stands behind it; false for one that does not
// count for it: what an assistant proposes counts once somebody confirms it, and what
// somebody keeps for himself never.
func noteWho(body any, e *entryRow) bool {
	confirmed := e.by != 0
	switch x := body.(type) {
	case *honne.Said:
		x.Confirmed = confirmed
		return confirmed || x.Assistant == ""
	case *honne.Promise:
		x.Confirmed = confirmed
	case *honne.Approval:
		x.Confirmed = confirmed
	case *honne.OurAct:
		x.Heard = !confirmed && x.Mail != 0
	case *honne.NotedMeeting:
		x.Heard = !confirmed && x.Mail != 0
	case *honne.PartnerChange:
		x.Heard = !confirmed && x.Mail != 0
	case *honne.Pulse:
		x.Rater = e.by
		return !x.Alone
	}
	return true
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
