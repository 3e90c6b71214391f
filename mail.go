package honne

import "slices"

// MailID numbers the messages that a database keeps.
type MailID int64

// Mail is a message that was kept, because the partner's domains stand in it.
type Mail struct {
	ID       MailID
	Key      string   // its Message-ID; made of sender, moment and text where it has none
	Answers  []string // keys of the messages that it answers, the nearest last
	File     FileID   // of the mailbox; 0 where it is no file of the database
	Path     string   // mail.mbox#41, as an address names it
	Receipt  Receipt  // ByMessage, or ByName where no zone or no date is known
	Side     Side
	From     Person
	To, Cc   []Person
	Subject  string
	Topic    string // the subject without Re: and the like, as japan.Key writes it
	Follows  bool   // there was such a word before the subject
	Text     string // what it says anew: no quotes, no signature
	Language string // ja or en; "" when it says nothing
	Files    []string
	Kind     TurnKind
	Asks     int     // questions to the other side
	Consent  Consent // whether these ask for agreement alone, or it agrees
	Day      bool    // all that these ask is when; or it only promises a paper by a day
	Program  bool    // its head says that a program wrote it, or it went to many; not known of what was kept before
	Invites  []Invite
}

// Reread is what a kept message does in its conversation, by newer rules than those by
// which it was kept.
type Reread struct {
	Mail    MailID
	Kind    TurnKind
	Asks    int
	Consent Consent
	Day     bool `json:",omitempty"`
	PutOff  bool // it asks in words for another day of a meeting
}

// Over puts the newer reading over a message.
func (x Reread) Over(m *Mail) {
	m.Kind, m.Asks, m.Consent, m.Day = x.Kind, x.Asks, x.Consent, x.Day
	if m.Invited() {
		return
	}
	m.Invites = nil
	if x.PutOff {
		m.Invites = []Invite{{Method: InvitePutOff}}
	}
}

// Invited reports whether more came with the message than words: a calendar, or the report
// of a server.
func (m Mail) Invited() bool {
	return slices.ContainsFunc(m.Invites, func(i Invite) bool { return i.Method != InvitePutOff })
}

// Reading is how the message is read as it stands.
func (m Mail) Reading() Reread {
	return Reread{Mail: m.ID, Kind: m.Kind, Asks: m.Asks, Consent: m.Consent, Day: m.Day, PutOff: !m.Invited() && len(m.Invites) > 0}
}

// Person is who wrote or got a message.
type Person struct {
	Name    string `json:"name,omitempty"`
	Address string `json:"address"` // in lower case
}

// Shown is the name, or the address where there is none.
func (p Person) Shown() string {
	if p.Name != "" {
		return p.Name
	}
	return p.Address
}

// TurnKind says what a message does in a conversation.
type TurnKind string

// The kinds. Only Substance and Report answer a question.
const (
	Substance       TurnKind = "substance"
	Acknowledgement TurnKind = "acknowledgement" // says that a message came, or that an answer will
	Automatic       TurnKind = "automatic"       // written by a program, or sent to many
	ReportTurn      TurnKind = "report"          // brings a report and asks nothing
)

// Consent says whether a message asks for no more than agreement, or gives it.
type Consent string

// The consents; "" for neither. An acknowledgement that agrees answers a question that
// asks for no more than that.
const (
	ConsentAsked Consent = "asked"
	ConsentGiven Consent = "given"
)

// Invite is what a message says of a meeting.
type Invite struct {
	Meeting string     `json:"meeting"` // what the calendars call it
	Method  InviteKind `json:"method"`
	Starts  int64      `json:"starts,omitempty"` // microseconds since 1970 UTC; 0 for none
	Version int        `json:"version,omitempty"`
}

// InviteKind says what an invitation is for.
type InviteKind string

// The kinds of invitation.
const (
	InviteHold    InviteKind = "request" // the meeting is set, or set anew
	InviteCounter InviteKind = "counter" // another day is asked for
	InviteCancel  InviteKind = "cancel"
	InviteDecline InviteKind = "decline"
	InviteAccept  InviteKind = "accept"
	InvitePutOff  InviteKind = "put-off"     // in words, of no calendar: a meeting is asked to be put off
	Undelivered   InviteKind = "undelivered" // no meeting: a server says that the message did not reach the partner
)

// Turn is a kept message as the thinking needs it: no words, no names.
type Turn struct {
	Mail    MailID
	At      int64 // microseconds since 1970 UTC
	Exact   bool  // the moment is known
	Side    Side
	Kind    TurnKind
	Asks    int // questions to the other side
	Consent Consent
	Day     bool  // a question for a day alone, or the promise of a paper by one, which answers that
	Reply   bool  // it answers another message, known or not
	Thread  int32 // number of its conversation
	Words   int32 // of two messages of one sender with the same text the same number
	Writer  int32 // of one person of the partner's the same number, and no name; 0 for all others
}

// Meeting is a meeting as invitations tell it.
type Meeting struct {
	Set   Date // the day it was first set for, in Japan
	By    Side // who set it
	Mail  MailID
	Moves []Move
}

// Move is a change of a meeting's day, or its end.
type Move struct {
	On   Date // when it was said
	By   Side // who asked for it
	To   Date // 0: called off
	Mail MailID
}

// Day is the day it stands on now, 0 when it was called off.
func (m Meeting) Day() Date {
	if n := len(m.Moves); n > 0 {
		return m.Moves[n-1].To
	}
	return m.Set
}

// Postponed reports whether a side moved the meeting to a later day.
func (m Meeting) Postponed(by Side) bool {
	set := m.Set
	for _, x := range m.Moves {
		if x.To > set && x.By == by {
			return true
		}
		if x.To != 0 {
			set = x.To
		}
	}
	return false
}

// Conversation is a thread of messages, as the thinking needs it.
type Conversation struct {
	Turns []Turn // oldest first; those of no known moment first of all
	Waits []Wait // its questions, oldest first
}

// Open is the question that nobody answered yet, the zero Wait when there is none.
func (c Conversation) Open() Wait {
	if n := len(c.Waits); n > 0 && c.Waits[n-1].Answer == 0 {
		return c.Waits[n-1]
	}
	return Wait{}
}

// Wait is a question to one side, and how long its answer took (domain 3.5 S-16).
type Wait struct {
	Thread int32
	Owed   Side    // who owes the answer
	Asked  MailID  // 0 for no question
	Answer MailID  // of substance; 0 while the question is open
	Noted  bool    // it was acknowledged before
	Hours  float64 // business hours in Japan to the answer, else to the end of the day that is looked at
}

// Domains say whose a message is, by what stands behind the @; a domain covers
// those below it.
type Domains struct {
	Ours   []string
	Theirs []string
}

// Known reports whether both sides are known.
func (d Domains) Known() bool { return len(d.Ours) > 0 && len(d.Theirs) > 0 }
