package sample

import (
	"bufio"
	"encoding/base64"
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"time"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/japanese"

	"honne"
)

// BigMailbox writes a mailbox (mbox) of n messages between a distributor and a
// manufacturer, as a mail program exports it: Japanese in ISO-2022-JP and in
// UTF-8, English, quoted originals and signatures, a file of some 20 kB attached
// to a quarter of them, and one in twenty there twice under the same Message-ID.
// The same n gives the same bytes; nothing is kept in memory.
func BigMailbox(w io.Writer, n int) error {
	b := bufio.NewWriterSize(w, 1<<16)
	m := mailboxWriter{b: b, r: rand.New(rand.NewPCG(0x3A11, 5)), jis: japanese.ISO2022JP.NewEncoder(),
		at: honne.NewDate(2024, 4, 1).At(9, 0)}
	for i := range n {
		if i%20 != 19 {
			m.id++
		}
		m.message(i)
	}
	if m.err == nil {
		m.err = b.Flush()
	}
	if m.err != nil {
		return fmt.Errorf("sample: write mailbox: %w", m.err)
	}
	return nil
}

type mailboxWriter struct {
	b   *bufio.Writer
	r   *rand.Rand
	jis *encoding.Encoder
	at  time.Time
	id  int
	err error
}

var (
	bigMailJA = []string{"いつも大変お世話になっております。", "先日ご依頼いただきました資料をお送りいたします。", "四半期の売上実績につきまして、下記のとおりご報告申し上げます。",
		"青葉病院様の件は、来週の訪問後に改めてご連絡いたします。", "在庫は月末時点で前月より若干増加しております。", "ご不明な点がございましたらお知らせください。", "何卒よろしくお願い申し上げます。"}
	bigMailEN = []string{"Thank you for the report of last month.", "Could you let us know the stock of NS-2210 at the end of June?",
		"The training is planned for the second week of September.", "We will confirm the price list by Friday.", "Please find the minutes attached.", "Best regards,"}
)

func (m *mailboxWriter) say(format string, args ...any) { fmt.Fprintf(m.b, format, args...) }

func (m *mailboxWriter) message(i int) {
	m.at = m.at.Add(time.Duration(m.r.IntN(90)) * time.Minute)
	from, to := "sato@aozora-medical.example.jp", "anna.berg@nordlund.example"
	if i%2 == 1 {
		from, to = to, from
	}
	subject := "=?UTF-8?B?" + base64.StdEncoding.EncodeToString([]byte("月次報告の件")) + "?="
	m.say("From %s %s\n", from, m.at.UTC().Format(time.ANSIC))
	m.say("Return-Path: <%s>\nReceived: from mx.example.jp (mx.example.jp [192.0.2.7])\n\tby mail.nordlund.example with ESMTPS id A%07d\n\tfor <%s>; %s\n", from, m.id, to, m.at.Format(time.RFC1123Z))
	m.say("From: %s\nTo: %s\nSubject: Re: %s %d\nDate: %s\nMessage-ID: <%07d.honne@example.jp>\nIn-Reply-To: <%07d.honne@example.jp>\nMIME-Version: 1.0\n",
		from, to, subject, i/8, m.at.Format(time.RFC1123Z), m.id, m.id-1)
	if i%4 == 0 {
		m.say("Content-Type: multipart/mixed; boundary=\"=_part_%d\"\n\n--=_part_%d\n", i, i)
	}
	m.text(i % 3)
	if i%4 == 0 {
		m.say("\n--=_part_%d\nContent-Type: application/octet-stream; name=\"=?UTF-8?B?%s?=\"\nContent-Transfer-Encoding: base64\nContent-Disposition: attachment\n\n", i,
			base64.StdEncoding.EncodeToString(fmt.Appendf(nil, "売上報告_%d.xlsx", i)))
		m.attachment(16_000 + m.r.IntN(9_000))
		m.say("--=_part_%d--\n", i)
	}
	m.say("\n")
}

// text writes a body: Japanese in ISO-2022-JP, in UTF-8, or English.
func (m *mailboxWriter) text(kind int) {
	lines := bigMailJA
	if kind == 2 {
		lines = bigMailEN
	}
	var body strings.Builder
	for range 6 + m.r.IntN(12) {
		body.WriteString(lines[m.r.IntN(len(lines))] + "\n")
	}
	body.WriteString("\n2025/07/16 10:05 Anna Berg <anna.berg@nordlund.example>:\n")
	for range 8 + m.r.IntN(20) {
		body.WriteString("> " + lines[m.r.IntN(len(lines))] + "\n")
	}
	body.WriteString("\n――――――――――――――\n青空メディカル株式会社\n佐藤 健一\nTEL 03-0000-0000\n")
	switch kind {
	case 0:
		text, err := m.jis.String(body.String())
		if err != nil && m.err == nil {
			m.err = err
		}
		m.say("Content-Type: text/plain; charset=iso-2022-jp\nContent-Transfer-Encoding: 7bit\n\n%s", text)
	case 1:
		m.say("Content-Type: text/plain; charset=UTF-8\nContent-Transfer-Encoding: base64\n\n")
		m.base64([]byte(body.String()))
	default:
		m.say("Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n%s", body.String())
	}
}

func (m *mailboxWriter) attachment(n int) {
	raw := make([]byte, n)
	for i := 0; i+8 <= n; i += 8 {
		v := m.r.Uint64()
		for k := range 8 {
			raw[i+k] = byte(v >> (8 * k))
		}
	}
	m.base64(raw)
}

func (m *mailboxWriter) base64(raw []byte) {
	for text := base64.StdEncoding.EncodeToString(raw); text != ""; {
		n := min(76, len(text))
		m.say("%s\n", text[:n])
		text = text[n:]
	}
}
