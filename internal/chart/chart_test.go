package chart

import (
	"encoding/xml"
	"flag"
	"io"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the goldens")

func known(f float64, label string) Value { return Value{F: f, Known: true, Label: label} }

// year is a year with each case of a month: plain, revised, missing, forecast
// above and below, nothing but a plan.
func year() Columns {
	return Columns{ID: "cm", Title: "Net sales <by> month", Desc: "Actual & forecast", Measure: "Net sales", Delta: "ΔPL", Actual: "Actual", Forecast: "Forecast",
		Months: []Column{
			{Label: "Apr", Actual: known(40, "40"), Plan: known(42, "42"), Prior: known(38, "38"), Variance: known(-2, "−2"), Href: "/e?a=1&b=2", Name: "April",
				VarianceHref: "/d", VarianceName: "April to plan"},
			{Label: "May", Actual: known(43, "43"), Plan: known(40, "40"), Prior: known(41, "41"), Variance: known(3, "+3"), Revised: true, Href: "/e", Name: "May"},
			{Label: "Jun", Plan: known(44, "44"), Forecast: known(50, "50"), Variance: known(6, "+6"), Missing: true, Gap: "n.r.", Due: "due 9 Jul"},
			{Label: "Jul", Forecast: known(49, "49"), Plan: known(50, "50"), Variance: known(-1, "−1")},
			{Label: "Aug", Forecast: known(56, "56"), Plan: known(54, "54"), Variance: known(2, "+2")},
			{Label: "Sep", Plan: known(54, "54")},
		}}
}

func TestGoldens(t *testing.T) {
	cost := year()
	cost.CostLike = true
	for name, svg := range map[string]string{
		"columns": string(year().SVG()), "cost": string(cost.SVG()), "empty": string(Columns{ID: "e"}.SVG()),
		"spark": string(Spark([]float64{3, 2, 2.5, 1}, Bad)), "flat": string(Spark([]float64{1, 1}, OK)),
		"bar":    string(Bar(0.758, Solid) + Bar(1.2, Lighter) + Bar(0.5, Outlined) + Bar(0.5, Dashed) + Bar(-1, Thin)),
		"trend":  string(Trend{ID: "tr", Title: "Visibility", Desc: "Quarters", Points: []TrendPoint{{Label: "9/25", Value: known(0.7, "70%")}, {Label: "12/25", Value: known(0.6, "60%"), Href: "/e", Name: "December"}, {Label: "3/26", Value: known(0.3, "30%")}}, Low: 0.6, High: 0.8, Banded: true, Dot: Bad}.SVG()),
		"places": string(someplaces().SVG()), "months": string(somemonths().SVG()),
		"scale": string(Scale{ID: "sc", Title: "Said, shown, meant", Desc: "Three rows", Highest: 4, Rows: []ScaleRow{{Label: "Transparency", Note: "+2.0", Ring: known(4, ""), Dot: known(2, ""), Across: known(1, ""), Wide: true},
			{Label: "Access", Ring: known(3, ""), Across: known(3, "")}, {Label: "Trust", Note: "1.9", Bar: known(1.9, "")}, {Label: "Culture"}}}.Draw().SVG()),
		"pair":   string(Pair(0.4, 0.7, true) + Pair(1.4, 0, false)),
		"bullet": string(Bullet(0.8, 0.9, true) + Bullet(0.8, 0, false)),
	} {
		golden(t, "testdata/"+name+".svg", svg)
	}
	if svg := string(year().SVG()); strings.Contains(svg, "+6") || strings.Contains(svg, ">50<") {
		t.Error("a month that has not come shows a forecast or a variance")
	}
	if Spark([]float64{1}, OK) != "" {
		t.Error("one value is no line")
	}
}

// someplaces has each shape, a name without room to the right, and two names on
// one spot.
func someplaces() Places {
	return Places{ID: "mp", Title: "Growth and trust", Desc: "Three partners", Left: "shrinks", Right: "grows", Low: "below: less clear", High: "above: all clear",
		Ends: func(f float64) string { return strconv.FormatFloat(f*100, 'f', 0, 64) + "%" },
		All: []Place{{X: 0.02, Y: 0.8, Shape: Square, Name: "Miyako", Href: "/m", Labelled: "Miyako, Act"}, {X: 0.02, Y: 0.8, Shape: Ring, Name: "Kansai", Href: "/k", Labelled: "Kansai, Healthy"},
			{X: 0.18, Y: 0, Shape: Half, Name: "株式会社北野商事メディカル", Href: "/n", Labelled: "Kitano, Look closer"}, {X: -0.11, Y: 1, Shape: Cross, Name: "Aozora", Href: "/a", Labelled: "Aozora, not known"}}}
}

func somemonths() Months {
	return Months{ID: "m1", Title: "Miyako", Desc: "24 months", Highest: 50, From: "Nov 2024", To: "Oct 2026", Last: Mark{Words: "38", Href: "/e", Labelled: "October 2026"},
		All: []SmallMonth{{Actual: known(40, ""), Plan: known(42, "")}, {Missing: true, Plan: known(44, "")}, {}, {Actual: known(0, "")}, {Actual: known(50, "")}}}
}

func golden(t *testing.T, path, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s differs; run with -update and look at it", path)
	}
}

// Every drawing is well-formed, names itself, and holds no text under 12 px.
func TestDrawingIsSound(t *testing.T) {
	svg := string(year().SVG())
	d := xml.NewDecoder(strings.NewReader(svg))
	for {
		if _, err := d.Token(); err == io.EOF {
			break
		} else if err != nil {
			t.Fatal(err)
		}
	}
	if !strings.Contains(svg, "<title id=\"cmt\">Net sales &lt;by&gt; month</title>") || !strings.Contains(svg, "<desc id=\"cmd\">") {
		t.Error("no title or description")
	}
	for _, m := range regexp.MustCompile(`font-size="(\d+)"`).FindAllStringSubmatch(svg, -1) {
		if n, err := strconv.Atoi(m[1]); err != nil || n < 12 {
			t.Errorf("text of %s px", m[1])
		}
	}
	if strings.Contains(svg, "style=") || strings.Contains(svg, "<polygon") {
		t.Error("an inline style, or a shape that could be a triangle")
	}
}

// A long label of the first or last quarter stands inside its drawing.
func TestTrendCutsNoLabel(t *testing.T) {
	long := known(77.9, "77.9 business hours")
	got := string(Trend{ID: "tr", Title: "Reply time", Desc: "Quarters", Points: []TrendPoint{{Label: "Q3", Value: long}, {Label: "Q4", Value: long}, {Label: "Q1", Value: long}}}.SVG())
	for _, anchor := range []string{"", ` text-anchor="middle"`, ` text-anchor="end"`} {
		if !regexp.MustCompile(`<text[^>]*` + anchor + `[^>]*>77\.9`).MatchString(got) {
			t.Errorf("no label with%s in %s", anchor, got)
		}
	}
	if regexp.MustCompile(`<text x="36"[^>]*>77\.9`).MatchString(got) {
		t.Error("the first label is cut at the left edge")
	}
}
