package claim

import (
	"encoding/binary"
	"fmt"
	"math"
	"slices"
)

// classes are none, then the 30 excuses in the order of honne.AllExcuses.
const classes = 31

// model is what training makes: a row of weights a feature, a byte a class.
type model struct {
	scale calibration      // whether there is an excuse
	right calibration      // whether it is the first one
	rows  map[uint32]int32 // where the row of a feature stands, never at 0
	data  []byte
}

// innocence is what every passage has in favour of none, before a word is read:
// an excuse has to be proved by what is said.
const innocence = 6

const modelMagic = "honne excuses 4\n"

// headSize is the magic, the two calibrations and the number of rows; a row is the key of
// its feature, what a step is worth, and the weights.
const (
	headSize = len(modelMagic) + 2*8*terms + 4
	rowSize  = 4 + 4 + classes
)

// readModel takes a model apart; data is kept, not copied.
func readModel(data []byte) (*model, error) {
	if len(data) < headSize || string(data[:len(modelMagic)]) != modelMagic {
		return nil, fmt.Errorf("claim: the playbook holds no model of excuses; honne playbook train makes it")
	}
	b := data[len(modelMagic):]
	m := &model{}
	for _, c := range []*calibration{&m.scale, &m.right} {
		for i := range c {
			c[i] = math.Float64frombits(binary.LittleEndian.Uint64(b))
			b = b[8:]
		}
	}
	n := int(binary.LittleEndian.Uint32(b))
	if len(data) != headSize+n*rowSize {
		return nil, fmt.Errorf("claim: the model of excuses is cut short: %d bytes for %d rows; honne playbook train makes it anew", len(data), n)
	}
	m.place(data[headSize:], n)
	return m, nil
}

// place notes where the n rows stand.
func (m *model) place(data []byte, n int) {
	m.rows, m.data = make(map[uint32]int32, n), data
	for i := range n {
		at := i * rowSize
		m.rows[binary.LittleEndian.Uint32(data[at:])] = int32(at + 4)
	}
}

// newModel is the model of weights, without calibrations.
func newModel(keys []uint32, w []weights) *model {
	m := &model{}
	data := appendRows(nil, keys, w)
	m.place(data, len(data)/rowSize)
	return m
}

// row returns what a step is worth, and the weights.
func (m *model) row(at int32) (scale float32, weights []byte) {
	b := m.data[at:]
	return math.Float32frombits(binary.LittleEndian.Uint32(b)), b[4 : 4+classes]
}

// logits adds up the weights of features, class by class, and notes their rows.
func (m *model) logits(features []feature) (z [classes]float64) {
	var sum [classes]float32
	for i := range features {
		f := &features[i]
		if f.row = m.rows[f.key]; f.row == 0 {
			continue
		}
		scale, weights := m.row(f.row)
		scale = float32(f.value) * scale
		for k := range sum {
			sum[k] += float32(scale * float32(int8(weights[k])))
		}
	}
	for k := range sum {
		z[k] = float64(sum[k])
	}
	z[0] += innocence
	return z
}

// weight is what one feature adds to a class over the mean of all.
func (m *model) weight(f feature, class int) float32 {
	if f.row == 0 {
		return 0
	}
	scale, weights := m.row(f.row)
	sum := 0
	for _, b := range weights {
		sum += int(int8(b))
	}
	return float32(float32(f.value) * scale * (float32(int8(weights[class])) - float32(sum)/classes))
}

// lead are the log odds of an excuse against the other twenty-nine.
func lead(z [classes]float64, k int) float64 {
	one := z[k]
	z[k] = math.Inf(-1)
	top := slices.Max(z[1:])
	sum := 0.0
	for _, x := range z[1:] {
		if x > math.Inf(-1) {
			sum += exp(x - top)
		}
	}
	return one - top - log(sum)
}

// odds are the log odds of any excuse against none.
func odds(z [classes]float64) float64 {
	top := slices.Max(z[1:])
	sum := 0.0
	for _, x := range z[1:] {
		sum += exp(x - top)
	}
	return top + log(sum) - z[0]
}
