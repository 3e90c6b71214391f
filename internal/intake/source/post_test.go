package source

import (
	"bytes"
	"io"
	"math"
	"testing"
)

func TestNothingIsReadOutsideTheFile(t *testing.T) {
	d := &disk{r: bytes.NewReader([]byte("x")), size: 1}
	for _, at := range []int64{-1, 1, math.MaxInt64} {
		if n, err := d.ReadAt(make([]byte, 8), at); n != 0 || err != io.EOF || d.failed != nil {
			t.Errorf("at %d: %d, %v", at, n, err)
		}
	}
}
