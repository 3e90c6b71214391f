package store

import (
	"cmp"
	"context"
	"slices"
	"time"

	"honne"
)

const (
	sameTopic  = 30 * 24 * time.Hour // how long a topic goes on without a reference (domain 3.5 S-16)
	topicsBack = 20                  // messages of one topic that are looked at
)

// threads numbers the conversations of messages, which stand in the order of
// receipt: by what they answer; else, where a word before the subject says that
// they do, by subject, people and 30 days. Source: domain 3.5 S-16.
func threads(rows []messageRow) ([]int32, error) {
	t := joiner{of: map[string]int{}}
	for _, r := range rows {
		node := t.node(r.Key)
		for _, key := range r.answered() {
			t.join(node, t.node(key))
		}
	}
	topics := map[string][]int{}
	for i, r := range rows {
		if r.Topic == "" || r.Kind == honne.Automatic {
			continue
		}
		if r.answers == "" && r.Follows {
			if err := t.joinTopic(rows, topics[r.Topic], i); err != nil {
				return nil, err
			}
		}
		topics[r.Topic] = append(topics[r.Topic], i)
	}
	out := make([]int32, len(rows))
	number := map[int]int32{}
	for i, r := range rows {
		root := t.root(t.node(r.Key))
		if _, known := number[root]; !known {
			number[root] = int32(len(number))
		}
		out[i] = number[root]
	}
	return out, nil
}

// joiner joins keys of messages to conversations.
type joiner struct {
	of   map[string]int
	next []int // the node above; itself at the top
}

func (j *joiner) node(key string) int {
	n, known := j.of[key]
	if !known {
		n = len(j.next)
		j.of[key] = n
		j.next = append(j.next, n)
	}
	return n
}

func (j *joiner) root(n int) int {
	for j.next[n] != n {
		j.next[n] = j.next[j.next[n]]
		n = j.next[n]
	}
	return n
}

func (j *joiner) join(a, b int) { j.next[j.root(a)] = j.root(b) }

// joinTopic joins a message to the last one before it that has its topic and its
// people.
func (j *joiner) joinTopic(rows []messageRow, before []int, i int) error {
	if err := rows[i].unpackPeople(); err != nil {
		return err
	}
	for k := len(before) - 1; k >= 0 && k >= len(before)-topicsBack; k-- {
		r := &rows[before[k]]
		if instant(rows[i].received).Sub(instant(r.received)) > sameTopic {
			return nil
		}
		if err := r.unpackPeople(); err != nil {
			return err
		}
		if samePeople(r.Mail, rows[i].Mail) {
			j.join(j.node(rows[i].Key), j.node(r.Key))
			return nil
		}
	}
	return nil
}

// samePeople reports whether two of those who wrote or got one message wrote or
// got the other.
func samePeople(a, b honne.Mail) bool {
	in := map[string]bool{}
	for _, p := range append(append([]honne.Person{a.From}, a.To...), a.Cc...) {
		in[p.Address] = true
	}
	shared := 0
	for _, p := range append(append([]honne.Person{b.From}, b.To...), b.Cc...) {
		if p.Address != "" && in[p.Address] {
			shared++
			in[p.Address] = false
		}
	}
	return shared >= 2
}

// undelivered are the keys of messages that did not reach the partner, as a server says.
func undelivered(rows []messageRow) map[string]bool {
	out := map[string]bool{}
	for i := range rows {
		if r := &rows[i]; slices.ContainsFunc(r.Invites, func(x honne.Invite) bool { return x.Method == honne.Undelivered }) {
			for _, key := range r.answered() {
				out[key] = true
			}
		}
	}
	return out
}

// turns are the messages as the record has them.
func turns(rows []messageRow) ([]honne.Turn, error) {
	out := make([]honne.Turn, len(rows))
	thread, err := threads(rows)
	if err != nil {
		return nil, err
	}
	words, writers := map[int64]int32{}, map[string]int32{}
	lost := undelivered(rows)
	for i := range rows {
		r := &rows[i]
		if lost[r.Key] {
			r.Kind, r.Asks, r.Consent, r.Day = honne.Automatic, 0, "", false // nobody got it
		}
		if _, known := words[r.words]; !known {
			words[r.words] = int32(len(words))
		}
		out[i] = honne.Turn{Mail: r.ID, At: r.received, Exact: r.Receipt.Exact(), Side: r.Side, Kind: r.Kind, Asks: r.Asks, Consent: r.Consent, Day: r.Day, Reply: r.Follows || r.answers != "",
			Thread: thread[i], Words: words[r.words]}
		if r.Side == honne.Theirs {
			if err := r.unpackPeople(); err != nil {
				return nil, err
			}
			if _, known := writers[r.From.Address]; !known && r.From.Address != "" {
				writers[r.From.Address] = int32(len(writers) + 1)
			}
			out[i].Writer = writers[r.From.Address]
		}
	}
	return out, nil
}

// addMail adds the messages and meetings that were known as of a moment. Where no
// day was asked for, the record's is the last of which anything is known.
func (b *recorder) addMail(ctx context.Context, q querier, d honne.DistributorID, at honne.AsOf) error {
	rows, err := messagesKnown(ctx, q, d, at)
	if err != nil {
		return err
	}
	if b.rec.Turns, err = turns(rows); err != nil {
		return err
	}
	b.rec.Meetings = meetings(rows)
	if n := len(rows); at.Known == 0 && n > 0 {
		b.rec.AsOf = max(b.rec.AsOf, rows[n-1].Receipt.Day())
	}
	return nil
}

// meetings follows each meeting through the invitations to it: who set it, who
// moved it, and to when. A change that one side asked for is that side's, whoever
// wrote it into the calendar: by the calendar, or in words not long before.
func meetings(rows []messageRow) []honne.Meeting {
	var out []honne.Meeting
	of := map[string]*followed{}
	var order []*followed
	for _, r := range rows {
		for _, i := range r.Invites {
			if r.Side != honne.Third && i.Method == honne.InvitePutOff {
				putOff(order, r)
			}
			if r.Side == honne.Third || i.Meeting == "" {
				continue
			}
			f := of[i.Meeting]
			if f == nil {
				f = &followed{topic: r.Topic}
				of[i.Meeting] = f
				order = append(order, f)
			}
			f.take(r, i)
		}
	}
	for _, f := range order {
		if f.Set != 0 {
			out = append(out, f.Meeting)
		}
	}
	return out
}

// followed is a meeting while its invitations are read.
type followed struct {
	honne.Meeting
	day   honne.Date
	asked honne.Side // who asked for another day, and was not answered yet
	until honne.Date // how long a change is the answer, 0 without end
	topic string     // of the message that set it
	over  bool
}

// daysToMove is how long after words that ask for it a meeting that is moved is
// moved for them.
const daysToMove = 10

// putOff takes down who asks in words to put a meeting off. It is one still to
// come: of the topic of the message, else the next. The first who asked did.
func putOff(list []*followed, r messageRow) {
	on := honne.DateOf(instant(r.received))
	var open []*followed
	for _, f := range list {
		if !f.over && f.day >= on {
			open = append(open, f)
		}
	}
	if len(open) == 0 {
		return
	}
	f := slices.MinFunc(open, func(a, b *followed) int {
		if same := a.topic == r.Topic; same != (b.topic == r.Topic) {
			return map[bool]int{true: -1, false: 1}[same]
		}
		return cmp.Compare(a.day, b.day)
	})
	if f.asker(on) == "" {
		f.asked, f.until = r.Side, on+daysToMove
	}
}

// asker is who asked for another day, as of a day; "" for nobody.
func (f *followed) asker(on honne.Date) honne.Side {
	if f.until != 0 && on > f.until {
		return ""
	}
	return f.asked
}

func (f *followed) take(r messageRow, i honne.Invite) {
	day := honne.DateOf(instant(i.Starts))
	move := honne.Move{On: honne.DateOf(instant(r.received)), By: r.Side, Mail: r.ID}
	if by := f.asker(move.On); by != "" {
		move.By = by
	}
	switch i.Method {
	case honne.InviteCounter, honne.InviteDecline:
		f.asked, f.until = r.Side, 0
	case honne.InviteCancel:
		if f.Set != 0 && !f.over {
			f.Moves, f.over, f.asked = append(f.Moves, move), true, ""
		}
	case honne.InviteHold:
		switch {
		case day == 0:
		case f.Set == 0:
			f.Set, f.By, f.Mail = day, r.Side, r.ID
		case day != f.day:
			move.To = day
			f.Moves, f.over, f.asked = append(f.Moves, move), false, ""
		}
		if day != 0 {
			f.day = day
		}
	}
}
