package web

import (
	"net/http"
	"net/url"
	"slices"

	"honne"
)

// ColumnsStep says what each column of a table means, with the first rows below.
type ColumnsStep struct {
	Sheet   string
	N, At   int // its place on the sheet, and among the tables of the file
	Columns []ColumnView
	Rows    []RowView
	Memory  string
	Guesses int
	Asked   int // columns whose meaning nobody knows
}

// columnsRows is how many rows stand below the columns.
const columnsRows = 8

func (x *review) columns() *ColumnsStep {
	t, _ := x.tableShown()
	s := &ColumnsStep{Sheet: t.Sheet, N: t.N, At: x.tableOn(), Memory: x.memoryOf(t)}
	asked := x.askedIn(x.tableOn())
	for _, c := range t.Columns {
		v := x.column(c)
		if p, is := asked[c.At]; is {
			v = x.askColumn(v, p)
			s.Asked++
		}
		v.First = v.Guess && s.Guesses == 0 && s.Asked < 2
		if isGuess(c) {
			s.Guesses++
		}
		s.Columns = append(s.Columns, v)
	}
	s.Rows = x.preview(t, t.Body.From.Row, t.Body.From.Row+columnsRows-1)
	return s
}

// askColumn opens a column of which nobody knows what it means: nothing is chosen.
func (x *review) askColumn(v ColumnView, p honne.Problem) ColumnView {
	v.Class, v.Guess, v.State = "guess", true, x.t("column.unknown")
	if p.Instead != "" {
		v.State = x.t("column.instead", honne.Word("meaning", "meaning."+string(p.Instead)))
	}
	for i := range v.Groups {
		v.Groups[i].Current = false
	}
	return v
}

// memoryOf says how much of a table was known from the partner's earlier files.
func (x *review) memoryOf(t honne.Table) string {
	known := 0
	for _, c := range t.Columns {
		if c.Remembered {
			known++
		}
	}
	switch {
	case t.Known > 0:
		return x.t("review.form-known", honne.Count("files", t.Known), honne.Count("n", len(t.Columns)))
	case known > 0:
		return x.t("review.memory", honne.Count("n", known), honne.Count("all", len(t.Columns)))
	}
	return ""
}

// postColumns keeps what a person said the columns of a table mean, and reads
// the file again.
func (a *app) postColumns(w http.ResponseWriter, v *visit, x *review) error {
	if err := v.ParseForm(); err != nil {
		return &honne.Invalid{Field: "columns", What: honne.Say("intake.no-form")}
	}
	t, _ := x.tableShown()
	meanings, err := meaningsSaid(t, x.askedIn(x.tableOn()), v.PostForm)
	if err != nil {
		return err
	}
	said := x.decided.Said
	s := said.Say(t.Sheet, t.N)
	if s.Columns == nil {
		s.Columns = map[string]honne.Meaning{}
	}
	for at, m := range meanings {
		s.Columns[at] = m
	}
	s.Remember = v.FormValue("remember") == "1"
	return x.decide(w, said)
}

// meaningsSaid reads the selects, one for each column: what differs from what was
// found, and every guess and every asked column that was chosen.
func meaningsSaid(t honne.Table, asked map[string]honne.Problem, form url.Values) (map[string]honne.Meaning, error) {
	out := map[string]honne.Meaning{}
	all := honne.Meanings()
	for _, c := range t.Columns {
		said := honne.Meaning(form.Get("col." + c.At))
		_, ask := asked[c.At]
		if said == "" || said == chosenMeaning(c) && !isGuess(c) && !ask {
			continue
		}
		if !slices.Contains(all, said) {
			return nil, &honne.Invalid{Field: "columns", What: honne.Say("intake.no-form")}
		}
		out[c.At] = said
	}
	return out, nil
}
