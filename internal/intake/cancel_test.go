package intake

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strings"
	"testing"

	"honne"
	"honne/internal/honnetest"
	"honne/internal/sample"
)

// leaver is a file whose reader leaves at a call of ReadAt: the n-th from 0.
type leaver struct {
	io.ReaderAt
	n     int
	leave context.CancelFunc
	after int // calls after that
}

func (l *leaver) ReadAt(p []byte, off int64) (int, error) {
	if l.n == 0 {
		l.leave()
	} else if l.n < 0 {
		l.after++
	}
	l.n--
	return l.ReaderAt.ReadAt(p, off)
}

// reads are the ways in which intake is asked about a file.
func reads(t *testing.T) map[string]func(context.Context, honne.File) error {
	book := testBook(t)
	at := honne.Address{Range: honne.Range{From: honne.Cell{Row: 1, Col: 1}, To: honne.Cell{Row: 9, Col: 9}}}
	return map[string]func(context.Context, honne.File) error{
		"Read": func(ctx context.Context, f honne.File) error {
			r, err := Read(ctx, f, book, honne.Memory{})
			if err == nil {
				for _, err = range r.Lines {
				}
			}
			return err
		},
		"Inside": func(ctx context.Context, f honne.File) error {
			for _, err := range Inside(ctx, f, book) {
				if err != nil {
					return err
				}
			}
			return nil
		},
		"Look": func(ctx context.Context, f honne.File) error {
			_, err := Look(ctx, f, book, honne.Memory{}, 0, 1, 9)
			return err
		},
		"Excerpt": func(ctx context.Context, f honne.File) error {
			_, err := Excerpt(ctx, f, at)
			return err
		},
	}
}

// leaveAt asks for a file and leaves at the n-th read of its bytes. It returns
// how many reads there were after that, and the error.
func leaveAt(t *testing.T, use func(context.Context, honne.File) error, s seed, n int) (after int, err error) {
	ctx, leave := context.WithCancel(t.Context())
	defer leave()
	l := &leaver{bytes.NewReader(s.raw), n, leave, 0}
	err = use(ctx, honne.File{Name: s.name, Size: int64(len(s.raw)), Bytes: l})
	return l.after, err
}

// TestProofLeaving wants every format to stop for a reader who leaves, at
// whatever read of the bytes but the last: no further byte is asked for, and the
// error is that of the context.
func TestProofLeaving(t *testing.T) {
	points, most := 0, 8
	if honnetest.Long() {
		most = 1 << 20
	}
	for _, s := range seeds(t) {
		for name, use := range reads(t) {
			const never = 1 << 30
			whole := &leaver{bytes.NewReader(s.raw), never, nil, 0}
			_ = use(t.Context(), honne.File{Name: s.name, Size: int64(len(s.raw)), Bytes: whole}) // a file without such a sheet is no matter here
			last := never - whole.n - 1
			for n := 0; n < last; n += 1 + last/most {
				points++
				if after, err := leaveAt(t, use, s, n); !errors.Is(err, context.Canceled) || after > 0 {
					t.Errorf("%s of %s: left at read %d of %d, %d reads after it: %v", name, s.name, n, last, after, err)
				}
			}
		}
	}
	honnetest.Held(t, "readers who leave", "at %d points of %d formats", points, len(formats(t))-1)
}

// TestLeavingTheLines wants a pass over the lines of a large file to end soon
// after its reader left.
func TestLeavingTheLines(t *testing.T) {
	const rows = 20_000
	word := func(f string) string { return strings.Repeat(f, rows) }
	cell := func(s string) string { return "<w:tc><w:p><w:r><w:t>" + s + "</w:t></w:r></w:p></w:tc>" }
	head, body := "", ""
	for i, c := range []string{"得意先名", "品番", "数量", "金額"} {
		head += cell(c)
		body += cell([]string{"青葉病院", "NS-1", "2", "200"}[i])
	}
	document := honnetest.Zip(
		honnetest.Entry{Name: "[Content_Types].xml", Body: "<Types/>"},
		honnetest.Entry{Name: "_rels/.rels", Body: `<Relationships><Relationship Id="r" Type="x/officeDocument" Target="word/document.xml"/></Relationships>`},
		honnetest.Entry{Name: "word/document.xml", Body: "<w:document><w:body><w:tbl><w:tr>" + head + "</w:tr>" + word("<w:tr>"+body+"</w:tr>") + "</w:tbl></w:body></w:document>"})
	large := []seed{
		{"売上_202504.csv", honne.CSV, made(t, func(w io.Writer) error { return sample.BigCSV(w, rows) })},
		{"売上_202504.xlsx", honne.XLSX, made(t, func(w io.Writer) error { return sample.BigXLSX(w, rows, 8) })},
		{"売上_202504.html", honne.HTML, []byte("<table><tr><td>得意先名<td>品番<td>数量<td>金額" + word("<tr><td>青葉病院<td>NS-1<td>2<td>200") + "</table>")},
		{"売上_202504.docx", honne.DOCX, document},
	}
	for _, s := range large {
		ctx, leave := context.WithCancel(t.Context())
		r, err := Read(ctx, honne.File{Name: s.name, Size: int64(len(s.raw)), Bytes: bytes.NewReader(s.raw)}, testBook(t), honne.Memory{})
		if err != nil || r.Format != s.format {
			t.Fatal(r.Format, err)
		}
		n := 0
		for _, err = range r.Lines {
			n++
			leave()
		}
		if n > rows/2 || !errors.Is(err, context.Canceled) {
			t.Errorf("%s: %d lines of %d after the reader left: %v", s.name, n, rows, err)
		}
		leave()
		if _, err := Read(ctx, honne.File{Name: s.name, Size: int64(len(s.raw)), Bytes: bytes.NewReader(s.raw)}, testBook(t), honne.Memory{}); err == nil {
			t.Errorf("%s: read for nobody", s.name)
		}
	}
}
