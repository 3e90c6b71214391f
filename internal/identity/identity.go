// Package identity says whether two names are one party: customers, sites and
// products, across files and time.
//
// It owns the rules by which the machine may decide alone, the ranking of what
// a person is asked, and the fold of what people decided. The machine decides
// on the same name (as written, or in its normal form) and on the same code, and
// on nothing else: that two names are alike never makes them one, least of all
// two hospitals. Whatever speaks against it (another valid code, another place,
// another legal form, two codes in one report) turns a decision into a
// question. What a person decided always wins.
//
// The package is pure. It refuses to keep anything, to read a clock and to know
// which figures hang on a name. Texts stay as they were written; normal forms
// are of package japan.
package identity

import (
	"strings"

	"honne"
	"honne/internal/japan"
)

// Kind is what names are of.
type Kind uint8

// The kinds. Companies, sites and their branches are parties.
const (
	Party Kind = iota
	Article
)

// Scheme is who gives out a code.
type Scheme uint8

// The schemes. Only Own has no check digit; it means something within one
// distributor only.
const (
	Own       Scheme = iota
	Corporate        // 法人番号
	Medical          // 医療機関コード, ten digits
	Trade            // GTIN, 14 digits
)

// Code is a valid code of a party or article.
type Code struct {
	Scheme Scheme
	Value  string
}

// ReadCodes reads a code as a file writes it: the distributor's own, and the
// official one that it is where its check digit holds; one in ten numbers is
// such by chance. Codes that stand for nobody give none: blanks, and zeros or
// nines only, which are given to occasional customers (諸口). The prefecture of an
// address makes ten digits of a medical code of seven.
func ReadCodes(kind Kind, text, address string) []Code {
	key := japan.Key(text)
	if strings.Trim(key, "0-") == "" || strings.Trim(key, "9-") == "" || japan.Masked(text) {
		return nil
	}
	own := Code{Own, key}
	if kind == Article {
		if value, ok := japan.GTIN(text); ok {
			return []Code{{Trade, value}, own}
		}
		return []Code{own}
	}
	if value, ok := japan.CorporateNumber(text); ok {
		return []Code{{Corporate, value}, own}
	}
	if value, ok := japan.MedicalCode(text, japan.ParsePlace(address).Prefecture); ok {
		return []Code{{Medical, value}, own}
	}
	return []Code{own}
}

// Entry is a party or an article as somebody wrote it.
type Entry struct {
	Name    string
	Codes   []Code
	Address string  // or its beginning: prefecture and municipality tell parties of one name apart
	Reports []int64 // the reports that it stands in, ascending, where that is known
}

// Known is an entry of a party that the caller has. A party may have several.
type Known struct {
	ID int64
	Entry
}

// Outcome is what follows from a comparison.
type Outcome uint8

// The outcomes.
const (
	New  Outcome = iota // nobody like it
	Ask                 // a person must say
	Same                // the machine may say that it is one of the known
)

// Candidate is a known party that may be meant.
type Candidate struct {
	ID      int64
	Score   float64 // 0 to 1; it orders candidates and is no probability
	Reasons []honne.Message
}

// Decision is what the machine makes of an entry.
type Decision struct {
	Outcome    Outcome
	ID         int64 // of the party, where the outcome is Same
	Reasons    []honne.Message
	Candidates []Candidate // the best first, unless the outcome is Same
}

// AskFrom is the score from which a candidate is worth a person's time: among
// the 506 institutions of a prefecture, were they without codes, 41 pairs are.
const AskFrom = 0.70
