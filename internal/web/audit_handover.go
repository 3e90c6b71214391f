package web

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/http"
	"path"
	"slices"
	"strings"
	"time"

	"honne"
	"honne/internal/audit"
	"honne/internal/auth"
	"honne/internal/bundle"
	"honne/internal/store"
)

// auditPart is the part of a handed-over audit that says what it holds; what was
// received as evidence lies beside it.
const (
	auditPart       = "audit.json"
	documentsFolder = "documents/"
)

func handedKind() bundle.Kind { return bundle.Kind{Format: "honne-audit", Version: 1} }

// held is an entry of an audit in this house: as it would be handed over, every
// version of it.
type held struct {
	kind      honne.EntryKind
	number    int
	versions  []heldVersion // the last one stands
	withdrawn bool
}

type heldVersion struct {
	noun honne.Entered
	by   honne.UserID
	at   time.Time
}

func (h *held) last() heldVersion { return h.versions[len(h.versions)-1] }

// holdings are the entries of an audit of this house, of the kinds that are handed
// over, in their order.
func (v *visit) holdings(d honne.DistributorID, number int) (out []held, err error) {
	for _, read := range []func(*visit, honne.DistributorID) ([]held, error){heldOf[honne.Audit], heldOf[honne.EvidenceRequest], heldOf[honne.SelfAnswer],
		heldOf[honne.Interview], heldOf[honne.Rating], heldOf[honne.Finding], heldOf[honne.PlanAction], heldOf[honne.Decision], heldOf[honne.Publication]} {
		list, err := read(v, d)
		if err != nil {
			return nil, err
		}
		for _, h := range list {
			if of, _ := place(h.last().noun); of == number || h.kind == honne.EntryAudit && h.number == number {
				out = append(out, h)
			}
		}
	}
	return out, nil
}

func heldOf[T honne.Entered](v *visit, d honne.DistributorID) (out []held, err error) {
	list, err := store.EntryVersions[T](v.Context(), v.app.Store, d)
	if err != nil {
		return nil, fmt.Errorf("web: read audit: %w", err)
	}
	for _, e := range list {
		if n := len(out); n == 0 || out[n-1].number != e.Number {
			out = append(out, held{kind: e.Body.EntryKind(), number: e.Number})
		}
		h := &out[len(out)-1]
		h.versions, h.withdrawn = append(h.versions, heldVersion{e.Body, e.By, e.At}), e.Withdrawn
	}
	return out, nil
}

// place is the audit that an entry belongs to, and what there is but one of in it:
// a rating of a dimension, the decision.
func place(noun honne.Entered) (audit int, one string) {
	switch x := noun.(type) {
	case honne.Audit:
		return 0, "audit"
	case honne.EvidenceRequest:
		return x.Audit, ""
	case honne.SelfAnswer:
		return x.Audit, x.Dimension
	case honne.Interview:
		return x.Audit, ""
	case honne.Rating:
		return x.Audit, x.Dimension
	case honne.Finding:
		return x.Audit, ""
	case honne.PlanAction:
		return x.Audit, ""
	case honne.Decision:
		return x.Audit, "decision"
	case honne.Publication:
		return x.Audit, ""
	}
	return 0, ""
}

// origin names an audit wherever it is taken to: by when and as what it was
// opened, or by what it was taken in as.
func (v *visit) origin(number int, opened heldVersion) (string, error) {
	list, err := v.app.Store.TakenAs(v.Context(), honne.EntryAudit, number)
	if err != nil || len(list) > 0 && list[0].N == 1 {
		if err == nil {
			return list[0].Origin, nil
		}
		return "", fmt.Errorf("web: find where an audit comes from: %w", err)
	}
	body, _ := opened.noun.(honne.Audit)
	sum := sha256.Sum256(fmt.Appendf(nil, "%d %d %d %s", number, opened.at.UnixMicro(), body.Known, body.Title))
	return hex.EncodeToString(sum[:16]), nil
}

// author says who wrote a version of an entry, and when.
type author func(n int, by honne.UserID, at time.Time) (string, time.Time)

// authors tells who wrote the versions of an entry: of what was taken in, who did as
// its file states it, with who took it in.
func (v *visit) authors(kind honne.EntryKind, number int) (author, error) {
	list, err := v.app.Store.TakenAs(v.Context(), kind, number)
	if err != nil {
		return nil, fmt.Errorf("web: find who wrote it: %w", err)
	}
	return func(n int, by honne.UserID, at time.Time) (string, time.Time) {
		i := slices.IndexFunc(list, func(t store.Taken) bool { return t.N == n })
		if i < 0 {
			return v.userName(by), at
		}
		return v.t("takein.author", honne.Text("name", list[i].Author), honne.Text("by", v.userName(by))), list[i].Written
	}, nil
}

// handedAuthor is the name that is handed on: of whoever wrote it, also when it
// came from elsewhere before.
func (v *visit) handedAuthor(h held) (string, time.Time, error) {
	list, err := v.app.Store.TakenAs(v.Context(), h.kind, h.number)
	if err != nil {
		return "", time.Time{}, fmt.Errorf("web: find who wrote it: %w", err)
	}
	for _, t := range list {
		if t.N == len(h.versions) {
			return t.Author, t.Written, nil
		}
	}
	return v.userName(h.last().by), h.last().at, nil
}

// takenFrom says that the audit was opened elsewhere; "" when it was not.
func (x *assessed) takenFrom() (string, error) {
	list, err := x.app.Store.TakenAs(x.Context(), honne.EntryAudit, x.entry.Number)
	if err != nil || len(list) == 0 || list[0].N > 1 {
		return "", err
	}
	return x.t("takein.from", honne.Text("code", list[0].Code), honne.Text("name", list[0].Author)), nil
}

// sendAudit hands an audit over as one file, without anything of voices off the
// record.
func (a *app) sendAudit(w http.ResponseWriter, v *visit, x *assessed) error {
	handed, documents, err := x.hand()
	if err != nil {
		return err
	}
	v.leaves("handover", "zip")
	w.Header().Set("Content-Type", "application/zip")
	w.Header().Set("Content-Disposition", `attachment; filename="`+x.entry.Code()+`.zip"`)
	out := bundle.NewWriter(w)
	part, err := out.Part(auditPart)
	if err == nil {
		err = json.NewEncoder(part).Encode(handed)
	}
	missing := []string{} // the manifest says so when nothing is
	for _, d := range documents {
		if err != nil {
			break
		}
		var kept bool
		if kept, err = out.Original(d.part, d.sum, a.original(v.Context())); err == nil && !kept {
			missing = append(missing, d.part)
		}
	}
	if err != nil {
		return fmt.Errorf("web: hand audit over: %w", err)
	}
	return out.Close(handedKind(), map[string]any{"audit": x.entry.Code(), "title": x.entry.Body.Title, "missing": missing})
}

// lost names the documents that would be left out of the file, because their
// originals are lost.
func (x *assessed) lost() (names []string, err error) {
	_, documents, err := x.hand()
	for _, d := range documents {
		if err != nil {
			break
		}
		var there bool
		if there, err = x.app.Vault.Holds(d.sum); err == nil && !there {
			names = append(names, strings.TrimPrefix(d.part, documentsFolder))
		}
	}
	return names, err
}

// document is an original that is handed over: the part it goes into.
type document struct{ part, sum string }

// hand builds what is handed over, from what stands.
func (x *assessed) hand() (audit.Handed, []document, error) {
	handed := audit.Handed{Code: x.entry.Code(), Partner: x.distributor.Profile.Name}
	list, err := x.holdings(x.distributor.ID, x.entry.Number)
	if err != nil {
		return handed, nil, err
	}
	var onRecord []string
	for _, h := range list {
		if h.kind == honne.EntryInterview && !h.withdrawn {
			onRecord = append(onRecord, honne.EntryCode(h.kind, h.number))
		}
	}
	var documents []document
	for _, h := range list {
		if h.kind == honne.EntryAudit {
			if handed.Origin, err = x.origin(h.number, h.versions[0]); err != nil {
				return handed, nil, err
			}
		}
		body, ok := audit.Hand(h.last().noun, onRecord)
		if h.withdrawn || !ok {
			continue
		}
		e := audit.HandedEntry{Kind: h.kind, Code: honne.EntryCode(h.kind, h.number), Version: len(h.versions), Body: body}
		if e.By, e.At, err = x.handedAuthor(h); err != nil {
			return handed, nil, err
		}
		if r, ok := h.last().noun.(honne.EvidenceRequest); ok && r.File != 0 && x.may(auth.Read, auth.Figures) {
			f, err := x.app.Store.File(x.Context(), r.File)
			if err != nil {
				return handed, nil, fmt.Errorf("web: find document: %w", err)
			}
			e.Document = documentsFolder + e.Code + "/" + path.Base(f.Path)
			documents = append(documents, document{e.Document, f.SHA256})
		}
		handed.Entries = append(handed.Entries, e)
	}
	return handed, documents, nil
}
