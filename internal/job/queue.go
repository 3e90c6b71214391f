package job

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"strings"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver"
	"github.com/riverqueue/river/riverdriver/riverdatabasesql"
	"github.com/riverqueue/river/riverdriver/riversqlite"
	"github.com/riverqueue/river/rivermigrate"
	"github.com/riverqueue/river/rivertype"

	"honne"
	"honne/internal/store"
)

const (
	// jobLimit is how long a job may run. One whose machine was lost is taken
	// over by another machine only after it.
	jobLimit = 30 * time.Minute
	// jobsAtOnce bounds the memory: a file is read in a stream, but its names
	// and roll-ups are held.
	jobsAtOnce = 2
	// stopGrace is how long jobs have to notice that they were cancelled.
	stopGrace = 10 * time.Second
)

// Queue is the background work of one database, kept in it. It is made before
// the store is opened, since the store adds jobs through it:
//
//	q := job.NewQueue(log)
//	s, err := store.Open(ctx, store.Config{Data: dir, Follow: q.Follow})
//	err = q.Open(ctx, s)     // from here on jobs can be added
//	err = q.Start(ctx, &job.Works{Store: s, …})
//	err = q.Stop(ctx)        // before s.Close
//
// A process that only adds jobs leaves Start and Stop out; a server of the same
// database does them.
type Queue struct {
	log    *slog.Logger
	host   string
	store  *store.Store
	driver riverdriver.Driver[*sql.Tx]
	client *river.Client[*sql.Tx]
	works  *Works
}

// NewQueue makes a queue that reports its own troubles to log.
func NewQueue(log *slog.Logger) *Queue { return &Queue{log: log} }

// Open binds the queue to the database of the store and brings the queue's own
// tables up to date.
func (q *Queue) Open(ctx context.Context, s *store.Store) error {
	driver, err := driverOf(s)
	if err == nil {
		err = migrate(ctx, driver, q.log)
	}
	if err != nil {
		return fmt.Errorf("job: open queue: %w", err)
	}
	if q.host, err = os.Hostname(); err != nil {
		return fmt.Errorf("job: open queue: %w", err)
	}
	workers := river.NewWorkers()
	river.AddWorker(workers, &readFileWorker{queue: q})
	river.AddWorker(workers, &followAcceptanceWorker{queue: q})
	river.AddWorker(workers, &forgetVoicesWorker{queue: q})
	river.AddWorker(workers, &weeklyLettersWorker{queue: q})
	river.AddWorker(workers, &noteSignsWorker{queue: q})
	river.AddWorker(workers, &hearAgainWorker{queue: q})
	client, err := river.NewClient(driver, &river.Config{
		ID:                   q.host + "/" + rand.Text(),
		JobTimeout:           jobLimit,
		Logger:               q.log,
		PeriodicJobs:         []*river.PeriodicJob{forgetPeriodically(), weeklyPeriodically(), notePeriodically(), hearAgainPeriodically()},
		Queues:               map[string]river.QueueConfig{river.QueueDefault: {MaxWorkers: jobsAtOnce}},
		RescueStuckJobsAfter: jobLimit + time.Minute,
		Workers:              workers,
	})
	if err != nil {
		return fmt.Errorf("job: open queue: %w", err)
	}
	q.store, q.driver, q.client = s, driver, client
	return nil
}

func driverOf(s *store.Store) (riverdriver.Driver[*sql.Tx], error) {
	switch d := s.Dialect(); d {
	case "sqlite":
		return riversqlite.New(s.DB()), nil
	case "postgres":
		return riverdatabasesql.New(s.DB()), nil
	default:
		return nil, fmt.Errorf("no queue for the dialect %q: %w", d, honne.ErrInvalid)
	}
}

// migrations bounds how often a step is lost to another process.
const migrations = 20

// migrate creates or renews the queue's tables. Processes that start together
// may take the same step; who loses it goes on with the next one.
func migrate(ctx context.Context, driver riverdriver.Driver[*sql.Tx], log *slog.Logger) error {
	m, err := rivermigrate.New(driver, &rivermigrate.Config{Logger: log})
	if err != nil {
		return err
	}
	for try := 1; ; try++ {
		_, err := m.Migrate(ctx, rivermigrate.DirectionUp, nil)
		if err == nil || try == migrations || ctx.Err() != nil {
			return err
		}
	}
}

// Follow adds the job that follows an event of the ledger, in the event's own
// transaction: it is the store's Config.Follow.
func (q *Queue) Follow(ctx context.Context, tx *sql.Tx, e store.Event) error {
	if q.client == nil {
		return errors.New("job: follow: the queue is not open: call Open after store.Open")
	}
	if _, err := q.client.InsertTx(ctx, tx, followAcceptance{e.Kind, e.Distributor, e.File, e.Submissions}, nil); err != nil {
		return fmt.Errorf("job: follow file %d: %w", e.File, err)
	}
	return nil
}

// Start begins to work, and first takes up what an earlier process left: jobs
// that died with it, and files that wait for a reading without a job.
func (q *Queue) Start(ctx context.Context, w *Works) error {
	q.works = w
	err := q.free(ctx)
	if err == nil {
		err = q.enqueueForgotten(ctx)
	}
	if err == nil {
		// Stop alone ends it: a cancelled ctx would cut the jobs off.
		err = q.client.Start(context.WithoutCancel(ctx))
	}
	if err != nil {
		return fmt.Errorf("job: start queue: %w", err)
	}
	return nil
}

// Stop takes no more jobs and waits for those that run. When ctx ends first
// they are cancelled, and begin anew at the next Start.
func (q *Queue) Stop(ctx context.Context) error {
	err := q.client.Stop(ctx)
	if ctx.Err() != nil {
		grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopGrace)
		defer cancel()
		err = q.client.StopAndCancel(grace)
	}
	if err != nil {
		return fmt.Errorf("job: stop queue: %w", err)
	}
	return nil
}

// free makes the jobs available again that were running when their process
// died: on SQLite, which one server works on, all of them, else those of this
// host. Should such a process be alive after all, the job runs twice, which
// gives the same result.
func (q *Queue) free(ctx context.Context) error {
	x := q.driver.GetExecutor()
	never := time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC)
	running, err := x.JobGetStuck(ctx, &riverdriver.JobGetStuckParams{Max: 10_000, StuckHorizon: never})
	if err != nil {
		return err
	}
	var p riverdriver.JobRescueManyParams
	for _, j := range running {
		if q.store.Dialect() != "sqlite" && !q.own(j) {
			continue
		}
		p.ID = append(p.ID, j.ID)
		p.Error = append(p.Error, []byte(`{"error":"its process ended"}`))
		p.FinalizedAt = append(p.FinalizedAt, nil)
		p.ScheduledAt = append(p.ScheduledAt, j.ScheduledAt)
		p.State = append(p.State, string(rivertype.JobStateAvailable))
	}
	if len(p.ID) > 0 {
		_, err = x.JobRescueMany(ctx, &p)
	}
	return err
}

func (q *Queue) own(j *rivertype.JobRow) bool {
	n := len(j.AttemptedBy)
	return n > 0 && strings.HasPrefix(j.AttemptedBy[n-1], q.host+"/")
}
