package playbook_test

import (
	"testing"

	"honne"
)

// Words of lists are found as words: the longest counts, and what names two is
// none of them.
func TestWordsOfLists(t *testing.T) {
	lists := &japan(t).Lists
	for text, want := range map[string]honne.ActivityKind{
		"定期訪問": honne.ActivityVisit, "訪問（製品デモ）": honne.ActivityDemo, "Ｗｅｂ面談": honne.ActivityCall, "訪問・電話": honne.ActivityUnknown,
		"説明会・研修": honne.ActivityUnknown, "院内勉強会": honne.ActivitySeminar, "Demo day": honne.ActivityDemo, "hotel": honne.ActivityUnknown,
		"demography": honne.ActivityUnknown, "TEL": honne.ActivityCall, "見積提出": honne.ActivityUnknown, "": honne.ActivityUnknown,
	} {
		if got := lists.Activity(text); got != want {
			t.Errorf("%s is %s, want %s", text, got, want)
		}
	}
	for text, want := range map[string]honne.Function{
		"第一営業部": honne.FunctionSales, "品質保証部 薬事課": honne.FunctionQuality, "代表取締役社長": honne.FunctionManagement, "営業経理課": "",
		"MR": honne.FunctionField, "総務部": "", "": "", "QA/RA": honne.FunctionQuality, "Sales Representative": honne.FunctionSales,
	} {
		if got := lists.Function(text); got != want {
			t.Errorf("%s is %q, want %q", text, got, want)
		}
	}
}
