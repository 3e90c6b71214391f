package audit

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"honne"
)

// Handed is an audit as one house hands it to another. It holds what Hand knows
// how to write, field by field, and nothing of voices off the record: neither
// what they said, nor what they say together, nor how many there are.
type Handed struct {
	Origin  string        `json:"origin"` // the same whenever this audit is handed over
	Code    string        `json:"code"`   // A-007, where it comes from
	Partner string        `json:"partner"`
	Entries []HandedEntry `json:"entries"`
}

// HandedEntry is one entry as it stands. Who wrote it is a name, as its house
// states it.
type HandedEntry struct {
	Kind     honne.EntryKind `json:"kind"`
	Code     string          `json:"code"`
	Version  int             `json:"version"`
	By       string          `json:"by"`
	At       time.Time       `json:"at"`
	Document string          `json:"document,omitempty"` // the part that holds what was received
	Body     json.RawMessage `json:"body"`
}

// The bodies, each with the fields of its noun. A noun that gains a field does no
// longer convert: whether the field is handed over is then decided here.
type (
	handedRating struct {
		Audit     int
		Dimension string
		Score     int
		NA        bool
		Grade     honne.Grade
		Because   string
		Evidence  []honne.EvidenceLink
	}
	handedRequest struct {
		Audit     int
		Dimension string
		What      honne.Both
		Level     string
		Format    string
		Asked     honne.Date
		Due       honne.Date
		Received  honne.Date
		File      honne.FileID
		Grade     honne.Grade
		Refused   string
		LeftOut   string
	}
	handedAnswer struct {
		Audit     int
		Dimension string
		Score     int
		NA        bool
		Text      string
		By        string
	}
	handedInterview struct {
		Audit       int
		On          honne.Date
		Pool        string
		Function    string
		Language    string
		Interpreter bool
		Place       string `json:",omitempty"`
		Asker       string `json:",omitempty"`
		Readings    map[string]int
		Text        string
		TextEN      string `json:",omitempty"`
	}
	handedFinding struct {
		Audit     int
		Dimension string
		Born      honne.EvidenceLink
		Kind      honne.FindingKind
		Cause     honne.FindingCause
		Critical  bool
		Seen      string
		Matters   string
		Internal  string
		Partner   honne.Both
		Ours      honne.Both
		Share     bool
		Closed    honne.Date
		Evidence  []honne.EvidenceLink
	}
	handedAction struct {
		Audit       int
		Finding     int
		What        honne.Both
		Ours        honne.Both
		Metric      string
		Start       float64
		Target      float64
		Begun       honne.Date
		Due         honne.Date
		OwnerOurs   string
		OwnerTheirs string
		Every       string
		Consequence honne.Both
		Extended    bool
		Dropped     string
		Closed      string
	}
	handedDecision struct {
		Audit       int
		Recommended honne.Recommendation
		Decided     honne.Recommendation
		Why         string
		Deadline    honne.Date
		Refused     honne.Date
		NeverShared bool
		Contingency bool
		InPlace     []string
		Lacking     map[string]string `json:",omitempty"`
		Signed      []honne.Signature
		Letter      honne.RenewalLetter `json:",omitzero"`
	}
	handedPublication struct {
		Audit    int
		Kind     string
		Voice    string
		Language string
		Format   string
		Name     string
		SHA256   string
		Head     string
		On       honne.Date
	}
	// handedAudit is what an audit says of itself. Who leads it, and all that is
	// about voices or a hold of counsel, stays at home.
	handedAudit struct {
		Title    string
		Scope    string
		From, To honne.Date
		Known    honne.Date
		Due      honne.Date
		Auditor  honne.Auditor
		Pack     string
		Purpose  honne.Both
		Closed   honne.Date
		Cycle    int             `json:",omitempty"`
		Previews []honne.Preview `json:",omitempty"`
	}
)

// HandedKinds lists the kinds of entries that are handed over, in the order in
// which they are taken in.
func HandedKinds() []honne.EntryKind {
	return []honne.EntryKind{honne.EntryAudit, honne.EntryEvidenceRequest, honne.EntrySelfAnswer, honne.EntryInterview, honne.EntryRating,
		honne.EntryFinding, honne.EntryPlanAction, honne.EntryDecision, honne.EntryPublication}
}

// Hand writes the body of an entry as it is handed over; false for a kind that is
// not. onRecord are the codes of interviews on the record: a link to any other is
// left out. Numbers of accounts and files mean nothing elsewhere and are left out
// too.
func Hand(body honne.Entered, onRecord []string) (json.RawMessage, bool) {
	out := handed(body, onRecord)
	if out == nil {
		return nil, false
	}
	text, err := json.Marshal(out)
	return text, err == nil
}

// handed is what of a body leaves: no audit's number, no reader of ours; nil where its kind
// stays.
func handed(body honne.Entered, onRecord []string) any {
	switch x := body.(type) {
	case honne.Audit:
		return handedAudit{x.Title, x.Scope, x.From, x.To, x.Known, x.Due, x.Auditor, x.Pack, x.Purpose, x.Closed, x.Cycle, x.Previews}
	case honne.Rating:
		x.Audit, x.Evidence = 0, OpenLinks(x.Evidence, onRecord)
		return handedRating(x)
	case honne.EvidenceRequest:
		x.Audit, x.File = 0, 0
		return handedRequest(x)
	case honne.SelfAnswer:
		x.Audit = 0
		return handedAnswer(x)
	case honne.Interview:
		x.Audit = 0
		return handedInterview(x)
	case honne.Finding:
		x.Audit, x.Evidence = 0, OpenLinks(x.Evidence, onRecord)
		if len(OpenLinks([]honne.EvidenceLink{x.Born}, onRecord)) == 0 {
			x.Born = honne.EvidenceLink{}
		}
		return handedFinding(x)
	case honne.PlanAction:
		x.Audit = 0
		return handedAction(x)
	case honne.Decision:
		x.Audit, x.Signed = 0, unnamed(x.Signed)
		return handedDecision(x)
	case honne.Publication:
		x.Audit = 0
		return handedPublication(x)
	}
	return nil
}

// unnamed are signatures without our users' numbers.
func unnamed(list []honne.Signature) []honne.Signature {
	out := slices.Clone(list)
	for i := range out {
		out[i].By = 0
	}
	return out
}

// OpenLinks leaves out links to conversations that are not on the record.
func OpenLinks(links []honne.EvidenceLink, onRecord []string) (out []honne.EvidenceLink) {
	for _, l := range links {
		if l.Kind != "interview" || slices.Contains(onRecord, l.Ref) {
			out = append(out, l)
		}
	}
	return out
}

// Noun reads what Hand wrote; honne.ErrInvalid for what Hand does not write.
func (e HandedEntry) Noun() (noun honne.Entered, err error) {
	switch e.Kind {
	case honne.EntryAudit:
		noun, err = readAs(e.Body, func(x handedAudit) honne.Audit {
			return honne.Audit{Title: x.Title, Scope: x.Scope, From: x.From, To: x.To, Known: x.Known, Due: x.Due, Auditor: x.Auditor, Pack: x.Pack,
				Purpose: x.Purpose, Closed: x.Closed, Cycle: x.Cycle, Previews: x.Previews}
		})
	case honne.EntryRating:
		noun, err = readAs(e.Body, func(x handedRating) honne.Rating { return honne.Rating(x) })
	case honne.EntryEvidenceRequest:
		noun, err = readAs(e.Body, func(x handedRequest) honne.EvidenceRequest { return honne.EvidenceRequest(x) })
	case honne.EntrySelfAnswer:
		noun, err = readAs(e.Body, func(x handedAnswer) honne.SelfAnswer { return honne.SelfAnswer(x) })
	case honne.EntryInterview:
		noun, err = readAs(e.Body, func(x handedInterview) honne.Interview { return honne.Interview(x) })
	case honne.EntryFinding:
		noun, err = readAs(e.Body, func(x handedFinding) honne.Finding { return honne.Finding(x) })
	case honne.EntryPlanAction:
		noun, err = readAs(e.Body, func(x handedAction) honne.PlanAction { return honne.PlanAction(x) })
	case honne.EntryDecision:
		noun, err = readAs(e.Body, func(x handedDecision) honne.Decision { return honne.Decision(x) })
	case honne.EntryPublication:
		noun, err = readAs(e.Body, func(x handedPublication) honne.Publication { return honne.Publication(x) })
	default:
		err = honne.ErrInvalid
	}
	if err == nil {
		err = checkHanded(noun)
	}
	if err != nil {
		return nil, fmt.Errorf("audit: %.20s %.20s of an audit that was handed over: %w", e.Kind, e.Code, err)
	}
	return noun, nil
}

// readAs reads a body as it is handed over, and nothing else, and makes a noun of
// it.
func readAs[H any, T honne.Entered](text []byte, noun func(H) T) (honne.Entered, error) {
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	var x H
	if err := d.Decode(&x); err != nil {
		return nil, fmt.Errorf("%w: %w", honne.ErrInvalid, err)
	}
	return noun(x), nil
}

// longestHanded bounds a text that comes from another house, in bytes.
const longestHanded = 100_000

// checkHanded refuses values that no page lets in.
func checkHanded(noun honne.Entered) error {
	ok := true
	switch x := noun.(type) {
	case honne.Audit:
		ok = x.Title != "" && x.Known != 0 && x.From <= x.To && x.Purpose.EN != "" && x.Purpose.JA != "" && x.Cycle >= 0 && x.Cycle <= LongestCycle
		for _, p := range x.Previews {
			ok = ok && slices.Contains(SharedKinds[:], p.Kind) && p.On != 0 && p.With != "" && len(p.With)+len(p.Said) <= longestHanded
		}
	case honne.Rating:
		ok = isDimension(x.Dimension) && isScore(x.Score) && isGrade(x.Grade) && len(x.Because) <= longestHanded
	case honne.EvidenceRequest:
		ok = isDimension(x.Dimension) && isGrade(x.Grade)
	case honne.SelfAnswer:
		ok = isDimension(x.Dimension) && isScore(x.Score) && len(x.Text) <= longestHanded
	case honne.Interview:
		ok = slices.Contains([]string{"partner", "ours", "customers"}, x.Pool) && len(x.Text) <= longestHanded && len(x.TextEN) <= longestHanded && (x.Place == "" || slices.Contains(honne.Places, x.Place))
		for d, score := range x.Readings {
			ok = ok && isDimension(d) && isScore(score)
		}
	case honne.Finding:
		ok = isDimension(x.Dimension) && slices.Contains(honne.AllFindingKinds, x.Kind) && slices.Contains(honne.AllFindingCauses, x.Cause) &&
			len(x.Seen) <= longestHanded && len(x.Internal) <= longestHanded
	case honne.PlanAction:
		ok = slices.ContainsFunc(honne.AllMeasures, func(m honne.MeasureID) bool { return m.Slug == x.Metric })
	case honne.Decision:
		ok = slices.Contains([]honne.Recommendation{honne.Renew, honne.CorrectiveAction, honne.TransitionConsider}, x.Decided)
	case honne.Publication:
		ok = x.Voice == "internal" || x.Voice == "partner"
	}
	if !ok {
		return fmt.Errorf("a value that no form lets in: %w", honne.ErrInvalid)
	}
	return nil
}

func isDimension(slug string) bool {
	return slices.ContainsFunc(honne.AllDimensions, func(d honne.Dimension) bool { return d.Slug == slug })
}

func isScore(n int) bool { return n >= 0 && n <= 4 }

func isGrade(g honne.Grade) bool {
	return g == "" || slices.Contains(honne.AllGrades, g)
}
