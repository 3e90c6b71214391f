package main

import (
	"bytes"
	"io"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"honne"
)

// mailHead is the beginning of a message: a field of its head in the first line,
// or the line with which a message of a mailbox begins.
var mailHead = regexp.MustCompile(`(?i)^(?:From \S+ |(?:Return-Path|Delivered-To|Received|Message-ID|MIME-Version|From|To|Subject|Date|X-[a-z-]+|DKIM-Signature|ARC-[a-z-]+):[ \t])`)

// mailFields are fields of which a message has two or more, each at the
// beginning of a line.
var mailFields = regexp.MustCompile(`(?im)^(?:Received|Message-ID|MIME-Version|From|Subject|Date|Content-Type):[ \t]`)

// isMail reports whether a file is mail: by its ending, or by a head that only
// messages have, whatever its ending.
func isMail(name string, f io.ReaderAt) bool {
	if slices.Contains([]string{".eml", ".mbox", ".msg", ".pst"}, strings.ToLower(filepath.Ext(name))) {
		return true
	}
	head := make([]byte, 4096)
	n, _ := f.ReadAt(head, 0)
	head = bytes.TrimPrefix(head[:n], []byte("\ufeff"))
	return mailHead.Match(head) && len(mailFields.FindAll(head, 2)) == 2
}

// unread is the reading of a file that cannot be read, with the reason.
func unread(name string, why honne.Problem) honne.Reading {
	return honne.Reading{File: name, Format: honne.Unknown, Problems: []honne.Problem{why},
		Lines: nothing[honne.Line], Values: nothing[honne.Value]}
}

func nothing[T any](func(T, error) bool) {}

func notYet(kind string) honne.Problem {
	return honne.Problem{Severity: honne.SevWarning, What: honne.Say("cli.not-read." + kind)}
}

// sayKind names the kind of a file that could not be read, where the reason is
// nothing but its kind.
func sayKind(r *honne.Reading) {
	kind := kindOf(r.File)
	if kind == "" || len(r.Tables) > 0 {
		return
	}
	for i, p := range r.Problems {
		if p.Severity == honne.SevError && p.What.ID != "problem.empty" {
			r.Problems[i] = notYet(kind)
		}
	}
}

// kindOf names the kinds that are known and not read yet, by the ending.
func kindOf(name string) string {
	switch strings.ToLower(filepath.Ext(name)) {
	case ".eml", ".mbox", ".msg", ".pst":
		return "mail"
	case ".doc", ".ppt":
		return "document"
	case ".7z", ".rar", ".lzh":
		return "archive"
	case ".png", ".jpg", ".jpeg", ".tif", ".tiff", ".heic":
		return "image"
	}
	return ""
}
