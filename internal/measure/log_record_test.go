package measure

import (
	"fmt"
	"slices"
	"strings"

	"honne"
)

// The log in a case file, "-" for a day that is not known:
//
//	targets 20 2024-01-01              sites S1 … S20, listed on that day
//	leaders 12 2024-01-01              opinion leaders L1 … L12
//	did visit 2025-07-01 S1 sato       also inbound, joint, decides, verified
//	whole 2025-04 6 [kind] [planned 3] six months from April
//	ask-access 2025-07-01 S1 key granted 2025-07-10 met 2025-07-20
//	invest seminar-kind 2025-04-01 2025-09-30 100 120     or none for an answer
//	margin 2025-04-01 2025-09-30 800 1000
//	document licence 2020-04-01 2026-03-31 [optional]
//	contact sales direct [top] [field] [english] [left 2025-04-01]
//	red-flag 2025-07-01 kind [critical] [closed 2025-08-01]
//	pulse 2025-07 1 4 [alone]
//	public 2024 50000 [on day] [japan n] [rank n of n] [staff n of n]
//	explained 2025-04..2025-06 on 2025-07-10 why action
//	our-act kind on due until
//	estimate growth 2025-04 7 8 9 2026-03-01   unit, first month, low, base, high, day
//	waived 2025-04..2025-06 on 2025-08-01 reason [ours]
//	secret 青葉病院 2025-04-01 until
//	market-event tender 2025-07-01 2025-08-31
func (d *draft) logged(f []string) bool {
	l := &d.r.Log
	switch f[0] {
	case "targets", "leaders":
		for i := range int(number(f[1])) {
			name := map[string]string{"targets": "S", "leaders": "L"}[f[0]] + fmt.Sprint(i+1)
			l.Targets = append(l.Targets, honne.TargetSite{Name: name, Leader: f[0] == "leaders", Listed: date(f[2])})
		}
	case "did":
		l.Activities = append(l.Activities, honne.FieldActivity{Kind: honne.ActivityKind(f[1]), On: date(f[2]), Site: f[3], Rep: f[4],
			Outbound: !has(f, "inbound"), Joint: has(f, "joint"), DecisionMaker: has(f, "decides"), Verified: has(f, "verified")})
	case "whole":
		x := honne.ActivityMonth{Whole: !has(f, "partly")}
		if len(f) > 3 && f[3] != "planned" && f[3] != "partly" {
			x.Kind = honne.ActivityKind(f[3])
		}
		x.Planned = int(number(after(f, "planned", "0")))
		for i := range int(number(f[2])) {
			x.Month = month(f[1]) + honne.Month(i)
			l.Months = append(l.Months, x)
		}
	case "ask-access":
		x := honne.AccessRequest{Asked: date(f[1]), Whom: f[2], Key: has(f, "key"), Leader: has(f, "leader"), Met: day(after(f, "met", "-")), Reason: after(f, "reason", "")}
		for _, answer := range []honne.AccessAnswer{honne.AccessGranted, honne.AccessRefused} {
			if has(f, string(answer)) {
				x.Answer, x.Answered = answer, date(after(f, string(answer), ""))
			}
		}
		l.Access = append(l.Access, x)
	case "invest":
		x := honne.Investment{Kind: honne.InvestmentKind(f[1]), From: date(f[2]), To: date(f[3]), None: f[1] == "none"}
		if len(f) > 4 {
			x.Low, x.High = yen(f[4]), yen(f[5])
		}
		l.Investments = append(l.Investments, x)
	case "margin":
		l.Margins = append(l.Margins, honne.MarginRange{From: date(f[1]), To: date(f[2]), Low: yen(f[3]), High: yen(f[4])})
	case "document":
		l.Documents = append(l.Documents, honne.Document{Kind: f[1], Issued: day(f[2]), Expires: day(f[3]), Required: !has(f, "optional")})
	case "contact":
		l.Contacts = append(l.Contacts, honne.Contact{Function: honne.Function(f[1]), Direct: has(f, "direct"), Top: has(f, "top"), Field: has(f, "field"),
			English: has(f, "english"), To: day(after(f, "left", "-"))})
	default:
		return d.judgedByPeople(f)
	}
	return true
}

func (d *draft) judgedByPeople(f []string) bool {
	l := &d.r.Log
	switch f[0] {
	case "red-flag":
		l.RedFlags = append(l.RedFlags, honne.RedFlag{On: date(f[1]), Kind: f[2], Critical: has(f, "critical"), Closed: day(after(f, "closed", "-"))})
	case "pulse":
		l.Pulses = append(l.Pulses, honne.Pulse{Month: month(f[1]), Rater: honne.UserID(number(f[2])), Score: int(number(f[3])), Alone: has(f, "alone")})
	case "public":
		l.Accounts = append(l.Accounts, honne.PublicAccount{Year: int(number(f[1])), On: day(after(f, "on", "-")), Revenue: yen(f[2]), OurJapan: yen(after(f, "japan", "0")),
			Rank: int(number(after(f, "rank", "0"))), Staff: float(after(f, "staff", "0")), AllStaff: float(after(f, "all", "0"))})
	case "explained":
		from, to, _ := strings.Cut(f[1], "..")
		e := honne.Explanation{Period: honne.Months(month(from), month(to)), On: date(f[3])}
		if len(f) > 4 {
			e.Why = f[4]
		}
		if len(f) > 5 {
			e.Action = f[5]
		}
		l.Explained = append(l.Explained, e)
	case "waived":
		from, to, _ := strings.Cut(f[1], "..")
		l.Waivers = append(l.Waivers, honne.GateWaiver{Period: honne.Months(month(from), month(to)), On: date(f[3]), Reason: f[4], Ours: has(f, "ours")})
	case "secret":
		l.Secret = append(l.Secret, honne.Confidential{Account: f[1], From: date(f[2]), Until: day(f[3])})
	case "our-act":
		l.OurActs = append(l.OurActs, honne.OurAct{Kind: honne.OurActKind(f[1]), On: day(f[2]), Due: day(f[3]), Until: day(f[4])})
	case "estimate":
		l.Estimates = append(l.Estimates, honne.MarketEstimate{What: "implants", Unit: honne.EstimateUnit(f[1]), Start: month(f[2]), Low: counted3(f[3]), Base: counted3(f[4]),
			High: counted3(f[5]), Method: honne.EstimateMeasured, Source: "statistics", On: date(f[6])})
	case "market-event":
		l.Market = append(l.Market, honne.MarketEvent{Kind: honne.MarketEventKind(f[1]), On: date(f[2]), Until: day(f[3])})
	default:
		return false
	}
	return true
}

// counted3 is one of the three figures of an estimate.
func counted3(s string) *float64 {
	if s == "-" {
		return nil
	}
	x := float(s)
	return &x
}

func has(f []string, word string) bool { return slices.Contains(f, word) }

// after is the word behind another one.
func after(f []string, word, without string) string {
	if i := slices.Index(f, word); i >= 0 {
		return f[i+1]
	}
	return without
}

func day(s string) honne.Date {
	if s == "-" {
		return 0
	}
	return date(s)
}

func yen(s string) honne.Money {
	if n := number(s); n != 0 {
		return honne.Money{Minor: n, Currency: honne.JPY}
	}
	return honne.Money{}
}
