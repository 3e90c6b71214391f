package main

import (
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"

	"honne"
	"honne/internal/intake"
	"honne/internal/intake/letter"
)

// whose finds out whose mail is whose: what distributor.yaml states, else what
// the heads of all messages in the folder say, where that is clear.
func (f *folder) whose(e *env, names []string) error {
	p := f.says.Profile
	f.domains = honne.Domains{Ours: p.OurDomains, Theirs: p.Domains}
	if f.domains.Known() {
		return nil
	}
	count, found := letter.NewCorrespondence(e.book), false
	for _, name := range names {
		isMail, err := f.count(e, name, count)
		if err != nil {
			return err
		}
		found = found || isMail
	}
	d, clear := count.Propose(p)
	if !found || !clear {
		return nil // each mailbox says that it was not opened
	}
	f.domains = d
	f.says.Profile.OurDomains, f.says.Profile.Domains = d.Ours, d.Theirs
	f.assumed = &honne.Problem{Severity: honne.SevWarning, What: honne.Say("cli.domains-assumed", honne.Text("setting", profileName),
		honne.Text("theirs", d.Theirs[0]), honne.Text("ours", d.Ours[0]))}
	return nil
}

// count adds the messages of a file to a count of whose they are.
func (f *folder) count(e *env, name string, into *letter.Correspondence) (isMail bool, err error) {
	file, err := os.Open(filepath.Join(f.dir, filepath.FromSlash(name)))
	if err != nil {
		return false, err
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return false, err
	}
	whole := honne.File{Name: name, Size: info.Size(), Bytes: file}
	return intake.IsMail(whole), intake.CountCorrespondence(e.ctx, whole, into)
}

// keepLetter keeps a message until the folder is closed.
func (f *folder) keepLetter(m honne.Mail) (err error) {
	if f.letters == nil {
		if f.letters, err = f.temp(); err != nil {
			return err
		}
	}
	b, err := json.Marshal(m)
	if err != nil {
		return err
	}
	if day := m.Receipt.Day(); day != 0 && m.Receipt.Exact() {
		f.days = append(f.days, day)
	}
	_, err = f.letters.Write(append(b, '\n'))
	return err
}

// lettersAtOnce is how many messages are kept in one transaction.
const lettersAtOnce = 500

// takeLetters brings the messages of a folder into the ledger.
func (a *app) takeLetters(e *env, d honne.DistributorID, f folder) error {
	if f.letters == nil {
		return nil
	}
	if _, err := f.letters.Seek(0, io.SeekStart); err != nil {
		return err
	}
	in := json.NewDecoder(f.letters)
	for list := []honne.Mail(nil); ; list = list[:0] {
		var err error
		for len(list) < lettersAtOnce && err == nil {
			var m honne.Mail
			if err = in.Decode(&m); err == nil {
				list = append(list, m)
			}
		}
		if err != nil && !errors.Is(err, io.EOF) {
			return err
		}
		if _, storing := a.store.AddMail(e.ctx, d, list); storing != nil {
			return storing
		}
		if err != nil {
			return a.works.Hear(e.ctx, d)
		}
	}
}

// yearAfter is how far behind all others a day may be: a message of a year that
// nothing else speaks of was written by a clock that is wrong.
const yearAfter = 366

// lastDay is the latest day that the folder itself speaks of: the last receipt
// of a file, or message.
func (f *folder) lastDay() honne.Date {
	days := slices.Clone(f.days)
	for _, a := range f.files {
		if day := a.receipt.Day(); day != 0 {
			days = append(days, day)
		}
	}
	if len(days) == 0 {
		return 0
	}
	slices.Sort(days)
	n := len(days)
	for len(f.days) > 0 && n > 2 && days[n-1]-days[n-2] > yearAfter {
		n--
	}
	return days[n-1]
}
