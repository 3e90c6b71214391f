package report

import (
	"bytes"
	"errors"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"honne"
)

func questionnaire() Questionnaire {
	return Questionnaire{Title: "業務レビュー", Ours: "Nordhaven AB", Notes: []string{"目的"}, Heads: [4]string{"", "質問", "回答", "ご説明"},
		Choices: []string{"0", "1", "2", "3", "4", "該当なし"}, Made: time.Date(2026, 11, 22, 3, 0, 0, 0, time.UTC),
		Rows: []Answered{{Key: "E1", Question: "一", Answer: "3", Text: "=1+1"}, {Key: "T1", Question: "二", Answer: "該当なし", Text: " 行頭の空白\n改行と𠮷、①、㈱、髙、🙂 & <b> \"引用\" _x000D_"},
			{Key: "C1", Question: "三"}}}
}

// The sheet comes back as it went, whatever the order of its rows and columns.
func TestQuestionnaireComesBack(t *testing.T) {
	q := questionnaire()
	raw, err := WriteQuestionnaire(q)
	if err != nil {
		t.Fatal(err)
	}
	if again, _ := WriteQuestionnaire(q); !bytes.Equal(raw, again) {
		t.Error("the same sheet has other bytes")
	}
	r := rand.New(rand.NewPCG(1, 2))
	for range 20 {
		f, err := excelize.OpenReader(bytes.NewReader(raw))
		if err != nil {
			t.Fatal(err)
		}
		order := r.Perm(len(q.Rows))
		for i, from := range order {
			for j, v := range []string{q.Rows[from].Key, q.Rows[from].Question, q.Rows[from].Answer, q.Rows[from].Text} {
				f.SetCellStr("質問", cellName(j+1, 5+i), escaped(v))
			}
		}
		if r.IntN(2) == 0 {
			f.InsertCols("質問", "C", 1)
		}
		if r.IntN(2) == 0 {
			f.InsertRows("質問", 6, 2)
		}
		var b bytes.Buffer
		if err := f.Write(&b); err != nil {
			t.Fatal(err)
		}
		got, err := ReadQuestionnaire(b.Bytes(), q.Heads)
		if err != nil || len(got) != len(q.Rows) {
			t.Fatalf("%+v, %v", got, err)
		}
		for i, from := range order {
			got[i].At = ""
			if got[i] != q.Rows[from] {
				t.Errorf("%+q, want %+q", got[i], q.Rows[from])
			}
		}
	}
}

func TestQuestionnaireBearsOneName(t *testing.T) {
	raw, err := WriteQuestionnaire(questionnaire())
	if err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	p, err := f.GetDocProps()
	if err != nil || p.Creator != "Nordhaven AB" || p.LastModifiedBy != "Nordhaven AB" {
		t.Errorf("%+v, %v", p, err)
	}
	f.Pkg.Range(func(k, v any) bool {
		text := strings.ToLower(k.(string) + string(v.([]byte)))
		if strings.Contains(text, "honne") || strings.Contains(text, "excelize") {
			t.Errorf("%s", k)
		}
		return true
	})
}

func TestWhatIsNoQuestionnaire(t *testing.T) {
	other := excelize.NewFile()
	var b bytes.Buffer
	other.Write(&b)
	for _, raw := range [][]byte{nil, []byte("質問,回答"), b.Bytes(), slices.Repeat([]byte{0x50, 0x4b, 3, 4}, 50)} {
		if _, err := ReadQuestionnaire(raw, questionnaire().Heads); !errors.Is(err, honne.ErrInvalid) {
			t.Errorf("%d bytes: %v", len(raw), err)
		}
	}
}

func FuzzReadQuestionnaire(f *testing.F) {
	raw, _ := WriteQuestionnaire(questionnaire())
	f.Add(raw)
	f.Fuzz(func(t *testing.T, raw []byte) {
		if _, err := ReadQuestionnaire(raw, questionnaire().Heads); err != nil && !errors.Is(err, honne.ErrInvalid) {
			t.Error(err)
		}
	})
}
