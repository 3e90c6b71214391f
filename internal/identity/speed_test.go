package identity

import "testing"

// fiftyThousand are the companies, and branches of them.
func fiftyThousand(t testing.TB) []Known {
	out := companies(t).known
	for i := 0; len(out) < 50_000; i++ {
		k := out[i]
		k.ID, k.Codes, k.Name = int64(len(out)+1), nil, k.Name+" "+[]string{"東京支店", "大阪営業所", "名古屋支店"}[i%3]
		out = append(out, k)
	}
	return out
}

// BenchmarkMatch looks up names with a slip among 50,000.
func BenchmarkMatch(b *testing.B) {
	known := fiftyThousand(b)
	x, w := NewIndex(Party, known), newWriter(known)
	list := seen(known[:5000], w.slip, false, false)
	for i := 0; b.Loop(); i++ {
		x.Match(list[i%len(list)].Entry, 3)
	}
}

// BenchmarkIndex prepares 50,000 names.
func BenchmarkIndex(b *testing.B) {
	known := fiftyThousand(b)
	for b.Loop() {
		NewIndex(Party, known)
	}
}
