package job

import (
	"context"
	"regexp"
	"slices"
	"strings"

	"honne"
	"honne/internal/intake/terms"
	"honne/internal/japan"
)

// pieces makes a report a part of its month, beside those of other names, where a person
// said of one of that layout that it is more of the month: a file for each customer or
// branch. A name that nobody knows is asked about: it may be one more, or all.
func (w *Works) pieces(ctx context.Context, f honne.StoredFile, r *honne.Reading, said honne.Decisions) error {
	if err := w.learnPieces(ctx, f, *r, said); err != nil {
		return err
	}
	memory, err := w.Store.Memory(ctx, f.Distributor)
	if err != nil {
		return err
	}
	for i := range r.Parts {
		p := &r.Parts[i]
		of, name := pieceOf(f.Path, *r, *p)
		form := memory.Forms[of]
		at := honne.Problem{Raw: name}
		if of == "" || len(form.Pieces) == 0 || p.Scope != "" && !(said.Adds && p.Adds()) {
			continue
		}
		t := r.Tables[p.Tables[0]]
		at.At = honne.Address{Sheet: t.Sheet, Range: t.Body}
		switch known := slices.Contains(form.Pieces, name); {
		case known && said.Adds:
			p.Scope, err = w.moreOf(ctx, f, *p, name)
		case known:
			at.Severity, at.Left, at.What = honne.SevNote, true, honne.Say(honne.PieceNamed, honne.Text("piece", name))
			if !slices.Contains(said.Open, at.Key()) {
				p.Scope, r.Problems = honne.Piece(name), append(r.Problems, at)
			}
		case !said.Adds:
			at.Severity, at.What = honne.SevWarning, honne.Say("problem.piece-unknown", honne.Text("piece", name), honne.List("known", form.Pieces))
			r.Problems = append(r.Problems, leave(at, form, said))
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// leave leaves a problem that a person left as it is in this file, or in an earlier one of
// the form.
func leave(p honne.Problem, form honne.Form, said honne.Decisions) honne.Problem {
	list := []honne.Problem{p}
	if said.Leave(list); slices.Contains(form.Left, p.OfForm()) && !slices.Contains(said.Open, p.Key()) {
		list[0].Severity, list[0].Left = honne.SevNote, true
	}
	return list[0]
}

// moreOf is the scope of a file of which a person said that it is more of the month, and
// whose name is known: beside a report of all it adds to that one, and replaces what a
// file of its name added before.
func (w *Works) moreOf(ctx context.Context, f honne.StoredFile, p honne.Part, name string) (string, error) {
	rec, err := w.Store.Record(ctx, f.Distributor, honne.AsOf{})
	if slices.ContainsFunc(rec.Deliveries, func(d honne.Delivery) bool {
		return d.Series == p.Series && d.Scope == "" && d.File != f.ID && d.InForce && overlap(d.Periods, p.Periods)
	}) {
		month, _, _ := strings.Cut(p.Scope, "/")
		return month + "/" + name, err
	}
	return honne.Piece(name), err
}

func overlap(a, b []honne.Period) bool {
	return slices.ContainsFunc(a, func(p honne.Period) bool { return slices.Contains(b, p) })
}

// learnPieces remembers by which names the reports of a layout are told apart, when a
// person says that one is more of the month, and forgets one that is opened again.
func (w *Works) learnPieces(ctx context.Context, f honne.StoredFile, r honne.Reading, said honne.Decisions) error {
	if fresh, err := w.decidedAnew(ctx, f.ID, r); err != nil || !fresh {
		return err
	}
	memory, err := w.Store.Memory(ctx, f.Distributor)
	for _, p := range r.Parts {
		of, name := pieceOf(f.Path, r, p)
		if form := memory.Forms[of]; err == nil && of != "" && slices.Contains(honne.DoneSeries, p.Series) {
			was := form.Pieces
			if form.Pieces = toldApart(was, name); said.Adds {
				form.Pieces, err = w.besides(ctx, f, r, p, was)
			} else if !openedAgain(said, r.Tables[p.Tables[0]]) {
				continue
			}
			if err == nil && !slices.Equal(was, form.Pieces) {
				memory.Forms[of] = form
				err = w.Store.SaveForm(ctx, f.Distributor, of, form)
			}
		}
	}
	return err
}

// toldApart are the names of parts but for one that is none; one alone is told from nothing,
// and may be all.
func toldApart(names []string, but string) []string {
	if names = without(names, []string{but}); len(names) < 2 {
		return nil
	}
	return names
}

func openedAgain(said honne.Decisions, t honne.Table) bool {
	named := honne.Problem{At: honne.Address{Sheet: t.Sheet, Range: t.Body}, What: honne.Say(honne.PieceNamed)}
	return slices.Contains(said.Open, named.Key())
}

// besides adds to the known names of a layout those of a file and of the other files of its
// month, where each name says something that no other does.
func (w *Works) besides(ctx context.Context, f honne.StoredFile, r honne.Reading, p honne.Part, known []string) ([]string, error) {
	all, err := w.Store.Files(ctx, f.Distributor)
	of, name := pieceOf(f.Path, r, p)
	out := append(slices.Clone(known), name)
	for _, x := range all {
		if err != nil || x.ID == f.ID || x.State != honne.FileReady && x.State != honne.FileToResolve && x.State != honne.FileAccepted {
			continue
		}
		var other honne.Reading
		other, err = w.Store.Reading(ctx, x.ID)
		for _, q := range other.Parts {
			form, its := pieceOf(x.Path, other, q)
			if form != of || q.Series != p.Series || !overlap(p.Periods, q.Periods) {
				continue
			}
			if name == "" || its == "" || !apart(name, its) {
				return known, err
			}
			out = append(out, its)
		}
	}
	if len(out) == len(known)+1 && len(known) == 0 { // nothing to be told from
		return known, err
	}
	slices.Sort(out)
	return slices.Compact(out), err
}

// apart reports whether each of two names has a word that the other has not.
func apart(a, b string) bool {
	x, y := strings.Split(a, "_"), strings.Split(b, "_")
	lacks := func(list, of []string) bool {
		return slices.ContainsFunc(of, func(s string) bool { return !slices.Contains(list, s) })
	}
	return lacks(x, y) && lacks(y, x)
}

// pieceOf returns the form of the tables of a part, and what title and name of the file say
// beside days and editions, in words; none where its tables differ in that.
func pieceOf(name string, r honne.Reading, p honne.Part) (form, words string) {
	for i, n := range p.Tables {
		t := r.Tables[n]
		said := wordsOf(name, t)
		if i > 0 && (t.Form != form || said != words) {
			return "", ""
		}
		form, words = t.Form, said
	}
	return form, words
}

// dayOrNumber is what changes from month to month in the name of a report.
var dayOrNumber = regexp.MustCompile(`\([月火水木金土日]\)|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[ .'-]*[0-9]+|[0-9][0-9.,:/-]*(?:年度?|月度?分?|日|期|分)*`)

func wordsOf(name string, t honne.Table) string {
	report, _ := japan.Edition(name)
	var words []string
	for _, s := range append([]string{report}, t.Title...) {
		s = dayOrNumber.ReplaceAllString(strings.ToLower(japan.Fold(s)), " ")
		for _, word := range strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune(terms.TitleBreaks+"-.,~", r) }) {
			if !slices.Contains(words, word) {
				words = append(words, word)
			}
		}
	}
	return strings.Join(words, "_")
}
