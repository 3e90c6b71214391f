package web

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/mail"
	"net/url"
	"strconv"
	"strings"

	"honne"
)

// Post is what the pages need of the room that sends mail.
type Post struct {
	// Outgoing reads the server that was named; found is false without one.
	Outgoing func(context.Context) (o honne.Outgoing, found bool, err error)
	// Name keeps it; an empty password keeps the one before, honne.ErrInvalid where
	// there is none for that account.
	Name func(ctx context.Context, o honne.Outgoing, password string) error
	// Send sends one letter; *honne.Invalid says why that does not work.
	Send func(context.Context, honne.Letter) error
}

// postPage names the server by which mail is sent.
type postPage struct {
	Frame
	Errors                        []Problem
	Host, Port, Account, Secret   Input
	From, Base                    Input
	Security                      Pick
	Certificate, CertificateError string
	Paused, Named                 bool
	Tried                         string
	Worked                        bool
}

func (a *app) showPost(w http.ResponseWriter, v *visit) error {
	o, found, err := a.Post.Outgoing(v.Context())
	if err != nil {
		return fmt.Errorf("web: read the server of mail: %w", err)
	}
	if !found {
		o = honne.Outgoing{Port: 587, Security: honne.SecureStartTLS, Base: "https://" + v.Host}
	}
	return v.outgoing(w, http.StatusOK, v.fields(), o, found, nil)
}

func (v *visit) outgoing(w http.ResponseWriter, status int, f *fields, o honne.Outgoing, named bool, fill func(*postPage)) error {
	page := postPage{Frame: v.frame("mailboxes", v.t("post.title")), Errors: f.list(), Certificate: o.Certificate, CertificateError: f.errors["box-certificate"], Paused: o.Paused, Named: named}
	page.Crumbs = []Choice{{Href: "/settings/mailboxes", Label: v.t("mailboxes.title")}, {Label: v.t("post.title")}}
	page.Host, page.Port = f.input("post-host", "", o.Host).must(), f.input("post-port", "number", strconv.Itoa(o.Port)).must()
	page.Account, page.Secret = f.input("post-user", "", o.User).auto("off"), f.input("post-secret", "password", "").auto("new-password")
	if o.Sealed != "" {
		page.Secret.Hint = v.t("mailboxes.secret-kept")
	}
	page.From, page.Base = f.input("post-from", "", o.From).must(), f.input("post-base", "url", o.Base).must()
	page.Security = f.pick("post-security", wordsOf(v, "security.", string(o.Security), honne.AllSecurities))
	if fill != nil {
		fill(&page)
	}
	return v.show(w, status, "post", page)
}

// postPost saves the server and sends a letter of trial to who saved it, or pauses
// all sending.
func (a *app) postPost(w http.ResponseWriter, v *visit) error {
	was, found, err := a.Post.Outgoing(v.Context())
	if err != nil {
		return fmt.Errorf("web: read the server of mail: %w", err)
	}
	switch do := v.FormValue("do"); {
	case do == "save":
		return v.savePost(w, was)
	case found && (do == "pause" || do == "go-on"):
		was.Paused = do == "pause"
		if err := a.Post.Name(v.Context(), was, ""); err != nil {
			return fmt.Errorf("web: pause sending: %w", err)
		}
		return v.redirect(w, "/settings/post?done=post-"+do)
	}
	return &honne.Invalid{Field: "do", What: honne.Say("intake.no-form")}
}

func (v *visit) savePost(w http.ResponseWriter, was honne.Outgoing) error {
	f := v.fields()
	o := f.readPost()
	o.Paused, o.Sealed = was.Paused, was.Sealed
	if len(f.order) == 0 {
		switch err := v.app.Post.Name(v.Context(), o, v.FormValue("post-secret")); {
		case errors.Is(err, honne.ErrInvalid):
			f.fail("post-secret", v.t("mailboxes.secret-again"))
		case err != nil:
			return fmt.Errorf("web: name the server of mail: %w", err)
		}
	}
	if len(f.order) > 0 {
		return v.outgoing(w, http.StatusUnprocessableEntity, f, o, was.Host != "", nil)
	}
	err := v.app.Post.Send(v.Context(), honne.Letter{To: v.user.Email, Subject: v.t("post.trial"), Text: v.t("post.trial.text") + "\n", Key: "trial " + v.now().String(), At: v.now()})
	var why *honne.Invalid
	if err != nil && !errors.As(err, &why) {
		return fmt.Errorf("web: send a letter of trial: %w", err)
	}
	return v.outgoing(w, http.StatusOK, f, o, true, func(p *postPage) {
		p.Worked, p.Tried = why == nil, v.t("post.sent", honne.Text("email", v.user.Email))
		if why != nil {
			p.Tried = v.say(why.What)
		}
	})
}

func (f *fields) readPost() honne.Outgoing {
	o := honne.Outgoing{Host: strings.ToLower(f.required("post-host")), User: f.text("post-user"), From: f.required("post-from"),
		Certificate: f.text("box-certificate"), Base: strings.TrimRight(f.required("post-base"), "/"), Security: oneOf(honne.Security(f.text("post-security")), honne.AllSecurities)}
	var err error
	if o.Port, err = strconv.Atoi(f.text("post-port")); err != nil || o.Port < 1 || o.Port > 65535 {
		f.fail("post-port", f.v.t("post.bad-port"))
	}
	if strings.ContainsAny(o.Host, " /:@") {
		f.fail("post-host", f.v.t("mailboxes.bad-host"))
	}
	if _, err := mail.ParseAddress(o.From); err != nil && o.From != "" {
		f.fail("post-from", f.v.t("post.bad-from"))
	}
	if o.Certificate != "" && !isCertificate(o.Certificate) {
		f.fail("box-certificate", f.v.t("mailboxes.bad-certificate"))
	}
	if at, err := url.Parse(o.Base); o.Base != "" && (err != nil || at.Scheme != "https" && at.Scheme != "http" || at.Host == "" || at.RawQuery != "") {
		f.fail("post-base", f.v.t("post.bad-base"))
	}
	return o
}
