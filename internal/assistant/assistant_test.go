package assistant

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"honne"
)

const mail = "予算が確保できておらず、翻訳は来期以降になります。よろしくお願いします。"

// Each dialect says no more than the question, with its key where that belongs,
// and of the answer only what stands in the text and is known counts.
func TestAsk(t *testing.T) {
	answer := `Here you are: {"reasons":[{"excuse":"no-localization-budget","words":"予算が確保できておらず"},{"excuse":"no-localization-budget","words":"予算が確保できておらず"},{"excuse":"invented","words":"予算"},{"excuse":"wait-and-see","words":"様子を見たい"},{"excuse":"wait-and-see","words":"翻訳"}]}`
	for dialect, reply := range map[honne.Dialect]any{
		honne.SpeaksOpenAI:    map[string]any{"choices": []any{map[string]any{"message": map[string]string{"content": answer}}}},
		honne.SpeaksAnthropic: map[string]any{"content": []any{map[string]string{"type": "text", "text": answer}}},
	} {
		t.Run(string(dialect), func(t *testing.T) {
			s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				body, _ := io.ReadAll(r.Body)
				want := map[honne.Dialect]string{honne.SpeaksOpenAI: "/v1/chat/completions Bearer secret ", honne.SpeaksAnthropic: "/v1/messages  secret"}[dialect]
				if got := r.URL.Path + " " + r.Header.Get("Authorization") + " " + r.Header.Get("X-Api-Key"); got != want {
					t.Errorf("%q, want %q", got, want)
				}
				if n := strings.Count(string(body), "予算が確保できておらず"); n != 1 || strings.Contains(string(body), "secret") {
					t.Errorf("the text stands %d times in %s", n, body)
				}
				json.NewEncoder(w).Encode(reply)
			}))
			defer s.Close()
			got, err := Ask(t.Context(), honne.Assistant{Speaks: dialect, URL: s.URL + "/v1", Model: "m"}, "secret", honne.Inquiry{Instructions: "find", Text: mail},
				[]string{"no-localization-budget", "wait-and-see"}, DefaultLimits())
			if err != nil || len(got) != 1 || got[0] != (honne.Suggestion{Excuse: "no-localization-budget", Words: "予算が確保できておらず"}) {
				t.Errorf("%v, %v", got, err)
			}
		})
	}
}

// What goes wrong is named by what a person can do, and holds no word of the text.
func TestTrouble(t *testing.T) {
	elsewhere := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { t.Error("the text went elsewhere") }))
	defer elsewhere.Close()
	for want, serve := range map[TroubleKind]http.HandlerFunc{
		Refused:  func(w http.ResponseWriter, _ *http.Request) { http.Error(w, mail, http.StatusUnauthorized) },
		Unknown:  func(w http.ResponseWriter, _ *http.Request) { http.NotFound(w, nil) },
		Declined: func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusBadRequest) },
		Busy:     func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusTooManyRequests) },
		Confused: func(w http.ResponseWriter, _ *http.Request) {
			fmt.Fprint(w, `{"choices":[{"message":{"content":"none"}}]}`)
		},
		TooLong: func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, strings.Repeat(mail, 1000)) },
		Elsewhere: func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, elsewhere.URL, http.StatusTemporaryRedirect)
		},
	} {
		s := httptest.NewServer(serve)
		_, err := Ask(t.Context(), honne.Assistant{Speaks: honne.SpeaksOpenAI, URL: s.URL}, "", honne.Inquiry{Text: mail}, nil, Limits{time.Minute, 1000})
		var trouble *Trouble
		if !errors.As(err, &trouble) || trouble.Kind != want || strings.Contains(err.Error(), "予算") {
			t.Errorf("%s: %v", want, err)
		}
		s.Close()
	}
	for _, answer := range []string{"{}", `{"reasons":null}`, `{"error":"overloaded"}`} {
		if found, err := read(answer); err == nil {
			t.Errorf("%s is taken for %v", answer, found)
		}
	}
	if found, err := read(`{"reasons":[]}`); err != nil || len(found) != 0 {
		t.Errorf("no reasons: %v, %v", found, err)
	}
	hangs := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		io.Copy(io.Discard, r.Body)
		<-r.Context().Done()
	}))
	defer hangs.Close()
	_, err := Ask(t.Context(), honne.Assistant{Speaks: honne.SpeaksOpenAI, URL: hangs.URL}, "", honne.Inquiry{Text: mail}, nil, Limits{50 * time.Millisecond, 1000})
	var trouble *Trouble
	if !errors.As(err, &trouble) || trouble.Kind != TooLong {
		t.Errorf("%v", err)
	}
	if _, err := Ask(t.Context(), honne.Assistant{Speaks: honne.SpeaksOpenAI, URL: "http://127.0.0.1:1"}, "", honne.Inquiry{Text: mail}, nil, DefaultLimits()); !errors.As(err, &trouble) || trouble.Kind != Unreachable {
		t.Errorf("%v", err)
	}
}
