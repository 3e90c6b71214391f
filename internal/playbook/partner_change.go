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

func (l *layer) changeFields() []field {
	w := &l.Mail.Changes
	return []field{
		{"leaves", l.texts(&w.Leaves)},
		{"leaves_not", l.texts(&w.LeavesNot)},
		{"absences", l.texts(&w.Absences)},
		{"deputies", l.texts(&w.Deputies)},
		{"left", l.texts(&w.Left)},
		{"successors", l.texts(&w.Successors)},
		{"successor_not", l.texts(&w.SuccessorNot)},
		{"makers", l.texts(&w.Makers)},
		{"rivals", l.texts(&w.Rivals)},
		{"takes", l.texts(&w.Takes)},
		{"takes_not", l.texts(&w.TakesNot)},
	}
}

func (w *ChangeWords) add(top ChangeWords) {
	w.Leaves, w.LeavesNot = append(w.Leaves, top.Leaves...), append(w.LeavesNot, top.LeavesNot...)
	w.Absences, w.Deputies = append(w.Absences, top.Absences...), append(w.Deputies, top.Deputies...)
	w.Left = append(w.Left, top.Left...)
	w.Successors, w.SuccessorNot = append(w.Successors, top.Successors...), append(w.SuccessorNot, top.SuccessorNot...)
	w.Makers, w.Rivals = append(w.Makers, top.Makers...), append(w.Rivals, top.Rivals...)
	w.Takes, w.TakesNot = append(w.Takes, top.Takes...), append(w.TakesNot, top.TakesNot...)
}

func (w *ChangeWords) compile() {
	w.leaves, w.leavesNot, w.left = phrasesOf(w.Leaves), phrasesOf(w.LeavesNot), phrasesOf(w.Left)
	w.successors, w.successorNot = phrasesOf(w.Successors), phrasesOf(w.SuccessorNot)
	w.makers, w.rivals = phrasesOf(w.Makers), phrasesOf(w.Rivals)
	w.absences, w.deputies = phrasesOf(w.Absences), phrasesOf(w.Deputies)
	w.takes, w.takesNot = phrasesOf(w.Takes), phrasesOf(w.TakesNot)
}
