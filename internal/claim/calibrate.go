package claim

// judged is what a model that had not seen its situation says of an example, and
// whether it was so.
type judged struct {
	said   [terms]float64
	so     bool
	weight float64
}

// heldBack judges a fifth of the situations by a model that saw none of them: whether
// they hold an excuse, and of those that do whether the first is the right one.
func heldBack(list []example, rows int) (any, first []judged) {
	back := func(e example) bool { return hashRunes(seed, []rune(e.situation)...)>>7%5 == 0 }
	var rest []example
	for _, e := range list {
		if !back(e) {
			rest = append(rest, e)
		}
	}
	w := fit(rest, rows)
	for i := range list {
		e := &list[i]
		if !back(*e) {
			continue
		}
		z := e.logits(w)
		any = append(any, judged{said(odds(z)-e.doubt, e.size), e.class > 0, e.weight})
		if e.class > 0 {
			k, _, _ := best(z)
			first = append(first, judged{said(lead(z, k), e.size), e.class == k, e.weight})
		}
	}
	return any, first
}

// terms are what a calibration weighs: the model's log odds, one, and the length of
// what was judged.
const terms = 3

// calibration turns them into the log odds that it is so (Platt). In a long passage
// much speaks for nothing, so that its odds are too modest.
type calibration [terms]float64

// usual is the length, in words, that needs no correction.
const usual = 12

func said(odds float64, size int) [terms]float64 {
	return [terms]float64{odds, 1, log(float64(max(size, 1)) / usual)}
}

func (c calibration) odds(said [terms]float64) (sum float64) {
	for i, x := range said {
		sum += float64(c[i] * x)
	}
	return sum
}

// calibrate fits it to what was so, by plain descent.
func calibrate(list []judged) calibration {
	whole := 0.0
	for _, j := range list {
		whole += j.weight
	}
	c, speed := calibration{1}, [terms]float64{0.1, 0.5, 0.5}
	for range 2000 {
		var slope [terms]float64
		for _, j := range list {
			e := sigmoid(c.odds(j.said))
			if j.so {
				e--
			}
			for i, x := range j.said {
				slope[i] += float64(float64(e*j.weight) * x)
			}
		}
		for i := range c {
			c[i] -= float64(speed[i] * (slope[i] / whole))
		}
	}
	return c
}
