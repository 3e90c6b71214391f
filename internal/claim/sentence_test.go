package claim

import "testing"

// Short words below a sentence say what they say, but for the last, which may be a name;
// below a company all are who writes, and nothing below what is no whole sentence.
func TestLinesOfTheWriter(t *testing.T) {
	for text, want := range map[string]int{
		"理由は以下の通りです。\n価格高\n予算不足\n佐藤":                      4,
		"よろしくお願いします。\n佐藤 健二":                              1,
		"よろしくお願いします。\n雪見商事株式会社\n営業部 山本\nTEL 03-0000-0000": 1,
		"価格が高い\n雪見商事株式会社":                                 2,
	} {
		if got := len(sentences([]rune(text))); got != want {
			t.Errorf("%q: %d sentences, want %d", text, got, want)
		}
	}
}
