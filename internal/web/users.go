package web

import (
	"crypto/rand"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"honne"
	"honne/internal/auth"
	"honne/internal/store"
)

// linkLife is how long a link for a password is good.
const linkLife = 7 * 24 * time.Hour

// usersPage lists who has an account, with a form for one more, or for one of them.
type usersPage struct {
	Frame
	Errors []Problem
	Rows   []UserRow
	Form   UserForm
	Link   string // for a password; shown once, when it was made
	For    string // whose it is, and until when
}

// UserRow is an account.
type UserRow struct {
	Href, Name, Email, Role string
	Admin, Self, Disabled   bool
	State                   Tag
}

// UserForm is the form of an account; of a new one Email can be written.
type UserForm struct {
	Action, Heading string
	Name, Email     Input
	Role            Pick
	Admin, Known    bool
}

func (a *app) showUsers(w http.ResponseWriter, v *visit) error {
	return v.users(w, http.StatusOK, v.fields(), store.User{Role: string(auth.Viewer)}, nil)
}

func (a *app) showUser(w http.ResponseWriter, v *visit) error {
	u, err := v.colleague()
	if err != nil {
		return err
	}
	return v.users(w, http.StatusOK, v.fields(), u, nil)
}

// colleague is the account that the address names.
func (v *visit) colleague() (store.User, error) {
	n, err := v.number("n")
	if err != nil {
		return store.User{}, err
	}
	u, err := v.app.Store.User(v.Context(), honne.UserID(n))
	if err != nil {
		return u, fmt.Errorf("web: find account: %w", err)
	}
	return u, nil
}

// users shows the page with the form of an account; of a new one its ID is 0.
func (v *visit) users(w http.ResponseWriter, status int, f *fields, u store.User, fill func(*usersPage)) error {
	list, err := v.app.Store.Users(v.Context())
	if err != nil {
		return fmt.Errorf("web: list accounts: %w", err)
	}
	page := usersPage{Frame: v.frame("users", v.t("users.title")), Errors: f.list(), Form: v.userForm(f, u)}
	for _, u := range list {
		page.Rows = append(page.Rows, v.userRow(u))
	}
	if fill != nil {
		fill(&page)
	}
	return v.show(w, status, "users", page)
}

func (v *visit) userRow(u store.User) UserRow {
	r := UserRow{Href: userPath(u.ID), Name: u.Name, Email: u.Email, Role: v.t("role." + u.Role), Admin: u.Admin, Disabled: u.Disabled, Self: u.ID == v.user.ID}
	switch {
	case u.Disabled:
		r.State = Tag{"", "", v.t("users.disabled")}
	case u.PasswordHash == "":
		r.State = Tag{"dots", "info", v.t("users.invited")}
	default:
		r.State = Tag{"tick", "pos", v.t("users.active")}
	}
	return r
}

func userPath(id honne.UserID) string { return "/settings/users/" + strconv.FormatInt(int64(id), 10) }

func (v *visit) userForm(f *fields, u store.User) UserForm {
	out := UserForm{Action: "/settings/users", Heading: v.t("users.new"), Admin: u.Admin, Known: u.ID != 0}
	if out.Known {
		out.Action, out.Heading = userPath(u.ID), u.Name
	}
	out.Name = f.input("user-name", "", u.Name).must().auto("off")
	out.Email = f.input("email", "email", u.Email).must().auto("off")
	out.Role = Pick{Name: "role", Label: v.t("form.role"), Hint: v.t("form.role.hint"), Error: f.errors["role"]}
	for _, r := range auth.Roles() {
		out.Role.Options = append(out.Role.Options, Choice{Href: string(r), Label: v.t("role." + string(r)), Current: string(r) == u.Role})
	}
	return out
}

// postNewUser adds an account without a password, and makes the link by which its owner
// sets one.
func (a *app) postNewUser(w http.ResponseWriter, v *visit) error {
	f := v.fields()
	u := store.User{Name: f.required("user-name"), Email: strings.ToLower(f.required("email")), Role: f.role(),
		Admin: f.ticked("admin", false), Language: string(v.lang), Created: a.Now()}
	if u.Email != "" && !strings.Contains(u.Email, "@") {
		f.fail("email", v.t("form.email.bad"))
	}
	var err error
	if len(f.order) == 0 {
		if u.ID, err = a.Store.AddUser(v.Context(), u); errors.Is(err, honne.ErrConflict) {
			f.fail("email", v.t("users.taken"))
		} else if err != nil {
			return fmt.Errorf("web: add account: %w", err)
		}
	}
	if len(f.order) > 0 {
		return v.users(w, http.StatusUnprocessableEntity, f, u, nil)
	}
	return v.withLink(w, u)
}

// role is one of those that there are.
func (f *fields) role() string {
	if r := f.text("role"); slices.Contains(auth.Roles(), auth.Role(r)) {
		return r
	}
	f.fail("role", f.v.t("users.no-role"))
	return ""
}

// withLink makes a link for the password of an account and shows it, this once.
func (v *visit) withLink(w http.ResponseWriter, u store.User) error {
	token, ends := rand.Text()+rand.Text(), v.app.Now().Add(linkLife)
	if err := v.app.Store.LinkPassword(v.Context(), u.ID, hashed(token), ends); err != nil {
		return fmt.Errorf("web: make a link: %w", err)
	}
	v.app.noteAccount(v, v.user.ID, u.ID, "password-link")
	return v.users(w, http.StatusOK, v.fields(), store.User{Role: string(auth.Viewer)}, func(p *usersPage) {
		p.Link = v.absolute("/welcome/" + token)
		p.For = v.t("users.link.once", honne.Text("email", u.Email), honne.Text("ends", v.lang.Instant(ends)))
	})
}

// postUser changes an account.
func (a *app) postUser(w http.ResponseWriter, v *visit) error {
	u, err := v.colleague()
	if err != nil {
		return err
	}
	f, done := v.fields(), v.FormValue("do")
	switch done {
	case "link":
		return v.withLink(w, u)
	case "save":
		if role := f.role(); role != "" {
			err = a.Store.SetUserRole(v.Context(), u.ID, role, f.ticked("admin", false))
		}
	case "disable", "enable":
		err = a.Store.DisableUser(v.Context(), u.ID, done == "disable")
	default:
		return &honne.Invalid{Field: "do", What: honne.Say("intake.no-form")}
	}
	if errors.Is(err, honne.ErrConflict) {
		f.fail("admin", v.t("users.last"))
		err = nil
	}
	if err != nil {
		return fmt.Errorf("web: change account: %w", err)
	}
	if len(f.order) > 0 {
		return v.users(w, http.StatusUnprocessableEntity, f, u, nil)
	}
	return v.redirect(w, "/settings/users?done=user-"+done)
}

// welcomePage is where somebody sets a password by a link.
type welcomePage struct {
	Frame
	Errors   []Problem
	Email    string // "" where the link has ended
	Password Input
}

func (a *app) showWelcome(w http.ResponseWriter, v *visit) error {
	u, err := a.Store.UserByPasswordLink(v.Context(), hashed(v.PathValue("token")))
	return v.welcome(w, http.StatusOK, v.fields(), u, err)
}

// welcome shows the form, or that the link has ended.
func (v *visit) welcome(w http.ResponseWriter, status int, f *fields, u store.User, err error) error {
	if err != nil && !errors.Is(err, honne.ErrNotFound) {
		return fmt.Errorf("web: find a link: %w", err)
	}
	if err != nil {
		status = http.StatusNotFound
	}
	page := welcomePage{Frame: v.frame("", v.t("welcome.title")), Errors: f.list(), Email: u.Email}
	page.Password = f.input("password", "password", "").must().auto("new-password")
	page.Password.Hint = v.t("auth.password.short", honne.Count("n", auth.MinPassword))
	return v.show(w, status, "welcome", page)
}

// postWelcome sets the password and begins a session.
func (a *app) postWelcome(w http.ResponseWriter, v *visit) error {
	f, link := v.fields(), hashed(v.PathValue("token"))
	u, err := a.Store.UserByPasswordLink(v.Context(), link)
	if err != nil {
		return v.welcome(w, http.StatusNotFound, f, u, err)
	}
	if err := auth.CheckPassword(v.FormValue("password"), u.Email); err != nil {
		f.invalid(err)
		return v.welcome(w, http.StatusUnprocessableEntity, f, u, nil)
	}
	hash, err := a.passwords.Hash(v.Context(), v.FormValue("password"))
	if err != nil {
		return err
	}
	if u, err = a.Store.SetPasswordByLink(v.Context(), link, hash); err != nil {
		return v.welcome(w, http.StatusNotFound, f, u, err)
	}
	a.noteAccount(v, u.ID, u.ID, "new-password")
	return a.begin(w, v, u, "/")
}

// noteAccount takes down who did what with an account; links stand in no history.
func (a *app) noteAccount(v *visit, by, of honne.UserID, what string) {
	a.history.write(v.Context(), store.Trace{At: a.Now(), By: by, Verb: store.Changed, Object: userPath(of), Detail: what})
}
