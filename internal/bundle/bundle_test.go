package bundle_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"

	"honne"
	"honne/internal/bundle"
	"honne/internal/honnetest"
)

var kind = bundle.Kind{Format: "test", Version: 2}

func made(t *testing.T, k bundle.Kind, parts ...string) []byte {
	t.Helper()
	var out bytes.Buffer
	w := bundle.NewWriter(&out)
	for i := 0; i < len(parts); i += 2 {
		p, err := w.Part(parts[i])
		if err == nil {
			_, err = io.WriteString(p, parts[i+1])
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(k, map[string]int{"lines": 3}); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func opened(raw []byte, limit int64) (*bundle.Reader, error) {
	return bundle.Open(bytes.NewReader(raw), int64(len(raw)), kind, limit)
}

func TestBundle(t *testing.T) {
	raw := made(t, kind, "a.json", "[1]", "b/c.txt", strings.Repeat("検収済み", 5000))
	if !bytes.Equal(raw, made(t, kind, "a.json", "[1]", "b/c.txt", strings.Repeat("検収済み", 5000))) {
		t.Error("the same parts give other bytes")
	}
	b, err := opened(raw, 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	in, err := b.Part("b/c.txt")
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	text, err := io.ReadAll(in)
	if about := map[string]int{}; err != nil || len(text) != 5000*len("検収済み") || len(b.Parts()) != 2 || b.About(&about) != nil || about["lines"] != 3 {
		t.Errorf("%d bytes, %v, %v", len(text), b.Parts(), err)
	}
	if _, err := b.Part("manifest.json"); !errors.Is(err, honne.ErrNotFound) {
		t.Errorf("a part that is none: %v", err)
	}
}

// again writes the entries of a bundle anew, each as change wants it; what it
// adds to more comes at the end.
func again(t *testing.T, raw []byte, change func(name, body string) (string, bool), more ...string) []byte {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		t.Fatal(err)
	}
	var entries []honnetest.Entry
	for _, f := range z.File {
		in, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(in)
		if err != nil {
			t.Fatal(err)
		}
		if text, keep := change(f.Name, string(body)); keep {
			entries = append(entries, honnetest.Entry{Name: f.Name, Body: text})
		}
	}
	for i := 0; i < len(more); i += 2 {
		entries = append(entries, honnetest.Entry{Name: more[i], Body: more[i+1]})
	}
	return honnetest.Zip(entries...)
}

func TestWhatIsRefused(t *testing.T) {
	raw := made(t, kind, "a.json", "[1]", "b.json", "[2]")
	only := func(at, to string) []byte {
		return again(t, raw, func(name, body string) (string, bool) {
			if name == at {
				return to, to != "-"
			}
			return body, true
		})
	}
	swapped := again(t, raw, func(name, body string) (string, bool) {
		return map[string]string{"a.json": "[2]", "b.json": "[1]", "manifest.json": body}[name], true
	})
	same := func(_, body string) (string, bool) { return body, true }
	for name, c := range map[string]struct {
		raw []byte
		why string
	}{
		"cut":                 {raw[:len(raw)-30], bundle.Cut},
		"empty":               {nil, bundle.Cut},
		"edited":              {only("a.json", "[9]"), bundle.Altered},
		"longer":              {only("a.json", "[1] "), bundle.Altered},
		"swapped":             {swapped, bundle.Altered},
		"a part missing":      {only("b.json", "-"), bundle.Missing},
		"no manifest":         {only("manifest.json", "-"), bundle.Foreign},
		"manifest no JSON":    {only("manifest.json", "x"), bundle.Altered},
		"one part added":      {again(t, raw, same, "c.json", "[]"), bundle.Foreign},
		"one part twice":      {again(t, raw, same, "a.json", "[1]"), bundle.Foreign},
		"of another kind":     {made(t, bundle.Kind{Format: "other", Version: 1}), bundle.Foreign},
		"of a later program":  {made(t, bundle.Kind{Format: "test", Version: 3}), bundle.Newer},
		"larger than allowed": {made(t, kind, "a", strings.Repeat("x", 2000)), bundle.Large},
	} {
		_, err := opened(c.raw, 1000)
		var damage *bundle.Damage
		if !errors.As(err, &damage) || damage.Why != c.why || !errors.Is(err, honne.ErrInvalid) || err.Error() == "" {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Every byte of a bundle that is flipped is noticed, or changes nothing that is
// read.
func TestEveryFlippedByte(t *testing.T) {
	raw := made(t, kind, "a.json", "[1]", "b.json", "[2]")
	for i := range raw {
		bad := bytes.Clone(raw)
		bad[i] ^= 0x20
		b, err := opened(bad, 0)
		if err != nil {
			continue
		}
		for name, want := range map[string]string{"a.json": "[1]", "b.json": "[2]"} {
			in, err := b.Part(name)
			if err != nil {
				t.Fatalf("byte %d: %v", i, err)
			}
			if got, err := io.ReadAll(in); err != nil || string(got) != want {
				t.Errorf("byte %d: %s is %q, %v", i, name, got, err)
			}
		}
	}
}

func FuzzOpen(f *testing.F) {
	var out bytes.Buffer
	w := bundle.NewWriter(&out)
	if p, err := w.Part("a"); err == nil {
		_, _ = p.Write([]byte("[1]"))
	}
	_ = w.Close(kind, nil)
	f.Add(out.Bytes())
	f.Fuzz(func(t *testing.T, raw []byte) {
		b, err := opened(raw, 1<<16)
		if err != nil {
			return
		}
		for _, p := range b.Parts() {
			in, err := b.Part(p.Name)
			if err != nil {
				t.Fatal(err)
			}
			if n, err := io.Copy(io.Discard, in); err != nil || n != p.Size {
				t.Fatalf("%s: %d of %d, %v", p.Name, n, p.Size, err)
			}
		}
	})
}
