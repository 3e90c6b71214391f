package web

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"honne"
	"honne/internal/audit"
	"honne/internal/lang"
	"honne/internal/store"
)

// pools never mix (domain 3.8).
var pools = [...]string{"partner", "ours", "customers"}

// longest is how long a text of a conversation may be, in characters.
const longest = 20_000

// note is what somebody said off the record, as it is sealed to the interviewer's
// key. It has no name and no day.
type note struct {
	Pool        string
	Basis       string // company: their company agreed; own: their free choice outside work
	Language    string
	Interpreter bool
	Place       string `json:",omitempty"`
	Asker       string `json:",omitempty"`
	Readings    map[string]int
	Text        string
	TextEN      string `json:",omitempty"`
}

// aside puts what was written before there were two languages on its own side.
func (n note) aside() note {
	if n.TextEN == "" && tongue(n.Text, lang.JA) == lang.EN {
		n.Text, n.TextEN = "", n.Text
	}
	return n
}

// interviewForm is a conversation: first whether it is on the record.
type interviewForm struct {
	Frame
	Errors                   []Problem
	Heading, Base, Record    string // Record "": not chosen yet
	On, Off, OffRule         string
	Ready, Writes, Removable bool
	Pools, Bases, Languages  []Choice
	Places                   []Choice
	Asker                    Input
	Rows                     []PromptRow
	Day, Function            Input
	Text, TextEN             string
	Interpreter              bool
	Version                  int
	Forget, RemoveAt         string
	SwitchAt                 string // puts a note on the record
}

// PromptRow is a dimension with its question and its reading.
type PromptRow struct {
	ID, Name string
	Ask      honne.Both
	Hotline  string
	Scale    []Choice
}

func (a *app) showNewInterview(w http.ResponseWriter, v *visit, x *assessed) error {
	if !x.hears() || x.entry.Body.Closed != 0 {
		return honne.ErrNotFound
	}
	return x.interviewForm(w, http.StatusOK, v.fields(), v.URL.Query().Get("record"), note{Readings: map[string]int{}}, honne.Entry[honne.Interview]{})
}

// interviewForm shows a conversation off the record (n) or on it (e).
func (x *assessed) interviewForm(w http.ResponseWriter, status int, f *fields, record string, n note, e honne.Entry[honne.Interview]) error {
	heading := x.t("interview.new")
	if e.Number > 0 {
		heading = e.Code()
	} else if x.PathValue("note") != "" {
		heading = x.t("interview.edit")
	}
	page := interviewForm{Frame: x.frame(heading), Errors: f.list(), Heading: heading, Base: x.at("/interviews"), Record: record,
		On: x.at("/interviews/new?record=on"), Off: x.at("/interviews/new?record=off"), OffRule: x.rule(), Writes: x.hears(),
		Version: e.N, Removable: x.PathValue("note") != "", Forget: x.t("interview.forget", honne.Count("days", audit.KeptDays))}
	page.RemoveAt = x.at("/interviews/" + x.PathValue("note") + "/remove")
	page.Crumbs = append(page.Crumbs, Choice{Href: x.at("/interviews"), Label: x.t("interviews.title")}, Choice{Label: heading})
	if page.Removable && record == "off" {
		page.Day, page.Function = f.input("interview-day", "date", f.text("interview-day")).must(), f.input("function", "", f.text("function")).must()
		page.SwitchAt = x.at("/interviews/" + x.PathValue("note") + "/on-record")
	}
	if record == "on" {
		n = note{Pool: e.Body.Pool, Language: e.Body.Language, Interpreter: e.Body.Interpreter, Place: e.Body.Place, Asker: e.Body.Asker, Readings: e.Body.Readings, Text: e.Body.Text, TextEN: e.Body.TextEN}
		day := e.Body.On
		if day == 0 {
			day = honne.DateOf(x.now())
		}
		page.Day, page.Function = f.input("interview-day", "date", day.String()).must(), f.input("function", "", e.Body.Function).must()
	}
	page.Pools, page.Languages = x.oneOfWords("pool", n.Pool, pools[:]...), x.oneOfWords("spoken", n.Language, "ja", "en", "both")
	n = n.aside()
	page.Bases, page.Text, page.TextEN, page.Interpreter = x.oneOfWords("basis", n.Basis, "company", "own"), n.Text, n.TextEN, n.Interpreter
	page.Places = append([]Choice{{Label: x.t("talk-place.none")}}, x.oneOfWords("talk-place", n.Place, honne.Places...)...)
	asker := n.Asker
	if !page.Removable && status == http.StatusOK { // who writes has mostly asked
		asker = x.user.Name
	}
	page.Asker = f.input("asker", "", f.typed("asker", asker))
	page.Rows = x.prompts(record, n.Readings)
	var err error
	page.Ready, err = x.canSeal()
	if err != nil {
		return err
	}
	return x.show(w, status, "interview", page)
}

// choices are words of the catalogue, one of them chosen.
func (v *visit) oneOfWords(group, chosen string, words ...string) (out []Choice) {
	for _, w := range words {
		out = append(out, Choice{Href: w, Label: v.t(group + "." + w), Current: w == chosen})
	}
	return out
}

// canSeal reports whether both keys exist.
func (x *assessed) canSeal() (bool, error) {
	_, _, err := x.recipients()
	if errors.Is(err, honne.ErrNotFound) {
		return false, nil
	}
	return err == nil, err
}

func (x *assessed) recipients() (own, of string, err error) {
	k, err := x.app.Store.VoiceKey(x.Context(), x.entry.Number, x.user.ID)
	if err != nil {
		return "", "", err
	}
	o, err := x.app.Store.VoiceKey(x.Context(), x.entry.Number, 0)
	return k.Recipient, o.Recipient, err
}

// prompts are the questions of the playbook for what applies.
func (x *assessed) prompts(record string, readings map[string]int) (out []PromptRow) {
	not := x.notApplicable(x.entry.Body.Pack)
	for _, d := range honne.AllDimensions {
		rules, _ := x.app.Playbook.Dimension(x.entry.Body.Pack, d.Slug)
		if slices.Contains(not, d.Slug) {
			continue
		}
		row := PromptRow{ID: "reading-" + short(d.Slug), Name: x.t("dimension." + d.Slug), Ask: rules.Private}
		if record == "on" {
			row.Ask = rules.Self
		} else if rules.Hotline {
			row.Hotline = x.hotline()
		}
		now, read := readings[d.Slug]
		for i := range x.app.Playbook.Audit.Scale {
			row.Scale = append(row.Scale, Choice{Href: strconv.Itoa(i), Label: strconv.Itoa(i), Current: read && now == i})
		}
		out = append(out, row)
	}
	return out
}

// hotline says where illegality can be reported.
func (x *assessed) hotline() string {
	if h := x.entry.Body.Hotline; h != "" {
		return x.t("consent.hotline", honne.Text("where", h))
	}
	return x.t("consent.hotline.none")
}

// readings reads the readings of a form; an empty one was not asked.
func (f *fields) readings() map[string]int {
	out := map[string]int{}
	for _, d := range honne.AllDimensions {
		s := f.text("reading-" + short(d.Slug))
		if s == "" {
			continue
		}
		n, err := strconv.Atoi(s)
		if err != nil || n < 0 || n > 4 {
			f.fail("reading-"+short(d.Slug), f.v.t("audit.bad.score"))
		}
		out[d.Slug] = n
	}
	return out
}

func (f *fields) oneOf(name string, words ...string) string {
	s := f.text(name)
	if !slices.Contains(words, s) {
		f.fail(name, f.v.t("form.required", honne.Word("field", "form."+name)))
	}
	return s
}

func (f *fields) words(name string) string {
	s := f.text(name)
	if len([]rune(s)) > longest {
		f.fail(name, f.v.t("interview.bad.long", honne.Count("n", longest)))
	}
	return s
}

// place is where the conversation was held; it may be left open.
func (f *fields) place() string {
	if f.text("talk-place") == "" {
		return ""
	}
	return f.oneOf("talk-place", honne.Places...)
}

// showInterview shows a conversation: I-012 is on the record, any other name is
// a note of the visitor's own.
func (a *app) showInterview(w http.ResponseWriter, v *visit, x *assessed) error {
	if strings.HasPrefix(v.PathValue("note"), "I-") {
		e, err := x.onRecord()
		if err != nil {
			return err
		}
		return x.interviewForm(w, http.StatusOK, v.fields(), "on", note{}, e)
	}
	row, n, err := x.ownNote()
	switch {
	case err != nil:
		return err
	case row.ID == "": // locked
		return v.redirect(w, x.at("/interviews"))
	}
	return x.interviewForm(w, http.StatusOK, v.fields(), "off", n, honne.Entry[honne.Interview]{})
}

// onRecord is the conversation on the record that the address names.
func (x *assessed) onRecord() (honne.Entry[honne.Interview], error) {
	number, err := codeNumber(honne.EntryInterview, x.PathValue("note"))
	if err != nil {
		return honne.Entry[honne.Interview]{}, err
	}
	list, err := store.Entries[honne.Interview](x.Context(), x.app.Store, x.distributor.ID)
	if err != nil {
		return honne.Entry[honne.Interview]{}, fmt.Errorf("web: find interview: %w", err)
	}
	for _, e := range list {
		if e.Number == number && e.Body.Audit == x.entry.Number {
			return e, nil
		}
	}
	return honne.Entry[honne.Interview]{}, honne.ErrNotFound
}

// ownNote is the note that the address names, opened; without an ID while the
// visitor's key is locked. What is another's does not exist.
func (x *assessed) ownNote() (row voiceRow, n note, err error) {
	if !x.hears() {
		return row, n, honne.ErrNotFound
	}
	list, err := x.app.Store.Voices(x.Context(), x.entry.Number)
	if err != nil {
		return row, n, fmt.Errorf("web: find note: %w", err)
	}
	i := slices.IndexFunc(list, func(r voiceRow) bool { return r.ID == x.PathValue("note") && r.Owner == x.user.ID })
	if i < 0 {
		return row, n, honne.ErrNotFound
	}
	open, _, err := x.opened(ownKey)
	if err != nil || open == nil {
		return row, n, err
	}
	n, err = unseal[note](open, list[i].Text)
	return list[i], n, err
}

// postInterview keeps a conversation, new or changed.
func (a *app) postInterview(w http.ResponseWriter, v *visit, x *assessed) error {
	if !x.hears() || x.entry.Body.Closed != 0 {
		return honne.ErrNotFound
	}
	if v.FormValue("record") == "on" {
		return x.keepOnRecord(w)
	}
	return x.keepNote(w)
}

func (x *assessed) keepOnRecord(w http.ResponseWriter) error {
	e := honne.Entry[honne.Interview]{Distributor: x.distributor.ID}
	var err error
	if x.PathValue("note") != "" {
		if e, err = x.onRecord(); err != nil {
			return err
		}
	}
	f := x.fields()
	e.N, _ = strconv.Atoi(f.text("version"))
	e.Body = honne.Interview{Audit: x.entry.Number, On: f.day("interview-day"), Pool: f.oneOf("pool", pools[:]...), Function: f.required("function"),
		Language: f.text("spoken"), Interpreter: f.text("interpreter") != "", Place: f.place(), Asker: f.text("asker"), Readings: f.readings(), Text: f.words("text"), TextEN: f.words("text-en")}
	if e.Body.On == 0 || e.Body.On > honne.DateOf(x.now()) {
		f.fail("interview-day", x.t("form.made.future"))
	}
	if len(f.order) > 0 {
		return x.interviewForm(w, http.StatusUnprocessableEntity, f, "on", note{}, e)
	}
	e.By = x.user.ID
	if e, err = store.Enter(x.Context(), x.app.Store, e); err != nil {
		return fmt.Errorf("web: keep interview: %w", err)
	}
	return x.redirect(w, x.at("/interviews")+"?done=interview")
}

// keepNote seals what was said off the record: the text to the interviewer's
// key, the readings to the audit's. Readings that did not change stay sealed as
// they are, so that it stays known whether they counted.
func (x *assessed) keepNote(w http.ResponseWriter) error {
	var row voiceRow
	var was note
	var err error
	if x.PathValue("note") != "" {
		if row, was, err = x.ownNote(); err != nil {
			return err
		}
		if row.ID == "" { // locked meanwhile
			return honne.ErrConflict
		}
	}
	f := x.fields()
	n := note{Pool: f.oneOf("pool", pools[:]...), Basis: f.oneOf("basis", "company", "own"), Language: f.text("spoken"),
		Interpreter: f.text("interpreter") != "", Place: f.place(), Asker: f.text("asker"), Readings: f.readings(), Text: f.words("text"), TextEN: f.words("text-en")}
	if row.ID == "" && f.text("consented") == "" {
		f.fail("consented", x.t("interview.bad.consent"))
	}
	if row.ID != "" && n.Pool != was.Pool && x.counted(was.Pool) { // from another group it could go on the record
		f.fail("pool", x.t("interview.bad.pool"))
	}
	if len(f.order) > 0 {
		return x.interviewForm(w, http.StatusUnprocessableEntity, f, "off", n, honne.Entry[honne.Interview]{})
	}
	if err := x.seal(row, was, n); err != nil {
		return fmt.Errorf("web: keep note: %w", err)
	}
	return x.redirect(w, x.at("/interviews")+"?done=note")
}

func (x *assessed) seal(row voiceRow, was, n note) error {
	own, of, err := x.recipients()
	if err != nil {
		return err
	}
	said := store.Voice{ID: row.ID, Distributor: x.distributor.ID, Audit: x.entry.Number, Owner: x.user.ID, Quarter: quarterOf(honne.DateOf(x.now()))}
	if said.Text, err = sealed(n, own); err != nil {
		return err
	}
	if row.ID == "" || was.Pool != n.Pool || !sameReadings(was.Readings, n.Readings) {
		if said.Readings, err = sealed(audit.Voice{Pool: n.Pool, Readings: n.Readings}, of); err != nil {
			return err
		}
	}
	if row.ID != "" && said.Readings != "" { // see heard
		first, _, _ := strings.Cut(row.Readings, "\n")
		said.Readings = first + "\n" + said.Readings
	}
	if row.ID != "" {
		return x.app.Store.EditVoice(x.Context(), said)
	}
	_, err = x.app.Store.AddVoice(x.Context(), said)
	return err
}

func sameReadings(a, b map[string]int) bool {
	for _, d := range honne.AllDimensions {
		x, had := a[d.Slug]
		if y, has := b[d.Slug]; x != y || had != has {
			return false
		}
	}
	return true
}

// quarterOf is the first day of the calendar quarter of a day.
func quarterOf(d honne.Date) honne.Date {
	y, m, _ := d.Civil()
	return honne.NewDate(y, (m-1)/3*3+1, 1)
}

// postRemoveInterview takes a conversation back: off the record its bytes are
// destroyed, on the record its versions stay in the history.
func (a *app) postRemoveInterview(w http.ResponseWriter, v *visit, x *assessed) error {
	if !x.hears() {
		return honne.ErrNotFound
	}
	if strings.HasPrefix(v.PathValue("note"), "I-") {
		if err := x.withdraw(); err != nil {
			return err
		}
		return v.redirect(w, x.at("/interviews")+"?done=note-removed")
	}
	if x.entry.Body.Held != "" {
		return &honne.Invalid{Field: "note", What: honne.Say("interview.bad.held")}
	}
	if err := a.Store.RemoveVoice(v.Context(), v.user.ID, v.PathValue("note")); err != nil {
		return fmt.Errorf("web: remove note: %w", err)
	}
	return v.redirect(w, x.at("/interviews")+"?done=note-removed")
}

// withdraw takes back the conversation on the record that the address names.
func (x *assessed) withdraw() error {
	e, err := x.onRecord()
	if err != nil {
		return err
	}
	if x.entry.Body.Closed != 0 {
		return honne.ErrNotFound
	}
	e.N, _ = strconv.Atoi(x.FormValue("version"))
	e.Withdrawn, e.By = true, x.user.ID
	if _, err = store.Enter(x.Context(), x.app.Store, e); err != nil {
		return fmt.Errorf("web: take interview back: %w", err)
	}
	return nil
}
