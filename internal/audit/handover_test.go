package audit_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"reflect"
	"strings"
	"testing"

	"honne"
	"honne/internal/audit"
)

// handed are bodies of every kind that is handed over, all their fields in use.
func handed() []honne.Entered {
	both, day := honne.Both{EN: "a", JA: "b"}, honne.NewDate(2026, 4, 1)
	links := []honne.EvidenceLink{{Kind: "measure", Ref: "lateness"}, {Kind: "interview", Ref: "I-001"}, {Kind: "interview", Ref: "I-009", Note: "VOICE"}}
	return []honne.Entered{
		honne.Audit{Title: "t", Scope: "s", From: day, To: day, Known: day, Due: day, Pack: "medtech", Purpose: both, Lead: 7, Team: []honne.UserID{8},
			Least: 3, LeastWhy: "VOICE", Hotline: "VOICE", Held: "VOICE", Auditor: honne.Auditor{Name: "S", Kind: honne.AuditorLocal}},
		honne.Rating{Audit: 9, Dimension: "trust.transparency", Score: 2, Grade: honne.GradeA, Because: "x", Evidence: links},
		honne.EvidenceRequest{Audit: 9, Dimension: "trust.transparency", What: both, Received: day, File: 3, Grade: honne.GradeB},
		honne.SelfAnswer{Audit: 9, Dimension: "trust.transparency", Score: 4, By: "営業部長"},
		honne.Interview{Audit: 9, On: day, Pool: "partner", Function: "営業部長", Readings: map[string]int{"trust.transparency": 3}, Text: "on record"},
		honne.Finding{Audit: 9, Dimension: "trust.transparency", Kind: honne.FindingGap, Seen: "s", Born: links[2], Evidence: links},
		honne.PlanAction{Audit: 9, Finding: 4, What: both, Metric: "lateness", Due: day},
		honne.Decision{Audit: 9, Decided: honne.Renew, Why: "w", Signed: []honne.Signature{{By: 7, Name: "D", On: day}}},
		honne.Publication{Audit: 9, Kind: "audit", Voice: "partner", SHA256: "ab", Head: "1:a", On: day},
	}
}

// What is handed over comes back as it was, without numbers of accounts and files
// and without anything of voices.
func TestHandOver(t *testing.T) {
	kinds := audit.HandedKinds()
	for _, noun := range handed() {
		body, ok := audit.Hand(noun, []string{"I-001"})
		if !ok || bytes.Contains(body, []byte("VOICE")) {
			t.Fatalf("%s: %s", noun.EntryKind(), body)
		}
		back, err := audit.HandedEntry{Kind: noun.EntryKind(), Body: body}.Noun()
		if err != nil {
			t.Fatal(err)
		}
		if again, _ := audit.Hand(back, []string{"I-001"}); !bytes.Equal(again, body) {
			t.Errorf("%s\nagain %s", body, again)
		}
		for i, k := range kinds {
			if k == noun.EntryKind() {
				kinds = append(kinds[:i], kinds[i+1:]...)
				break
			}
		}
	}
	if len(kinds) > 0 {
		t.Errorf("not tried: %v", kinds)
	}
}

// The names of all fields that leave the house with an audit. A field that is new
// stands here before it leaves, or does not leave.
const leaving = `Audit: Title Scope From To Known Due Auditor Pack Purpose Closed
Rating: Audit Dimension Score NA Grade Because Evidence
EvidenceRequest: Audit Dimension What Level Format Asked Due Received File Grade Refused LeftOut
SelfAnswer: Audit Dimension Score NA Text By
Interview: Audit On Pool Function Language Interpreter Readings Text
Finding: Audit Dimension Born Kind Cause Critical Seen Matters Internal Partner Ours Share Closed Evidence
PlanAction: Audit Finding What Ours Metric Start Target Begun Due OwnerOurs OwnerTheirs Every Consequence Extended Dropped Closed
Decision: Audit Recommended Decided Why Deadline Refused NeverShared Contingency InPlace Signed
Publication: Audit Kind Voice Language Format Name SHA256 Head On
`

func TestWhatLeaves(t *testing.T) {
	var got strings.Builder
	for _, noun := range handed() {
		body, _ := audit.Hand(noun, nil)
		d := json.NewDecoder(bytes.NewReader(body))
		got.WriteString(reflect.TypeOf(noun).Name() + ":")
		for depth, name := 0, true; ; {
			token, err := d.Token()
			if err != nil {
				break
			}
			switch token {
			case json.Delim('{'), json.Delim('['):
				depth++
				name = true
				continue
			case json.Delim('}'), json.Delim(']'):
				depth--
				name = true
				continue
			}
			if depth == 1 {
				if name {
					got.WriteString(" " + token.(string))
				}
				name = !name
			}
		}
		got.WriteString("\n")
	}
	if got.String() != leaving {
		t.Errorf("%s", got.String())
	}
}

// An audit without its purpose in both languages is not taken in: nobody who is
// asked could read what for.
func TestPurposeComesWithTheAudit(t *testing.T) {
	for purpose, ok := range map[string]bool{`{"EN":"To look together.","JA":"ご一緒に確認するためのものです。"}`: true, `{"EN":"To look together."}`: false, `{"JA":"ご一緒に"}`: false, `{}`: false} {
		_, err := (audit.HandedEntry{Kind: honne.EntryAudit, Body: json.RawMessage(`{"Title":"t","Known":"2026-04-01","Purpose":` + purpose + `}`)}).Noun()
		if ok != (err == nil) || !ok && !errors.Is(err, honne.ErrInvalid) {
			t.Errorf("%s: %v", purpose, err)
		}
	}
}

// Nothing of voices is handed over, and what says to hold it is refused.
func TestVoicesAreNotHandedOver(t *testing.T) {
	if body, ok := audit.Hand(honne.Released{Audit: 1, Median: 2.5, Themes: []string{"x"}}, nil); ok {
		t.Errorf("released: %s", body)
	}
	good, _ := audit.Hand(handed()[1], nil)
	for kind, body := range map[honne.EntryKind]string{
		honne.EntryReleased:  `{"Audit":1,"Dimension":"trust.transparency","Pool":"partner","Median":2.5}`,
		"voice":              `{}`,
		honne.EntryAudit:     `{"Title":"t","Known":"2026-04-01","Purpose":{"EN":"x","JA":"x"},"Least":3}`,
		honne.EntryRating:    strings.Replace(string(good), `"Score":2`, `"Score":9`, 1),
		honne.EntryInterview: `{"Pool":"partner","Voices":6}`,
		honne.EntryFinding:   `{"Kind":"gap"`,
	} {
		if _, err := (audit.HandedEntry{Kind: kind, Body: json.RawMessage(body)}).Noun(); !errors.Is(err, honne.ErrInvalid) {
			t.Errorf("%s %s: %v", kind, body, err)
		}
	}
}
