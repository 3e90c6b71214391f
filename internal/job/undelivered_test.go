package job

import (
	"fmt"
	"testing"

	"honne"
)

// TestUndelivered: a question that reached nobody, as our own server reports, is none; one
// that reached somebody, or is only late, stays one.
func TestUndelivered(t *testing.T) {
	b, d := withDomains(t)
	ask := func(n int, to string) string {
		return fmt.Sprintf("From x Thu May  7 10:00:00 2026\nFrom: anna@nordlund.example\nTo: %s\nDate: %02d Oct 2026 10:00:00 +0900\nSubject: S%d\nMessage-ID: <%d@x>\nContent-Type: text/plain; charset=utf-8\n\n在庫数をお知らせください。\n\n", to, n, n, n)
	}
	report := func(n int, to, failed, action string) string {
		return fmt.Sprintf("From x Thu May  7 10:00:00 2026\nFrom: MAILER-DAEMON@nordlund.example\nTo: anna@nordlund.example\nDate: %02d Oct 2026 10:01:00 +0900\nSubject: Undelivered\nMessage-ID: <r%d@x>\nIn-Reply-To: <%d@x>\n"+
			"Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\nContent-Type: text/plain\n\nSorry. Could you check the address?\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx\n\nFinal-Recipient: rfc822; %s\nAction: %s\n"+
			"--b\nContent-Type: text/rfc822-headers\n\nFrom: anna@nordlund.example\nTo: %s\nMessage-ID: <%d@x>\nSubject: S%d\n\n--b--\n\n", n, n, n, failed, action, to, n, n)
	}
	const sato, kato = "sato@miyako.example.jp", "kato@miyako.example.jp"
	b.Read(t.Context(), b.take(t, "送信.mbox", ask(1, sato)+report(1, sato, "Sato@miyako.example.jp", "failed")+
		ask(2, sato+", "+kato)+report(2, sato+", "+kato, sato, "failed")+ask(3, sato)+report(3, sato, sato, "delayed")+
		ask(4, sato)+report(5, "x@elsewhere.example", "x@elsewhere.example", "failed")))
	r, err := b.Store.Record(t.Context(), d.ID, honne.AsOf{})
	if err != nil {
		t.Fatal(err)
	}
	asks := 0
	for _, x := range r.Turns {
		asks += x.Asks
	}
	if len(r.Turns) != 5 || r.Turns[0].Kind != honne.Automatic || asks != 3 {
		t.Errorf("%d questions, %+v", asks, r.Turns)
	}
}
