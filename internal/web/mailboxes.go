package web

import (
	"cmp"
	"context"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"honne"
)

// Mailboxes are what the pages of the watched mailboxes need of the rooms behind.
type Mailboxes struct {
	// Seal seals the secrets of a mailbox for that account.
	Seal func(honne.Mailbox, honne.Secrets) (string, error)
	// Try opens a mailbox once and names its folders; *honne.Invalid says why that
	// does not work, and what to do.
	Try func(context.Context, honne.MailboxID) (folders []string, err error)
}

// mailboxesPage lists the mailboxes that are watched, with a form for one more,
// or for one of them.
type mailboxesPage struct {
	Frame
	Errors   []Problem
	Rows     []MailboxRow
	Form     MailboxForm
	Tried    string   // how opening it went
	Worked   bool     // it did
	Folders  []string // that the server has
	Unstated bool     // no partner has domains yet
}

// MailboxRow is a mailbox and how its watching goes.
type MailboxRow struct {
	Href, Name, Folder string
	State              Tag
	Trouble            string
	Counts, Looked     string
	Paused, Drop       bool
}

// MailboxForm is the form of a mailbox.
type MailboxForm struct {
	Action, Heading                  string
	Host, Port, User, Secret         Input
	Folder, TokenAt, Client, Secret2 Input
	Ways                             []Choice
	Certificate, CertificateError    string
	Drop                             bool
}

func (a *app) showMailboxes(w http.ResponseWriter, v *visit) error {
	return v.mailboxes(w, http.StatusOK, v.fields(), honne.Watched{Mailbox: honne.Mailbox{Port: 993, Folder: "INBOX"}}, nil)
}

func (a *app) showMailbox(w http.ResponseWriter, v *visit) error {
	box, err := v.mailbox()
	if err != nil {
		return err
	}
	return v.mailboxes(w, http.StatusOK, v.fields(), box, nil)
}

func (v *visit) mailbox() (honne.Watched, error) {
	n, err := v.number("n")
	if err != nil {
		return honne.Watched{}, err
	}
	box, err := v.app.Store.Mailbox(v.Context(), honne.MailboxID(n))
	if err != nil {
		return box, fmt.Errorf("web: find mailbox: %w", err)
	}
	return box, nil
}

// mailboxes shows the page with the form of a mailbox; of a new one its ID is 0.
func (v *visit) mailboxes(w http.ResponseWriter, status int, f *fields, box honne.Watched, fill func(*mailboxesPage)) error {
	list, err := v.app.Store.Mailboxes(v.Context())
	if err != nil {
		return fmt.Errorf("web: list mailboxes: %w", err)
	}
	partners, err := v.app.Store.Distributors(v.Context())
	if err != nil {
		return fmt.Errorf("web: list distributors: %w", err)
	}
	page := mailboxesPage{Frame: v.frame("mailboxes", v.t("mailboxes.title")), Errors: f.list(), Form: v.mailboxForm(f, box), Unstated: true}
	for _, d := range partners {
		page.Unstated = page.Unstated && (d.Sample || len(d.Profile.Domains) == 0)
	}
	for _, m := range list {
		page.Rows = append(page.Rows, v.mailboxRow(m))
	}
	if fill != nil {
		fill(&page)
	}
	return v.show(w, status, "mailboxes", page)
}

func (v *visit) mailboxRow(m honne.Watched) MailboxRow {
	r := MailboxRow{Href: mailboxPath(m.ID), Name: m.User + " · " + m.Host, Folder: m.Folder, Paused: m.Paused, Drop: m.Drop}
	r.Counts = v.t("mailboxes.counts", honne.Count("kept", m.Mark.Kept), honne.Count("dropped", m.Mark.Dropped))
	if m.Drop {
		r.Counts = v.t("mailboxes.counts-drop", honne.Count("kept", m.Mark.Kept))
	}
	if m.Mark.Left > 0 {
		r.Counts += v.t("list.comma") + v.t("mailboxes.left", honne.Count("n", m.Mark.Left))
	}
	switch {
	case m.Paused:
		r.State = Tag{"", "", v.t("mailboxes.paused")}
	case !m.Trouble.IsZero():
		r.State, r.Trouble = Tag{"problem", "neg", v.t("mailboxes.troubled")}, v.say(m.Trouble)
	case m.Looked.IsZero():
		r.State = Tag{"dots", "info", v.t("mailboxes.beginning")}
	default:
		r.State = Tag{"tick", "pos", v.t("mailboxes.watching")}
	}
	if !m.Looked.IsZero() {
		r.Looked = v.lang.Instant(m.Looked)
	}
	return r
}

func mailboxPath(id honne.MailboxID) string {
	return "/settings/mailboxes/" + strconv.FormatInt(int64(id), 10)
}

func (v *visit) mailboxForm(f *fields, box honne.Watched) MailboxForm {
	m := box.Mailbox
	out := MailboxForm{Action: "/settings/mailboxes", Heading: v.t("mailboxes.new"), Certificate: m.Certificate, CertificateError: f.errors["box-certificate"], Drop: m.Drop}
	if box.ID != 0 {
		out.Action, out.Heading = mailboxPath(box.ID), m.User+" · "+m.Host
	}
	out.Host = f.input("box-host", "", m.Host).must()
	out.Port = f.input("box-port", "number", strconv.Itoa(m.Port)).must()
	out.User = f.input("box-user", "", m.User).must().auto("off")
	out.Secret = f.input("box-secret", "password", "").auto("new-password")
	if box.ID == 0 {
		out.Secret = out.Secret.must()
	} else {
		out.Secret.Hint = v.t("mailboxes.secret-kept")
	}
	out.Folder = f.input("box-folder", "", m.Folder).must()
	out.TokenAt, out.Client = f.input("box-token-at", "url", m.TokenAt), f.input("box-client", "", m.Client)
	out.Secret2 = f.input("box-client-secret", "password", "").auto("new-password")
	for _, way := range [...]string{"password", "token"} {
		out.Ways = append(out.Ways, Choice{Href: way, Label: v.t("mailboxes.by." + way), Current: (way == "token") == m.Token})
	}
	return out
}

// readMailbox reads the form. Secrets that are kept may stay as long as they go
// to the same account.
func (f *fields) readMailbox(was honne.Watched) (m honne.Mailbox, s honne.Secrets) {
	m = honne.Mailbox{Host: strings.ToLower(f.required("box-host")), User: f.required("box-user"), Folder: f.required("box-folder"),
		Token: f.text("box-way") == "token", Drop: f.text("box-drop") != "", Certificate: f.text("box-certificate"),
		TokenAt: f.text("box-token-at"), Client: f.text("box-client")}
	s = honne.Secrets{Secret: f.v.FormValue("box-secret"), Client: f.v.FormValue("box-client-secret")}
	var err error
	if m.Port, err = strconv.Atoi(f.text("box-port")); err != nil || m.Port < 1 || m.Port > 65535 {
		f.fail("box-port", f.v.t("mailboxes.bad-port"))
	}
	if strings.ContainsAny(m.Host, " /:@") {
		f.fail("box-host", f.v.t("mailboxes.bad-host"))
	}
	if m.Certificate != "" && !isCertificate(m.Certificate) {
		f.fail("box-certificate", f.v.t("mailboxes.bad-certificate"))
	}
	if at, err := url.Parse(m.TokenAt); m.TokenAt != "" && (err != nil || at.Scheme != "https" || at.Host == "") {
		f.fail("box-token-at", f.v.t("mailboxes.bad-token-at"))
	}
	if s.Secret == "" && (was.ID == 0 || was.Account() != m.Account()) {
		f.fail("box-secret", f.v.t("mailboxes.secret-again"))
	}
	return m, s
}

func isCertificate(text string) bool {
	block, _ := pem.Decode([]byte(text))
	if block == nil || block.Type != "CERTIFICATE" {
		return false
	}
	_, err := x509.ParseCertificate(block.Bytes)
	return err == nil
}

// postNewMailbox adds a mailbox, and tries it at once.
func (a *app) postNewMailbox(w http.ResponseWriter, v *visit) error {
	f := v.fields()
	m, secrets := f.readMailbox(honne.Watched{})
	if len(f.order) > 0 {
		return v.mailboxes(w, http.StatusUnprocessableEntity, f, honne.Watched{Mailbox: m}, nil)
	}
	sealed, err := a.Mailboxes.Seal(m, secrets)
	if err != nil {
		return fmt.Errorf("web: seal the secrets of a mailbox: %w", err)
	}
	id, err := a.Store.AddMailbox(v.Context(), m, sealed)
	if err != nil {
		return fmt.Errorf("web: add mailbox: %w", err)
	}
	return v.tryMailbox(w, id)
}

// postMailbox saves, tries, pauses or removes a mailbox.
func (a *app) postMailbox(w http.ResponseWriter, v *visit) error {
	box, err := v.mailbox()
	if err != nil {
		return err
	}
	done := ""
	switch v.FormValue("do") {
	case "save":
		return v.saveMailbox(w, box)
	case "try":
		return v.tryMailbox(w, box.ID)
	case "pause":
		done, err = "mailbox-paused", a.Store.PauseMailbox(v.Context(), box.ID, true)
	case "go-on":
		done, err = "mailbox-goes-on", a.Store.PauseMailbox(v.Context(), box.ID, false)
	case "remove":
		done, err = "mailbox-removed", a.Store.RemoveMailbox(v.Context(), box.ID)
	default:
		return &honne.Invalid{Field: "do", What: honne.Say("intake.no-form")}
	}
	if err != nil {
		return fmt.Errorf("web: change mailbox: %w", err)
	}
	return v.redirect(w, "/settings/mailboxes?done="+done)
}

func (v *visit) saveMailbox(w http.ResponseWriter, box honne.Watched) error {
	f := v.fields()
	m, secrets := f.readMailbox(box)
	if len(f.order) > 0 {
		box.Mailbox = m
		return v.mailboxes(w, http.StatusUnprocessableEntity, f, box, nil)
	}
	sealed := box.Sealed
	if secrets.Secret != "" {
		var err error
		if sealed, err = v.app.Mailboxes.Seal(m, secrets); err != nil {
			return fmt.Errorf("web: seal the secrets of a mailbox: %w", err)
		}
	}
	if err := v.app.Store.SetMailbox(v.Context(), box.ID, m, sealed); err != nil {
		return fmt.Errorf("web: save mailbox: %w", err)
	}
	return v.tryMailbox(w, box.ID)
}

// tryMailbox opens a mailbox and shows how that went.
func (v *visit) tryMailbox(w http.ResponseWriter, id honne.MailboxID) error {
	folders, failed := v.app.Mailboxes.Try(v.Context(), id)
	var why *honne.Invalid
	if failed != nil && !errors.As(failed, &why) {
		return fmt.Errorf("web: try mailbox: %w", failed)
	}
	box, err := v.app.Store.Mailbox(v.Context(), id)
	if err != nil {
		return fmt.Errorf("web: find mailbox: %w", err)
	}
	return v.mailboxes(w, http.StatusOK, v.fields(), box, func(p *mailboxesPage) {
		p.Folders, p.Worked, p.Tried = folders, why == nil, v.t("mailboxes.worked", honne.Text("folder", box.Folder))
		if why != nil {
			p.Tried = v.say(why.What)
		}
	})
}

// StrayRow is a message of a drop address whose partner nobody knows.
type StrayRow struct {
	Key, Text, Name string
}

// strayRows are the messages that wait for a partner, in a sentence each.
func (v *visit) strayRows() (out []StrayRow, err error) {
	list, err := v.app.Store.Strays(v.Context(), listRows)
	if err != nil {
		return nil, fmt.Errorf("web: list strays: %w", err)
	}
	for _, m := range list {
		text := v.t("strays.from", honne.Text("sender", cmp.Or(m.Sender, v.t("strays.nobody"))), honne.Day("on", m.Receipt.Day()))
		if m.Receipt.At.IsZero() {
			text = v.t("strays.from-undated", honne.Text("sender", cmp.Or(m.Sender, v.t("strays.nobody"))))
		}
		out = append(out, StrayRow{m.SHA256, text, m.Name})
	}
	return out, nil
}

// postStray gives a message to a partner, or leaves it out.
func (a *app) postStray(w http.ResponseWriter, v *visit) error {
	sum := v.FormValue("key")
	if v.FormValue("do") == "leave" {
		if err := a.Store.SettleStray(v.Context(), sum); err != nil {
			return fmt.Errorf("web: leave a message out: %w", err)
		}
		return v.redirect(w, "/intake?done=stray-left")
	}
	d, err := a.Store.DistributorBySlug(v.Context(), v.FormValue("distributor"))
	if err != nil {
		return fmt.Errorf("web: find distributor: %w", err)
	}
	if _, err := a.Give(v.Context(), sum, d.ID, v.user.ID); err != nil {
		return fmt.Errorf("web: give a message to a partner: %w", err)
	}
	return v.redirect(w, "/intake?done=stray-given")
}
