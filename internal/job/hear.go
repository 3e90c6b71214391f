package job

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"honne"
	"honne/internal/claim"
	"honne/internal/intake/letter"
	"honne/internal/playbook"
	"honne/internal/promise"
	"honne/internal/store"
)

// Hear searches the messages of a distributor that nobody searched yet: for the
// reasons that the partner gives, for what either side promises, and for the
// levels a decision waits for. All are proposals: a person confirms or dismisses
// them. One who searches the same messages at once keeps them; then this run has
// nothing to do.
func (w *Works) Hear(ctx context.Context, d honne.DistributorID) error {
	var e *ear
	for {
		list, err := w.Store.Unheard(ctx, d, lettersAtOnce)
		if err != nil || len(list) == 0 {
			return err
		}
		if e == nil {
			if e, err = w.newEar(ctx, d); err != nil {
				return fmt.Errorf("job: search the messages of distributor %d: %w", d, err)
			}
		}
		heard, err := e.listen(ctx, list)
		if err != nil {
			return err
		}
		err = w.Store.KeepHeard(ctx, d, list[len(list)-1].ID, heard)
		if err != nil && !errors.Is(err, honne.ErrConflict) {
			return err
		}
		e.promises, e.approvals = nil, nil // read anew, with their numbers
	}
}

// recogniser finds the reasons of the playbook, and those that the house
// described itself.
func (w *Works) recogniser(ctx context.Context) (*claim.Recogniser, error) {
	own, err := store.Entries[honne.OwnExcuse](ctx, w.Store, 0)
	if err != nil {
		return nil, err
	}
	return claim.NewRecogniser(w.Playbook.With(own))
}

// AsksAccess returns the sentence with which a message asks to meet a customer, ""
// where none does: to offer, never to enter by itself.
func (w *Works) AsksAccess(m honne.Mail) string { return letter.AsksAccess(m.Text, &w.Playbook.Mail) }

// Teller returns what lists all that a message tells of our own side: to offer, never to
// enter by itself. It may be used from several goroutines.
func (w *Works) Teller() func(honne.Mail) []honne.Told {
	words := promise.New(w.Playbook)
	return func(m honne.Mail) []honne.Told { return tells(m, w.Playbook, words) }
}

// tells lists what a message tells of our own side: new prices with the day from which
// they are in force, discounts, late goods, products given up and customers taken over with
// their day, training offered or asked for.
func tells(m honne.Mail, book *playbook.Playbook, words *promise.Recogniser) []honne.Told {
	told := letter.Tells(m.Text, m.Side, &book.Mail)
	for i, t := range told {
		if slices.Contains([]honne.OurActKind{honne.OurPriceNotice, honne.OurEnd, honne.OurDirect}, t.Kind) {
			told[i].Day = words.From(t.Text, honne.DateOf(m.Receipt.At))
		}
	}
	return told
}

// Recognise returns the reasons in a text that somebody writes down, to propose
// them.
func (w *Works) Recognise(ctx context.Context, p honne.Passage) ([]honne.Mention, error) {
	ear, err := w.recogniser(ctx)
	if err != nil {
		return nil, fmt.Errorf("job: recognise reasons: %w", err)
	}
	return ear.Recognise(p), nil
}

// ear hears what messages of one distributor say.
type ear struct {
	works       *Works
	distributor honne.DistributorID
	reasons     *claim.Recogniser
	words       *promise.Recogniser
	profile     honne.Profile
	promises    []proposal[honne.Promise]
	approvals   []proposal[honne.Approval]
	acts        []proposal[honne.OurAct]
	noted       []honne.Entry[honne.OurAct] // whoever wrote them
	there       []proposal[honne.PartnerChange]
	met         []proposal[honne.NotedMeeting]
}

// proposal is an entry of the machine's own that a message may change. What a
// person wrote is left as it stands.
type proposal[T honne.Entered] struct {
	honne.Entry[T]
	changed bool
}

func (w *Works) newEar(ctx context.Context, d honne.DistributorID) (*ear, error) {
	p, err := w.Store.Distributor(ctx, d)
	if err != nil {
		return nil, err
	}
	reasons, err := w.recogniser(ctx)
	if err != nil {
		return nil, err
	}
	return &ear{works: w, distributor: d, reasons: reasons, words: promise.New(w.Playbook), profile: p.Profile}, nil
}

func (e *ear) listen(ctx context.Context, list []honne.Mail) (h store.Heard, err error) {
	if e.promises == nil {
		if err = e.recall(ctx); err != nil {
			return h, err
		}
	}
	for _, m := range list {
		if m.Kind == honne.Automatic || m.Side == honne.Third {
			continue
		}
		before, err := e.before(ctx, m)
		if err != nil {
			return h, err
		}
		asked, err := e.other(ctx, m, before)
		if err != nil {
			return h, err
		}
		passage := honne.Passage{Text: m.Text, From: m.Side, Before: before.Text, Brings: len(m.Files) > 0}
		h.Said = append(h.Said, e.reasonsIn(m, passage)...)
		e.hearPromises(m, asked, passage)
		e.hearApprovals(m, passage)
		e.hearActs(m)
		e.hearChanges(m)
		e.hearDeclined(m, passage)
		e.hearAgreed(m, asked)
		e.hearMeetings(m)
	}
	h.Promises, h.Approvals, h.Acts = changed(e.promises), changed(e.approvals), changed(e.acts)
	h.AtPartner, h.Met = changed(e.there), changed(e.met)
	return h, nil
}

// recall reads what is kept of what was heard before.
func (e *ear) recall(ctx context.Context) (err error) {
	s, d := e.works.Store, e.distributor
	if e.promises, err = proposals[honne.Promise](ctx, s, d); err != nil {
		return err
	}
	if e.approvals, err = proposals[honne.Approval](ctx, s, d); err != nil {
		return err
	}
	if e.there, err = proposals[honne.PartnerChange](ctx, s, d); err != nil {
		return err
	}
	if e.met, err = proposals[honne.NotedMeeting](ctx, s, d); err != nil {
		return err
	}
	e.acts = nil // those that are kept are among the noted
	e.noted, err = store.Entries[honne.OurAct](ctx, s, d)
	return err
}

func proposals[T honne.Entered](ctx context.Context, s *store.Store, d honne.DistributorID) (out []proposal[T], err error) {
	list, err := store.Entries[T](ctx, s, d)
	for _, x := range list {
		if x.By == 0 {
			out = append(out, proposal[T]{Entry: x})
		}
	}
	return out, err
}

func changed[T honne.Entered](list []proposal[T]) (out []honne.Entry[T]) {
	for _, p := range list {
		if p.changed {
			out = append(out, p.Entry)
		}
	}
	return out
}

// before is the message that one answers, none where it is not kept.
func (e *ear) before(ctx context.Context, m honne.Mail) (honne.Mail, error) {
	if len(m.Answers) == 0 {
		return honne.Mail{}, nil
	}
	b, err := e.works.Store.MailByKey(ctx, e.distributor, m.Answers[len(m.Answers)-1])
	if errors.Is(err, honne.ErrNotFound) {
		return honne.Mail{}, nil
	}
	return b, err
}

// farBack bounds how many messages of one side in a row are looked behind.
const farBack = 5

// other is the message of the other side that one answers, be it behind some of its own; none
// where it is not kept.
func (e *ear) other(ctx context.Context, m, before honne.Mail) (honne.Mail, error) {
	for range farBack {
		if before.ID == 0 || before.Side == honne.Third {
			break
		}
		if before.Side != m.Side {
			return before, nil
		}
		next, err := e.before(ctx, before)
		if err != nil {
			return honne.Mail{}, err
		}
		before = next
	}
	return honne.Mail{}, nil
}

// hearPromises takes down what a message promises, and what it says of earlier
// promises of the same topic.
func (e *ear) hearPromises(m, asked honne.Mail, p honne.Passage) {
	day, words := m.Receipt.Day(), e.words.Knowing(e.named(m))
	moved := false
	for _, word := range words.Later(p, day) {
		e.apply(m, word)
		moved = moved || word.Kind == promise.Moved
	}
	if !moved { // who asks for more time answers nothing
		e.hearAnswer(m, asked)
	}
	for _, x := range words.Find(p, day) {
		x.Mail, x.At, x.Topic = m.ID, m.Path, m.Topic
		e.promises = append(e.promises, proposal[honne.Promise]{Entry: honne.Entry[honne.Promise]{Body: x}, changed: true})
	}
}

// apply changes the promise that a word speaks of: one of the same topic, else, where that
// has none open, the one of another that it can only mean.
func (e *ear) apply(m honne.Mail, word promise.Word) {
	var here, others []honne.Promise
	var at, elsewhere []int
	for i, p := range e.promises {
		if p.Body.Topic == m.Topic {
			here, at = append(here, p.Body), append(at, i)
		} else {
			others, elsewhere = append(others, p.Body), append(elsewhere, i)
		}
	}
	i, becomes, ok := promise.Apply(here, word)
	if !ok && !slices.ContainsFunc(here, func(p honne.Promise) bool { return p.Outcome == honne.PromiseOpen && p.By == word.By }) {
		at = elsewhere
		i, becomes, ok = e.words.Elsewhere(others, word)
	}
	if ok {
		e.promises[at[i]].Body, e.promises[at[i]].changed = becomes, true
	}
}

// hearApprovals puts the levels that a message names to the approval of its
// topic.
func (e *ear) hearApprovals(m honne.Mail, p honne.Passage) {
	heard := e.words.Approvals(p, m.Receipt.Day(), m.ID)
	if len(heard) == 0 {
		return
	}
	for i, a := range e.approvals {
		if a.Body.Topic == m.Topic {
			e.approvals[i].Body, e.approvals[i].changed = e.words.Invoke(a.Body, heard), true
			return
		}
	}
	body := e.words.Invoke(honne.Approval{Topic: m.Topic, Asked: m.Receipt.Day()}, heard)
	e.approvals = append(e.approvals, proposal[honne.Approval]{Entry: honne.Entry[honne.Approval]{Body: body}, changed: true})
}

// heardActs are the kinds of acts of ours that are taken down from our own messages.
var heardActs = []honne.OurActKind{honne.OurDiscount, honne.OurPriceNotice, honne.OurShortage, honne.OurEnd, honne.OurDirect}

// hearActs takes down what a message of ours tells of our own doing, unless its day has
// such an act already: until somebody confirms one, it only speaks for the partner.
func (e *ear) hearActs(m honne.Mail) {
	if m.Side != honne.Ours {
		return
	}
	for _, told := range tells(m, e.works.Playbook, e.words) {
		act := honne.OurAct{Kind: told.Kind, On: m.Receipt.Day(), Until: told.Day, What: told.Text, Source: m.Path, Mail: m.ID}
		same := func(x honne.OurAct) bool { return x.Kind == act.Kind && x.On == act.On }
		if !slices.Contains(heardActs, told.Kind) || slices.ContainsFunc(e.noted, func(x honne.Entry[honne.OurAct]) bool { return same(x.Body) }) {
			continue
		}
		i := slices.IndexFunc(e.acts, func(x proposal[honne.OurAct]) bool { return same(x.Body) })
		if i < 0 {
			e.acts = append(e.acts, proposal[honne.OurAct]{Entry: honne.Entry[honne.OurAct]{Body: act}, changed: true})
			continue
		}
		e.acts[i].Body = goingOn(e.acts[i].Body, act)
	}
}

// goingOn joins what a further sentence of a message says of the same act: the day that the
// first does not name, and the words of which products and customers it is.
func goingOn(x, further honne.OurAct) honne.OurAct {
	if x.Mail != further.Mail {
		return x
	}
	if x.Until == 0 {
		x.Until = further.Until
	}
	if x.Kind == honne.OurEnd || x.Kind == honne.OurDirect {
		x.What += " " + further.What
	}
	return x
}

// reasonsIn are the reasons of one message of the partner, each with its line. A
// message that only acknowledges gives none, unless it promises the answer for another day.
func (e *ear) reasonsIn(m honne.Mail, p honne.Passage) (said []honne.Said) {
	if m.Side != honne.Theirs || m.Kind == honne.Acknowledgement && !letter.SaysThing(m.Text, &e.works.Playbook.Mail) {
		return nil
	}
	runes := []rune(m.Text)
	for _, mention := range e.reasons.Recognise(p) {
		said = append(said, honne.Said{Mention: mention, Topic: m.Topic, Mail: m.ID, Setting: honne.ByMail,
			Quote: honne.Quote{On: m.Receipt.Day(), By: m.Side, At: m.Path, Text: lineAround(runes, mention.From, mention.To)}})
	}
	return said
}

// lineAround returns the line, or lines, that a stretch stands in.
func lineAround(runes []rune, from, to int) string {
	for from > 0 && runes[from-1] != '\n' {
		from--
	}
	for to < len(runes) && runes[to] != '\n' {
		to++
	}
	return strings.TrimSpace(string(runes[from:to]))
}
