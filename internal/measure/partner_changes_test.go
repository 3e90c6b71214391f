package measure

import (
	"testing"

	"honne"
)

// News of a person who leaves asks for a look where it came late and nobody follows, and
// goods of another maker where they are a competitor's or are named as ours are. In time,
// followed, other goods, or long ago: it is said and asks for nothing.
func TestChangesAtThePartner(t *testing.T) {
	t.Parallel()
	day := honne.NewDate(2026, 10, 14)
	leaves := honne.PartnerChange{Kind: honne.PartnerLeaver, On: day, From: day + 17, What: "鈴木が退職", Heard: true}
	goods := honne.PartnerChange{Kind: honne.PartnerGoods, On: day, What: "オルタ社のステントの取扱を開始"}
	with := func(x honne.PartnerChange, change func(*honne.PartnerChange)) honne.PartnerChange {
		change(&x)
		return x
	}
	for name, c := range map[string]struct {
		change         honne.PartnerChange
		leavers, goods float64
		says           string
	}{
		"late":                    {leaves, 1, 0, "because.partner-change.person-left.late.heard"},
		"in time":                 {with(leaves, func(x *honne.PartnerChange) { x.From = day + 30 }), 0, 0, ""},
		"followed":                {with(leaves, func(x *honne.PartnerChange) { x.Followed = day + 9 }), 0, 0, ""},
		"no day":                  {with(leaves, func(x *honne.PartnerChange) { x.From = 0 }), 0, 0, ""},
		"long ago":                {with(leaves, func(x *honne.PartnerChange) { x.On -= 400; x.From -= 400 }), 0, 0, ""},
		"confirmed":               {with(leaves, func(x *honne.PartnerChange) { x.Heard = false }), 1, 0, "because.partner-change.person-left.late"},
		"as ours":                 {goods, 0, 1, "because.partner-change.other-goods.rival"},
		"as ours, of two letters": {with(goods, func(x *honne.PartnerChange) { x.What = "オルタ社製 電気メス「VX」の取扱を開始" }), 0, 1, "because.partner-change.other-goods.rival"},
		"as ours, in English":     {with(goods, func(x *honne.PartnerChange) { x.What = "We took on a guide catheter of Alta" }), 0, 1, "because.partner-change.other-goods.rival"},
		"a word of any goods":     {with(goods, func(x *honne.PartnerChange) { x.What = "We took on guide books of Alta" }), 0, 0, ""},
		"others":                  {with(goods, func(x *honne.PartnerChange) { x.What = "オルタ社の手袋の取扱を開始" }), 0, 0, ""},
		"said so":                 {with(goods, func(x *honne.PartnerChange) { x.What, x.Competes = "競合製品も扱う", true }), 0, 1, "because.partner-change.other-goods.rival"},
	} {
		r := &honne.Record{AsOf: day + 60, Products: []honne.Product{{Name: "ステントシステム 3.0x18"}, {Name: "電気メス ハンドピース"}, {Name: "Guide Catheter 6F"}}, Log: honne.Log{AtPartner: []honne.PartnerChange{c.change}}}
		res := Find("investment-ratio").Of(r, nil)
		got := map[string]float64{}
		for _, p := range res.Parts {
			got[p.Name] = p.Value
		}
		if res.Known || got["leavers"] != c.leavers || got["rival-goods"] != c.goods {
			t.Errorf("%s: known %v, %+v", name, res.Known, res.Parts)
		}
		if c.says != "" && (len(res.Because) != 1 || res.Because[0].ID != c.says) {
			t.Errorf("%s: %+v", name, res.Because)
		}
	}
}

// Trainings that the partner declined are counted, each said in its words; not those told after the day.
func TestTrainingsDeclined(t *testing.T) {
	t.Parallel()
	day := honne.NewDate(2026, 10, 14)
	r := &honne.Record{AsOf: day + 60}
	for _, on := range []honne.Date{day, day + 30, day + 90} {
		r.Log.AtPartner = append(r.Log.AtPartner, honne.PartnerChange{Kind: honne.PartnerTraining, On: on, What: "辞退いたします。", Heard: true})
	}
	res := Find("investment-ratio").Of(r, nil)
	if p := res.Parts[len(res.Parts)-1]; p.Name != "declined" || p.Value != 2 || len(res.Because) != 2 || res.Because[0].ID != "because.partner-change.training-declined.heard" {
		t.Errorf("%+v, %+v", res.Parts, res.Because)
	}
}
