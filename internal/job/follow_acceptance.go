package job

import (
	"context"
	"encoding/json"
	"errors"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"

	"honne"
	"honne/internal/store"
)

// followAcceptance is the job that follows an acceptance or an undo:
// Works.Follow.
type followAcceptance struct {
	Event       string               `json:"event"`
	Distributor honne.DistributorID  `json:"distributor"`
	File        honne.FileID         `json:"file"`
	Submissions []honne.SubmissionID `json:"submissions"`
}

// Kind names the job in the database.
func (followAcceptance) Kind() string { return "follow_acceptance" }

type followAcceptanceWorker struct {
	river.WorkerDefaults[followAcceptance]
	queue *Queue
}

// Work follows the event. Submissions that are gone, with a sample, need
// nothing.
func (w *followAcceptanceWorker) Work(ctx context.Context, j *river.Job[followAcceptance]) error {
	a := j.Args
	err := w.queue.works.Follow(ctx, store.Event{Kind: a.Event, Distributor: a.Distributor, File: a.File, Submissions: a.Submissions})
	switch {
	case err == nil:
		return nil
	case errors.Is(ctx.Err(), context.Canceled):
		return river.JobSnooze(0)
	case errors.Is(err, honne.ErrNotFound):
		return river.JobCancel(err)
	}
	return err
}

// argsOf reads the arguments of a job.
func argsOf[T river.JobArgs](row *rivertype.JobRow) (args T, err error) {
	return args, json.Unmarshal(row.EncodedArgs, &args)
}
