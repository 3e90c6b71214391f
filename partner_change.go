package honne

// PartnerChange is something that changed at the partner and bears on our line, as
// they told it or somebody noted it (domain 1.2 T2, 1.4 W4).
type PartnerChange struct {
	Kind     PartnerChangeKind
	On       Date   // told
	From     Date   // on which a person leaves, or goes on leave, or the goods come; 0: not told
	Until    Date   `json:",omitempty"` // last day of a leave; 0: not told
	Followed Date   // on which a successor, or a deputy, was told; 0: none
	Competes bool   // the goods are told to be a competitor's
	What     string // as told
	Source   string
	Mail     MailID `json:",omitempty"` // the message in which it was read; 0 where somebody wrote it
	Heard    bool   `json:"-"`          // in that message, and nobody has confirmed it yet
}

// EntryKind says that it is a change at the partner.
func (PartnerChange) EntryKind() EntryKind { return EntryPartnerChange }

// PartnerChangeKind is a kind of change at the partner.
type PartnerChangeKind string

// The kinds. News of a successor is kept with the person who leaves.
const (
	PartnerLeaver    PartnerChangeKind = "person-left"
	PartnerGoods     PartnerChangeKind = "other-goods"
	PartnerSuccessor PartnerChangeKind = "successor"
	PartnerLeave     PartnerChangeKind = "leave"  // a person is away for a time that is told
	PartnerDeputy    PartnerChangeKind = "deputy" // kept with the leave
	PartnerTraining  PartnerChangeKind = "training-declined"
)

// AllPartnerChangeKinds lists those that are kept.
var AllPartnerChangeKinds = []PartnerChangeKind{PartnerLeaver, PartnerLeave, PartnerGoods, PartnerTraining}

// ToldChange is a sentence of a message of the partner that tells a change there.
type ToldChange struct {
	Kind     PartnerChangeKind
	Text     string
	Before   string // the sentence before it, of goods
	Day      Date   // on which a person leaves, or goes on leave; 0: none for certain
	Until    Date   // last day of a leave; 0: none for certain
	Past     bool   // the person has left already
	Followed bool   // a successor, or a deputy, is named
	Competes bool   // the goods are told to be a competitor's
}
