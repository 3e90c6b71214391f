package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"time"

	"honne"
	"honne/internal/assistant"
	"honne/internal/intake"
	"honne/internal/job"
	"honne/internal/lang"
	"honne/internal/mail"
	"honne/internal/vault"
	"honne/internal/web"
)

type serveCmd struct {
	where
	Addr    string `default:"localhost:8080" env:"HONNE_ADDR" help:"Address to listen on, HOST:PORT."`
	Watch   string `env:"HONNE_WATCH" help:"Folder to watch: files that appear in it are taken in; the folder below it, named after a partner, says whose they are."`
	KeyFile string `env:"HONNE_KEY_FILE" help:"File of the key that seals the passwords of watched mailboxes, made when first needed; DATA.key without it."`
}

// Run serves until it is interrupted.
func (c serveCmd) Run(e *env) error {
	s, err := newServer(e, c.where, c.KeyFile)
	if err != nil {
		return err
	}
	defer s.close()
	if c.Watch != "" {
		if _, err := os.ReadDir(c.Watch); err != nil {
			return fmt.Errorf("--watch: %w", err)
		}
		w := job.Watcher{Works: s.app.works, Read: s.queue.EnqueueRead, Dir: c.Watch, Now: e.now, Log: s.log}
		defer s.beside(func(ctx context.Context) { w.Run(ctx, watchEvery) })()
	}
	defer s.beside(func(ctx context.Context) { s.post.Run(ctx, watchEvery) })()
	defer s.beside(func(ctx context.Context) { s.site.KeepFresh(ctx, freshEvery) })()
	l, err := listen(c.Addr)
	if err != nil {
		return err
	}
	fmt.Fprintf(e.err, "honne serves on %s (data in %s)\n", urlOf(l), c.Data)
	return s.serve(l)
}

// watchEvery is the time between two looks at the watched folder: a file is
// taken once two looks found it the same.
const watchEvery = 5 * time.Second

// freshEvery is the time between two looks at all partners.
const freshEvery = time.Minute

// server is the application for a team: pages over an open database, with its
// queue at work.
type server struct {
	env   *env
	log   *slog.Logger
	app   *app
	queue *job.Queue
	post  *job.Postman
	site  *web.Site
}

// newServer opens it. Without a file for the key of the house, it lies beside the
// data, so that no copy of the data holds it.
func newServer(e *env, w where, key string) (*server, error) {
	log := slog.New(slog.NewTextHandler(e.err, &slog.HandlerOptions{Level: slog.LevelWarn}))
	s := &server{env: e, log: log, queue: job.NewQueue(log)}
	var err error
	if s.app, err = w.open(e, s.queue.Follow); err != nil {
		return nil, err
	}
	s.post = &job.Postman{Works: s.app.works, Read: s.queue.EnqueueRead, Key: vault.NewHouseKey(cmp.Or(key, filepath.Clean(w.Data)+".key")), Log: log, Limits: mail.DefaultLimits(), Retry: job.DefaultRetry()}
	adviser := &job.Adviser{Works: s.app.works, Key: s.post.Key, Limits: assistant.DefaultLimits()}
	sender := &job.Sender{Store: s.app.store, Key: s.post.Key, Limits: mail.DefaultLimits()}
	if err = s.queue.Open(e.ctx, s.app.store); err == nil {
		cfg := web.Config{Works: s.app.works, Languages: e.lang,
			Now: e.now, Log: log, Receive: s.receive, Reread: s.queue.EnqueueRead, Unlock: s.unlock,
			Correct: s.correct, Give: s.give, Mailboxes: web.Mailboxes{Seal: s.seal, Try: s.try},
			Assistant:   web.Assistant{Named: adviser.Assistant, Name: adviser.Name, Ask: s.ask(adviser)},
			Post:        web.Post{Outgoing: sender.Outgoing, Name: sender.Name, Send: s.send(sender)},
			LoadSamples: s.loadSamples}
		if s.site, err = web.New(cfg); err == nil {
			sender.Compose = s.site.Letter
		}
	}
	s.app.works.Sender = sender
	if err == nil {
		err = s.queue.Start(e.ctx, s.app.works)
	}
	if err != nil {
		return nil, errors.Join(err, s.close())
	}
	return s, nil
}

// beside does work beside the pages, until the returned function is called.
func (s *server) beside(work func(context.Context)) (stop func()) {
	ctx, cancel := context.WithCancel(s.env.ctx)
	done := make(chan struct{})
	go func() {
		defer close(done)
		work(ctx)
	}()
	return func() {
		cancel()
		<-done
	}
}

// seal seals the secrets of a mailbox.
func (s *server) seal(box honne.Mailbox, secrets honne.Secrets) (string, error) {
	return job.SealSecrets(s.post.Key, box.Account(), secrets)
}

// try opens a mailbox once; what hinders is said in words.
func (s *server) try(ctx context.Context, id honne.MailboxID) ([]string, error) {
	folders, err := s.post.Try(ctx, id)
	if err == nil || errors.Is(err, honne.ErrNotFound) {
		return folders, err
	}
	s.log.Warn("try a mailbox", "mailbox", int64(id), "err", err)
	return nil, &honne.Invalid{Field: "box-host", What: job.WhatIsWrong(err)}
}

// send sends a letter; what hinders is said in words.
func (s *server) send(by *job.Sender) func(context.Context, honne.Letter) error {
	return func(ctx context.Context, l honne.Letter) error {
		err := by.Send(ctx, l)
		if err != nil {
			s.log.Warn("send a letter", "err", err)
			return &honne.Invalid{Field: "post-host", What: job.WhatHindersSending(err)}
		}
		return nil
	}
}

// ask asks the assistant; what hinders is said in words.
func (s *server) ask(a *job.Adviser) func(context.Context, honne.Assistant, honne.DistributorID, honne.Mail, honne.Inquiry, []string) (int, error) {
	return func(ctx context.Context, x honne.Assistant, d honne.DistributorID, m honne.Mail, q honne.Inquiry, known []string) (int, error) {
		n, err := a.Ask(ctx, x, d, m, q, known)
		if err != nil {
			s.log.Warn("ask the assistant", "err", err)
			return n, &honne.Invalid{Field: "ask", What: job.WhatHindersAsking(err)}
		}
		return n, nil
	}
}

// give makes a message a file of a partner and has it read in the background.
func (s *server) give(ctx context.Context, sum string, to honne.DistributorID, by honne.UserID) (honne.FileID, error) {
	id, err := s.app.works.Give(ctx, sum, to, by)
	if err == nil {
		err = s.queue.EnqueueRead(ctx, id)
	}
	return id, err
}

// receive keeps an upload and has it read in the background.
func (s *server) receive(ctx context.Context, u web.Upload) (honne.FileID, error) {
	receipt := honne.Receipt{At: u.Received, Basis: honne.Stated}
	if u.Received.IsZero() {
		receipt = intake.ReceivedByName(u.Name, s.env.book)
	}
	from := u.From
	if from == "" && u.Kind == "" {
		from = s.side(u.Name)
	}
	id, err := s.app.works.Take(ctx, job.Arrival{Distributor: u.Distributor, Name: u.Name, Bytes: u.Bytes, Receipt: receipt, By: u.By,
		From: from, Kind: u.Kind})
	if err != nil {
		return id, err
	}
	return id, s.queue.EnqueueRead(ctx, id)
}

// correct corrects when a file came, whose it is and what it holds.
func (s *server) correct(ctx context.Context, id honne.FileID, c web.Correction) error {
	return s.app.works.Restate(ctx, id, job.Restated{Receipt: honne.Receipt{At: c.Received, Basis: honne.Stated}, From: c.From, Kind: c.Kind})
}

// unlock opens a file with its password and has it, or what is in it, read in
// the background.
func (s *server) unlock(ctx context.Context, id honne.FileID, password string) error {
	if err := s.app.works.Unlock(ctx, id, password); err != nil {
		return err
	}
	return s.queue.EnqueueRead(ctx, id)
}

// side says whose a file is by its name; job says so once it is read.
func (s *server) side(name string) honne.Side {
	if s.env.book.OurShipments(name) {
		return honne.Ours
	}
	return honne.Theirs
}

func listen(addr string) (net.Listener, error) {
	l, err := net.Listen("tcp", addr)
	if err != nil {
		return nil, fmt.Errorf("listen on %s: %w; choose another with --addr", addr, err)
	}
	return l, nil
}

func urlOf(l net.Listener) string { return "http://" + l.Addr().String() }

// serve serves until the context ends.
func (s *server) serve(l net.Listener) error {
	srv := &http.Server{Handler: s.site, ReadHeaderTimeout: 10 * time.Second, ReadTimeout: 10 * time.Minute,
		WriteTimeout: 2 * time.Minute, IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 64 << 10}
	done := make(chan error, 1)
	go func() { done <- srv.Serve(l) }()
	select {
	case err := <-done:
		return err
	case <-s.env.ctx.Done():
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(s.env.ctx), 10*time.Second)
	defer cancel()
	return srv.Shutdown(ctx)
}

// close stops the queue before the database goes away.
func (s *server) close() error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(s.env.ctx), 15*time.Second)
	defer cancel()
	if s.site != nil {
		s.site.Finish()
	}
	return errors.Join(s.queue.Stop(ctx), s.app.close())
}

// sayInvalid says in English what is wrong with an input.
func sayInvalid(e *env, err error) string {
	var invalid *honne.Invalid
	if errors.As(err, &invalid) {
		return e.lang.Say(lang.EN, invalid.What)
	}
	return err.Error()
}
