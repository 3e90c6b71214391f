package promise

import (
	"slices"
	"strings"
)

// japaneseDeed reads the end of a Japanese clause: a deed and an ending by which
// the writer will do it.
func (r *Recogniser) japaneseDeed(c clause) deed {
	key := trimEnd(c.spelled.Key)
	for _, e := range r.endings {
		stem, ok := strings.CutSuffix(key, e)
		if !ok {
			continue
		}
		if kind := r.deedAt(trimObject(stem)); kind != noDeed {
			return kind
		}
	}
	if endsWith(key, r.states) || !endsWith(key, r.endings) {
		return r.nounDeed(key)
	}
	return otherDeed
}

// nounDeed reads a clause that ends with its deed (体言止め): it commits to
// something only with a day until which.
func (r *Recogniser) nounDeed(key string) deed {
	for range 2 { // 実施のこと予定
		if r.deedAt(key) != noDeed {
			return otherDeed
		}
		for _, t := range r.tails {
			if rest, ok := strings.CutSuffix(key, t); ok && rest != "" {
				key = rest
				break
			}
		}
	}
	if r.deedAt(key) != noDeed {
		return otherDeed
	}
	return noDeed
}

// deedAt is the deed with which a key ends, by its longest word: 値上げ is none of 上げ.
func (r *Recogniser) deedAt(key string) (kind deed) {
	longest := 0
	for _, list := range []struct {
		words []string
		kind  deed
	}{{r.sends, sendDeed}, {r.weak, weakDeed}, {r.deeds, strongDeed}} {
		i := slices.IndexFunc(list.words, func(w string) bool { return strings.HasSuffix(key, w) }) // the longest first
		if i >= 0 && len(list.words[i]) > longest {
			kind, longest = list.kind, len(list.words[i])
		}
	}
	return kind
}

// anyDeed reports whether a deed stands anywhere in a Japanese clause.
func (r *Recogniser) anyDeed(c clause) bool {
	in := func(d string) bool { return strings.Contains(c.spelled.Key, d) }
	return slices.ContainsFunc(r.deeds, in) || slices.ContainsFunc(r.sends, in)
}

func endsWith(key string, list []string) bool {
	return slices.ContainsFunc(list, func(e string) bool { return strings.HasSuffix(key, e) })
}

func trimEnd(key string) string { return strings.TrimRight(key, "。.．!！…、,」)）") }

func trimObject(stem string) string { return strings.TrimSuffix(stem, "を") }
