package playbook

import (
	"strings"

	"honne"
)

// ChangeWords are the words by which a message of the partner tells what changes there:
// that a person leaves, who follows, that goods of another maker are taken on. They
// count like those of MailWords.
type ChangeWords struct {
	Leaves       []string // a person leaves the partner
	Absences     []string // a person is on leave for a time
	Deputies     []string // who answers until then is named
	LeavesNot    []string // not with one of these: somebody else's person, or nobody
	Left         []string // beside one of those: it has happened
	Successors   []string // who follows
	SuccessorNot []string // not with one of these: nobody yet
	Makers       []string // goods of another maker
	Rivals       []string // goods of a competitor of ours, said so
	Takes        []string // beside one of either: they take them on
	TakesNot     []string // not with one of these: our goods, others who sell them, or a question

	leaves, leavesNot, left, successors, successorNot phrases
	absences, deputies                                phrases
	makers, rivals, takes, takesNot                   phrases
}

// Changes is what a sentence of the partner tells of changes there; Kind is "" where it
// tells nothing.
func (w *ChangeWords) Changes(text string) honne.ToldChange {
	s := Spell(strings.TrimRight(text, "?？!！.。．"))
	told := honne.ToldChange{Text: text, Followed: w.successors.in(s) && !w.successorNot.in(s)}
	switch {
	case strings.HasSuffix(text, "?") || strings.HasSuffix(text, "？"):
	case w.leaves.in(s) && !w.leavesNot.in(s):
		told.Kind, told.Past = honne.PartnerLeaver, w.left.in(s)
	case w.absences.in(s) && !w.leavesNot.in(s):
		told.Kind, told.Followed = honne.PartnerLeave, told.Followed || w.deputises(s)
	case w.takes.in(s) && (w.makers.in(s) || w.rivals.in(s)) && !w.takesNot.in(s):
		told.Kind, told.Competes = honne.PartnerGoods, w.rivals.in(s)
	case told.Followed:
		told.Kind = honne.PartnerSuccessor
	case w.deputises(s):
		told.Kind = honne.PartnerDeputy
	}
	return told
}

func (w *ChangeWords) deputises(s Spelled) bool { return w.deputies.in(s) && !w.successorNot.in(s) }

func (w *ChangeWords) lists() []mailList {
	return []mailList{
		{"leaves", &w.Leaves, &w.leaves}, {"leaves_not", &w.LeavesNot, &w.leavesNot}, {"absences", &w.Absences, &w.absences},
		{"deputies", &w.Deputies, &w.deputies}, {"left", &w.Left, &w.left}, {"successors", &w.Successors, &w.successors},
		{"successor_not", &w.SuccessorNot, &w.successorNot}, {"makers", &w.Makers, &w.makers}, {"rivals", &w.Rivals, &w.rivals},
		{"takes", &w.Takes, &w.takes}, {"takes_not", &w.TakesNot, &w.takesNot},
	}
}
