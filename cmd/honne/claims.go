package main

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"os"
	"strings"

	"honne"
	"honne/internal/claim"
	"honne/internal/intake"
	"honne/internal/japan"
	"honne/internal/lang"
)

type claimsCmd struct {
	Files []string `arg:"" optional:"" name:"file" help:"Text, one passage a line, or mail; standard input without a file."`
	JSON  bool     `name:"json" help:"One JSON object a passage."`
	Lang  string   `default:"en" enum:"en,ja" help:"Language of messages: en or ja."`
}

// passageJSON is the object of honne claims --json; its field names are fixed.
type passageJSON struct {
	File   string        `json:"file,omitempty"` // where several are read, and of a message
	Line   int           `json:"line"`
	Text   string        `json:"text"`
	Lang   string        `json:"lang"`
	Claims []mentionJSON `json:"claims"`
}

type mentionJSON struct {
	Excuse string  `json:"excuse"`
	Score  float64 `json:"score"`
	From   int     `json:"from"`
	To     int     `json:"to"`
	Sure   float64 `json:"sure,omitempty"` // that it is this one of the thirty
}

// Run recognises reasons in each line of each file. A file that is not there
// ends the command before anything is printed.
func (c claimsCmd) Run(e *env) error {
	for _, path := range c.Files {
		if err := readable(path); err != nil {
			return err
		}
	}
	r, err := claim.NewRecogniser(e.book)
	if err != nil {
		return err
	}
	out := bufio.NewWriter(e.out)
	defer out.Flush()
	if len(c.Files) == 0 {
		return c.text(e, out, r, "", e.in)
	}
	for _, path := range c.Files {
		if err := c.file(e, out, r, path); err != nil {
			return err
		}
	}
	return nil
}

// file reads one file: the messages of mail, a passage a line, or plain text.
func (c claimsCmd) file(e *env, out io.Writer, r *claim.Recogniser, path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	whole := honne.File{Name: path, Size: info.Size(), Bytes: f}
	if !intake.IsMail(whole) {
		return c.text(e, out, r, c.named(path), f)
	}
	return c.mail(e, out, r, whole)
}

// text reads lines, and says how many passages they hold.
func (c claimsCmd) text(e *env, out io.Writer, r *claim.Recogniser, path string, in io.Reader) error {
	n, err := c.passages(e, out, r, path, in)
	if err != nil {
		return err
	}
	return c.total(e, out, n)
}

// mail reads the messages of a file of mail, and says once how many passages they hold.
func (c claimsCmd) mail(e *env, out io.Writer, r *claim.Recogniser, whole honne.File) error {
	var all counted
	for in, err := range intake.Inside(e.ctx, whole, e.book) {
		if err != nil {
			return err
		}
		if in.Mail == nil {
			continue
		}
		n, err := c.passages(e, out, r, in.Mail.Path, strings.NewReader(in.Mail.Text))
		if err != nil {
			return err
		}
		all.passages, all.flagged = all.passages+n.passages, all.flagged+n.flagged
	}
	return c.total(e, out, all)
}

// longestLine is how many bytes of one passage are read; a longer one ends the
// command.
const longestLine = 16 << 20

// counted is how many passages were read, and how many of them hold a reason.
type counted struct{ passages, flagged int }

// total says them, but not beside objects.
func (c claimsCmd) total(e *env, out io.Writer, n counted) error {
	if c.JSON {
		return nil
	}
	_, err := fmt.Fprintln(out, e.lang.Text(lang.Language(c.Lang), "cli.claims", honne.Count("flagged", n.flagged), honne.Count("n", n.passages)))
	return err
}

func (c claimsCmd) passages(e *env, out io.Writer, r *claim.Recogniser, path string, in io.Reader) (n counted, err error) {
	lines := bufio.NewScanner(in)
	lines.Buffer(make([]byte, 1<<16), longestLine)
	line := 0
	for lines.Scan() {
		line++
		text := strings.TrimRight(strings.TrimPrefix(strings.ToValidUTF8(lines.Text(), "\uFFFD"), "\uFEFF"), "\r")
		if strings.TrimSpace(text) == "" {
			continue
		}
		found := flaggedOnly(r.Recognise(honne.Passage{Text: text, From: honne.Theirs}))
		n.passages++
		if len(found) > 0 {
			n.flagged++
		}
		if err := c.passage(e, out, passageJSON{File: path, Line: line, Text: text, Lang: languageOf(text), Claims: found}); err != nil {
			return n, err
		}
	}
	if err := lines.Err(); err != nil {
		return n, fmt.Errorf("read %s after line %d: %w", orDash(path), line, err)
	}
	return n, nil
}

// named is the path where several files are read, so that a line can be found.
func (c claimsCmd) named(path string) string {
	if len(c.Files) > 1 {
		return path
	}
	return ""
}

func flaggedOnly(list []honne.Mention) []mentionJSON {
	out := []mentionJSON{}
	for _, m := range list {
		if !m.Barrier {
			out = append(out, mentionJSON{m.Excuse, rounded(m.Score), m.From, m.To, rounded(m.Sure)})
		}
	}
	return out
}

// rounded keeps three decimals, never more than the probability itself.
func rounded(p float64) float64 { return float64(int(float64(p*1000))) / 1000 }

func languageOf(text string) string {
	if japan.IsJapanese(text) {
		return "ja"
	}
	return "en"
}

func (c claimsCmd) passage(e *env, out io.Writer, p passageJSON) error {
	if c.JSON {
		return writeLine(out, p)
	}
	for _, m := range p.Claims {
		x, _ := e.book.Excuse(m.Excuse)
		title := x.Title.EN
		if c.Lang == "ja" {
			title = x.Title.JA
		}
		runes := []rune(p.Text)
		at := fmt.Sprint(p.Line)
		if p.File != "" {
			at = p.File + ":" + at
		}
		if _, err := fmt.Fprintf(out, "%s  %.2f  %s (%s)\n    %s[%s]%s\n", at, cmp.Or(m.Sure, m.Score), title, m.Excuse,
			string(runes[:m.From]), string(runes[m.From:m.To]), string(runes[m.To:])); err != nil {
			return err
		}
	}
	return nil
}
