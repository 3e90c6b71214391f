package web

import (
	"net/http"
	"net/url"
	"strings"
)

// place says in words where an object of the history stands: the code of a thing, and
// the part of it that was meant.
func (x *lookback) place(object string) string {
	parts := strings.Split(strings.Trim(object, "/"), "/")
	if len(parts) > 1 && parts[0] == "distributors" && parts[1] != "new" {
		parts = parts[2:] // the column beside it names the partner
		if len(parts) == 0 {
			parts = []string{"overview"}
		}
	}
	if len(parts) > 1 && codedAt(parts[0]) != "" {
		parts = parts[1:] // the code says what it is of
	}
	var words []string
	for _, p := range parts {
		words = append(words, x.placeWord(p))
	}
	return strings.Join(words, " › ")
}

// placeWord is what a part of an address is called on its own page; a part that has no
// name is a code, a number or a name, and stays.
func (x *lookback) placeWord(part string) string {
	if part == "" {
		part = "today"
	}
	for _, group := range [...]string{"history.page.", "tab.", "nav.", "entry.", "sign.", "measure."} {
		if x.app.Languages.Has(x.lang, group+part) {
			return x.t(group + part)
		}
	}
	if d, ok := dimensionOf(part); ok {
		return x.t("dimension." + d.Slug)
	}
	if measure, _, ok := strings.Cut(part, "."); ok && x.app.Languages.Has(x.lang, "measure."+measure) {
		return x.t("measure." + measure) // of a threshold
	}
	return part
}

// opens is where an object opens: its own page, else the thing that it is a part of.
func (x *lookback) opens(object, head string) string {
	for _, asked := range [...]string{"/evidence", "/remind", "/publish/file"} {
		if strings.HasSuffix(object, asked) {
			return head // of what, its query said, which the history does not keep
		}
	}
	if _, pattern := x.app.mux.Handler(&http.Request{Method: http.MethodGet, URL: &url.URL{Path: object}}); pattern != "" && x.app.doors[pattern].area != "" {
		return object
	}
	return head
}
