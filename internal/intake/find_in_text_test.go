package intake

import (
	"fmt"
	"strings"
	"testing"

	"honne"
)

// pageTo is a message in HTML alone.
func pageTo(from, to, subject, page string) string {
	return fmt.Sprintf("From: %s\nTo: %s\nDate: %s\nSubject: %s\nMessage-ID: <%x@example>\nMIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\n\n<html><body>%s</body></html>\n",
		from, to, may, subject, from+subject, page)
}

const figures = `<table border=1><tr><td><p class=MsoNormal>品番</p></td><td><p class=MsoNormal>品名</p></td><td><p class=MsoNormal>数量</p></td></tr>
<tr><td rowspan=2><p>NV-1</p></td><td><p>鉗子</p></td><td><p>24</p></td></tr><tr><td><p>鋏</p></td><td><p>3</p></td></tr></table>`

// TestTextTables: a table in the text of a message of the partner comes like a file attached
// to it, under its subject, where subject, words above it or its header say what it reports;
// what a message quotes, or writes to the partner, does not. What is not read is said.
func TestTextTables(t *testing.T) {
	const set = "品番      品名        販売数量    売上金額\nNV-10     カテーテル      24   480,000\nNV-20     ガイド          11   330,000\nNV-30     シース           6    90,000\n"
	order := "NV-1を下記のとおり発注いたします。\n\n品番\t数量\nNV-1\t20\nNV-2\t30\nNV-3\t10\n"
	quoted := "<p>ありがとうございます。</p><blockquote type=\"cite\">" + figures + "</blockquote>"
	outlook := "<p>拝受しました。</p><div style=\"border-top:solid\"><p><b>From:</b> " + "sato@yamato.example.jp<br><b>Sent:</b> Monday<br><b>To:</b> x<br><b>Subject:</b> 4月の販売実績</p></div>" + figures
	for _, c := range []struct {
		name, raw, file string
		said            bool
	}{
		{"a page", pageTo(sato, berg, "2025年4月 販売実績", "<p>お送りします。</p>"+figures), "a.eml/2025年4月 販売実績.html", false},
		{"set by blanks", letterTo(sato, berg, may, "4月度 販売報告", "お送りします。\n\n"+set+"\n佐藤", "", ""), "a.eml/4月度 販売報告.txt", false},
		{"set by tabs, said above it", letterTo(sato, berg, may, "ご連絡", "4月末の在庫です。\n\n品番\t数量\nNV-1\t20\nNV-2\t30\n\n佐藤", "", ""), "a.eml/ご連絡.txt", false},
		{"what was left out", letterTo(sato, berg, may, "4月度 販売実績", "計上漏れがございましたので、下記をお願いいたします。\n\n"+set, "", ""), "", true},
		{"of others", letterTo(sato, berg, may, "競合の4月度 販売実績", set, "", ""), "", true},
		{"a correction", pageTo(sato, berg, "Correction of sales of April 2025", "<p>Two lines were wrong.</p>"+figures), "", true},
		{"an order", letterTo(sato, berg, may, "発注のお願い", order, "", ""), "", true},
		{"days to choose from", letterTo(sato, berg, may, "候補日", "下記のとおりです。\n\n6月22日\t10:00-12:00\n6月23日\t14:00-16:00\n6月24日\t9:00-10:00\n", "", ""), "", false},
		{"ours", pageTo(berg, sato, "2025年4月 販売実績", figures), "", false},
		{"quoted", pageTo(sato, berg, "Re: 2025年4月 販売実績", quoted), "", false},
		{"the original message below", pageTo(sato, berg, "Re: 2025年4月 販売実績", outlook), "", false},
	} {
		file := ""
		for _, line := range listed(t, "a.eml", []byte(c.raw), &bothSides) {
			if !strings.Contains(line, " mail ") {
				file = line
			}
		}
		if want := c.file; (want == "") != (file == "") || !strings.HasPrefix(file, want) || want != "" && !strings.HasSuffix(file, "theirs 2025-05-14 message") {
			t.Errorf("%s: %q, want %q", c.name, file, want)
		}
		said := false
		for _, p := range readWith(t, c.raw).Problems {
			said = said || p.What.ID == "problem.mail-table"
		}
		if said != c.said {
			t.Errorf("%s: said %v", c.name, said)
		}
	}
}

// TestHandedOnTables: a table in the text of a message of the partner that one of ours hands on
// within the text to a drop address is read as one that comes by itself; one that somebody else
// wrote, and one that ours says, is not.
func TestHandedOnTables(t *testing.T) {
	const set = "品番      品名        販売数量    売上金額\nNV-10     カテーテル      24   480,000\nNV-20     ガイド          11   330,000\nNV-30     シース           6    90,000\n"
	head := func(from string) string {
		return "-----Original Message-----\nFrom: 佐藤 <" + from + ">\nSent: Monday, May 12, 2025 9:00\nTo: Anna\nSubject: 4月度 販売報告\n\n"
	}
	outlook := "<p>FYI</p><div style=\"border-top:solid\"><p><b>From:</b> sato@yamato.example.jp<br><b>Sent:</b> Monday<br><b>To:</b> x<br><b>Subject:</b> 4月の販売実績</p></div><p>お送りします。</p>" + figures
	marked := "FYI\n\n> From: " + sato + "\n> Subject: 4月度 販売報告\n>\n> " + strings.ReplaceAll(strings.TrimSpace(set), "\n", "\n> ") + "\n"
	const drop = "reports@nordlund.example"
	for _, c := range []struct {
		name, raw string
		read      bool
	}{
		{"below its head", letterTo(berg, drop, may, "FW: 4月度 販売報告", "FYI\n\n"+head(sato)+set+"\n佐藤", "", ""), true},
		{"behind marks", letterTo(berg, drop, may, "FW: 4月度 販売報告", marked, "", ""), true},
		{"a page", pageTo(berg, drop, "FW: 4月の販売実績", outlook), true},
		{"an answer above an older one", letterTo(berg, drop, may, "FW: Re: 4月度 販売報告", head(sato)+"承知しました。\n\n"+head(berg)+set, "", ""), false},
		{"of somebody else", letterTo(berg, drop, may, "FW: 4月度 販売報告", head("x@other.example")+set, "", ""), false},
	} {
		f := honne.File{Name: "a.eml", Size: int64(len(c.raw)), Bytes: strings.NewReader(c.raw), Domains: &bothSides, Whole: true}
		read := false
		for in, err := range Inside(t.Context(), f, testBook(t)) {
			if err != nil {
				t.Fatal(err)
			}
			if in.Mail == nil && in.Shut == nil && in.File.Bytes != nil {
				read = true
				if in.File.From != honne.Theirs || in.File.Receipt.Basis != honne.ByLoad {
					t.Errorf("%s: %+v", c.name, in.File.Receipt)
				}
			}
		}
		if read != c.read {
			t.Errorf("%s: read %v", c.name, read)
		}
	}
}

// readWith reads a message of one of both sides.
func readWith(t *testing.T, raw string) honne.Reading {
	t.Helper()
	r, err := Read(t.Context(), honne.File{Name: "a.eml", Size: int64(len(raw)), Bytes: strings.NewReader(raw), From: honne.Theirs, Domains: &bothSides}, testBook(t), honne.Memory{})
	if err != nil {
		t.Fatal(err)
	}
	return r
}
