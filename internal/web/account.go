package web

import (
	"errors"
	"fmt"
	"net"
	"net/http"
	"strings"

	"honne"
	"honne/internal/auth"
	"honne/internal/store"
)

// Settings of the house, asked once in the first run.
const (
	settingOurName  = "our_name"
	settingStarts   = "fiscal_year_starts"
	settingCurrency = "currency"
)

type setupPage struct {
	Frame
	Errors                  []Problem
	Name, Email, Password   Input
	OurName                 Input
	Starts                  []Choice
	Currencies              []Choice
	Ready                   bool // the account exists: where to start
	Samples, HasDistributor bool
	Partner, PartnerJA      Input
	Market                  marketQuestion
}

// showSetup is the first run: an account, then a first file or the sample.
func (a *app) showSetup(w http.ResponseWriter, v *visit) error {
	n, err := a.Store.CountUsers(v.Context())
	if err != nil {
		return fmt.Errorf("web: count accounts: %w", err)
	}
	if n > 0 && !v.signedIn {
		return v.redirect(w, "/sign-in")
	}
	page := v.setup(v.fields())
	page.Ready = n > 0
	if page.Ready && !v.may(auth.Write, auth.Overview) {
		return v.redirect(w, "/")
	}
	return v.show(w, http.StatusOK, "setup", page)
}

func (v *visit) setup(f *fields) setupPage {
	page := setupPage{Frame: v.frame("", v.t("setup.title")), Errors: f.list(), Samples: v.app.LoadSamples != nil}
	page.Name = f.input("your-name", "", f.text("your-name")).must().auto("name")
	page.Email = f.input("email", "email", f.text("email")).must().auto("username")
	page.Password = f.input("password", "password", "").must().auto("new-password")
	page.Password.Hint = v.t("auth.password.short", honne.Count("n", auth.MinPassword))
	page.OurName = f.input("our-name", "", f.text("our-name")).must().auto("organization")
	page.Market = f.marketQuestion(nil)
	page.Partner, page.PartnerJA = f.input("name", "", "").must(), f.input("name-ja", "", "").speaks("ja")
	page.Starts = v.months(f.month("our-starts"))
	for _, c := range [...]string{"EUR", "USD", "JPY", "CHF", "GBP", "SEK", "DKK", "CNY", "KRW"} {
		page.Currencies = append(page.Currencies, Choice{Href: c, Label: c, Current: f.text("currency") == c})
	}
	return page
}

// postSetup makes the first account; afterwards the door is shut.
func (a *app) postSetup(w http.ResponseWriter, v *visit) error {
	n, err := a.Store.CountUsers(v.Context())
	if err != nil {
		return fmt.Errorf("web: count accounts: %w", err)
	}
	if n > 0 {
		return honne.ErrNotFound
	}
	f := v.fields()
	u := store.User{Name: f.required("your-name"), Email: f.required("email"),
		Role: string(auth.Manager), Admin: true, Language: string(v.lang), Created: a.Now()}
	if u.Email != "" && !strings.Contains(u.Email, "@") {
		f.fail("email", v.t("form.email.bad"))
	}
	ours := f.required("our-name")
	if err := auth.CheckPassword(v.FormValue("password"), u.Email); err != nil {
		f.invalid(err)
	}
	if len(f.order) > 0 {
		return v.show(w, http.StatusUnprocessableEntity, "setup", v.setup(f))
	}
	if u.PasswordHash, err = a.passwords.Hash(v.Context(), v.FormValue("password")); err != nil {
		return err
	}
	u.ID, err = a.Store.AddFirstUser(v.Context(), u, map[string]string{
		settingOurName: ours, settingStarts: f.text("our-starts"), settingCurrency: f.text("currency")})
	if errors.Is(err, honne.ErrConflict) { // somebody pressed a moment earlier
		return honne.ErrNotFound
	}
	if err != nil {
		return fmt.Errorf("web: add account: %w", err)
	}
	return a.begin(w, v, u, "/setup")
}

// begin starts a session under a new token and goes on.
func (a *app) begin(w http.ResponseWriter, v *visit, u store.User, next string) error {
	token, err := a.sessions.Start(v.Context(), u.ID)
	if err != nil {
		return err
	}
	http.SetCookie(w, auth.Cookie(v.Request, token))
	return v.redirect(w, next)
}

func (a *app) postSample(w http.ResponseWriter, v *visit) error {
	if a.LoadSamples == nil {
		return honne.ErrNotFound
	}
	if err := a.LoadSamples(v.Context(), v.user.ID); err != nil {
		return fmt.Errorf("web: load samples: %w", err)
	}
	return v.redirect(w, "/portfolio?done=sample")
}

func (a *app) postSampleRemove(w http.ResponseWriter, v *visit) error {
	if err := a.Store.RemoveSamples(v.Context()); err != nil {
		return fmt.Errorf("web: remove samples: %w", err)
	}
	return v.redirect(w, "/portfolio?done=sample-removed")
}

type signInPage struct {
	Frame
	Errors          []Problem
	Email, Password Input
	Next            string
}

func (a *app) showSignIn(w http.ResponseWriter, v *visit) error {
	if v.signedIn {
		return v.redirect(w, "/")
	}
	return v.show(w, http.StatusOK, "signin", v.signIn(v.fields()))
}

func (v *visit) signIn(f *fields) signInPage {
	return signInPage{Frame: v.frame("", v.t("sign-in.title")), Errors: f.list(), Next: local(v.FormValue("next")),
		Email:    f.input("email", "email", f.text("email")).must().auto("username"),
		Password: f.input("password", "password", "").must().auto("current-password")}
}

func (a *app) postSignIn(w http.ResponseWriter, v *visit) error {
	f := v.fields()
	host, _, err := net.SplitHostPort(v.RemoteAddr)
	if err != nil {
		host = v.RemoteAddr
	}
	token, _, err := a.sessions.SignIn(v.Context(), f.text("email"), v.FormValue("password"), host)
	if errors.Is(err, honne.ErrForbidden) {
		f.fail("email", v.t("sign-in.failed"))
		return v.show(w, http.StatusUnprocessableEntity, "signin", v.signIn(f))
	}
	if err != nil {
		return err
	}
	http.SetCookie(w, auth.Cookie(v.Request, token))
	if v.guest() {
		http.SetCookie(w, v.guestIs(""))
	}
	return v.redirect(w, local(v.FormValue("next")))
}

func (a *app) postSignOut(w http.ResponseWriter, v *visit) error {
	if err := a.sessions.SignOut(v.Request); err != nil {
		return err
	}
	http.SetCookie(w, auth.Cookie(v.Request, ""))
	return v.redirect(w, "/sign-in")
}
