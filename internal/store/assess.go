package store

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"

	"honne"
)

// Audits lists all audits as they stand, by number, whoever is audited.
func (s *Store) Audits(ctx context.Context) ([]honne.Entry[honne.Audit], error) {
	rows, err := collect(ctx, s.read, (*entryRow).fields, `SELECT `+entryColumns+` FROM entry WHERE kind = $1 ORDER BY number, n`, string(honne.EntryAudit))
	list, err := entriesOf[honne.Audit](lastVersions(rows), err)
	if err != nil {
		return nil, fmt.Errorf("store: list audits: %w", err)
	}
	return list, nil
}

// Assessments lists the audits of a distributor with all that is written in them
// by now, the oldest first: what people wrote after the freeze belongs to it.
func (s *Store) Assessments(ctx context.Context, d honne.DistributorID) ([]honne.Assessment, error) {
	return s.assessments(ctx, d, honne.AsOf{})
}

func (s *Store) assessments(ctx context.Context, d honne.DistributorID, at honne.AsOf) ([]honne.Assessment, error) {
	rows, err := standing(ctx, s.read, d, at, "")
	var r honne.Record
	if err = errors.Join(err, addAudits(&r, rows)); err != nil {
		return nil, fmt.Errorf("store: audits of distributor %d: %w", d, err)
	}
	return r.Audits, nil
}

// HandedOver returns an audit as it stood when a document that hands names was last
// published of it; nil where none was, or where it was taken back since. An action
// that was dropped or taken back since is none any more.
func (s *Store) HandedOver(ctx context.Context, d honne.DistributorID, audit int, hands func(honne.Publication) bool) (*honne.Assessment, error) {
	list, err := Entries[honne.Publication](ctx, s, d)
	if err != nil {
		return nil, err
	}
	is := func(a honne.Assessment) bool { return a.Number == audit }
	for _, e := range slices.Backward(list) {
		if e.Body.Audit != audit || !hands(e.Body) {
			continue
		}
		then, err := s.assessments(ctx, d, honne.AsOf{Recorded: e.At})
		now, wrong := s.Assessments(ctx, d)
		i, stands := slices.IndexFunc(then, is), slices.IndexFunc(now, is)
		if err = errors.Join(err, wrong); err != nil || i < 0 || stands < 0 {
			return nil, err
		}
		then[i].Actions = slices.DeleteFunc(then[i].Actions, func(a honne.Numbered[honne.PlanAction]) bool {
			return !slices.ContainsFunc(now[stands].Actions, func(b honne.Numbered[honne.PlanAction]) bool { return b.Number == a.Number && b.Body.Dropped == "" })
		})
		return &then[i], nil
	}
	return nil, nil
}

// addAudits gives the record its audits, each with all that was written in it by
// the record's day.
func addAudits(rec *honne.Record, rows []entryRow) (err error) {
	of := map[int]*honne.Assessment{}
	for i := range rows {
		if rows[i].kind != honne.EntryAudit {
			continue
		}
		a, wrong := entryOf[honne.Audit](&rows[i])
		err = errors.Join(err, wrong)
		of[a.Number] = &honne.Assessment{Number: a.Number, Audit: a.Body}
	}
	for i := range rows {
		err = errors.Join(err, addToAudit(of, &rows[i]))
	}
	for _, a := range of {
		order(a)
		rec.Audits = append(rec.Audits, *a)
	}
	slices.SortFunc(rec.Audits, func(x, y honne.Assessment) int {
		return cmp.Or(cmp.Compare(x.Audit.Known, y.Audit.Known), cmp.Compare(x.Number, y.Number))
	})
	return err
}

// addToAudit adds an entry to the audit that it names; others are passed over.
func addToAudit(of map[int]*honne.Assessment, r *entryRow) error {
	switch r.kind {
	case honne.EntryRating:
		return into(r, func(x honne.Rating) int { return x.Audit }, of, func(a *honne.Assessment, _ int, x honne.Rating) { a.Ratings = append(a.Ratings, x) })
	case honne.EntryEvidenceRequest:
		return into(r, func(x honne.EvidenceRequest) int { return x.Audit }, of, func(a *honne.Assessment, _ int, x honne.EvidenceRequest) { a.Requests = append(a.Requests, x) })
	case honne.EntrySelfAnswer:
		return into(r, func(x honne.SelfAnswer) int { return x.Audit }, of, func(a *honne.Assessment, _ int, x honne.SelfAnswer) { a.Self = append(a.Self, x) })
	case honne.EntryInterview:
		return into(r, func(x honne.Interview) int { return x.Audit }, of, func(a *honne.Assessment, n int, x honne.Interview) {
			a.Interviews = append(a.Interviews, honne.Numbered[honne.Interview]{Number: n, Body: x})
		})
	case honne.EntryFinding:
		return into(r, func(x honne.Finding) int { return x.Audit }, of, func(a *honne.Assessment, n int, x honne.Finding) {
			a.Findings = append(a.Findings, honne.Numbered[honne.Finding]{Number: n, Body: x})
		})
	case honne.EntryPlanAction:
		return into(r, func(x honne.PlanAction) int { return x.Audit }, of, func(a *honne.Assessment, n int, x honne.PlanAction) {
			a.Actions = append(a.Actions, honne.Numbered[honne.PlanAction]{Number: n, Body: x})
		})
	case honne.EntryDecision:
		return into(r, func(x honne.Decision) int { return x.Audit }, of, func(a *honne.Assessment, _ int, x honne.Decision) { a.Decision = x })
	case honne.EntryReleased:
		return into(r, func(x honne.Released) int { return x.Audit }, of, func(a *honne.Assessment, _ int, x honne.Released) { a.Released = append(a.Released, x) })
	case honne.EntryPublication:
		return into(r, func(x honne.Publication) int { return x.Audit }, of, func(a *honne.Assessment, _ int, x honne.Publication) { a.Publication = append(a.Publication, x) })
	}
	return nil
}

func into[T honne.Entered](r *entryRow, audit func(T) int, of map[int]*honne.Assessment, add func(*honne.Assessment, int, T)) error {
	e, err := entryOf[T](r)
	if a := of[audit(e.Body)]; err == nil && a != nil {
		add(a, e.Number, e.Body)
	}
	return err
}

func order(a *honne.Assessment) {
	place := map[string]int{}
	for i, d := range honne.AllDimensions {
		place[d.Slug] = i
	}
	slices.SortStableFunc(a.Ratings, func(x, y honne.Rating) int { return cmp.Compare(place[x.Dimension], place[y.Dimension]) })
	slices.SortStableFunc(a.Self, func(x, y honne.SelfAnswer) int { return cmp.Compare(place[x.Dimension], place[y.Dimension]) })
	slices.SortStableFunc(a.Released, func(x, y honne.Released) int { return cmp.Compare(place[x.Dimension], place[y.Dimension]) })
}

// Publish keeps that a document was given away, and writes so at the end of the
// history in the same transaction; the publication gets the head behind it. The
// bytes must lie in the vault already.
func (s *Store) Publish(ctx context.Context, e honne.Entry[honne.Publication]) (honne.Entry[honne.Publication], error) {
	p := &e.Body
	err := s.inTx(ctx, func(tx *sql.Tx) error {
		head, err := s.note(ctx, tx, Trace{By: e.By, Verb: Published, Object: "/audits/" + honne.EntryCode(honne.EntryAudit, p.Audit) + "/publications",
			Detail: strings.Join([]string{p.Kind, p.Voice, p.Language, p.Format, p.SHA256}, " ")})
		if err != nil {
			return err
		}
		p.Head = head.String()
		e, err = enter(ctx, s, tx, e)
		return err
	})
	if err != nil {
		return e, fmt.Errorf("store: publish: %w", err)
	}
	return e, nil
}
