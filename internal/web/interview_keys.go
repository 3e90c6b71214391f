package web

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"honne"
	"honne/internal/audit"
	"honne/internal/auth"
	"honne/internal/store"
	"honne/internal/vault"
)

// The two keys of an interviewer: the own one for texts, the audit's for
// readings.
const (
	ownKey   = "own"
	auditKey = "audit"
)

// openFor is how long a key stays open.
const openFor = 15 * time.Minute

type voiceRow = store.Voice

// keyOwner is in whose name a key is kept; honne.ErrNotFound for one that is not
// the visitor's.
func (x *assessed) keyOwner(which string) (honne.UserID, error) {
	switch {
	case which == ownKey && x.hears():
		return x.user.ID, nil
	case which == auditKey && x.leads():
		return 0, nil
	}
	return 0, honne.ErrNotFound
}

// keyView shows a key; open is nil while it is locked.
func (x *assessed) keyView(which string, f *fields) (k KeyView, open *vault.Opener, err error) {
	k = KeyView{Which: which, Pass: f.input(which+"-pass", "password", "").must().auto("off"),
		Again: f.input(which+"-again", "password", "").must().auto("off"), Line: f.input(which+"-line", "", "").auto("off")}
	owner := x.user.ID
	if which == auditKey {
		owner = 0
	}
	kept, err := x.app.Store.VoiceKey(x.Context(), x.entry.Number, owner)
	if errors.Is(err, honne.ErrNotFound) {
		return k, nil, nil
	}
	if err != nil {
		return k, nil, fmt.Errorf("web: find key: %w", err)
	}
	k.Exists, k.Restored = true, kept.Wrapped == ""
	open, until, err := x.opened(which)
	if open != nil {
		k.Unlocked, k.Until = true, x.t("interviews.until", honne.Instant("at", until))
	}
	return k, open, err
}

// opened is the key that the visitor's browser holds open; nil for none.
func (x *assessed) opened(which string) (*vault.Opener, time.Time, error) {
	owner, err := x.keyOwner(which)
	c, none := x.Cookie("voice-" + which)
	if err != nil || none != nil {
		return nil, time.Time{}, nil
	}
	lent, err := x.app.Store.LentKey(x.Context(), hashed(c.Value), x.entry.Number, owner)
	if errors.Is(err, honne.ErrNotFound) {
		return nil, time.Time{}, nil
	}
	if err != nil {
		return nil, time.Time{}, fmt.Errorf("web: find open key: %w", err)
	}
	o, err := vault.Borrow(c.Value, lent.Sealed)
	return o, lent.Ends, err
}

// hashed is what is stored of a token.
func hashed(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}

// lend keeps an opened key for a while: sealed in the database, its token in the
// visitor's browser alone.
func (x *assessed) lend(w http.ResponseWriter, which string, o *vault.Opener) error {
	owner, err := x.keyOwner(which)
	if err != nil {
		return err
	}
	token, sealed, err := o.Lend()
	if err != nil {
		return err
	}
	err = x.app.Store.LendKey(x.Context(), store.LentKey{TokenHash: hashed(token), Audit: x.entry.Number, Owner: owner, Sealed: sealed, Ends: x.now().Add(openFor)})
	if err != nil {
		return fmt.Errorf("web: open key: %w", err)
	}
	x.keep(w, which, token, int(openFor/time.Second))
	return nil
}

func (x *assessed) keep(w http.ResponseWriter, which, token string, seconds int) {
	http.SetCookie(w, &http.Cookie{Name: "voice-" + which, Value: token, Path: x.at("/interviews"), MaxAge: seconds,
		HttpOnly: true, SameSite: http.SameSiteStrictMode, Secure: auth.IsSecure(x.Request)})
}

// keyForm is a posted form about a key, which must be the visitor's.
func (v *visit) keyForm() (x *assessed, which string, owner honne.UserID, err error) {
	if x, err = v.audit(); err == nil {
		which = v.FormValue("which")
		owner, err = x.keyOwner(which)
	}
	return x, which, owner, err
}

// passphrase is a new one, written twice.
func (f *fields) passphrase(which string) string {
	p := f.v.FormValue(which + "-pass")
	switch {
	case len([]rune(p)) < vault.LeastPassphrase:
		f.fail(which+"-pass", f.v.t("interviews.bad.short", honne.Count("n", vault.LeastPassphrase)))
	case p != f.v.FormValue(which+"-again"):
		f.fail(which+"-again", f.v.t("interviews.bad.twice"))
	}
	return p
}

// sheetPage is the recovery sheet: shown once, to be printed.
type sheetPage struct {
	Frame
	Heading, About, Line, Back, Forget string
}

// postVoiceKey makes a key, and shows its recovery sheet once.
func (a *app) postVoiceKey(w http.ResponseWriter, v *visit) error {
	x, which, owner, err := v.keyForm()
	if err != nil {
		return err
	}
	f := v.fields()
	pass := f.passphrase(which)
	if which == auditKey {
		x.readRule(f)
	}
	if x.entry.Body.Closed != 0 || x.over() {
		return honne.ErrNotFound
	}
	if len(f.order) > 0 {
		return x.interviewsPage(w, http.StatusUnprocessableEntity, f)
	}
	a.keys.Lock()
	key, line, err := vault.NewKey(pass)
	a.keys.Unlock()
	if err == nil {
		err = x.addKey(owner, key)
	}
	if err == nil && which == auditKey {
		x.entry.By = v.user.ID
		_, err = store.Enter(v.Context(), a.Store, x.entry)
	}
	if err != nil {
		return fmt.Errorf("web: make key: %w", err)
	}
	return x.sheetPage(w, which, line)
}

// addKey keeps a new key; it bears the day of the audit.
func (x *assessed) addKey(owner honne.UserID, key vault.Key) error {
	day, _, err := x.forgetOn()
	if err != nil {
		return err
	}
	return x.app.Store.AddVoiceKey(x.Context(), store.VoiceKey{Audit: x.entry.Number, Owner: owner, Recipient: key.Recipient, Wrapped: key.Wrapped, Forget: day})
}

func (x *assessed) sheetPage(w http.ResponseWriter, which, line string) error {
	o, err := vault.Recover(line)
	if err == nil {
		err = x.lend(w, which, o)
	}
	if err != nil {
		return err
	}
	page := sheetPage{Frame: x.frame(x.t("sheet.title")), Heading: x.t("sheet.title"), About: x.t("sheet.of."+which, honne.Text("code", x.entry.Code())),
		Line: line, Back: x.at("/interviews"), Forget: x.t("sheet.forget", honne.Count("days", audit.KeptDays))}
	page.Crumbs = append(page.Crumbs, Choice{Label: page.Heading})
	return x.show(w, http.StatusOK, "sheet", page)
}

// readRule takes how many voices an aggregate needs, before anybody spoke: who
// speaks is told the number, and it does not change afterwards.
func (x *assessed) readRule(f *fields) {
	n, _ := strconv.Atoi(f.text("least"))
	x.entry.Body.Least, x.entry.Body.LeastWhy, x.entry.Body.Hotline = n, f.text("least-why"), f.text("hotline")
	if n < audit.FewestEver || n > audit.Least {
		f.fail("least", x.t("interviews.bad.least"))
	}
	if n < audit.Least && x.entry.Body.LeastWhy == "" {
		f.fail("least-why", x.t("interviews.bad.why"))
	}
}

// postUnlock opens a key for a while.
func (a *app) postUnlock(w http.ResponseWriter, v *visit) error {
	x, which, owner, err := v.keyForm()
	if err != nil {
		return err
	}
	if !a.unlocks.Allow(fmt.Sprintf("%d/%d/%d", x.entry.Number, owner, v.user.ID), v.now()) {
		return auth.ErrTooMany
	}
	k, err := a.Store.VoiceKey(v.Context(), x.entry.Number, owner)
	if err != nil {
		return fmt.Errorf("web: find key: %w", err)
	}
	a.keys.Lock()
	o, err := vault.Key{Recipient: k.Recipient, Wrapped: k.Wrapped}.Unlock(v.FormValue(which + "-pass"))
	a.keys.Unlock()
	if errors.Is(err, vault.ErrPassphrase) {
		f := v.fields()
		f.fail(which+"-pass", v.t("interviews.bad.passphrase"))
		return x.interviewsPage(w, http.StatusUnprocessableEntity, f)
	}
	if err == nil {
		err = x.lend(w, which, o)
	}
	if err != nil {
		return err
	}
	return v.redirect(w, x.at("/interviews"))
}

// postLock closes a key at once.
func (a *app) postLock(w http.ResponseWriter, v *visit) error {
	x, which, _, err := v.keyForm()
	if err != nil {
		return err
	}
	if c, err := v.Cookie("voice-" + which); err == nil {
		if err := a.Store.ReturnKey(v.Context(), hashed(c.Value)); err != nil {
			return fmt.Errorf("web: lock key: %w", err)
		}
	}
	x.keep(w, which, "", -1)
	return v.redirect(w, x.at("/interviews"))
}

// postRecover puts a key under a new passphrase by the line of its sheet, also
// where the database came from a backup, which has no keys.
func (a *app) postRecover(w http.ResponseWriter, v *visit) error {
	x, which, owner, err := v.keyForm()
	if err != nil {
		return err
	}
	f := v.fields()
	pass := f.passphrase(which)
	o, err := vault.Recover(v.FormValue(which + "-line"))
	if err != nil {
		f.fail(which+"-line", v.t("interviews.bad.line"))
	}
	k, missing := a.Store.VoiceKey(v.Context(), x.entry.Number, owner)
	if err == nil && missing == nil && o.Recipient() != k.Recipient {
		f.fail(which+"-line", v.t("interviews.bad.line"))
	}
	if len(f.order) > 0 {
		return x.interviewsPage(w, http.StatusUnprocessableEntity, f)
	}
	a.keys.Lock()
	key, err := o.Rewrap(pass)
	a.keys.Unlock()
	if err != nil {
		return err
	}
	if missing == nil {
		k.Wrapped = key.Wrapped
		err = a.Store.RewrapVoiceKey(v.Context(), k)
	} else if err = missing; errors.Is(missing, honne.ErrNotFound) {
		err = x.addKey(owner, key)
	}
	if err == nil {
		err = x.lend(w, which, o)
	}
	if err != nil {
		return fmt.Errorf("web: recover key: %w", err)
	}
	return v.redirect(w, x.at("/interviews")+"?done=recovered")
}

// sealed writes a value as only the key of the recipient reads it.
func sealed(value any, recipient string) (string, error) {
	text, err := json.Marshal(value)
	if err != nil {
		return "", err
	}
	out, err := vault.Seal(text, recipient)
	return base64.StdEncoding.EncodeToString(out), err
}

// unseal reads what was sealed to an opened key.
func unseal[T any](o *vault.Opener, text string) (value T, err error) {
	raw, err := base64.StdEncoding.DecodeString(text)
	if err == nil {
		raw, err = o.Open(raw)
	}
	if err == nil {
		err = json.Unmarshal(raw, &value)
	}
	return value, err
}
