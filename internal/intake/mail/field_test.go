package mail

import (
	"testing"
	"time"

	"golang.org/x/text/encoding/japanese"
)

func jis(t testing.TB, s string) string {
	t.Helper()
	out, err := japanese.ISO2022JP.NewEncoder().String(s)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func sjis(t testing.TB, s string) string {
	t.Helper()
	out, err := japanese.ShiftJIS.NewEncoder().String(s)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestDecodeWords(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"plain", "plain"},
		{"=?UTF-8?B?5aOy5LiK5aCx5ZGK?=", "売上報告"},
		{"=?utf-8?b?5aOy5LiK5aC?= =?utf-8?b?seWRig==?=", "売上報告"}, // cut within a character
		{"Re: =?ISO-2022-JP?B?GyRCR2Q+ZUpzOXAbKEI=?= (2)", "Re: 売上報告 (2)"},
		{"=?Shift_JIS?Q?=94=84=8F=E3?= =?Shift_JIS?Q?=95=F1=8D=90?=", "売上報告"},
		{"=?iso-8859-1?Q?M=E5nad_april?=", "Månad april"},
		{"=?utf-8*ja?Q?=E5=A3=B2?=", "売"},
		{"\"=?UTF-8?B?5aOy?=\"", "\"売\""},
		{"=?UTF-8?B?5aOy?=上=?UTF-8?B?5aCx?=", "売上報"},
		{"=?UTF-8?X?5aOy?= and =?broken", "=?UTF-8?X?5aOy?= and =?broken"},
		{jis(t, "売上報告"), "売上報告"},
		{sjis(t, "売上報告"), "売上報告"},
		{"a\tb\x00\x1b[31m", "a b[31m"},
		{"=?no-such?B?5aOy?=", "売"},
	} {
		if got := decodeWords([]byte(c.in)); got != c.want {
			t.Errorf("%q is %q, want %q", c.in, got, c.want)
		}
	}
}

func TestParams(t *testing.T) {
	for _, c := range []struct{ in, value, name, want string }{
		{`attachment; filename="売上.xlsx"`, "attachment", "filename", "売上.xlsx"},
		{`attachment; filename*=UTF-8''%E5%A3%B2%E4%B8%8A.xlsx; filename="x.xlsx"`, "attachment", "filename", "売上.xlsx"},
		{`attachment; filename*0*=ISO-2022-JP''%1B%24B%47%64; filename*1*=%3E%65%1B%28B.xlsx`, "attachment", "filename", "売上.xlsx"},
		{`attachment; filename*0="sales-"; filename*1="2025.xlsx"`, "attachment", "filename", "sales-2025.xlsx"},
		{`attachment; filename*1*=%8A.xlsx; filename*0*=utf-8'ja'%E5%A3%B2%E4%B8`, "attachment", "filename", "売上.xlsx"},
		{`application/octet-stream; name="=?ISO-2022-JP?B?GyRCR2Q+ZRsoQi54bHN4?="`, "application/octet-stream", "name", "売上.xlsx"},
		{`attachment; filename==?UTF-8?B?5aOy5LiKLnhsc3g=?=`, "attachment", "filename", "売上.xlsx"},
		{"attachment; filename=\"" + jis(t, "月次\\\";報告") + ".xlsx\"; size=3", "attachment", "size", "3"},
		{"attachment; filename=\"" + jis(t, "支店;一覧表") + ".xlsx\"", "attachment", "filename", "支店;一覧表.xlsx"},
		{"attachment; filename=\"" + sjis(t, "売上") + ".xls\"", "attachment", "filename", "売上.xls"},
		{`text/plain; charset=utf-8 (comment); format=flowed`, "text/plain", "charset", "utf-8"},
		{`multipart/mixed; boundary="a;b=c"`, "multipart/mixed", "boundary", "a;b=c"},
		{`attachment; filename="a \"b\".csv"`, "attachment", "filename", `a "b".csv`},
		{`attachment; filename=売上 報告.xlsx`, "attachment", "filename", "売上 報告.xlsx"},
		{`; ;=;x`, "", "filename", ""},
	} {
		value, params := parseParams([]byte(c.in))
		if value != c.value || params[c.name] != c.want {
			t.Errorf("%q: %q, %s = %q; want %q", c.in, value, c.name, params[c.name], c.want)
		}
	}
}

func TestFileName(t *testing.T) {
	for _, c := range []struct{ name, kind, want string }{
		{"売上.xlsx", "", "売上.xlsx"},
		{"../../etc/passwd", "", "passwd"},
		{`D:\共有\佐藤\売上.xlsx`, "", "売上.xlsx"},
		{"a\x00b\nc.csv", "", "ab c.csv"},
		{"", "image/png", "attachment-3.png"},
		{"..", "text/csv", "attachment-3.csv"},
		{"/", "", "attachment-3"},
	} {
		if got := FileName(c.name, c.kind, 3); got != c.want {
			t.Errorf("%q is %q, want %q", c.name, got, c.want)
		}
	}
}

func TestAddresses(t *testing.T) {
	for _, c := range []struct {
		in   string
		want []Address
	}{
		{"a@b.example", []Address{{"", "a@b.example"}}},
		{`"Sato, Kenichi" <Sato@Yamato.example.jp>, anna@nordlund.example`, []Address{{"Sato, Kenichi", "sato@yamato.example.jp"}, {"", "anna@nordlund.example"}}},
		{"=?ISO-2022-JP?B?GyRCOjRGIxsoQg==?= <sato@yamato.example.jp>", []Address{{"佐藤", "sato@yamato.example.jp"}}},
		{"sato@yamato.example.jp (佐藤)", []Address{{"佐藤", "sato@yamato.example.jp"}}},
		{"営業部: a@b.example, c@d.example;", []Address{{"", "a@b.example"}, {"", "c@d.example"}}},
		{"undisclosed-recipients:;", nil},
		{"a@b.example; c@d.example", []Address{{"", "a@b.example"}, {"", "c@d.example"}}},
		{"佐藤 <sato@yamato.example.jp", []Address{{"佐藤", "sato@yamato.example.jp"}}},
		{`"anna@nordlund.example" <x@evil.example>`, []Address{{"anna@nordlund.example", "x@evil.example"}}},
		{jis(t, "佐藤,健一") + " <sato@yamato.example.jp>", []Address{{"佐藤,健一", "sato@yamato.example.jp"}}},
		{"no address at all", nil},
	} {
		got := addresses([]byte(c.in))
		if len(got) != len(c.want) {
			t.Errorf("%q: %q, want %q", c.in, got, c.want)
			continue
		}
		for i := range got {
			if got[i] != c.want[i] {
				t.Errorf("%q: %q, want %q", c.in, got, c.want)
			}
		}
	}
}

func TestDates(t *testing.T) {
	for _, c := range []struct {
		in, want string
		zone     bool
	}{
		{"Wed, 16 Jul 2025 10:05:00 +0900", "2025-07-16T01:05:00Z", true},
		{"Wed, 16 Jul 2025 10:05:00 +0900 (JST)", "2025-07-16T01:05:00Z", true},
		{"16 Jul 2025 10:05 GMT", "2025-07-16T10:05:00Z", true},
		{"Wed, 16 Jul 2025 10:05:00 -0000", "2025-07-16T10:05:00Z", true},
		{"Wed,16 Jul 2025 10:05:00 JST", "2025-07-16T01:05:00Z", true},
		{"16 Jul 25 10:05:00 +0900", "2025-07-16T01:05:00Z", true},
		{"Wed Jul 16 10:05:00 2025", "2025-07-16T01:05:00Z", false},
		{"Wed Jul 16 10:05:00 JST 2025", "2025-07-16T01:05:00Z", true},
		{"2025-07-16T10:05:00+09:00", "2025-07-16T01:05:00Z", true},
		{"2025-07-16 10:05:00", "2025-07-16T01:05:00Z", false},
		{"2025/07/16 10:05:00 +0900", "2025-07-16T01:05:00Z", true},
		{"Wed, 16-Jul-2025 10:05:00 +0900", "2025-07-16T01:05:00Z", true},
		{"Wed, 16 Jul 2025 10:05:00 PM +0900", "2025-07-16T13:05:00Z", true},
		{"Wed, 16 Jul 2025 10:05:00 +9900", "2025-07-16T01:05:00Z", false},
		{"Wed, 16 Jul 2025 10:05:00 +0907", "2025-07-16T00:58:00Z", false},
		{"Wed, 16 Jul 2025 10:05:00 QQQ", "2025-07-16T01:05:00Z", false},
		{"yesterday", "", false}, {"", "", false}, {"16 Jul 2025", "", false}, {"Wed, 32 Jul 2025 10:05:00 +0900", "", false},
	} {
		got, zone, ok := parseDate([]byte(c.in))
		if ok != (c.want != "") || ok && (got.Format(time.RFC3339) != c.want || zone != c.zone) {
			t.Errorf("%q: %s, zone %v, %v; want %s, %v", c.in, got.Format(time.RFC3339), zone, ok, c.want, c.zone)
		}
	}
}

// TestWhen wants the moment of a message from the better of its two clocks.
func TestWhen(t *testing.T) {
	for _, c := range []struct {
		date, received, want string
		exact                bool
	}{
		{"Wed, 16 Jul 2025 10:05:00 +0900", "", "2025-07-16T01:05:00Z", true},
		{"Wed, 16 Jul 2025 10:05:00 +0900", "from a by b; Wed, 16 Jul 2025 10:07:00 +0900", "2025-07-16T01:05:00Z", true},
		{"Wed, 16 Jul 2025 10:05:00 +0900", "from a by b; Mon, 21 Jul 2025 10:07:00 +0900", "2025-07-21T01:07:00Z", true},
		{"Wed, 16 Jul 2025 10:05:00 +0900", "from a by b; Wed, 16 Jul 2025 09:07:00 +0900", "2025-07-16T00:07:00Z", true},
		{"Mon, 30 Jun 3609 15:33:50 +0600", "by b; Mon, 30 Jun 2008 02:34:00 -0700 (PDT)", "2008-06-30T09:34:00Z", true},
		{"Wed, 16 Jul 2025 10:05:00", "by b; Wed, 16 Jul 2025 10:07:00 +0900", "2025-07-16T01:07:00Z", true},
		{"Wed, 16 Jul 2025 10:05:00", "", "2025-07-16T01:05:00Z", false},
		{"", "", "2025-07-16T08:05:00Z", false},
	} {
		raw := "Date: " + c.date + "\r\n"
		if c.received != "" {
			raw = "Received: " + c.received + "\r\n" + raw
		}
		h := newHead([]byte(raw), []byte("From a@b.example Wed Jul 16 17:05:00 2025\n"))
		if h.At.Format(time.RFC3339) != c.want || h.Exact != c.exact {
			t.Errorf("%q, %q: %s, exact %v; want %s, %v", c.date, c.received, h.At.Format(time.RFC3339), h.Exact, c.want, c.exact)
		}
	}
}
