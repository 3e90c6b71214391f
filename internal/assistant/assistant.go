// Package assistant owns the way to a language model that an administrator named:
// one question, one answer, over HTTPS. It sends what it is given and nothing
// else, follows no redirection, bounds time and size, and believes nothing: words
// that do not stand in the text, and reasons that nobody knows, are dropped. It
// refuses to decide, to remember, and to log a word of either side.
package assistant

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"honne"
)

// Limits bound an exchange.
type Limits struct {
	Patience time.Duration // for the whole of it
	Answer   int64         // bytes
}

// DefaultLimits are what people wait for: a minute, and far more than an answer
// takes.
func DefaultLimits() Limits { return Limits{Patience: time.Minute, Answer: 1 << 20} }

// Trouble is why an assistant gave no answer that can be used.
type Trouble struct {
	Kind TroubleKind
	Host string
	Err  error
}

// TroubleKind tells troubles apart by what a person can do.
type TroubleKind string

// The kinds.
const (
	Unreachable TroubleKind = "unreachable"
	Refused     TroubleKind = "refused"   // the key, or the right to use the model
	Unknown     TroubleKind = "unknown"   // no such address or model
	Busy        TroubleKind = "busy"      // too many questions, or a fault of its own
	Declined    TroubleKind = "declined"  // this question, or for this model
	Confused    TroubleKind = "confused"  // an answer in another form
	TooLong     TroubleKind = "too-long"  // the answer, or the wait
	Elsewhere   TroubleKind = "elsewhere" // it sends us to another address
)

// Error implements error; it holds nothing of what was said.
func (t *Trouble) Error() string { return fmt.Sprintf("assistant: %s: %s: %v", t.Host, t.Kind, t.Err) }

// Unwrap returns the cause.
func (t *Trouble) Unwrap() error { return t.Err }

// Ask puts a question to the assistant and returns the reasons that it found
// among those known, with words that stand in the text, each once, in its order.
func Ask(ctx context.Context, a honne.Assistant, key string, q honne.Inquiry, known []string, l Limits) ([]honne.Suggestion, error) {
	ctx, cancel := context.WithTimeout(ctx, l.Patience)
	defer cancel()
	at, err := url.Parse(a.URL)
	if err != nil {
		return nil, fmt.Errorf("assistant: address: %w", err)
	}
	answer, err := exchange(ctx, a, key, q, l)
	if err != nil {
		kind := Unreachable
		var t *Trouble
		switch {
		case errors.As(err, &t):
			kind, err = t.Kind, t.Err
		case errors.Is(err, context.DeadlineExceeded):
			kind = TooLong
		}
		return nil, &Trouble{kind, at.Host, err}
	}
	found, err := read(answer)
	if err != nil {
		return nil, &Trouble{Confused, at.Host, err}
	}
	return believable(found, q.Text, known), nil
}

// exchange returns the text of the answer.
func exchange(ctx context.Context, a honne.Assistant, key string, q honne.Inquiry, l Limits) (string, error) {
	r, err := request(ctx, a, key, q)
	if err != nil {
		return "", err
	}
	client := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	res, err := client.Do(r)
	if err != nil {
		return "", err
	}
	defer res.Body.Close()
	raw, err := io.ReadAll(io.LimitReader(res.Body, l.Answer+1))
	switch {
	case err != nil:
		return "", err
	case res.StatusCode != http.StatusOK:
		return "", &Trouble{Kind: refusal(res.StatusCode), Err: fmt.Errorf("status %d", res.StatusCode)}
	case int64(len(raw)) > l.Answer:
		return "", &Trouble{Kind: TooLong, Err: errors.New("the answer is too long")}
	}
	return heard(a.Speaks, raw)
}

func request(ctx context.Context, a honne.Assistant, key string, q honne.Inquiry) (*http.Request, error) {
	path, body, headers := spoken(a, key, q)
	text, err := json.Marshal(body)
	if err != nil {
		return nil, err
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, a.URL+path, bytes.NewReader(text))
	if err != nil {
		return nil, err
	}
	r.Header.Set("Content-Type", "application/json")
	for name, value := range headers {
		r.Header.Set(name, value)
	}
	return r, nil
}

func refusal(status int) TroubleKind {
	switch {
	case status == http.StatusUnauthorized || status == http.StatusForbidden:
		return Refused
	case status >= 300 && status < 400:
		return Elsewhere
	case status == http.StatusTooManyRequests || status >= 500:
		return Busy
	case status == http.StatusNotFound || status == http.StatusMethodNotAllowed:
		return Unknown
	}
	return Declined
}

type turn struct {
	Role    string `json:"role"`
	Content string `json:"content"`
}

// spoken is the question in the words of the API.
func spoken(a honne.Assistant, key string, q honne.Inquiry) (path string, body any, headers map[string]string) {
	if a.Speaks == honne.SpeaksAnthropic {
		return "/messages", map[string]any{"model": a.Model, "max_tokens": 2048, "temperature": 0, "system": q.Instructions,
				"messages": []turn{{"user", q.Text}}},
			map[string]string{"X-Api-Key": key, "Anthropic-Version": "2023-06-01"}
	}
	headers = map[string]string{}
	if key != "" { // a program of one's own may ask for none
		headers["Authorization"] = "Bearer " + key
	}
	return "/chat/completions", map[string]any{"model": a.Model, "temperature": 0,
		"messages": []turn{{"system", q.Instructions}, {"user", q.Text}}}, headers
}

// heard takes the text out of an answer.
func heard(d honne.Dialect, raw []byte) (string, error) {
	var said struct {
		Choices []struct{ Message turn } `json:"choices"`
		Content []struct{ Text string }  `json:"content"`
	}
	if err := json.Unmarshal(raw, &said); err != nil {
		return "", &Trouble{Kind: Confused, Err: errors.New("no JSON")}
	}
	var out strings.Builder
	if d == honne.SpeaksAnthropic {
		for _, c := range said.Content {
			out.WriteString(c.Text)
		}
	} else if len(said.Choices) > 0 {
		out.WriteString(said.Choices[0].Message.Content)
	}
	if out.Len() == 0 {
		return "", &Trouble{Kind: Confused, Err: errors.New("no text")}
	}
	return out.String(), nil
}

// read takes the reasons out of the text, around which there may be others.
func read(text string) ([]honne.Suggestion, error) {
	from, to := strings.IndexByte(text, '{'), strings.LastIndexByte(text, '}')
	if from < 0 || to < from {
		return nil, errors.New("no object in the answer")
	}
	var said struct {
		Reasons *[]struct {
			Excuse string `json:"excuse"`
			Words  string `json:"words"`
		} `json:"reasons"`
	}
	if err := json.Unmarshal([]byte(text[from:to+1]), &said); err != nil || said.Reasons == nil {
		return nil, errors.New("the answer is no object of reasons")
	}
	var out []honne.Suggestion
	for _, r := range *said.Reasons {
		out = append(out, honne.Suggestion(r))
	}
	return out, nil
}

// leastWords and mostWords bound a quotation, in letters: a sign or two stand in
// every text, and a whole message says nothing about what decides.
const (
	leastWords = 4
	mostWords  = 300
)

// believable keeps what can be held against the text.
func believable(list []honne.Suggestion, text string, known []string) (out []honne.Suggestion) {
	for _, s := range list {
		s.Words = strings.TrimSpace(s.Words)
		n := utf8.RuneCountInString(s.Words)
		if n >= leastWords && n <= mostWords && !strings.Contains(s.Words, "\n") && strings.Contains(text, s.Words) &&
			slices.Contains(known, s.Excuse) && !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}
