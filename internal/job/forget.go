package job

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/riverqueue/river"

	"honne"
	"honne/internal/audit"
)

// forgetVoices destroys the keys of audits whose day has come, and with them
// what was said off the record.
type forgetVoices struct{}

// Kind names the job in the database.
func (forgetVoices) Kind() string { return "forget_voices" }

// forgetEvery is often enough for a day to be kept, and seldom enough to cost
// nothing.
const forgetEvery = 6 * time.Hour

// forgetPeriodically adds the job at the start of a server and every so often; of
// several servers one does.
func forgetPeriodically() *river.PeriodicJob {
	return river.NewPeriodicJob(river.PeriodicInterval(forgetEvery), func() (river.JobArgs, *river.InsertOpts) { return forgetVoices{}, nil },
		&river.PeriodicJobOpts{RunOnStart: true})
}

type forgetVoicesWorker struct {
	river.WorkerDefaults[forgetVoices]
	queue *Queue
}

// Work sets the day of every audit that has keys, and forgets where it has come. It
// goes by the day on which it runs: notice that was counted from the day on which a
// server that stood still should have run it would be over before anybody saw it. A
// second run finds nothing left.
func (w *forgetVoicesWorker) Work(ctx context.Context, j *river.Job[forgetVoices]) error {
	today := honne.DateOf(*j.AttemptedAt)
	if err := w.queue.works.settleForgetting(ctx, today); err != nil {
		return fmt.Errorf("job: set the days to forget: %w", err)
	}
	return w.queue.works.Store.ForgetVoices(ctx, today)
}

// settleForgetting has the keys of each audit bear the day that follows from its
// reports, its closing and its hold, whatever set it or failed to.
func (w *Works) settleForgetting(ctx context.Context, today honne.Date) error {
	keyed, err := w.Store.KeyedAudits(ctx)
	if err != nil || len(keyed) == 0 {
		return err
	}
	list, err := w.Store.Distributors(ctx)
	if err != nil {
		return err
	}
	for _, d := range list {
		audits, err := w.Store.Assessments(ctx, d.ID)
		if err != nil {
			return err
		}
		for _, a := range audits {
			if bear, has := keyed[a.Number]; has {
				err = errors.Join(err, w.settleDay(ctx, a, bear, today))
			}
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// settleDay leaves a day that has come as it is: counsel may hold the audit at this
// moment, and that must not be written over before the keys are destroyed.
func (w *Works) settleDay(ctx context.Context, a honne.Assessment, bear, today honne.Date) error {
	day := audit.ForgetOn(a, bear, today)
	if day != 0 && day <= today {
		return nil
	}
	return w.Store.ForgetVoicesOn(ctx, a.Number, day)
}
