package main

import (
	"fmt"
	"os"
	"path/filepath"

	"honne"
	"honne/internal/inspect"
	"honne/internal/lang"
	"honne/internal/playbook"
)

type playbookTry struct {
	where
	Dir  string `arg:"" help:"Folder of the playbook to try."`
	Lang string `default:"en" enum:"en,ja" help:"Language: en or ja."`
}

// Run judges every distributor of the database as it was known today and at the ends
// of the last eight quarters, by the playbook in force and by the one to try, and
// says what would have been judged otherwise. Nothing is kept, and no page shows it.
func (c playbookTry) Run(e *env) error {
	book, err := tryable(c.Dir)
	if err != nil {
		return err
	}
	a, err := c.openThere(e)
	if err != nil {
		return err
	}
	defer a.close()
	all, err := a.store.Distributors(e.ctx)
	if err != nil {
		return err
	}
	other := 0
	for _, d := range all {
		differs, err := c.try(e, a, d, book)
		if err != nil {
			return err
		}
		if differs {
			other++
		}
	}
	fmt.Fprintln(e.out, e.lang.Say(lang.Language(c.Lang), honne.Say("cli.tried", honne.Text("tried", book.String()), honne.Text("now", e.book.String()),
		honne.Count("n", other), honne.Count("of", len(all)))))
	return nil
}

// tryable loads the playbook of a folder, which has to be without a fault.
func tryable(folder string) (*playbook.Playbook, error) {
	dir, err := filepath.Abs(folder)
	if err != nil {
		return nil, err
	}
	if _, err := os.Stat(filepath.Join(dir, "playbook.yaml")); err != nil {
		return nil, fmt.Errorf("%s holds no playbook: name a folder with a playbook.yaml, such as a changed copy of playbooks/japan", folder)
	}
	book, err := playbook.Load(os.DirFS(filepath.Dir(dir)), filepath.Base(dir))
	if err == nil {
		err = inspect.Check(book)
	}
	if err != nil {
		return nil, fmt.Errorf("%w\nhonne playbook check %s lists every fault with its line", err, folder)
	}
	return book, nil
}

// try prints the days of a distributor that would have been told otherwise.
func (c playbookTry) try(e *env, a *app, d honne.Distributor, book *playbook.Playbook) (differs bool, err error) {
	l := lang.Language(c.Lang)
	name := d.Profile.Name
	if l == lang.JA && d.Profile.NameJA != "" {
		name = d.Profile.NameJA
	}
	on := honne.DateOf(e.now())
	if known, err := a.store.KnownDates(e.ctx, d.ID); d.Sample && err == nil && len(known) > 0 {
		on = known[len(known)-1] // a sample stands still on its own last day
	}
	fmt.Fprintln(e.out, name)
	looked := 0
	for _, day := range inspect.TrialDays(d.Profile.FiscalStart(), on) {
		r, err := a.store.Record(e.ctx, d.ID, honne.AsOf{Known: day})
		if err != nil {
			return false, err
		}
		if r.Files == 0 { // nothing was known yet
			continue
		}
		looked++
		r.Log.RedFlags = nil // counsel looks at them, in the application
		r.WithholdVoices()
		for _, x := range inspect.Differences(inspect.Picture(r, e.book), inspect.Picture(r, book)) {
			differs = true
			band := func(b honne.Band) string { return e.lang.Text(l, x.Word(b)) }
			fmt.Fprintf(e.out, "  %s  %s: %s → %s\n", day, e.lang.Text(l, x.Of), band(x.Was), band(x.Would))
		}
	}
	if !differs {
		fmt.Fprintf(e.out, "  %s\n", e.lang.Say(l, honne.Say("cli.tried-same", honne.Count("n", looked))))
	}
	return differs, nil
}
