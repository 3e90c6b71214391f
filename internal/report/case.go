package report

import (
	"cmp"

	"honne"
	"honne/internal/audit"
)

// Case is what the documents of an audit are written from.
type Case struct {
	Frozen   honne.Picture // as the audit may know
	Today    honne.Picture // by which progress is measured
	Audit    honne.Assessment
	Before   *honne.Assessment // the audit before this one
	Told     *honne.Assessment // that one as it was last handed over to the partner; nil where it was not
	Apart    Apart             // what no edition for the partner may name
	Evidence func([]honne.Selection) (ranges []string, more int)
	// Later opens figures of today to ranges of files; to none unless the partner
	// sent every one of those files.
	Later  func([]honne.Selection) []string
	Figure func(ref string) honne.Both // what a figure is called, by the address of its page; zero where that is not known
}

// MostPoints is how many points, and how many actions, are put to a partner at a
// time (domain 3.7, 3.9).
const MostPoints = 5

// standing are the links without those to conversations that are not on the record
// any more.
func (c Case) standing(links []honne.EvidenceLink) []honne.EvidenceLink {
	var onRecord []string
	for _, n := range c.Audit.Interviews {
		onRecord = append(onRecord, honne.EntryCode(honne.EntryInterview, n.Number))
	}
	return audit.OpenLinks(links, onRecord)
}

// named is what a link to a figure is called in the reader's language; the words
// of whoever made the link are the last resort.
func (c Case) named(e honne.EvidenceLink) Line {
	if c.Figure != nil {
		if b := c.Figure(e.Ref); !b.IsZero() {
			return plainly(b)
		}
	}
	return told(cmp.Or(e.Note, e.Ref))
}

// name is whom the documents are about.
func (c Case) name() Name {
	p := c.Frozen.Distributor.Profile
	return Name{p.Name, p.NameJA}
}

func (c Case) period() honne.Period {
	return honne.Period{From: c.Audit.Audit.From, To: c.Audit.Audit.To}
}

// start begins a document for our own side.
func (c Case) start(title honne.Message) *builder {
	b := &builder{picture: c.Frozen, evidence: c.Evidence, unit: MoneyUnit{c.Frozen.Currency, ScaleOf(c.Frozen)}}
	b.doc = Document{Name: c.name(), Title: title, Edition: Internal, Day: c.Audit.Audit.Known,
		Facts: []honne.Message{honne.Say("joint.period", honne.Over("period", c.period())), honne.Say("report.as-known", honne.Day("day", c.Audit.Audit.Known))}}
	return b
}

// unit is the unit of a measure, known or not.
func unitOfMeasure(p honne.Picture, slug string) honne.ValueUnit {
	m, _ := p.Known(slug)
	return m.Unit
}

// open lists findings of a kind that are not closed, those of our own side first.
func (c Case) findings(kinds ...honne.FindingKind) (out []honne.Numbered[honne.Finding]) {
	for _, ours := range []bool{true, false} {
		for _, kind := range kinds {
			for _, f := range c.Audit.Findings {
				if f.Body.Kind == kind && (f.Body.Cause == honne.CauseOurs) == ours {
					out = append(out, f)
				}
			}
		}
	}
	return out
}

// planned lists the actions of the plan that stand.
func (c Case) planned() (out []honne.Numbered[honne.PlanAction]) {
	for _, a := range c.Audit.Actions {
		if a.Body.Dropped == "" {
			out = append(out, a)
		}
	}
	return out
}

func signedBy(d honne.Decision) int {
	seen := map[honne.UserID]bool{}
	for _, s := range d.Signed {
		seen[s.By] = true
	}
	return len(seen)
}

// plainly is a text of both languages as a line.
func plainly(b honne.Both) Line { return Line{{Both: b}} }

// told is a text that a person wrote for our own side, in whatever language.
func told(s string) Line { return Line{{Text: s}} }
