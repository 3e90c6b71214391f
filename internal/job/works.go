package job

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"

	"honne"
	"honne/internal/intake"
	"honne/internal/playbook"
	"honne/internal/store"
	"honne/internal/vault"
)

// Works does the steps between a file's arrival and the record, each when it is
// called. Its methods may be called from several goroutines.
type Works struct {
	Store    *store.Store
	Vault    *vault.Vault
	Playbook *playbook.Playbook
	Sender   *Sender // sends the weekly letters; nil where none is sent
}

// Arrival is a file on its way in, and what is known of it.
type Arrival struct {
	Distributor honne.DistributorID
	Name        string // base name, or archive.zip/売上.xlsx inside another
	Bytes       io.Reader
	Receipt     honne.Receipt
	From        honne.Side     // zero: ours when Kind is Shipments, Target or Market, else theirs
	Kind        honne.Series   // what the sender says it holds; "" to find out
	Topic       honne.Topic    // what the sender says it is about; "" to find out
	Currency    honne.Currency // "" is the distributor's
	Whole       bool           // it came to a drop address: what is attached is taken, whoever sent it
	By          honne.UserID
}

// said is what was said of a file as it arrived and every reading of it needs.
// The ledger's row of a file has no place for it.
type said struct {
	Kind     honne.Series   `json:"kind,omitempty"`
	Currency honne.Currency `json:"currency,omitempty"`
	Whole    bool           `json:"whole,omitempty"`
	Topic    honne.Topic    `json:"topic,omitempty"`
}

func saidKey(id honne.FileID) string { return "arrival." + strconv.FormatInt(int64(id), 10) }

// Take keeps a file that arrived: its bytes reach the vault, synced, before the
// ledger names them. The file then waits for Read. Bytes that wait already give
// the number of the file that they began; bytes that are in force are a
// *honne.Duplicate.
func (w *Works) Take(ctx context.Context, a Arrival) (honne.FileID, error) {
	sum, size, err := w.Vault.Put(ctx, a.Bytes)
	if err != nil {
		return 0, fmt.Errorf("job: take %s: %w", a.Name, err)
	}
	return w.enter(ctx, a, sum, size)
}

// enter names bytes of the vault in the ledger. Of files of one moment the one whose
// name says so is the later.
func (w *Works) enter(ctx context.Context, a Arrival, sum string, size int64) (honne.FileID, error) {
	if !a.Receipt.At.IsZero() {
		a.Receipt.At = intake.Later(a.Receipt.At, a.Name)
	}
	id, err := w.Store.AddFile(ctx, honne.StoredFile{Distributor: a.Distributor, Path: a.Name, SHA256: sum, Size: size,
		Receipt: a.Receipt, From: cmp.Or(a.From, sideOf(a.Kind)), LoadedBy: a.By})
	if err != nil {
		return 0, fmt.Errorf("job: take %s: %w", a.Name, err)
	}
	if s := (said{a.Kind, a.Currency, a.Whole, a.Topic}); s != (said{}) {
		if err := w.remember(ctx, id, s); err != nil {
			return 0, fmt.Errorf("job: take %s: %w", a.Name, err)
		}
	}
	return id, nil
}

func sideOf(kind honne.Series) honne.Side {
	switch kind {
	case honne.Shipments, honne.Target, honne.Market:
		return honne.Ours
	}
	return honne.Theirs
}

func (w *Works) remember(ctx context.Context, id honne.FileID, s said) error {
	text, err := json.Marshal(s)
	if err != nil {
		return err
	}
	return w.Store.SetSetting(ctx, saidKey(id), string(text))
}

// heard returns what was said of a file, and nothing where nothing was.
func (w *Works) heard(ctx context.Context, id honne.FileID) (s said, err error) {
	text, found, err := w.Store.Setting(ctx, saidKey(id))
	if err == nil && found {
		err = json.Unmarshal([]byte(text), &s)
	}
	return s, err
}

// said returns what was said of a file. Where nothing was, our own files are in
// the currency of the profile, as it is ours; a partner's are in yen.
func (w *Works) said(ctx context.Context, f honne.StoredFile) (s said, err error) {
	s, err = w.heard(ctx, f.ID)
	if err != nil || s.Currency != "" || f.From != honne.Ours || s.Kind == honne.Target {
		return s, err
	}
	d, err := w.Store.Distributor(ctx, f.Distributor)
	if errors.Is(err, honne.ErrNotFound) {
		return s, nil
	}
	s.Currency = d.Profile.Currency
	return s, err
}

// Read reads the original of a file, stages its lines, keeps the reading and
// says where the file stands then:
//
//   - unreadable: the file as a whole could not be read, or holds no table;
//   - set-aside: it holds tables, but no report and no list; or messages, which are kept now;
//     or files, each of which is a file of its own now and waits for its own
//     reading;
//   - to-resolve: an error, a warning, a guessed column, or lines of which no
//     period is known: a person must look, also where nothing counts before;
//   - ready: nothing is open.
//
// What is wrong with the file is a problem of the reading; the error is for what
// is not its fault, and then the file can be read again. A second reading
// replaces the first; one of a file that was accepted or undone changes nothing.
// The reading comes without its lines and values.
func (w *Works) Read(ctx context.Context, id honne.FileID) (honne.Reading, error) {
	f, err := w.Store.File(ctx, id)
	var r honne.Reading
	switch {
	case err != nil:
	case f.State == honne.FileAccepted || f.State == honne.FileUndone:
		r, err = w.Store.Reading(ctx, id)
	default:
		r, err = w.readAgain(ctx, f, "")
	}
	if err != nil {
		return honne.Reading{}, fmt.Errorf("job: read file %d: %w", id, err)
	}
	return r, nil
}

func (w *Works) readAgain(ctx context.Context, f honne.StoredFile, password string) (honne.Reading, error) {
	if err := w.Store.SetFileState(ctx, f.ID, honne.FileReading); err != nil {
		return honne.Reading{}, err
	}
	r, said, err := w.attempt(ctx, f, password)
	opened := false
	if err == nil && r.Locked() && !r.Format.Holds() {
		opened, err = w.openSilently(ctx, f)
	}
	switch {
	case err != nil:
		return honne.Reading{}, err
	case opened:
		return w.readAgain(ctx, f, "")
	}
	r.SHA256 = f.SHA256
	return w.keep(ctx, f, r, said)
}

// attempt reads a file and what it holds.
func (w *Works) attempt(ctx context.Context, f honne.StoredFile, password string) (r honne.Reading, said honne.Decisions, err error) {
	bytes, size, err := w.open(ctx, f)
	if err != nil {
		return r, said, err
	}
	defer bytes.Close()
	in, decided, err := w.file(ctx, f)
	if err != nil {
		return r, said, err
	}
	in.Size, in.Bytes, in.Password = size, bytes, password
	memory, err := w.Store.Memory(ctx, f.Distributor)
	if err != nil {
		return r, said, err
	}
	r, err = intake.Read(ctx, in, w.Playbook, memory)
	if err == nil && r.Format.Holds() {
		err = w.takeInside(ctx, f, in, &r)
	}
	r.Decided = decided
	return r, in.Said, err
}

// file is a stored file as intake is given it, but for its bytes, and which state of what
// people decided of it that is.
func (w *Works) file(ctx context.Context, f honne.StoredFile) (honne.File, int, error) {
	s, err := w.said(ctx, f)
	if err != nil {
		return honne.File{}, 0, err
	}
	p, err := w.Store.Distributor(ctx, f.Distributor)
	if err != nil && !errors.Is(err, honne.ErrNotFound) {
		return honne.File{}, 0, err
	}
	d, err := w.Store.Decisions(ctx, f.ID)
	return honne.File{ID: f.ID, Name: f.Path, Receipt: f.Receipt, From: f.From, Kind: s.Kind, Topic: s.Topic, Currency: s.Currency, Whole: s.Whole,
		Closing: p.Profile.ClosingDay,
		Domains: &honne.Domains{Ours: p.Profile.OurDomains, Theirs: p.Profile.Domains}, Said: d.Said}, d.N, err
}

// keep stages the lines before it saves the reading. Should somebody accept an
// earlier reading meanwhile, staging fails and the reading saved is still the
// one of the lines in the ledger.
func (w *Works) keep(ctx context.Context, f honne.StoredFile, r honne.Reading, said honne.Decisions) (honne.Reading, error) {
	id := f.ID
	if state := stateOf(r); state == honne.FileReady || state == honne.FileToResolve {
		if err := w.pieces(ctx, f, &r, said); err != nil {
			return honne.Reading{}, err
		}
		problems, err := w.stage(ctx, f, r, said)
		if err != nil {
			return honne.Reading{}, err
		}
		said.Leave(problems)
		r.Problems = append(r.Problems, problems...)
		if err := w.changed(ctx, f, &r, said); err != nil {
			return honne.Reading{}, err
		}
		if err := w.learn(ctx, id, r, said); err != nil {
			return honne.Reading{}, err
		}
	}
	state := stateOf(r)
	if state != honne.FileReady && state != honne.FileToResolve {
		r.Decided = 0 // nothing was learnt of it
	}
	r.Lines, r.Values, r.Listed = nil, nil, nil
	if err := w.Store.SaveReading(ctx, id, r); err != nil {
		return honne.Reading{}, err
	}
	return r, w.Store.SetFileState(ctx, id, state)
}

// stage stages the lines of a file and what it lists, and holds them against the
// record and our own list of products.
func (w *Works) stage(ctx context.Context, f honne.StoredFile, r honne.Reading, said honne.Decisions) (problems []honne.Problem, err error) {
	if err := w.Store.KeepListed(ctx, f.ID, r.Listed); err != nil || len(r.Parts) == 0 {
		return nil, err
	}
	var seen seenProducts
	if _, err := w.Store.Stage(ctx, f.ID, r.Parts, seen.watch(r.Lines)); err != nil {
		return nil, err
	}
	held, err := w.hold(ctx, f.ID)
	if err != nil {
		return nil, err
	}
	off, err := w.offList(ctx, f, r, &seen)
	if err != nil {
		return nil, err
	}
	other, err := w.otherPartner(ctx, f, r, said)
	return slices.Concat(other, held.Problems, off), err
}

// stateOf says where a file stands after a reading.
func stateOf(r honne.Reading) honne.FileState {
	switch {
	case len(r.Inside) > 0 || r.Format.IsMail() && !failed(r):
		return honne.FileSetAside
	case r.Format.Holds():
		return honne.FileUnread
	}
	open := false
	for _, p := range r.Problems {
		// Of a file that broke off, the lines break off as well.
		if p.Severity == honne.SevError && (p.At == (honne.Address{}) || len(r.Parts) == 0 && !lists(r)) {
			return honne.FileUnread
		}
		open = open || p.Severity != honne.SevNote
	}
	switch {
	case len(r.Tables) == 0 && failed(r):
		return honne.FileUnread
	case len(r.Tables) == 0:
		return honne.FileSetAside // attached to a message, and no table
	case len(r.Parts) == 0 && !lists(r) && open && knownKind(r):
		return honne.FileToResolve // a report of which nobody knows the month, say
	case len(r.Parts) == 0 && !lists(r):
		return honne.FileSetAside
	case open || guessed(r) || undated(r):
		return honne.FileToResolve
	}
	return honne.FileReady
}

// failed reports whether a file as a whole could not be read.
func failed(r honne.Reading) bool {
	return slices.ContainsFunc(r.Problems, func(p honne.Problem) bool { return p.Severity == honne.SevError })
}

// knownKind reports whether a table says what it is about.
func knownKind(r honne.Reading) bool {
	return slices.ContainsFunc(r.Tables, func(t honne.Table) bool { return t.Kind != "" })
}

// lists reports whether rows of a file become entries.
func lists(r honne.Reading) bool {
	return slices.ContainsFunc(r.Tables, func(t honne.Table) bool { return t.Listed > 0 })
}

// guessed reports whether a column of a report was guessed.
func guessed(r honne.Reading) bool {
	for _, p := range r.Parts {
		for _, t := range p.Tables {
			for _, c := range r.Tables[t].Columns {
				if c.Guess {
					return true
				}
			}
		}
	}
	return false
}

// undated reports whether a part has lines of which no period is known.
func undated(r honne.Reading) bool {
	for _, p := range r.Parts {
		for _, period := range p.Periods {
			if period.IsZero() {
				return true
			}
		}
		if len(p.Periods) == 0 {
			return true
		}
	}
	return false
}

// Accept makes the lines of a file visible. Accepting twice is accepting once.
// A file that is being read, or of which nothing can be accepted, is
// honne.ErrConflict; whether open problems forbid it is for the caller to say.
func (w *Works) Accept(ctx context.Context, by honne.UserID, id honne.FileID) error {
	f, err := w.Store.File(ctx, id)
	if err == nil {
		switch f.State {
		case honne.FileReading, honne.FileUnread, honne.FileSetAside:
			err = fmt.Errorf("the file is %s: %w", f.State, honne.ErrConflict)
		case honne.FileToResolve:
			err = w.acceptSeen(ctx, by, id)
		default:
			err = w.Store.Accept(ctx, by, id)
		}
	}
	if err != nil {
		return fmt.Errorf("job: accept file %d: %w", id, err)
	}
	return nil
}

// acceptSeen accepts a file of which somebody looked at what is open, where it gives
// anything.
func (w *Works) acceptSeen(ctx context.Context, by honne.UserID, id honne.FileID) error {
	r, err := w.Store.Reading(ctx, id)
	switch {
	case err != nil:
		return err
	case len(r.Parts) == 0 && !lists(r):
		return fmt.Errorf("nothing of the file counts yet: %w", honne.ErrConflict)
	}
	return w.Store.Accept(ctx, by, id)
}

// Undo takes an accepted file back, with what it taught for later files. Undoing twice is undoing once; a file that
// was never accepted is honne.ErrConflict.
func (w *Works) Undo(ctx context.Context, by honne.UserID, id honne.FileID) error {
	err := w.Store.Undo(ctx, by, id)
	if err == nil {
		err = w.unlearn(ctx, id)
	}
	if err != nil {
		return fmt.Errorf("job: undo file %d: %w", id, err)
	}
	return nil
}

// Follow does what follows an event of the ledger: the changes of its
// submissions and of the versions after them are computed. A second run does
// nothing.
func (w *Works) Follow(ctx context.Context, e store.Event) error {
	for _, id := range e.Submissions {
		if err := w.Store.RenewChanges(ctx, id); err != nil {
			return fmt.Errorf("job: follow file %d: %w", e.File, err)
		}
	}
	return nil
}
