package web

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"honne"
	"honne/internal/audit"
	"honne/internal/auth"
	"honne/internal/inspect"
	"honne/internal/lang"
	"honne/internal/report"
	"honne/internal/store"
)

// publishPage shows a document of an audit as it will go out, what it lacks, and
// what went out before.
type publishPage struct {
	Frame
	Errors                     []Problem
	Code, Heading, Back        string
	Kind, In                   string // the document and its language
	Kinds, Editions, Languages []Choice
	Lacks, Warns               []string // what keeps it in, and what a person decides
	Signs                      string   // that the font of the PDF lacks
	Preview                    string   // the page as it will be read; "" while it may not go
	Ahead                      aheadView
	Originals                  string // the dossier with them as one file; "" for other documents
	Drafts                     []DraftRow
	Partner, MayPublish        bool
	Forgets                    string // the day that publishing sets; "" where it sets none
	Head                       string // of the history, as it stands in the drafts
	Published                  []PublicationRow
}

// DraftRow is a document in one format, byte for byte as it would go out.
type DraftRow struct {
	Format, Name, Href, Size, SHA256 string
	Current                          bool
}

// PublicationRow is what was given away.
type PublicationRow struct{ What, Who, Href, SHA256, Head string }

// The formats in which a document goes out, the usual one first.
var publishedFormats = [...]string{"pdf", "html", "xlsx"}

// draft is a document of an audit that may go out.
type draft struct {
	*assessed
	kind    string
	edition report.Edition
	lang    lang.Language
	lacks   []honne.Message // why it may not go to the partner yet
	warns   []honne.Message // words to look at again before it goes
	head    store.Head      // of the history, which stands in the document
	doc     report.Document
	bundle  report.Bundle // of a dossier
}

// going makes the document that the address or the form names; each has its own
// language, which need not be the reader's.
func (v *visit) going() (*draft, error) {
	x, err := v.audit()
	if err != nil {
		return nil, err
	}
	d := &draft{assessed: x, kind: "audit", edition: report.Partner, lang: lang.JA}
	if s := x.FormValue("kind"); s != "" {
		d.kind = s
	}
	if x.FormValue("edition") == string(report.Internal) {
		d.edition, d.lang = report.Internal, x.visit.lang
	}
	if l, ok := lang.Parse(x.FormValue("in")); ok {
		d.lang = l
	}
	if !slices.Contains(d.kinds(), d.kind) || !x.may(auth.Read, auth.Reports) || d.edition == report.Internal && !x.hearsTogether() {
		return nil, honne.ErrNotFound
	}
	c, rec, err := x.documents(d.edition)
	if err != nil {
		return nil, err
	}
	if d.edition == report.Partner {
		d.lacks, d.warns = c.Lacks(d.kind, x.stacked, x.app.Languages), c.Warns(d.kind, x.stacked, x.app.Languages)
	}
	if report.Held(c.Frozen) && d.edition != report.Internal {
		return d, nil
	}
	if err := d.witness(); err != nil {
		return nil, err
	}
	if d.kind == "dossier" {
		return d, d.dossier(c, rec)
	}
	d.doc, _ = c.Document(d.kind, d.edition)
	if d.head.N > 0 {
		d.doc.Foot = append(d.doc.Foot, honne.Say("report.reference", honne.Text("head", d.head.String())))
	}
	return d, nil
}

// kinds are the documents that there are in an edition: what happened, in its
// order, and what must be ready before a relation ends are never for a partner.
func (d *draft) kinds() []string {
	if d.edition == report.Internal && d.may(auth.Read, auth.Legal) {
		return append(audit.SharedKinds[:], "dossier", "transition")
	}
	return audit.SharedKinds[:]
}

// everyRange is more than a figure has.
const everyRange = 1 << 20

// headLasts is how long the head of a page may be put into what it shows: a working
// day, so that what goes out is a witness of today's history.
const headLasts = 12 * time.Hour

// witness finds the head of the history that stands in the document: what is kept
// elsewhere finds a history that was rewritten. The head is that of the page on
// which the document was seen, so that the very bytes go out.
func (d *draft) witness() error {
	now, err := d.app.Store.Head(d.Context())
	if s := d.FormValue("head"); err != nil || s == "" || s == now.String() {
		d.head = now
	} else if d.head, err = store.ParseHead(s); err == nil {
		err = d.app.Store.CheckHead(d.Context(), d.head, d.now().Add(-headLasts))
	}
	switch {
	case errors.Is(err, honne.ErrInvalid):
		return honne.ErrNotFound
	case err != nil:
		return fmt.Errorf("web: head of the history: %w", err)
	}
	return nil
}

// documents is what the documents of the audit are written from. What is for
// counsel alone is in none of them: a document goes from hand to hand.
func (x *assessed) documents(e report.Edition) (report.Case, honne.Record, error) {
	rec, err := x.frozenRecord()
	if err != nil {
		return report.Case{}, rec, err
	}
	today, err := x.recordOf(x.distributor)
	if err != nil {
		return report.Case{}, rec, err
	}
	rec.Log.RedFlags, today.Log.RedFlags = nil, nil
	rec.WithholdVoices()
	today.WithholdVoices()
	book, err := x.book()
	if err != nil {
		return report.Case{}, rec, err
	}
	shown := func(honne.Source) bool { return true }
	if e == report.Partner {
		shown = rec.FromPartner
	}
	c := report.Case{Frozen: inspect.Picture(rec, book), Today: inspect.Picture(today, book), Audit: x.assessment, Figure: x.figureNames(x.distributor),
		Evidence: func(list []honne.Selection) ([]string, int) {
			return x.ranges(x.distributor, x.entry.Body.AsOf(), list, shownRanges, shown)
		}}
	if e == report.Partner {
		now, err := x.asOf(x.distributor)
		if err != nil {
			return c, rec, err
		}
		c.Later = x.laterOf(x.distributor, now, &today)
		if c.Apart, err = x.apart(today); err != nil {
			return c, rec, err
		}
	}
	if n := len(x.all); n > 1 {
		c.Before = &x.all[n-2]
		if c.Told, err = x.app.Store.HandedOver(x.Context(), x.distributor.ID, c.Before.Number, report.HandsOver); err != nil {
			return c, rec, err
		}
	}
	return c, rec, nil
}

// apart is what no text for the partner may name.
func (x *assessed) apart(rec honne.Record) (report.Apart, error) {
	all, err := x.app.Store.Distributors(x.Context())
	if err != nil {
		return report.Apart{}, fmt.Errorf("web: list distributors: %w", err)
	}
	mail, err := x.app.Store.People(x.Context(), x.distributor.ID)
	if err != nil {
		return report.Apart{}, fmt.Errorf("web: people in mail: %w", err)
	}
	return report.NewApart(x.distributor, all, rec, mail), nil
}

// bytes is the document in a format, and the signs that the font lacks.
func (d *draft) bytes(format string) (b []byte, lacking []string, err error) {
	var out bytes.Buffer
	switch format {
	case "html":
		err = d.doc.HTML(&out, d.app.Languages, d.lang)
	case "pdf":
		lacking, err = d.doc.PDF(&out, d.app.Languages, d.lang)
	case "xlsx":
		err = d.doc.XLSX(&out, d.app.Languages, d.lang)
	default:
		err = honne.ErrNotFound
	}
	if err != nil {
		return nil, nil, fmt.Errorf("web: write %s: %w", format, err)
	}
	return out.Bytes(), lacking, nil
}

func digest(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

// fileName is how the document is called when it leaves: by its title and the
// day, and by nothing of ours.
func (d *draft) fileName(format string) string {
	name := strings.Map(func(r rune) rune {
		if strings.ContainsRune(`/\:*?"<>|`, r) {
			return '-'
		}
		return r
	}, d.app.Languages.Say(d.lang, d.doc.Title))
	return name + "_" + honne.DateOf(d.now()).String() + "." + format
}

func (a *app) showPublish(w http.ResponseWriter, v *visit) error {
	d, err := v.going()
	if err != nil {
		return err
	}
	return d.page(w, http.StatusOK, v.fields())
}

func (d *draft) at(path string, pairs ...string) string {
	q := url.Values{"kind": {d.kind}, "edition": {string(d.edition)}, "in": {string(d.lang)}}
	if strings.HasPrefix(path, "/publish/") {
		q.Set("head", d.head.String())
	}
	for i := 0; i+1 < len(pairs); i += 2 {
		q.Set(pairs[i], pairs[i+1])
	}
	return d.assessed.at(path) + "?" + q.Encode()
}

func (d *draft) page(w http.ResponseWriter, status int, f *fields) error {
	page := publishPage{Frame: d.assessed.frame(d.t("publish.title")), Errors: f.list(), Code: d.entry.Code(), Heading: d.t("publish.title"), Back: d.assessed.at("/outcome"), Kind: d.kind, In: string(d.lang),
		Partner: d.edition == report.Partner, Lacks: d.sayAll(d.lacks), Warns: d.sayAll(d.warns), MayPublish: d.mayPublish() && len(d.lacks) == 0, Head: d.head.String()}
	page.Internal, page.Ahead = !page.Partner, d.ahead(f)
	if d.forgetDay() == 0 && slices.Contains(audit.SharedKinds[:], d.kind) {
		page.Forgets = d.t("publish.forgets", honne.Day("day", honne.DateOf(d.now())+audit.KeptDays), honne.Count("days", audit.KeptDays))
	}
	page.Crumbs = append(page.Crumbs, Choice{Href: page.Back, Label: d.t("audit.outcome")}, Choice{Label: page.Heading})
	d.choices(&page)
	if d.kind == "dossier" {
		page.Originals = d.at("/publish/originals")
	}
	if d.doc.Title.ID != "" {
		page.Preview = d.at("/publish/file", "format", "html", "inline", "1")
		if err := d.drafts(&page, f); err != nil {
			return err
		}
	}
	list, err := store.Entries[honne.Publication](d.Context(), d.app.Store, d.distributor.ID)
	if err != nil {
		return fmt.Errorf("web: list publications: %w", err)
	}
	for _, e := range slices.Backward(list) {
		if d.has(e.Body) {
			page.Published = append(page.Published, d.publicationRow(e))
		}
	}
	w.Header().Set("Content-Security-Policy", policy+"; frame-src 'self'")
	return d.show(w, status, "publish", page)
}

// choices are the documents, the editions and the languages that there are.
func (d *draft) choices(page *publishPage) {
	for _, kind := range d.kinds() {
		page.Kinds = append(page.Kinds, Choice{Href: d.at("/publish", "kind", kind), Label: d.t("publish.kind." + kind), Current: kind == d.kind})
	}
	for _, e := range []report.Edition{report.Partner, report.Internal} {
		if e == report.Partner || d.hearsTogether() {
			kind := d.kind
			if !slices.Contains(audit.SharedKinds[:], kind) {
				kind = "audit"
			}
			page.Editions = append(page.Editions, Choice{Href: d.at("/publish", "edition", string(e), "kind", kind), Label: d.t("publish.edition." + string(e)), Current: e == d.edition})
		}
	}
	for _, l := range []lang.Language{lang.JA, lang.EN} {
		page.Languages = append(page.Languages, Choice{Href: d.at("/publish", "in", string(l)), Label: d.t("publish.language." + string(l)), Current: l == d.lang})
	}
}

// drafts lists the document in each format, and what the font lacks.
func (d *draft) drafts(page *publishPage, f *fields) error {
	for i, format := range publishedFormats {
		b, lacking, err := d.bytes(format)
		if err != nil {
			return err
		}
		if len(lacking) > 0 {
			page.Signs = d.t("publish.signs", honne.Text("signs", strings.Join(lacking, " ")))
		}
		chosen := f.text("format")
		page.Drafts = append(page.Drafts, DraftRow{Format: format, Name: d.t("publish.format." + format), Href: d.at("/publish/file", "format", format),
			Size: d.visit.lang.Bytes(int64(len(b))), SHA256: digest(b), Current: format == chosen || chosen == "" && i == 0})
	}
	return nil
}

// mayPublish: an edition for the partner is given by who reviews with them, ours
// by who writes reports (ux 2).
func (d *draft) mayPublish() bool {
	if d.edition == report.Partner {
		return d.may(auth.Write, auth.Reviews) && d.may(auth.Write, auth.Reports)
	}
	return d.may(auth.Write, auth.Reports)
}

// sendDraft sends a document as it would go out. Inside the page it is shown
// behind a policy of its own: it can run and load nothing.
func (a *app) sendDraft(w http.ResponseWriter, v *visit) error {
	d, err := v.going()
	switch {
	case err != nil:
		return err
	case d.doc.Title.ID == "":
		return honne.ErrNotFound
	}
	format := v.FormValue("format")
	b, _, err := d.bytes(format)
	if err != nil {
		return err
	}
	if format == "html" && v.FormValue("inline") != "" {
		w.Header().Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'; sandbox")
		w.Header().Set("X-Frame-Options", "SAMEORIGIN")
		w.Header().Set("Content-Type", contentType(format))
		_, err = w.Write(b)
		return err
	}
	v.leaves(d.kind, string(d.edition), string(d.lang), format)
	return send(w, bytes.NewReader(b), d.fileName(format), format)
}

func contentType(format string) string {
	switch format {
	case "pdf":
		return "application/pdf"
	case "zip":
		return "application/zip"
	case "xlsx":
		return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	}
	return "text/html; charset=utf-8"
}

// attach says that a file follows, and what it is called.
func attach(w http.ResponseWriter, name, format string) {
	w.Header().Set("Content-Type", contentType(format))
	w.Header().Set("Content-Disposition", "attachment; filename*=UTF-8''"+url.PathEscape(name))
}

func send(w http.ResponseWriter, r io.Reader, name, format string) error {
	attach(w, name, format)
	_, err := io.Copy(w, r)
	return err
}

// postPublish gives a document away: the very bytes that were seen on the page.
func (a *app) postPublish(w http.ResponseWriter, v *visit) error {
	d, err := v.going()
	switch {
	case err != nil:
		return err
	case !d.mayPublish() || d.doc.Title.ID == "":
		return honne.ErrNotFound
	case len(d.lacks) > 0:
		return d.page(w, http.StatusUnprocessableEntity, v.fields())
	}
	f := v.fields()
	format := f.text("format")
	b, _, err := d.bytes(format)
	if err != nil {
		return err
	}
	if f.text("seen-"+format) != digest(b) {
		f.fail("drafts", v.t("publish.changed"))
		return d.page(w, http.StatusUnprocessableEntity, f)
	}
	sum, _, err := a.Vault.Put(v.Context(), bytes.NewReader(b))
	if err == nil {
		_, err = a.Store.Publish(v.Context(), honne.Entry[honne.Publication]{Distributor: d.distributor.ID, By: v.user.ID, Body: honne.Publication{
			Audit: d.entry.Number, Kind: d.kind, Voice: string(d.edition), Language: string(d.lang), Format: format, Name: d.fileName(format), SHA256: sum, On: honne.DateOf(v.now())}})
	}
	if err == nil && slices.Contains(audit.SharedKinds[:], d.kind) {
		d.assessment.Publication = append(d.assessment.Publication, honne.Publication{Kind: d.kind, On: honne.DateOf(v.now())})
		err = d.settleKeys()
	}
	if err != nil {
		return fmt.Errorf("web: publish: %w", err)
	}
	return v.redirect(w, d.at("/publish", "done", "published")+"#published")
}

// has reports whether a publication of the audit exists for the visitor: ours may
// hold what voices say together.
func (x *assessed) has(p honne.Publication) bool {
	legal := !slices.Contains(audit.SharedKinds[:], p.Kind)
	return p.Audit == x.entry.Number && (p.Voice == string(report.Partner) || x.hearsTogether() && (!legal || x.may(auth.Read, auth.Legal)))
}

func (x *assessed) publicationRow(e honne.Entry[honne.Publication]) PublicationRow {
	p := e.Body
	return PublicationRow{Href: x.at("/publications/" + strconv.Itoa(e.Number)), SHA256: p.SHA256, Head: p.Head,
		What: strings.Join([]string{x.t("publish.kind." + p.Kind), x.t("publish.edition." + p.Voice), x.t("publish.language." + p.Language), x.t("publish.format." + p.Format)}, " · "),
		Who:  x.t("publish.by", honne.Text("name", x.userName(e.By)), honne.Instant("at", e.At))}
}

// sendPublished sends what was given away, byte for byte.
func (a *app) sendPublished(w http.ResponseWriter, v *visit, x *assessed) error {
	n, err := v.number("n")
	if err != nil || !v.may(auth.Read, auth.Reports) {
		return honne.ErrNotFound
	}
	history, err := store.EntryHistory[honne.Publication](v.Context(), a.Store, n)
	if err != nil {
		return fmt.Errorf("web: find publication: %w", err)
	}
	p := history[len(history)-1].Body
	if !x.has(p) {
		return honne.ErrNotFound
	}
	original, _, err := a.Vault.Open(v.Context(), p.SHA256)
	if err != nil {
		return fmt.Errorf("web: open publication %d: %w", n, err)
	}
	v.leaves(p.Kind, p.Voice, p.Language, p.Format, p.SHA256)
	return errors.Join(send(w, original, p.Name, p.Format), original.Close())
}
