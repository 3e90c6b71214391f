package xlsx

import (
	"context"
	"strconv"

	"honne/internal/intake/numfmt"
)

// format is what a number format makes of a number.
type format struct {
	code string // as the workbook writes it; "" for General and built-in ones
	show numfmt.Show
}

const maxStyles = 1 << 16

// readStyles learns the number format of every style of cells.
func (b *Book) readStyles(ctx context.Context) error {
	if b.stylPart == "" {
		return nil
	}
	codes := make(map[int]string)
	var ids []int
	section := ""
	err := b.walk(ctx, b.stylPart, 64<<20, func(x *xmlReader) {
		switch string(x.name) {
		case "numFmts", "cellXfs", "cellStyleXfs", "cellStyles", "dxfs", "fonts", "fills", "borders":
			section = string(x.name)
		case "numFmt":
			if id, err := strconv.Atoi(x.attr("numFmtId")); err == nil && section == "numFmts" && len(codes) < maxStyles {
				codes[id] = x.attr("formatCode")
			}
		case "xf":
			if section == "cellXfs" && len(ids) < maxStyles {
				id, _ := strconv.Atoi(x.attr("numFmtId"))
				ids = append(ids, id)
			}
		}
	})
	b.formats = make([]format, len(ids))
	for i, id := range ids {
		code, own := codes[id]
		b.formats[i] = format{code, numfmt.BuiltIn(id)}
		if own {
			b.formats[i].show = numfmt.Of(code)
		}
	}
	return err
}
