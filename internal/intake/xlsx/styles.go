package xlsx

import (
	"context"
	"strconv"

	"honne/internal/intake/numfmt"
)

// format is how a cell is shown.
type format struct {
	id     int    // of its number format
	code   string // as the workbook writes it; "" for General and built-in ones
	show   numfmt.Show
	indent uint8 // steps its text is indented by
}

const maxStyles = 1 << 16

// readStyles learns the number format and the indentation of every style of cells.
func (b *Book) readStyles(ctx context.Context) error {
	if b.stylPart == "" {
		return nil
	}
	codes := make(map[int]string)
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
			if section == "cellXfs" && len(b.formats) < maxStyles {
				id, _ := strconv.Atoi(x.attr("numFmtId"))
				b.formats = append(b.formats, format{id: id, show: numfmt.BuiltIn(id)})
			}
		case "alignment":
			if n := len(b.formats); section == "cellXfs" && n > 0 {
				indent, _ := strconv.ParseUint(x.attr("indent"), 10, 8)
				b.formats[n-1].indent = uint8(indent)
			}
		}
	})
	for i := range b.formats {
		if code, own := codes[b.formats[i].id]; own {
			b.formats[i].code, b.formats[i].show = code, numfmt.Of(code)
		}
	}
	return err
}
