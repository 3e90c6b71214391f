package web

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"honne"
	"honne/internal/auth"
	"honne/internal/store"
)

// Assistant is what the pages need of the language model that was named, if one
// was.
type Assistant struct {
	// Named reads it; found is false without one.
	Named func(context.Context) (x honne.Assistant, found bool, err error)
	// Name keeps it; an empty key keeps the one before of the same address.
	Name func(ctx context.Context, x honne.Assistant, key string) error
	// Ask sends a question about a message and returns how many proposals are new;
	// *honne.Invalid says why there was no answer.
	Ask func(ctx context.Context, x honne.Assistant, d honne.DistributorID, m honne.Mail, q honne.Inquiry, known []string) (int, error)
}

// assistantPage names the assistant, or nobody.
type assistantPage struct {
	Frame
	Errors             []Problem
	Speaks             Pick
	URL, Model, Secret Input
	Named              bool
}

func (a *app) showAssistant(w http.ResponseWriter, v *visit) error {
	x, found, err := a.Assistant.Named(v.Context())
	if err != nil {
		return fmt.Errorf("web: read the assistant: %w", err)
	}
	return v.assistant(w, http.StatusOK, v.fields(), x, found)
}

func (v *visit) assistant(w http.ResponseWriter, status int, f *fields, x honne.Assistant, named bool) error {
	page := assistantPage{Frame: v.frame("mailboxes", v.t("assistant.title")), Errors: f.list(), Named: named}
	page.Crumbs = []Choice{{Href: "/settings/mailboxes", Label: v.t("mailboxes.title")}, {Label: v.t("assistant.title")}}
	page.Speaks = f.pick("speaks", wordsOf(v, "assistant.speaks.", string(x.Speaks), honne.AllDialects))
	page.URL, page.Model = f.input("assistant-url", "url", x.URL).must().auto("off"), f.input("assistant-model", "", x.Model).must().auto("off")
	page.Secret = f.input("assistant-key", "password", "").auto("new-password")
	if x.Sealed != "" {
		page.Secret.Hint = v.t("mailboxes.secret-kept")
	}
	return v.show(w, status, "assistant", page)
}

// postAssistant names the assistant, or takes it away.
func (a *app) postAssistant(w http.ResponseWriter, v *visit) error {
	if v.FormValue("do") == "remove" {
		if err := a.Assistant.Name(v.Context(), honne.Assistant{}, ""); err != nil {
			return fmt.Errorf("web: take the assistant away: %w", err)
		}
		return v.redirect(w, "/settings/assistant?done=assistant-removed")
	}
	_, found, err := a.Assistant.Named(v.Context())
	if err != nil {
		return fmt.Errorf("web: read the assistant: %w", err)
	}
	f := v.fields()
	x := honne.Assistant{Speaks: oneOf(honne.Dialect(f.text("speaks")), honne.AllDialects), URL: strings.TrimRight(f.required("assistant-url"), "/"), Model: f.required("assistant-model")}
	if at, err := url.Parse(x.URL); x.URL != "" && (err != nil || at.Host == "" || at.User != nil || strings.ContainsAny(x.URL, "?#") || at.Scheme != "https" && !(at.Scheme == "http" && here(at.Hostname()))) {
		f.fail("assistant-url", v.t("assistant.bad-url"))
	}
	if len(f.order) > 0 {
		return v.assistant(w, http.StatusUnprocessableEntity, f, x, found)
	}
	if err := a.Assistant.Name(v.Context(), x, v.FormValue("assistant-key")); err != nil {
		return fmt.Errorf("web: name the assistant: %w", err)
	}
	return v.redirect(w, "/settings/assistant?done=assistant-named")
}

// here reports whether a host is this machine, which needs no encryption.
func here(host string) bool { return host == "localhost" || host == "127.0.0.1" || host == "::1" }

// inquiryPage shows what would be sent, to the letter, and where to.
type inquiryPage struct {
	Frame
	Message, Send      string
	Instructions, Text string
	Lang, Back, Seen   string
	Trouble            string
	to                 honne.Assistant
	known              []string
}

// mayAsk reports whether there is an assistant that the visitor may ask.
func (v *visit) mayAsk() (bool, error) {
	if !v.may(auth.Write, auth.Signals) {
		return false, nil
	}
	_, found, err := v.app.Assistant.Named(v.Context())
	if err != nil {
		return false, fmt.Errorf("web: read the assistant: %w", err)
	}
	return found, nil
}

// inquiry is the message of the address, and what the assistant would be told of
// it: for who confirms reasons, where an assistant is named.
func (v *visit) inquiry() (d honne.Distributor, m honne.Mail, page inquiryPage, err error) {
	if d, err = v.distributor(); err != nil {
		return d, m, page, err
	}
	x, found, err := v.app.Assistant.Named(v.Context())
	n, wrong := v.number("id")
	if err == nil && (!found || wrong != nil || !v.may(auth.Write, auth.Signals)) {
		err = honne.ErrNotFound
	}
	if err != nil {
		return d, m, page, err
	}
	if m, err = v.app.Store.Mail(v.Context(), d.ID, honne.MailID(n)); err != nil {
		return d, m, page, fmt.Errorf("web: read message: %w", err)
	}
	if m.Side != honne.Theirs || strings.TrimSpace(m.Text) == "" {
		return d, m, page, honne.ErrNotFound
	}
	at, _ := url.Parse(x.URL)
	q, known := v.app.Playbook.Inquiry(m.Text)
	host := honne.Text("host", at.Host)
	page = inquiryPage{Message: v.t("assistant.sends", host, honne.Text("model", x.Model)), Send: v.t("assistant.send", host), Instructions: q.Instructions, Text: q.Text, Lang: m.Language, Back: v.mailLink(d, m.ID), to: x, known: known}
	sum := sha256.Sum256([]byte(strings.Join([]string{x.Account(), x.Model, q.Instructions, q.Text}, "\x00")))
	page.Seen = hex.EncodeToString(sum[:])
	return d, m, page, nil
}

func (a *app) showInquiry(w http.ResponseWriter, v *visit) error {
	d, _, page, err := v.inquiry()
	if err != nil {
		return err
	}
	return v.toSend(w, http.StatusOK, d, page)
}

func (v *visit) toSend(w http.ResponseWriter, status int, d honne.Distributor, page inquiryPage) error {
	page.Frame = v.frame("portfolio", v.t("assistant.ask"))
	page.Crumbs = v.crumbs(d, Choice{Href: page.Back, Label: v.t("tab.messages")}, Choice{Label: v.t("assistant.ask")})
	page.Sample = d.Sample
	return v.show(w, status, "inquiry", page)
}

// postInquiry sends exactly what was seen.
func (a *app) postInquiry(w http.ResponseWriter, v *visit) error {
	d, m, page, err := v.inquiry()
	if err != nil {
		return err
	}
	if v.FormValue("seen") != page.Seen {
		page.Trouble = v.t("assistant.changed")
		return v.toSend(w, http.StatusUnprocessableEntity, d, page)
	}
	a.history.write(context.WithoutCancel(v.Context()), store.Trace{At: v.now(), By: v.user.ID, Verb: store.Exported, Object: v.URL.Path})
	n, err := a.Assistant.Ask(v.Context(), page.to, d.ID, m, honne.Inquiry{Instructions: page.Instructions, Text: page.Text}, page.known)
	var why *honne.Invalid
	switch {
	case errors.As(err, &why):
		page.Trouble = v.say(why.What)
		return v.toSend(w, http.StatusBadGateway, d, page)
	case err != nil:
		return fmt.Errorf("web: ask the assistant: %w", err)
	case n == 0:
		return v.redirect(w, v.link(base(d)+"/messages/"+v.PathValue("id"), "done", "assistant-nothing"))
	}
	return v.redirect(w, v.link(base(d)+"/claims", "done", "assistant-proposed"))
}
