package intake

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"honne"
	"honne/internal/intake/outline"
	"honne/internal/intake/terms"
	"honne/internal/japan"
)

// Two companies may report on one sheet, each under its name. Whether they are dealers of
// one distributor, or two partners, nobody can see: a person is asked.

// heedCompanies asks about reports of one sheet and time that stand under the names of
// different companies.
func (r *reader) heedCompanies() {
	for i, t := range r.tables {
		r.toldCompanies(t)
		t.company = t.companyAbove()
		if t.company == "" || t.customer != nil || t.Kind == "" {
			continue
		}
		for _, o := range r.tables[:i] {
			k, l := t.stats.series[t.Kind], o.stats.series[t.Kind]
			if o.Kind != t.Kind || !t.ofOtherCompany(o) || k == nil || l == nil || !sharesMonth(k, l) {
				continue
			}
			if (finer(l.holds(), k.holds()) || finer(k.holds(), l.holds())) && sameSums(k, l) {
				t.company = "" // one sums up the other
			} else {
				r.askCompanies(t, o.company)
			}
			break
		}
	}
}

// sameSums reports whether two tables add up to the same.
func sameSums(k, l *seriesTally) bool {
	return k.quantity.Known && k.quantity == l.quantity || k.amount.Known && k.amount == l.amount
}

func sharesMonth(k, l *seriesTally) bool {
	for p := range k.periods {
		if l.periods[p] > 0 {
			return true
		}
	}
	return false
}

func (r *reader) askCompanies(t *table, other string) {
	r.problems = append(r.problems, honne.Problem{At: honne.Address{Sheet: t.Sheet, Range: t.Body}, Severity: honne.SevWarning, Raw: t.company,
		What: honne.Say("problem.companies", honne.Text("company", t.company), honne.Text("other", other))})
}

// ofOtherCompany reports whether two tables of a sheet stand under the names of different companies,
// which branches of one are not: 株式会社東海名古屋支店, 株式会社東海大阪支店.
func (t *table) ofOtherCompany(o *table) bool {
	a, b := []rune(japan.ParseName(t.company).Stem), []rune(japan.ParseName(o.company).Stem)
	same := 0
	for same < min(len(a), len(b)) && a[same] == b[same] {
		same++
	}
	branches := t.words.PlaceNamed(t.company)+t.words.PlaceNamed(o.company) != "" && same > 1
	return t.Sheet == o.Sheet && len(a) > 0 && len(b) > 0 && !branches && !slices.Equal(a, b)
}

// companyAbove is the company that the titles of the table name, and no row does; "" for
// none, or where it is addressed, or the maker of the products.
func (t *table) companyAbove() string {
	for _, s := range t.Title {
		if terms.HoldsAny(s, t.book.Words.Makers) {
			continue
		}
		if name := companyIn(s); name != "" && !t.namesCompany(name) {
			return name
		}
	}
	return ""
}

// companyIn is the company that a text names: by its legal form, or as A社.
func companyIn(s string) string {
	if japan.WithoutHonorific(s) != japan.Trim(s) {
		return "" // to whom it is sent
	}
	for _, word := range strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune(terms.TitleBreaks, r) }) {
		letter, short := strings.CutSuffix(word, "社")
		short = short && utf8.RuneCountInString(letter) == 1 && !japan.IsJapanese(letter) && strings.ContainsFunc(letter, unicode.IsLetter) // 3社 counts them
		if n := japan.ParseName(word); short || n.Form != "" && utf8.RuneCountInString(n.Stem) > 1 {
			return word
		}
	}
	return ""
}

// namesCompany reports whether the last row names the company too: as its customer, say.
func (t *table) namesCompany(name string) bool {
	stem := japan.ParseName(name).Stem
	for i := range t.fields {
		if w := t.fields[i].said; w != nil && terms.Names(t.Columns[i].Meaning) && japan.ParseName(w.Text).Stem == stem {
			return true
		}
	}
	return false
}

// heedCompanyRow notes a row among the records that is the name of a company and no more.
func (t *table) heedCompanyRow(p *outline.Profile) {
	if len(p.Cells) != 1 || t.Kind == "" || t.customer != nil || t.sectioned || t.branches.holds {
		return
	}
	name := companyIn(p.Cells[0].Text)
	if name != "" && len(t.companies) < 20 && !slices.Contains(t.companies, name) {
		t.companies = append(t.companies, name)
	}
}

// toldCompanies asks about the companies under whose names the rows of one table stand.
func (r *reader) toldCompanies(t *table) {
	names := slices.DeleteFunc(t.companies, t.namesCompany)
	if len(names) > 1 && t.customer == nil && !t.sectioned {
		t.company = names[1]
		r.askCompanies(t, names[0])
	}
}
