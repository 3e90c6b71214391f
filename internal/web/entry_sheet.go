package web

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"honne"
	"honne/internal/japan"
	"honne/internal/lang"
)

// sheet is the form of one kind of entry. Bound to a noun it shows what the noun
// holds, as fields and in words; where it reads, it puts the answers there first.
// So each kind says once what it asks, and the compiler sees every field.
type sheet struct {
	*fields
	kind  honne.EntryKind
	reads bool
	rows  []SheetField
	cells Linked // of a file, on which the noun rests; zero for what somebody wrote
}

// SheetField is a field of a sheet: an input, a long text, one answer of several,
// or yes and no.
type SheetField struct {
	Input
	Options []Choice
	Long    bool
	Check   bool

	said string // its value in words; "" for none
	loud bool   // the words need the label beside them
}

// must says that the last field cannot be left empty.
func (s *sheet) must() *sheet {
	row := &s.rows[len(s.rows)-1]
	row.Required = true
	if s.reads && row.Value == "" {
		s.fail(row.Name, s.v.t("form.required", honne.Word("field", s.key(row.Name))))
	}
	return s
}

// key is the name of a field in the catalogues: of its kind, else of all kinds.
func (s *sheet) key(name string) string {
	if own := "entry." + string(s.kind) + "." + name; s.v.app.Languages.Has(lang.EN, own) {
		return own
	}
	return "entry.any." + name
}

func (s *sheet) add(name, how, held, said string) *SheetField {
	key := s.key(name)
	in := Input{Name: name, Type: how, Value: held, Label: s.v.t(key)}
	if s.reads {
		in.Value = s.text(name)
	}
	if s.v.app.Languages.Has(lang.EN, key+".hint") {
		in.Hint = s.v.t(key + ".hint")
	}
	s.rows = append(s.rows, SheetField{Input: in, said: said})
	return &s.rows[len(s.rows)-1]
}

// shown are the fields with what is wrong with them.
// Boxes to tick stand behind the fields, so that columns of fields stay even.
func (s *sheet) shown() []SheetField {
	out := slices.Clone(s.rows)
	slices.SortStableFunc(out, func(a, b SheetField) int { return btoi(a.Check) - btoi(b.Check) })
	for i := range out {
		out[i].Error = s.errors[out[i].Name]
	}
	return out
}

// cited says on which cells the noun rests.
func (s *sheet) cited(c honne.Cited) {
	if c.File != 0 {
		s.cells = Linked{honne.Source{Path: c.Path, At: c.At}.String(), cellLink(c.File, c.At)}
	}
}

// words are what the noun says, one piece a field.
func (s *sheet) words() (out []Detail) {
	if s.cells.Href != "" {
		defer func() { out = append(out, Detail{Name: s.v.t("entry.cited"), Value: s.cells.Text}) }()
	}
	for _, row := range s.rows {
		switch {
		case row.said == "":
		case row.loud:
			out = append(out, Detail{Name: row.Label, Value: row.said})
		default:
			out = append(out, Detail{Value: row.said})
		}
	}
	return out
}

func (s *sheet) line(name string, p *string) *sheet {
	if s.reads {
		*p = s.text(name)
	}
	s.add(name, "text", *p, *p)
	return s
}

// named is a line whose words need its label.
func (s *sheet) named(name string, p *string) *sheet {
	s.line(name, p)
	s.rows[len(s.rows)-1].loud = true
	return s
}

func (s *sheet) long(name string, p *string) *sheet {
	s.line(name, p)
	s.rows[len(s.rows)-1].Long = true
	return s
}

func (s *sheet) day(name string, p *honne.Date) *sheet {
	if s.reads {
		*p = s.fields.dayOf(name, s.v.t(s.key(name)))
	}
	s.add(name, "date", p.String(), s.v.lang.Date(*p)).loud = true
	return s
}

func (s *sheet) month(name string, p *honne.Month) *sheet {
	if raw := s.text(name); s.reads && raw != "" {
		m, err := honne.ParseMonth(raw)
		if err != nil {
			s.fail(name, s.v.t("form.no-month", honne.Word("field", s.key(name)), honne.Text("raw", raw)))
		}
		*p = m
	}
	held, said := "", ""
	if *p != 0 {
		held, said = p.String(), s.v.lang.Month(*p)
	}
	s.add(name, "month", held, said).loud = true
	return s
}

// months are a period of whole months.
func (s *sheet) months(from, to string, p *honne.Period) {
	var a, b honne.Month
	if !p.IsZero() {
		a, b = p.From.Month(), p.To.Month()
	}
	s.month(from, &a).must().month(to, &b)
	if !s.reads || a == 0 {
		return
	}
	if b = cmp.Or(b, a); b < a {
		s.fail(to, s.v.t("entry.bad.order"))
	}
	*p = honne.Months(a, b)
}

func (s *sheet) yes(name string, p *bool) *sheet {
	if s.reads {
		*p = s.text(name) != ""
	}
	held, said := "", ""
	if *p {
		held, said = "1", s.v.t(s.key(name))
	}
	s.add(name, "checkbox", held, said).Check = true
	return s
}

func (s *sheet) whole(name string, p *int, low, high int) *sheet {
	if raw := s.text(name); s.reads {
		*p = 0
		if n, err := strconv.Atoi(japan.Fold(raw)); raw != "" && (err != nil || n < low || n > high) {
			s.bad(name, raw)
		} else {
			*p = n
		}
	}
	s.add(name, "text", number(*p), number(*p)).loud = true
	return s
}

// share is a number: of people, or a ratio that is typed in percent.
func (s *sheet) share(name string, p *float64, scale float64) *sheet {
	if raw := s.text(name); s.reads {
		*p = 0
		n, ok := japan.ParseNumber(strings.TrimRight(raw, "%％ "))
		if raw != "" && (!ok || n.Float() < 0) {
			s.bad(name, raw)
		} else {
			*p = n.Float() / scale
		}
	}
	held := ""
	if *p != 0 {
		held = strconv.FormatFloat(*p*scale, 'f', -1, 64)
	}
	s.add(name, "text", held, held).loud = true
	return s
}

// figure is a number with its sign, of which zero is one: 4.2, −3%, 12億円; empty
// is unknown.
func (s *sheet) figure(name string, p **float64) *sheet {
	if raw := s.text(name); s.reads {
		*p = nil
		if raw != "" {
			n, scale, ok := japan.ParseAmount(strings.TrimRight(strings.TrimPrefix(raw, "¥"), "%％ "))
			if f := n.Float() * float64(scale); ok {
				*p = &f
			} else {
				s.bad(name, raw)
			}
		}
	}
	held := ""
	if *p != nil {
		held = strconv.FormatFloat(**p, 'f', -1, 64)
	}
	s.add(name, "text", held, held).loud = true
	return s
}

// money is an amount in yen, 120万円 and 1,200,000 alike; empty
// is unknown, never zero.
func (s *sheet) money(name string, p *honne.Money) *sheet {
	if raw := s.text(name); s.reads {
		*p = honne.Money{}
		if raw != "" {
			n, scale, ok := japan.ParseAmount(strings.TrimPrefix(raw, "¥"))
			minor, _, err := n.Times(scale, honne.JPY.Digits())
			if !ok || err != nil || minor < 0 {
				s.bad(name, raw)
			} else {
				*p = honne.Money{Minor: minor, Currency: honne.JPY}
			}
		}
	}
	held, said := "", ""
	if p.Currency != "" {
		held, said = p.String(), s.v.lang.Exact(*p)
	}
	s.add(name, "text", held, said).loud = true
	return s
}

// bad refuses a number in the words of every form.
func (s *sheet) bad(name, raw string) {
	s.fail(name, s.v.t("form.number", honne.Word("field", s.key(name)), honne.Text("raw", raw)))
}

// ordered refuses an amount or a day that ends before it begins.
func (s *sheet) ordered(name string, low, high int64) {
	if s.reads && low != 0 && high != 0 && high < low {
		s.fail(name, s.v.t("entry.bad.order"))
	}
}

// choose is one answer of several, which the catalogues name behind a prefix.
func choose[T ~string](s *sheet, name, prefix string, p *T, answers ...T) *sheet {
	options := make([]Choice, len(answers))
	for i, a := range answers {
		options[i] = Choice{Href: string(a), Label: s.v.t(prefix + cmp.Or(string(a), "none"))}
	}
	return pickOne(s, name, p, options)
}

// pickOne is one answer of several; another than those is the first.
func pickOne[T ~string](s *sheet, name string, p *T, options []Choice) *sheet {
	if s.reads {
		*p = T(s.text(name))
	}
	i := max(0, slices.IndexFunc(options, func(c Choice) bool { return c.Href == string(*p) }))
	*p = T(options[i].Href)
	said := options[i].Label
	if options[i].Href == "" {
		said = ""
	}
	row := s.add(name, "", options[i].Href, said)
	row.Options = slices.Clone(options)
	row.Options[i].Current = true
	row.Value = options[i].Href
	return s
}
