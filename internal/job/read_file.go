package job

import (
	"context"
	"errors"
	"fmt"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"

	"honne"
)

// readFile is the job that reads a file: Works.Read.
type readFile struct {
	File honne.FileID `json:"file"`
}

// Kind names the job in the database.
func (readFile) Kind() string { return "read_file" }

// InsertOpts bounds the attempts: the last one is about six minutes after the
// first.
func (readFile) InsertOpts() river.InsertOpts { return river.InsertOpts{MaxAttempts: 5} }

// EnqueueRead has a file read in the background, anew when it was read before.
// Until then it stands as honne.FileReading. A file that was accepted or undone
// is honne.ErrConflict.
func (q *Queue) EnqueueRead(ctx context.Context, id honne.FileID) error {
	err := q.store.SetFileState(ctx, id, honne.FileReading)
	if err == nil {
		_, err = q.client.Insert(ctx, readFile{id}, nil)
	}
	if err != nil {
		return fmt.Errorf("job: enqueue reading of file %d: %w", id, err)
	}
	return nil
}

// enqueueForgotten adds a job for each file that waits for a reading and has
// none: its process died between the two, or the database came from a backup.
func (q *Queue) enqueueForgotten(ctx context.Context) error {
	files, err := q.store.Files(ctx, 0)
	if err != nil {
		return err
	}
	waiting, err := q.waiting(ctx)
	if err != nil {
		return err
	}
	for _, f := range files {
		if f.State != honne.FileReading || waiting[f.ID] {
			continue
		}
		if _, err := q.client.Insert(ctx, readFile{f.ID}, nil); err != nil {
			return err
		}
	}
	return nil
}

// waiting returns the files that have a job.
func (q *Queue) waiting(ctx context.Context) (map[honne.FileID]bool, error) {
	params := river.NewJobListParams().Kinds(readFile{}.Kind()).First(10_000).States(rivertype.JobStateAvailable,
		rivertype.JobStatePending, rivertype.JobStateRetryable, rivertype.JobStateRunning, rivertype.JobStateScheduled)
	out := map[honne.FileID]bool{}
	for {
		page, err := q.client.JobList(ctx, params)
		if err != nil {
			return nil, err
		}
		for _, row := range page.Jobs {
			j, err := argsOf[readFile](row)
			if err != nil {
				return nil, err
			}
			out[j.File] = true
		}
		if page.LastCursor == nil {
			return out, nil
		}
		params = params.After(page.LastCursor)
	}
}

type readFileWorker struct {
	river.WorkerDefaults[readFile]
	queue *Queue
}

// Work reads the file. What is wrong with it is no error; after the last
// attempt, or when reading took too long, the file is given up with a problem.
func (w *readFileWorker) Work(ctx context.Context, j *river.Job[readFile]) error {
	works, last := w.queue.works, j.Attempt >= j.MaxAttempts
	if j.Attempt > j.MaxAttempts {
		// Every attempt ended with its process: the next would as well.
		return river.JobCancel(errors.Join(fmt.Errorf("job: read file %d: the process ended %d times", j.Args.File, j.MaxAttempts),
			works.giveUp(ctx, j.Args.File)))
	}
	r, err := works.Read(ctx, j.Args.File)
	if err == nil {
		err = w.queue.readInside(ctx, r)
	}
	switch {
	case err == nil:
		return nil
	case errors.Is(ctx.Err(), context.Canceled):
		return river.JobSnooze(0)
	case errors.Is(err, honne.ErrConflict):
		return river.JobCancel(err) // a later reading took over, or somebody decided
	case last, ctx.Err() != nil:
		return river.JobCancel(errors.Join(err, works.giveUp(context.WithoutCancel(ctx), j.Args.File)))
	}
	return err
}

// readInside has the files read that stand in one that was read.
func (q *Queue) readInside(ctx context.Context, r honne.Reading) error {
	for _, id := range r.Inside {
		f, err := q.store.File(ctx, id)
		if err == nil && f.State == honne.FileReading {
			err = q.EnqueueRead(ctx, id)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// giveUp says of a file that it cannot be read, though nothing in it says why.
func (w *Works) giveUp(ctx context.Context, id honne.FileID) error {
	f, err := w.Store.File(ctx, id)
	if err != nil || f.State == honne.FileAccepted || f.State == honne.FileUndone {
		return err
	}
	r := honne.Reading{File: f.Path, SHA256: f.SHA256, Format: f.Format,
		Problems: []honne.Problem{{Severity: honne.SevError, What: honne.Say("problem.reading-failed")}}}
	if err := w.Store.SaveReading(ctx, id, r); err != nil {
		return err
	}
	return w.Store.SetFileState(ctx, id, honne.FileUnread)
}
