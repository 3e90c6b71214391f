package playbook

import (
	"io/fs"
	"path"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"honne"
)

// ExcuseRules are all that is known of one reason that partners give: what it is
// called, how it is checked, what may be true about it, and how one asks.
// Source of the 30: domain 1.3 and appendix D.
type ExcuseRules struct {
	Excuse     string // slug; those of a house begin with house-
	Category   string
	Blames     honne.Blame // "" for none of the list
	Title      honne.Both
	Check      honne.Both // in words
	Legitimate honne.Both // what may be true about it
	Partner    honne.Both // how it is called towards the partner
	Ask        honne.Both
	Guard      honne.Both // fires before any advice; mostly empty
	Cues       Concept    // its own words, for recognition
	Silence    int        // business days after which our written question counts as unanswered
	Sentences  []string   // what is said so, of the house's own: the like is found

	Contradicted *Condition
	Supported    *Condition
	OwnSide      *Condition
	OwnSupports  bool // what our own side caused makes the reason a true one
	Tags         []TagRule
}

// TagRule names a tag and when it is shown.
type TagRule struct {
	Tag  string
	When *Condition
}

// FactRules declare a fact that conditions of excuses may name.
type FactRules struct {
	Fact   string // slug
	Title  honne.Both
	Unit   honne.ValueUnit
	Ask    honne.FactSource
	Months int  // older ones count no more; 0: always
	Absent bool // is 0 once our dated written question on the claim went unanswered
	Least  bool // of several the smallest counts, else the largest
	Ours   bool // speaks of our own side
}

// Route is a row of the table of registrations (domain 2.6): what the law knows
// when a registration is to pass from one holder to another.
type Route struct {
	From, To string // holders: mah, fsas, any
	Kind     string // approval, certification, notification, licence, pharma
	Verdict  honne.Verdict
	Way      honne.Both
}

// excuse reads excuses/SLUG.yaml.
func (l *layer) excuse(n *yaml.Node) {
	x := ExcuseRules{Silence: 10}
	l.mapping("", n,
		field{"excuse", l.text(&x.Excuse)},
		field{"category", oneOf(l.reader, &x.Category, honne.ExcuseCategories)},
		field{"blames", oneOf(l.reader, &x.Blames, honne.AllBlames)},
		field{"title", l.both(&x.Title)},
		field{"check", l.both(&x.Check)},
		field{"legitimate", l.both(&x.Legitimate)},
		field{"partner", l.both(&x.Partner)},
		field{"question", l.both(&x.Ask)},
		field{"guard", l.both(&x.Guard)},
		field{"cues", l.concept(&x.Cues)},
		field{"silence", l.whole(&x.Silence, 1, 60)},
		field{"contradicted", l.conditionOf(&x.Contradicted, l.factual)},
		field{"supported", l.conditionOf(&x.Supported, l.factual)},
		field{"own_side", l.conditionOf(&x.OwnSide, l.factual)},
		field{"own_side_supports", oneOfBool(l.reader, &x.OwnSupports)},
		field{"tags", l.list(func(key string, n *yaml.Node) {
			var t TagRule
			l.mapping(key, n, field{"tag", l.text(&t.Tag)}, field{"when", l.conditionOf(&t.When, l.factual)})
			x.Tags = append(x.Tags, t)
		})})
	l.wholeExcuse(n, x)
	x.Cues.Name = "cue." + x.Excuse
	l.Excuses = append(l.Excuses, x)
}

// wholeExcuse says what an excuse lacks.
func (l *layer) wholeExcuse(n *yaml.Node, x ExcuseRules) {
	for _, part := range []struct {
		key string
		is  honne.Both
	}{{"title", x.Title}, {"check", x.Check}, {"legitimate", x.Legitimate}, {"partner", x.Partner}, {"question", x.Ask}} {
		if part.is.IsZero() {
			l.problem(n, part.key, "expected en and ja")
		}
	}
	house := strings.HasPrefix(x.Excuse, "house-") && isName(x.Excuse)
	switch {
	case !house && !slices.Contains(honne.AllExcuses, x.Excuse):
		l.problem(n, "excuse", "%q is not known, %s, or a name of the house: house-…", x.Excuse, suggest(x.Excuse, honne.AllExcuses))
	case path.Base(l.file) != x.Excuse+".yaml":
		l.problem(n, "excuse", "expected %s, the name of the file", strings.TrimSuffix(path.Base(l.file), ".yaml"))
	case x.Category == "":
		l.problem(n, "category", "expected one of %s", strings.Join(honne.ExcuseCategories, ", "))
	case len(x.Cues.JA) == 0 || len(x.Cues.EN) == 0:
		l.problem(n, "cues", "expected words in en and ja")
	}
}

// readFacts reads facts.yaml.
func (l *layer) readFacts(n *yaml.Node) {
	seen := map[string]bool{}
	l.mapping("", n, field{"facts", l.list(func(key string, n *yaml.Node) {
		var f FactRules
		l.mapping(key, n,
			field{"fact", l.text(&f.Fact)},
			field{"en", l.text(&f.Title.EN)},
			field{"ja", l.text(&f.Title.JA)},
			field{"unit", oneOf(l.reader, &f.Unit, []honne.ValueUnit{honne.UnitRatio, honne.UnitGrowth, honne.UnitPoints, honne.UnitMonths, honne.UnitDays, honne.UnitCount})},
			field{"ask", oneOf(l.reader, &f.Ask, honne.AllFactSources)},
			field{"months", l.whole(&f.Months, 1, 120)},
			field{"absent", oneOfBool(l.reader, &f.Absent)},
			field{"least", oneOfBool(l.reader, &f.Least)},
			field{"ours", oneOfBool(l.reader, &f.Ours)})
		l.once(key, n, seen, f.Fact, "fact")
		if f.Title.EN == "" || f.Title.JA == "" || f.Unit == "" || f.Ask == "" {
			l.problem(n, key, "expected en, ja, unit and ask")
		}
		l.Facts = append(l.Facts, f)
	})})
}

// readRegistration reads registration.yaml.
func (l *layer) readRegistration(n *yaml.Node) {
	l.mapping("", n, field{"routes", l.list(func(key string, n *yaml.Node) {
		var r Route
		holders := []string{"mah", "fsas", "any"}
		l.mapping(key, n,
			field{"kind", oneOf(l.reader, &r.Kind, []string{"approval", "certification", "notification", "licence", "pharma"})},
			field{"from", oneOf(l.reader, &r.From, holders)},
			field{"to", oneOf(l.reader, &r.To, holders)},
			field{"verdict", oneOf(l.reader, &r.Verdict, []honne.Verdict{honne.Supported, honne.Contradicted, honne.NotYetVerifiable})},
			field{"way", l.both(&r.Way)})
		if r.Kind == "" || r.From == "" || r.To == "" || r.Verdict == "" || r.Way.IsZero() {
			l.problem(n, key, "expected kind, from, to, verdict and way")
		}
		l.Routes = append(l.Routes, r)
	})})
}

func (l *layer) both(into *honne.Both) func(string, *yaml.Node) {
	return func(key string, n *yaml.Node) {
		l.mapping(key, n, field{"en", l.text(&into.EN)}, field{"ja", l.text(&into.JA)})
		if into.EN == "" || into.JA == "" {
			l.problem(n, key, "expected en and ja")
		}
	}
}

func oneOfBool(r reader, into *bool) func(string, *yaml.Node) {
	return func(key string, n *yaml.Node) {
		if n.Kind != yaml.ScalarNode || n.Tag != "!!bool" {
			r.problem(n, key, "expected true or false")
			return
		}
		*into = n.Value == "true"
	}
}

// factual reads the name that a condition of an excuse compares; whether
// facts.yaml declares it is found out when all files are read.
func (l *layer) factual(into *string) func(string, *yaml.Node) {
	return func(key string, n *yaml.Node) {
		if l.text(into)(key, n); *into != "" && !isName(*into) {
			l.problem(n, key, "expected the name of a fact, as facts.yaml declares it")
		}
		l.named = append(l.named, compared{*into, l.file, key, n.Line})
	}
}

// compared is something that is named before it may be declared, and where.
type compared struct {
	name, file, key string
	line            int
}

// undeclared lists what is named and no file declares. A playbook that declares
// none stands on top of one that does.
func (l *layer) undeclared(named []compared, what string, known []string) {
	for _, c := range named {
		if len(known) > 0 && !slices.Contains(known, c.name) {
			*l.problems = append(*l.problems, Problem{c.file, c.line, c.key, "no " + what + " is called " + c.name + ", " + suggest(c.name, known)})
		}
	}
}

// readExcuses reads the folder excuses/, a file an excuse.
func (l *layer) readExcuses(fsys fs.FS, dir string) {
	entries, err := fs.ReadDir(fsys, dir)
	if err != nil {
		*l.problems = append(*l.problems, Problem{File: dir, What: reason(err)})
	}
	for _, entry := range entries {
		l.file = path.Join(dir, entry.Name())
		if entry.IsDir() || path.Ext(entry.Name()) != ".yaml" {
			l.problem(&yaml.Node{}, "", "is no excuse: expected SLUG.yaml")
			continue
		}
		l.readYAML(fsys, l.excuse)
	}
	slices.SortStableFunc(l.Excuses, func(a, b ExcuseRules) int { return excuseOrder(a.Excuse) - excuseOrder(b.Excuse) })
}

// excuseOrder puts those of a house after the 30.
func excuseOrder(slug string) int {
	if i := slices.Index(honne.AllExcuses, slug); i >= 0 {
		return i
	}
	return len(honne.AllExcuses)
}

// Excuse returns the rules of an excuse; false when it has none.
func (p *Playbook) Excuse(slug string) (ExcuseRules, bool) {
	i := slices.IndexFunc(p.Excuses, func(x ExcuseRules) bool { return x.Excuse == slug })
	if i < 0 {
		return ExcuseRules{}, false
	}
	return p.Excuses[i], true
}

// Fact returns the declaration of a fact; false when there is none.
func (p *Playbook) Fact(slug string) (FactRules, bool) {
	i := slices.IndexFunc(p.Facts, func(f FactRules) bool { return f.Fact == slug })
	if i < 0 {
		return FactRules{}, false
	}
	return p.Facts[i], true
}
