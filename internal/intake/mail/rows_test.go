package mail

import (
	"strings"
	"testing"
	"time"
)

// A cell may come in very many pieces; it costs no more than its length.
func TestTableInPieces(t *testing.T) {
	t.Parallel()
	row := "<tr><td>A</td><td>" + strings.Repeat("1<b>", 500_000) + "</td></tr>"
	begin := time.Now()
	figureTables("<table>" + row + row + "</table>")
	if took := time.Since(begin); took > 20*time.Second {
		t.Errorf("%s", took)
	}
	if page := TablesOf("<p>x</p><table><tr><td>A</td><td>1,<b>000</b></td></tr><tr><td>B</td><td>20</td></tr></table>"); !strings.Contains(page, "<b>000</b>") {
		t.Error(page)
	}
}
