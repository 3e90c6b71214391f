package web

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"honne"
	"honne/internal/auth"
	"honne/internal/lang"
	"honne/internal/report"
	"honne/internal/store"
)

// guestCookie marks a browser that followed a partner's link: without an account
// nothing but that link exists for it.
const guestCookie = "guest"

// partnerPage is what a partner sees: in the manufacturer's name, and of nothing
// but their own answers.
type partnerPage struct {
	Lang        lang.Language
	Ours, To    string
	Title, Text string // Text: what the page says when there is nothing to fill in
	Purpose     string
	Goals       *report.Spoken // nil: nothing was handed over yet
	Until       string
	Errors      []Problem
	Open        string // how many answers are still to be given, before the title
	Notice      string
	Scale       []string
	Rows        []QuestionRow
	Function    Input
	Version     int
	Sheet       string
	Sent        bool
	LangLinks   []Choice
}

// QuestionRow is a question with the answer so far.
type QuestionRow struct {
	ID, Name, Ask, Text string
	Answer              string // as it is said, once it was sent
	Choices             []AnswerChoice
	Bad                 string
}

// AnswerChoice is a step of the scale, with the word for it.
type AnswerChoice struct {
	Choice
	Word string
}

// invited is a partner who answers by a link.
type invited struct {
	*visit
	store.Invitation
	audit honne.Audit
	whose honne.Distributor
	ours  string
	name  string
	token string
}

// guest reports whether the visitor is nobody but the reader of a partner's link.
func (v *visit) guest() bool {
	if v.signedIn {
		return false
	}
	_, none := v.Cookie(guestCookie)
	return none == nil || strings.HasPrefix(v.URL.Path, "/review/")
}

// nameless reports whether a page goes without our name: who is not signed in may be
// a partner who kept the address of the house, but for the first run, and for who
// was invited to work here.
func (v *visit) nameless() bool {
	return !v.signedIn && v.URL.Path != "/setup" && !strings.HasPrefix(v.URL.Path, "/welcome/")
}

// locked reports whether an address does not exist for a guest. Who tried a link
// in their own browser signs in as ever: that page says no more than to any
// stranger, and not our name.
func (v *visit) locked() bool {
	return v.guest() && !strings.HasPrefix(v.URL.Path, "/review/") && v.URL.Path != "/sign-in"
}

// guestIs marks the browser as a guest's, or, with "", no longer.
func (v *visit) guestIs(value string) *http.Cookie {
	c := &http.Cookie{Name: guestCookie, Value: value, Path: "/", MaxAge: int(12 * time.Hour / time.Second), HttpOnly: true,
		SameSite: http.SameSiteLaxMode, Secure: auth.IsSecure(v.Request)}
	if value == "" {
		c.MaxAge = -1
	}
	return c
}

// speakJapanese is the language of a guest who did not choose another.
func (v *visit) speakJapanese() {
	if c, err := v.Cookie("lang"); (err != nil || c.Value != string(lang.EN)) && v.URL.Query().Get("lang") != string(lang.EN) {
		v.lang = lang.JA
	}
}

// invited finds the invitation of the address.
func (v *visit) invited(w http.ResponseWriter) (*invited, error) {
	v.speakJapanese()
	i, err := v.app.Store.Invitation(v.Context(), hashed(v.PathValue("token")))
	if err != nil {
		return nil, err
	}
	history, err := store.EntryHistory[honne.Audit](v.Context(), v.app.Store, i.Audit)
	if err != nil {
		return nil, err
	}
	last := history[len(history)-1]
	if last.Withdrawn || last.Body.Closed != 0 {
		return nil, honne.ErrNotFound
	}
	d, err := v.app.Store.Distributor(v.Context(), i.Distributor)
	if err != nil {
		return nil, err
	}
	if !v.signedIn {
		http.SetCookie(w, v.guestIs("1"))
	}
	p := &invited{visit: v, Invitation: i, audit: last.Body, whose: d, token: v.PathValue("token"), name: cmp.Or(d.Profile.NameJA, d.Profile.Name)}
	p.ours, err = v.ourName(d)
	return p, err
}

func (a *app) showPartner(w http.ResponseWriter, v *visit) error {
	p, err := v.invited(w)
	if err != nil {
		return err
	}
	return p.page(w, http.StatusOK, v.fields())
}

func (p *invited) purpose() string {
	if p.lang == lang.JA {
		return p.audit.Purpose.JA
	}
	return p.audit.Purpose.EN
}

func (p *invited) until() string {
	return p.t("partner.until", honne.Day("day", honne.DateOf(p.Ends.Add(-time.Microsecond))))
}

func (p *invited) page(w http.ResponseWriter, status int, f *fields) error {
	page := partnerPage{Lang: p.lang, Ours: p.ours, To: p.t("partner.to", honne.Text("name", p.name)), Title: p.t("partner.title"), Purpose: p.purpose(), Until: p.until(),
		Errors: f.list(), Version: p.N, Sheet: "/review/" + p.token + "/sheet", Sent: !p.Sent.IsZero()}
	if n := len(page.Errors); n > 0 {
		page.Open = p.t("partner.open", honne.Count("n", n))
	}
	if done := p.URL.Query().Get("done"); len(page.Errors) == 0 && (done == "saved" || done == "sheet") {
		page.Notice = p.t("partner.done." + done)
	}
	for _, l := range [...][2]string{{"ja", "日本語"}, {"en", "English"}} {
		page.LangLinks = append(page.LangLinks, Choice{Href: "/review/" + p.token + "?lang=" + l[0], Label: l[1], Lang: l[0], Current: l[0] == string(p.lang)})
	}
	for _, s := range p.app.Playbook.Audit.Scale {
		page.Scale = append(page.Scale, p.both(s))
	}
	by := ""
	for _, q := range p.questions() {
		row := q.row(p, f)
		page.Rows = append(page.Rows, row)
		by = cmp.Or(by, q.answer.By)
	}
	page.Function = f.input("your-function", "", by)
	var err error
	if page.Goals, err = p.goals(); err != nil {
		return err
	}
	return p.showPlain(w, status, page)
}

// question is one of the playbook with the answer so far; its score is -1 while
// nothing was chosen.
type question struct {
	dimension honne.Dimension
	ask       honne.Both
	answer    honne.SelfAnswer
}

// questions are those of the audit, in their order.
func (p *invited) questions() (out []question) {
	not := p.notApplicable(p.audit.Pack)
	for _, d := range honne.AllDimensions {
		rules, _ := p.app.Playbook.Dimension(p.audit.Pack, d.Slug)
		if slices.Contains(not, d.Slug) {
			continue
		}
		q := question{d, rules.Self, honne.SelfAnswer{Dimension: d.Slug, Score: -1}}
		if i := slices.IndexFunc(p.Draft, func(a honne.SelfAnswer) bool { return a.Dimension == d.Slug }); i >= 0 {
			q.answer = p.Draft[i]
		}
		out = append(out, q)
	}
	return out
}

func (q question) id() string { return strings.ToLower(q.dimension.ID) }

// said is the answer as a form and a sheet write it.
func (q question) said() string {
	switch {
	case q.answer.NA:
		return "na"
	case q.answer.Score < 0:
		return ""
	}
	return strconv.Itoa(q.answer.Score)
}

func (q question) row(p *invited, f *fields) QuestionRow {
	row := QuestionRow{ID: q.id(), Name: p.t("partner.dimension." + short(q.dimension.Slug)), Ask: p.both(q.ask), Text: q.answer.Text, Bad: f.errors["answer-"+q.id()]}
	for i, s := range p.app.Playbook.Audit.Scale {
		n := strconv.Itoa(i)
		word, _, _ := strings.Cut(strings.ReplaceAll(p.both(s), "：", ":"), ":")
		row.Choices = append(row.Choices, AnswerChoice{Choice{Href: n, Label: n, Current: q.said() == n}, strings.Trim(strings.TrimPrefix(word, n), "（）, ")})
	}
	row.Choices = append(row.Choices, AnswerChoice{Choice{Href: "na", Label: p.t("partner.na"), Current: q.answer.NA}, ""})
	for _, c := range row.Choices {
		if c.Current {
			row.Answer = strings.TrimSpace(c.Label + " " + c.Word)
		}
	}
	return row
}

// postPartner saves, and sends when that was pressed.
func (a *app) postPartner(w http.ResponseWriter, v *visit) error {
	p, err := v.invited(w)
	if err != nil {
		return err
	}
	f := v.fields()
	p.N, _ = strconv.Atoi(f.text("version"))
	var draft []honne.SelfAnswer
	for _, q := range p.questions() {
		q.answer.By = clip(strings.Join(strings.FieldsFunc(f.text("your-function"), func(r rune) bool { return r == '\r' || r == '\n' }), " "), 200)
		q.answer.Text = clip(strings.ReplaceAll(v.FormValue("text-"+q.id()), "\r\n", "\n"), answerLength)
		q.choose(f.text("answer-" + q.id()))
		draft = append(draft, q.answer)
	}
	p.Draft = draft
	if f.text("send") == "" {
		return p.saved(w, a.Store.SaveDraft(v.Context(), p.Invitation), "saved")
	}
	p.complete(f)
	if len(f.order) > 0 {
		if err := a.Store.SaveDraft(v.Context(), p.Invitation); err != nil {
			return fmt.Errorf("web: keep answers: %w", err)
		}
		p.N++
		return p.page(w, http.StatusUnprocessableEntity, f)
	}
	return p.saved(w, a.Store.SendAnswers(v.Context(), p.Invitation), "sent")
}

// answerLength is how long an answer may be, in characters: what a cell of a
// workbook surely holds.
const answerLength = 8000

func clip(s string, most int) string {
	if r := []rune(s); len(r) > most {
		return string(r[:most])
	}
	return s
}

// choose takes an answer as a form or a sheet writes it; false for any other.
func (q *question) choose(s string) bool {
	n, err := strconv.Atoi(s)
	switch {
	case s == "na":
		q.answer.NA, q.answer.Score = true, 0
	case s == "":
		q.answer.NA, q.answer.Score = false, -1
	case err == nil && n >= 0 && n <= 4:
		q.answer.NA, q.answer.Score = false, n
	default:
		return false
	}
	return true
}

// complete says what is missing before the answers can be sent.
func (p *invited) complete(f *fields) {
	if f.text("your-function") == "" {
		f.fail("your-function", p.t("partner.bad.function"))
	}
	for _, q := range p.questions() {
		if q.said() == "" {
			f.fail("answer-"+q.id(), p.t("partner.bad.answer", honne.Text("name", p.t("partner.dimension."+short(q.dimension.Slug)))))
		}
	}
}

func (p *invited) saved(w http.ResponseWriter, err error, done string) error {
	if err != nil {
		return fmt.Errorf("web: keep answers: %w", err)
	}
	return p.redirect(w, "/review/"+p.token+"?done="+done)
}

// heads are those of the sheet.
func (p *invited) heads() [4]string {
	return [4]string{"", p.t("partner.sheet.question"), p.t("partner.sheet.answer"), p.t("partner.sheet.text")}
}

// sendSheet sends the questions as a workbook, with the answers so far.
func (a *app) sendSheet(w http.ResponseWriter, v *visit) error {
	p, err := v.invited(w)
	if err != nil {
		return err
	}
	q := report.Questionnaire{Title: p.t("partner.title"), Ours: p.ours, Heads: p.heads(), Made: v.now(),
		Notes: []string{p.purpose(), p.until(), p.t("partner.sheet.note")}}
	for _, s := range a.Playbook.Audit.Scale {
		q.Notes = append(q.Notes, p.both(s))
	}
	for i := range a.Playbook.Audit.Scale {
		q.Choices = append(q.Choices, strconv.Itoa(i))
	}
	q.Choices = append(q.Choices, p.t("partner.na"))
	for _, x := range p.questions() {
		said := x.said()
		if said == "na" {
			said = p.t("partner.na")
		}
		q.Rows = append(q.Rows, report.Answered{Key: x.dimension.ID, Question: p.both(x.ask), Answer: said, Text: x.answer.Text})
	}
	raw, err := report.WriteQuestionnaire(q)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
	w.Header().Set("Content-Disposition", `attachment; filename="review.xlsx"`)
	_, err = io.Copy(w, bytes.NewReader(raw))
	return err
}

// sheetLength bounds a sheet that comes back.
const sheetLength = 4 << 20

// postSheet takes the answers of a sheet; rows that are not in it stay as they
// were. With a wrong cell nothing is taken.
func (a *app) postSheet(w http.ResponseWriter, v *visit) error {
	p, err := v.invited(w)
	if err != nil {
		return err
	}
	v.Body = http.MaxBytesReader(w, v.Body, sheetLength)
	file, _, err := v.FormFile("sheet")
	var raw []byte
	if err == nil {
		defer file.Close()
		raw, err = io.ReadAll(file)
	}
	var large *http.MaxBytesError
	if errors.As(err, &large) {
		return err
	}
	f := v.fields()
	rows, err := readSheet(p, raw)
	if err != nil {
		f.fail("sheet", p.t("partner.bad.sheet"))
	}
	p.take(f, rows)
	if len(f.order) > 0 {
		return p.page(w, http.StatusUnprocessableEntity, f)
	}
	return p.saved(w, a.Store.SaveDraft(v.Context(), p.Invitation), "sheet")
}

// readSheet reads a sheet of either language.
func readSheet(p *invited, raw []byte) (rows []report.Answered, err error) {
	was := p.lang
	defer func() { p.lang = was }()
	for _, p.lang = range lang.All() {
		if rows, err = report.ReadQuestionnaire(raw, p.heads()); err == nil {
			return rows, nil
		}
	}
	return nil, err
}

// take makes the draft of the rows of a sheet.
func (p *invited) take(f *fields, rows []report.Answered) {
	list := p.questions()
	by := ""
	for i := range list {
		by = cmp.Or(by, list[i].answer.By)
	}
	for _, r := range rows {
		i := slices.IndexFunc(list, func(q question) bool {
			return q.dimension.ID == r.Key || r.Key == "" && (q.ask.JA == r.Question || q.ask.EN == r.Question)
		})
		if i < 0 || !list[i].choose(p.word(r.Answer)) {
			f.fail("sheet", p.t("partner.bad.cell", honne.Text("cell", r.At), honne.Text("raw", cmp.Or(r.Answer, r.Key, r.Question))))
			continue
		}
		list[i].answer.Text, list[i].answer.By = clip(strings.ReplaceAll(r.Text, "\r\n", "\n"), answerLength), by
	}
	var draft []honne.SelfAnswer
	for _, q := range list {
		draft = append(draft, q.answer)
	}
	if len(f.order) == 0 {
		p.Draft = draft
	}
}

// word is an answer of a sheet as a form writes it.
func (p *invited) word(s string) string {
	for _, l := range lang.All() {
		if s == p.app.Languages.Text(l, "partner.na") {
			return "na"
		}
	}
	if r := []rune(s); len(r) == 1 && r[0] >= '０' && r[0] <= '９' {
		return string(r[0] - '０' + '0')
	}
	return s
}

// ourName is the name of the manufacturer as the documents for a distributor say
// it: that of their profile, else of the house; "" where nobody gave one.
func (v *visit) ourName(d honne.Distributor) (string, error) {
	if d.Profile.OurName != "" {
		return d.Profile.OurName, nil
	}
	name, _, err := v.app.Store.Setting(v.Context(), settingOurName)
	if err != nil {
		return "", fmt.Errorf("web: read our name: %w", err)
	}
	return name, nil
}

// showPlain renders the partner's own document, without our frame.
func (v *visit) showPlain(w http.ResponseWriter, status int, page partnerPage) error {
	var b bytes.Buffer
	if err := v.app.pages[v.lang]["partner"].ExecuteTemplate(&b, "partner.html", page); err != nil {
		return fmt.Errorf("web: render partner's page: %w", err)
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	_, err := b.WriteTo(w)
	return err
}

// failGuest answers an error in the manufacturer's name.
func (v *visit) failGuest(w http.ResponseWriter, status int) error {
	v.speakJapanese()
	ours, err := v.ourName(honne.Distributor{})
	if err != nil {
		return err
	}
	key := "partner.error"
	switch status {
	case http.StatusNotFound:
		key = "partner.gone"
	case http.StatusConflict:
		key = "partner.conflict"
	case http.StatusRequestEntityTooLarge:
		key = "partner.large"
	}
	return v.showPlain(w, status, partnerPage{Lang: v.lang, Ours: ours, Title: v.t(key + ".title"), Text: v.t(key + ".text")})
}
