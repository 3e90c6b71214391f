package job

import (
	"context"
	"time"

	"github.com/riverqueue/river"

	"honne"
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

// Work forgets by the day on which the job was due in Japan. A second run finds
// nothing left.
func (w *forgetVoicesWorker) Work(ctx context.Context, j *river.Job[forgetVoices]) error {
	return w.queue.works.Store.ForgetVoices(ctx, honne.DateOf(j.ScheduledAt))
}
