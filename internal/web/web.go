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
	"sync"
	"time"

	"honne"
	"honne/internal/auth"
	"honne/internal/job"
	"honne/internal/lang"
	"honne/internal/playbook"
	"honne/internal/store"
	"honne/internal/vault"
)

// Config is what the application stands on.
type Config struct {
	Works     *job.Works
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
	// LoadSamples adds the sample distributors with what is written about them, in
	// the name of who asked for it; nil when there are none.
	LoadSamples func(context.Context, honne.UserID) error
	// Correct corrects when a file came, whose it is and what it holds.
	Correct func(context.Context, honne.FileID, Correction) error
	// Give makes a message whose partner was not known a file of that partner, and
	// enqueues its reading; honne.ErrNotFound for one that does not wait.
	Give func(ctx context.Context, sum string, to honne.DistributorID, by honne.UserID) (honne.FileID, error)
	// Mailboxes opens the mailboxes that are watched.
	Mailboxes Mailboxes
	// Post sends mail.
	Post Post
	// Assistant is the language model that was named, if one was.
	Assistant Assistant
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
	Store     *store.Store
	Vault     *vault.Vault
	Playbook  *playbook.Playbook
	tells     func(honne.Mail) []honne.Told // what a message tells of our own side
	sessions  *auth.Sessions
	passwords *auth.Passwords
	pages     map[lang.Language]map[string]*template.Template
	assets    assets
	mux       *http.ServeMux
	doors     map[string]door // by the pattern of their route
	history   *historian
	glances   glances
	names     namesKept
	waiting   waitingKept
	checked   checkedChain
	unlocks   *auth.Attempts
	keys      sync.Mutex // held while a passphrase is tried, which takes memory
}

// Site is the application: its pages, and the letters that say what stands on them.
type Site struct {
	http.Handler
	app *app
}

// New makes the application. Templates are parsed here; an error is a mistake in
// them.
func New(cfg Config) (s *Site, err error) {
	w := cfg.Works
	a := &app{Config: cfg, Store: w.Store, Vault: w.Vault, Playbook: w.Playbook, tells: w.Teller(), passwords: auth.NewPasswords(runtime.GOMAXPROCS(0))}
	a.history, a.unlocks = &historian{app: a}, auth.NewAttempts(10, 15*time.Minute)
	a.sessions = &auth.Sessions{Store: w.Store, Passwords: a.passwords, Now: cfg.Now,
		Attempts: auth.NewAttempts(10, 15*time.Minute)}
	if a.assets, err = loadAssets(cfg.Languages); err != nil {
		return nil, fmt.Errorf("web: load assets: %w", err)
	}
	if a.pages, err = parsePages(cfg.Languages, a.assets); err != nil {
		return nil, fmt.Errorf("web: parse templates: %w", err)
	}
	mux := http.NewServeMux()
	a.routes(mux)
	return &Site{headers(http.NewCrossOriginProtection().Handler(mux)), a}, nil
}

// Finish writes what the history still waits for, once no request is served any
// more.
func (s *Site) Finish() { s.app.history.write(context.Background()) }

// door is who may enter a page; open doors are for people without an account.
type door struct {
	verb  auth.Verb
	area  auth.Area
	open  bool
	quiet bool // leaves no trace in the history, nor its address in the log
}
