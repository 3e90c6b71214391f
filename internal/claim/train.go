package claim

import (
	"encoding/binary"
	"fmt"
	"math"
	"path"
	"runtime"
	"slices"
	"strings"
	"sync"

	"honne"
	"honne/internal/playbook"
)

// Training is multinomial logistic regression with a quadratic penalty, by
// gradients scaled per feature (AdaGrad), in an order that a fixed seed shuffles.
// Three of five of a passage's features, by that seed, are hidden at each step: what is
// learned must do without any one word, as people never met will say it in others.
const (
	rounds      = 15
	hidden      = 60 // of a hundred
	rate        = 0.5
	penalty     = 2e-5
	leastIn     = 3 // a feature must occur in as many situations
	keptWeight  = 0.6
	frameWeight = 0.2  // what a passage in a frame counts for
	bareWeight  = 0.5  // what one without its evidence counts for
	vagueWeight = 0.6  // what an excuse that names no topic counts for
	talkWeight  = 3    // what ordinary talk counts for: of what is said, nearly all is that
	leastBig    = 0.02 // a row whose largest weight is smaller is left out
)

// example is a passage as features of a model under training.
type example struct {
	class     int
	situation string
	source    string // what it is put aside with
	text      string
	manner    string // language and style
	kept      bool   // in a frame that leaves it what it is
	framed    bool   // in one that makes it ordinary
	talk      bool   // said in a meeting or on the phone
	vague     bool   // an excuse that names no topic: so speaks everybody
	bare      bool   // without what makes it checkable: where nothing hinders, still no excuse
	weight    float64
	features  []indexed
}

type indexed struct {
	at    int32 // row
	value float32
}

// weights are those of a feature, class by class, and one more so that a row fills whole
// lines of the processor's cache.
type weights [classes + 1]float32

// Train makes the model of excuses from the sentences of a playbook: the same
// sentences, concepts and cues make the same bytes on every platform. An error
// says what the sentences lack.
func Train(p *playbook.Playbook, sentences []playbook.Sentence) ([]byte, error) {
	if err := enough(sentences); err != nil {
		return nil, err
	}
	l := newLexicon(p)
	keys, list := examples(newReader(l), framed(sentences))
	w, any, first := fitAll(l, keys, list)
	return encode(keys, w, calibrate(even(any)), calibrate(first)), nil
}

// fitAll fits the model, and one for each part put aside, which judges what it never saw:
// whether passages hold an excuse, and of those that do whether the first is the right one.
func fitAll(l *lexicon, keys []uint32, list []example) (w []weights, any, first []judged) {
	var parts [folds][2][]judged
	each(folds+1, func(i int) {
		if i == folds {
			w = fit(list, len(keys))
			return
		}
		parts[i][0], parts[i][1] = judgePart(l, keys, list, i)
	})
	for _, p := range parts {
		any, first = append(any, p[0]...), append(first, p[1]...)
	}
	return w, any, first
}

// each runs do for the first n numbers, as many at a time as there are processors: more
// would only push each other's weights out of their caches.
func each(n int, do func(i int)) {
	var all sync.WaitGroup
	slots := make(chan struct{}, runtime.GOMAXPROCS(0))
	for i := range n {
		slots <- struct{}{}
		all.Go(func() {
			do(i)
			<-slots
		})
	}
	all.Wait()
}

// enough wants passages of every excuse and ordinary ones, in both languages.
func enough(sentences []playbook.Sentence) error {
	have := map[string]bool{}
	for _, s := range sentences {
		have[s.Label+" "+s.Lang] = true
	}
	for _, label := range append([]string{playbook.Ordinary}, honne.AllExcuses...) {
		for _, lang := range []string{"ja", "en"} {
			if !have[label+" "+lang] {
				return fmt.Errorf("claim: train: no passages in %s for %s", lang, label)
			}
		}
	}
	return nil
}

// framed adds to passages what they are in a frame of their language: each in one
// that keeps it what it is, as a mail has its greeting, and an excuse also in one
// that makes it ordinary. Frames themselves are no examples.
func framed(sentences []playbook.Sentence) []playbook.Sentence {
	var list, kept, ordinary []playbook.Sentence
	for _, s := range sentences {
		switch {
		case s.Label != playbook.Frame:
			list = append(list, s)
		case strings.HasPrefix(s.Situation, playbook.Kept):
			kept = append(kept, s)
		default:
			ordinary = append(ordinary, s)
		}
	}
	for _, s := range list {
		h := hashRunes(seed, []rune(s.Text)...) >> 8
		list = appendFramed(list, s, s.Label, playbook.Kept, kept, h)
		if s.Label != playbook.Ordinary {
			list = appendFramed(list, s, playbook.Ordinary, playbook.Frame, ordinary, h)
		}
	}
	return list
}

// appendFramed sets a passage into one of the frames of its language.
func appendFramed(list []playbook.Sentence, s playbook.Sentence, label, style string, frames []playbook.Sentence, h uint32) []playbook.Sentence {
	for range frames {
		f := frames[int(h)%len(frames)]
		if f.Lang == s.Lang {
			s.Text, s.Label, s.Style = strings.Replace(f.Text, "{}", s.Text, 1), label, style
			return append(list, s)
		}
		h++
	}
	return list
}

// classOf is the number of a label's class.
func classOf(label string) int { return slices.Index(honne.AllExcuses, label) + 1 }

// examples reads all passages. Rows of the model are the features that occur in
// enough situations, in the order of their keys.
func examples(r *reader, sentences []playbook.Sentence) (keys []uint32, list []example) {
	keys = frequent(r, sentences)
	at := make(map[uint32]int32, len(keys))
	for i, key := range keys {
		at[key] = int32(i)
	}
	for _, s := range sentences {
		e := example{class: classOf(s.Label), situation: s.Situation, source: s.Situation, text: s.Text, manner: s.Lang + s.Style, kept: s.Style == playbook.Kept,
			framed: s.Style == playbook.Frame, talk: strings.HasPrefix(s.Situation, playbook.Talk)}
		if e.talk {
			e.source = path.Base(s.File)
		}
		e.features = rowsOf(at, r.read([]rune(s.Text), 0))
		e.vague = e.class > 0 && r.topics == 0
		list = append(list, e)
		if bare, had := r.withoutEvidence(); had && e.class == 0 && !e.framed && !e.kept && !r.hinders {
			e.bare, e.features = true, rowsOf(at, bare)
			list = append(list, e)
		}
	}
	balance(list)
	return keys, list
}

// frequent are the features that occur in enough situations, in order.
func frequent(r *reader, sentences []playbook.Sentence) (keys []uint32) {
	type seen struct {
		situations int
		last       string
	}
	occurs := map[uint32]seen{}
	for _, s := range sentences {
		for _, f := range r.read([]rune(s.Text), 0) {
			if o := occurs[f.key]; o.last != s.Situation {
				occurs[f.key] = seen{o.situations + 1, s.Situation}
			}
		}
	}
	for key, o := range occurs {
		if o.situations >= leastIn {
			keys = append(keys, key)
		}
	}
	slices.Sort(keys)
	return keys
}

// rowsOf are the features that the model has rows for.
func rowsOf(at map[uint32]int32, features []feature) (out []indexed) {
	for _, f := range features {
		if i, ok := at[f.key]; ok {
			out = append(out, indexed{i, float32(f.value)})
		}
	}
	return out
}

// balance lets ordinary passages weigh as much as all excuses together, in each
// language and style: a model learns what speaks for an excuse, not that most of
// what it saw was one, or in what manner.
func balance(list []example) {
	excuses, all := map[string]float64{}, map[string]float64{}
	for _, e := range list {
		if e.bare {
			continue
		}
		all[e.manner]++
		if e.class > 0 {
			excuses[e.manner]++
		}
	}
	for i := range list {
		e := &list[i]
		e.weight = 1
		if n := excuses[e.manner]; e.class == 0 {
			e.weight = min(4, max(1, n/(all[e.manner]-n)))
		}
		if e.talk {
			e.weight *= talkWeight
		}
		if e.vague {
			e.weight *= vagueWeight
		}
		switch {
		case e.bare:
			e.weight *= bareWeight
		case e.kept:
			e.weight *= keptWeight
		case e.framed:
			e.weight *= frameWeight
		}
	}
}

// dice is a small generator of numbers (xorshift): the order of training.
type dice uint64

func (d *dice) below(n int) int {
	*d ^= *d << 13
	*d ^= *d >> 7
	*d ^= *d << 17
	return int(uint64(*d) >> 11 % uint64(n))
}

// some hides features and lets the others weigh as much as all; seen is used again.
func (d *dice) some(seen, list []indexed) []indexed {
	seen = seen[:0]
	for _, f := range list {
		if d.below(100) >= hidden {
			seen = append(seen, indexed{f.at, float32(f.value * 100 / (100 - hidden))})
		}
	}
	return seen
}

// fit returns the weights of rows.
func fit(list []example, rows int) []weights {
	w, g := make([]weights, rows), make([]float64, rows)
	order := make([]int, len(list))
	for i := range order {
		order[i] = i
	}
	var seen []indexed
	d := dice(0x9E3779B97F4A7C15)
	for range rounds {
		for i := len(order) - 1; i > 0; i-- {
			j := d.below(i + 1)
			order[i], order[j] = order[j], order[i]
		}
		for _, i := range order {
			seen = d.some(seen, list[i].features)
			step(&list[i], seen, w, g)
		}
	}
	return w
}

// step moves the weights of an example's features that are seen against its error.
func step(e *example, seen []indexed, w []weights, g []float64) {
	p := probabilities(seen, w)
	p[e.class]--
	norm := 0.0
	var wrong [classes]float32
	for k, x := range p {
		x = float64(x * e.weight)
		norm += float64(x * x)
		wrong[k] = float32(x)
	}
	for _, f := range seen {
		v := f.value
		g[f.at] += float64(float64(float64(v)*float64(v)) * norm)
		speed := float32(rate / math.Sqrt(1e-2+g[f.at]))
		row := &w[f.at]
		for k, x := range wrong {
			row[k] -= float32(speed * (float32(x*v) + float32(penalty*row[k])))
		}
	}
}

// logits are the sums of the weights of features, class by class.
func logits(features []indexed, w []weights) (z [classes]float32) {
	z[0] = innocence
	for _, f := range features {
		row := &w[f.at]
		for k := range z {
			z[k] += float32(f.value * row[k])
		}
	}
	return z
}

// probabilities are the softmax of the logits.
func probabilities(features []indexed, w []weights) (p [classes]float64) {
	z := logits(features, w)
	top := slices.Max(z[:])
	sum := 0.0
	for k, x := range z {
		p[k] = exp(float64(x - top))
		sum += p[k]
	}
	for k := range p {
		p[k] /= sum
	}
	return p
}

// encode writes the calibrations and the features that weigh anything.
func encode(keys []uint32, w []weights, calibrations ...calibration) []byte {
	b := []byte(modelMagic)
	for _, c := range calibrations {
		for _, x := range c {
			b = binary.LittleEndian.AppendUint64(b, math.Float64bits(x))
		}
	}
	rows := appendRows(nil, keys, w)
	b = binary.LittleEndian.AppendUint32(b, uint32(len(rows)/rowSize))
	return append(b, rows...)
}

// appendRows appends the features that weigh anything, a byte a weight.
func appendRows(b []byte, keys []uint32, w []weights) []byte {
	for i, key := range keys {
		row := w[i][:classes]
		big := biggest(row)
		if big < leastBig {
			continue
		}
		scale := big / 127
		b = binary.LittleEndian.AppendUint32(b, key)
		b = binary.LittleEndian.AppendUint32(b, math.Float32bits(scale))
		for _, x := range row {
			b = append(b, byte(int8(math.Round(float64(x)/float64(scale)))))
		}
	}
	return b
}

// biggest is the largest weight of a row, its sign aside.
func biggest(row []float32) (big float32) {
	for _, x := range row {
		big = max(big, x, -x)
	}
	return big
}
