package honne_test

import (
	"bytes"
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// source is one Go file of the house, for whatever platform it is meant.
type source struct {
	path string // from the root, with slashes
	dir  string
	room string // row of the table in docs/architecture.md
	test bool
	text []byte
	tree *ast.File
	fset *token.FileSet
}

// at says where a node stands, to begin a failure with.
func (s source) at(n ast.Node) string {
	return s.path + ":" + strconv.Itoa(s.line(n.Pos()))
}

func (s source) line(p token.Pos) int { return s.fset.Position(p).Line }

// imports lists the paths that the file imports.
func (s source) imports() []string {
	var list []string
	for _, spec := range s.tree.Imports {
		name, _ := strconv.Unquote(spec.Path.Value)
		list = append(list, name)
	}
	return list
}

// readHouse parses every Go file below the root.
func readHouse(t *testing.T) []source {
	t.Helper()
	var house []source
	fset := token.NewFileSet()
	walkFiles(t, func(name string) {
		if path.Ext(name) != ".go" || strings.Contains(name, "testdata/") {
			return
		}
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		tree, err := parser.ParseFile(fset, name, text, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			t.Errorf("does not parse: %v", err)
			return
		}
		dir := path.Dir(name)
		house = append(house, source{
			path: name, dir: dir, room: roomOf(dir), test: strings.HasSuffix(name, "_test.go"),
			text: text, tree: tree, fset: fset,
		})
	})
	return house
}

// walkFiles visits the files of the tree in order, without what is made by
// running the program and whatever begins with a dot.
func walkFiles(t *testing.T, visit func(name string)) {
	t.Helper()
	err := fs.WalkDir(os.DirFS("."), ".", func(name string, d fs.DirEntry, err error) error {
		base := path.Base(name)
		switch {
		case err != nil:
			return err
		case d.IsDir() && (base == "bin" || base == "honne-data" || name != "." && base[0] == '.'):
			return fs.SkipDir
		case d.Type().IsRegular():
			visit(name)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// roomOf names the room that a folder belongs to: internal/intake/xlsx is intake.
func roomOf(dir string) string {
	if dir == "." {
		return "honne"
	}
	first, rest, _ := strings.Cut(dir, "/")
	if first != "internal" {
		return first
	}
	room, _, _ := strings.Cut(rest, "/")
	return room
}

// room is a row of the table in docs/architecture.md.
type room struct {
	allowed   []string
	libraries []string
}

func (r room) allows(other string) bool {
	return slices.Contains(r.allowed, "everything") || slices.Contains(r.allowed, other)
}

var codeWord = regexp.MustCompile("`[^`]+`|everything")

// readRooms reads the import table from the page that people read.
func readRooms(t *testing.T) map[string]room {
	t.Helper()
	page, err := os.ReadFile("docs/architecture.md")
	if err != nil {
		t.Fatal(err)
	}
	words := func(cell string) []string {
		found := codeWord.FindAllString(cell, -1)
		for i := range found {
			found[i] = strings.Trim(found[i], "`")
		}
		return found
	}
	rooms := map[string]room{}
	for line := range strings.Lines(string(page)) {
		cells := strings.Split(line, "|")
		if len(cells) != 6 || !strings.HasPrefix(cells[1], " `") {
			continue
		}
		rooms[words(cells[1])[0]] = room{words(cells[3]), words(cells[4])}
	}
	if len(rooms) < 20 {
		t.Fatalf("docs/architecture.md: found %d rows of the table of rooms", len(rooms))
	}
	return rooms
}

func TestRoomsImportOnlyWhatTheTableAllows(t *testing.T) {
	rooms := readRooms(t)
	for _, s := range readHouse(t) {
		from, known := rooms[s.room]
		if !known {
			t.Errorf("%s: room %q has no row in docs/architecture.md", s.path, s.room)
			continue
		}
		for _, name := range s.imports() {
			if name != "honne" && !strings.HasPrefix(name, "honne/") {
				continue
			}
			to := roomOf(strings.TrimPrefix(strings.TrimPrefix(name, "honne"), "/"))
			if name == "honne" {
				to = "honne"
			}
			switch {
			case to == s.room || s.test && to != "cmd":
			case to == "cmd":
				t.Errorf("%s: imports %s, which nobody may import", s.path, name)
			case to == "honnetest":
				t.Errorf("%s: imports %s, which only tests may import", s.path, name)
			case !from.allows(to):
				t.Errorf("%s: %s may not import %s (docs/architecture.md)", s.path, s.room, to)
			}
		}
	}
}

func TestOutsideLibrariesStayWithTheirOwners(t *testing.T) {
	rooms := readRooms(t)
	for _, s := range readHouse(t) {
		if s.test {
			continue
		}
		for _, name := range s.imports() {
			if name == "C" {
				t.Errorf("%s: cgo is off", s.path)
			}
			if isOutside(name) && !slices.ContainsFunc(rooms[s.room].libraries, func(lib string) bool { return covers(lib, name) }) {
				t.Errorf("%s: %s is not a library of %s; owned by %s (docs/architecture.md)",
					s.path, name, s.room, ownersOf(rooms, name))
			}
		}
	}
}

// isOutside reports whether an import is neither ours nor the standard library's.
func isOutside(name string) bool {
	first, _, _ := strings.Cut(name, "/")
	return strings.Contains(first, ".")
}

// covers reports whether the import lies at or below the library.
func covers(library, name string) bool {
	return name == library || strings.HasPrefix(name, library+"/")
}

func ownersOf(rooms map[string]room, name string) string {
	var owners []string
	for id, r := range rooms {
		if slices.ContainsFunc(r.libraries, func(lib string) bool { return covers(lib, name) }) {
			owners = append(owners, id)
		}
	}
	if len(owners) == 0 {
		return "nobody yet"
	}
	slices.Sort(owners)
	return strings.Join(owners, ", ")
}

// TestEveryLibraryIsADecision wants each module that is imported, by tests
// too, to be named in docs/decisions.md.
func TestEveryLibraryIsADecision(t *testing.T) {
	mod, err := os.ReadFile("go.mod")
	if err != nil {
		t.Fatal(err)
	}
	decisions, err := os.ReadFile("docs/decisions.md")
	if err != nil {
		t.Fatal(err)
	}
	var modules []string
	for _, m := range regexp.MustCompile(`(?m)^\t(\S+) v\S+`).FindAllSubmatch(mod, -1) {
		modules = append(modules, string(m[1]))
	}
	reported := map[string]bool{}
	for _, s := range readHouse(t) {
		for _, name := range s.imports() {
			var module string
			for _, m := range modules {
				if covers(m, name) && len(m) > len(module) {
					module = m
				}
			}
			switch {
			case !isOutside(name) || reported[module]:
			case module == "":
				t.Errorf("%s: %s is of no module in go.mod", s.path, name)
			case !bytes.Contains(decisions, []byte("`"+module+"`")):
				reported[module] = true
				t.Errorf("docs/decisions.md does not say why we use `%s` (%s)", module, s.path)
			}
		}
	}
}

func TestFilesAreFormatted(t *testing.T) {
	for _, s := range readHouse(t) {
		want, err := format.Source(s.text)
		if err != nil || !bytes.Equal(want, s.text) {
			t.Errorf("%s: run gofmt -w on it", s.path)
		}
	}
}
