package web

import (
	"net/http"
	"strings"
	"testing"
)

func TestStaticFilesAreKept(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	for name := range bare(t).assets {
		p, err := bare(t).assets.path(name)
		if err != nil {
			t.Fatal(err)
		}
		a := h.get(p)
		if a.status != 200 || !strings.Contains(a.header.Get("Cache-Control"), "immutable") || a.header.Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%s: %d %v", p, a.status, a.header)
		}
		if m := neverShared.FindString(a.body); strings.HasSuffix(name, ".css") && (m != "" || strings.Contains(a.body, "/*")) {
			t.Errorf("%s, which a partner's browser loads, says %q or what is meant for who writes it", name, m)
		}
		r, err := http.NewRequest(http.MethodGet, h.url+p, nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("If-None-Match", a.header.Get("ETag"))
		if a := h.do(r); a.status != http.StatusNotModified {
			t.Errorf("%s again: %d", p, a.status)
		}
	}
	if a := h.get("/static/0/none.css"); a.status != 404 {
		t.Errorf("no such file: %d", a.status)
	}
}

func TestLocal(t *testing.T) {
	for next, want := range map[string]string{
		"/portfolio?x=1": "/portfolio?x=1", "": "/", "//evil.example": "/", "https://evil.example": "/", `/\evil.example`: "/", "/a\r\nb": "/",
	} {
		if got := local(next); got != want {
			t.Errorf("local(%q) = %q", next, got)
		}
	}
}

func TestPeriodsComeBack(t *testing.T) {
	_, p := samplePicture()
	for _, m := range p.Months {
		back, err := parsePeriod(m.Month.Period().String())
		if err != nil || back != m.Month.Period() {
			t.Errorf("%s: %v %v", m.Month, back, err)
		}
	}
	if back, err := parsePeriod(p.Period.String()); err != nil || back != p.Period {
		t.Errorf("%s: %v %v", p.Period, back, err)
	}
}
