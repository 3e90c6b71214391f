package web

import (
	"strings"
	"testing"

	"honne"
)

// Before the question on what is hard to say no to stands where illegality can be
// reported, in the form and on the sheet, in every industry: the house's hotline, or
// without one those of the speaker's own company and the authority in charge.
func TestHotlineStandsBeforeTheQuestion(t *testing.T) {
	t.Parallel()
	for _, hotline := range []string{"hotline@nordhaven.example", ""} {
		h, lead, _ := audited(t)
		for _, form := range [][]string{{"which", "audit", "least", "5", "hotline", hotline, "audit-pass", pass, "audit-again", pass}, {"which", "own", "own-pass", pass, "own-again", pass}} {
			if a := lead.post(room+"/key", form...); a.status != 200 {
				t.Fatalf("make key: %d", a.status)
			}
		}
		says := [2]string{"通報は、勤務先の通報窓口または所管の行政機関で受け付けています。", "A report goes to your own company’s hotline or the authority in charge."}
		if hotline != "" {
			says = [2]string{"通報窓口：" + hotline, "A report goes to: " + hotline}
		}
		rules, _ := h.works.Playbook.Dimension("", "compliance.fair-trade-ethics")
		for i, l := range []string{"ja", "en"} {
			form := lead.get(room + "/new?record=off&lang=" + l).body
			told, asked := strings.Index(form, says[i]), strings.Index(form, rules.Private.JA)
			if told < 0 || asked < told || strings.Count(form, says[i]) != 1 || strings.Count(form[told:asked], "<li>") != 0 {
				t.Errorf("%q, %s: told at %d, asked at %d", hotline, l, told, asked)
			}
			if on := lead.get(room + "/new?record=on&lang=" + l).body; strings.Contains(on, says[i]) {
				t.Errorf("%q, %s: it stands in a conversation on the record", hotline, l)
			}
			sheet := lead.get(room + "/consent?lang=" + l).body
			for _, text := range says {
				if told := strings.Index(sheet, text); told < 0 || strings.Index(sheet, rules.Private.JA) < told {
					t.Errorf("%q, %s: the sheet asks before it says %q", hotline, l, text)
				}
			}
		}
		for _, pack := range h.works.Playbook.Audit.Packs {
			if rules, _ := h.works.Playbook.Dimension(pack.Pack, "compliance.fair-trade-ethics"); !rules.Hotline {
				t.Errorf("%s asks without the hotline", pack.Pack)
			}
		}
	}
}

// Nothing is kept off the record of somebody who did not agree, nor without the
// basis on which they speak: their company's consent, or their own choice.
func TestBasisIsRequired(t *testing.T) {
	t.Parallel()
	h, lead, second := audited(t)
	makeKeys(t, lead, second)
	said := []string{"record", "off", "pool", "partner", "spoken", "ja", "reading-transparency", "2", "text", "kept as typed"}
	for at, form := range map[string][]string{`href="#basis"`: {"consented", "1"}, `href="#consented"`: {"basis", "own"}} {
		a := lead.post(room+"/new", append(said[:len(said):len(said)], form...)...)
		if a.status != 422 || !strings.Contains(a.body, at) || !strings.Contains(a.body, "kept as typed</textarea>") {
			t.Errorf("%v: %d", form, a.status)
		}
	}
	if a := lead.post(room+"/new", append(said[:len(said):len(said)], "consented", "1", "basis", "told to")...); a.status != 422 {
		t.Errorf("a basis that is none: %d", a.status)
	}
	list, err := h.works.Store.Voices(t.Context(), 1)
	if err != nil || len(list) != 0 {
		t.Errorf("%d voices were kept, %v", len(list), err)
	}
	for _, basis := range []string{"company", "own"} {
		if a := lead.post(room+"/new", append(said[:len(said):len(said)], "consented", "1", "basis", basis)...); a.status != 303 {
			t.Errorf("%s: %d", basis, a.status)
		}
	}
	if list, err = h.works.Store.Voices(t.Context(), 1); err != nil || len(list) != 2 || list[0].Owner != honne.UserID(2) {
		t.Errorf("%d voices, %v", len(list), err)
	}
}
