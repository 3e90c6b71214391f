package sample

import (
	"fmt"

	"honne"
)

// monthGrid writes products down and the months of a fiscal year across. With
// halves it adds 上期計, 下期計 and 合計; value says the figure of a product, nil
// leaves the cell empty. Families are closed by a subtotal, all by a total.
func (t *trade) monthGrid(b *book, halves bool, value func(k, p int) *int64) {
	head := []any{"分類", "製品コード", "製品名"}
	for k := range 12 {
		head = append(head, fmt.Sprintf("%d月", (k+3)%12+1))
		if halves && k == 5 {
			head = append(head, "上期計")
		}
	}
	if halves {
		head = append(head, "下期計", "合計")
	}
	b.put(header, head...)
	var families []string
	rows := map[string][]int{}
	all := make([]int, len(t.products))
	for p, prod := range t.products {
		if rows[prod.family] == nil {
			families = append(families, prod.family)
		}
		rows[prod.family] = append(rows[prod.family], p)
		all[p] = p
	}
	for _, name := range families {
		label := any(name)
		for _, p := range rows[name] {
			b.put(figure, append([]any{label, t.products[p].code, t.products[p].name}, across(halves, value, p)...)...)
			label = nil
		}
		b.put(totals, append([]any{name + " 小計", nil, nil}, across(halves, value, rows[name]...)...)...)
	}
	b.put(totals, append([]any{"合計", nil, nil}, across(halves, value, all...)...)...)
}

// across sums products month by month; a month without any figure stays empty.
func across(halves bool, value func(k, p int) *int64, products ...int) []any {
	var out []any
	var half, year int64
	for k := range 12 {
		var month int64
		known := false
		for _, p := range products {
			if n := value(k, p); n != nil {
				month, known = month+*n, true
			}
		}
		if known {
			out = append(out, month)
		} else {
			out = append(out, nil)
		}
		half, year = half+month, year+month
		if halves && k%6 == 5 {
			out = append(out, half)
			half = 0
		}
	}
	if halves {
		out = append(out, year)
	}
	return out
}

// planBook adds the proposed plan in 千円.
func (t *trade) planBook(f *folder, company string, made honne.Date) {
	b := newBook()
	b.open("販売計画案")
	b.put(title, fmt.Sprintf("%d年度 販売計画（案）", proposedYear))
	b.put(plain, company, nil, nil, nil, nil, nil, nil, nil, nil, nil, nil, nil, nil, nil, nil, nil, nil, "単位：千円")
	b.row++
	t.monthGrid(b, true, func(k, p int) *int64 {
		n := t.proposed[k][p] / 1000
		return &n
	})
	content, err := b.bytes(company, made)
	f.add(fmt.Sprintf("%d年度販売計画（案）.xlsx", proposedYear), made, content, err)
}
