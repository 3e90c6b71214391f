package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"honne"
	"honne/internal/intake"
	"honne/internal/lang"
)

type readCmd struct {
	Files    []string `arg:"" optional:"" name:"file" help:"Files to read. One with a password opens with HONNE_FILE_PASSWORD."`
	JSON     bool     `name:"json" help:"One JSON object a file."`
	Records  bool     `help:"One JSON object a measured cell."`
	Meanings bool     `help:"List the meanings that a column may have."`
	Lang     string   `default:"en" enum:"en,ja" help:"Language of messages: en or ja."`
}

// Run reads each file; a file that is not there ends the command, a file that
// cannot be understood does not.
func (c readCmd) Run(e *env) error {
	if c.Meanings {
		for _, m := range honne.Meanings() {
			fmt.Fprintln(e.out, m)
		}
		return nil
	}
	if len(c.Files) == 0 {
		return fmt.Errorf("name a file to read, for example: honne read 2025年4月度売上.xlsx")
	}
	for _, path := range c.Files {
		if err := readable(path); err != nil {
			return err
		}
	}
	out := bufio.NewWriter(e.out)
	defer out.Flush()
	l, problems := lang.Language(c.Lang), false
	for _, path := range c.Files {
		bad, err := c.file(e, out, l, path)
		if err != nil {
			return err
		}
		problems = problems || bad
	}
	if problems {
		return errProblems
	}
	return nil
}

func readable(path string) error {
	info, err := os.Stat(path)
	if err == nil && info.IsDir() {
		return fmt.Errorf("%s is a folder; honne inspect reads folders", path)
	}
	return err
}

func (c readCmd) file(e *env, out io.Writer, l lang.Language, path string) (bad bool, err error) {
	f, err := os.Open(path)
	if err != nil {
		return false, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return false, err
	}
	file, held := honne.File{Name: filepath.Base(path), Size: info.Size(), Bytes: f, Password: e.filePassword}, false
	if intake.IsMail(file) {
		// What is attached to its messages follows the mailbox.
		if held, bad, err = c.mailbox(e, out, l, file); err != nil {
			return bad, err
		}
	}
	for in, err := range intake.Inside(e.ctx, file, e.book) {
		if err != nil {
			return bad, err
		}
		if in.Mail != nil {
			continue
		}
		worse, err := c.one(e, out, l, in)
		if held, bad = true, bad || worse; err != nil {
			return bad, err
		}
	}
	if held {
		return bad, nil
	}
	return c.one(e, out, l, intake.Inner{File: file})
}

// mailbox prints how many messages a mailbox holds, and what was wrong with them;
// it has no records.
func (c readCmd) mailbox(e *env, out io.Writer, l lang.Language, file honne.File) (held, bad bool, err error) {
	if !c.Records {
		bad, err = c.one(e, out, l, intake.Inner{File: file})
	}
	return true, bad, err
}

// one prints what was understood of a file, or why it cannot be opened.
func (c readCmd) one(e *env, out io.Writer, l lang.Language, in intake.Inner) (bad bool, err error) {
	var r honne.Reading
	switch {
	case in.Shut != nil:
		r = unread(in.Name, *in.Shut)
	default:
		var done func()
		if r, done, err = readLocked(e, in.File); err != nil {
			return false, err
		}
		defer done()
		sayKind(&r)
	}
	switch {
	case c.Records:
		err = writeRecords(out, r)
	case c.JSON:
		err = writeLine(out, newReadingJSON(e, l, r))
	default:
		err = writeReading(e, out, l, r)
	}
	return serious(r.Problems), err
}

// serious reports whether a problem makes the command exit with 1.
func serious(problems []honne.Problem) bool {
	for _, p := range problems {
		if p.Severity != honne.SevNote {
			return true
		}
	}
	return false
}

func writeLine(w io.Writer, v any) error {
	b, err := marshal(v)
	if err == nil {
		_, err = w.Write(append(b, '\n'))
	}
	return err
}

// marshal writes JSON without escaping < > &.
func marshal(v any) ([]byte, error) {
	var b bytesBuffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return nil, err
	}
	return b[:len(b)-1], nil
}

type bytesBuffer []byte // the bytes written so far

func (b *bytesBuffer) Write(p []byte) (int, error) {
	*b = append(*b, p...)
	return len(p), nil
}

// writeReading prints what was understood of a file for a person.
func writeReading(e *env, w io.Writer, l lang.Language, r honne.Reading) error {
	fmt.Fprintf(w, "%s  %s %s\n", r.File, r.Format, r.Encoding)
	if r.Format.IsMail() {
		fmt.Fprintf(w, "  %s\n", e.lang.Text(l, "cli.messages", honne.Count("n", r.Messages)))
	}
	for _, t := range r.Tables {
		fmt.Fprintf(w, "\n  %s\n", honne.Address{Sheet: t.Sheet, Range: t.Body})
		fmt.Fprintf(w, "    %s\n", e.lang.Text(l, "cli.table", honne.Count("rows", t.Rows), honne.Word("layout", "layout."+string(t.Layout)),
			honne.Text("kind", kindName(e, l, t)), honne.Text("unit", orDash(t.Unit.String())), honne.Text("period", orDash(t.Period.String()))))
		for _, c := range t.Columns {
			fmt.Fprintf(w, "    %-3s %s → %s\n", c.At, oneLine(c.Header), e.lang.Text(l, "meaning."+string(c.Meaning)))
		}
	}
	if len(r.Problems) > 0 {
		fmt.Fprintln(w)
	}
	for _, p := range r.Problems {
		fmt.Fprintf(w, "  %-7s %s: %s\n", e.lang.Text(l, "severity."+string(p.Severity)), orDash(p.At.String()), e.lang.Say(l, p.What))
	}
	_, err := fmt.Fprintln(w)
	return err
}

func kindName(e *env, l lang.Language, t honne.Table) string {
	switch {
	case t.Kind != "":
		return e.lang.Text(l, "series."+string(t.Kind))
	case t.Topic != "":
		return e.lang.Text(l, "topic."+string(t.Topic))
	}
	return e.lang.Text(l, "series.none")
}
