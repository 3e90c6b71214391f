package honne

// OwnThreshold is a number of the rules that counts for one distributor instead of
// the playbook's (domain 3.5). Who set it, when and why, its entry says.
type OwnThreshold struct {
	Threshold string  // its name among those of the playbook: visibility-index.under.1
	Value     float64 // as the measure gives values: 0.6 for 60 %
	Playbook  float64 // what the playbook said when it was set
}

// EntryKind says that it is a threshold of one distributor.
func (OwnThreshold) EntryKind() EntryKind { return EntryThreshold }
