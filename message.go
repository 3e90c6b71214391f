package honne

import (
	"strings"
	"time"
)

// Message is something to say to a reader: the identifier of a sentence in the
// catalogues, and what to put into it. Package lang says it in English or
// Japanese, where it is shown.
type Message struct {
	ID   string `json:"id"`
	Args []Arg  `json:"args,omitempty"`
}

// Say makes a message.
func Say(id string, args ...Arg) Message { return Message{id, args} }

// IsZero reports whether there is nothing to say.
func (m Message) IsZero() bool { return m.ID == "" }

// ArgKind says how an argument is written in a language.
type ArgKind string

// The kinds of argument.
const (
	ArgText    ArgKind = "text"    // S as it is: a name, a cell, text of a file
	ArgList    ArgKind = "list"    // S of several such, one a line, joined as a language joins them
	ArgCount   ArgKind = "count"   // N, a whole number
	ArgNumber  ArgKind = "number"  // F, a plain number of N decimals at most, one for 0
	ArgDecimal ArgKind = "decimal" // S, a number as Decimal.String writes it
	ArgRatio   ArgKind = "ratio"   // F, written as a percentage
	ArgGrowth  ArgKind = "growth"  // F, a signed percentage
	ArgPoints  ArgKind = "points"  // F a difference of ratios, written as points
	ArgMoney   ArgKind = "money"   // N minor units of the currency S
	ArgDate    ArgKind = "date"    // N a Date
	ArgNear    ArgKind = "near"    // N a Date whose year is plain from where it stands
	ArgMonth   ArgKind = "month"   // N a Month
	ArgPeriod  ArgKind = "period"  // N From, M To
	ArgTerm    ArgKind = "term"    // S the id of another message, a word of the vocabulary
	ArgSaid    ArgKind = "said"    // S the id of another message; its arguments stand beside it, named after it and a full stop
	ArgInstant ArgKind = "instant" // N microseconds since 1970 UTC, written in Japan's time
)

// Arg is a named argument of a message. Which of S, N, M and F hold it depends
// on its kind. Beside a plain number N is how many decimals it may have, 0 for one;
// beside any number that F holds S may name the sentence that marks it, in which
// {value} is the number.
type Arg struct {
	Name string  `json:"name"`
	Kind ArgKind `json:"kind"`
	S    string  `json:"s,omitempty"`
	N    int64   `json:"n,omitempty"`
	M    int64   `json:"m,omitempty"`
	F    float64 `json:"f,omitempty"`
}

// Text is an argument written as it is.
func Text(name, s string) Arg { return Arg{Name: name, Kind: ArgText, S: s} }

// List is several such arguments in one: 青葉、京都 or Aoba, Kyoto.
func List(name string, list []string) Arg {
	out := make([]string, len(list))
	for i, s := range list {
		out[i] = strings.ReplaceAll(s, "\n", " ")
	}
	return Arg{Name: name, Kind: ArgList, S: strings.Join(out, "\n")}
}

// Count is a whole number.
func Count(name string, n int) Arg { return Arg{Name: name, Kind: ArgCount, N: int64(n)} }

// Number is a plain number.
func Number(name string, f float64) Arg { return Arg{Name: name, Kind: ArgNumber, F: f} }

// Digits is a number to its last digit.
func Digits(name string, d Decimal) Arg { return Arg{Name: name, Kind: ArgDecimal, S: d.String()} }

// Exact is a plain number with all its decimals, at most six.
func Exact(name string, f float64) Arg { return Arg{Name: name, Kind: ArgNumber, F: f, N: 6} }

// Ratio is a share, 0.38 for 38 %.
func Ratio(name string, f float64) Arg { return Arg{Name: name, Kind: ArgRatio, F: f} }

// Growth is a change, 0.029 for +2.9 %.
func Growth(name string, f float64) Arg { return Arg{Name: name, Kind: ArgGrowth, F: f} }

// Points is a difference of two ratios, −0.065 for −6.5 points.
func Points(name string, f float64) Arg { return Arg{Name: name, Kind: ArgPoints, F: f} }

// Amount is a sum of money.
func Amount(name string, m Money) Arg {
	return Arg{Name: name, Kind: ArgMoney, N: m.Minor, S: string(m.Currency)}
}

// Day is a date.
func Day(name string, d Date) Arg { return Arg{Name: name, Kind: ArgDate, N: int64(d)} }

// Near is a date whose year is plain from where it stands.
func Near(name string, d Date) Arg { return Arg{Name: name, Kind: ArgNear, N: int64(d)} }

// InMonth is a month.
func InMonth(name string, m Month) Arg { return Arg{Name: name, Kind: ArgMonth, N: int64(m)} }

// Over is a period.
func Over(name string, p Period) Arg {
	return Arg{Name: name, Kind: ArgPeriod, N: int64(p.From), M: int64(p.To)}
}

// Word is a word of the vocabulary: the catalogue entry id.
func Word(name, id string) Arg { return Arg{Name: name, Kind: ArgTerm, S: id} }

// Saying is another message inside a sentence, which gives up its own full stop.
func Saying(name string, m Message) []Arg {
	out := []Arg{{Name: name, Kind: ArgSaid, S: m.ID}}
	for _, a := range m.Args {
		a.Name = name + "." + a.Name
		out = append(out, a)
	}
	return out
}

// Instant is a point in time.
func Instant(name string, t time.Time) Arg {
	return Arg{Name: name, Kind: ArgInstant, N: t.UnixMicro()}
}
