package main

import (
	"path/filepath"
	"slices"
	"strings"

	"honne"
)

// unread is the reading of a file that cannot be read, with the reason.
func unread(name string, why honne.Problem) honne.Reading {
	return honne.Reading{File: name, Format: honne.Unknown, Problems: []honne.Problem{why},
		Lines: nothing[honne.Line], Values: nothing[honne.Value]}
}

func nothing[T any](func(T, error) bool) {}

func notYet(kind string) honne.Problem {
	return honne.Problem{Severity: honne.SevWarning, What: honne.Say("cli.not-read." + kind)}
}

// asideFor is why a file was set aside: it holds a table, and no report. ok is
// false for any other file.
func asideFor(t taken) (why honne.Message, ok bool) {
	ok = t.file.State == honne.FileSetAside && t.arrival.mail == nil && len(t.reading.Inside) == 0 && len(t.reading.Tables) > 0
	return honne.Say("cli.set-aside"), ok
}

// bare are the reasons that say nothing but that the bytes are not understood.
var bare = []string{"problem.no-table-at-all", "problem.not-text", "problem.no-workbook", "problem.unreadable"}

// sayKind names the kind of a file that could not be read, where the reason is
// nothing but its kind.
func sayKind(r *honne.Reading) {
	kind := kindOf(r.File)
	if kind == "" || len(r.Tables) > 0 || r.Format.IsMail() {
		return
	}
	for i, p := range r.Problems {
		if p.Severity == honne.SevError && p.What.ID != "problem.empty" && (kind != "no-mail" || slices.Contains(bare, p.What.ID)) {
			r.Problems[i] = notYet(kind)
		}
	}
}

// kindOf names the kinds that are known and not read yet, by the ending.
func kindOf(name string) string {
	switch strings.ToLower(filepath.Ext(name)) {
	case ".eml", ".mbox", ".msg", ".pst":
		return "no-mail"
	case ".doc", ".ppt":
		return "document"
	case ".7z", ".rar", ".lzh":
		return "archive"
	case ".png", ".jpg", ".jpeg", ".tif", ".tiff", ".heic":
		return "image"
	}
	return ""
}
