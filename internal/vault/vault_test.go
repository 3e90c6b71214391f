package vault

import (
	"context"
	"errors"
	"io"
	"os"
	"strings"
	"testing"
	"testing/iotest"

	"honne"
)

func TestPutTwiceIsOneOriginal(t *testing.T) {
	ctx := context.Background()
	v := open(t)
	const text = "検収済み"
	first, size, err := v.Put(ctx, strings.NewReader(text))
	second, _, err2 := v.Put(ctx, strings.NewReader(text))
	if err != nil || err2 != nil || first != second || size != int64(len(text)) {
		t.Fatalf("put %s %d %v, then %s %v", first, size, err, second, err2)
	}
	f, size, err := v.Open(ctx, first)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	got, err := io.ReadAll(io.NewSectionReader(f, 0, size))
	if err != nil || string(got) != text {
		t.Errorf("read %q, %v", got, err)
	}
	if err := v.Verify(ctx); err != nil {
		t.Error(err)
	}
}

func TestPutLeavesNothingBehindWhenTheReaderFails(t *testing.T) {
	v := open(t)
	broken := errors.New("the line went dead")
	if _, _, err := v.Put(context.Background(), iotest.ErrReader(broken)); !errors.Is(err, broken) {
		t.Errorf("got %v", err)
	}
	left, err := os.ReadDir(v.dir + "/" + incoming)
	if err != nil || len(left) != 0 {
		t.Errorf("left behind: %v %v", left, err)
	}
}

func TestOpenRefuses(t *testing.T) {
	v := open(t)
	for sum, want := range map[string]error{
		strings.Repeat("ab", 32): honne.ErrNotFound,
		"../../etc/passwd":       honne.ErrInvalid,
		"":                       honne.ErrInvalid,
	} {
		if _, _, err := v.Open(context.Background(), sum); !errors.Is(err, want) {
			t.Errorf("open %q: %v, want %v", sum, err, want)
		}
	}
}

// Whether an original is there is known of one that nobody may read.
func TestHoldsOpensNothing(t *testing.T) {
	v := open(t)
	sum, _, err := v.Put(context.Background(), strings.NewReader("検収済み"))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(v.path(sum), 0); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]bool{sum: true, strings.Repeat("ab", 32): false} {
		if got, err := v.Holds(name); got != want || err != nil {
			t.Errorf("holds %s: %v, %v", name, got, err)
		}
	}
	if _, err := v.Holds("../../etc/passwd"); !errors.Is(err, honne.ErrInvalid) {
		t.Errorf("what is no sum: %v", err)
	}
}

func TestVerifyFindsAFlippedBit(t *testing.T) {
	ctx := context.Background()
	v := open(t)
	sum, _, err := v.Put(ctx, strings.NewReader("売上"))
	if err != nil {
		t.Fatal(err)
	}
	path := v.path(sum)
	if err := errors.Join(os.Chmod(path, 0o600), os.WriteFile(path, []byte("壳上"), 0o600)); err != nil {
		t.Fatal(err)
	}
	if err := v.Verify(ctx); err == nil || !strings.Contains(err.Error(), sum) {
		t.Errorf("verify says %v", err)
	}
}

func open(t *testing.T) *Vault {
	v, err := Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	return v
}
