package web

import (
	"fmt"
	"html/template"

	"honne"
)

// icon draws an icon of 16 px; it never stands without its word.
func icon(name string) (template.HTML, error) {
	paths := map[string]string{
		"today":     "M2.5 8.5h3l1 2h3l1-2h3M2.5 8.5v4h11v-4l-2-5h-7z",
		"portfolio": "M2.5 13.5V9M6.2 13.5v-11M9.8 13.5V6M13.5 13.5V4",
		"intake":    "M8 2.5v7M5 6.5l3 3 3-3M2.5 10v3.5h11V10",
		"audits":    "M3.5 2.5h9v11h-9zM5.5 6l1 1 1.5-2M9.5 6h1.5M5.5 10l1 1 1.5-2M9.5 10h1.5",
		"our-side":  "M8 2.5a5.5 5.5 0 1 0 0 11a5.5 5.5 0 1 0 0-11M8 5.5v3l2 1.5",
		"rates":     "M3 6h9.5M9.5 3l3 3M13 10H3.5M6.5 13l-3-3",
		"users":     "M6 3a2.25 2.25 0 1 0 0 4.5a2.25 2.25 0 1 0 0-4.5M1.75 13c0-5 8.5-5 8.5 0M11 4a1.75 1.75 0 1 1 0 3.5M12 9.5c1.6 0 2.5 1.4 2.5 3.5",
		"mailboxes": "M2.5 4h11v8.5h-11zM2.5 4.5L8 9l5.5-4.5",
		"file":      "M4 2.5h5l3 3v8H4zM9 2.5v3h3",
		"claims":    "M2.5 3h11v8h-6l-3 2.5V11h-2z",
		"ask":       "M2.5 3h11v8h-6l-3 2.5V11h-2z",
		"down":      "M8 3v9M4.5 9L8 12.5 11.5 9",
		"check":     "M3 8.5l3.2 3.2L13 4.5",
	}
	d, ok := paths[name]
	if !ok {
		return "", fmt.Errorf("there is no icon %q", name)
	}
	return template.HTML(`<svg class="ic" viewBox="0 0 16 16" aria-hidden="true"><path d="` + d + `"/></svg>`), nil
}

// mark draws the shape of a level or state, 10 px: square, half circle, ring,
// tick, cross, dots, and an octagon for a problem. A triangle would be read as a
// minus in Japan.
func mark(name string) (template.HTML, error) {
	shapes := map[string]string{
		"high":     `<rect width="10" height="10" rx="1.5" fill="currentColor"/>`,
		"watch":    `<circle cx="5" cy="5" r="4.25" fill="none" stroke="currentColor" stroke-width="1.5"/><path d="M5 .75a4.25 4.25 0 0 1 0 8.5z" fill="currentColor"/>`,
		"clear":    `<circle cx="5" cy="5" r="4" fill="none" stroke="currentColor" stroke-width="1.5"/>`,
		"tick":     `<path d="M1 5.5l2.7 2.7L9 2" stroke="currentColor" stroke-width="2" fill="none"/>`,
		"cross":    `<path d="M1.5 1.5l7 7M8.5 1.5l-7 7" stroke="currentColor" stroke-width="2" fill="none"/>`,
		"dots":     `<circle cx="1.5" cy="5" r="1.3" fill="currentColor"/><circle cx="5" cy="5" r="1.3" fill="currentColor"/><circle cx="8.5" cy="5" r="1.3" fill="currentColor"/>`,
		"problem":  `<path d="M3 0h4l3 3v4l-3 3H3L0 7V3z" fill="currentColor"/><path d="M5 2.2v3.6M5 7.2v.8" stroke="var(--neg-bg)" stroke-width="1.4"/>`,
		"revision": `<path d="M1 3.2h6.5M5.5 1l2.2 2.2-2.2 2.2M9 7H2.5M4.5 9L2.3 7l2.2-2.2" stroke="currentColor" stroke-width="1.2" fill="none"/>`,
		"info":     `<circle cx="5" cy="5" r="4.25" fill="none" stroke="currentColor" stroke-width="1.5"/><path d="M5 4.4v3M5 2.4v.9" stroke="currentColor" stroke-width="1.3"/>`,
	}
	s, ok := shapes[name]
	if !ok {
		return "", fmt.Errorf("there is no mark %q", name)
	}
	return template.HTML(`<svg class="mk" viewBox="0 0 10 10" aria-hidden="true">` + s + `</svg>`), nil
}

// Tag is a state: a shape, a word and a tint, never colour alone.
type Tag struct{ Mark, Class, Word string }

func (v *visit) band(b honne.Band) Tag {
	switch b {
	case honne.High:
		return Tag{"high", "neg", v.t("band.high")}
	case honne.Watch:
		return Tag{"watch", "warn", v.t("band.watch")}
	case honne.Clear:
		return Tag{"clear", "", v.t("band.clear")}
	case honne.UnknownBand:
		return Tag{"", "", v.t("band.unknown")}
	}
	return Tag{}
}

// stands says where a file stands; one that holds files was opened.
func (v *visit) stands(f honne.StoredFile) Tag {
	if f.Format.Holds() && f.State == honne.FileSetAside {
		return Tag{"", "", v.t("state.opened")}
	}
	return v.state(f.State)
}

func (v *visit) state(s honne.FileState) Tag {
	word := v.t("state." + string(s))
	switch s {
	case honne.FileReading:
		return Tag{"dots", "info", word}
	case honne.FileToResolve:
		return Tag{"problem", "neg", word}
	case honne.FileReady:
		return Tag{"clear", "info", word}
	case honne.FileAccepted:
		return Tag{"tick", "ok", word}
	case honne.FileUnread:
		return Tag{"cross", "neg", word}
	}
	return Tag{"", "", word}
}
