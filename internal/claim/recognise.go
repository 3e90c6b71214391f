package claim

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"

	"honne"
	"honne/internal/japan"
	"honne/internal/playbook"
)

// Recogniser finds reasons in text by the model of a playbook. It may be used by
// many goroutines.
type Recogniser struct {
	model     *model
	lexicon   *lexicon
	threshold playbook.Thresholds
	likeness  likeness
	mail      *playbook.MailWords
	rules     *playbook.RecognitionRules
	readers   sync.Pool
}

// NewRecogniser compiles what recognition needs of a playbook; it takes some
// milliseconds. The error says that the playbook holds no model.
func NewRecogniser(p *playbook.Playbook) (*Recogniser, error) {
	m, err := readModel(p.Model)
	if err != nil {
		return nil, err
	}
	if t := p.Recognition.Threshold; min(t.JA, t.EN) <= 0 {
		return nil, fmt.Errorf("claim: recognition.yaml: threshold: expected one for ja and one for en, above 0: got %v and %v", t.JA, t.EN)
	}
	r := &Recogniser{model: m, lexicon: newLexicon(p), threshold: p.Recognition.Threshold, mail: &p.Mail, rules: &p.Recognition}
	r.likeness = newLikeness(p, r.lexicon)
	r.readers.New = func() any { return newReader(r.lexicon) }
	return r, nil
}

// Recognise returns the reasons of a passage at or above the playbook's
// threshold, in their order; a long passage may hold several. One with checkable
// evidence, an own action or a date beside it is marked a barrier: recorded, not
// flagged. Our own words, quotes of them and signatures give none, nor do words
// of sentences that are only courteous, or only acknowledge, and put no barrier.
// What is like a sentence that the house wrote for a reason of its own is that reason.
// Source: domain 1.3, 3.10.
func (r *Recogniser) Recognise(p honne.Passage) []honne.Mention {
	if p.From == honne.Ours {
		return nil
	}
	rd := r.readers.Get().(*reader)
	defer r.readers.Put(rd)
	var list []candidate
	runes := []rune(p.Text)
	spans, before := r.withoutOpening(rd, runes, sentences(runes)), japan.Key(p.Before)
	if len(r.likeness.own) > 0 {
		list = r.likeness.find(rd, runes, spans, before)
	}
	for _, u := range units(runes, spans) {
		if repeats(before, string(runes[u.from():u.to()])) {
			continue
		}
		if c, ok := r.says(rd, runes, u); ok {
			list = append(list, c)
		} else if len(u) > 1 {
			list = append(list, r.within(rd, runes, u, before)...)
		}
	}
	return chosen(list)
}

// says judges a stretch, and leaves out what is no reason though it reads like one. What
// names a topic and puts a barrier is one, however courteous the sentence around it.
func (r *Recogniser) says(rd *reader, runes []rune, u unit) (c candidate, ok bool) {
	c, ok = r.judge(rd, runes, u)
	return c, ok && !r.onlyKeeps(rd, string(runes[u.from():u.to()])) && (rd.puts() || r.saysThing(runes, u, c.Mention))
}

// withoutOpening leaves out the first sentences that only say to whom the message goes,
// greet, and say who writes.
func (r *Recogniser) withoutOpening(rd *reader, runes []rune, list []span) []span {
	if len(list) < 2 {
		return list // most passages: a sentence alone costs no more words to look up
	}
	greeted := false // by the sentence before
	for i, s := range list {
		text := string(runes[s.from:s.to])
		greets := r.greetsOnly(text)
		writes := greeted && i+1 < len(list) && introduces(rd, text)
		if !greets && !writes && !addressed.MatchString(text) {
			return list[i:]
		}
		greeted = greets
	}
	return nil
}

// introduces reports whether a sentence behind a greeting says who writes: 価格の問題です
// is built as 北野商事の高橋です is, and names a topic.
func introduces(rd *reader, text string) bool {
	if !playbook.IsIntroduction(text) {
		return false
	}
	rd.read([]rune(text), 0)
	return rd.topics == 0 && rd.barriers == 0
}

func (r *Recogniser) greetsOnly(text string) bool {
	if !r.mail.IsGreeting(text) {
		return false
	}
	says, _ := r.mail.Sentence(text)
	return says == playbook.SaysNothing
}

// addressed is a line that only says to whom a message goes.
var addressed = regexp.MustCompile(`^[^。、はがをも・:：]{1,40}(?:様|御中|殿|先生)$|^(?:Dear|Hi|Hello) (?:(?:Mr|Mrs|Ms|Dr|Prof)\. )?[^.,]{1,40},$`)

// within finds what the other sentences of a stretch hide, the last one read, that is not
// flagged: where it holds evidence barriers of single ones (a report that is sent with it,
// an order that is near), else each two that follow each other. What stands before they
// must not repeat.
func (r *Recogniser) within(rd *reader, runes []rune, u unit, before string) (list []candidate) {
	n := 2
	_, evidence := rd.withoutEvidence()
	if evidence {
		n = 1
	}
	if n == len(u) {
		return nil // it was read as a whole
	}
	for i := range len(u) - n + 1 {
		part := u[i : i+n]
		if slices.ContainsFunc(part, func(s span) bool { return repeats(before, string(runes[s.from:s.to])) }) {
			continue
		}
		if c, ok := r.says(rd, runes, part); ok {
			c.Barrier = c.Barrier || evidence
			list = append(list, c)
		}
	}
	return list
}

// onlyKeeps reports whether a stretch says how goods are kept, and nothing that hinders.
func (r *Recogniser) onlyKeeps(rd *reader, text string) bool {
	return !rd.hinders && r.rules.TellsKeeping(text)
}

// saysThing reports whether the words that decided stand in a sentence that says
// more than courtesy; a promise of the answer may say why it comes later.
func (r *Recogniser) saysThing(runes []rune, spans []span, m honne.Mention) bool {
	return slices.ContainsFunc(spans, func(s span) bool {
		if s.to <= m.From || m.To <= s.from {
			return false
		}
		text := string(runes[s.from:s.to])
		says, _ := r.mail.Sentence(text)
		return says == playbook.SaysThing || r.mail.PromisesAnswer(text)
	})
}

// repeats reports whether a sentence stands word for word in the message that
// it answers: it is that message's, not the answer's.
func repeats(before, sentence string) bool {
	key := japan.Key(sentence)
	return before != "" && len(key) > 12 && strings.Contains(before, key)
}

// leastWords is how many words a stretch needs to say anything.
const leastWords = 2

// candidate is a mention with the stretch that was judged.
type candidate struct {
	honne.Mention
	unit unit
	own  bool // by a sentence of the house
}

// judge reads one stretch of a passage. A stretch that only its evidence keeps
// from being flagged is a barrier.
func (r *Recogniser) judge(rd *reader, runes []rune, u unit) (c candidate, ok bool) {
	features := rd.read(runes[u.from():u.to()], u.from())
	if rd.text.size() < leastWords {
		return c, false
	}
	z, said := r.model.weighs(rd, features)
	score, threshold := sigmoid(r.model.scale.odds(said)), r.threshold.EN
	if rd.text.ja {
		threshold = r.threshold.JA
	}
	barrier := false
	if score < threshold {
		bare, had := rd.withoutEvidence()
		if !had || !rd.hinders {
			return c, false
		}
		z, said = r.model.weighs(rd, bare)
		score, barrier = sigmoid(r.model.scale.odds(said)), true
		if score < threshold {
			return c, false
		}
	}
	first, second, share := best(z)
	c.unit = u
	c.Mention = honne.Mention{Excuse: honne.AllExcuses[first-1], Score: score, Sure: float64(score * sigmoid(r.model.right.odds(said))),
		Or: honne.AllExcuses[second-1], OrScore: float64(score * share), Barrier: barrier}
	c.From, c.To = r.model.decided(rd, first)
	return c, true
}

// best returns the classes of the two likeliest excuses, and how likely the
// second is among all.
func best(z [classes]float64) (first, second int, share float64) {
	if first, second = 1, 2; z[2] > z[1] {
		first, second = 2, 1
	}
	for k := 3; k < classes; k++ {
		switch {
		case z[k] > z[first]:
			first, second = k, first
		case z[k] > z[second]:
			second = k
		}
	}
	sum := 0.0
	for _, x := range z[1:] {
		sum += exp(x - z[first])
	}
	return first, second, exp(z[second]-z[first]) / sum
}

// chosen keeps the likeliest of stretches that overlap, what a person described
// before what was learned, flagged before barriers, and puts them in their order.
func chosen(list []candidate) []honne.Mention {
	slices.SortStableFunc(list, func(a, b candidate) int {
		return cmp.Or(weight(!a.own)-weight(!b.own), weight(a.Barrier)-weight(b.Barrier), cmp.Compare(b.Score, a.Score))
	})
	var kept []candidate
	for _, c := range list {
		if !slices.ContainsFunc(kept, func(k candidate) bool { return k.unit.from() < c.unit.to() && c.unit.from() < k.unit.to() }) {
			kept = append(kept, c)
		}
	}
	slices.SortFunc(kept, func(a, b candidate) int { return a.unit.from() - b.unit.from() })
	out := make([]honne.Mention, len(kept))
	for i, c := range kept {
		out[i] = c.Mention
	}
	return out
}

func weight(late bool) int {
	if late {
		return 1
	}
	return 0
}

// decided returns the runes, of what was last read, that spoke most for a class: the
// stretch whose features together weigh most, a little being taken off for every
// rune, grown to whole words.
func (m *model) decided(rd *reader, class int) (from, to int) {
	t := &rd.text
	weights := make([]float32, len(t.runes))
	total := float32(0)
	for _, f := range rd.features {
		if n := f.to - f.from; n > 0 {
			w := m.weight(f, class) / float32(n)
			for i := f.from; i < f.to; i++ {
				weights[i] += w
			}
			total += max(0, w*float32(n))
		}
	}
	from, to = heaviest(weights, total/float32(2*max(1, len(weights))))
	return t.grow(from, to)
}

// heaviest returns the stretch of greatest sum, each weight less a toll; the
// whole when none weighs anything.
func heaviest(weights []float32, toll float32) (from, to int) {
	best, sum, start := float32(0), float32(0), 0
	to = len(weights)
	for i, w := range weights {
		if sum <= 0 {
			sum, start = 0, i
		}
		if sum += w - toll; sum > best {
			best, from, to = sum, start, i+1
		}
	}
	return from, to
}

// grow widens a stretch of the text to whole words, of Japanese to whole runs of
// kanji or katakana, and returns it in runes of the passage.
func (t *text) grow(from, to int) (int, int) {
	if len(t.runes) == 0 {
		return 0, 0
	}
	together := func(i int) bool { // the runes before and at i belong together
		s := t.scripts[i]
		return i > 0 && s == t.scripts[i-1] && s != mark && s != hiragana
	}
	for from > 0 && together(from) {
		from--
	}
	for to < len(t.runes) && together(to) {
		to++
	}
	for from < to-1 && t.scripts[from] == mark {
		from++
	}
	for to > from+1 && t.scripts[to-1] == mark {
		to--
	}
	return t.at[from], t.at[to-1] + 1
}
