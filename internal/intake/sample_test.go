package intake

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"honne"
	"honne/internal/sample"
)

func TestSamplesDump(t *testing.T) {
	book := testBook(t)
	if dir := os.Getenv("SAMPLES"); dir != "" {
		if err := sample.Write(dir, sample.Demo); err != nil {
			t.Fatal(err)
		}
	}
	all, err := sample.All(sample.Demo)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range all {
		for _, f := range d.Files {
			if filepath.Ext(f.Path) == ".yaml" {
				continue
			}
			in := honne.File{Name: f.Path, Size: int64(len(f.Bytes)), Bytes: bytes.NewReader(f.Bytes)}
			switch f.Path {
			case "targets.csv":
				in.Kind = honne.Target
			case "market.csv":
				in.Kind = honne.Market
			}
			r, err := Read(context.Background(), in, book, honne.Memory{})
			if err != nil {
				t.Fatal(err)
			}
			fmt.Printf("%s/%s %s\n", d.Slug, f.Path, r.Encoding)
			for _, tb := range r.Tables {
				fmt.Printf("   %s h=%s b=%s rows=%d %s kind=%s unit=%s period=%s check=%v excl=%d\n", tb.Sheet, tb.Header, tb.Body, tb.Rows, tb.Layout, tb.Kind, tb.Unit, tb.Period, tb.Check, len(tb.Excluded))
			}
			for _, p := range r.Parts {
				fmt.Printf("   part %s %v..%v (%d) lines=%d level=%d %+v cur=%s\n", p.Series, p.Periods[0], p.Periods[len(p.Periods)-1], len(p.Periods), p.Lines, p.Holds.Level(), p.Holds, p.Currency)
			}
			for i, p := range r.Problems {
				if i < 5 {
					fmt.Println("   problem", p.At, p.Severity, p.What.ID, p.What.Args, p.Raw)
				}
			}
		}
	}
}
