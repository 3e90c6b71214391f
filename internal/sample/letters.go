package sample

import (
	"bytes"
	"embed"
	"encoding/base64"
	"fmt"
	"mime/quotedprintable"
	"strings"
	"time"

	"golang.org/x/text/encoding/japanese"
)

// letterFiles are the letters of each distributor, one file each. A letter begins
// with a line
//
//	## 2025-07-03 10:20 them jis SUBJECT
//
// the moment in Japan; them or us; its charset, jis, utf8 or en (English, by the
// writer of the English letters); letters of one subject are one conversation.
// Salutation, quote and signature are added. They are dated, so that every size
// has the same.
//
//go:embed letters
var letterFiles embed.FS

// writer is a person who writes letters.
type writer struct {
	name, address, calls, firm, dept, phone string
}

var (
	ourJapanese = writer{"山田 真理", "mari.yamada@nordlund.example", "山田", "Nordlund Surgical AB", "日本担当", "+46-8-000-0000"}
	ourEnglish  = writer{"Anna Berg", "anna.berg@nordlund.example", "Anna Berg", "Nordlund Surgical AB", "Regional Manager Asia", "+46-8-000-0001"}
)

// letter is one message of a mailbox.
type letter struct {
	at            time.Time
	theirs        bool
	charset       string
	subject, body string
}

// mailbox makes the mailbox (mbox) of a distributor as a mail program exports it.
func mailbox(slug string, them writer) ([]byte, error) {
	text, err := letterFiles.ReadFile("letters/" + slug + ".txt")
	if err != nil {
		return nil, err
	}
	letters, err := readLetters(string(text))
	if err != nil {
		return nil, err
	}
	b := &bytes.Buffer{}
	last := map[string]int{}
	for i, l := range letters {
		before, follows := last[l.subject]
		var answered *letter
		if follows {
			answered = &letters[before]
		}
		if err := l.write(b, them, slug, i, before, answered); err != nil {
			return nil, err
		}
		last[l.subject] = i
	}
	return b.Bytes(), nil
}

func readLetters(text string) (out []letter, err error) {
	for _, part := range strings.Split("\n"+text, "\n## ")[1:] {
		head, body, _ := strings.Cut(part, "\n")
		f := strings.SplitN(head, " ", 5)
		if len(f) != 5 {
			return nil, fmt.Errorf("letter %q: want DAY TIME SIDE CHARSET SUBJECT", head)
		}
		at, err := time.ParseInLocation("2006-01-02 15:04", f[0]+" "+f[1], time.FixedZone("JST", 9*60*60))
		if err != nil {
			return nil, fmt.Errorf("letter %q: %w", head, err)
		}
		if n := len(out); n > 0 && at.Before(out[n-1].at) {
			return nil, fmt.Errorf("letter %q: earlier than the one before", head)
		}
		out = append(out, letter{at: at, theirs: f[2] == "them", charset: f[3], subject: f[4], body: strings.TrimSpace(body)})
	}
	return out, nil
}

// people are who writes a letter and who gets it.
func (l letter) people(them writer) (from, to writer) {
	us := ourJapanese
	if l.charset == "en" {
		us = ourEnglish
	}
	if l.theirs {
		return them, us
	}
	return us, them
}

func (l letter) write(b *bytes.Buffer, them writer, slug string, i, before int, answered *letter) error {
	from, to := l.people(them)
	fmt.Fprintf(b, "From %s %s\n", from.address, l.at.UTC().Format(time.ANSIC))
	subject := l.subject
	if answered != nil {
		subject = "Re: " + subject
	}
	for _, h := range []struct{ name, text, behind string }{
		{"From", from.name, " <" + from.address + ">"}, {"To", to.name, " <" + to.address + ">"}, {"Subject", subject, ""}} {
		word, err := l.word(h.text)
		if err != nil {
			return err
		}
		fmt.Fprintf(b, "%s: %s%s\n", h.name, word, h.behind)
	}
	fmt.Fprintf(b, "Date: %s\nMessage-ID: <%04d@%s.example>\n", l.at.Format(time.RFC1123Z), i+1, slug)
	if answered != nil {
		fmt.Fprintf(b, "In-Reply-To: <%04d@%s.example>\n", before+1, slug)
	}
	b.WriteString("MIME-Version: 1.0\n")
	return l.part(b, l.text(from, to, them, answered))
}

// word writes a header's text as RFC 2047 asks, in the letter's charset: words of
// at most ten letters, so that none is longer than allowed.
func (l letter) word(text string) (string, error) {
	if isASCII(text) {
		return text, nil
	}
	var words []string
	for runes := []rune(text); len(runes) > 0; {
		n := min(10, len(runes))
		part, charset := string(runes[:n]), "UTF-8"
		if l.charset == "jis" {
			charset = "ISO-2022-JP"
			jis, err := japanese.ISO2022JP.NewEncoder().String(part)
			if err != nil {
				return "", err
			}
			part = jis
		}
		words = append(words, "=?"+charset+"?B?"+base64.StdEncoding.EncodeToString([]byte(part))+"?=")
		runes = runes[n:]
	}
	return strings.Join(words, "\n "), nil
}

func isASCII(text string) bool {
	return !strings.ContainsFunc(text, func(r rune) bool { return r > 126 })
}

// text is a body: salutation, what is said, signature and the quoted original.
func (l letter) text(from, to, them writer, answered *letter) string {
	var b strings.Builder
	switch {
	case l.charset == "en":
		fmt.Fprintf(&b, "Dear %s,\n\n%s\n\nBest regards,\n%s\n", to.calls, l.body, from.calls)
	default:
		hello := "いつも大変お世話になっております。"
		if answered != nil {
			hello = "お世話になっております。"
		}
		fmt.Fprintf(&b, "%s %s様\n\n%s\n%sの%sでございます。\n\n%s\n\n何卒よろしくお願い申し上げます。\n", to.firm, to.calls, hello, from.firm, from.calls, l.body)
	}
	fmt.Fprintf(&b, "\n-- \n%s\n%s\n%s\nTEL %s\nE-mail %s\n", from.firm, from.dept, from.name, from.phone, from.address)
	if answered != nil {
		writer, _ := answered.people(them)
		fmt.Fprintf(&b, "\n%s %s <%s>:\n", answered.at.Format("2006/01/02 15:04"), writer.name, writer.address)
		for line := range strings.SplitSeq(answered.body, "\n") {
			b.WriteString("> " + line + "\n")
		}
	}
	return b.String()
}

// part writes the body in the letter's charset.
func (l letter) part(b *bytes.Buffer, text string) error {
	switch l.charset {
	case "jis":
		jis, err := japanese.ISO2022JP.NewEncoder().String(text)
		if err != nil {
			return err
		}
		fmt.Fprintf(b, "Content-Type: text/plain; charset=iso-2022-jp\nContent-Transfer-Encoding: 7bit\n\n%s\n", jis)
	case "utf8":
		b.WriteString("Content-Type: text/plain; charset=UTF-8\nContent-Transfer-Encoding: base64\n\n")
		for text := base64.StdEncoding.EncodeToString([]byte(text)); text != ""; {
			n := min(76, len(text))
			b.WriteString(text[:n] + "\n")
			text = text[n:]
		}
		b.WriteString("\n")
	case "en":
		b.WriteString("Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n")
		q := quotedprintable.NewWriter(b)
		if _, err := q.Write([]byte(text)); err != nil {
			return err
		}
		if err := q.Close(); err != nil {
			return err
		}
		b.WriteString("\n")
	default:
		return fmt.Errorf("letter of %s: charset %q", l.at, l.charset)
	}
	return nil
}
