package eval

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"testing"

	"honne"
	"honne/internal/playbook"
)

// headerTruth is a header and the meanings that are right for it.
type headerTruth struct {
	header   string
	meanings []honne.Meaning
}

// readHeaders reads testdata/headers.txt.
func readHeaders() ([]headerTruth, error) {
	raw, err := os.ReadFile("testdata/headers.txt")
	if err != nil {
		return nil, err
	}
	var out []headerTruth
	for line := range strings.Lines(string(raw)) {
		meanings, headers, ok := strings.Cut(strings.TrimSpace(line), ": ")
		if !ok || strings.HasPrefix(line, "#") {
			continue
		}
		var right []honne.Meaning
		for _, m := range strings.Split(meanings, ",") {
			right = append(right, honne.Meaning(m))
		}
		for _, h := range strings.Split(headers, ", ") {
			out = append(out, headerTruth{h, right})
		}
	}
	return out, nil
}

// likely writes values such as stand below a header of that meaning.
func likely(m honne.Meaning, row int) string {
	_, _, figure := m.Measure()
	switch {
	case figure || m == honne.MUnitPrice || m == honne.MListPrice:
		return fmt.Sprint(1000 + 137*row)
	case m == honne.MRatio:
		return fmt.Sprintf("%d.%d%%", 90+row, row)
	case m == honne.MDate || m == honne.MExpiry:
		return fmt.Sprintf("2025/4/%d", row+1)
	case m == honne.MPeriod:
		return "202504"
	case m == honne.MRowNumber:
		return fmt.Sprint(row + 1)
	case strings.HasSuffix(string(m), "_code") || m == honne.MDocument || m == honne.MLot:
		return fmt.Sprintf("%05d", 731+row)
	case m == honne.MUnitName:
		return "本"
	case m == honne.MeaningUnknown:
		return fmt.Sprint(5 + 31*row)
	}
	return customers[row%len(customers)]
}

// claim is what a reading makes of a header, and how sure it says it is.
type claim struct {
	meaning honne.Meaning
	sure    float64
	right   bool
}

// claims reads a report with each header in turn, beside others that are plain.
func claims(book *playbook.Playbook, truths []headerTruth) ([]claim, error) {
	var out []claim
	for _, h := range truths {
		var b strings.Builder
		fmt.Fprintf(&b, "2025年4月 実績,,\n種類,%s,参考\n", quoted(h.header))
		for row := range 6 {
			fmt.Fprintf(&b, "x%d,%s,y\n", row, quoted(likely(h.meanings[0], row)))
		}
		raw := []byte(b.String())
		r, err := readFile(honne.File{Name: "data.csv", Size: int64(len(raw)), Bytes: bytes.NewReader(raw)}, book)
		if err != nil || len(r.Tables) != 1 || len(r.Tables[0].Columns) < 2 {
			return nil, fmt.Errorf("%s: %d tables, %w", h.header, len(r.Tables), err)
		}
		c := r.Tables[0].Columns[1]
		out = append(out, claim{c.Meaning, c.Confidence, slices.Contains(h.meanings, c.Meaning)})
	}
	return out, nil
}

// printClaims prints how often a meaning was right, by the certainty that the
// reading gave it, and how often it claimed none.
func printClaims(out io.Writer, list []claim) {
	by := map[string]*[2]int{}
	none := 0
	for _, c := range list {
		if c.meaning == honne.MeaningUnknown {
			none++
			continue
		}
		key := fmt.Sprintf("%.2f", c.sure)
		if by[key] == nil {
			by[key] = new([2]int)
		}
		by[key][1]++
		if c.right {
			by[key][0]++
		}
	}
	fmt.Fprintf(out, "%-34s %7s %7s %7s\n", "meanings of headers, by certainty", "claimed", "right", "share")
	for _, key := range slices.Sorted(func(yield func(string) bool) {
		for k := range by {
			if !yield(k) {
				return
			}
		}
	}) {
		n := by[key]
		fmt.Fprintf(out, "%-34s %7d %7d %7.2f\n", "certainty "+key, n[1], n[0], float64(n[0])/float64(n[1]))
	}
	fmt.Fprintf(out, "%-34s %7d\n", "nothing claimed", none)
}

// TestMeaningEvaluation holds how often the meaning of a header is right: one claimed for
// certain always, of all that are claimed all but a few. Asked for, it prints them.
func TestMeaningEvaluation(t *testing.T) {
	truths, err := readHeaders()
	if err != nil {
		t.Fatal(err)
	}
	list, err := claims(testBook(t), truths)
	if err != nil {
		t.Fatal(err)
	}
	claimed, wrong := 0, 0
	for i, c := range list {
		if c.meaning == honne.MeaningUnknown {
			continue
		}
		if claimed++; !c.right {
			wrong++
		}
		if !c.right && c.sure > 0.9 {
			t.Errorf("%s: %s for certain, is %v", truths[i].header, c.meaning, truths[i].meanings)
		}
		if *doubts && !c.right {
			fmt.Printf("%s: %s %.2f, is %v\n", truths[i].header, c.meaning, c.sure, truths[i].meanings)
		}
	}
	if wrong*50 > claimed {
		t.Errorf("of %d meanings %d are wrong", claimed, wrong)
	}
	if *evaluating {
		printClaims(os.Stdout, list)
	}
}
