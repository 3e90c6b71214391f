package inspect

import (
	"bytes"
	"slices"
	"testing"

	"honne"
	"honne/internal/audit"
)

// S-29 is what five voices or more say together beside the answers on the record.
// With four the picture is the same to the byte as with none, whatever they say, and
// one voice more or less changes nothing.
func TestSaidMeantGap(t *testing.T) {
	const dimension = "trust.transparency"
	var earlier []honne.Released
	picture := func(released []honne.Released) honne.Picture {
		r := excellent().record()
		r.Audits = []honne.Assessment{{Number: 1, Self: []honne.SelfAnswer{{Audit: 1, Dimension: dimension, Score: 4}, {Audit: 1, Dimension: "trust.strategic-alignment", Score: 3}}, Released: released},
			{Number: 2}} // begun, and nothing of it is known yet
		return Picture(r, japanese(t))
	}
	said := func(pool string, readings ...int) (out []audit.Voice) {
		for _, x := range readings {
			out = append(out, audit.Voice{Pool: pool, Readings: map[string]int{dimension: x}})
		}
		return out
	}
	gap := func(p honne.Picture) honne.Judged {
		return p.Measures[slices.IndexFunc(p.Measures, func(j honne.Judged) bool { return j.Measure.Slug == "said-meant-gap" })]
	}
	nobody := encode(t, picture(nil))
	for score := range 5 {
		voices := append(said("partner", score, score, score, score), said("ours", 0, 0, 0, 0, 0)...)
		pic := picture(slices.DeleteFunc(audit.Release(1, voices, audit.Least, nil), func(r honne.Released) bool { return r.Pool != "partner" }))
		if got := gap(pic); got.Known || !bytes.Equal(encode(t, pic), nobody) {
			t.Errorf("four voices of %d say %v: %v", score, got.Value, got.Because)
		}
		if got := gap(picture(audit.Release(1, voices, audit.Least, nil))); got.Known {
			t.Errorf("our own people speak for theirs: %v", got.Value)
		}
	}
	five := said("partner", 1, 2, 2, 3, 3)
	earlier = audit.Release(1, five, audit.Least, nil)
	got := gap(picture(earlier))
	if !got.Known || got.Value != 2 || got.N != 1 || got.Because[0].ID != "because.said-meant-gap" || got.Band != "" {
		t.Errorf("five voices: %+v", got)
	}
	r := excellent().record()
	r.Audits = []honne.Assessment{{Audit: honne.Audit{Least: 3, LeastWhy: "a small team"}, Self: []honne.SelfAnswer{{Dimension: dimension, Score: 4}}, Released: earlier}}
	if gap(Picture(r, japanese(t))).Known {
		t.Error("an audit that settled on three voices is heard")
	}
	counted := audit.Counted(five, audit.Least)
	for _, voices := range [][]audit.Voice{append(slices.Clone(counted), said("partner", 0)...), counted[1:]} {
		if now := gap(picture(audit.Release(1, voices, audit.Least, earlier))); now.Value != got.Value {
			t.Errorf("%d voices: %v was %v", len(voices), now.Value, got.Value)
		}
	}
}
