package job

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"honne"
	"honne/internal/honnetest"
	"honne/internal/store"
)

// withDomains is a bench whose partner is known by its domain, as we are by ours.
func withDomains(t *testing.T) (*bench, honne.Distributor) {
	b := newBench(t, honnetest.Databases(t)[0])
	d, err := b.Store.Distributor(t.Context(), b.distributor)
	if err != nil {
		t.Fatal(err)
	}
	d.Profile.Domains, d.Profile.OurDomains = []string{"miyako.example.jp"}, []string{"nordlund.example"}
	if err := b.Store.SetProfile(t.Context(), d.ID, d.Profile); err != nil {
		t.Fatal(err)
	}
	return b, d
}

// A mailbox is searched as it comes: reasons, promises with the day they are
// moved to, levels of approval; a second search finds nothing more.
func TestHear(t *testing.T) {
	b, d := withDomains(t)
	letter := func(n, day int, text string) string {
		return fmt.Sprintf("From x Thu May  7 10:00:00 2026\nFrom: sato@miyako.example.jp\nTo: Anna Berg <anna@nordlund.example>\nDate: %02d Oct 2026 10:00:00 +0900\nSubject: 目標施設一覧\nMessage-ID: <%d@x>\nContent-Type: text/plain; charset=utf-8\n\n%s\n\n", day, n, text)
	}
	b.Read(t.Context(), b.take(t, "受信.mbox", letter(1, 1, "目標施設の一覧を10月15日までにお送りいたします。")+
		letter(2, 12, "お送りする期日を10月22日に延期させてください。")+
		letter(3, 13, "日本の市場は事情が異なりますので、販売が伸びておりません。")+
		letter(4, 14, "現在、部長の決裁を待っております。")))
	promises, err := store.Entries[honne.Promise](t.Context(), b.Store, d.ID)
	if err != nil || len(promises) != 1 {
		t.Fatalf("%+v, %v", promises, err)
	}
	if p := promises[0].Body; p.Due != honne.NewDate(2026, 10, 22) || len(p.Moves) != 1 || p.By != honne.Theirs || p.At != "受信.mbox#1" || p.Mail == 0 {
		t.Errorf("%+v", p)
	}
	r, err := b.Store.Record(t.Context(), d.ID, honne.AsOf{})
	if err != nil || len(r.Said) != 1 || r.Said[0].Excuse != "market-is-different" || len(r.Approvals) != 1 || r.Approvals[0].Levels[0].Level != "department" {
		t.Errorf("%+v %+v, %v", r.Said, r.Approvals, err)
	}
	if err := b.Hear(t.Context(), d.ID); err != nil {
		t.Error(err)
	}
	ours := "From x Thu May  7 10:00:00 2026\nFrom: anna@nordlund.example\nTo: sato@miyako.example.jp\nDate: 20 Oct 2026 10:00:00 +0900\nSubject: 特別値引\nMessage-ID: <o1@y>\nContent-Type: text/plain; charset=utf-8\n\n12月末までのご発注分につき、特別値引8%を適用いたします。\n\n"
	b.Read(t.Context(), b.take(t, "送信.mbox", ours+letter(5, 21, "特別値引8%を適用いたします、と貴社より伺いました。")))
	r, err = b.Store.Record(t.Context(), d.ID, honne.AsOf{})
	if err != nil || len(r.Log.OurActs) != 1 || !r.Log.OurActs[0].Heard || r.Log.OurActs[0].Kind != honne.OurDiscount || r.Log.OurActs[0].On != honne.NewDate(2026, 10, 20) {
		t.Errorf("%+v, %v", r.Log.OurActs, err)
	}
	told := func() []honne.PartnerChange {
		r, err := b.Store.Record(t.Context(), d.ID, honne.AsOf{})
		if err != nil {
			t.Fatal(err)
		}
		return r.Log.AtPartner
	}
	b.Read(t.Context(), b.take(t, "会議.mbox", letter(8, 22, "次回の定例会議は11月4日14時に決まりました。")+
		letter(9, 23, "申し訳ございませんが、11月4日の会議は延期させてください。")+letter(10, 24, "本日の会議ではお時間をいただきありがとうございました。")))
	if r, err = b.Store.Record(t.Context(), d.ID, honne.AsOf{Known: honne.NewDate(2026, 11, 10)}); err != nil || len(r.Log.Met) != 2 || !r.Log.Met[0].Held ||
		r.Log.Met[0].Day != honne.NewDate(2026, 10, 24) || !r.Log.Met[1].Postponed(honne.Theirs) || r.Log.Met[1].Day != honne.NewDate(2026, 11, 4) || !r.Log.Met[1].Heard {
		t.Errorf("meetings: %+v, %v", r.Log.Met, err)
	}
	b.Read(t.Context(), b.take(t, "退職.mbox", letter(6, 22, "大阪支店の鈴木が10月31日付で退職することとなりました。後任は未定です。")))
	if x := told(); len(x) != 1 || !x[0].Heard || x[0].From != honne.NewDate(2026, 10, 31) || x[0].Followed != 0 || x[0].Source != "退職.mbox#1" {
		t.Errorf("a person who leaves: %+v", x)
	}
	b.Read(t.Context(), b.take(t, "後任.mbox", letter(7, 29, "後任は高橋に決まりました。11月より担当いたします。")))
	if x := told(); len(x) != 1 || x[0].Followed != honne.NewDate(2026, 10, 29) {
		t.Errorf("who is followed: %+v", x)
	}
	endsAreHeard(t, b, d.ID)
	b.Read(t.Context(), b.take(t, "議事録.mbox", letter(11, 23, "【宿題】\n・Anna：デモ機2台を11月12日までに発送\n・佐藤：見積を11月13日までに提出")))
	whoseItems(t, b, d.ID)
	other := func(letter, subject string) string { return strings.Replace(letter, "目標施設一覧", subject, 1) }
	b.Read(t.Context(), b.take(t, "受信3.mbox", other(letter(16, 24, "青葉病院様の見積を10月30日までにご提出いたします。"), "青葉病院")+
		other(letter(17, 28, "お約束の見積は27日に提出いたしました。"), "見積提出のご報告")))
	promises, err = store.Entries[honne.Promise](t.Context(), b.Store, d.ID)
	i := slices.IndexFunc(promises, func(e honne.Entry[honne.Promise]) bool { return e.Body.Due == honne.NewDate(2026, 10, 30) })
	if err != nil || i < 0 || promises[i].Body.Outcome != honne.PromiseKept || promises[i].Body.Done != honne.NewDate(2026, 10, 27) {
		t.Errorf("%+v, %v", promises, err)
	}
}

// whoseItems looks whether items of minutes are of whom they name: a person of ours, and
// one whom no message shows.
func whoseItems(t *testing.T, b *bench, d honne.DistributorID) {
	t.Helper()
	list, err := store.Entries[honne.Promise](t.Context(), b.Store, d)
	by := map[honne.Date]honne.Side{}
	for _, p := range list {
		by[p.Body.Due] = p.Body.By
	}
	if err != nil || by[honne.NewDate(2026, 11, 12)] != honne.Ours || by[honne.NewDate(2026, 11, 13)] != honne.Theirs {
		t.Errorf("%+v, %v", by, err)
	}
}

// endsAreHeard looks whether a product that we give up and a customer that we take over are
// taken down with their days, of one message once.
func endsAreHeard(t *testing.T, b *bench, d honne.DistributorID) {
	t.Helper()
	ends := "From x Thu May  7 10:00:00 2026\nFrom: anna@nordlund.example\nTo: sato@miyako.example.jp\nDate: 23 Oct 2026 10:00:00 +0900\nSubject: NS-1\nMessage-ID: <o2@y>\nContent-Type: text/plain; charset=utf-8\n\nNS-1の製造を中止することとなりました。\n最終出荷は2027年1月15日です。\n\n"
	direct := strings.NewReplacer("o2@y", "o3@y", "NS-1の製造を中止することとなりました。\n最終出荷は2027年1月15日です。", "青葉病院様は2027年1月1日より弊社との直接取引とさせていただきます。").Replace(ends)
	b.Read(t.Context(), b.take(t, "送信2.mbox", ends+direct))
	r, err := b.Store.Record(t.Context(), d, honne.AsOf{})
	if err != nil || len(r.Log.OurActs) != 3 {
		t.Fatalf("%+v, %v", r.Log.OurActs, err)
	}
	until := map[honne.OurActKind]honne.Date{}
	for _, a := range r.Log.OurActs[1:] {
		until[a.Kind] = a.Until
	}
	if until[honne.OurEnd] != honne.NewDate(2027, 1, 15) || until[honne.OurDirect] != honne.NewDate(2027, 1, 1) {
		t.Errorf("%+v", r.Log.OurActs)
	}
}
