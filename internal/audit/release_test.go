package audit

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"honne"
)

// talks is an audit in which people are heard, and who stood behind each number
// that was ever shown, by group and dimension.
type talks struct {
	ids    []int
	voices []Voice
	shown  []honne.Released
	behind map[string][]map[int]bool
}

func (w *talks) clone() *talks {
	return &talks{slices.Clone(w.ids), slices.Clone(w.voices), slices.Clone(w.shown), maps.Clone(w.behind)}
}

func (w *talks) add(id int, v Voice) {
	w.ids, w.voices = append(w.ids, id), append(w.voices, v)
}

func (w *talks) remove(i int) {
	w.ids, w.voices = slices.Delete(w.ids, i, i+1), slices.Delete(w.voices, i, i+1)
}

// edit adds, changes or takes away one reading of a voice.
func (w *talks) edit(r *rand.Rand, i int) {
	read := maps.Clone(w.voices[i].Readings)
	d := honne.AllDimensions[r.IntN(len(honne.AllDimensions))].Slug
	if delete(read, d); r.IntN(3) > 0 {
		read[d] = r.IntN(5)
	}
	w.voices[i].Readings = read
}

func (w *talks) readers(pool, dimension string) map[int]bool {
	out := map[int]bool{}
	for i, v := range w.voices {
		if _, read := v.Readings[dimension]; read && v.Pool == pool {
			out[w.ids[i]] = true
		}
	}
	return out
}

// release makes the numbers, and fails where a new one differs by fewer voices than
// it needs from nothing at all or from any number that was ever shown before it.
func (w *talks) release(t *testing.T) {
	t.Helper()
	next := Release(1, w.voices, Least, w.shown)
	for _, now := range next {
		if was, known := released(w.shown, now.Pool, now.Dimension); known && was.Median == now.Median {
			continue
		}
		of, who := now.Pool+now.Dimension, w.readers(now.Pool, now.Dimension)
		for _, earlier := range append(w.behind[of], nil) {
			if n := more(who, earlier); n < Least {
				t.Fatalf("%s is %v by %d voices more", of, now.Median, n)
			}
		}
		w.behind[of] = append(slices.Clip(w.behind[of]), who)
	}
	if len(next) < len(w.shown) {
		t.Fatal("a number that was shown is gone")
	}
	w.voices, w.shown = Counted(w.voices, Least), next
}

// more counts who is in one group and not in another.
func more(who, than map[int]bool) (n int) {
	for id := range who {
		if !than[id] {
			n++
		}
	}
	return n
}

// partial is a voice that read some dimensions.
func partial(r *rand.Rand) Voice {
	v := Voice{Pool: []string{"partner", "ours"}[r.IntN(2)], Readings: map[string]int{}}
	for _, d := range honne.AllDimensions {
		if r.IntN(3) > 0 {
			v.Readings[d.Slug] = r.IntN(5)
		}
	}
	return v
}

// Whatever is said, mended, taken back and released in whatever order, of several
// groups and with dimensions left out: every number differs from every earlier one
// of its dimension by k voices or more, that stood behind none of them. And a house
// with one voice more, or one less, shows another number only where k others stand
// behind it.
func TestNoSequenceTellsOfFew(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	late := 0
	for range 300 {
		w := &talks{behind: map[string][]map[int]bool{}}
		for step := range 60 {
			switch n := r.IntN(12); {
			case n < 7 || len(w.voices) == 0:
				w.add(step, partial(r))
			case n < 8:
				w.remove(r.IntN(len(w.voices)))
			case n < 10:
				w.edit(r, r.IntN(len(w.voices)))
			default:
				other, who := w.clone(), -1
				if r.IntN(2) == 0 {
					other.add(who, partial(r))
				} else {
					i := r.IntN(len(w.voices))
					who = w.ids[i]
					other.remove(i)
				}
				had := len(w.shown)
				w.release(t)
				other.release(t)
				apart(t, who, w, other)
				if had > 0 && len(w.shown) > had {
					late++
				}
			}
		}
	}
	if late < 100 {
		t.Errorf("only %d numbers came after others of theirs", late)
	}
}

// apart fails where two houses that differ by the voice of who show two numbers
// that fewer than k others tell apart.
func apart(t *testing.T, who int, a, b *talks) {
	t.Helper()
	for _, x := range a.shown {
		y, known := released(b.shown, x.Pool, x.Dimension)
		if !known || x.Median == y.Median {
			continue
		}
		of := x.Pool + x.Dimension
		p, q := a.behind[of][len(a.behind[of])-1], b.behind[of][len(b.behind[of])-1]
		without := map[int]bool{who: true}
		if (more(p, without) < Least || more(q, without) < Least) && more(p, q) < Least && more(q, p) < Least {
			t.Fatalf("one voice, and %s is %v or %v", of, x.Median, y.Median)
		}
	}
}

// Of five people four read a dimension. The number of the others is shown; who is
// heard later on that one alone completes it, and moves no other. So does one of the
// five who is asked again.
func TestFifthOfOneDimension(t *testing.T) {
	const asked = "compliance.fair-trade-ethics"
	five := voices("partner", 0, 1, 2, 3, 4)
	delete(five[0].Readings, asked)
	shown := Release(1, five, Least, nil)
	if _, ok := released(shown, "partner", asked); ok || len(shown) != len(honne.AllDimensions)-1 {
		t.Fatalf("four are heard: %v", shown)
	}
	five = Counted(five, Least)
	again := slices.Clone(five)
	again[0].Readings = maps.Clone(again[0].Readings)
	again[0].Readings[asked] = 0
	for what, list := range map[string][]Voice{"a sixth": append(slices.Clone(five), Voice{Pool: "partner", Readings: map[string]int{asked: 0}}), "one asked again": again} {
		next := Release(1, list, Least, shown)
		now, ok := released(next, "partner", asked)
		if !ok || now.Median != 2 {
			t.Errorf("%s: %v %v", what, now, ok)
		}
		for _, was := range shown {
			if now, _ := released(next, "partner", was.Dimension); now.Median != was.Median {
				t.Errorf("%s: %s went from %v to %v", what, was.Dimension, was.Median, now.Median)
			}
		}
		list = Counted(list, Least)
		for i := range list { // taken back, and given anew
			list[i].Readings = map[string]int{}
		}
		list = Counted(list, Least)
		for i := range list {
			list[i].Readings = map[string]int{asked: 4}
		}
		list = append(list, voices("partner", 4)...)
		if last, _ := released(Release(1, list, Least, next), "partner", asked); last.Median != now.Median {
			t.Errorf("%s: one voice more, and it is %v", what, last.Median)
		}
	}
}

// Each voice is marked with what it counted in, and with nothing else; what an older
// honne marked as a whole is new to nothing.
func TestOnlyWhoWasCountedIsMarked(t *testing.T) {
	all := append(voices("partner", 1, 2, 3, 4, 0), voices("ours", 1)...)
	all = append(all, Voice{Pool: "partner"})
	delete(all[1].Readings, "trust.transparency")
	for i, v := range Counted(all, Least) {
		want := 0
		if i < 5 {
			want = len(honne.AllDimensions) - 1
		}
		if len(v.Counted) != want || slices.Contains(v.Counted, "trust.transparency") {
			t.Errorf("voice %d: %v", i, v.Counted)
		}
	}
	if all[0].Counted != nil {
		t.Error("the voices that came in are changed")
	}
	once := Counted(all, Least)
	if !reflect.DeepEqual(Counted(once, Least), once) {
		t.Error("they are marked twice")
	}
	for i := range all {
		all[i].Released = true
	}
	if got := Release(1, append(all, voices("partner", 1, 1, 1, 1)...), Least, nil); len(got) != 0 {
		t.Errorf("four new voices beside old ones: %v", fmt.Sprint(got))
	}
}
