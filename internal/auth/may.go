// Package auth owns accounts, passwords, sessions and who may do what. One
// function, May, answers every question of permission, and is tested as a full
// matrix. The package refuses to know pages: it sees verbs and areas.
//
// What somebody may not do does not exist for them: the web answers 404, never
// 403 (ux 2, Roles).
package auth

import (
	"slices"

	"honne/internal/store"
)

// Role is what a person is in the manufacturer's house, or beside it. The right
// of an administrator stands beside a role and opens no content.
type Role string

// The roles of ux 2 and domain 3.3. Viewer reads what a manager reads of
// figures and pictures, and writes nothing.
const (
	Director   Role = "director"   // HQ director
	Manager    Role = "manager"    // APAC manager
	Auditor    Role = "auditor"    // external auditor
	Regulatory Role = "regulatory" // regulatory lead
	CFO        Role = "cfo"
	Counsel    Role = "counsel" // counsel and compliance
	Viewer     Role = "viewer"
)

// Roles lists the roles in the order of a form, and of the columns of grant.
func Roles() []Role {
	return []Role{Director, Manager, Auditor, Regulatory, CFO, Counsel, Viewer}
}

// Verb is what somebody wants to do.
type Verb string

// The verbs. Who writes also reads.
const (
	Read  Verb = "read"
	Write Verb = "write"
)

// Area is what it is done to.
type Area string

// The areas, each a row of the table of ux 2.
const (
	Overview   Area = "overview" // portfolio, distributor overview
	Figures    Area = "figures"  // figures, intake, evidence
	Signals    Area = "signals"  // signs, claims, verdicts
	Legal      Area = "legal"    // claims and verdicts on registration, exclusivity, law
	Audits     Area = "audits"   // criteria, findings
	OffRecord  Area = "off-record"
	Reviews    Area = "reviews" // reviews, check-ins, agreements
	Incentives Area = "incentives"
	Search     Area = "search" // dependency, partner search, outcome draft
	OurSide    Area = "our-side"
	Rates      Area = "rates" // exchange rates
	Reports    Area = "reports"
	RedFlags   Area = "red-flags" // red flags, legal notes, legal hold
	Accounts   Area = "accounts"  // accounts, mailboxes, backups
)

// Areas lists the areas in the order of the table.
func Areas() []Area {
	return []Area{Overview, Figures, Signals, Legal, Audits, OffRecord, Reviews, Incentives, Search,
		OurSide, Rates, Reports, RedFlags, Accounts}
}

// Object is an area of one distributor, or of all.
type Object struct {
	Area    Area
	Audited bool // the distributor is one that this person audits
}

// May reports whether a person may do a thing. A disabled account may nothing;
// an administrator without a role sees accounts and no content.
func May(u store.User, v Verb, o Object) bool {
	if u.Disabled {
		return false
	}
	if o.Area == Accounts {
		return u.Admin
	}
	granted := grant(Role(u.Role), o.Area)
	if granted == audited {
		return o.Audited && v == Read
	}
	return granted == writes || granted == reads && v == Read
}

type right byte

const (
	nothing right = iota
	reads
	writes
	audited // reads, of the distributor that the person audits
)

// grants is the table of ux 2, by area in the order of Roles. Where the table says
// "aggregate only" or "own", the row here is what every record of the area allows; the
// narrower case is a rule of that area's page.
var grants = func() map[Area][7]right {
	const R, W, A, o = reads, writes, audited, nothing
	return map[Area][7]right{
		//          dir man aud reg cfo cou view
		Overview:   {R, W, A, R, R, R, R},
		Figures:    {R, W, R, R, R, R, R},
		Signals:    {W, W, R, R, R, R, R},
		Legal:      {W, W, R, W, R, R, R},
		Audits:     {R, R, W, R, R, R, o},
		OffRecord:  {o, o, W, o, o, o, o},
		Reviews:    {W, W, R, R, R, R, R},
		Incentives: {W, W, R, o, W, R, o},
		Search:     {W, W, o, R, R, R, o},
		OurSide:    {W, W, R, W, R, R, R},
		Rates:      {W, W, R, R, W, R, R},
		Reports:    {W, W, W, R, R, R, R},
		RedFlags:   {o, o, o, o, o, W, o},
	}
}()

func grant(r Role, a Area) right {
	i := slices.Index(Roles(), r)
	if i < 0 {
		return nothing
	}
	return grants[a][i]
}
