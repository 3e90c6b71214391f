package honne

import (
	"fmt"
	"time"
)

// EntryKind names what an entry is about.
type EntryKind string

// The kinds of entries.
const (
	EntryMention         EntryKind = "mention"
	EntryClaim           EntryKind = "claim"
	EntryFact            EntryKind = "fact"
	EntryRegistration    EntryKind = "registration"
	EntryQuestion        EntryKind = "question"
	EntryExcuse          EntryKind = "excuse"
	EntryPromise         EntryKind = "promise"
	EntryApproval        EntryKind = "approval"
	EntryActivity        EntryKind = "activity"
	EntryActivityMonth   EntryKind = "activity-month"
	EntryTargetSite      EntryKind = "target-site"
	EntryAccessRequest   EntryKind = "access"
	EntryInvestment      EntryKind = "investment"
	EntryMarginRange     EntryKind = "margin"
	EntryDocument        EntryKind = "document"
	EntryContact         EntryKind = "contact"
	EntryRedFlag         EntryKind = "red-flag"
	EntryPulse           EntryKind = "pulse"
	EntryPublicAccount   EntryKind = "public-account"
	EntryExplanation     EntryKind = "explanation"
	EntryOurAct          EntryKind = "our-act"
	EntryChangeRequest   EntryKind = "change-request"
	EntryDelayed         EntryKind = "delayed"
	EntryContractTerm    EntryKind = "contract-term"
	EntryReadiness       EntryKind = "readiness"
	EntrySignAction      EntryKind = "sign-action"
	EntrySignSeen        EntryKind = "sign-seen"
	EntryReread          EntryKind = "reread"
	EntryAudit           EntryKind = "audit"
	EntryRating          EntryKind = "rating"
	EntryEvidenceRequest EntryKind = "evidence-request"
	EntrySelfAnswer      EntryKind = "self-answer"
	EntryFinding         EntryKind = "finding"
	EntryPlanAction      EntryKind = "plan-action"
	EntryDecision        EntryKind = "decision"
	EntryPublication     EntryKind = "publication"
	EntryReleased        EntryKind = "released"
	EntryInterview       EntryKind = "interview"
	EntryArticle         EntryKind = "article"
	EntryUnlisted        EntryKind = "unlisted"
	EntryEstimate        EntryKind = "market-estimate"
	EntryMarketEvent     EntryKind = "market-event"
	EntryExchangeRates   EntryKind = "exchange-rates"
	EntryGateWaiver      EntryKind = "gate-waiver"
	EntryConfidential    EntryKind = "confidential-account"
	EntryReplacing       EntryKind = "replacement"
	EntryStrategyStep    EntryKind = "strategy-step"
	EntryThreshold       EntryKind = "threshold"
	EntryPhoneAnswer     EntryKind = "phone-answer"
	EntryBrandLook       EntryKind = "brand-look"
	EntryPartnerChange   EntryKind = "partner-change"
	EntryMeeting         EntryKind = "meeting"
	EntryChangeReason    EntryKind = "change-reason"
	EntryProfile         EntryKind = "profile"
)

// Entered is what can be written about a distributor: the body of an entry.
type Entered interface {
	EntryKind() EntryKind
}

// EntryKind says that it is what is stated about a distributor.
func (Profile) EntryKind() EntryKind { return EntryProfile }

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

// EntryKind says that it is an activity.
func (FieldActivity) EntryKind() EntryKind { return EntryActivity }

// EntryKind says that it is a month of activities.
func (ActivityMonth) EntryKind() EntryKind { return EntryActivityMonth }

// EntryKind says that it is a target site.
func (TargetSite) EntryKind() EntryKind { return EntryTargetSite }

// EntryKind says that it is an access request.
func (AccessRequest) EntryKind() EntryKind { return EntryAccessRequest }

// EntryKind says that it is an investment.
func (Investment) EntryKind() EntryKind { return EntryInvestment }

// EntryKind says that it is a margin.
func (MarginRange) EntryKind() EntryKind { return EntryMarginRange }

// EntryKind says that it is a document.
func (Document) EntryKind() EntryKind { return EntryDocument }

// EntryKind says that it is a contact.
func (Contact) EntryKind() EntryKind { return EntryContact }

// EntryKind says that it is a red flag.
func (RedFlag) EntryKind() EntryKind { return EntryRedFlag }

// EntryKind says that it is a feeling.
func (Pulse) EntryKind() EntryKind { return EntryPulse }

// EntryKind says that it is a public account.
func (PublicAccount) EntryKind() EntryKind { return EntryPublicAccount }

// EntryKind says that it is an explanation.
func (Explanation) EntryKind() EntryKind { return EntryExplanation }

// EntryKind says that it is an act of ours.
func (OurAct) EntryKind() EntryKind { return EntryOurAct }

// EntryKind says that it is a change that we asked for.
func (ChangeRequest) EntryKind() EntryKind { return EntryChangeRequest }

// EntryKind says that it is business put off.
func (Delayed) EntryKind() EntryKind { return EntryDelayed }

// EntryKind says that it is a term of the contract.
func (ContractTerm) EntryKind() EntryKind { return EntryContractTerm }

// EntryKind says that it is an answer on our own side.
func (Readiness) EntryKind() EntryKind { return EntryReadiness }

// EntryKind says that it is what was done about a sign.
func (SignAction) EntryKind() EntryKind { return EntrySignAction }

// EntryKind says that it is a level at which a sign was seen.
func (SignSeen) EntryKind() EntryKind { return EntrySignSeen }

// EntryKind says that it is a newer reading of a message.
func (Reread) EntryKind() EntryKind { return EntryReread }

// EntryKind says that it is an answer by word of mouth.
func (PhoneAnswer) EntryKind() EntryKind { return EntryPhoneAnswer }

// EntryKind says that it is a look at how our brand is presented.
func (BrandLook) EntryKind() EntryKind { return EntryBrandLook }

// EntryKind says that it is an audit.
func (Audit) EntryKind() EntryKind { return EntryAudit }

// EntryKind says that it is a rating.
func (Rating) EntryKind() EntryKind { return EntryRating }

// EntryKind says that it is a request for evidence.
func (EvidenceRequest) EntryKind() EntryKind { return EntryEvidenceRequest }

// EntryKind says that it is an answer of the partner.
func (SelfAnswer) EntryKind() EntryKind { return EntrySelfAnswer }

// EntryKind says that it is a finding.
func (Finding) EntryKind() EntryKind { return EntryFinding }

// EntryKind says that it is an action of a plan.
func (PlanAction) EntryKind() EntryKind { return EntryPlanAction }

// EntryKind says that it is a decision.
func (Decision) EntryKind() EntryKind { return EntryDecision }

// EntryKind says that it is a publication.
func (Publication) EntryKind() EntryKind { return EntryPublication }

// EntryKind says that it is what voices say together.
func (Released) EntryKind() EntryKind { return EntryReleased }

// EntryKind says that it is a conversation on the record.
func (Interview) EntryKind() EntryKind { return EntryInterview }

// EntryKind says that it is an article of ours.
func (Article) EntryKind() EntryKind { return EntryArticle }

// EntryKind says that it is a product that is not on our list.
func (Unlisted) EntryKind() EntryKind { return EntryUnlisted }

// EntryKind says that it is a waiver of the data gate.
func (GateWaiver) EntryKind() EntryKind { return EntryGateWaiver }

// EntryKind says that it is an account under an agreement of secrecy.
func (Confidential) EntryKind() EntryKind { return EntryConfidential }

// EntryKind says that it is a part of how long a replacement takes.
func (Replacing) EntryKind() EntryKind { return EntryReplacing }

// EntryKind says that it is a step that balances a dependency.
func (StrategyStep) EntryKind() EntryKind { return EntryStrategyStep }

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
	case EntryAudit:
		return "A"
	case EntryFinding:
		return "F"
	case EntryInterview:
		return "I"
	}
	return "E"
}
