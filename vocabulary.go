package honne

// MeasureID names a measure: its number S-01 … S-30 and its slug, fixed in the
// command line's vocabulary.
type MeasureID struct {
	ID   string
	Slug string
}

// AllMeasures lists the 30 measures of domain 3.5 in their order.
var AllMeasures = []MeasureID{
	{"S-01", "plan-attainment"}, {"S-02", "growth"}, {"S-03", "growth-gap"},
	{"S-04", "target-site-coverage"}, {"S-05", "forecast-bias"}, {"S-06", "plan-softness"},
	{"S-07", "unexplained-misses"}, {"S-08", "restatement"}, {"S-09", "lateness"},
	{"S-10", "completeness"}, {"S-11", "visibility-index"}, {"S-12", "quarter-end-loading"},
	{"S-13", "stock-cover"}, {"S-14", "stock-equation"}, {"S-15", "initiative"},
	{"S-16", "response-time"}, {"S-17", "access-index"}, {"S-18", "activity-coverage"},
	{"S-19", "investment-ratio"}, {"S-20", "excuse-index"}, {"S-21", "commitments-kept"},
	{"S-22", "approval-depth"}, {"S-23", "gut-feel"}, {"S-24", "contact-coverage"},
	{"S-25", "document-currency"}, {"S-26", "red-flags"}, {"S-27", "concentration"},
	{"S-28", "mutual-weight"}, {"S-29", "said-meant-gap"}, {"S-30", "data-gate"},
}

// SignID names a warning sign: W1 … W7 and its slug (domain 1.4).
type SignID struct {
	ID   string
	Slug string
}

// AllSigns lists the seven warning signs in their order.
var AllSigns = []SignID{
	{"W1", "visibility"}, {"W2", "targets"}, {"W3", "responsiveness"},
	{"W4", "growth-investment"}, {"W5", "excuse-driven"}, {"W6", "customer-access"},
	{"W7", "gut-feel"},
}

// Dimension is one of the ten of an audit (domain 1.2).
type Dimension struct {
	ID     string
	Slug   string
	Pillar string
}

// AllDimensions lists the ten dimensions in their order.
var AllDimensions = []Dimension{
	{"E1", "effectiveness.sales-vs-potential", "effectiveness"},
	{"E2", "effectiveness.customer-access", "effectiveness"},
	{"E3", "effectiveness.sales-capability", "effectiveness"},
	{"E4", "effectiveness.marketing-kol", "effectiveness"},
	{"C1", "compliance.regulatory", "compliance"},
	{"C2", "compliance.fair-trade-ethics", "compliance"},
	{"C3", "compliance.data-integrity", "compliance"},
	{"T1", "trust.transparency", "trust"},
	{"T2", "trust.strategic-alignment", "trust"},
	{"T3", "trust.culture-communication", "trust"},
}

// AllExcuses lists the slugs of the 30 excuses, X01 … X30 (domain 1.3).
var AllExcuses = []string{
	"market-is-different", "customers-conservative", "waiting-for-customers-to-ask",
	"trust-takes-time", "kols-need-sponsorship", "no-localization-budget",
	"head-office-approval", "face-to-face-only", "materials-too-western",
	"policy-forbids-end-user-data", "no-crm", "report-next-quarter",
	"customer-names-confidential", "does-not-fit-mindset", "not-profitable-enough",
	"wait-and-see", "registration-not-transferable", "need-exclusivity",
	"only-we-know-regulation", "president-must-review", "direct-feedback-does-not-work",
	"yes-meant-try", "cannot-use-your-systems", "too-complex-need-training",
	"technical-staff-busy", "cannot-visit-without-you", "price-too-high", "need-discount",
	"cannot-hold-stock", "reimbursement-insufficient",
}

// ExcuseCategories lists the eight categories of domain 1.3 in their order.
var ExcuseCategories = []string{
	"sales-market-development", "marketing-communication", "transparency-data-sharing",
	"strategic-misalignment", "legal-structural", "cultural-operational", "support-training",
	"commercial-misalignment",
}

// AllReadiness lists the 27 questions on our own side (domain appendix B): H1a to
// H6b of long-term success in six blocks, K1 to K10 of the key principles.
var AllReadiness = []string{"H1a", "H1b", "H1c", "H2a", "H2b", "H2c", "H3a", "H3b", "H3c", "H4a", "H4b", "H4c", "H5a", "H5b", "H5c",
	"H6a", "H6b", "K1", "K2", "K3", "K4", "K5", "K6", "K7", "K8", "K9", "K10"}

// AllStrategies lists the strategies and actions against dependency (domain 1.7):
// G1 to G5 keep a balance, G6 to G9 are for whoever already depends.
var AllStrategies = []string{"G1", "G2", "G3", "G4", "G5", "G6", "G7", "G8", "G9"}

// Band is a judgement of a measure or a sign; "" is a figure to know, not to
// judge.
type Band string

// The bands. Unknown is neither good nor bad.
const (
	Clear       Band = "clear"
	Watch       Band = "watch"
	High        Band = "high"
	UnknownBand Band = "unknown"
)

// Verdict on a claim (domain R2, R3).
type Verdict string

// The verdicts.
const (
	Supported        Verdict = "supported"
	Contradicted     Verdict = "contradicted"
	NotYetVerifiable Verdict = "not-yet-verifiable"
)

// Recommendation is an outcome that the rules of domain 3.7 recommend; a person
// decides.
type Recommendation string

// The recommendations.
const (
	Renew              Recommendation = "renew"
	CorrectiveAction   Recommendation = "corrective-action"
	TransitionConsider Recommendation = "transition-consider"
	AuditIncomplete    Recommendation = "audit-incomplete"
	HoldCompliance     Recommendation = "hold-compliance"
)
