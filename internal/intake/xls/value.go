package xls

import (
	"encoding/binary"
	"fmt"
	"math"
)

func float(b []byte) float64 { return math.Float64frombits(binary.LittleEndian.Uint64(b)) }

// rk unpacks a number of 30 bits, whole or the upper half of a float, that may
// stand for its hundredth (MS-XLS 2.5.122, RkNumber).
func rk(n uint32) float64 {
	f := math.Float64frombits(uint64(n&^3) << 32)
	if n&2 != 0 {
		f = float64(int32(n) >> 2)
	}
	if n&1 != 0 {
		f /= 100
	}
	return f
}

// errorText writes an error as Excel shows it (MS-XLS 2.5.10).
func errorText(code byte) string {
	switch code {
	case 0x00:
		return "#NULL!"
	case 0x07:
		return "#DIV/0!"
	case 0x0F:
		return "#VALUE!"
	case 0x17:
		return "#REF!"
	case 0x1D:
		return "#NAME?"
	case 0x24:
		return "#NUM!"
	case 0x2A:
		return "#N/A"
	case 0x2B:
		return "#GETTING_DATA"
	}
	return fmt.Sprintf("#ERR%d!", code)
}
