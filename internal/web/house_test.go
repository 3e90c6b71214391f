package web

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"honne"
	"honne/internal/assistant"
	"honne/internal/honnetest"
	"honne/internal/job"
	"honne/internal/mail"
	"honne/internal/playbook"
	"honne/internal/sample"
	"honne/internal/store"
	"honne/internal/vault"
)

// house is the whole application on a fresh database, read without a queue.
type house struct {
	t     testing.TB
	url   string
	works *job.Works
	http  *http.Client
	site  *Site
	data  string       // folder of the database
	vault string       // folder of the originals
	now   atomic.Int64 // nanoseconds since 1970
	log   bytes.Buffer // of the server, all of it; the handler writes a line at a time
}

// lastDay is the last on which anything of the first distributor became known.
func (h *house) lastDay() honne.Date {
	h.t.Helper()
	days, err := h.works.Store.KnownDates(h.t.Context(), 1)
	if err != nil || len(days) == 0 {
		h.t.Fatal(err)
	}
	return days[len(days)-1]
}

// wait moves the clock on. What was seen before is in the history by then, as it is
// a second after it was seen.
func (h *house) wait(d time.Duration) {
	h.site.Finish()
	h.now.Add(int64(d))
}

func newHouse(t testing.TB) *house {
	t.Helper()
	ctx := context.Background()
	works := &job.Works{}
	cfg := honnetest.SQLite(t).Config
	h := &house{t: t, works: works, data: cfg.Data, vault: t.TempDir()}
	h.now.Store(noon.UnixNano())
	cfg.Now = func() time.Time { return time.Unix(0, h.now.Load()) }
	cfg.Follow = nil
	var err error
	if works.Store, err = store.Open(ctx, cfg); err != nil {
		t.Fatal(err)
	}
	var srv *httptest.Server
	t.Cleanup(func() {
		if srv != nil {
			srv.Close()
		}
		if h.site != nil {
			h.site.Finish()
		}
		works.Store.Close()
		srv, works, h.site, h.works, h.http = nil, nil, nil, nil, nil // a finished test is kept with its cleanups, the house need not be
	})
	if works.Vault, err = vault.Open(h.vault); err != nil {
		t.Fatal(err)
	}
	works.Playbook = honnetest.Japan(t)
	post := &job.Postman{Works: works, Key: vault.NewHouseKey(filepath.Join(t.TempDir(), "key")), Log: slog.New(slog.DiscardHandler), Limits: mail.DefaultLimits()}
	sender := &job.Sender{Store: works.Store, Key: post.Key, Limits: mail.DefaultLimits()}
	works.Sender = sender
	pages := Config{Works: works, Languages: load(t), Now: cfg.Now,
		Log: slog.New(slog.NewTextHandler(io.MultiWriter(t.Output(), &h.log), &slog.HandlerOptions{Level: slog.LevelDebug})), Receive: h.receive,
		Reread: func(ctx context.Context, id honne.FileID) error { _, err := works.Read(ctx, id); return err },
		Unlock: func(ctx context.Context, id honne.FileID, password string) error {
			err := works.Unlock(ctx, id, password)
			if err == nil {
				_, err = works.Read(ctx, id)
			}
			return err
		},
		Give: func(ctx context.Context, sum string, to honne.DistributorID, by honne.UserID) (honne.FileID, error) {
			id, err := works.Give(ctx, sum, to, by)
			if err == nil {
				_, err = works.Read(ctx, id)
			}
			return id, err
		},
		Mailboxes: Mailboxes{
			Seal: func(box honne.Mailbox, s honne.Secrets) (string, error) {
				return job.SealSecrets(post.Key, box.Account(), s)
			},
			Try: func(ctx context.Context, id honne.MailboxID) ([]string, error) {
				folders, err := post.Try(ctx, id)
				if err != nil {
					return nil, &honne.Invalid{Field: "box-host", What: job.WhatIsWrong(err)}
				}
				return folders, nil
			}},
		Post:        h.sending(sender),
		Assistant:   asking(&job.Adviser{Works: works, Key: post.Key, Limits: assistant.DefaultLimits()}),
		LoadSamples: h.loadSamples,
		Correct: func(ctx context.Context, id honne.FileID, c Correction) error {
			return works.Restate(ctx, id, job.Restated{Receipt: honne.Receipt{At: c.Received, Basis: honne.Stated}, From: c.From, Kind: c.Kind})
		}}
	if h.site, err = New(pages); err != nil {
		t.Fatal(err)
	}
	sender.Compose = h.site.Letter
	srv = httptest.NewServer(h.site)
	h.url = srv.URL
	h.http = &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	h.http.Jar, _ = cookiejar.New(nil)
	return h
}

func asking(a *job.Adviser) Assistant {
	return Assistant{Named: a.Assistant, Name: a.Name, Ask: func(ctx context.Context, x honne.Assistant, d honne.DistributorID, m honne.Mail, q honne.Inquiry, known []string) (int, error) {
		n, err := a.Ask(ctx, x, d, m, q, known)
		if err != nil {
			err = &honne.Invalid{Field: "ask", What: job.WhatHindersAsking(err)}
		}
		return n, err
	}}
}

func (h *house) sending(s *job.Sender) Post {
	return Post{Outgoing: s.Outgoing, Name: s.Name, Send: func(ctx context.Context, l honne.Letter) error {
		if err := s.Send(ctx, l); err != nil {
			return &honne.Invalid{Field: "post-host", What: job.WhatHindersSending(err)}
		}
		return nil
	}}
}

func (h *house) receive(ctx context.Context, u Upload) (honne.FileID, error) {
	r := honne.Receipt{At: u.Received, Basis: honne.Stated}
	if u.Received.IsZero() {
		r.Basis = honne.ByLoad
	}
	id, err := h.works.Take(ctx, job.Arrival{Distributor: u.Distributor, Name: u.Name, Bytes: u.Bytes, Receipt: r, By: u.By,
		From: u.From, Kind: u.Kind})
	if err != nil {
		return 0, err
	}
	_, err = h.works.Read(ctx, id)
	return id, err
}

// loadSamples takes in the sample folders, as the program does.
func (h *house) loadSamples(ctx context.Context, by honne.UserID) error {
	all, err := sample.All(sample.Size{Months: 24, Customers: 12, Products: 4})
	if err != nil {
		return err
	}
	for _, s := range all {
		d, err := h.loadSample(ctx, s)
		if err == nil && s.Audit != nil {
			_, err = h.works.Assess(ctx, d, by, *s.Audit)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// loadSample takes in one folder.
func (h *house) loadSample(ctx context.Context, s sample.Distributor) (honne.DistributorID, error) {
	var f playbook.Folder
	var err error
	for _, file := range s.Files {
		if file.Path == "distributor.yaml" {
			if f, err = playbook.ReadProfile(file.Bytes, file.Path); err != nil {
				return 0, err
			}
		}
	}
	d, err := h.works.Store.AddDistributor(ctx, f.Profile, true)
	if err != nil {
		return 0, err
	}
	for _, file := range s.Files {
		if file.Path == "distributor.yaml" {
			continue
		}
		id, err := h.works.Take(ctx, job.Arrival{Distributor: d.ID, Name: file.Path, Bytes: bytes.NewReader(file.Bytes),
			Receipt: honne.Receipt{At: f.Received[file.Path].At(12, 0), Basis: honne.Stated}})
		if err == nil {
			_, err = h.works.Read(ctx, id)
		}
		if err != nil {
			return d.ID, err
		}
		if err := h.works.Accept(ctx, 0, id); err != nil {
			continue
		}
	}
	return d.ID, nil
}

type answer struct {
	status int
	header http.Header
	body   string
}

// heldDays are days that a page keeps on one line.
var heldDays = regexp.MustCompile(`<span class="nb">([^<]*月[^<]*日(?:（.）)?)</span>`)

func (h *house) do(r *http.Request) answer {
	h.t.Helper()
	res, err := h.http.Do(r)
	if err != nil {
		h.t.Fatal(err)
	}
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	if err != nil {
		h.t.Fatal(err)
	}
	body := string(b)
	if strings.HasPrefix(res.Header.Get("Content-Type"), "text/html") && res.Header.Get("Content-Disposition") == "" {
		body = strings.ReplaceAll(body, "\u00a0", " ") // a page joins a number to its unit; a test reads words
		body = heldDays.ReplaceAllString(body, "$1")
	}
	return answer{res.StatusCode, res.Header, body}
}

func (h *house) get(path string) answer {
	h.t.Helper()
	r, err := http.NewRequest(http.MethodGet, h.url+path, nil)
	if err != nil {
		h.t.Fatal(err)
	}
	return h.do(r)
}

func (h *house) post(path string, pairs ...string) answer {
	h.t.Helper()
	form := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		form.Set(pairs[i], pairs[i+1])
	}
	return h.postForm(path, form)
}

func (h *house) postForm(path string, form url.Values) answer {
	h.t.Helper()
	r, err := http.NewRequest(http.MethodPost, h.url+path, strings.NewReader(form.Encode()))
	if err != nil {
		h.t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return h.do(r)
}

func (h *house) upload(slug string, files map[string]string, fields ...string) answer {
	h.t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	w.WriteField("distributor", slug)
	w.WriteField("received", "2026-11-11")
	for i := 0; i+1 < len(fields); i += 2 {
		w.WriteField(fields[i], fields[i+1])
	}
	for name, text := range files {
		part, err := w.CreateFormFile("files", name)
		if err != nil {
			h.t.Fatal(err)
		}
		io.WriteString(part, text)
	}
	w.Close()
	r, err := http.NewRequest(http.MethodPost, h.url+"/intake", &b)
	if err != nil {
		h.t.Fatal(err)
	}
	r.Header.Set("Content-Type", w.FormDataContentType())
	return h.do(r)
}

// settle makes the first account, signed in.
func (h *house) settle() {
	h.t.Helper()
	a := h.post("/setup", "your-name", "Kirsten Larsen", "email", "kirsten@nordhaven.example", "password", "a quiet morning in Kyoto",
		"our-name", "Nordhaven AB", "our-starts", "4", "currency", "EUR")
	if a.status != http.StatusSeeOther {
		h.t.Fatalf("setup: %d\n%s", a.status, a.body)
	}
}
