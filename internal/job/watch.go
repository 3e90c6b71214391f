package job

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path"
	"slices"
	"strings"
	"time"

	"honne"
	"honne/internal/intake"
)

// Watcher takes in the files that appear in a folder. Whose a file is, the
// folder in which it stands says: the first below the watched one bears a
// partner's slug or name; a file directly in it belongs to the only partner that
// there is. The folder is only read.
//
// When a file was received its name may say; that it appeared in the folder says
// no more than "not later than this", so that nothing is called late for it.
type Watcher struct {
	Works *Works
	Read  func(context.Context, honne.FileID) error // enqueues the reading of a file
	Dir   string
	Now   func() time.Time
	Log   *slog.Logger

	last map[string]string // files at the last look, and how they stood
}

// StraysKey is the setting that lists, in JSON, the files of the watched folder
// that belong to no partner.
const StraysKey = "watch.strays"

// Run looks at the folder at once and then every so often, until the context
// ends. What goes wrong with one look is logged, and the next one tries again.
func (w *Watcher) Run(ctx context.Context, every time.Duration) {
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		if err := w.Look(ctx); err != nil && ctx.Err() == nil {
			w.Log.Error("job: look at the watched folder", "folder", w.Dir, "err", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// Look takes every file that stands as it stood at the last look and was not
// taken before: a file that still grows waits. What was taken is remembered in
// the database, so that a restart takes nothing twice.
func (w *Watcher) Look(ctx context.Context) error {
	now, err := w.list()
	if err != nil {
		return fmt.Errorf("job: list %s: %w", w.Dir, err)
	}
	before := w.last
	w.last = now
	partners, err := w.Works.Store.Distributors(ctx)
	if err != nil {
		return err
	}
	var strays []string
	for _, name := range sorted(now) {
		if before[name] != now[name] {
			continue
		}
		stray, err := w.takeSettled(ctx, partners, name, now[name])
		if err != nil {
			return err
		}
		if stray {
			strays = append(strays, name)
		}
	}
	return w.tell(ctx, strays)
}

// takeSettled takes a file in that does not grow any more, once as it is; stray where no
// partner is its owner.
func (w *Watcher) takeSettled(ctx context.Context, partners []honne.Distributor, name, as string) (stray bool, err error) {
	taken, found, err := w.Works.Store.Setting(ctx, takenKey(name))
	if err != nil || found && taken == as {
		return false, err
	}
	to, ok := owner(partners, name)
	if !ok {
		return true, nil
	}
	if err := w.take(ctx, to, name); err != nil {
		return false, err
	}
	return false, w.Works.Store.SetSetting(ctx, takenKey(name), as)
}

func takenKey(name string) string { return "watch.taken." + name }

// list returns the files of the folder by name with /, each with its size and
// the time of its last change, which only tell whether it changed.
func (w *Watcher) list() (map[string]string, error) {
	out := map[string]string{}
	err := fs.WalkDir(os.DirFS(w.Dir), ".", func(name string, d fs.DirEntry, err error) error {
		base := path.Base(name)
		switch {
		case err != nil:
			return err
		case name != "." && strings.HasPrefix(base, "."), strings.HasPrefix(base, "~$"):
			if d.IsDir() {
				return fs.SkipDir
			}
			return nil
		case !d.Type().IsRegular():
			return nil
		}
		info, err := d.Info()
		if errors.Is(err, fs.ErrNotExist) {
			return nil // gone since it was listed
		}
		if err == nil {
			out[name] = fmt.Sprintf("%d %d", info.Size(), info.ModTime().UnixNano())
		}
		return err
	})
	return out, err
}

func sorted(files map[string]string) []string {
	out := make([]string, 0, len(files))
	for name := range files {
		out = append(out, name)
	}
	slices.Sort(out)
	return out
}

// owner is the partner whose folder a file stands in.
func owner(partners []honne.Distributor, name string) (honne.DistributorID, bool) {
	folder, _, below := strings.Cut(name, "/")
	var real []honne.Distributor
	for _, d := range partners {
		if below && (folder == d.Slug || folder == d.Profile.Name || folder == d.Profile.NameJA) {
			return d.ID, true
		}
		if !d.Sample {
			real = append(real, d)
		}
	}
	if !below && len(real) == 1 {
		return real[0].ID, true
	}
	return 0, false
}

func (w *Watcher) take(ctx context.Context, to honne.DistributorID, name string) error {
	f, err := os.OpenInRoot(w.Dir, name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	defer f.Close()
	receipt := intake.ReceivedByName(name, w.Works.Playbook)
	if receipt.At.IsZero() {
		receipt.At = w.Now()
	}
	id, err := w.Works.Take(ctx, Arrival{Distributor: to, Name: path.Base(name), Bytes: f, Receipt: receipt})
	var same *honne.Duplicate
	if errors.As(err, &same) {
		return nil // in force already
	}
	if err != nil {
		return err
	}
	return w.Read(ctx, id)
}

// tell keeps the list of strays where the page finds it.
func (w *Watcher) tell(ctx context.Context, strays []string) error {
	text, err := json.Marshal(strays)
	if err != nil {
		return err
	}
	was, _, err := w.Works.Store.Setting(ctx, StraysKey)
	if err != nil || was == string(text) {
		return err
	}
	return w.Works.Store.SetSetting(ctx, StraysKey, string(text))
}
