package web

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"honne"
	"honne/internal/store"
)

const april = "年月,得意先名,品番,品名,数量,金額（円）\n2026年4月,青葉病院,NS-1,ステント,10,1000000\n2026年4月,若葉医院,NS-2,カテーテル,4,400000\n"
const may = "年月,得意先名,品番,品名,数量,金額（円）\n2026年5月,青葉病院,NS-1,ステント,12,1200000\n2026年5月,若葉医院,NS-2,カテーテル,5,500000\n"

func TestFirstRunToEvidence(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	if a := h.get("/"); a.status != 303 || a.header.Get("Location") != "/setup" {
		t.Fatalf("a stranger goes to the first run: %d %s", a.status, a.header.Get("Location"))
	}
	if a := h.post("/setup", "your-name", "K", "email", "k@example.com", "password", "short", "our-name", "N"); a.status != 422 || !strings.Contains(a.body, `aria-invalid="true"`) {
		t.Fatalf("a short password: %d", a.status)
	}
	h.settle()
	if a := h.post("/setup", "your-name", "X"); a.status != 404 {
		t.Errorf("the door of the first run is shut: %d", a.status)
	}
	a := h.post("/distributors/new", "name", "Miyako Medical", "name-ja", "株式会社みやこ", "starts", "4")
	if a.status != 303 {
		t.Fatalf("new distributor: %d %s", a.status, a.body)
	}
	slug := strings.TrimPrefix(a.header.Get("Location"), "/intake?done=distributor&distributor=")
	for name, text := range map[string]string{"2026年4月売上.csv": april} {
		if a = h.upload(slug, map[string]string{name: text}); a.status != 303 {
			t.Fatalf("upload: %d %s", a.status, a.body)
		}
	}
	file := a.header.Get("Location")
	review := h.get(file)
	if review.status != 200 || !strings.Contains(review.body, "青葉病院") || !strings.Contains(review.body, `<span class="fd">Customer</span>`) {
		t.Errorf("review: %d\n%s", review.status, review.body)
	}
	if a = h.post(file+"/accept", "seen", "1"); a.status != 303 {
		t.Fatalf("accept: %d %s", a.status, a.body)
	}
	if a = h.post(file+"/accept", "seen", "1"); a.status != 303 {
		t.Errorf("accept twice is once: %d", a.status)
	}
	if a = h.upload(slug, map[string]string{"again.csv": april}); a.status != 422 || !strings.Contains(a.body, file) {
		t.Errorf("the same bytes are refused with a link: %d", a.status)
	}
	overview := h.get("/distributors/" + slug + "?unit=jpy-k")
	if overview.status != 200 || !strings.Contains(overview.body, "1,400") {
		t.Errorf("overview: %d\n%s", overview.status, overview.body)
	}
	ev := h.get("/distributors/" + slug + "/evidence?series=sales&period=2026-04&amount=1")
	if ev.status != 200 || !strings.Contains(ev.body, "¥1,400,000") || !strings.Contains(ev.body, "2026年4月売上.csv") {
		t.Errorf("evidence: %d\n%s", ev.status, ev.body)
	}
	if a = h.get(file + "/original"); a.body != april || !strings.HasPrefix(a.header.Get("Content-Disposition"), "attachment") {
		t.Errorf("original: %d %q", a.status, a.header.Get("Content-Disposition"))
	}
	if a = h.post(file + "/undo"); a.status != 303 {
		t.Errorf("undo: %d", a.status)
	}
}

func TestSignInAndRoles(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.settle()
	if a := h.post("/distributors/new", "name", "Miyako Medical", "starts", "4"); a.status != 303 {
		t.Fatal(a.status)
	}
	if a := h.post("/sign-out"); a.status != 303 {
		t.Fatal(a.status)
	}
	if a := h.get("/portfolio"); a.status != 303 || a.header.Get("Location") != "/sign-in?next=%2Fportfolio" {
		t.Errorf("signed out: %d %s", a.status, a.header.Get("Location"))
	}
	if a := h.post("/sign-in", "email", "kirsten@nordhaven.example", "password", "wrong wrong"); a.status != 422 {
		t.Errorf("wrong password: %d", a.status)
	}
	if a := h.post("/sign-in", "email", "kirsten@nordhaven.example", "password", "a quiet morning in Kyoto", "next", "//evil.example/"); a.status != 303 || a.header.Get("Location") != "/" {
		t.Errorf("sign in stays on our host: %d %s", a.status, a.header.Get("Location"))
	}
	h.post("/sign-out")
	u, err := h.works.Store.UserByEmail(t.Context(), "kirsten@nordhaven.example")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := h.works.Store.AddUser(t.Context(), store.User{Name: "V", Email: "v@nordhaven.example", Role: "viewer", PasswordHash: u.PasswordHash}); err != nil {
		t.Fatal(err)
	}
	h.post("/sign-in", "email", "v@nordhaven.example", "password", "a quiet morning in Kyoto")
	for path, want := range map[string]int{"/portfolio": 200, "/distributors/new": 404, "/intake": 200, "/distributors/miyako-medical/edit": 404} {
		if a := h.get(path); a.status != want {
			t.Errorf("viewer %s: %d, want %d", path, a.status, want)
		}
	}
	if a := h.post("/intake/accept-ready", "distributor", "miyako-medical"); a.status != 404 {
		t.Errorf("viewer accepts nothing: %d", a.status)
	}
}

// TestOnlyFailedSignInsCount: whoever knows the password may sign in as often as
// they like; the guesses of an address stay counted whatever succeeds between them.
func TestOnlyFailedSignInsCount(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.settle()
	right := func() int {
		return h.post("/sign-in", "email", "kirsten@nordhaven.example", "password", "a quiet morning in Kyoto").status
	}
	for i := range 12 {
		if got := right(); got != 303 {
			t.Fatalf("sign-in %d: %d", i+1, got)
		}
	}
	for i := range 10 {
		if a := h.post("/sign-in", "email", fmt.Sprintf("v%d@nordhaven.example", i), "password", "wrong wrong"); a.status != 422 {
			t.Fatalf("guess %d: %d", i+1, a.status)
		}
		if i == 5 {
			right()
		}
	}
	if got := right(); got != 429 {
		t.Errorf("after ten guesses: %d", got)
	}
}

func TestForeignFormIsRefused(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.settle()
	r, err := http.NewRequest(http.MethodPost, h.url+"/sign-out", nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Sec-Fetch-Site", "cross-site")
	if a := h.do(r); a.status != http.StatusForbidden {
		t.Errorf("cross-site post: %d", a.status)
	}
}

// A session lives while it is used, up to its absolute end; unused it ends.
func TestSessionEnds(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.settle()
	for _, c := range []struct {
		after time.Duration
		want  int
	}{{time.Hour, 200}, {2 * time.Hour, 200}, {2*time.Hour + 50*time.Minute, 200}, {4 * time.Hour, 303}} {
		h.wait(c.after)
		if a := h.get("/portfolio"); a.status != c.want {
			t.Errorf("after another %v: %d, want %d", c.after, a.status, c.want)
		}
	}
	h.post("/sign-in", "email", "kirsten@nordhaven.example", "password", "a quiet morning in Kyoto")
	for i := range 8 {
		h.wait(2 * time.Hour)
		want := 200
		if i >= 6 { // fourteen hours
			want = 303
		}
		if a := h.get("/portfolio"); a.status != want {
			t.Errorf("after %d hours of use: %d, want %d", 2*(i+1), a.status, want)
		}
	}
}

// While a file is being read its page says so and looks again by itself.
func TestWaitingPage(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.settle()
	h.post("/distributors/new", "name", "Miyako Medical", "starts", "4")
	file := h.upload("miyako-medical", map[string]string{"a.csv": april}).header.Get("Location")
	if err := h.works.Store.SetFileState(t.Context(), 1, honne.FileReading); err != nil {
		t.Fatal(err)
	}
	if a := h.get(file); !strings.Contains(a.body, `http-equiv="refresh" content="2"`) || strings.Contains(a.body, "acc primary") {
		t.Errorf("%s", a.body)
	}
}
