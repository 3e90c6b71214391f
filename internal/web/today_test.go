package web

import (
	"fmt"
	"html"
	"regexp"
	"strings"
	"testing"

	"honne"
	"honne/internal/store"
)

var todayLine = regexp.MustCompile(`<h2>([^<]*)</h2>|<div class="what"><b[^>]*>([^<]*)</b><span>([^<]*)<`)

// Today shows what is past its day, ours first, then signs, what is due and the
// rest: seven lines, and all others behind their count. A feeling on watch asks to
// look closer.
func TestTodayInOrder(t *testing.T) {
	t.Parallel()
	h := kitano(t)
	day := h.lastDay()
	for i, p := range []honne.Promise{
		{By: honne.Theirs, What: honne.Both{EN: "soon of theirs"}, Due: day + 1}, {By: honne.Ours, What: honne.Both{EN: "soon of ours"}, Due: day + 1},
		{By: honne.Theirs, What: honne.Both{EN: "late of theirs 2"}, Due: day - 3}, {By: honne.Theirs, What: honne.Both{EN: "late of theirs 1"}, Due: day - 30},
		{By: honne.Ours, What: honne.Both{EN: "late of ours 3"}, Due: day - 1}, {By: honne.Ours, What: honne.Both{EN: "late of ours 1"}, Due: day - 20},
		{By: honne.Ours, What: honne.Both{EN: "late of ours 2"}, Due: day - 10}} {
		p.Form, p.Made = honne.PromiseOral, day-honne.Date(60+i)
		kept(h, p)
	}
	h.feels(day.Month(), 2, 2, 2)
	body := h.get("/?lang=en").body
	open, folded, found := strings.Cut(body, "<details class=\"top\">")
	if !found {
		t.Fatal("nothing stands behind a count")
	}
	said := func(part string) (lines []string) {
		for _, m := range todayLine.FindAllStringSubmatch(part, -1) {
			lines = append(lines, strings.TrimSpace(m[1]+m[2]))
		}
		return lines
	}
	const signs, partner = "Signs: new, or not taken up", "Kitano Shoji KK"
	if got, want := fmt.Sprint(said(open)), fmt.Sprint([]string{"What we owe", "late of ours 1", "late of ours 2", "late of ours 3", "What the partner owes", "late of theirs 1", "late of theirs 2",
		signs, partner, partner}); got != want {
		t.Errorf("%s, want %s", got, want)
	}
	rest := said(folded)
	if got, want := fmt.Sprint(rest[:min(7, len(rest))]), fmt.Sprint([]string{signs + ", continued", partner, "What is due", "soon of ours", "soon of theirs", partner, "To review and decide"}); got != want {
		t.Errorf("%s, want %s", got, want)
	}
	inOrder(t, folded, fmt.Sprintf("%d more", len(rest)-5), "soon of ours", "Ours</span>", "soon of theirs", "Theirs</span>", "look closer before anything is said", "/signals/gut-feel")
	h.holds("/?lang=ja", "期日が近いもの", "実情を確認")
}

// What stands on the first pages of a role opens for it: no link leads where it may not
// go, and nothing waits for it that it cannot do.
func TestEveryRoleOpensItsLinks(t *testing.T) {
	t.Parallel()
	h := kitano(t)
	h.upload("kitano-shoji-kk", map[string]string{"2026年6月売上.csv": april})
	for _, role := range []string{"manager", "director", "cfo", "regulatory", "counsel", "viewer"} {
		p, opened := h.person(role), map[string]bool{}
		for _, page := range []string{"/", "/portfolio", "/distributors/kitano-shoji-kk", "/intake", "/claims"} {
			body := p.get(page).body
			for _, m := range hrefs.FindAllStringSubmatch(body[strings.Index(body, "<main"):], -1) {
				to := strings.Split(html.UnescapeString(m[1]), "#")[0]
				if opened[to] || strings.Contains(to, "/evidence") || strings.Contains(to, "unit=") {
					continue // one door of many
				}
				opened[to] = true
				if a := p.get(to); a.status >= 400 {
					t.Errorf("%s: %s leads to %s: %d", role, page, m[1], a.status)
				}
			}
		}
		if body := p.get("/?lang=en").body; strings.Contains(body, "Remind in Japanese") != (role == "manager") || strings.Contains(body, "from messages to confirm") && role == "cfo" {
			t.Errorf("%s: what waits for somebody else stands on its day", role)
		}
	}
}

// feels enters what two people feel, of the months before one.
func (h *house) feels(before honne.Month, scores ...int) {
	h.t.Helper()
	colleague, err := h.works.Store.AddUser(h.t.Context(), store.User{Name: "colleague", Email: "c@nordhaven.example", Role: "viewer"})
	if err != nil {
		h.t.Fatal(err)
	}
	for i, n := range scores {
		for _, who := range []honne.UserID{1, colleague} {
			if _, err := store.Enter(h.t.Context(), h.works.Store, honne.Entry[honne.Pulse]{Distributor: 1, By: who,
				Body: honne.Pulse{Month: before - honne.Month(len(scores)-i), Score: n, Line: "x"}}); err != nil {
				h.t.Fatal(err)
			}
		}
	}
}

// The sentence of the day counts files as its line does, and names that wait for a
// decision stand beside them.
func TestTodayCountsWhatWaits(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.post(h.partner("2026年4月売上.csv", "年月,施設名,品番,数量,金額（円）\n2026年4月,有限会社若葉商会,NS-2,4,400000\n2026年4月,㈱若葉商会,NS-2,4,400000\n2026年4月,株式会社若葉商会,NS-1,4,400000\n")+"/accept", "seen", "1")
	for _, month := range []string{"5", "6", "7"} {
		h.upload("miyako-medical", map[string]string{"2026年" + month + "月売上.csv": strings.ReplaceAll(april, "4月", month+"月")})
	}
	h.holds("/?lang=en", "3 files to review, 1 name waits for a decision.", "3 files wait for review", "1 name waits for a decision</span>", `href="`+miyako+`/names"`, "To review and decide", "What is missing")
	h.holds("/?lang=ja", "確認待ちのファイル3件、判断待ちの名称1件があります。")
	h.lacks("/?lang=en", "To look at")
}
