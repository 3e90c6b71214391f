package web

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"
	"net/http"
	"regexp"
	"strings"

	"honne/internal/lang"
)

// policy lets a page load our own files and nothing else; connect-src is for
// the drawer, which fetches pages of ours.
const policy = "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self' data:; " +
	"form-action 'self'; frame-ancestors 'none'; base-uri 'none'"

// headers sets what every answer carries.
func headers(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "same-origin")
		h.Set("X-Frame-Options", "DENY")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
		h.Set("Cache-Control", "no-store")
		next.ServeHTTP(w, r)
	})
}

//go:embed static
var staticFiles embed.FS

// assets are the style sheet and the script, each under the hash of its
// content, so that they may be kept for ever.
type assets map[string]asset

type asset struct {
	body []byte
	hash string
	kind string
}

// notes are what a style sheet says to who writes it.
var notes = regexp.MustCompile(`(?s)/\*.*?\*/\n?`)

func loadAssets(c *lang.Catalogues) (assets, error) {
	out := assets{}
	entries, err := fs.ReadDir(staticFiles, "static")
	if err != nil {
		return nil, err
	}
	kinds := map[string]string{".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}
	for _, e := range entries {
		body, err := staticFiles.ReadFile("static/" + e.Name())
		if err != nil {
			return nil, err
		}
		if strings.HasSuffix(e.Name(), ".css") {
			body = notes.ReplaceAll(body, nil)
		}
		out.add(e.Name(), body, kinds[e.Name()[strings.LastIndexByte(e.Name(), '.'):]])
	}
	names, err := outerNames()
	if err != nil {
		return nil, err
	}
	out.add("outer.css", []byte(outerSheet(string(out["style.css"].body), names)), kinds[".css"])
	for _, l := range lang.All() {
		out.add("mark."+string(l)+".css", printedMark(c.Text(l, "report.internal")), kinds[".css"])
	}
	return out, nil
}

func (s assets) add(name string, body []byte, kind string) {
	sum := sha256.Sum256(body)
	s[name] = asset{body, hex.EncodeToString(sum[:8]), kind}
}

// printedMark is the style that puts the mark of our edition at the foot of every
// printed page.
func printedMark(text string) []byte {
	quoted := strings.NewReplacer("\\", "\\\\", "\"", "\\\"").Replace(text)
	return []byte(`@page{@bottom-left{content:"` + quoted + `";font:400 8pt "Noto Sans JP","Noto Sans CJK JP",sans-serif}}` + "\n")
}

// path returns the address of an asset.
func (s assets) path(name string) (string, error) {
	f, ok := s[name]
	if !ok {
		return "", fmt.Errorf("there is no static file %q", name)
	}
	return "/static/" + f.hash + "/" + name, nil
}

// ServeHTTP sends an asset; an old hash gets the new file, not to be kept.
func (s assets) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	f, ok := s[r.PathValue("name")]
	if !ok {
		http.NotFound(w, r)
		return
	}
	if r.PathValue("hash") == f.hash {
		w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	}
	w.Header().Set("Content-Type", f.kind)
	w.Header().Set("ETag", `"`+f.hash+`"`)
	if r.Header.Get("If-None-Match") == `"`+f.hash+`"` {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	w.Write(f.body)
}
