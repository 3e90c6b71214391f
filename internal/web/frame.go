package web

import (
	"bytes"
	"crypto/rand"
	"embed"
	"errors"
	"fmt"
	"html/template"
	"io/fs"
	"net/http"
	"path"
	"regexp"
	"strings"
	"unicode"

	"honne"
	"honne/internal/auth"
	"honne/internal/lang"
)

//go:embed templates
var templateFiles embed.FS

// parsePages parses each page with the frame around it, once for each language,
// so that {{t "key"}} speaks it.
func parsePages(c *lang.Catalogues, s assets) (map[lang.Language]map[string]*template.Template, error) {
	out := map[lang.Language]map[string]*template.Template{}
	names, err := fs.Glob(templateFiles, "templates/*.html")
	if err != nil {
		return nil, err
	}
	for _, l := range lang.All() {
		out[l] = map[string]*template.Template{}
		frame, err := template.New("frame.html").Funcs(functions(c, l, s)).
			ParseFS(templateFiles, "templates/frame.html", "templates/parts.html")
		if err != nil {
			return nil, err
		}
		for _, name := range names {
			base := path.Base(name)
			if base == "frame.html" || base == "parts.html" {
				continue
			}
			page, err := template.Must(frame.Clone()).ParseFS(templateFiles, name)
			if err != nil {
				return nil, err
			}
			out[l][strings.TrimSuffix(base, ".html")] = page
		}
	}
	return out, nil
}

func functions(c *lang.Catalogues, l lang.Language, s assets) template.FuncMap {
	return template.FuncMap{
		"t":  func(key string) string { return c.Text(l, key) },
		"tn": func(key string, n int) string { return c.Text(l, key, honne.Count("n", n)) },
		"t1": func(key, first string, m int, second string, n int) string {
			return c.Text(l, key, honne.Count(first, m), honne.Count(second, n))
		},
		"word":  func(group string, key any) string { return c.Text(l, group+"."+fmt.Sprint(key)) },
		"rules": func(what string, writes bool, rows []RuleRow) ruleList { return ruleList{what, writes, rows} },
		"agreements": func(title string, both bool, rows []AgreementRow) agreementList {
			return agreementList{title, both, rows}
		},
		"add":   func(a, b int) int { return a + b },
		"count": func(n int) string { return l.Count(int64(n)) },
		"row":   func(page, row any) pageRow { return pageRow{page, row} },
		"asset": s.path,
		"both":  inWords,
		"icon":  icon,
		"inc":   func(n int) int { return n + 1 },
		"cell":  func(text, href string) Linked { return Linked{text, href} },
		"mark":  mark,
		"lang":  func() lang.Language { return l },
		// tongue is the lang attribute of a name or text out of a file.
		"tongue": func(s string) lang.Language { return tongue(s, l) },
		// mixed is a sentence of ours with a name in the other language inside.
		"mixed": func(s string) template.HTML { return mixed(s, l) },
		// english is an English sentence with Japanese words in it, on any page.
		"english": func(s string) template.HTML { return mixed(s, lang.EN) },
		"other": func() lang.Language {
			if l == lang.JA {
				return lang.EN
			}
			return lang.JA
		},
	}
}

// pageRow is a row of a page for a template that needs both.
type pageRow struct{ Page, Row any }

// Frame is what every page shows around its own content.
type Frame struct {
	Title       string
	Lang        lang.Language
	Theme       string
	Nav         []NavItem
	User        string
	Role        string
	Sample      bool // the page shows invented data
	Mixed       bool // and data that is not
	Internal    bool // not visible to the partner
	Guest       bool // says no name of ours: a partner may read it
	SeesHistory bool // the history exists for the visitor
	Refresh     int  // seconds until the page looks again; 0 never
	LangLinks   [2]Choice
	Themes      []Choice
	KeyList     []KeyHelp
	Keys        Choice // switches single keys on or off; current when they are on
	Notice      string
	Held        bool // the notice says what is still to do
	Crumbs      []Choice
	WeOwe       []Part // of a page of a partner: what it waits for from us
	visit       *visit
}

// Tab is the title as a tab of the browser shows it: after how much is wrong in
// the form, where something is.
func (f Frame) Tab() string {
	if f.visit == nil || f.visit.wrong == 0 {
		return f.Title
	}
	return f.visit.t("form.problems", honne.Count("n", f.visit.wrong)) + " " + f.Title
}

// NavItem is an entry of the main navigation.
type NavItem struct {
	Href, Icon, Label string
	Count             int
	Current           bool
}

// Choice is a link of a set; the current one is marked.
type Choice struct {
	Href, Label, Lang string
	Current           bool
}

// KeyHelp is a key and what it does.
type KeyHelp struct{ Keys, Text string }

func (v *visit) keyList() []KeyHelp {
	var out []KeyHelp
	for _, k := range [...][2]string{{"g t · g p · g i · g c", "go"}, {"j · k", "step"}, {"e", "evidence"}, {"u", "unit"}, {"l", "language"}, {"?", "list"}, {"Esc", "close"}} {
		out = append(out, KeyHelp{k[0], v.t("keys." + k[1])})
	}
	return out
}

// frame makes the frame of a page; section is its place in the navigation.
func (v *visit) frame(section, title string) Frame {
	f := Frame{Title: title, Lang: v.lang, Theme: v.theme, User: v.user.Name, Guest: v.nameless(), visit: v}
	if v.user.Role != "" {
		f.Role = v.t("role." + v.user.Role)
	}
	f.LangLinks = [2]Choice{
		{v.here("lang", "en"), "EN", "en", v.lang == lang.EN},
		{v.here("lang", "ja"), "日本語", "ja", v.lang == lang.JA}}
	for _, name := range [...]string{"light", "dark", "system"} {
		f.Themes = append(f.Themes, Choice{Href: v.here("theme", name), Label: v.t("theme." + name),
			Current: v.theme == name || v.theme == "" && name == "system"})
	}
	f.Keys = Choice{Href: v.here("keys", map[bool]string{true: "on", false: "off"}[v.keysOff]), Label: v.t(map[bool]string{true: "keys.on", false: "keys.off"}[v.keysOff]), Current: !v.keysOff}
	if v.signedIn {
		f.Internal, f.SeesHistory = true, v.readsHistory()
		f.Nav, f.KeyList, f.WeOwe = v.nav(section), v.keyList(), v.weOwe()
	}
	if done := v.URL.Query().Get("done"); v.app.Languages.Has(lang.EN, "done."+done) {
		f.Notice, f.Held = v.t("done."+done), done == "look-first" || done == "confirm-columns" || strings.HasSuffix(done, "others")
	}
	return f
}

func (v *visit) nav(section string) []NavItem {
	var out []NavItem
	counts := v.waits()
	for _, n := range [...]struct {
		path, name string
		area       auth.Area
	}{{"/", "today", ""}, {"/portfolio", "portfolio", auth.Overview}, {"/intake", "intake", auth.Figures}, {"/claims", "claims", auth.Signals}, {"/audits", "audits", auth.Audits},
		{"/our-side", "our-side", auth.OurSide}, {"/rates", "rates", auth.Rates},
		{"/settings/mailboxes", "mailboxes", auth.Accounts}, {"/settings/users", "users", auth.Accounts}} {
		if n.area == "" || v.may(auth.Read, n.area) {
			out = append(out, NavItem{Href: n.path, Icon: n.name, Label: v.t("nav." + n.name), Current: n.name == section, Count: counts[n.name]})
		}
	}
	return out
}

// waits counts for the navigation what waits for the visitor: what our side owes,
// files that arrived, sentences that nobody has judged.
func (v *visit) waits() map[string]int {
	if v.app.Store == nil {
		return nil
	}
	list, err := v.app.waiting.at(v.Context(), v.app.Store, honne.DateOf(v.now()))
	if err != nil {
		v.app.Log.Warn("web: count what waits", "err", err)
	}
	out := map[string]int{}
	for d, w := range list {
		if !v.sees(d) {
			continue
		}
		if v.may(auth.Write, auth.Reviews) {
			out["today"] += w.Owed
			if v.may(auth.Read, auth.Search) {
				out["today"] += w.Steps
			}
		}
		if v.may(auth.Write, auth.Figures) {
			out["intake"] += w.Files
		}
		if v.may(auth.Write, auth.Signals) {
			out["claims"] += w.Said
		}
	}
	return out
}

// show renders a page whole before the first byte is sent, so that an error in
// the middle is an error page and not half a page.
func (v *visit) show(w http.ResponseWriter, status int, name string, data any) error {
	page := v.app.pages[v.lang][name]
	if page == nil {
		return fmt.Errorf("web: there is no template %q", name)
	}
	var b bytes.Buffer
	if err := page.Execute(&b, data); err != nil {
		return fmt.Errorf("web: render %s: %w", name, err)
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	_, err := w.Write(wholeDays(b.Bytes()))
	if err != nil {
		v.app.Log.Debug("web: send page", "err", err) // the reader has gone
	}
	return nil
}

// errorPage says what failed, what is safe, and one thing to do.
type errorPage struct {
	Frame
	Heading, Safe, Action, Href, Code string
}

// fail answers an error: known ones in words, any other with a code that the
// log explains.
func (a *app) fail(w http.ResponseWriter, v *visit, err error) {
	status, key := http.StatusInternalServerError, "internal"
	var bad *honne.Invalid
	var large *http.MaxBytesError
	switch {
	case errors.Is(err, honne.ErrNotFound), errors.Is(err, honne.ErrForbidden):
		status, key = http.StatusNotFound, "not-found"
	case errors.Is(err, auth.ErrTooMany):
		status, key = http.StatusTooManyRequests, "too-many"
	case errors.Is(err, honne.ErrTooLarge), errors.As(err, &large):
		status, key = http.StatusRequestEntityTooLarge, "too-large"
	case errors.Is(err, honne.ErrConflict):
		status, key = http.StatusConflict, "conflict"
	case errors.As(err, &bad), errors.Is(err, honne.ErrInvalid):
		status, key = http.StatusUnprocessableEntity, "invalid"
	}
	page := errorPage{Frame: v.frame("", v.t("error."+key+".title")), Heading: v.t("error." + key + ".title"),
		Safe: v.t("error." + key + ".safe"), Action: v.t("error.action"), Href: "/"}
	if bad != nil {
		page.Safe = v.say(bad.What)
	}
	if status >= 500 {
		page.Code = rand.Text()[:10]
		path := v.URL.Path
		if v.quiet {
			path = "-"
		}
		a.Log.Error("web: page failed", "code", page.Code, "method", v.Method, "path", path, "err", err)
	}
	page.Internal = false
	if v.guest() {
		if err := v.failGuest(w, status); err != nil {
			a.Log.Error("web: error page failed", "err", err)
		}
		return
	}
	if err := v.show(w, status, "error", page); err != nil {
		a.Log.Error("web: error page failed", "err", err)
		http.Error(w, page.Heading, status)
	}
}

// tongue is Japanese for a text with kana or kanji, English for one with Latin
// letters only, and the page's language for digits and signs.
func tongue(s string, page lang.Language) lang.Language {
	switch {
	case strings.ContainsFunc(s, func(r rune) bool { return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana) }):
		return lang.JA
	case strings.ContainsFunc(s, func(r rune) bool { return unicode.In(r, unicode.Latin) }):
		return lang.EN
	}
	return page
}

// japanese finds what is written in Japanese inside a sentence.
var japanese = regexp.MustCompile(`[\p{Han}\p{Hiragana}\p{Katakana}][\p{Han}\p{Hiragana}\p{Katakana}ー・ 　]*[\p{Han}\p{Hiragana}\p{Katakana}ー]|[\p{Han}\p{Hiragana}\p{Katakana}]`)

// mixed names the language of what is written in Japanese on an English page.
func mixed(s string, page lang.Language) template.HTML {
	if s = template.HTMLEscapeString(s); page == lang.EN {
		s = japanese.ReplaceAllString(s, `<span lang="ja">$0</span>`)
	}
	return template.HTML(s) // escaped above
}
