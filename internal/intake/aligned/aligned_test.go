package aligned

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"honne"
	"honne/internal/intake/grid"
)

// dump writes the rows of a text, "" where it is none of aligned columns.
func dump(t *testing.T, text string) string {
	f, ok, err := Open(strings.NewReader(text), int64(len(text)))
	if err != nil {
		t.Fatal(err)
	}
	if !ok {
		return ""
	}
	var b strings.Builder
	err = f.Each(t.Context(), func(r *grid.Row) error {
		for _, c := range r.Cells {
			fmt.Fprintf(&b, "%s=%s;", honne.Cell{Row: r.N, Col: c.Col}, c.Text)
		}
		b.WriteString("\n")
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	fmt.Fprint(&b, f.Unsure())
	return b.String()
}

func TestOpen(t *testing.T) {
	for name, c := range map[string]struct{ text, want string }{
		"thousands stay whole": {`得意先      数量      金額
北商店         2     4,800
南商店         5    11,250
計             7    16,050
`, "A1=得意先;B1=数量;C1=金額;\nA2=北商店;B2=2;C2=4,800;\nA3=南商店;B3=5;C3=11,250;\nA4=計;B4=7;C4=16,050;\n[]"},
		"a long name is cut at its blank": {`得意先      数量      金額
北商店         2     4,800
南商店         5    11,250
西商店         1     2,250
とても長い商店 1     2,250
`, "A1=得意先;B1=数量;C1=金額;\nA2=北商店;B2=2;C2=4,800;\nA3=南商店;B3=5;C3=11,250;\nA4=西商店;B4=1;C4=2,250;\nA5=とても長い商店;B5=1;C5=2,250;\n[]"},
		"what runs over is not sure": {strings.Repeat("北商店         2     4,800\n", 5) + "とても長い商店名2     4,800\n",
			strings.Join([]string{"A1=北商店;B1=2;C1=4,800;\nA2=北商店;B2=2;C2=4,800;\nA3=北商店;B3=2;C3=4,800;\nA4=北商店;B4=2;C4=4,800;\nA5=北商店;B5=2;C5=4,800;\nA6=とても長い商店名2;C6=4,800;\n[A6]"}, "")},
		"a column that few fill": {`得意先      数量   返品      金額
北商店         2            4,800
南商店         5     1     11,250
西商店         7           16,050
`, "A1=得意先;B1=数量;C1=返品;D1=金額;\nA2=北商店;B2=2;D2=4,800;\nA3=南商店;B3=5;C3=1;D3=11,250;\nA4=西商店;B4=7;D4=16,050;\n[]"},
		"two tables that do not clash": {`得意先        数量    金額
北商店          2   4,800
南商店         12  11,250
計             14  16,050

品番     品名                  在庫数
HX-1     針                       120
HX-2     糸                         8
HX-3     鋏                        15
`, "A1=得意先;C1=数量;D1=金額;\nA2=北商店;C2=2;D2=4,800;\nA3=南商店;C3=12;D3=11,250;\nA4=計;C4=14;D4=16,050;\nA6=品番;B6=品名;E6=在庫数;\nA7=HX-1;B7=針;E7=120;\nA8=HX-2;B8=糸;E8=8;\nA9=HX-3;B9=鋏;E9=15;\n[]"},
		"two tables that clash": {`得意先            数量    金額
北川鉄工所          2   4,800
泉州ポンプ         12  11,250
計                 14  16,050

品番     品名                  在庫数
HX-1     スクリュー               120
HX-2     プレート                   8
HX-3     ドリル                    15
`, "A1=得意先;B1=数量;C1=金額;\nA2=北川鉄工所;B2=2;C2=4,800;\nA3=泉州ポンプ;B3=12;C3=11,250;\nA4=計;B4=14;C4=16,050;\nA6=品番;B6=品名;C6=在庫数;\nA7=HX-1;B7=スクリュー;C7=120;\nA8=HX-2;B8=プレート;C8=8;\nA9=HX-3;B9=ドリル;C9=15;\n[]"},
		"a name with a comma": {"Kitagawa, Inc.      2    4,800\nSenshu Pump         1    2,400\nHigashi Coop        5   11,250\n",
			"A1=Kitagawa, Inc.;B1=2;C1=4,800;\nA2=Senshu Pump;B2=1;C2=2,400;\nA3=Higashi Coop;B3=5;C3=11,250;\n[]"},
		"delimiters":     {"得意先,  数量,  金額\n北商店,  2,  4800\n南商店,  5,  1250\n計,  7,  6050\n", ""},
		"prose":          {"お世話になります。\n7月は2台でした。\n以上\n", ""},
		"few records":    {"計  7\n\n以上\n", ""},
		"tabs":           {"a\t  1\nb\t  2\nc\t  3\n", ""},
		"a list of text": {"東京  本社\n大阪  支店\n京都  支店\n", ""},
	} {
		t.Run(name, func(t *testing.T) {
			if got := dump(t, c.text); got != c.want {
				t.Errorf("got\n%s\nwant\n%s", got, c.want)
			}
		})
	}
}

func FuzzOpen(f *testing.F) {
	f.Add([]byte("得意先  数量\n北商店  2\n南商店  5\n計  7\n"))
	f.Add([]byte("PAGE   1\n a  1\n b  2\n─────\n c  3\n│d│4│\n"))
	f.Fuzz(func(t *testing.T, b []byte) {
		file, ok, err := Open(bytes.NewReader(b), int64(len(b)))
		if err != nil {
			t.Fatal(err)
		}
		if !ok {
			return
		}
		last := int32(0)
		err = file.Each(t.Context(), func(r *grid.Row) error {
			if r.N <= last || len(r.Cells) == 0 {
				t.Fatalf("row %d after %d with %d cells", r.N, last, len(r.Cells))
			}
			last = r.N
			for i, c := range r.Cells {
				if c.Text == "" || c.Col < 1 || i > 0 && c.Col <= r.Cells[i-1].Col {
					t.Fatalf("cell %d %q in row %d", c.Col, c.Text, r.N)
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}
