package promise

import (
	"slices"

	"honne"
	"honne/internal/japan"
	"honne/internal/playbook"
)

// Approvals returns the levels that the other side's passage names for a
// decision, in the order of their naming: 課長, 部長, 役員会, 社長, 本社, 稟議. A level
// is named where a word of approving stands in its sentence, and has decided
// where one says so, whichever way; questions and our own words name none.
// Source: domain 2.5, 3.5 S-22.
func (r *Recogniser) Approvals(p honne.Passage, said honne.Date, mail honne.MailID) []honne.ApprovalLevel {
	if p.From != honne.Theirs {
		return nil
	}
	var out []honne.ApprovalLevel
	before := echo(japan.Key(p.Before))
	for _, line := range ownLines(p.Text) {
		for _, s := range r.sentences(line) {
			if len(s) > longest || asksBack(s) || before.repeats(s) {
				continue
			}
			for _, level := range r.levelsIn(s) {
				if r.decides(s) {
					level.Decided = said
				}
				level.Named, level.Mail = said, mail
				out = add(out, level)
			}
		}
	}
	return r.withoutGeneral(out)
}

func (r *Recogniser) levelsIn(s string) (out []honne.ApprovalLevel) {
	c := r.clauseOf(s)
	if !r.words.Approval.In(c.spelled) {
		return nil
	}
	for _, l := range r.words.Levels {
		if l.Words.In(c.spelled) {
			out = append(out, honne.ApprovalLevel{Level: l.Level})
		}
	}
	return out
}

// decides reports whether a sentence says that a decision was taken.
func (r *Recogniser) decides(s string) bool {
	c := r.clauseOf(s)
	return r.words.Decided.In(c.spelled) && !r.words.Pending.In(c.spelled)
}

// add puts a level to those that were named: the first naming and the first
// decision stand.
func add(list []honne.ApprovalLevel, level honne.ApprovalLevel) []honne.ApprovalLevel {
	i := slices.IndexFunc(list, func(x honne.ApprovalLevel) bool { return x.Level == level.Level })
	if i < 0 {
		return append(list, level)
	}
	if list[i].Decided == 0 {
		list[i].Decided = level.Decided
	}
	return list
}

// withoutGeneral leaves out a way of deciding (稟議) where levels are named.
func (r *Recogniser) withoutGeneral(list []honne.ApprovalLevel) []honne.ApprovalLevel {
	general := func(x honne.ApprovalLevel) bool { return r.general(x.Level) }
	if !slices.ContainsFunc(list, func(x honne.ApprovalLevel) bool { return !general(x) }) {
		return list
	}
	return slices.DeleteFunc(list, general)
}

func (r *Recogniser) general(level string) bool {
	i := r.place(level)
	return i >= 0 && r.words.Levels[i].General
}

// place is how high a level stands, −1 for one that the playbook does not know.
func (r *Recogniser) place(level string) int {
	return slices.IndexFunc(r.words.Levels, func(l playbook.LevelWords) bool { return l.Level == level })
}

// Invoke puts what was heard to the approval of a topic. It is decided when every
// level that was named is: a decision settles the levels below it.
func (r *Recogniser) Invoke(a honne.Approval, heard []honne.ApprovalLevel) honne.Approval {
	levels := slices.Clone(a.Levels)
	var last honne.Date
	for _, h := range heard {
		if a.Asked == 0 || h.Named < a.Asked {
			a.Asked = h.Named
		}
		levels = add(levels, h)
		last = max(last, h.Decided)
	}
	top := -1
	for _, x := range levels {
		if x.Decided != 0 {
			top = max(top, r.place(x.Level))
		}
	}
	open := slices.ContainsFunc(levels, func(x honne.ApprovalLevel) bool {
		return x.Decided == 0 && r.place(x.Level) > top && !r.general(x.Level)
	})
	if top >= 0 && !open && a.Decided == 0 {
		a.Decided = last
	}
	a.Levels = r.withoutGeneral(levels)
	a.Confirmed = a.Confirmed && len(heard) == 0
	return a
}
