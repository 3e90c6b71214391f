package web

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"time"

	"honne"
	"honne/internal/auth"
	"honne/internal/japan"
	"honne/internal/store"
)

// threadPage is one conversation with its messages' own words. Where a reason or
// a promise was recognised, the sentence leads to it.
type threadPage struct {
	Frame
	Heading, Message string
	Open             Tag
	Spoken           string // where an answer by word of mouth is written down; "" where no question is open
	Letters          []MessageView
	Marked           bool // some sentence is
	Pager            Pager
}

// MessageView is one message.
type MessageView struct {
	ID, From, Address, To string
	Side, Class           string
	At                    string
	Tags                  []Tag
	Says                  []Stretch
	Lang                  string
	Files                 []Linked
	Invites               []string
	Heard                 []Linked // recognised in it, but in no stretch of it
	Ask                   string   // where the assistant is asked about it; "" without one
	Path, PathHref        string
}

func (a *app) showThread(w http.ResponseWriter, v *visit, d honne.Distributor) error {
	n, err := v.number("id")
	if err != nil {
		return err
	}
	x, err := v.post(d)
	if err != nil {
		return err
	}
	c, at, found := x.conversation(honne.MailID(n))
	if !found {
		return fmt.Errorf("web: message %d: %w", n, honne.ErrNotFound)
	}
	page, err := x.thread(c, at)
	if err != nil {
		return err
	}
	return v.show(w, http.StatusOK, "thread", page)
}

// conversation finds the one that a message belongs to, and its place there.
func (x *post) conversation(id honne.MailID) (c honne.Conversation, at int, found bool) {
	for _, c := range x.all {
		if i := slices.IndexFunc(c.Turns, func(t honne.Turn) bool { return t.Mail == id }); i >= 0 {
			return c, i, true
		}
	}
	return c, 0, false
}

// thread shows the part of a conversation that the address asks for, or that
// holds the message at a place.
func (x *post) thread(c honne.Conversation, at int) (threadPage, error) {
	page := threadPage{}
	from, to, pager := x.pager(len(c.Turns), onPage, at/onPage+1)
	ids := []honne.MailID{c.Turns[0].Mail}
	for _, t := range c.Turns[from:to] {
		if t.Mail != ids[0] {
			ids = append(ids, t.Mail)
		}
	}
	mails, err := x.app.Store.MailsOf(x.Context(), x.d.ID, ids)
	if err != nil {
		return page, fmt.Errorf("web: read mail: %w", err)
	}
	marks, err := x.marks()
	if err != nil {
		return page, err
	}
	page.Heading = x.subject(mails[0])
	page.Frame = x.frame("portfolio", page.Heading)
	page.Sample, page.Pager, page.Crumbs = x.d.Sample, pager, x.crumbs(x.d, Choice{Href: x.link(base(x.d) + "/messages"), Label: x.t("tab.messages")}, Choice{Label: page.Heading})
	page.Message = x.t("thread.message", honne.Count("n", len(c.Turns)), honne.Text("days", x.days(c)))
	if open := c.Open(); open.Asked != 0 {
		page.Open = x.owed(open)
		page.Spoken = x.spokenForm(open.Asked)
		page.Message += " " + x.t("thread.open."+string(open.Owed), honne.Text("long", x.say(japan.Worked(open.Hours))))
	}
	if from > 0 {
		mails = mails[1:] // it only gave the subject
	}
	files, err := x.attached(mails)
	if err != nil {
		return page, err
	}
	asks, err := x.mayAsk()
	if err != nil {
		return page, err
	}
	for _, m := range mails {
		page.Marked = page.Marked || len(marks.of[m.ID]) > 0
		letter := x.letter(m, c, marks.of[m.ID], files)
		if asks && m.Side == honne.Theirs && len(letter.Says) > 0 {
			letter.Ask = x.link(base(x.d) + "/messages/" + strconv.FormatInt(int64(m.ID), 10) + "/ask")
		}
		page.Letters = append(page.Letters, letter)
	}
	return page, nil
}

// spokenForm is where an answer by word of mouth to a message is written down, ""
// for who may not.
func (x *post) spokenForm(asked honne.MailID) string {
	k, ok := kindOf(honne.EntryPhoneAnswer)
	if !ok {
		return ""
	}
	door := x.newEntry(x.d, k)
	if door == "" {
		return ""
	}
	return x.link(door, "message", strconv.FormatInt(int64(asked), 10))
}

// attached finds the files that came with messages, by path.
func (x *post) attached(mails []honne.Mail) (map[string]honne.FileID, error) {
	var paths []string
	for _, m := range mails {
		for _, name := range m.Files {
			paths = append(paths, m.Path+"/"+name)
		}
	}
	files, err := x.app.Store.FilesAt(x.Context(), x.d.ID, paths)
	if err != nil {
		return nil, fmt.Errorf("web: find attachments: %w", err)
	}
	return files, nil
}

// letter shows one message of a conversation.
func (x *post) letter(m honne.Mail, c honne.Conversation, found []found, files map[string]honne.FileID) MessageView {
	n := strconv.FormatInt(int64(m.ID), 10)
	out := MessageView{ID: "m-" + n, From: m.From.Shown(), To: recipients(m), Side: x.t("side." + string(m.Side)), Class: string(m.Side),
		At: x.moment(m.Receipt), Tags: x.does(m, c), Lang: m.Language, Path: m.Path}
	if m.From.Name != "" {
		out.Address = m.From.Address
	}
	out.Says, out.Heard = stretches(m.Text, found)
	if m.File != 0 && x.may(auth.Read, auth.Figures) {
		out.PathHref = "/intake/" + strconv.FormatInt(int64(m.File), 10)
	}
	for _, name := range m.Files {
		file := Linked{Text: name}
		if id := files[m.Path+"/"+name]; id != 0 && x.may(auth.Read, auth.Figures) {
			file.Href = "/intake/" + strconv.FormatInt(int64(id), 10)
		}
		out.Files = append(out.Files, file)
	}
	for _, i := range m.Invites {
		say := x.t("thread.invite." + string(i.Method))
		if i.Starts != 0 {
			say += x.t("colon") + x.lang.Instant(time.UnixMicro(i.Starts))
		}
		out.Invites = append(out.Invites, say)
	}
	return out
}

func recipients(m honne.Mail) string {
	out := ""
	for i, p := range append(slices.Clone(m.To), m.Cc...) {
		if i > 0 {
			out += ", "
		}
		out += p.Shown()
	}
	return out
}

// moment says when a message came, and only as well as that is known.
func (v *visit) moment(r honne.Receipt) string {
	if r.Exact() {
		return v.lang.Instant(r.At)
	}
	return v.knownSince(r)
}

// does names what a message is for its conversation: a question and whether it
// is open, an answer and how long it took, an acknowledgement, a report.
func (x *post) does(m honne.Mail, c honne.Conversation) []Tag {
	var out []Tag
	for _, w := range c.Waits {
		if w.Answer == m.ID && w.Asked != m.ID {
			out = append(out, Tag{"tick", "ok", x.t("thread.answer", honne.Text("long", x.say(japan.Worked(w.Hours))))})
		}
	}
	switch m.Kind {
	case honne.Acknowledgement:
		out = append(out, Tag{"dots", "", x.t("thread.acknowledgement")})
	case honne.Automatic, honne.ReportTurn:
		out = append(out, Tag{"", "", x.t("thread." + string(m.Kind))})
	}
	for _, w := range c.Waits {
		switch {
		case w.Asked != m.ID:
		case w.Answer == 0:
			out = append(out, Tag{"watch", "warn", x.t("thread.question.open", honne.Text("long", x.say(japan.Worked(w.Hours))))})
		default:
			out = append(out, Tag{"clear", "", x.t("thread.question", honne.Count("n", m.Asks))})
			if i := slices.IndexFunc(x.spoken, func(a honne.PhoneAnswer) bool { return a.Message == m.ID }); i >= 0 && w.Answer == m.ID {
				out = append(out, Tag{"tick", "ok", x.t("thread.spoken", honne.Day("day", x.spoken[i].On))})
			}
		}
	}
	return out
}

// marked is what was recognised, by message.
type marked struct{ of map[honne.MailID][]found }

// marks gathers the reasons and promises that were recognised or entered.
func (x *post) marks() (marked, error) {
	out := marked{map[honne.MailID][]found{}}
	said, err := store.Entries[honne.Said](x.Context(), x.app.Store, x.d.ID)
	if err != nil {
		return out, fmt.Errorf("web: read reasons: %w", err)
	}
	claims, err := store.Entries[honne.Judgement](x.Context(), x.app.Store, x.d.ID)
	if err != nil {
		return out, fmt.Errorf("web: read claims: %w", err)
	}
	of := map[string]string{}
	for _, c := range claims {
		of[c.Body.Excuse] = c.Code()
	}
	for _, s := range said {
		if code := of[s.Body.Excuse]; s.Body.Mail != 0 && code != "" {
			out.add(s.Body.Mail, found{kind: "reason", door: Linked{code, "/claims/" + code}, from: s.Body.From, to: s.Body.To})
		}
	}
	if !x.may(auth.Read, auth.Reviews) {
		return out, nil
	}
	promises, err := store.Entries[honne.Promise](x.Context(), x.app.Store, x.d.ID)
	if err != nil {
		return out, fmt.Errorf("web: read agreements: %w", err)
	}
	for _, p := range promises {
		if p.Body.Mail != 0 {
			out.add(p.Body.Mail, found{kind: "promise", door: Linked{p.Code(), agreementLink(p)}, quotes: []string{p.Body.Quote, p.Body.What.JA, p.Body.What.EN}})
		}
	}
	return out, nil
}

func (m marked) add(id honne.MailID, f found) { m.of[id] = append(m.of[id], f) }
