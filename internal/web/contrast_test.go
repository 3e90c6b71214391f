package web

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

var tokens = regexp.MustCompile(`--([a-z0-9-]+):#([0-9A-Fa-f]{3,6})`)

// palette reads the tokens that follow a selector of the style sheet.
func palette(css, selector string) map[string]string {
	rest := css[strings.Index(css, selector):]
	rest = rest[:strings.Index(rest, "}")]
	out := map[string]string{}
	for _, m := range tokens.FindAllStringSubmatch(rest, -1) {
		out[m[1]] = m[2]
	}
	return out
}

// luminance is the relative luminance of WCAG 2.2.
func luminance(hex string) float64 {
	if len(hex) == 3 {
		hex = string([]byte{hex[0], hex[0], hex[1], hex[1], hex[2], hex[2]})
	}
	sum := 0.0
	for i, w := range []float64{0.2126, 0.7152, 0.0722} {
		n, _ := strconv.ParseUint(hex[2*i:2*i+2], 16, 8)
		c := float64(n) / 255
		if c <= 0.04045 {
			c /= 12.92
		} else {
			c = math.Pow((c+0.055)/1.055, 2.4)
		}
		sum += w * c
	}
	return sum
}

func contrast(a, b string) float64 {
	x, y := luminance(a), luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

// Text is at least 4.5 to 1 on every ground it stands on, marks and borders 3
// to 1, in both themes.
func TestContrast(t *testing.T) {
	css, err := staticFiles.ReadFile("static/style.css")
	if err != nil {
		t.Fatal(err)
	}
	light, dark := palette(string(css), ":root{"), palette(string(css), ":root[data-theme=dark]{")
	system := palette(string(css), ":root:not([data-theme=light]){")
	for name, want := range dark {
		if system[name] != want {
			t.Errorf("%s differs between the dark themes", name)
		}
	}
	for theme, p := range map[string]map[string]string{"light": light, "dark": dark} {
		check := func(front, back string, least float64) {
			if p[front] == "" || p[back] == "" {
				t.Errorf("%s: no token %s or %s", theme, front, back)
			} else if c := contrast(p[front], p[back]); c < least {
				t.Errorf("%s: %s on %s is %.2f", theme, front, back, c)
			}
		}
		for _, text := range []string{"ink", "ink2", "ink3", "accent", "pos", "neg", "warn", "ok"} {
			for _, ground := range []string{"bg", "surface", "sunken"} {
				check(text, ground, 4.5)
			}
		}
		for _, tinted := range []string{"accent", "neg", "warn", "ok"} {
			check(tinted, tinted+"-bg", 4.5)
		}
		check("on-accent", "accent", 4.5)
		for _, m := range []string{"line2", "ac", "py"} {
			check(m, "surface", 3)
		}
	}
}
