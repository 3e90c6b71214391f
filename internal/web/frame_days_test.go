package web

import "testing"

// A day stands on one line wherever it is text of a page, and stays what it is in an
// attribute, in a list to choose from, in a field and in a drawing.
func TestWholeDays(t *testing.T) {
	t.Parallel()
	const day = "2026年11月22日（日）"
	for in, want := range map[string]string{
		"<p>" + day + "まで</p>":                                  `<p><span class="nb">` + day + `</span>まで</p>`,
		"<p>11月2日（月）–12月3日（木）</p>":                              `<p><span class="nb">11月2日（月）</span>–<span class="nb">12月3日（木）</span></p>`,
		`<a title="` + day + `">x</a>` + day:                    `<a title="` + day + `">x</a><span class="nb">` + day + `</span>`,
		"<select>\n<option>" + day + "</option></select>" + day: "<select>\n<option>" + day + `</option></select><span class="nb">` + day + "</span>",
		"<textarea rows=\"3\">" + day + "</textarea>":           "<textarea rows=\"3\">" + day + "</textarea>",
		"<svg class=\"c\"><text>" + day + "</text></svg>":       "<svg class=\"c\"><text>" + day + "</text></svg>",
		"<title>" + day + "</title><p>5月17日まで":                  "<title>" + day + `</title><p><span class="nb">5月17日</span>まで`,
		day:                  `<span class="nb">` + day + "</span>",
		"<p>" + day + " < 3": `<p><span class="nb">` + day + "</span> < 3",
	} {
		if got := string(wholeDays([]byte(in))); got != want {
			t.Errorf("%s\ngives %s", in, got)
		}
	}
}
