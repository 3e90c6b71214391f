package honne

// Promise is a commitment of one side: who does what, how much of it, by when
// (domain 3.5 S-21). 努力します, 検討します and 前向きに are none.
type Promise struct {
	By        Side
	What      Both   // in the words of the message, or as somebody wrote it
	Quote     string // the words of the message, where What was written anew
	Much      string // how many, as said; "" when it was not said
	Owner     string // who sees to it; "" when it was not said
	Form      PromiseForm
	Standing  PromiseStanding
	Made      Date
	Due       Date // as it stands now; 0 when no day was named
	Moves     []PromiseMove
	Outcome   PromiseOutcome
	Done      Date   // kept: the day it was
	Mail      MailID // where it was made; 0 for none
	At        string // as an address names it: mail.mbox#41
	Topic     string // as Mail.Topic
	Confirmed bool   `json:"-"` // by a person; else the machine proposes it
}

// PromiseMove is a change of the day a promise is due.
type PromiseMove struct {
	On     Date // when it was said
	From   Date // the day it was due before
	By     Side // who asked for it
	Agreed bool // the other side said yes
}

// FirstDue is the day it was first due, 0 when none was ever named.
func (p Promise) FirstDue() Date {
	if len(p.Moves) > 0 {
		return p.Moves[0].From
	}
	return p.Due
}

// AgreedDue is the last day that both sides agreed on, 0 when none was ever named: a
// move that the other side did not agree to changes nothing, one that it asked for is
// agreed to.
func (p Promise) AgreedDue() Date {
	due := p.FirstDue()
	for i, m := range p.Moves {
		to := p.Due
		if i+1 < len(p.Moves) {
			to = p.Moves[i+1].From
		}
		if m.Agreed || m.By != "" && m.By != p.By || due == 0 {
			due = to
		}
	}
	return due
}

// PromiseStanding says how the two sides stand to what was said, where somebody
// judged it: はい is no yes.
type PromiseStanding string

// The standings. Only a commitment counts in any measure.
const (
	PromiseCommitted PromiseStanding = ""
	PromiseWillTry   PromiseStanding = "will-try"   // 努力目標
	PromiseNotAgreed PromiseStanding = "not-agreed" // 継続協議: to be discussed again
)

// PromiseForm says how firmly a promise stands: はい may mean "I hear you".
type PromiseForm string

// The forms. Only written ones count as agreed; oral ones are shown apart.
const (
	PromiseWritten     PromiseForm = "written"
	PromiseOral        PromiseForm = "oral"
	PromiseUnconfirmed PromiseForm = "unconfirmed"
)

// PromiseOutcome says what became of a promise.
type PromiseOutcome string

// The outcomes. An open promise past its day is late only when somebody who
// would know says so (Ours), or a dated question about it was left unanswered.
const (
	PromiseOpen    PromiseOutcome = ""
	PromiseKept    PromiseOutcome = "kept"
	PromiseLate    PromiseOutcome = "late" // it was not kept by its day
	PromiseDropped PromiseOutcome = "dropped"
)

// Approval is a decision that somebody waits for, with the levels that were
// named for it (domain 3.5 S-22).
type Approval struct {
	Topic     string // as Mail.Topic, or as somebody wrote it
	Asked     Date
	Levels    []ApprovalLevel // in the order they were named
	Decided   Date            // 0: not yet
	Confirmed bool            `json:"-"` // by a person
}

// ApprovalLevel is one level that a decision has to pass.
type ApprovalLevel struct {
	Level   string // slug of the playbook: section, department, head-office, board, president
	Named   Date
	Decided Date // 0: not yet
	Mail    MailID
}
