package honne

import (
	"fmt"
	"time"
)

// EntryKind names what an entry is about.
type EntryKind string

// The kinds of entries.
const (
	EntryMention      EntryKind = "mention"
	EntryClaim        EntryKind = "claim"
	EntryFact         EntryKind = "fact"
	EntryRegistration EntryKind = "registration"
	EntryQuestion     EntryKind = "question"
	EntryExcuse       EntryKind = "excuse"
	EntryPromise      EntryKind = "promise"
	EntryApproval     EntryKind = "approval"
)

// Entered is what can be written about a distributor: the body of an entry.
type Entered interface {
	EntryKind() EntryKind
}

// EntryKind says that a reason given is a mention.
func (Said) EntryKind() EntryKind { return EntryMention }

// EntryKind says that a judgement is of a claim.
func (Judgement) EntryKind() EntryKind { return EntryClaim }

// EntryKind says that it is a fact.
func (Fact) EntryKind() EntryKind { return EntryFact }

// EntryKind says that it is a registration.
func (Registration) EntryKind() EntryKind { return EntryRegistration }

// EntryKind says that it is a question of ours.
func (Asked) EntryKind() EntryKind { return EntryQuestion }

// EntryKind says that it is an excuse of the house's library.
func (OwnExcuse) EntryKind() EntryKind { return EntryExcuse }

// EntryKind says that it is a promise.
func (Promise) EntryKind() EntryKind { return EntryPromise }

// EntryKind says that it is an approval.
func (Approval) EntryKind() EntryKind { return EntryApproval }

// Entry is one version of what somebody wrote on a form, or what the machine
// proposes to write there. Nothing is overwritten: the last version counts, and
// a withdrawal is a version too.
type Entry[T Entered] struct {
	Distributor DistributorID // 0: of the whole house
	Number      int           // counts its kind from 1; the 14 of C-014. It never changes
	N           int           // the version, from 1
	Body        T
	Withdrawn   bool
	Why         string // the reason that was given for this version
	By          UserID // 0: the machine, unconfirmed
	At          time.Time
}

// Code is how pages and documents call the entry: C-014, G-003.
func (e Entry[T]) Code() string { return EntryCode(e.Body.EntryKind(), e.Number) }

// EntryCode is how pages and documents call an entry of a kind.
func EntryCode(kind EntryKind, number int) string {
	return fmt.Sprintf("%s-%03d", entryLetter(kind), number)
}

func entryLetter(kind EntryKind) string {
	switch kind {
	case EntryClaim:
		return "C"
	case EntryPromise:
		return "G" // an agreement
	case EntryMention:
		return "M"
	case EntryFact:
		return "D"
	case EntryQuestion:
		return "Q"
	}
	return "E"
}
