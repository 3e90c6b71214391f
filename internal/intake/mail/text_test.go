package mail

import (
	"bytes"
	"os"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/rogpeppe/go-internal/txtar"
)

// TestReply holds every case of replies.txtar.
func TestReply(t *testing.T) {
	raw, err := os.ReadFile("testdata/replies.txtar")
	if err != nil {
		t.Fatal(err)
	}
	// A line "-- " of a signature would end a file of the archive.
	files := txtar.Parse(bytes.ReplaceAll(raw, []byte("\n-- \n"), []byte("\n--\n"))).Files
	for i := 0; i+1 < len(files); i += 2 {
		in, want := files[i], files[i+1]
		if want.Name != in.Name+".want" {
			t.Fatalf("%s stands behind %s", want.Name, in.Name)
		}
		if got := Reply(string(in.Data)); got != strings.TrimSpace(string(want.Data)) {
			t.Errorf("%s:\n%s", in.Name, got)
		}
	}
}

func TestStripHTML(t *testing.T) {
	for _, c := range []struct{ page, want string }{
		{"<p>一行目<br>二行目</p><p>三行目</p>", "一行目\n二行目\n\n三行目"},
		{"<html><head><title>x</title><style>p{}</style></head><body>A &amp; B&nbsp;C<script>alert(1)</script></body></html>", "A & B C"},
		{"<table><tr><td>品番</td><td>数量</td></tr><tr><td>A1</td><td>3</td></tr></table>", "品番 数量\nA1 3"},
		{"<div>Hello</div><blockquote type=\"cite\"><div>Old</div></blockquote>New", "Hello\n> Old\nNew"},
		{"<blockquote style=\"margin:0 0 0 40px;border:none\">indented</blockquote>", ""},
		{"<pre>a  b\n c</pre>", "a  b\n c"},
		{"<p>Hello <b>wor", "Hello wor"},
		{"<div>Hi</div><hr><div>From: a@b.example<br>Sent: today<br>Subject: x</div>", "Hi\n________________________________\nFrom: a@b.example\nSent: today\nSubject: x"},
	} {
		if got := strings.TrimSpace(StripHTML(c.page)); c.want != "" && got != c.want {
			t.Errorf("%s: %q", c.page, got)
		}
	}
	if got := Reply(StripHTML("<div>Hi</div><hr><div>From: a@b.example<br>Sent: today<br>Subject: x<br><br>old</div>")); got != "Hi" {
		t.Errorf("the original message stayed: %q", got)
	}
}

func TestInvites(t *testing.T) {
	const ics = "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nBEGIN:VTIMEZONE\r\nTZID:W. Europe\r\nBEGIN:STANDARD\r\nTZOFFSETTO:+0100\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n" +
		"BEGIN:VEVENT\r\nUID:meet\r\n -1\r\nSEQUENCE:2\r\nDTSTART;TZID=\"W. Europe\":20260114T090000\r\nORGANIZER;CN=\"Berg: A\":mailto:Anna@Nordlund.example\r\n" +
		"BEGIN:VALARM\r\nDTSTART:19990101T000000\r\nEND:VALARM\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:2\r\nDTSTART;VALUE=DATE:20260115\r\nSTATUS:CANCELLED\r\nATTENDEE;PARTSTAT=DECLINED:mailto:x@y.example\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
	got := Invites(ics, "")
	if len(got) != 2 {
		t.Fatalf("%d meetings", len(got))
	}
	if g := got[0]; g.UID != "meet-1" || g.Method != "REQUEST" || g.Sequence != 2 || g.Organizer != "anna@nordlund.example" || g.Starts.Format("2006-01-02T15:04") != "2026-01-14T08:00" {
		t.Errorf("%+v", g)
	}
	if g := got[1]; !g.Cancelled || !g.Declined || g.Starts.Format("2006-01-02T15:04") != "2026-01-14T15:00" {
		t.Errorf("%+v", g)
	}
}

func FuzzReply(f *testing.F) {
	raw, err := os.ReadFile("testdata/replies.txtar")
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range txtar.Parse(raw).Files {
		f.Add(string(file.Data))
	}
	f.Add("<blockquote><p>x</blockquote>\nOn 1 May 2025 at 10:00, a@b.example wrote:\n> y")
	f.Fuzz(func(t *testing.T, text string) {
		if !utf8.ValidString(text) {
			return
		}
		handed, _ := handedText(text, func(Address) bool { return true })
		for _, s := range []string{Reply(text), handed, StripHTML(text)} {
			if !utf8.ValidString(s) {
				t.Errorf("%q: %q", text, s)
			}
		}
		if got := Reply(text); len(got) > 3*len(text) {
			t.Errorf("%q grew to %q", text, got)
		}
		Invites(text, "request")
	})
}
