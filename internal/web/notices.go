package web

import (
	"crypto/rand"
	"fmt"
	"net/http"

	"honne"
	"honne/internal/auth"
)

// noticesPage is what a person is told of without looking: nothing, unless they
// asked for it.
type noticesPage struct {
	Frame
	Weekly, Feed bool
	Named        bool   // an administrator named a server of mail
	Email        string // where the letter goes
	Address      string // of the calendar; shown once, when it was made
	Post         string // where an administrator names the server
}

func (a *app) showNotices(w http.ResponseWriter, v *visit) error { return v.notices(w, "") }

func (v *visit) notices(w http.ResponseWriter, address string) error {
	n, err := v.app.Store.Notices(v.Context(), v.user.ID)
	if err != nil {
		return fmt.Errorf("web: read notices: %w", err)
	}
	page := noticesPage{Frame: v.frame("", v.t("notices.title")), Weekly: n.Weekly, Feed: n.Feed, Email: v.user.Email, Address: address}
	page.Internal = false
	if page.Named, err = v.named(); err != nil {
		return err
	}
	if v.may(auth.Write, auth.Accounts) {
		page.Post = "/settings/post"
	}
	return v.show(w, http.StatusOK, "notices", page)
}

// named reports whether letters can be sent at all.
func (v *visit) named() (bool, error) {
	o, found, err := v.app.Post.Outgoing(v.Context())
	if err != nil {
		return false, fmt.Errorf("web: read the server of mail: %w", err)
	}
	return found && !o.Paused, nil
}

func (a *app) postNotices(w http.ResponseWriter, v *visit) error {
	id, done, err := v.user.ID, "", error(nil)
	switch v.FormValue("do") {
	case "weekly":
		done, err = "weekly", a.Store.SetWeekly(v.Context(), id, true)
	case "quiet":
		done, err = "weekly-off", a.Store.SetWeekly(v.Context(), id, false)
	case "feed":
		token := rand.Text() + rand.Text()
		if err := a.Store.SetFeed(v.Context(), id, hashed(token)); err != nil {
			return fmt.Errorf("web: make calendar: %w", err)
		}
		return v.notices(w, v.absolute("/calendar/"+token+".ics"))
	case "revoke":
		done, err = "feed-revoked", a.Store.SetFeed(v.Context(), id, "")
	default:
		return &honne.Invalid{Field: "do", What: honne.Say("intake.no-form")}
	}
	if err != nil {
		return fmt.Errorf("web: change notices: %w", err)
	}
	return v.redirect(w, "/settings/notices?done="+done)
}

// absolute is the whole address of a path of this house, for letters and programs.
func (v *visit) absolute(path string) string {
	scheme := "http://"
	if auth.IsSecure(v.Request) {
		scheme = "https://"
	}
	return scheme + v.Host + path
}
