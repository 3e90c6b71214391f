package honne

import "time"

// NameID numbers the names of a distributor: of accounts and of products.
type NameID int64

// Name is an account or a product as files write it.
type Name struct {
	ID      NameID
	Product bool
	EndUser bool // an account that uses the product
	Code    string
	Name    string
	Place   string // of a party, where an address stood beside its name
}

// NameVerdict is what a person said of two names.
type NameVerdict string

// The verdicts. The last one on two names counts; NamesWithdrawn takes back
// whatever was said of them.
const (
	NamesSame      NameVerdict = "same"      // one party, or one article
	NamesDiffer    NameVerdict = "different" // two
	NameOfPart     NameVerdict = "parent"    // two: the second is a part of the first
	NamesWithdrawn NameVerdict = "withdrawn"
)

// NameQuestion is whether two names mean one party, which the machine may not
// decide.
type NameQuestion struct {
	A, B    Name
	Score   float64 // 0 to 1; it orders questions and is no probability
	Reasons []Message
}

// NameJoint is why two names count as one party.
type NameJoint struct {
	A, B    Name
	Person  bool // somebody said so; else the machine
	Reasons []Message
}

// NameRuling is one thing that a person said of two names.
type NameRuling struct {
	N       int // its place among the rulings of the distributor, from 1
	A, B    Name
	Verdict NameVerdict
	By      UserID
	At      time.Time
	InForce bool // it is the last on these names, and not a withdrawal
}
