package job

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/riverqueue/river"

	"honne"
	"honne/internal/intake/letter"
	"honne/internal/store"
)

// hearAgain searches the messages of all partners again, where they were searched by other
// rules than those of now.
type hearAgain struct{}

// Kind names the job in the database.
func (hearAgain) Kind() string { return "hear_again" }

// hearAgainEvery takes up, within a day, what a server did not finish at its start.
const hearAgainEvery = 24 * time.Hour

// hearAgainPeriodically adds the job at the start of a server, which is when the rules
// change, and every so often; of several servers one does.
func hearAgainPeriodically() *river.PeriodicJob {
	return river.NewPeriodicJob(river.PeriodicInterval(hearAgainEvery), func() (river.JobArgs, *river.InsertOpts) { return hearAgain{}, nil },
		&river.PeriodicJobOpts{RunOnStart: true})
}

type hearAgainWorker struct {
	river.WorkerDefaults[hearAgain]
	queue *Queue
}

// Work searches partner by partner; one that fails does not hold the others up.
func (w *hearAgainWorker) Work(ctx context.Context, _ *river.Job[hearAgain]) error {
	list, err := w.queue.works.Store.Distributors(ctx)
	for _, d := range list {
		err = errors.Join(err, w.queue.works.HearAgain(ctx, d.ID))
	}
	return err
}

// hearing counts the ways in which messages are searched: whoever changes what the code
// finds in them, beside the playbook, raises it.
const hearing = 3

// conflicts bounds how often one begins again because more came, or somebody wrote, meanwhile.
const conflicts = 5

// rules name what messages are searched by now.
func (w *Works) rules() string {
	out := []string{strconv.Itoa(hearing)}
	for _, v := range w.Playbook.Versions {
		out = append(out, v.String(), v.SHA256)
	}
	return strings.Join(out, " ")
}

// settingHeard is where the rules are kept by which the messages of a distributor were
// searched.
func settingHeard(d honne.DistributorID) string { return fmt.Sprintf("heard-by-%d", d) }

// HearAgain searches the messages of a distributor that were searched by other rules than
// those of now: what they do in their conversations, and what they say. What a person
// confirmed, changed or dismissed stays; of the machine's own proposals those that the rules
// no longer find are withdrawn. Nothing is forgotten: each change is a version. A second
// run changes nothing.
func (w *Works) HearAgain(ctx context.Context, d honne.DistributorID) error {
	by, err := setting[string](ctx, w.Store, settingHeard(d))
	if err != nil || by == w.rules() {
		return err
	}
	for range conflicts {
		if err = w.hearAgain(ctx, d); !errors.Is(err, honne.ErrConflict) {
			break
		}
	}
	if err == nil {
		err = keepSetting(ctx, w.Store, settingHeard(d), w.rules())
	}
	if err != nil {
		return fmt.Errorf("job: search the messages of distributor %d again: %w", d, err)
	}
	return nil
}

func (w *Works) hearAgain(ctx context.Context, d honne.DistributorID) error {
	upTo, err := w.Store.HeardUpTo(ctx, d)
	if err != nil || upTo == 0 {
		return err
	}
	e, err := w.newEar(ctx, d)
	if err == nil {
		err = e.forget(ctx)
	}
	if err != nil {
		return err
	}
	var h store.Heard
	for after := honne.MailID(0); after < upTo; {
		list, err := w.Store.HeardBefore(ctx, d, after, upTo, lettersAtOnce)
		if err != nil {
			return err
		}
		if len(list) == 0 { // the last one is not there any more
			break
		}
		after = list[len(list)-1].ID
		if err := e.again(ctx, list, &h); err != nil {
			return err
		}
	}
	if err := e.besideOld(ctx, &h); err != nil {
		return err
	}
	return w.Store.KeepHeardAgain(ctx, d, upTo, h)
}

// forget begins without what was proposed before; acts that a person wrote stand.
func (e *ear) forget(ctx context.Context) (err error) {
	e.promises = []proposal[honne.Promise]{}
	e.noted, err = store.Entries[honne.OurAct](ctx, e.works.Store, e.distributor)
	e.noted = slices.DeleteFunc(e.noted, func(x honne.Entry[honne.OurAct]) bool { return x.By == 0 })
	return err
}

// again reads what messages do in their conversations, and listens to them.
func (e *ear) again(ctx context.Context, list []honne.Mail, h *store.Heard) error {
	domains := honne.Domains{Ours: e.profile.OurDomains, Theirs: e.profile.Domains}
	for i := range list {
		if x := letter.Reread(list[i], domains, e.works.Playbook); x != list[i].Reading() {
			h.Reread = append(h.Reread, honne.Entry[honne.Reread]{Body: x})
			x.Over(&list[i])
		}
	}
	heard, err := e.listen(ctx, list)
	h.Said = append(h.Said, heard.Said...)
	h.Promises, h.Approvals, h.Acts, h.AtPartner, h.Met = heard.Promises, heard.Approvals, heard.Acts, heard.AtPartner, heard.Met
	return err
}

// besideOld keeps of what was heard what is new beside what was heard before.
func (e *ear) besideOld(ctx context.Context, h *store.Heard) (err error) {
	said := make([]honne.Entry[honne.Said], len(h.Said))
	for i, x := range h.Said {
		said[i].Body = x
	}
	beside(ctx, e, &said, &err, func(x honne.Said) honne.MailID { return heardIn(x.Mail, x.Assistant == "") }, sameReason)
	h.Said, h.Renewed = nil, nil
	for _, x := range said {
		if x.Number == 0 {
			h.Said = append(h.Said, x.Body)
		} else {
			h.Renewed = append(h.Renewed, x)
		}
	}
	beside(ctx, e, &h.Promises, &err, func(x honne.Promise) honne.MailID { return x.Mail }, samePromise)
	beside(ctx, e, &h.Approvals, &err, levelsIn, func(a, b honne.Approval) bool { return a.Topic == b.Topic })
	beside(ctx, e, &h.Acts, &err, func(x honne.OurAct) honne.MailID { return x.Mail }, func(a, b honne.OurAct) bool { return a.Kind == b.Kind && a.Mail == b.Mail })
	beside(ctx, e, &h.AtPartner, &err, func(x honne.PartnerChange) honne.MailID { return x.Mail },
		func(a, b honne.PartnerChange) bool { return a.Kind == b.Kind && a.Mail == b.Mail })
	beside(ctx, e, &h.Met, &err, func(x honne.NotedMeeting) honne.MailID { return x.Mail }, func(a, b honne.NotedMeeting) bool { return a.Day == b.Day })
	rereads, wrong := store.Entries[honne.Reread](ctx, e.works.Store, e.distributor)
	of := map[honne.MailID]honne.Entry[honne.Reread]{}
	for _, x := range rereads {
		of[x.Body.Mail] = x
	}
	for i, x := range h.Reread {
		old := of[x.Body.Mail]
		h.Reread[i].Number, h.Reread[i].N = old.Number, old.N
	}
	return errors.Join(err, wrong)
}

func heardIn(m honne.MailID, machine bool) honne.MailID {
	if machine {
		return m
	}
	return 0
}

// levelsIn is the message in which a level was named first.
func levelsIn(x honne.Approval) honne.MailID {
	if len(x.Levels) == 0 {
		return 0
	}
	return x.Levels[0].Mail
}

func sameReason(a, b honne.Said) bool { return a.Mail == b.Mail && a.Excuse == b.Excuse }

// samePromise reports whether two are one, though one may hold more of its sentence.
func samePromise(a, b honne.Promise) bool {
	x, y := a.What.JA+a.What.EN, b.What.JA+b.What.EN
	return a.Mail == b.Mail && a.By == b.By && (strings.Contains(x, y) || strings.Contains(y, x))
}

// beside makes of what was heard of a kind the entries to be kept: what is new, and further
// versions of the machine's own proposals. mail is the message in which one was heard, 0
// for none.
func beside[T honne.Entered](ctx context.Context, e *ear, heard *[]honne.Entry[T], err *error, mail func(T) honne.MailID, same func(a, b T) bool) {
	versions, wrong := store.EntryVersions[T](ctx, e.works.Store, e.distributor)
	if *err = errors.Join(*err, wrong); *err != nil {
		return
	}
	var out []honne.Entry[T]
	old := gather(versions)
	for _, x := range *heard {
		i := slices.IndexFunc(old, func(o *told[T]) bool {
			return !o.used && slices.ContainsFunc(o.versions, func(v honne.Entry[T]) bool { return same(v.Body, x.Body) })
		})
		if i < 0 {
			out = append(out, honne.Entry[T]{Body: x.Body})
			continue
		}
		old[i].used = true
		if last := old[i].last(); !old[i].touched() && (last.Withdrawn || !equal(last.Body, x.Body)) {
			out = append(out, honne.Entry[T]{Number: last.Number, N: last.N, Body: x.Body})
		}
	}
	for _, o := range old {
		if last := o.last(); !o.used && !o.touched() && !last.Withdrawn && mail(last.Body) != 0 {
			last.Withdrawn = true
			out = append(out, last)
		}
	}
	*heard = out
}

// told is an entry with all its versions.
type told[T honne.Entered] struct {
	versions []honne.Entry[T]
	used     bool
}

func (o *told[T]) last() honne.Entry[T] { return o.versions[len(o.versions)-1] }

// touched reports whether a person wrote any of it.
func (o *told[T]) touched() bool {
	return slices.ContainsFunc(o.versions, func(v honne.Entry[T]) bool { return v.By != 0 })
}

func gather[T honne.Entered](versions []honne.Entry[T]) (out []*told[T]) {
	for _, v := range versions {
		if n := len(out); n == 0 || out[n-1].last().Number != v.Number {
			out = append(out, &told[T]{})
		}
		o := out[len(out)-1]
		o.versions = append(o.versions, v)
	}
	return out
}

func equal[T any](a, b T) bool {
	x, err := json.Marshal(a)
	y, wrong := json.Marshal(b)
	return err == nil && wrong == nil && string(x) == string(y)
}
