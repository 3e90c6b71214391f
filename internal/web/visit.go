package web

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"honne"
	"honne/internal/auth"
	"honne/internal/inspect"
	"honne/internal/lang"
	"honne/internal/playbook"
	"honne/internal/store"
)

// handler serves one page; an error becomes the error page.
type handler func(http.ResponseWriter, *visit) error

// visit is a request with what every page needs to know about it.
type visit struct {
	*http.Request
	app      *app
	user     store.User
	signedIn bool
	lang     lang.Language
	scale    lang.Scale
	sized    lang.Scale // what the page shows amounts in where its address asks for nothing
	exchange exchange
	theme    string
	wrong    int                          // problems of the form that the page shows
	quiet    bool                         // the address is nobody's business
	sent     string                       // what the page sent out of the house
	tried    bool                         // what was sent in was looked at and not kept
	keysOff  bool                         // single-key shortcuts are switched off
	audited  map[honne.DistributorID]bool // what exists for an auditor; nil for all
	stacked  *playbook.Playbook           // with the house's own reasons, once it is needed
	people   map[honne.UserID]string      // names of accounts, as they were needed
}

// page opens the door, then serves the page.
func (a *app) page(d door, serve handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		v := &visit{Request: r, app: a, lang: lang.Prefer(r.Header.Get("Accept-Language")), scale: lang.Million, sized: lang.Million}
		if err := a.enter(w, v, d, serve); err != nil {
			a.fail(w, v, err)
		}
	})
}

func (a *app) enter(w http.ResponseWriter, v *visit, d door, serve handler) error {
	var err error
	v.quiet = d.quiet
	if v.user, v.signedIn, err = a.sessions.Who(v.Request); err != nil {
		return err
	}
	if v.signedIn {
		token, err := a.sessions.Renew(v.Request, v.user.ID)
		if err != nil {
			return err
		}
		if token != "" {
			http.SetCookie(w, auth.Cookie(v.Request, token))
		}
	}
	v.prefer(w)
	if err := v.scope(); err != nil {
		return err
	}
	switch {
	case v.locked():
		return honne.ErrNotFound // nothing but the link exists
	case d.open:
		return serve(w, v)
	case !v.signedIn:
		return a.toSignIn(w, v)
	case d.area != "" && !v.may(d.verb, d.area):
		return honne.ErrNotFound // what is not yours does not exist
	}
	err = serve(w, v)
	if err == nil || v.sent != "" { // what was cut off on its way has left as well
		a.history.note(v, d)
	}
	return err
}

// toSignIn sends a stranger to sign in, or to the first run of a new database.
func (a *app) toSignIn(w http.ResponseWriter, v *visit) error {
	n, err := a.Store.CountUsers(v.Context())
	if err != nil {
		return fmt.Errorf("web: count accounts: %w", err)
	}
	to := "/setup"
	if n > 0 {
		to = "/sign-in"
		if v.Method == http.MethodGet && v.URL.Path != "/" {
			to += "?next=" + url.QueryEscape(v.URL.RequestURI())
		}
	}
	return v.redirect(w, to)
}

func (v *visit) may(verb auth.Verb, area auth.Area) bool {
	return auth.May(v.user, verb, auth.Object{Area: area, Audited: len(v.audited) > 0})
}

// prefer settles language, unit and theme: the address wins and is remembered,
// then the cookie, then the account, then the browser.
func (v *visit) prefer(w http.ResponseWriter) {
	if l, ok := lang.Parse(v.user.Language); ok && v.user.Language != "" {
		v.lang = l
	}
	if l, ok := lang.Parse(v.setting(w, "lang", "en", "ja")); ok {
		v.lang = l
	}
	if s, asked := v.askedScale(); asked {
		v.scale = s
	}
	v.theme = v.setting(w, "theme", "light", "dark", "system")
	v.keysOff = v.setting(w, "keys", "on", "off") == "off"
}

// setting reads a choice from the address, keeping it in a cookie, or from the
// cookie; "" for anything that is not allowed.
func (v *visit) setting(w http.ResponseWriter, name string, allowed ...string) string {
	fromCookie := ""
	if c, err := v.Cookie(name); err == nil {
		fromCookie = c.Value
	}
	fromURL := v.URL.Query().Get(name)
	for _, ok := range allowed {
		if fromURL == ok {
			http.SetCookie(w, &http.Cookie{Name: name, Value: ok, Path: "/", MaxAge: 365 * 24 * 3600,
				SameSite: http.SameSiteLaxMode, HttpOnly: true, Secure: auth.IsSecure(v.Request)})
			return ok
		}
	}
	for _, ok := range allowed {
		if fromCookie == ok {
			return ok
		}
	}
	return ""
}

// t says a text of the catalogue in the visit's language.
func (v *visit) t(key string, args ...honne.Arg) string {
	return joined(v.app.Languages.Text(v.lang, key, v.worths(args)...))
}

// unit is a unit of several words after its number, or at the start of a stretch
// whose number is a link.
var unit = regexp.MustCompile(`(^|[0-9]) (business (?:day|hour)s?|pt)\b`)

// joined keeps a number and its unit on one line.
func joined(s string) string {
	if !strings.Contains(s, " business ") && !strings.Contains(s, " pt") {
		return s
	}
	return unit.ReplaceAllStringFunc(s, func(u string) string { return strings.ReplaceAll(u, " ", "\u00a0") })
}

func (v *visit) say(m honne.Message) string { return v.t(m.ID, m.Args...) }

func (v *visit) sayAll(ms []honne.Message) []string {
	out := make([]string, 0, len(ms))
	for _, m := range ms {
		out = append(out, v.say(m))
	}
	return out
}

// once says messages, each sentence once: high and watch may ask the same.
func (v *visit) once(ms []honne.Message) (out []string) {
	for _, s := range v.sayAll(ms) {
		if !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}

// RuleStep is one line of how a rule came out: a mark for whether it holds, "" where the line
// is no condition.
type RuleStep struct{ Mark, Text string }

// steps are the lines of a rule, each once.
func (v *visit) steps(ms []honne.Message) (out []RuleStep) {
	marks := map[string]string{"truth.true": "tick", "truth.false": "cross", "truth.unknown": "dots"}
	for _, m := range ms {
		s := RuleStep{Text: v.say(m)}
		if m.ID == "trace.unknown" {
			s.Mark = "dots"
		}
		for _, a := range m.Args {
			if a.Name == "answer" {
				s.Mark = marks[a.S]
			}
		}
		if !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}

// link carries the view on to another page of ours: the unit and the day.
func (v *visit) link(path string, pairs ...string) string {
	q := url.Values{}
	for _, keep := range [...]string{"asof", "unit"} {
		if s := v.URL.Query().Get(keep); s != "" {
			q.Set(keep, s)
		}
	}
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] == "" {
			q.Del(pairs[i])
			continue
		}
		q.Set(pairs[i], pairs[i+1])
	}
	if len(q) == 0 {
		return path
	}
	return path + "?" + q.Encode()
}

// here is this page with some parameters changed.
func (v *visit) here(pairs ...string) string {
	q := v.URL.Query()
	q.Del("done")
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] == "" {
			q.Del(pairs[i])
			continue
		}
		q.Set(pairs[i], pairs[i+1])
	}
	if len(q) == 0 {
		return v.URL.Path
	}
	return v.URL.Path + "?" + q.Encode()
}

func (v *visit) redirect(w http.ResponseWriter, to string) error {
	http.Redirect(w, v.Request, to, http.StatusSeeOther)
	return nil
}

// local returns a path of ours from a form or an address, "/" for anything else.
func local(next string) string {
	u, err := url.Parse(next)
	if err != nil || u.IsAbs() || u.Host != "" || !strings.HasPrefix(next, "/") ||
		strings.HasPrefix(next, "//") || strings.ContainsAny(next, "\\\r\n") {
		return "/"
	}
	return next
}

// about makes handlers of pages about what the address names, as find finds it.
func about[T any](find func(*visit) (T, error)) func(func(http.ResponseWriter, *visit, T) error) handler {
	return func(serve func(http.ResponseWriter, *visit, T) error) handler {
		return func(w http.ResponseWriter, v *visit) error {
			x, err := find(v)
			if err != nil {
				return err
			}
			return serve(w, v, x)
		}
	}
}

// distributor is the partner that the address names.
func (v *visit) distributor() (honne.Distributor, error) {
	d, err := v.app.Store.DistributorBySlug(v.Context(), v.PathValue("slug"))
	if err != nil {
		return d, fmt.Errorf("web: find distributor: %w", err)
	}
	return d, v.seen(d.ID)
}

// number is a number of the address; honne.ErrNotFound where it is none.
func (v *visit) number(name string) (int, error) {
	n, err := strconv.Atoi(v.PathValue(name))
	if err != nil || n < 1 || strconv.Itoa(n) != v.PathValue(name) {
		return 0, honne.ErrNotFound
	}
	return n, nil
}

// codeNumber is the 14 of C-014, the code of a claim; honne.ErrNotFound where it is none.
func codeNumber(kind honne.EntryKind, code string) (int, error) {
	_, digits, _ := strings.Cut(code, "-")
	n, err := strconv.Atoi(digits)
	if err != nil || n < 1 || honne.EntryCode(kind, n) != code {
		return 0, honne.ErrNotFound
	}
	return n, nil
}

// asOf is the day of the address. Without one all that is known today counts;
// a sample stands still on its own last day.
func (v *visit) asOf(d honne.Distributor) (honne.AsOf, error) {
	if s := v.URL.Query().Get("asof"); s != "" {
		day, err := honne.ParseDate(s)
		if err != nil {
			return honne.AsOf{}, &honne.Invalid{Field: "asof", What: honne.Say("web.bad.date", honne.Text("raw", s))}
		}
		return honne.AsOf{Known: day}, nil
	}
	if d.Sample {
		return honne.AsOf{}, nil
	}
	return honne.AsOf{Known: honne.DateOf(v.app.Now())}, nil
}

// recordOf is what is known of a distributor, as far as the visitor may know it.
func (v *visit) recordOf(d honne.Distributor) (honne.Record, error) {
	at, err := v.asOf(d)
	if err != nil {
		return honne.Record{}, err
	}
	return v.recordAt(d, at)
}

func (v *visit) recordAt(d honne.Distributor, at honne.AsOf) (honne.Record, error) {
	rec, err := v.app.Store.Record(v.Context(), d.ID, at)
	if errors.Is(err, honne.ErrNotFound) {
		err = nil
	}
	if err != nil {
		return rec, fmt.Errorf("web: read record: %w", err)
	}
	v.withhold(&rec)
	return rec, nil
}

// pictureOf is what is really happening at a distributor.
func (v *visit) pictureOf(d honne.Distributor) (honne.Record, honne.Picture, error) {
	at, err := v.asOf(d)
	if err != nil {
		return honne.Record{}, honne.Picture{}, err
	}
	return v.pictureAt(d, at)
}

func (v *visit) pictureAt(d honne.Distributor, at honne.AsOf) (honne.Record, honne.Picture, error) {
	rec, err := v.recordAt(d, at)
	if err != nil {
		return rec, honne.Picture{}, err
	}
	book, err := v.book()
	p := inspect.Picture(rec, book)
	v.withholdOf(&p)
	return rec, p, err
}

// withhold takes out of a record what the visitor may not know to be there.
func (v *visit) withhold(r *honne.Record) {
	if !v.may(auth.Read, auth.RedFlags) {
		r.Log.RedFlags = nil
	}
	if !v.hearsTogether() {
		r.WithholdVoices()
	}
}

// withholdOf takes the same out of a picture: nobody else sees that the kind is
// asked for.
func (v *visit) withholdOf(p *honne.Picture) {
	if v.may(auth.Read, auth.RedFlags) {
		return
	}
	p.Measures = slices.DeleteFunc(p.Measures, func(j honne.Judged) bool { return j.Measure.Slug == "red-flags" })
	p.Next = slices.DeleteFunc(p.Next, func(a honne.Ask) bool { return a.Give == honne.NeedRedFlags })
	p.Questions = slices.DeleteFunc(p.Questions, func(q honne.Question) bool { return q.Need == honne.NeedRedFlags })
}

// book is the playbook with the reasons on top that the house described itself.
func (v *visit) book() (*playbook.Playbook, error) {
	if v.stacked != nil {
		return v.stacked, nil
	}
	own, err := store.Entries[honne.OwnExcuse](v.Context(), v.app.Store, 0)
	if err != nil {
		return v.app.Playbook, fmt.Errorf("web: read the house's own reasons: %w", err)
	}
	v.stacked = v.app.Playbook.With(own)
	return v.stacked, nil
}

func (v *visit) now() time.Time { return v.app.Now() }
