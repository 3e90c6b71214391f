package web

import (
	"errors"
	"regexp"
	"slices"
	"strings"
)

// What who is not signed in may see, partners among them, has a style sheet of its own: of
// ours the rules that those pages use, and no name that says what others show.

// outerPages are the templates of those pages.
var outerPages = [...]string{"partner", "frame", "error", "signin", "setup", "welcome"}

var (
	namesInPage  = regexp.MustCompile(`(?:class|id)="((?:[^"{]|\{\{.*?\}\})*)"`)
	inTemplate   = regexp.MustCompile(`\{\{.*?\}\}`)
	partInPage   = regexp.MustCompile(`\{\{template "([a-z]+)"`)
	namesInRule  = regexp.MustCompile(`[.#](-?[A-Za-z_][\w-]*)|\[(data-[\w-]+)`)
	nestingRules = []string{"@media", "@supports"}
	choices      = regexp.MustCompile(`:(?:not|is|where|has)\($`)
)

// outerNames are the classes and ids of those pages, and of the parts that they take.
func outerNames() (map[string]bool, error) {
	parts, err := templateFiles.ReadFile("templates/parts.html")
	names := map[string]bool{"data-theme": true, "mk": true} // what every page may have: a theme, a mark
	for _, name := range outerPages {
		page, wrong := templateFiles.ReadFile("templates/" + name + ".html")
		err = errors.Join(err, wrong)
		addNames(names, string(page), string(parts))
	}
	return names, err
}

// addNames adds those of a text of templates, and of the parts that it takes.
func addNames(names map[string]bool, text, parts string) {
	for _, m := range namesInPage.FindAllStringSubmatch(text, -1) {
		for _, name := range strings.Fields(inTemplate.ReplaceAllString(m[1], "")) {
			names[name] = true
		}
	}
	for _, m := range partInPage.FindAllStringSubmatch(text, -1) {
		_, part, found := strings.Cut(parts, `{{define "`+m[1]+`"}}`)
		if !found {
			continue // it stands in the page itself
		}
		part, _, _ = strings.Cut(part, "\n{{define ")
		addNames(names, part, strings.Replace(parts, part, "", 1))
	}
}

// outerSheet is what of a sheet speaks of nothing but these names.
func outerSheet(sheet string, names map[string]bool) string {
	var out strings.Builder
	for {
		head, body, rest, ok := cutRule(sheet)
		if !ok {
			return out.String()
		}
		sheet = rest
		switch at, _, _ := strings.Cut(head, " "); {
		case slices.ContainsFunc(nestingRules, func(n string) bool { return strings.HasPrefix(head, n) }):
			if body = outerSheet(body, names); body != "" {
				out.WriteString(head + "{" + body + "}\n")
			}
		case at == "@page" && head != at, strings.HasPrefix(head, "@keyframes"): // those of one page
		case strings.HasPrefix(head, "@"):
			out.WriteString(head + "{" + body + "}\n")
		default:
			if kept := outerSelectors(head, names); len(kept) > 0 {
				out.WriteString(strings.Join(kept, ",") + "{" + body + "}\n")
			}
		}
	}
}

// cutRule splits the first rule off: what stands before its braces, and within.
func cutRule(sheet string) (head, body, rest string, ok bool) {
	from := strings.IndexByte(sheet, '{')
	if from < 0 {
		return "", "", "", false
	}
	depth := 0
	for i := from; i < len(sheet); i++ {
		switch sheet[i] {
		case '{':
			depth++
		case '}':
			if depth--; depth == 0 {
				return strings.TrimSpace(sheet[:from]), sheet[from+1 : i], sheet[i+1:], true
			}
		}
	}
	return "", "", "", false
}

// outerSelectors are those of a list that may match a page with these names only, without
// what cannot match there.
func outerSelectors(list string, names map[string]bool) (kept []string) {
	for _, s := range splitSelectors(list) {
		if s, ok := outerSelector(strings.TrimSpace(s), names); ok {
			kept = append(kept, s)
		}
	}
	return kept
}

func outerSelector(s string, names map[string]bool) (string, bool) {
	var out strings.Builder
	for {
		from := strings.IndexByte(s, '(')
		if from < 0 {
			out.WriteString(s)
			return out.String(), knowsAll(s, names)
		}
		to := closing(s, from)
		head, inside := s[:from+1], s[from+1:to]
		s = s[to+1:]
		called := choices.FindString(head)
		plain, kept := strings.TrimSuffix(head, called), outerSelectors(inside, names)
		switch {
		case !knowsAll(plain, names), len(kept) == 0 && called != "" && called != ":not(":
			return "", false
		case called == "":
			out.WriteString(head + inside + ")")
		case len(kept) == 0: // it is never one of those
			out.WriteString(plain)
		default:
			out.WriteString(head + strings.Join(kept, ",") + ")")
		}
	}
}

func knowsAll(s string, names map[string]bool) bool {
	for _, m := range namesInRule.FindAllStringSubmatch(s, -1) {
		if !names[m[1]+m[2]] {
			return false
		}
	}
	return true
}

// closing is where the bracket that opens at from closes.
func closing(s string, from int) int {
	depth := 0
	for i := from; i < len(s); i++ {
		switch s[i] {
		case '(':
			depth++
		case ')':
			if depth--; depth == 0 {
				return i
			}
		}
	}
	return len(s) - 1
}

// splitSelectors splits a list at the commas that stand in no bracket.
func splitSelectors(list string) (out []string) {
	depth, from := 0, 0
	for i := range len(list) {
		switch list[i] {
		case '(', '[':
			depth++
		case ')', ']':
			depth--
		case ',':
			if depth == 0 {
				out, from = append(out, list[from:i]), i+1
			}
		}
	}
	return append(out, list[from:])
}
