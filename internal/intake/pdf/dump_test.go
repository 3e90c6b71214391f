package pdf

import (
	"bytes"
	"fmt"
	"honne/internal/intake/grid"
	"os"
	"strings"
	"testing"
)

func TestDump(t *testing.T) {
	for _, n := range strings.Fields(os.Getenv("PDFS")) {
		raw, _ := os.ReadFile(n)
		b, err := Open(t.Context(), bytes.NewReader(raw), int64(len(raw)))
		fmt.Println("=====", n, err)
		if err != nil {
			continue
		}
		for _, s := range b.Sheets() {
			m, _ := b.Merges(t.Context(), s.Index)
			fmt.Println("--", s.Name, m)
			b.Each(t.Context(), s.Index, func(r *grid.Row) error {
				var c []string
				for _, x := range r.Cells {
					c = append(c, fmt.Sprintf("%d=%q", x.Col, x.Text))
				}
				fmt.Println(r.N, strings.Join(c, " | "))
				return nil
			})
		}
		fmt.Println(b.Problems())
	}
}
