package report

import (
	"honne"
	"honne/internal/japan"
)

// Ahead says when and with whom a document was gone through before the meeting, and
// how many business days the partner's side had from then on; for our own side.
func Ahead(p honne.Preview, days *japan.Calendar) honne.Message {
	args := []honne.Arg{honne.Word("kind", "dossier.kind."+p.Kind), honne.Day("on", p.On), honne.Text("with", p.With)}
	if p.Meeting == 0 {
		return honne.Say("ahead.row", args...)
	}
	return honne.Say("ahead.row-meeting", append(args, honne.Day("day", p.Meeting), honne.Count("n", days.Between(p.On, p.Meeting)))...)
}

// previews list when and with whom documents were gone through before the meeting,
// and what was said.
func (b *auditing) previews() {
	days := japan.OfPartner(b.c.Frozen.Distributor.Profile)
	var list List
	for _, p := range b.c.Audit.Audit.Previews {
		e := Entry{Line: words(Ahead(p, days))}
		if p.Said != "" {
			e.Under = []Under{{Items: []Line{told(p.Said)}}}
		}
		list.Entries = append(list.Entries, e)
	}
	if len(list.Entries) > 0 {
		b.heading("ahead.title")
		b.add(list)
	}
}
