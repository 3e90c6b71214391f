package job

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/riverqueue/river"

	"honne"
	"honne/internal/inspect"
	"honne/internal/store"
)

// noteSigns notes how the signs of all partners stand.
type noteSigns struct{}

// Kind names the job in the database.
func (noteSigns) Kind() string { return "note_signs" }

// noteEvery is often enough for the day to be right.
const noteEvery = 6 * time.Hour

// notePeriodically adds the job at the start of a server and every so often; of
// several servers one does.
func notePeriodically() *river.PeriodicJob {
	return river.NewPeriodicJob(river.PeriodicInterval(noteEvery), func() (river.JobArgs, *river.InsertOpts) { return noteSigns{}, nil },
		&river.PeriodicJobOpts{RunOnStart: true})
}

type noteSignsWorker struct {
	river.WorkerDefaults[noteSigns]
	queue *Queue
}

// Work notes by the day on which the job was due in Japan.
func (w *noteSignsWorker) Work(ctx context.Context, j *river.Job[noteSigns]) error {
	return w.queue.works.NoteSigns(ctx, honne.DateOf(j.ScheduledAt))
}

// NoteSigns notes of each partner the signs that stand at another level than was
// noted before, so that it is known since when somebody could have taken them up.
// A second run of the day does nothing; a sample stands still.
func (w *Works) NoteSigns(ctx context.Context, on honne.Date) error {
	own, err := store.Entries[honne.OwnExcuse](ctx, w.Store, 0)
	if err != nil {
		return fmt.Errorf("job: note signs: %w", err)
	}
	book := w.Playbook.With(own)
	list, err := w.Store.Distributors(ctx)
	for _, d := range slices.DeleteFunc(list, func(d honne.Distributor) bool { return d.Sample }) {
		rec, wrong := w.Store.Record(ctx, d.ID, honne.AsOf{Known: on})
		if errors.Is(wrong, honne.ErrNotFound) { // no file came yet, and people may have written all the same
			wrong = nil
		}
		if err = errors.Join(err, wrong); wrong == nil {
			err = errors.Join(err, w.noteSigns(ctx, inspect.Picture(rec, book)))
		}
	}
	if err != nil {
		return fmt.Errorf("job: note signs: %w", err)
	}
	return nil
}

// noteSigns notes the signs of a picture.
func (w *Works) noteSigns(ctx context.Context, p honne.Picture) (err error) {
	for _, s := range p.Signs {
		if s.Seen != 0 {
			continue
		}
		_, wrong := store.Enter(ctx, w.Store, honne.Entry[honne.SignSeen]{Distributor: p.Distributor.ID,
			Body: honne.SignSeen{Sign: s.ID.Slug, Level: s.Level, On: p.AsOf}})
		err = errors.Join(err, wrong)
	}
	return err
}
