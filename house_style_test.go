package honne_test

import (
	"bytes"
	"go/ast"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
)

const (
	maxFileLines     = 500
	maxFunctionLines = 80
	maxRooms         = 32
)

// vague names a package or file after nothing in particular.
var vague = []string{"utils", "common", "helpers", "models", "types"}

func TestBudgets(t *testing.T) {
	rooms := map[string]bool{}
	for _, s := range readHouse(t) {
		if !strings.HasPrefix(s.dir, "internal/intake/") { // a format, not a room
			rooms[s.dir] = true
		}
		if n := bytes.Count(s.text, []byte("\n")); n > maxFileLines {
			t.Errorf("%s: %d lines, more than %d", s.path, n, maxFileLines)
		}
		stem := strings.TrimSuffix(strings.TrimSuffix(path.Base(s.path), ".go"), "_test")
		for _, name := range []string{stem, s.tree.Name.Name, path.Base(s.dir)} {
			if slices.Contains(vague, name) {
				t.Errorf("%s: %q says nothing; name it after what it holds", s.path, name)
			}
		}
		for _, d := range s.tree.Decls {
			f, ok := d.(*ast.FuncDecl)
			if !ok {
				continue
			}
			if n := s.line(f.End()) - s.line(f.Pos()) + 1; n > maxFunctionLines {
				t.Errorf("%s: %s has %d lines, more than %d", s.at(f), f.Name.Name, n, maxFunctionLines)
			}
		}
	}
	if len(rooms) > maxRooms {
		t.Errorf("%d rooms, more than %d", len(rooms), maxRooms)
	}
}

func TestEveryPackageHasAComment(t *testing.T) {
	documented := map[string]bool{}
	for _, s := range readHouse(t) {
		if !s.test {
			documented[s.dir] = documented[s.dir] || s.tree.Doc.Text() != ""
		}
	}
	for dir, ok := range documented {
		if !ok {
			t.Errorf("%s: no package comment: what the room owns and what it refuses", dir)
		}
	}
}

func TestEveryExportedNameHasAComment(t *testing.T) {
	for _, s := range readHouse(t) {
		if s.test {
			continue
		}
		for _, d := range s.tree.Decls {
			switch d := d.(type) {
			case *ast.FuncDecl:
				if d.Name.IsExported() && exportedReceiver(d) && d.Doc.Text() == "" {
					t.Errorf("%s: %s has no comment", s.at(d), d.Name.Name)
				}
			case *ast.GenDecl:
				for _, name := range undocumented(d) {
					t.Errorf("%s: %s has no comment", s.at(name), name.Name)
				}
			}
		}
	}
}

// exportedReceiver is true for a function, and for a method of an exported type.
func exportedReceiver(f *ast.FuncDecl) bool {
	if f.Recv == nil {
		return true
	}
	receiver := f.Recv.List[0].Type
	for {
		switch x := receiver.(type) {
		case *ast.StarExpr:
			receiver = x.X
		case *ast.IndexExpr:
			receiver = x.X
		case *ast.IndexListExpr:
			receiver = x.X
		case *ast.Ident:
			return x.IsExported()
		default:
			return true
		}
	}
}

// undocumented lists the exported names of a declaration that neither it, nor
// their own line, says anything about.
func undocumented(d *ast.GenDecl) []*ast.Ident {
	if d.Doc.Text() != "" {
		return nil
	}
	var bare []*ast.Ident
	for _, spec := range d.Specs {
		switch spec := spec.(type) {
		case *ast.TypeSpec:
			if spec.Doc.Text()+spec.Comment.Text() == "" {
				bare = append(bare, spec.Name)
			}
		case *ast.ValueSpec:
			if spec.Doc.Text()+spec.Comment.Text() == "" {
				bare = append(bare, spec.Names...)
			}
		}
	}
	return slices.DeleteFunc(bare, func(n *ast.Ident) bool { return !n.IsExported() })
}

// readsClock says who may: where a process starts, and the default of the one
// field through which the time comes in everywhere else.
func readsClock(s source) bool {
	return s.test || s.room == "cmd" || s.room == "honnetest" || s.path == "internal/store/store.go"
}

func TestThinkingReadsNoClock(t *testing.T) {
	for _, s := range readHouse(t) {
		if readsClock(s) {
			continue
		}
		ast.Inspect(s.tree, func(n ast.Node) bool {
			sel, ok := n.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			pkg, ok := sel.X.(*ast.Ident)
			if ok && pkg.Name == "time" && slices.Contains([]string{"Now", "Since", "Until"}, sel.Sel.Name) {
				t.Errorf("%s: time.%s; let the time come in", s.at(n), sel.Sel.Name)
			}
			return true
		})
	}
}

func TestNothingHappensAtImport(t *testing.T) {
	for _, s := range readHouse(t) {
		for _, d := range s.tree.Decls {
			if f, ok := d.(*ast.FuncDecl); ok && f.Recv == nil && f.Name.Name == "init" {
				t.Errorf("%s: init; call it from where it is needed", s.at(f))
			}
		}
	}
}

// somebodysFolder matches paths that exist on one machine only.
var somebodysFolder = regexp.MustCompile(`["'` + "`" + `(\s](/home/\w|/Users/\w|/root/|[A-Z]:\\Users\\)`)

func TestNoPathOfSomebodysMachine(t *testing.T) {
	text := []string{".go", ".md", ".yaml", ".txtar", ".catalogue", ".html", ".css", ".js", ".sql", ".txt", ".csv", ""}
	walkFiles(t, func(name string) {
		if name == "house_style_test.go" || !slices.Contains(text, path.Ext(name)) {
			return
		}
		content, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for i, line := range bytes.Split(content, []byte("\n")) {
			if m := somebodysFolder.Find(line); m != nil {
				t.Errorf("%s:%d: a path of one machine: %s", name, i+1, m)
			}
		}
	})
}

// TestLinksOfPagesLead follows the relative links and pictures of the pages.
func TestLinksOfPagesLead(t *testing.T) {
	link := regexp.MustCompile(`\]\(([^)#:]+)(#[^)]*)?\)`)
	walkFiles(t, func(name string) {
		if path.Ext(name) != ".md" {
			return
		}
		page, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range link.FindAllSubmatch(page, -1) {
			target := path.Join(path.Dir(name), string(m[1]))
			if _, err := os.Stat(target); err != nil {
				t.Errorf("%s: the link to %s leads nowhere", name, m[1])
			}
		}
	})
}

// TestBuildServerRunsTheReadme keeps one test command: what the README tells a
// newcomer is what the build server runs.
func TestBuildServerRunsTheReadme(t *testing.T) {
	for _, name := range []string{"README.md", "CONTRIBUTING.md", ".ci/run"} {
		content, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if !regexp.MustCompile(`(?m)(^|` + "`" + `)make test\b`).Match(content) {
			t.Errorf("%s does not say make test", name)
		}
	}
}

// TestPagesOfDocsSayWhatTheApplicationSays looks up what the pages for users name in
// italics, with a capital: it stands in the application in these words.
func TestPagesOfDocsSayWhatTheApplicationSays(t *testing.T) {
	catalogue, err := os.ReadFile("internal/lang/en.catalogue")
	if err != nil {
		t.Fatal(err)
	}
	said := map[string]bool{}
	for line := range strings.Lines(string(catalogue)) {
		_, words, _ := strings.Cut(line, " = ")
		said[strings.ToLower(strings.TrimRight(words, ".:…\n"))] = true
	}
	code := regexp.MustCompile("(?s)```.*?```|`[^`\n]*`|\\*\\*")
	named := regexp.MustCompile(`\*(\p{Lu}[^*\n]+)\*`)
	for _, name := range []string{"first-file", "first-month", "audit", "operate", "mailbox", "backup", "claims"} {
		page, err := os.ReadFile("docs/" + name + ".md")
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range named.FindAllSubmatch(code.ReplaceAll(page, nil), -1) {
			for _, words := range regexp.MustCompile(` [›→] |, `).Split(string(m[1]), -1) {
				if !said[strings.ToLower(strings.TrimRight(words, ".:…"))] {
					t.Errorf("docs/%s.md: nothing in the application is called %q", name, words)
				}
			}
		}
	}
}
