package pdf

// page is a page of the file, with what it inherits.
type page struct {
	contents  []*stream
	resources dict
	box       rect   // what is shown of it, in its own space
	turn      matrix // into the space in which it is read, y downwards
}

const maxPages = 3000

// pages lists the pages in their order (ISO 32000-1, 7.7.3). Pages that are lost
// are left out.
func (d *document) pages() ([]page, error) {
	w := &pageWalk{d: d, seen: map[int32]bool{}}
	w.walk(d.dict(d.trailer["Root"])["Pages"], dict{}, 0)
	switch {
	case d.fatal != nil:
		return nil, d.fatal
	case len(w.found) > maxPages:
		return nil, errLimit
	}
	return w.found, d.ctx.Err()
}

type pageWalk struct {
	d     *document
	seen  map[int32]bool
	found []page
}

func (w *pageWalk) walk(node any, inherited dict, depth int) {
	if r, ok := node.(ref); ok {
		if w.seen[r.num] {
			return
		}
		w.seen[r.num] = true
	}
	n := w.d.dict(node)
	if n == nil || depth > maxNested || len(w.found) > maxPages {
		return
	}
	own := dict{}
	for _, k := range [...]name{"Resources", "MediaBox", "CropBox", "Rotate"} {
		if own[k] = inherited[k]; n[k] != nil {
			own[k] = n[k]
		}
	}
	kids, inner := w.d.resolve(n["Kids"]).(array)
	if !inner {
		w.found = append(w.found, w.d.page(n, own))
		return
	}
	for _, k := range kids {
		w.walk(k, own, depth+1)
	}
}

func (d *document) page(n, own dict) page {
	p := page{resources: d.dict(own["Resources"]), box: rect{0, 0, 595, 842}}
	for _, k := range [...]name{"MediaBox", "CropBox"} {
		if box, ok := d.rect(own[k]); ok {
			p.box = box
		}
	}
	p.turn = upright(p.box, d.int(own["Rotate"], 0))
	list, several := d.resolve(n["Contents"]).(array)
	if !several {
		list = array{n["Contents"]}
	}
	for _, c := range list {
		if s, ok := d.resolve(c).(*stream); ok {
			p.contents = append(p.contents, s)
		}
	}
	return p
}

// rect reads a rectangle that is not empty.
func (d *document) rect(v any) (rect, bool) {
	a := d.array(v)
	if len(a) < 4 {
		return rect{}, false
	}
	r := rect{d.number(a[0], 0), d.number(a[1], 0), d.number(a[2], 0), d.number(a[3], 0)}.sorted()
	return r, r.x1-r.x0 >= 1 && r.y1-r.y0 >= 1 && r.x1-r.x0 < 1e6 && r.y1-r.y0 < 1e6
}
