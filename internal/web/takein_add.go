package web

import (
	"errors"
	"fmt"
	"net/http"
	"path"
	"strings"

	"honne"
	"honne/internal/auth"
	"honne/internal/store"
)

// postTaken takes the file in: all that its page showed as new, or nothing.
func (a *app) postTaken(w http.ResponseWriter, v *visit) error {
	t, done, err := v.openTakeIn()
	defer done()
	if err != nil {
		return v.refuseTakeIn(w, err)
	}
	f := v.fields()
	switch {
	case t.closed:
		f.fail("distributor", v.t("takein.closed"))
	case t.distributor.ID == 0:
		f.fail("distributor", v.t("form.required", honne.Word("field", "form.distributor")))
	case f.text("seen") != t.seenAs():
		f.fail("distributor", v.t("takein.changed"))
	}
	if len(f.order) > 0 {
		return t.page(w, http.StatusUnprocessableEntity, f)
	}
	documents, err := t.receive()
	if err == nil {
		err = a.Store.TakeIn(v.Context(), v.user.ID, func(add func(honne.Entered, store.Taken) (int, error)) error { return t.add(add, documents) })
	}
	if err != nil {
		return fmt.Errorf("web: take audit in: %w", err)
	}
	return v.redirect(w, "/audits/"+honne.EntryCode(honne.EntryAudit, t.number)+"?done=taken-in")
}

// receive gives the documents of entries that are added to intake, as what the
// partner sent, where the visitor may do that: the file of each, by its part.
func (t *takeIn) receive() (map[string]honne.FileID, error) {
	out := map[string]honne.FileID{}
	for _, r := range t.rows {
		request, ok := r.noun.(honne.EvidenceRequest)
		if !ok || r.Document == "" || r.state == takenSame || !t.may(auth.Write, auth.Figures) {
			continue
		}
		in, err := t.bundle.Part(r.Document)
		if errors.Is(err, honne.ErrNotFound) {
			continue
		}
		if err != nil {
			return nil, err
		}
		up := Upload{Distributor: t.distributor.ID, Name: path.Base(r.Document), Bytes: in, By: t.user.ID, From: honne.Theirs}
		if request.Received != 0 {
			up.Received = request.Received.At(12, 0)
		}
		id, err := t.app.Receive(t.Context(), up)
		var twice *honne.Duplicate
		if errors.As(err, &twice) {
			id, err = twice.Of, nil
		}
		if err = errors.Join(err, in.Close()); err != nil {
			return nil, err
		}
		out[r.Document] = id
	}
	return out, nil
}

// add enters what is new, in the order of the kinds, so that what others refer to
// has its number here.
func (t *takeIn) add(enter func(honne.Entered, store.Taken) (int, error), documents map[string]honne.FileID) error {
	findings := map[string]int{}
	for _, r := range t.rows {
		if r.here != nil && r.Kind == honne.EntryFinding {
			findings[r.Code] = r.here.number
		}
		if r.state != takenNew && r.state != takenVersion {
			continue
		}
		to := store.Taken{Distributor: t.distributor.ID, Kind: r.Kind, Origin: t.handed.Origin, Code: r.Code, Version: r.Version, Author: strings.TrimSpace(r.By),
			Written: r.At, File: t.file, Digest: r.digest}
		if r.here != nil {
			to.Number, to.N = r.here.number, len(r.here.versions)
		}
		number, err := enter(t.ours(r, findings, documents), to)
		if err != nil {
			return err
		}
		switch r.Kind {
		case honne.EntryAudit:
			t.number = number
		case honne.EntryFinding:
			findings[r.Code] = number
		}
	}
	return nil
}

// ours is an entry of the file as this house writes it: numbers are those of here.
func (t *takeIn) ours(r takenEntry, findings map[string]int, documents map[string]honne.FileID) honne.Entered {
	switch x := r.noun.(type) {
	case honne.Audit:
		return t.ourAudit(x, r.here)
	case honne.EvidenceRequest:
		x.Audit, x.File = t.number, documents[r.Document]
		if was, ok := r.before().(honne.EvidenceRequest); ok && x.File == 0 {
			x.File = was.File
		}
		return x
	case honne.SelfAnswer:
		x.Audit = t.number
		return x
	case honne.Interview:
		x.Audit = t.number
		return x
	case honne.Rating:
		x.Audit, x.Evidence = t.number, t.links(x.Evidence)
		return x
	case honne.Finding:
		x.Audit, x.Born, x.Evidence = t.number, t.link(x.Born), t.links(x.Evidence)
		return x
	case honne.PlanAction:
		x.Audit, x.Finding = t.number, findings[honne.EntryCode(honne.EntryFinding, x.Finding)]
		return x
	}
	return r.noun
}

// before is what stands here; nil for nothing.
func (r takenEntry) before() honne.Entered {
	if r.here == nil {
		return nil
	}
	return r.here.last().noun
}

// ourAudit is the audit with what stays at home: who leads it, what voices need.
// A new one is led by whoever takes it in, and is open.
func (t *takeIn) ourAudit(x honne.Audit, here *held) honne.Audit {
	if here == nil {
		x.Lead, x.Recorded, x.Closed = t.user.ID, t.now(), 0
		return x
	}
	was := here.last().noun.(honne.Audit)
	x.Lead, x.Team, x.Recorded, x.Least, x.LeastWhy, x.Hotline, x.Held, x.Closed = was.Lead, was.Team, was.Recorded, was.Least, was.LeastWhy, was.Hotline, was.Held, was.Closed
	return x
}

// links are links to evidence. A claim, C-014, is another one here than where the
// file comes from: it stays as a note. A measure and the name of a document mean
// the same everywhere.
func (t *takeIn) links(list []honne.EvidenceLink) (out []honne.EvidenceLink) {
	for _, l := range list {
		out = append(out, t.link(l))
	}
	return out
}

func (t *takeIn) link(l honne.EvidenceLink) honne.EvidenceLink {
	if t.own || l.Kind == "measure" || l.Kind == "document" || l.Ref == "" {
		return l
	}
	return honne.EvidenceLink{Kind: l.Kind, Note: strings.TrimSpace(t.handed.Code + " " + l.Ref + " " + l.Note)}
}
