package playbook

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// PromiseWords are the words by which commitments are told from good intentions
// (domain 2.5, 3.5 S-21), days are read, and levels of approval are named (S-22).
// Lists of phrases are compared as Phrases are; of the others an ending, a verb or
// a mark is compared with the place where such a one stands.
type PromiseWords struct {
	Deeds     Phrases // what somebody may commit to: EN verbs as they stand behind will, JA nouns and stems
	Weak      Phrases // deeds that commit to something only with a day
	Sends     Phrases // deeds that the message itself may be
	Endings   Phrases // JA: ends of a clause by which the writer will do it; EN: openings before the verb
	Tails     Phrases // JA: what may stand behind a deed with which an item of minutes ends
	States    Phrases // JA: ends, EN: verbs, of what is no deed, whatever the day
	Adverbs   Phrases // EN: between the opening and the verb
	Passive   Phrases // EN: will be …, by a day
	Receives  Phrases // EN: openings that say what the other side will get
	Becomes   Phrases // EN: openings before Passive
	Going     Phrases // EN: we are …, on a day
	Ongoing   Phrases // EN: openings before Going
	Present   Phrases // EN: openings before a deed, on a day
	Soft      Phrases // it is an intention, a wish, a guess
	Firm      Phrases // it is none although it is soft
	Asks      Phrases // it asks the other side to do it
	If        Phrases // it hangs on something that is not given
	Others    Phrases // somebody else is to do it, or said it
	Usual     Phrases // it is what is always done
	Brings    Phrases // it is done with the message
	Accepts   Phrases // what was asked for was heard: はい may mean that only
	Moves     Phrases // the day of an earlier promise is to change
	Stays     Phrases // it is not, although such a word is there
	Promised  Phrases // it speaks of an earlier promise
	LastMonth Phrases // it was made in the month before
	LastWeek  Phrases // in the week before
	Done      Phrases // JA: ends, EN: phrases, by which a deed is done
	NotDone   Phrases
	Missed    Phrases // what was promised has not come, says who waits for it
	Nothing   Phrases // words that name no thing, though they are long
	Joins     Phrases // what joins two clauses of which each says something
	Actions   Phrases // labels before an action, without an owner
	Labels    Phrases // labels before what is no action
	Ours      Phrases // how a writer calls the own side as owner
	Theirs    Phrases // how a writer calls the other side
	OwnerIs   Phrases // fields of minutes: 担当
	DueIs     Phrases // 期限
	Names     Phrases // templates with {name}: who sees to it
	Units     Phrases // what is counted
	By        Phrases // JA: behind, EN: before a day until which it is
	NotDue    Phrases // JA: behind a day on which nothing is due
	Next      Phrases // a limit without a day: until the next meeting
	Numbers   Phrases // EN: one, two, … in their order
	Short     Phrases // EN: words that end in a point and end no sentence

	Same     []Phrases // words of both languages that name one thing
	Days     []DayRule
	Levels   []LevelWords
	Approval Phrases // beside one of these a level is one of approval
	Decided  Phrases // the level decided
	Pending  Phrases // it did not, although such a word is there
}

// DayRule reads one way of writing a day. Its pattern is a regular expression
// with {date}, {y}, {m}, {d}, {n}, {month} and {weekday}, in lower case; of
// Japanese without blanks.
type DayRule struct {
	Is      DayKind
	Add     int  // days, weeks or months ahead, as Is says
	By      bool // it is a limit by itself
	JA, EN  []string
	Pattern []*regexp.Regexp // those of JA, then those of EN
}

// DayKind says how a day is reckoned from the day on which it was said.
type DayKind string

// The kinds. A month without a year is the next one, a day without a month too.
const (
	DayDate         DayKind = "date"
	DayOfYear       DayKind = "day"           // month and day
	DayOfMonth      DayKind = "day-of-month"  // add: months ahead
	DayWeekday      DayKind = "weekday"       // add: weeks ahead, −1: the next such day
	DayEndOfWeek    DayKind = "end-of-week"   // add: weeks ahead
	DayStartOfWeek  DayKind = "start-of-week" // add: weeks ahead
	DayEndOfMonth   DayKind = "end-of-month"  // add: months ahead, unless a month stands there
	DayPartOfMonth  DayKind = "part-of-month" // add: the day with which the part ends
	DayDays         DayKind = "days"          // {n} or add
	DayBusinessDays DayKind = "business-days" // {n}
	DayWeeks        DayKind = "weeks"         // {n}
	DayMonths       DayKind = "months"        // {n}
	DayEndOfYear    DayKind = "end-of-year"
	DayEndOfFiscal  DayKind = "end-of-fiscal-year" // that ends in March
)

var dayKinds = []DayKind{DayDate, DayOfYear, DayOfMonth, DayWeekday, DayEndOfWeek, DayStartOfWeek, DayEndOfMonth, DayPartOfMonth,
	DayDays, DayBusinessDays, DayWeeks, DayMonths, DayEndOfYear, DayEndOfFiscal}

// LevelWords are the words for a level of approval.
type LevelWords struct {
	Level   string // slug
	General bool   // a way, not a level: counts where no other is named
	Words   Phrases
}

// dayParts are what stands for a part of a day in a pattern.
var dayParts = strings.NewReplacer(
	"{date}", `(?P<date>(?:(?:令和|平成|r|h)\.?(?:\d{1,2}|元|[一二三四五六七八九十]{1,3})|(?:19|20)\d\d)[年./-](?:\d{1,2}|[一二三四五六七八九十]{1,2})[月./-](?:\d{1,2}|[一二三四五六七八九十]{1,3})日?)`,
	"{y}", `(?P<y>20\d\d)`,
	"{m}", `(?P<m>\d{1,2}|[一二三四五六七八九十]{1,2})`,
	"{d}", `(?P<d>\d{1,2}|[一二三四五六七八九十]{1,3})`,
	"{n}", `(?P<n>\d{1,3}|[一二三四五六七八九十]{1,3}|[a-z]{3,6})`,
	"{month}", `(?P<month>[a-z]{3,9})\.?`,
	"{weekday}", `(?P<weekday>[月火水木金土日]曜日?|(?:mon|tue|wed|thu|fri|sat|sun)(?:day|sday|nesday|rsday|urday|\b))`)

// phraseList is a list of phrases and its key in promises.yaml.
type phraseList struct {
	key   string
	words *Phrases
}

// lists names every list, in a fixed order.
func (w *PromiseWords) lists() []phraseList {
	return []phraseList{
		{"deeds", &w.Deeds}, {"weak", &w.Weak}, {"sends", &w.Sends}, {"endings", &w.Endings}, {"tails", &w.Tails}, {"states", &w.States},
		{"adverbs", &w.Adverbs}, {"passive", &w.Passive}, {"receives", &w.Receives}, {"becomes", &w.Becomes}, {"going", &w.Going}, {"ongoing", &w.Ongoing}, {"present", &w.Present}, {"soft", &w.Soft}, {"firm", &w.Firm},
		{"asks", &w.Asks}, {"if", &w.If}, {"others", &w.Others}, {"usual", &w.Usual}, {"brings", &w.Brings}, {"accepts", &w.Accepts}, {"moves", &w.Moves},
		{"stays", &w.Stays}, {"promised", &w.Promised}, {"last_month", &w.LastMonth}, {"last_week", &w.LastWeek}, {"done", &w.Done}, {"not_done", &w.NotDone}, {"missed", &w.Missed}, {"nothing", &w.Nothing}, {"joins", &w.Joins}, {"actions", &w.Actions},
		{"labels", &w.Labels}, {"ours", &w.Ours}, {"theirs", &w.Theirs}, {"owner_is", &w.OwnerIs}, {"due_is", &w.DueIs}, {"names", &w.Names},
		{"units", &w.Units}, {"by", &w.By}, {"not_due", &w.NotDue}, {"next", &w.Next}, {"numbers", &w.Numbers}, {"short", &w.Short},
		{"approval", &w.Approval}, {"decided", &w.Decided}, {"pending", &w.Pending},
	}
}

// readPromises reads promises.yaml.
func (l *layer) readPromises(n *yaml.Node) {
	w := &l.Promises
	l.mapping("", n, field{"promises", func(key string, n *yaml.Node) {
		fields := []field{{"same", l.list(l.same)}, {"days", l.list(l.day)}, {"levels", l.list(l.level)}}
		for _, list := range w.lists() {
			fields = append(fields, field{list.key, l.phrases(list.words)})
		}
		l.mapping(key, n, fields...)
	}})
}

func (l *layer) phrases(into *Phrases) func(string, *yaml.Node) {
	return func(key string, n *yaml.Node) {
		l.mapping(key, n, field{"ja", l.texts(&into.JA)}, field{"en", l.texts(&into.EN)})
	}
}

// same reads the words that name one thing.
func (l *layer) same(key string, n *yaml.Node) {
	var p Phrases
	l.phrases(&p)(key, n)
	l.Promises.Same = append(l.Promises.Same, p)
}

func (l *layer) day(key string, n *yaml.Node) {
	var d DayRule
	l.mapping(key, n,
		field{"is", oneOf(l.reader, &d.Is, dayKinds)},
		field{"add", l.whole(&d.Add, -1, 60)},
		field{"by", oneOfBool(l.reader, &d.By)},
		field{"ja", l.texts(&d.JA)},
		field{"en", l.texts(&d.EN)})
	for _, text := range slices.Concat(d.JA, d.EN) {
		if _, err := dayPattern(text); err != nil {
			l.problem(n, key, "%q is no pattern of a day: expected a regular expression with {date}, {y}, {m}, {d}, {n}, {month} or {weekday}", text)
			return
		}
	}
	l.Promises.Days = append(l.Promises.Days, d)
}

func (l *layer) level(key string, n *yaml.Node) {
	var x LevelWords
	l.mapping(key, n,
		field{"level", l.text(&x.Level)},
		field{"general", oneOfBool(l.reader, &x.General)},
		field{"ja", l.texts(&x.Words.JA)},
		field{"en", l.texts(&x.Words.EN)})
	if !isName(x.Level) || slices.ContainsFunc(l.Promises.Levels, func(y LevelWords) bool { return y.Level == x.Level }) {
		l.problem(n, key, "expected a level of lower-case letters, named once")
		return
	}
	l.Promises.Levels = append(l.Promises.Levels, x)
}

func dayPattern(text string) (*regexp.Regexp, error) {
	text = dayParts.Replace(text)
	if strings.Contains(text, "{") && !repeatForm.MatchString(text) {
		return nil, fmt.Errorf("%s: no such part", text)
	}
	return regexp.Compile(text)
}

// repeatForm is what braces may hold once the parts are set in.
var repeatForm = regexp.MustCompile(`^(?:[^{]|\{\d+(?:,\d*)?\})*$`)

func (w *PromiseWords) add(top PromiseWords) {
	above := top.lists()
	for i, list := range w.lists() {
		list.words.add(*above[i].words)
	}
	w.Same = append(w.Same, top.Same...)
	w.Days = append(w.Days, top.Days...)
	w.Levels = stackBy(w.Levels, top.Levels, func(x LevelWords) string { return x.Level })
}

func (w *PromiseWords) compile() {
	for _, list := range w.lists() {
		list.words.compile()
	}
	for i := range w.Same {
		w.Same[i].compile()
	}
	for i := range w.Levels {
		w.Levels[i].Words.compile()
	}
	for i := range w.Days {
		d := &w.Days[i]
		d.Pattern = nil
		for _, text := range slices.Concat(d.JA, d.EN) {
			if re, err := dayPattern(text); err == nil { // what is none is a problem of the reading
				d.Pattern = append(d.Pattern, re)
			}
		}
	}
}
