// Package playbook owns judgement as content: the words by which columns are
// recognised, the thresholds and windows of measures, the conditions of signs,
// the questions to a partner, the reasons partners give with their checks and
// the sentences they are recognised by. It parses strictly (an unknown key is an error
// with its line), lints, tests, locks versions and stacks playbooks; a later
// one adds or replaces by id. It also reads distributor.yaml, since it owns the
// YAML library.
//
// It refuses to compute: a playbook selects, sets and words; anything cleverer
// is a measure in Go. There is no expression language.
package playbook

import (
	"strconv"

	"honne"
)

// Playbook is one or more stacked playbooks, parsed and compiled. It is never
// changed once loaded.
type Playbook struct {
	Versions []Version // of what was stacked, lowest first
	Columns  []ColumnWords
	Kinds    []KindWords
	Topics   []TopicWords
	Lists    ListWords
	Words    Words
	Reasons  []ReasonWords
	Measures []MeasureRules // one for each measure that has any
	Signs    []SignRules    // the seven, in the order of honne.AllSigns
	Overall  OverallRules
	Asks     []QuestionRules
	Excuses  []ExcuseRules // in the order of honne.AllExcuses, those of the house last
	Facts    []FactRules
	Routes   []Route
	Audit    AuditRules
	Wording  []WordingRule
	People   PeopleWords
	Lessons  []Lesson

	Readiness  []ReadinessQuestion // in the order of honne.AllReadiness
	Strategies []Strategy          // in the order of honne.AllStrategies
	Terms      []TermWords         // in the order of honne.AllContractTerms
	Mutes      []MuteReason

	Recognition RecognitionRules

	Instructions string // for an assistant, before the list of reasons
	Model        []byte // sentences/excuses.model, as claim.Train wrote it
	Mail         MailWords
	Promises     PromiseWords

	Exact map[string]honne.Meaning // whole header, as japan.Key writes it
	Parts []Part                   // in the order in which they are to be tried

	kinds   []wordFor[honne.Series]
	reasons []wordFor[honne.Reason]
}

// Part is a word that may stand anywhere in a header. Parts are ordered: the
// longest first, but those of a plain amount or quantity after all others, so
// that 売上高計画 is a plan.
type Part struct {
	Key     string // as japan.Key writes it
	Meaning honne.Meaning
}

// Version names a playbook and its content.
type Version struct {
	ID      string
	Version int
	SHA256  string
}

// String returns id@version.
func (v Version) String() string { return v.ID + "@" + strconv.Itoa(v.Version) }

// String returns id@version of each stacked playbook, joined by +.
func (p *Playbook) String() string {
	s := ""
	for i, v := range p.Versions {
		if i > 0 {
			s += "+"
		}
		s += v.String()
	}
	return s
}

// ColumnWords are the headers by which a meaning is recognised. Headers are
// compared by japan.Key; Exact must be the whole header (brackets with a unit
// removed), Parts may stand anywhere in it.
type ColumnWords struct {
	Meaning honne.Meaning
	Exact   []string
	Parts   []string
}

// KindWords are the words of a title, sheet or file name that say what a table
// is about.
type KindWords struct {
	Series honne.Series
	Words  []string
}

// TopicWords are the words of titles and of column headers that say that a table
// is about something that gives no figures.
type TopicWords struct {
	Topic   honne.Topic
	Titles  []string
	Heads   []string // ends of the line right above a table, enough without any header
	Columns []string // whole headers; brackets removed
	Never   []string // headers that such a table does not have
}

// ReasonWords are the words by which a partner states why a figure changed.
type ReasonWords struct {
	Reason honne.Reason
	Words  []string
}

// Words are lists that intake needs.
type Words struct {
	Total      []string // 合計, 総計
	Subtotal   []string // 小計
	Whole      []string // that may be the sum of all rows, or a name: 全国, 総売上
	Gauge      []string // with which a name ends in 計 that is no sum: 温度計
	Open       []string // what is left of orders, in a table about them: 残数
	OpenAmount []string // the same in money: 残金額
	State      []string // before a word, or alone, that says in which state figures are: 旧定価, 有償
	Paid       []string // beside what is given away: 有償
	ActualMark []string // alone under a month: 実
	Yen        []string // over amounts turned into yen, beside those in another currency: 円換算額
	Others     []string // all who are not named, as one: その他施設
	Bill       []string // in a title: a bill, or what comes with goods
	OtherDays  []string // headers of the day of something that is no sale: 廃棄日
	Bought     []string // in a header over figures: by customers, where rows name them
	Suppliers  []string // headers of whom goods are bought from
	Received   []string // of the day on which goods came in
	Scheduled  []string // in a title: what is still to come
	WeShip     []string // with which a name says that the shipments are ours
	Due        []string // headers of the day on which an order is due
	NextMonth  []string // in the title of a section about the month after that of the report
	ToCome     []string // in headers of days or months that are still to come
	Net        []string // amounts after discounts and returns, beside gross ones
	Rest       []string // begins what says so too: その他開業医, ほか12社
	Pieces     []string // within a header that counts pieces: 数
	Makers     []string // over the makers of what was sold: メーカー
	Expected   []string // with which a year of the market is only expected: 2025年(予)
	Packages   []string // that count packages, beside a column that counts pieces: 箱数
	Part       []string // before what is part of the row above: うち
	Reversal   []string // that say that a row takes back another: 返品, 赤伝
	Unsold     []string // that say that by a row nothing is sold: 貸出, 無償, 送料
	Discount   []string // what is no piece among products: 値引
	Moved      []string // that say that a row is a movement of stock and no sale: 入荷, 棚卸調整
	EntryCode  []string // headers of codes of sorts of entries: 区分
	SetMark    []string // headers of what says which rows are sets: 親子区分
	SetWhole   []string // that a row is a set: 親
	SetPart    []string // that it is a part of one: 子
	Note       []string // 注, ※, 出典
	Ditto      []string // 〃, 同上
	Withheld   []string // 非開示, 匿名
	Closed     []string // in the place of a figure, as nobody worked: 休業
	Pseudonym  []string // what stands before or behind the number or letter of a pseudonym: 施設, 顧客
	Areas      []string // behind a place, before one of those: the customers of an area, by no name
	Districts  []string // those of them that also end a hospital's name: 地区
	Somebody   []string // in the place of a name: 某
	Basis      []string // with which brackets end that say of what a figure is: 金額ベース
	SaysFigure []string // in words that say money or pieces and nothing else: 額, 数
	Site       []string // words of the name of a place of use: 病院, クリニック
	Pending    []string // price not agreed: 未妥結, 仮単価
	Made       []string // beside the day on which a file was made: 作成, 出力
	Maker      []string // in the title of what the maker ships to the partner: 貴社
	// What the name of a sheet says of its state beside another of that name: older, newer.
	Superseded, Revised []string
	Daily               []string // in the title of the report of one day: 日報
	Colour              []string // in a title that gives a colour or a pattern a meaning: 黄色, 網掛け
	Counted             []string // behind the day on which stock was counted: 現在
	Title               []string // with which a title ends: 一覧表
	Span                []string // in a label beside the period of a report: 対象, 年月
	RecordStart         []string // over a mark in the first row of a record: レコードの開始行
	Channels            []string // ways by which goods are sold: 直販, 卸経由
	SaleSorts           []string // sorts of sale that are no customers and no products: 新規, 輸出, 掛
	Earlier, Later      []string // versions of a plan or a forecast: 当初; 修正
	Bare                []string // a header that says only that names stand below: 名称
	Place               []string // with which the name of a branch or region ends: 支店
	Step                []string // what is left of a day or a week that is counted: 日, 第週
	Balance             []string // what is left at the end, without saying of what: 当月末
	Own                 []string // stock that is the distributor's own to sell: 自社, 良品
	Unsellable          []string // stock that is not, beside what is unsold: 不良品
	Consigned           []string // of that, what is placed at hospitals: 預託在庫
	Opening             []string // what was there at the beginning: 前残
	Issued              []string // what left: 出庫
	Adjusted            []string // by how much a count was set right: 調整
	Sold                []string // in the header of the day on which goods are sold: 売上日
	Delivered           []string // on which they are delivered: 納品日
	Shipped             []string // on which they leave: 出荷日
	Ordered             []string // on which they are ordered: 受注日
	Billed              []string // on which they are billed: 請求日
	Region              []string // names of regions: 東北
	Code                []string // with which the header of a code ends: コード
	Number              []string // that alone say that a column numbers things: No
	Actual              []string // what a plan calls the sales beside it: 実績
	Adding              []string // in a title: its lines add to what stands of their month
	Aside               []string // in a title: its figures are of others, given away, or no sale
	Compares            []string // in a title: what it speaks of stands beside the figures of the period
	Loose               []string // over pieces beside whole cases
	InAll               []string // over both in pieces
	Delivery            []string // in a sort of entry: how it was sold
	Counts              []string // behind a kind of stock, how many there are: 在庫数
	Programs            []string // names of programs, which say nothing of what they export
	OtherTimes          []string // in a title: of another month than the report's, unless its rows have days
	NoSale              []string // in a title, before one of Listed: what is done and not sold
	Listed              []string // behind what a title is about
	Masters             []string // in the title of a list that other tables refer to: 施設マスタ
	Measured            []string // with which the name of a figure ends, and no article's: 請求額
	OfSales             []string // in a title, before 実績: when, by what or whose they are: 月次
	Named               []string // with which names of companies, places and goods end: 商事
	Now                 []string // before what is of the period itself: 当月売上額
	Plain               []string // that say what goes on, not whether money or pieces are counted: 売上
	Upper               []string // of two rows of a record: 上段
	Lower               []string // 下段
	Direct              []string // in the place of a dealer, that there is none: 直
	DittoLeft           []string // that stand for the name to their left: 同左
	Tab                 []string // what programs call sheets, before a number: Sheet
	Pivot               []string // what a pivot table writes over its names: 行ラベル
	Edition             []string // behind a word for a version: 値, 版
	Again               []string // before the word for a version that is later again: 再
	FromThen            []string // behind a month from which on figures are something else: 以降
	Sizes               []string // in a title by which numbers across are no months: サイズ
	None                []string // behind a word, that it does not hold: なし
	NoneThere           []string // at the end of a text in the place of rows, that there are none: 該当なし
	Seal                []string // over the place of a seal: 承認
	SealToo             []string // beside those: 担当
	OfNow               []string // before it, that the month of the report is meant: 今月
	SoFar               []string // in the name of a row that is a sum so far: 累計
}

// MeasureRules are the numbers of one measure: parameters that the measure
// declares, and the conditions of its bands. A measure without conditions is a
// figure to know, not to judge.
type MeasureRules struct {
	Measure string // slug
	Params  map[string]float64
	Lines   map[string]int // of each parameter, in its playbook's measures.yaml
	Watch   *Condition
	High    *Condition
}

// SignRules are the conditions of one sign.
type SignRules struct {
	Sign     string // slug
	Headline string // the measure shown beside it
	Measures []string
	Watch    *Condition
	High     *Condition
}

// OverallRules turn signs into the overall band (domain 1.4).
type OverallRules struct {
	LookCloserWatch int // that many signs on watch: look closer
	LookCloserHigh  int
	ActHigh         int // that many high signs: act
	HealthyFall     int // percent: sales that fell by that much, and not with the market, are not called healthy; 0: never
}

// QuestionRules word one polite question for a measure at watch or high, or for
// a missing need.
type QuestionRules struct {
	Measure string // slug, or "" when it hangs on a need
	Need    honne.Need
	EN, JA  string
}

// Truth is a three-valued answer.
type Truth int8

// The answers. Unknown is neither.
const (
	False Truth = iota - 1
	Unknown
	True
)

// Condition is a node of a small tree: exactly one of All, Any, Not, a
// comparison (Of with Below, Above, AtMost or AtLeast) or a count over quarters
// (Of with Times, In and a comparison).
type Condition struct {
	Line int // in the YAML, for error messages

	All []*Condition
	Any []*Condition
	Not *Condition

	Of      string   // measure slug, or slug.part
	Below   *float64 // Of < Below
	Above   *float64
	AtMost  *float64
	AtLeast *float64
	Times   int // with In: the comparison holds in at least Times of the last In quarters
	In      int
	Fixed   bool // protects the partner, so that no distributor has a number of its own
	Own     bool // the number is that of the house for one distributor
	// OwnTimes: so is the count of quarters.
	OwnTimes bool
}

// Facts is what a condition is decided on: values and quarterly histories
// (newest last) by name.
type Facts struct {
	Value   func(name string) (v float64, known bool)
	History func(name string) []float64       // nil: there are none
	Unit    func(name string) honne.ValueUnit // how to write a value; nil: plain numbers
}

// MeasureRules returns the rules of a measure; empty rules when it has none.
func (p *Playbook) MeasureRules(slug string) MeasureRules {
	for _, m := range p.Measures {
		if m.Measure == slug {
			return m
		}
	}
	return MeasureRules{Measure: slug}
}
