package web

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"

	"honne"
	"honne/internal/store"
)

// postSettle takes a one-press repair: of a cell, a column or a problem as it is.
func (a *app) postSettle(w http.ResponseWriter, v *visit, x *review) error {
	said := x.decided.Said
	if ruled, err := x.rule(v.FormValue("key"), v.FormValue("do")); ruled || err != nil {
		if err == nil {
			err = x.reread(w)
		}
		return err
	}
	if err := x.settle(&said, v.FormValue("key"), v.FormValue("do")); err != nil {
		return err
	}
	return x.decide(w, said)
}

// rule keeps what a person says of a product that is not on our own list: it counts
// for the partner's later files too, and is taken back on the page of names.
func (x *review) rule(key, do string) (ruled bool, err error) {
	i := slices.IndexFunc(x.reading.Problems, func(p honne.Problem) bool { return p.Key() == key && p.OffList != nil })
	if i < 0 || do == "leave" || do == "reopen" {
		return false, nil
	}
	off := x.reading.Problems[i].OffList
	number, is := strings.CutPrefix(do, "article ")
	switch n, bad := strconv.Atoi(number); {
	case is && bad == nil && n >= 0 && n < len(off.Near):
		err = x.app.Store.RuleArticle(x.Context(), x.user.ID, x.distributor.ID, off.Product, off.Near[n])
	case do == "unlisted":
		_, err = store.Enter(x.Context(), x.app.Store, honne.Entry[honne.Unlisted]{Distributor: x.distributor.ID, By: x.user.ID, Body: honne.Unlisted(off.Product)})
	default:
		return true, &honne.Invalid{Field: "do", What: honne.Say("intake.no-form")}
	}
	if err != nil {
		err = fmt.Errorf("web: rule on a product: %w", err)
	}
	return true, err
}

// settle applies a repair to the decisions. A problem that is no more, because
// the file was read anew, is a conflict.
func (x *review) settle(said *honne.Decisions, key, do string) error {
	for _, u := range unsureOf(x.reading) {
		if u.key() == key {
			return x.settleColumn(said, u.table, u.column.At, u.column.Meaning, do)
		}
	}
	i := slices.IndexFunc(x.reading.Problems, func(p honne.Problem) bool { return p.Key() == key })
	if i < 0 {
		return honne.ErrConflict
	}
	p := x.reading.Problems[i]
	cell := p.At.Range.From
	number, reads := strings.CutPrefix(do, "read ")
	sort, sorts := strings.CutPrefix(do, "sort ")
	switch {
	case p.What.ID == "problem.sort-said" && do == "reopen":
		return x.settleSort(said, p, "")
	case sorts:
		return x.settleSort(said, p, honne.Sort(sort))
	case reads:
		if _, err := honne.ParseDecimal(number); err != nil {
			return &honne.Invalid{Field: "do", What: honne.Say("intake.no-form")}
		}
		said.Read(p.At.Sheet, cell, number)
	case do == "adds" && (slices.Contains(replacing, p.What.ID) || p.What.ID == "arrival.covered") && x.ofOneMonth():
		said.Adds, said.Open = true, without(said.Open, x.pieceKey(p))
	case p.What.ID == "problem.adds-said" && do == "reopen":
		said.Adds, said.Open = false, append(without(said.Open, x.pieceKey(p)), x.pieceKey(p))
	case do == "blank":
		said.Read(p.At.Sheet, cell, "")
	case do == "row":
		said.Take(p.At.Sheet, cell.Row, false)
	case do == "leave":
		said.Left, said.Open = append(without(said.Left, key), key), without(said.Open, key)
	case do == "reopen":
		if said.Left = without(said.Left, key); p.OfForm() != "" {
			said.Open = append(without(said.Open, key), key)
		}
	case do == "unused", do == "is" && p.Instead != "":
		return x.settleColumn(said, x.tableAt(p.At), honne.ColumnName(int(cell.Col)), p.Instead, do)
	default:
		return &honne.Invalid{Field: "do", What: honne.Say("intake.no-form")}
	}
	return nil
}

// pieceKey names what is remembered of the file as a part of its month.
func (x *review) pieceKey(p honne.Problem) string {
	t := x.reading.Tables[x.tableAt(p.At)]
	return honne.Problem{At: honne.Address{Sheet: t.Sheet, Range: t.Body}, What: honne.Say(honne.PieceNamed)}.Key()
}

func without(keys []string, key string) []string {
	return slices.DeleteFunc(slices.Clone(keys), func(k string) bool { return k == key })
}

// settleSort says what a code says of its rows, "" for nothing again.
func (x *review) settleSort(said *honne.Decisions, p honne.Problem, sort honne.Sort) error {
	switch sort {
	case "", honne.Sold, honne.Returned, honne.Unsold:
	default:
		return &honne.Invalid{Field: "do", What: honne.Say("intake.no-form")}
	}
	s := x.sayOf(said, x.tableAt(p.At))
	if s.Sorts == nil {
		s.Sorts = map[string]honne.Sort{}
	}
	s.Sorts[p.Raw] = sort
	return nil
}

func (x *review) settleColumn(said *honne.Decisions, table int, at string, meaning honne.Meaning, do string) error {
	if do != "is" {
		meaning = honne.MeaningUnknown
	}
	s := x.sayOf(said, table)
	if s.Columns == nil {
		s.Columns = map[string]honne.Meaning{}
	}
	s.Columns[at] = meaning
	return nil
}

// sayOf is what is said of a table. Where nothing was said yet, its box to remember
// stays ticked, as it is by default; where somebody took the tick away, it stays so.
func (x *review) sayOf(said *honne.Decisions, table int) *honne.TableSaid {
	t := x.reading.Tables[table]
	first := said.Table(t.Sheet, t.N) == nil
	s := said.Say(t.Sheet, t.N)
	s.Remember = s.Remember || first
	return s
}

// decide keeps decisions and reads the file again. When somebody else decided
// since the page was made, nothing is kept and the page says who.
func (x *review) decide(w http.ResponseWriter, said honne.Decisions) error {
	seen, err := strconv.Atoi(x.FormValue("decided"))
	if err != nil {
		seen = x.decided.N
	}
	err = x.app.Store.Decide(x.Context(), x.user.ID, x.file.ID, seen, said)
	if errors.Is(err, honne.ErrConflict) && x.waits() {
		return x.redirect(w, x.at("check")+"?done=others")
	}
	if err != nil {
		return fmt.Errorf("web: decide: %w", err)
	}
	return x.reread(w)
}

// reread has the file read again and shows what was understood, where that is quick.
func (x *review) reread(w http.ResponseWriter) error {
	if err := x.app.Reread(x.Context(), x.file.ID); err != nil {
		return fmt.Errorf("web: read file again: %w", err)
	}
	x.await(x.file.ID)
	to := x.at("check")
	if n := x.URL.Query().Get("table"); n != "" {
		to += "?table=" + url.QueryEscape(n)
	}
	return x.redirect(w, to)
}

// patience is how long a page waits for a file to be read before it shows the
// steps of the reading.
const patience = time.Second

// await gives a short reading the time to end.
func (v *visit) await(id honne.FileID) {
	tick := time.NewTicker(patience / 40)
	defer tick.Stop()
	for range 40 {
		f, err := v.app.Store.File(v.Context(), id)
		if err != nil || f.State != honne.FileReading {
			return
		}
		select {
		case <-tick.C:
		case <-v.Context().Done():
			return
		}
	}
}

// postReason states why the file changes earlier figures.
func (a *app) postReason(w http.ResponseWriter, v *visit, x *review) error {
	reason := honne.Reason(v.FormValue("reason"))
	if !slices.Contains(reasons[:], reason) {
		return &honne.Invalid{Field: "reason", What: honne.Say("intake.no-form")}
	}
	said := x.decided.Said
	if said.Reason = reason; reason == honne.ReasonUnexplained {
		said.Reason = ""
	}
	return x.decide(w, said)
}

// postAccept accepts once; a second press finds it done. What was guessed must be
// settled first, and open points seen.
func (a *app) postAccept(w http.ResponseWriter, v *visit, x *review) error {
	switch {
	case x.file.State == honne.FileAccepted:
		return v.redirect(w, x.at("check")+"?done=accepted")
	case len(unsureOf(x.reading)) > 0:
		return v.redirect(w, x.at("columns")+"?done=confirm-columns")
	case x.file.State == honne.FileToResolve && v.FormValue("seen") != "1":
		return v.redirect(w, x.at("check")+"?done=look-first#to-resolve")
	}
	accepted, err := true, error(nil)
	if x.file.State == honne.FileReady {
		accepted, err = a.Works.AcceptShown(v.Context(), v.user.ID, x.file.ID)
	} else {
		err = a.Works.Accept(v.Context(), v.user.ID, x.file.ID)
	}
	switch {
	case err == nil && !accepted:
		return v.redirect(w, x.at("check")+"?done=look-first#to-resolve")
	case errors.Is(err, honne.ErrConflict) && (x.file.State == honne.FileReady || x.file.State == honne.FileToResolve):
		// What was settled in another file has this one read anew.
		return v.redirect(w, x.at("check")+"?done=read-anew#accept")
	case errors.Is(err, honne.ErrConflict):
		return honne.ErrConflict
	case err != nil:
		return fmt.Errorf("web: accept: %w", err)
	}
	return errors.Join(v.teach(x.file, honne.FileToResolve), v.redirect(w, x.at("check")+"?done=accepted"))
}

// teach has the partner's other files that wait read again, now that more is known of
// their forms, or less.
func (v *visit) teach(of honne.StoredFile, waiting ...honne.FileState) error {
	files, err := v.app.Store.Files(v.Context(), of.Distributor)
	if err != nil {
		return fmt.Errorf("web: list files: %w", err)
	}
	for _, f := range files {
		if f.ID == of.ID || !slices.Contains(waiting, f.State) {
			continue
		}
		if err := v.app.Reread(v.Context(), f.ID); err != nil && !errors.Is(err, honne.ErrConflict) {
			return fmt.Errorf("web: read file %d again: %w", f.ID, err)
		}
	}
	return nil
}

// postUndo takes an acceptance back by a reversing version.
func (a *app) postUndo(w http.ResponseWriter, v *visit) error {
	f, _, err := v.file()
	if err != nil {
		return err
	}
	if f.State != honne.FileAccepted || v.now().Sub(f.Accepted) >= undoFor {
		return honne.ErrConflict
	}
	if err := a.Works.Undo(v.Context(), v.user.ID, f.ID); err != nil {
		return fmt.Errorf("web: undo: %w", err)
	}
	return errors.Join(v.teach(f, honne.FileReady, honne.FileToResolve), v.redirect(w, "/intake/"+v.PathValue("n")+"/check?done=undone"))
}

// sendOriginal sends the bytes as they came, to be saved and never shown.
func (a *app) sendOriginal(w http.ResponseWriter, v *visit) error {
	f, _, err := v.file()
	if err != nil {
		return err
	}
	o, size, err := a.Vault.Open(v.Context(), f.SHA256)
	if err != nil {
		return fmt.Errorf("web: open original: %w", err)
	}
	defer o.Close()
	name := f.Path[strings.LastIndexByte(f.Path, '/')+1:]
	v.leaves("original", strings.ToLower(strings.TrimPrefix(path.Ext(name), ".")))
	w.Header().Set("Content-Type", "application/octet-stream")
	w.Header().Set("Content-Disposition", "attachment; filename*=UTF-8''"+url.PathEscape(name))
	http.ServeContent(w, v.Request, "", f.Loaded, io.NewSectionReader(o, 0, size))
	return nil
}
