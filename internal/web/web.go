// Package web is what a person sees in a browser: one file and one template a
// page, plain HTML that works without script. It owns addresses, forms, what is
// shown where, and who sees it (asked of package auth at each door); it refuses
// to compute: figures and judgements come from store and inspect, sentences from
// lang, charts from chart.
package web

import (
	"context"
	"fmt"
	"html/template"
	"io"
	"log/slog"
	"net/http"
	"runtime"
	"slices"
	"sync"
	"time"

	"honne"
	"honne/internal/auth"
	"honne/internal/inspect"
	"honne/internal/lang"
	"honne/internal/playbook"
	"honne/internal/store"
	"honne/internal/vault"
)

// Config is what the application stands on.
type Config struct {
	Store     *store.Store
	Vault     *vault.Vault
	Playbook  *playbook.Playbook
	Languages *lang.Catalogues
	Now       func() time.Time
	Log       *slog.Logger

	// Receive stores the bytes of an upload and enqueues its reading; it returns
	// *honne.Duplicate for bytes that are in force already.
	Receive func(context.Context, Upload) (honne.FileID, error)
	// Reread enqueues the reading of a file anew, after people decided something.
	Reread func(context.Context, honne.FileID) error
	// Unlock opens a file that waits for its password and has it read anew;
	// *honne.Invalid for a password that does not open it, honne.ErrConflict for a
	// file that waits for none.
	Unlock func(ctx context.Context, id honne.FileID, password string) error
	// Accept makes the lines of a file visible; honne.ErrConflict for a file that
	// is being read, or of which nothing can be accepted.
	Accept func(context.Context, honne.UserID, honne.FileID) error
	// Undo takes an accepted file back; honne.ErrConflict for one that never was.
	Undo func(context.Context, honne.UserID, honne.FileID) error
	// LoadSamples adds the sample distributors; nil when there are none.
	LoadSamples func(context.Context) error
	// Correct corrects when a file came, whose it is and what it holds.
	Correct func(context.Context, honne.FileID, Correction) error
	// Look returns data rows of a table as they are read, from one row to another.
	Look func(ctx context.Context, id honne.FileID, table int, from, to int32) ([]honne.SeenRow, error)
	// Excerpt returns cells as they stand in the original, row by row.
	Excerpt func(context.Context, honne.FileID, honne.Address) ([][]string, error)
}

// Upload is one file on its way in.
type Upload struct {
	Distributor honne.DistributorID
	Name        string // base name
	Size        int64  // −1 when unknown
	Bytes       io.Reader
	Received    time.Time    // when the partner sent it; zero when nobody says
	From        honne.Side   // whose figures they are; "" to find out
	Kind        honne.Series // what the file holds; "" to find out
	By          honne.UserID
}

type app struct {
	Config
	sessions  *auth.Sessions
	passwords *auth.Passwords
	pages     map[lang.Language]map[string]*template.Template
	assets    assets
	history   *historian
	first     sync.Mutex // held while the first account is made
	unlocks   *auth.Attempts
	keys      sync.Mutex // held while a passphrase is tried, which takes memory
}

// New makes the application's handler, and what ends it: finish writes what the
// history still waits for, once no request is served any more. Templates are
// parsed here; an error is a mistake in them.
func New(cfg Config) (handler http.Handler, finish func(), err error) {
	a := &app{Config: cfg, passwords: auth.NewPasswords(runtime.GOMAXPROCS(0))}
	a.history, a.unlocks = &historian{app: a}, auth.NewAttempts(10, 15*time.Minute)
	a.sessions = &auth.Sessions{Store: cfg.Store, Passwords: a.passwords, Now: cfg.Now,
		Attempts: auth.NewAttempts(10, 15*time.Minute)}
	if a.assets, err = loadAssets(cfg.Languages); err != nil {
		return nil, nil, fmt.Errorf("web: load assets: %w", err)
	}
	if a.pages, err = parsePages(cfg.Languages, a.assets); err != nil {
		return nil, nil, fmt.Errorf("web: parse templates: %w", err)
	}
	mux := http.NewServeMux()
	a.routes(mux)
	return headers(http.NewCrossOriginProtection().Handler(mux)), func() { a.history.write(context.Background()) }, nil
}

func (a *app) picture(r honne.Record) honne.Picture { return inspect.Picture(r, a.Playbook) }

// door is who may enter a page; open doors are for people without an account.
type door struct {
	verb  auth.Verb
	area  auth.Area
	open  bool
	quiet bool // leaves no trace in the history, nor its address in the log
}

type route struct {
	pattern string
	door    door
	serve   handler
}

func (a *app) routes(mux *http.ServeMux) {
	open, home := door{open: true}, door{verb: auth.Read}
	see, change := door{verb: auth.Read, area: auth.Overview}, door{verb: auth.Write, area: auth.Overview}
	figures, signals := door{verb: auth.Read, area: auth.Figures}, door{verb: auth.Read, area: auth.Signals}
	audits, reports := door{verb: auth.Read, area: auth.Audits}, door{verb: auth.Read, area: auth.Reports}
	intake := door{verb: auth.Write, area: auth.Figures}
	agreed, agree := door{verb: auth.Read, area: auth.Reviews}, door{verb: auth.Write, area: auth.Reviews}
	list := []route{
		{"GET /setup", open, a.showSetup},
		{"POST /setup", open, a.postSetup},
		{"POST /setup/sample", change, a.postSample},
		{"POST /setup/sample/remove", change, a.postSampleRemove},
		{"GET /sign-in", open, a.showSignIn},
		{"POST /sign-in", open, a.postSignIn},
		{"POST /sign-out", home, a.postSignOut},
		{"GET /{$}", home, a.showToday},
		{"GET /portfolio", see, a.showPortfolio},
		{"GET /distributors", see, a.redirectPortfolio},
		{"GET /distributors/new", change, a.showNew},
		{"POST /distributors/new", change, a.postNew},
		{"GET /distributors/{slug}", see, a.showOverview},
		{"GET /distributors/{slug}/edit", change, a.showEdit},
		{"POST /distributors/{slug}/edit", change, a.postEdit},
		{"GET /distributors/{slug}/figures", figures, a.showFigures},
		{"GET /distributors/{slug}/signals", signals, a.showSignals},
		{"GET /distributors/{slug}/messages", signals, a.showMessages},
		{"GET /distributors/{slug}/messages/{id}", signals, a.showThread},
		{"GET /distributors/{slug}/agreements", agreed, a.showAgreements},
		{"GET /distributors/{slug}/agreements/new", agree, a.showNewAgreement},
		{"POST /distributors/{slug}/agreements/new", agree, a.postNewAgreement},
		{"GET /agreements/{code}", agreed, a.showAgreement},
		{"GET /agreements/{code}/edit", agree, a.showEditAgreement},
		{"POST /agreements/{code}/edit", agree, a.postEditAgreement},
		{"POST /agreements/{code}/{act}", agree, a.postAgreement},
		{"GET /distributors/{slug}/files", figures, a.showFiles},
		{"GET /distributors/{slug}/brief", reports, a.showBrief},
		{"GET /distributors/{slug}/brief/file", reports, a.sendBrief},
		{"GET /distributors/{slug}/names", figures, a.showNames},
		{"POST /distributors/{slug}/names", intake, a.postNames},
		{"GET /distributors/{slug}/rules", figures, a.showRules},
		{"POST /distributors/{slug}/rules", intake, a.postRules},
		{"GET /distributors/{slug}/remind", intake, a.showRemind},
		{"GET /distributors/{slug}/evidence", figures, a.showEvidence},
		{"GET /distributors/{slug}/evidence/{figure}", figures, a.showFigureEvidence},
		{"GET /distributors/{slug}/evidence/measure/{measure}", figures, a.showMeasureEvidence},
		{"GET /audits", audits, a.showAudits},
		{"GET /audits/new", home, a.showNewAudit},
		{"POST /audits/new", home, a.postNewAudit},
		{"GET /audits/{code}", audits, a.showAudit},
		{"GET /audits/{code}/criteria/{dimension}", audits, a.showCriterion},
		{"POST /audits/{code}/criteria/{dimension}", audits, a.postCriterion},
		{"GET /audits/{code}/requests", audits, a.showRequests},
		{"POST /audits/{code}/requests", audits, a.postRequests},
		{"GET /audits/{code}/gap", audits, a.showGap},
		{"GET /audits/{code}/outcome", audits, a.showOutcome},
		{"POST /audits/{code}/outcome", audits, a.postOutcome},
		{"GET /findings/{code}", audits, a.showFinding},
		{"POST /findings/{code}", audits, a.postFinding},
		{"GET /intake", figures, a.showIntake},
		{"POST /intake", intake, a.postUpload},
		{"POST /intake/accept-ready", intake, a.postAcceptReady},
		{"GET /intake/{n}", figures, a.showReview},
		{"GET /intake/{n}/{step}", figures, a.showReview},
		{"POST /intake/{n}/file", intake, a.postFile},
		{"POST /intake/{n}/table", intake, a.postTable},
		{"POST /intake/{n}/columns", intake, a.postColumns},
		{"POST /intake/{n}/settle", intake, a.postSettle},
		{"POST /intake/{n}/reason", intake, a.postReason},
		{"GET /intake/{n}/ask", intake, a.showAsk},
		{"POST /intake/{n}/ask", intake, a.postAsk},
		{"POST /intake/{n}/password", intake, a.postPassword},
		{"POST /intake/{n}/accept", intake, a.postAccept},
		{"POST /intake/{n}/undo", intake, a.postUndo},
		{"GET /intake/{n}/original", figures, a.sendOriginal},
	}
	for _, r := range slices.Concat(list, a.voiceRoutes()) {
		mux.Handle(r.pattern, a.page(r.door, r.serve))
	}
	mux.Handle("GET /static/{hash}/{name}", a.assets)
	mux.Handle("/", a.page(open, func(http.ResponseWriter, *visit) error { return honne.ErrNotFound }))
}
