// Package bundle owns the form in which a house hands something over as one
// file: a zip of parts and, as its last entry, a manifest that names every part
// with its length and SHA-256. It refuses to give out a part before all of them
// were compared with the manifest, and does not know what parts mean.
package bundle

import (
	"archive/zip"
	"compress/flate"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"
	"slices"

	"honne"
)

// Part is a part as the manifest names it.
type Part struct {
	Name   string `json:"name"`
	Size   int64  `json:"size"`
	SHA256 string `json:"sha256"`
}

// manifestName is the last entry; manifestLimit bounds what is read of one that
// somebody else wrote.
const (
	manifestName  = "manifest.json"
	manifestLimit = 8 << 20
)

type manifest struct {
	Format  string          `json:"format"`
	Version int             `json:"version"`
	About   json.RawMessage `json:"about"`
	Parts   []Part          `json:"parts"`
}

// Kind is what a bundle holds, and the version of how it does.
type Kind struct {
	Format  string
	Version int
}

// Why a bundle is refused.
const (
	Cut     = "cut"     // it is no zip, or its end is missing
	Altered = "altered" // a part holds other bytes than the manifest says
	Missing = "missing" // a part of the manifest is not there
	Foreign = "foreign" // it holds something else, or a part that the manifest does not name
	Newer   = "newer"   // a later program wrote it
	Large   = "large"   // it is larger than it may be
)

// Damage is why a bundle is refused, and in which part.
type Damage struct{ Why, Part string }

// Error says what is wrong and what to do.
func (d *Damage) Error() string {
	switch d.Why {
	case Cut:
		return "the file is no whole bundle: its end is missing or it is another kind of file; copy it again from where it was made"
	case Altered:
		return fmt.Sprintf("%s was altered since the file was made: copy it again from where it was made, or use another one", d.Part)
	case Missing:
		return fmt.Sprintf("%s is missing from the file: copy it again from where it was made, or use another one", d.Part)
	case Newer:
		return "a newer program wrote this file: use that program"
	case Large:
		return "the file is larger than it may be"
	}
	return fmt.Sprintf("the file is another kind than is asked for, or something was added to it: %s", d.Part)
}

// Is makes errors.Is(err, honne.ErrInvalid) true.
func (d *Damage) Is(target error) bool { return target == honne.ErrInvalid }

// Writer writes a bundle in one go; its memory does not grow with the parts.
type Writer struct {
	zip   *zip.Writer
	parts []Part
	open  *partWriter
}

// NewWriter begins a bundle.
func NewWriter(w io.Writer) *Writer {
	z := zip.NewWriter(w)
	z.RegisterCompressor(zip.Deflate, func(out io.Writer) (io.WriteCloser, error) { return flate.NewWriter(out, flate.BestSpeed) })
	return &Writer{zip: z}
}

type partWriter struct {
	to   io.Writer
	hash hash.Hash
	part Part
}

func (p *partWriter) Write(b []byte) (int, error) {
	n, err := p.to.Write(b)
	p.hash.Write(b[:n])
	p.part.Size += int64(n)
	return n, err
}

// Part begins the next part. What it returns may be written to until the next
// call of a method.
func (w *Writer) Part(name string) (io.Writer, error) {
	w.end()
	to, err := w.zip.Create(name)
	if err != nil {
		return nil, fmt.Errorf("bundle: write %s: %w", name, err)
	}
	w.open = &partWriter{to: to, hash: sha256.New(), part: Part{Name: name}}
	return w.open, nil
}

func (w *Writer) end() {
	if p := w.open; p != nil {
		p.part.SHA256 = hex.EncodeToString(p.hash.Sum(nil))
		w.parts = append(w.parts, p.part)
		w.open = nil
	}
}

// Close ends the bundle with its manifest: about is what the bundle says of
// itself, as JSON.
func (w *Writer) Close(k Kind, about any) error {
	w.end()
	said, err := json.Marshal(about)
	if err == nil {
		said, err = json.MarshalIndent(manifest{k.Format, k.Version, said, w.parts}, "", " ")
	}
	var to io.Writer
	if err == nil {
		to, err = w.zip.Create(manifestName)
	}
	if err == nil {
		_, err = to.Write(said)
	}
	if err = errors.Join(err, w.zip.Close()); err != nil {
		return fmt.Errorf("bundle: end: %w", err)
	}
	return nil
}

// Reader is a bundle whose parts are what its manifest says.
type Reader struct {
	manifest manifest
	files    map[string]*zip.File
}

// Open reads the whole bundle once and compares every part with the manifest.
// limit bounds the bytes of all parts together; 0 is none. The error is a
// *Damage where the bundle is at fault.
func Open(r io.ReaderAt, size int64, k Kind, limit int64) (*Reader, error) {
	z, err := zip.NewReader(r, size)
	if err != nil {
		return nil, &Damage{Why: Cut}
	}
	b := &Reader{files: map[string]*zip.File{}}
	for _, f := range z.File {
		if b.files[f.Name] != nil {
			return nil, &Damage{Foreign, f.Name}
		}
		b.files[f.Name] = f
	}
	if err := b.readManifest(k); err != nil {
		return nil, err
	}
	return b, b.compare(limit)
}

func (b *Reader) readManifest(k Kind) error {
	f := b.files[manifestName]
	if f == nil {
		return &Damage{Foreign, "it has no " + manifestName}
	}
	in, err := f.Open()
	if err != nil {
		return &Damage{Why: Cut}
	}
	defer in.Close()
	text, err := io.ReadAll(io.LimitReader(in, manifestLimit))
	if err != nil || json.Unmarshal(text, &b.manifest) != nil {
		return &Damage{Altered, manifestName}
	}
	if m := b.manifest; m.Format != k.Format {
		return &Damage{Foreign, fmt.Sprintf("it is of the kind %.40q", m.Format)}
	}
	if b.manifest.Version > k.Version {
		return &Damage{Why: Newer}
	}
	return nil
}

// compare finds what is missing, altered, or not named.
func (b *Reader) compare(limit int64) error {
	named, total := map[string]bool{manifestName: true}, int64(0)
	for _, p := range b.manifest.Parts {
		f := b.files[p.Name]
		if named[p.Name] || p.Size < 0 {
			return &Damage{Altered, manifestName}
		}
		if named[p.Name] = true; f == nil {
			return &Damage{Missing, p.Name}
		}
		if total += p.Size; limit > 0 && total > limit {
			return &Damage{Why: Large}
		}
		if err := check(f, p); err != nil {
			return err
		}
	}
	for name := range b.files {
		if !named[name] {
			return &Damage{Foreign, name}
		}
	}
	return nil
}

// check reads a part, and no more of it than it should be long.
func check(f *zip.File, p Part) error {
	in, err := f.Open()
	if err != nil {
		return &Damage{Altered, p.Name}
	}
	defer in.Close()
	sum := sha256.New()
	n, err := io.Copy(sum, io.LimitReader(in, p.Size+1))
	if err != nil || n != p.Size || hex.EncodeToString(sum.Sum(nil)) != p.SHA256 {
		return &Damage{Altered, p.Name}
	}
	return nil
}

// About reads what the bundle says of itself.
func (b *Reader) About(into any) error {
	if err := json.Unmarshal(b.manifest.About, into); err != nil {
		return &Damage{Altered, manifestName}
	}
	return nil
}

// Parts lists the parts in their order.
func (b *Reader) Parts() []Part { return slices.Clone(b.manifest.Parts) }

// Part opens a part; honne.ErrNotFound when there is none of that name.
func (b *Reader) Part(name string) (io.ReadCloser, error) {
	if !slices.ContainsFunc(b.manifest.Parts, func(p Part) bool { return p.Name == name }) {
		return nil, fmt.Errorf("bundle: part %s: %w", name, honne.ErrNotFound)
	}
	in, err := b.files[name].Open()
	if err != nil {
		return nil, fmt.Errorf("bundle: part %s: %w", name, err)
	}
	return in, nil
}
