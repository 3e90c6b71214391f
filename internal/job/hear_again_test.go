package job

import (
	"fmt"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"honne"
	"honne/internal/playbook"
	"honne/internal/store"
	"honne/playbooks"
)

// bookWith loads the playbook with words replaced.
func bookWith(t *testing.T, words ...string) *playbook.Playbook {
	t.Helper()
	changed := fstest.MapFS{}
	err := fs.WalkDir(playbooks.FS, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := fs.ReadFile(playbooks.FS, path)
		if strings.HasSuffix(path, "mail.yaml") || strings.HasSuffix(path, "promises.yaml") {
			b = []byte(strings.NewReplacer(words...).Replace(string(b)))
		}
		changed[path] = &fstest.MapFile{Data: b}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	book, err := playbook.Load(changed, "japan")
	if err != nil {
		t.Fatal(err)
	}
	return book
}

// TestHearAgain: messages heard by older rules are heard by those of now. What the machine
// proposed alone is renewed or withdrawn; what a person confirmed or dismissed stays; what
// is known of an earlier moment stays as it was.
func TestHearAgain(t *testing.T) {
	b, d := withDomains(t)
	now := b.Playbook
	b.Playbook = bookWith(t, "    - 社内…共有\n", "", "ja: [努力, 努め,", "ja: [契約書, 努力, 努め,", "最善, ", "")
	letter := func(n int, from, to, text string) string {
		return fmt.Sprintf("From x Thu May  7 10:00:00 2026\nFrom: %s\nTo: %s\nDate: %02d Oct 2026 10:00:00 +0900\nSubject: S%d\nMessage-ID: <%d@x>\nContent-Type: text/plain; charset=utf-8\n\n%s\n\n", from, to, n, n, n, text)
	}
	const sato, anna = "sato@miyako.example.jp", "anna@nordlund.example"
	b.Read(t.Context(), b.take(t, "受信.mbox", letter(1, anna, sato, "在庫数をお知らせください。")+
		strings.Replace(letter(2, sato, anna, "メール拝受いたしました。社内で共有いたします。"), "Subject: S2", "Subject: Re: S1\nIn-Reply-To: <1@x>", 1)+
		letter(3, sato, anna, "契約書は10月20日までに返送します。")+letter(4, sato, anna, "10月21日までに最善の形で納品します。")+
		letter(5, sato, anna, "10月22日までに最善の形で出荷します。")+letter(6, sato, anna, "11月10日までにデモ機2台を手配します。")))
	before := promisesOf(t, b, d.ID)
	if len(before) != 3 {
		t.Fatalf("%+v", before)
	}
	confirm := before[1]
	confirm.By = 7
	dismiss := before[2]
	dismiss.By, dismiss.Withdrawn = 7, true
	for _, x := range []honne.Entry[honne.Promise]{confirm, dismiss} {
		if _, err := store.Enter(t.Context(), b.Store, x); err != nil {
			t.Fatal(err)
		}
	}
	old, err := b.Store.Record(t.Context(), d.ID, honne.AsOf{})
	if err != nil || old.Turns[1].Kind != honne.Substance {
		t.Fatalf("%+v, %v", old.Turns, err)
	}
	moment := before[0].At
	b.Playbook = now
	for range 2 { // a second run changes nothing
		if err := b.HearAgain(t.Context(), d.ID); err != nil {
			t.Fatal(err)
		}
	}
	if err := b.Store.SetSetting(t.Context(), settingHeard(d.ID), `""`); err != nil {
		t.Fatal(err)
	}
	count := func() int {
		list, err := store.EntryVersions[honne.Promise](t.Context(), b.Store, d.ID)
		if err != nil {
			t.Fatal(err)
		}
		return len(list)
	}
	versions := count()
	if err := b.HearAgain(t.Context(), d.ID); err != nil || count() != versions {
		t.Errorf("%d versions, %d before, %v", count(), versions, err)
	}
	var due []string
	for _, p := range promisesOf(t, b, d.ID) {
		due = append(due, p.Body.Due.String())
	}
	if got := strings.Join(due, " "); got != "2026-10-22 2026-10-20" { // confirmed, and found now; 10-21 withdrawn, 11-10 dismissed
		t.Errorf("promises of %s", got)
	}
	r, err := b.Store.Record(t.Context(), d.ID, honne.AsOf{})
	if err != nil || r.Turns[1].Kind != honne.Acknowledgement {
		t.Errorf("%+v, %v", r.Turns, err)
	}
	if r, err = b.Store.Record(t.Context(), d.ID, honne.AsOf{Recorded: moment}); err != nil || r.Turns[1].Kind != honne.Substance {
		t.Errorf("as recorded then: %+v, %v", r.Turns, err)
	}
	if m, err := b.Store.Mail(t.Context(), d.ID, r.Turns[1].Mail); err != nil || m.Kind != honne.Acknowledgement {
		t.Errorf("%+v, %v", m, err)
	}
	if err := b.Store.Verify(t.Context()); err != nil {
		t.Error(err)
	}
}

func promisesOf(t *testing.T, b *bench, d honne.DistributorID) []honne.Entry[honne.Promise] {
	t.Helper()
	list, err := store.Entries[honne.Promise](t.Context(), b.Store, d)
	if err != nil {
		t.Fatal(err)
	}
	return list
}
