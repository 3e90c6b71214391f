package web

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"honne"
	"honne/internal/auth"
	"honne/internal/inspect"
	"honne/internal/japan"
	"honne/internal/store"
)

// messagesPage lists the conversations with a partner, the newest first, with
// the questions that are open on both sides.
type messagesPage struct {
	Frame
	Head
	Message      string
	Filters      []Choice
	Query, State string
	Rows         []ConversationRow
	Pager        Pager
	Empty        bool // no message is kept
	Intake       string
}

// ConversationRow is one conversation.
type ConversationRow struct {
	Subject, Href, People string
	Messages              int
	Begun, Days           string
	Open                  Tag
	Since                 string
}

// Pager leads from one page of a list to the next.
type Pager struct {
	Shown        string
	Newer, Older string
}

// onPage is how many conversations, or messages of one, stand on a page.
const onPage = 30

// post is the mail with a partner as known on a day.
type post struct {
	*visit
	d      honne.Distributor
	on     honne.Date
	all    []honne.Conversation
	spoken []honne.PhoneAnswer
	met    []honne.Meeting
	open   map[honne.Side]int
}

func (v *visit) post(d honne.Distributor) (*post, error) {
	at, err := v.asOf(d)
	if err != nil {
		return nil, err
	}
	turns, met, err := v.app.Store.Correspondence(v.Context(), d.ID, at)
	if err != nil {
		return nil, fmt.Errorf("web: read mail: %w", err)
	}
	x := &post{visit: v, d: d, on: at.Known, met: met, open: map[honne.Side]int{}}
	if n := len(turns); x.on == 0 && n > 0 {
		x.on = honne.DateOf(time.UnixMicro(turns[n-1].At)) // a sample stands still on its last day
	}
	spoken, err := store.Entries[honne.PhoneAnswer](v.Context(), v.app.Store, d.ID)
	if err != nil {
		return nil, fmt.Errorf("web: read answers by word of mouth: %w", err)
	}
	for _, e := range spoken {
		x.spoken = append(x.spoken, e.Body)
	}
	x.all = inspect.Conversations(turns, x.spoken, x.on)
	for _, c := range x.all {
		x.open[c.Open().Owed]++
	}
	return x, nil
}

func (a *app) showMessages(w http.ResponseWriter, v *visit, d honne.Distributor) error {
	x, err := v.post(d)
	if err != nil {
		return err
	}
	page := messagesPage{Frame: v.frameOf(d, v.t("tab.messages")), Head: v.head(d, "messages"), Empty: len(x.all) == 0,
		Query: strings.TrimSpace(v.URL.Query().Get("q")), State: v.URL.Query().Get("open")}
	page.Message, page.Filters = x.message(), x.filters(page.State)
	if v.may(auth.Write, auth.Figures) {
		page.Intake = uploadForm(d)
	}
	list, err := x.chosen(page.State, page.Query)
	if err != nil {
		return err
	}
	from, to, pager := v.pager(len(list), onPage, 1)
	page.Pager = pager
	if page.Rows, err = x.rows(list[from:to]); err != nil {
		return err
	}
	return v.show(w, http.StatusOK, "messages", page)
}

// message says in one sentence whose answers are waited for, ours first.
func (x *post) message() string {
	ours, theirs := x.open[honne.Ours], x.open[honne.Theirs]
	switch {
	case len(x.all) == 0:
		return x.t("messages.empty")
	case ours+theirs == 0:
		return x.t("messages.calm")
	}
	return x.t("messages.open", honne.Count("ours", ours), honne.Count("theirs", theirs))
}

func (x *post) filters(state string) []Choice {
	var out []Choice
	for _, f := range [...]struct {
		name string
		n    int
	}{{"", len(x.all)}, {"any", x.open[honne.Ours] + x.open[honne.Theirs]}, {"ours", x.open[honne.Ours]}, {"theirs", x.open[honne.Theirs]}} {
		key := f.name
		if key == "" {
			key = "all"
		}
		out = append(out, Choice{Href: x.here("open", f.name, "page", ""), Current: f.name == state,
			Label: x.t("messages.filter."+key, honne.Count("n", f.n))})
	}
	return out
}

// chosen keeps the conversations of a state and with a subject.
func (x *post) chosen(state, query string) ([]honne.Conversation, error) {
	about := map[honne.MailID]bool{}
	if query != "" {
		ids, err := x.app.Store.MailAbout(x.Context(), x.d.ID, japan.Key(query))
		if err != nil {
			return nil, fmt.Errorf("web: search mail: %w", err)
		}
		for _, id := range ids {
			about[id] = true
		}
	}
	var out []honne.Conversation
	for _, c := range x.all {
		owed := c.Open().Owed
		if state == "" || state == string(owed) || state == "any" && owed != "" {
			if query == "" || slices.ContainsFunc(c.Turns, func(t honne.Turn) bool { return about[t.Mail] }) {
				out = append(out, c)
			}
		}
	}
	return out, nil
}

// rows reads the first message of each conversation, for its subject.
func (x *post) rows(list []honne.Conversation) ([]ConversationRow, error) {
	ids := make([]honne.MailID, len(list))
	for i, c := range list {
		ids[i] = c.Turns[0].Mail
	}
	mails, err := x.app.Store.MailsOf(x.Context(), x.d.ID, ids)
	if err != nil {
		return nil, fmt.Errorf("web: read mail: %w", err)
	}
	if len(mails) != len(list) {
		return nil, fmt.Errorf("web: read mail: %w", honne.ErrNotFound)
	}
	var out []ConversationRow
	for i, c := range list {
		first, last := c.Turns[0], c.Turns[len(c.Turns)-1]
		row := ConversationRow{Subject: x.subject(mails[i]), Href: x.mailLink(x.d, last.Mail), People: people(mails[i]), Messages: len(c.Turns),
			Begun: x.t("side." + string(first.Side)), Days: x.days(c)}
		if open := c.Open(); open.Asked != 0 {
			row.Open, row.Since = x.owed(open), x.since(open)
		}
		out = append(out, row)
	}
	return out, nil
}

// days are those of the first and of the last message.
func (x *post) days(c honne.Conversation) string {
	from, to := day(c.Turns[0]), day(c.Turns[len(c.Turns)-1])
	return x.lang.Period(honne.Period{From: from, To: to})
}

func day(t honne.Turn) honne.Date { return honne.DateOf(time.UnixMicro(t.At)) }

// mailLink is a message in its conversation.
func (v *visit) mailLink(d honne.Distributor, id honne.MailID) string {
	n := strconv.FormatInt(int64(id), 10)
	return v.link(base(d)+"/messages/"+n) + "#m-" + n
}

// letterName is what a message is called where it is a source; the address at that it
// stands in its mailbox where it cannot be read.
func (v *visit) letterName(d honne.Distributor, id honne.MailID, at string) string {
	m, err := v.app.Store.Mail(v.Context(), d.ID, id)
	if err != nil || !v.may(auth.Read, auth.Signals) {
		return at
	}
	return v.t("mail.of", honne.Day("day", m.Receipt.Day()), honne.Word("side", "mail.from."+string(m.Side)), honne.Text("subject", v.subject(m)))
}

func (v *visit) subject(m honne.Mail) string {
	if m.Subject == "" {
		return v.t("messages.no-subject")
	}
	return m.Subject
}

// people names who wrote a message and to whom.
func people(m honne.Mail) string {
	out := m.From.Shown()
	for i, p := range m.To {
		if i == 0 {
			out += " → "
		} else if out += ", "; i == 3 {
			return out + "…"
		}
		out += p.Shown()
	}
	return out
}

// owed says who owes the answer.
func (v *visit) owed(w honne.Wait) Tag {
	if w.Owed == honne.Ours {
		return Tag{"watch", "warn", v.t("messages.owed.ours")}
	}
	return Tag{"dots", "info", v.t("messages.owed.theirs")}
}

func (v *visit) since(w honne.Wait) string {
	since := v.t("messages.since", honne.Text("long", v.say(japan.Worked(w.Hours))))
	if w.Noted {
		since += v.t("comma") + v.t("messages.noted")
	}
	return since
}

// pager is the part of a list that the address asks for; where it names no page,
// the given one.
func (v *visit) pager(all, size, page int) (from, to int, p Pager) {
	if n, err := strconv.Atoi(v.URL.Query().Get("page")); err == nil {
		page = n
	}
	pages := max((all+size-1)/size, 1)
	page = min(max(page, 1), pages)
	from, to = (page-1)*size, min(page*size, all)
	if pages == 1 {
		return from, to, p
	}
	p.Shown = v.t("pager.shown", honne.Count("from", from+1), honne.Count("to", to), honne.Count("all", all))
	if page > 1 {
		p.Newer = v.here("page", strconv.Itoa(page-1))
	}
	if page < pages {
		p.Older = v.here("page", strconv.Itoa(page+1))
	}
	return from, to, p
}
