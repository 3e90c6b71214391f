package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"honne"
	"honne/internal/intake"
	"honne/internal/lang"
	"honne/internal/playbook"
)

// folder is a distributor's folder: what distributor.yaml says, and the files
// in the order in which they were received.
type folder struct {
	dir    string
	inside string // where the files lie that stand in archives; "" when there are none
	says   playbook.Folder
	files  []arrival

	letters *os.File       // the kept messages, a JSON object each; nil when there are none
	days    []honne.Date   // on which they came
	domains honne.Domains  // whose mail is whose
	assumed *honne.Problem // that nobody has stated them
}

// arrival is a file of a folder and what is known of how it came.
type arrival struct {
	path     string         // within the folder, with /; archive.zip/売上.xlsx inside an archive
	file     string         // where its bytes lie on this disk
	shut     *honne.Problem // why an archive does not give it; nil for all others
	receipt  honne.Receipt
	from     honne.Side
	kind     honne.Series
	topic    honne.Topic
	currency honne.Currency
	mail     *honne.Domains // of a mailbox: whose messages in it are kept; nil for other files
	byName   bool           // nothing but its name says where it stands among the others
}

const profileName = "distributor.yaml"

// openFolder lists a distributor's folder and unpacks the archives in it; a
// distributor.yaml that cannot be understood ends the command, because
// everything else would be read wrongly. The folder must be closed.
func openFolder(e *env, dir string) (folder, error) {
	f := folder{dir: dir}
	info, err := os.Stat(dir)
	if err != nil {
		return f, err
	}
	if !info.IsDir() {
		return f, fmt.Errorf("%s is a file; honne read reads files, honne inspect a folder", dir)
	}
	b, err := os.ReadFile(filepath.Join(dir, profileName))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return f, err
	}
	if f.says, err = playbook.ReadProfile(b, profileName); err != nil {
		return f, err
	}
	if err := f.says.Refuse(e.book, profileName, func(m honne.Message) string { return e.lang.Say(lang.EN, m) }); err != nil {
		return f, err
	}
	if f.says.Profile.Name == "" {
		f.says.Profile.Name = filepath.Base(filepath.Clean(dir))
	}
	if err := f.list(e); err != nil {
		return f, errors.Join(err, f.close())
	}
	return f, nil
}

// close removes what was unpacked.
func (f *folder) close() error {
	if f.inside == "" {
		return nil
	}
	var err error
	if f.letters != nil {
		err = f.letters.Close()
	}
	return errors.Join(err, os.RemoveAll(f.inside))
}

// problems are what distributor.yaml says of files that are not there, each at
// its line, and a folder without any file.
func (f *folder) problems() []honne.Problem {
	there := map[string]bool{}
	for _, a := range f.files {
		for p := a.path; p != "."; p = path.Dir(p) { // the archives around it are there too
			there[p], there[path.Base(p)] = true, true
		}
	}
	var out []honne.Problem
	for _, n := range f.says.Named {
		if there[n.File] && (n.Key == "received" || f.has(n.File)) {
			continue
		}
		cell := honne.Cell{Row: int32(n.Line), Col: 1}
		out = append(out, honne.Problem{At: honne.Address{Range: honne.Range{From: cell, To: cell}}, Severity: honne.SevWarning,
			What: honne.Say("cli.not-there", honne.Text("setting", profileName), honne.Count("line", n.Line), honne.Text("key", n.Key), honne.Text("file", n.File))})
	}
	if f.assumed != nil {
		out = append(out, *f.assumed)
	}
	if len(f.files) == 0 {
		out = append(out, honne.Problem{Severity: honne.SevWarning, What: honne.Say("cli.empty-folder", honne.Text("folder", f.dir))})
	}
	return out
}

// has reports whether the folder holds a file of exactly that path.
func (f *folder) has(name string) bool {
	return slices.ContainsFunc(f.files, func(a arrival) bool { return a.path == name })
}

// list finds the files, the hidden ones and Excel's lock files left out.
func (f *folder) list(e *env) error {
	names, err := filesBelow(f.dir)
	if err == nil {
		err = f.whose(e, names)
	}
	for _, name := range names {
		if err == nil {
			err = f.add(e, name)
		}
	}
	inOrder(f.files)
	if i := slices.IndexFunc(f.files, func(a arrival) bool { return a.path == f.says.Products }); i > 0 {
		own := f.files[i] // the others are held against it
		f.files = slices.Insert(slices.Delete(f.files, i, i+1), 0, own)
	}
	markNames(f.files, e.book.Kind)
	return err
}

// filesBelow are the files below a folder but its profile, hidden ones and those that
// programs keep while they are open.
func filesBelow(dir string) ([]string, error) {
	var names []string
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name := d.Name()
		if path != dir && strings.HasPrefix(name, ".") || strings.HasPrefix(name, "~$") {
			if d.IsDir() {
				return filepath.SkipDir
			}
			return nil
		}
		rel, err := filepath.Rel(dir, path)
		if err != nil || d.IsDir() || !d.Type().IsRegular() || filepath.ToSlash(rel) == profileName {
			return err
		}
		names = append(names, filepath.ToSlash(rel))
		return nil
	})
	return names, err
}

// add lists a file of the folder, or the files in it.
func (f *folder) add(e *env, name string) error {
	a := f.arrival(e, name)
	file, err := os.Open(a.file)
	if err != nil {
		return err
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return err
	}
	whole := honne.File{Name: name, Size: info.Size(), Bytes: file, Receipt: a.receipt, From: a.from, Kind: a.kind,
		Currency: a.currency, Closing: f.says.Profile.ClosingDay, Domains: &f.domains, Password: e.filePassword}
	held := false
	if intake.IsMail(whole) && len(f.domains.Theirs) > 0 {
		a.mail, a.receipt = &f.domains, honne.Receipt{Basis: honne.ByLoad}
		f.files, held = append(f.files, a), true
	}
	for in, err := range intake.Inside(e.ctx, whole, e.book) {
		if err == nil {
			err = f.unpack(e, in)
		}
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		held = true
	}
	if !held {
		f.files = append(f.files, a)
	}
	return nil
}

// unpack lists a file in a file and keeps its bytes until the folder is closed,
// under a name of ours.
func (f *folder) unpack(e *env, in intake.Inner) (err error) {
	if in.Mail != nil {
		return f.keepLetter(*in.Mail)
	}
	a := f.arrival(e, in.Name)
	if a.kind == "" && in.Kind != "" {
		a.kind, a.from, a.currency = in.Kind, in.From, in.Currency
	}
	if a.receipt.Basis != honne.Stated {
		a.receipt = in.Receipt
	}
	if a.shut = in.Shut; a.shut == nil {
		if a.file, err = f.keep(io.NewSectionReader(in.Bytes, 0, in.Size)); err != nil {
			return err
		}
	}
	f.files = append(f.files, a)
	return nil
}

// temp makes a file that ends with the folder.
func (f *folder) temp() (_ *os.File, err error) {
	if f.inside == "" {
		if f.inside, err = os.MkdirTemp("", "honne-inside-"); err != nil {
			return nil, err
		}
	}
	return os.CreateTemp(f.inside, "")
}

func (f *folder) keep(bytes io.Reader) (path string, err error) {
	tmp, err := f.temp()
	if err != nil {
		return "", err
	}
	_, err = io.Copy(tmp, bytes)
	return tmp.Name(), errors.Join(err, tmp.Close())
}

func (f *folder) arrival(e *env, path string) arrival {
	a := arrival{path: path, file: filepath.Join(f.dir, filepath.FromSlash(path)), from: honne.Theirs, receipt: f.receipt(e, path)}
	switch path {
	case f.says.Targets:
		a.kind, a.from = honne.Target, honne.Ours
	case f.says.Products:
		a.topic, a.from = honne.ProductList, honne.Ours
	case f.says.Market:
		a.kind, a.from = honne.Market, honne.Third
	default:
		if slices.Contains(f.says.Shipments, path) {
			a.kind = honne.Shipments
		}
		if a.kind == honne.Shipments || e.book.OurShipments(path) {
			a.from, a.currency = honne.Ours, f.says.Profile.Currency
		}
	}
	return a
}

// receipt is what distributor.yaml says of the file; else what its name says.
func (f *folder) receipt(e *env, path string) honne.Receipt {
	for _, name := range []string{path, filepath.Base(path)} {
		if day, ok := f.says.Received[name]; ok {
			return honne.Receipt{At: intake.Later(day.At(12, 0), path), Basis: honne.Stated}
		}
	}
	return intake.ReceivedByName(path, e.book)
}
