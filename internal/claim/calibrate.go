package claim

import "slices"

// judged is what a model that had not seen its source says of an example, and
// whether it was so.
type judged struct {
	said   [terms]float64
	so     bool
	weight float64
}

// folds is how many parts the passages are put aside in, one after the other.
const folds = 4

// putAside is the part that an example is put aside with: the whole of its situation, of
// talk the whole of its file, since nobody's meetings are like those it was trained on.
func (e *example) putAside() int {
	return int(hashRunes(seed, []rune(e.source)...) >> 9 % folds)
}

func judgePart(l *lexicon, keys []uint32, list []example, part int) (any, first []judged) {
	var rest []example
	for _, e := range list {
		if e.putAside() != part {
			rest = append(rest, e)
		}
	}
	m, r := newModel(keys, fit(rest, len(keys))), newReader(l)
	for _, e := range list {
		if e.putAside() != part {
			continue
		}
		features := r.read([]rune(e.text), 0)
		if e.bare {
			features, _ = r.withoutEvidence()
		}
		z, said := m.weighs(r, features)
		any = append(any, judged{said, e.class > 0, e.weight})
		if e.class > 0 {
			k, _, _ := best(z)
			first = append(first, judged{said, e.class == k, e.weight})
		}
	}
	return any, first
}

// terms are what a calibration weighs; one says that the language is English.
const (
	terms       = 15
	termEnglish = 9
)

// calibration turns them into the log odds that it is so (Platt, of more than the
// model's odds). A sum of weights does not tell whether many words speak a little or
// one speaks much, whether most of the words were ever met, and whether the ideas
// alone say the same: what nobody meant as a reason often differs there.
type calibration [terms]float64

// usual is the length, in words, that needs no correction.
const usual = 12

// weighs returns the logits of features of what was last read, and the terms.
func (m *model) weighs(r *reader, features []feature) ([classes]float64, [terms]float64) {
	z := m.logits(features)
	first, _, _ := best(z)
	known, evidence := 0, false
	for _, f := range features {
		evidence = evidence || f.evidence
		if f.row > 0 {
			known++
		}
	}
	pro, contra := m.sides(r, features, first)
	return z, [terms]float64{
		odds(z) - r.doubt(), 1, lead(z, first),
		log(float64(max(r.text.size(), 1)) / usual),
		float64(known) / float64(max(1, len(features))), log(float64(known + 1)),
		odds(m.ideas(features)), pro, contra,
		termEnglish: one(!r.text.ja), one(r.topics > 2), one(r.puts()), one(r.innocent > 0), one(evidence), one(r.names(first)),
	}
}

func one(so bool) float64 {
	if so {
		return 1
	}
	return 0
}

// names reports whether the text holds one of an excuse's own words.
func (r *reader) names(class int) bool {
	return slices.ContainsFunc(r.ideas, func(f found) bool { return f.concept == r.lexicon.cues[class] })
}

// ideas are the logits of the ideas alone.
func (m *model) ideas(features []feature) (z [classes]float64) {
	for _, f := range features {
		if !f.idea || f.row == 0 {
			continue
		}
		scale, weights := m.row(f.row)
		for k := range z {
			z[k] += float64(f.value * float64(scale*float32(int8(weights[k]))))
		}
	}
	return z
}

// sides adds up what speaks for an excuse and what against it, by stretches of four
// runes: of the features that lie over each other only their sum counts.
func (m *model) sides(r *reader, features []feature, first int) (pro, contra float64) {
	n := len(r.text.runes)/4 + 1
	if cap(r.quarters) < n {
		r.quarters = make([]float64, n)
	}
	r.quarters = r.quarters[:n]
	clear(r.quarters)
	for _, f := range features {
		if f.row == 0 || f.to <= f.from {
			continue
		}
		scale, weights := m.row(f.row)
		x := float64(f.value * float64(scale*float32(int(int8(weights[first]))-int(int8(weights[0])))))
		from, to := f.from/4, (f.to-1)/4+1
		for i := from; i < to; i++ {
			r.quarters[i] += x / float64(to-from)
		}
	}
	for _, x := range r.quarters {
		pro, contra = pro+max(0, x), contra+min(0, x)
	}
	return pro, contra
}

func (c calibration) odds(said [terms]float64) (sum float64) {
	for i, x := range said {
		sum += float64(c[i] * x)
	}
	return sum
}

// calibrate fits it to what was so, by Newton's method.
func calibrate(list []judged) (c calibration) {
	for range 20 {
		var slope [terms]float64
		var bend [terms][terms]float64
		for i := range bend {
			slope[i], bend[i][i] = float64(stiff*c[i]), stiff
		}
		for _, j := range list {
			p := sigmoid(c.odds(j.said))
			wrong, doubt := float64((p-one(j.so))*j.weight), float64(max(1e-6, float64(p*(1-p)))*j.weight)
			for a, x := range j.said {
				slope[a] += float64(wrong * x)
				for b, y := range j.said {
					bend[a][b] += float64(float64(doubt*x) * y)
				}
			}
		}
		for i, x := range solve(bend, slope) {
			c[i] -= x
		}
	}
	return c
}

// even returns what was judged with what was no excuse weighing as much as what was, in each
// language: how much ordinary talk there is to learn from moves the scores of neither.
func even(list []judged) []judged {
	list = slices.Clone(list)
	var sum [2][2]float64 // by language, by whether it was so
	at := func(j judged) *[2]float64 { return &sum[int(j.said[termEnglish])] }
	for _, j := range list {
		at(j)[int(one(j.so))] += j.weight
	}
	for i, j := range list {
		if s := at(j); !j.so {
			list[i].weight *= s[1] / s[0]
		}
	}
	return list
}

// stiff keeps terms that nearly repeat others small.
const stiff = 1e-2

// solve returns the x of a·x = b by elimination; a is symmetric and positive.
func solve(a [terms][terms]float64, b [terms]float64) (x [terms]float64) {
	for i := range a {
		for j := i + 1; j < terms; j++ {
			f := a[j][i] / a[i][i]
			for k := i; k < terms; k++ {
				a[j][k] -= float64(f * a[i][k])
			}
			b[j] -= float64(f * b[i])
		}
	}
	for i := terms - 1; i >= 0; i-- {
		for k := i + 1; k < terms; k++ {
			b[i] -= float64(a[i][k] * x[k])
		}
		x[i] = b[i] / a[i][i]
	}
	return x
}
