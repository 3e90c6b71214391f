package honne

import "fmt"

// Assistant is a language model at the address that an administrator named.
// Without one no text leaves; with one only what somebody saw and sent.
type Assistant struct {
	Speaks Dialect `json:"speaks"`
	URL    string  `json:"url"`              // of its API, without / at its end: https://api.example.com/v1
	Model  string  `json:"model"`            // as the service names it
	Sealed string  `json:"sealed,omitempty"` // the key, as package vault sealed it
}

// Dialect is the API that an assistant speaks.
type Dialect string

// The dialects: that of OpenAI, which many services and local programs speak too,
// and that of Anthropic.
const (
	SpeaksOpenAI    Dialect = "openai"
	SpeaksAnthropic Dialect = "anthropic"
)

// AllDialects lists them in their order.
var AllDialects = []Dialect{SpeaksOpenAI, SpeaksAnthropic}

// Account names where a key is shown: it is for that address and no other.
func (a Assistant) Account() string { return fmt.Sprintf("%s at %s", a.Speaks, a.URL) }

// Inquiry is all that an assistant is told, beside the name of its model.
type Inquiry struct {
	Instructions string
	Text         string // the words of one message
}

// Suggestion is a reason that an assistant takes a text to give. It decides
// nothing: a person confirms or dismisses it.
type Suggestion struct {
	Excuse string // slug
	Words  string // that stand in the text, verbatim
}
