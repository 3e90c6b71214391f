package honne

// NotedMeeting is a meeting for which no invitation was sent by mail: set, put off or
// held by what messages say, or as somebody noted it (domain 3.5 S-15, S-08).
type NotedMeeting struct {
	Day      Date // it was set for, or held on
	By       Side // who set it; "" where it is only told that it was held
	Topic    string
	Held     bool // it is told that it took place on that day
	PutOff   Date // on which a side asked to put it off; 0: nobody did
	PutOffBy Side
	What     string // as told
	Source   string
	Mail     MailID `json:",omitempty"` // the message in which it was read; 0 where somebody wrote it
	Heard    bool   `json:"-"`          // in that message, and nobody has confirmed it yet
}

// EntryKind says that it is a meeting.
func (NotedMeeting) EntryKind() EntryKind { return EntryMeeting }

// Postponed reports whether a side put the meeting off before its day was over.
func (m NotedMeeting) Postponed(by Side) bool {
	return m.PutOff != 0 && m.PutOff <= m.Day && m.PutOffBy == by && !m.Held
}

// ToldMeeting is a sentence of a message that tells of a meeting.
type ToldMeeting struct {
	Text   string
	Day    Date // it is set for, or was held on; 0 where it is put off
	Held   bool
	PutOff bool
}
