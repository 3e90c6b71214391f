package pdf

import "math"

// matrix is an affine map: x' = a·x + c·y + e, y' = b·x + d·y + f.
type matrix struct{ a, b, c, d, e, f float64 }

// one maps everything to itself.
func one() matrix { return matrix{a: 1, d: 1} }

// then returns the map that does m first and n after it.
func (m matrix) then(n matrix) matrix {
	return matrix{
		float64(m.a*n.a) + float64(m.b*n.c), float64(m.a*n.b) + float64(m.b*n.d),
		float64(m.c*n.a) + float64(m.d*n.c), float64(m.c*n.b) + float64(m.d*n.d),
		float64(m.e*n.a) + float64(m.f*n.c) + n.e, float64(m.e*n.b) + float64(m.f*n.d) + n.f,
	}
}

func (m matrix) apply(x, y float64) point {
	return point{float64(m.a*x) + float64(m.c*y) + m.e, float64(m.b*x) + float64(m.d*y) + m.f}
}

type point struct{ x, y float64 }

// rect is a rectangle; sorted, x0 ≤ x1 and y0 ≤ y1.
type rect struct{ x0, y0, x1, y1 float64 }

func (r rect) sorted() rect {
	return rect{math.Min(r.x0, r.x1), math.Min(r.y0, r.y1), math.Max(r.x0, r.x1), math.Max(r.y0, r.y1)}
}

func (r rect) area() float64 { return float64((r.x1 - r.x0) * (r.y1 - r.y0)) }

// and is what two rectangles share; its area is 0 when they share nothing.
func (r rect) and(s rect) rect {
	t := rect{math.Max(r.x0, s.x0), math.Max(r.y0, s.y0), math.Min(r.x1, s.x1), math.Min(r.y1, s.y1)}
	if t.x1 < t.x0 || t.y1 < t.y0 {
		return rect{}
	}
	return t
}

func (r rect) has(p point) bool { return p.x >= r.x0 && p.x <= r.x1 && p.y >= r.y0 && p.y <= r.y1 }

// of maps a rectangle and returns what lies around it.
func (m matrix) of(r rect) rect {
	p, q := m.apply(r.x0, r.y0), m.apply(r.x1, r.y1)
	s, t := m.apply(r.x0, r.y1), m.apply(r.x1, r.y0)
	return rect{math.Min(math.Min(p.x, q.x), math.Min(s.x, t.x)), math.Min(math.Min(p.y, q.y), math.Min(s.y, t.y)),
		math.Max(math.Max(p.x, q.x), math.Max(s.x, t.x)), math.Max(math.Max(p.y, q.y), math.Max(s.y, t.y))}
}

// upright maps a page into the space in which it is read: turned as it is shown,
// the corner at the upper left 0, y downwards, points of 1/72 inch.
func upright(box rect, degrees int) matrix {
	w, h := box.x1-box.x0, box.y1-box.y0
	m := matrix{1, 0, 0, 1, -box.x0, -box.y0}
	switch ((degrees/90)%4 + 4) % 4 {
	case 1:
		m = m.then(matrix{0, -1, 1, 0, 0, w})
		w, h = h, w
	case 2:
		m = m.then(matrix{-1, 0, 0, -1, w, h})
	case 3:
		m = m.then(matrix{0, 1, -1, 0, h, 0})
		w, h = h, w
	}
	return m.then(matrix{1, 0, 0, -1, 0, h})
}
