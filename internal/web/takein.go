package web

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"

	"honne"
	"honne/internal/audit"
	"honne/internal/auth"
	"honne/internal/bundle"
	"honne/internal/store"
)

// What is taken of a file that comes from outside, at most, in bytes: of the file,
// and of what it unpacks to.
const (
	takeInLength   = 256 << 20
	takeInUnpacked = 1 << 30
	takeInText     = 32 << 20 // of audit.json
	takeInEntries  = 5000
)

// What becomes of an entry of a handed-over audit.
const (
	takenNew     = "new"
	takenSame    = "same"    // it is here already, now or in the history
	takenVersion = "version" // it becomes a version behind the one here
	takenLeft    = "left"    // it is not for this person to enter
)

// takeIn is a handed-over audit beside what this house has of it.
type takeIn struct {
	*visit
	file        string // SHA-256; an original like any other
	bundle      *bundle.Reader
	handed      audit.Handed
	distributor honne.Distributor // whose it becomes; of ID 0 while that is not chosen
	number      int               // of the audit here; 0: none yet
	own         bool              // it was opened in this house
	closed      bool
	rows        []takenEntry
}

// takenEntry is an entry of the file, and where it goes.
type takenEntry struct {
	audit.HandedEntry
	noun   honne.Entered
	digest string
	state  string
	here   *held // nil: nothing yet
}

// showTakeIn asks for the file.
func (a *app) showTakeIn(w http.ResponseWriter, v *visit) error {
	if !v.mayStart() {
		return honne.ErrNotFound
	}
	return v.takeInForm(w, http.StatusOK, v.fields())
}

// takeInPage shows what would be added before it is.
type takeInPage struct {
	Frame
	Errors   []Problem
	Bad      string // what is wrong with the file
	About    string // "" while there is no file
	Partners []Choice
	Partner  Choice // whose it is already
	Rows     []TakenView
	Adds     int
	Closed   bool
	File     string
	Seen     string
	Missing  []string // documents that were lost where it comes from
}

// TakenView is an entry of a handed-over audit in a list.
type TakenView struct {
	Kind, Code, Text, By, At string
	State                    Tag
	Before                   string // whose version stays in the history behind it
}

func (v *visit) takeInForm(w http.ResponseWriter, status int, f *fields) error {
	page := takeInPage{Frame: v.frame("audits", v.t("takein.title")), Errors: f.list(), Bad: f.errors["file"]}
	page.Crumbs = []Choice{{Href: "/audits", Label: v.t("nav.audits")}, {Label: v.t("takein.title")}}
	return v.show(w, status, "takein", page)
}

// postTakeIn keeps the file as an original, unless it is no whole audit.
func (a *app) postTakeIn(w http.ResponseWriter, v *visit) error {
	if !v.mayStart() {
		return honne.ErrNotFound
	}
	v.Body = http.MaxBytesReader(w, v.Body, takeInLength)
	file, header, err := v.FormFile("file")
	var large *http.MaxBytesError
	if errors.As(err, &large) {
		return err
	}
	f := v.fields()
	if err != nil {
		f.fail("file", v.t("takein.bad.none"))
		return v.takeInForm(w, http.StatusUnprocessableEntity, f)
	}
	defer file.Close()
	if _, err := bundle.Open(file, header.Size, handedKind(), takeInUnpacked); err != nil {
		f.fail("file", v.damage(err))
		return v.takeInForm(w, http.StatusUnprocessableEntity, f)
	}
	if _, err = file.Seek(0, io.SeekStart); err != nil {
		return fmt.Errorf("web: read audit: %w", err)
	}
	sum, _, err := a.Vault.Put(v.Context(), file)
	if err != nil {
		return fmt.Errorf("web: keep audit: %w", err)
	}
	return v.redirect(w, "/take-in/"+sum)
}

// damage says why a file is not taken in.
func (v *visit) damage(err error) string {
	var d *bundle.Damage
	if !errors.As(err, &d) {
		return v.t("takein.bad.content")
	}
	return v.t("takein.bad."+d.Why, honne.Text("part", d.Part))
}

// openTakeIn reads the file of the address, and finds what is here of it.
func (v *visit) openTakeIn() (*takeIn, func(), error) {
	done := func() {}
	if !v.mayStart() {
		return nil, done, honne.ErrNotFound
	}
	original, size, err := v.app.Vault.Open(v.Context(), v.PathValue("sum"))
	if err != nil {
		return nil, done, honne.ErrNotFound
	}
	done = func() { original.Close() }
	t := &takeIn{visit: v, file: v.PathValue("sum")}
	if t.bundle, err = bundle.Open(original, size, handedKind(), takeInUnpacked); err != nil {
		return nil, done, honne.ErrNotFound
	}
	if err = t.read(); err == nil {
		err = t.find()
	}
	if err == nil {
		err = t.compare()
	}
	return t, done, err
}

// read reads what the file says; what no house writes is refused.
func (t *takeIn) read() error {
	bad := &honne.Invalid{Field: "file", What: honne.Say("takein.bad.content")}
	in, err := t.bundle.Part(auditPart)
	if err != nil {
		return bad
	}
	defer in.Close()
	text, err := io.ReadAll(io.LimitReader(in, takeInText))
	if err != nil || json.Unmarshal(text, &t.handed) != nil || t.handed.Origin == "" || len(t.handed.Entries) > takeInEntries {
		return bad
	}
	order := audit.HandedKinds()
	audits := 0
	for _, e := range t.handed.Entries {
		noun, err := e.Noun()
		if err != nil {
			return bad
		}
		canonical, _ := audit.Hand(noun, t.onRecord())
		sum := sha256.Sum256(canonical)
		t.rows = append(t.rows, takenEntry{HandedEntry: e, noun: noun, digest: hex.EncodeToString(sum[:])})
		audits += btoi(e.Kind == honne.EntryAudit)
	}
	if audits != 1 {
		return bad
	}
	slices.SortStableFunc(t.rows, func(x, y takenEntry) int { return slices.Index(order, x.Kind) - slices.Index(order, y.Kind) })
	return nil
}

func (t *takeIn) onRecord() (codes []string) {
	for _, e := range t.handed.Entries {
		if e.Kind == honne.EntryInterview {
			codes = append(codes, e.Code)
		}
	}
	return codes
}

// find looks for the audit in this house: one that was opened here, or was taken
// in before. Else it becomes a new one of the partner that is chosen.
func (t *takeIn) find() error {
	all, err := t.app.Store.Audits(t.Context())
	if err != nil {
		return fmt.Errorf("web: find audit: %w", err)
	}
	for _, e := range all {
		history, err := store.EntryHistory[honne.Audit](t.Context(), t.app.Store, e.Number)
		if err != nil {
			return fmt.Errorf("web: find audit: %w", err)
		}
		origin, err := t.origin(e.Number, heldVersion{noun: history[0].Body, at: history[0].At})
		if err != nil {
			return err
		}
		if origin != t.handed.Origin {
			continue
		}
		if err := t.seen(e.Distributor); err != nil {
			return err
		}
		taken, err := t.app.Store.TakenAs(t.Context(), honne.EntryAudit, e.Number)
		t.number, t.closed, t.own = e.Number, e.Body.Closed != 0, len(taken) == 0 || taken[0].N > 1
		if err == nil {
			t.distributor, err = t.app.Store.Distributor(t.Context(), e.Distributor)
		}
		return err
	}
	list, err := t.distributors()
	chosen := t.fields().text("distributor")
	for _, d := range list {
		if d.Slug == chosen || chosen == "" && d.Profile.Name == t.handed.Partner {
			t.distributor = d
		}
	}
	return err
}

// compare says of each entry what becomes of it.
func (t *takeIn) compare() error {
	var here []held
	known, digests := map[string]int{}, map[string]bool{}
	if t.number != 0 {
		var err error
		if here, err = t.holdings(t.distributor.ID, t.number); err != nil {
			return err
		}
		before, err := t.app.Store.TakenFrom(t.Context(), t.handed.Origin)
		if err != nil {
			return fmt.Errorf("web: find what was taken in: %w", err)
		}
		for _, x := range before {
			known[string(x.Kind)+x.Code] = x.Number
			digests[fmt.Sprint(x.Kind, x.Number, x.Digest)] = true
		}
	}
	for i := range t.rows {
		r := &t.rows[i]
		r.here = t.counterpart(r, here, known)
		switch {
		case !t.mayTake(r.Kind):
			r.state = takenLeft
		case r.here == nil:
			r.state = takenNew
		case digests[fmt.Sprint(r.Kind, r.here.number, r.digest)] || r.stoodHere(t.onRecord()):
			r.state = takenSame
		default:
			r.state = takenVersion
		}
	}
	return nil
}

// mayTake reports whether somebody who takes an audit in enters a kind. A decision
// is made and signed in the house that it binds, and what was given away is a
// matter of the house that gave it; both stand in the file.
func (t *takeIn) mayTake(k honne.EntryKind) bool {
	switch k {
	case honne.EntryDecision, honne.EntryPublication:
		return false
	case honne.EntryPlanAction:
		return t.may(auth.Write, auth.Reviews)
	}
	return true
}

// counterpart is the entry of this house that one of the file is about.
func (t *takeIn) counterpart(r *takenEntry, here []held, known map[string]int) *held {
	_, one := place(r.noun)
	number := known[string(r.Kind)+r.Code]
	for i := range here {
		h := &here[i]
		_, same := place(h.last().noun)
		if h.kind == r.Kind && (h.number == number || one != "" && one == same || t.own && honne.EntryCode(h.kind, h.number) == r.Code) {
			return h
		}
	}
	return nil
}

// stoodHere reports whether an entry is, or once was, the same here.
func (r *takenEntry) stoodHere(onRecord []string) bool {
	theirs, _ := audit.Hand(r.noun, onRecord)
	return slices.ContainsFunc(r.here.versions, func(v heldVersion) bool {
		ours, _ := audit.Hand(v.noun, onRecord)
		return bytes.Equal(ours, theirs)
	})
}

// seenAs names what a page shows, so that nothing is entered that nobody saw.
func (t *takeIn) seenAs() string {
	sum := sha256.New()
	for _, r := range t.rows {
		number, n := 0, 0
		if r.here != nil {
			number, n = r.here.number, len(r.here.versions)
		}
		fmt.Fprintln(sum, r.digest, r.state, number, n)
	}
	return hex.EncodeToString(sum.Sum(nil))
}

// adds counts what would be entered.
func (t *takeIn) adds() (n int) {
	for _, r := range t.rows {
		n += btoi(r.state == takenNew || r.state == takenVersion)
	}
	return n
}

func (a *app) showTaken(w http.ResponseWriter, v *visit) error {
	t, done, err := v.openTakeIn()
	defer done()
	if err != nil {
		return v.refuseTakeIn(w, err)
	}
	return t.page(w, http.StatusOK, v.fields())
}

// refuseTakeIn shows the form again with what is wrong with the file.
func (v *visit) refuseTakeIn(w http.ResponseWriter, err error) error {
	f := v.fields()
	if !f.invalid(err) {
		return err
	}
	return v.takeInForm(w, http.StatusUnprocessableEntity, f)
}

func (t *takeIn) page(w http.ResponseWriter, status int, f *fields) error {
	page := takeInPage{Frame: t.frame("audits", t.t("takein.title")), Errors: f.list(), Adds: t.adds(), Closed: t.closed, File: t.file, Seen: t.seenAs(),
		About: t.t("takein.about", honne.Text("code", t.handed.Code), honne.Text("partner", t.handed.Partner))}
	page.Crumbs = []Choice{{Href: "/audits", Label: t.t("nav.audits")}, {Href: "/take-in", Label: t.t("takein.title")}, {Label: t.handed.Code}}
	if t.number != 0 {
		page.Partner = Choice{Href: "/audits/" + honne.EntryCode(honne.EntryAudit, t.number), Label: honne.EntryCode(honne.EntryAudit, t.number)}
	} else {
		list, err := t.distributors()
		if err != nil {
			return err
		}
		for _, d := range list {
			page.Partners = append(page.Partners, Choice{Href: d.Slug, Label: t.name(d), Current: d.ID == t.distributor.ID})
		}
	}
	page.Missing = t.missing()
	for _, r := range t.rows {
		row, err := t.row(r)
		if err != nil {
			return err
		}
		page.Rows = append(page.Rows, row)
	}
	return t.show(w, status, "takein", page)
}

// missing are the documents that entries name and the file does not hold, whatever
// its manifest says of them: they were lost where it comes from.
func (t *takeIn) missing() (names []string) {
	parts := t.bundle.Parts()
	for _, r := range t.rows {
		if r.Document != "" && !slices.ContainsFunc(parts, func(p bundle.Part) bool { return p.Name == r.Document }) {
			names = append(names, strings.TrimPrefix(r.Document, documentsFolder))
		}
	}
	return names
}

func (t *takeIn) row(r takenEntry) (TakenView, error) {
	classes := map[string]string{takenNew: "ok", takenVersion: "warn"}
	view := TakenView{Kind: t.t("takein.kind." + string(r.Kind)), Code: r.Code, Text: t.summary(r.noun), By: r.By, At: t.lang.Date(honne.DateOf(r.At)),
		State: Tag{Class: classes[r.state], Word: t.t("takein.state." + r.state)}}
	if r.state == takenVersion {
		wrote, err := t.authors(r.Kind, r.here.number)
		if err != nil {
			return view, err
		}
		name, at := wrote(len(r.here.versions), r.here.last().by, r.here.last().at)
		view.Before = t.t("takein.before", honne.Text("name", name), honne.Instant("at", at))
	}
	return view, nil
}

// summary is what an entry is about, in a line.
func (t *takeIn) summary(noun honne.Entered) string {
	dimension := func(slug, text string) string {
		if slug != "" {
			text = t.t("dimension."+slug) + " " + text
		}
		return strings.TrimSpace(text)
	}
	switch x := noun.(type) {
	case honne.Audit:
		return x.Title
	case honne.EvidenceRequest:
		return dimension(x.Dimension, t.both(x.What))
	case honne.SelfAnswer:
		return dimension(x.Dimension, t.score(x.Score, x.NA))
	case honne.Rating:
		return dimension(x.Dimension, t.score(x.Score, x.NA)+" "+x.Because)
	case honne.Interview:
		return x.Function
	case honne.Finding:
		return dimension(x.Dimension, x.Seen)
	case honne.PlanAction:
		return t.both(x.What)
	case honne.Decision:
		return t.t("path." + string(x.Decided))
	case honne.Publication:
		return x.SHA256
	}
	return ""
}

func (t *takeIn) score(n int, na bool) string {
	if na {
		return t.t("audit.na")
	}
	return fmt.Sprint(n)
}
