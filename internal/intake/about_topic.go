package intake

import (
	"slices"
	"strings"

	"honne"
	"honne/internal/intake/source"
	"honne/internal/japan"
)

// bareProducts reports whether a table of ours is our list of products, though its
// headers do not say of what they are the code and the name: code, name.
func (t *table) bareProducts(said honne.Topic, titles, headers []string) bool {
	return (said == honne.ProductList || t.book.Titled(honne.ProductList, titles)) &&
		slices.ContainsFunc(headers, func(h string) bool { return t.book.Lists.Column(honne.ProductList, h) != "" })
}

// settleTopic recognises a table about something that gives no figures, whatever
// amounts stand in it: a list of cases, of visits, of prices, of people. A title
// that speaks of a series is believed more than headers alone.
func (t *table) settleTopic(f *finder, kind honne.Series, figures int) bool {
	titles := append(slices.Clone(t.Title), f.sheet.Name, source.BaseName(f.reader.file.Name))
	var headers []string
	for i := range t.fields {
		headers = append(headers, japan.WithoutBrackets(strings.Join(t.fields[i].path, "")))
	}
	topic, titled := t.book.Topic(titles, headers)
	if topic == "" && f.reader.file.From == honne.Ours && t.bareProducts(f.reader.file.Topic, titles, headers) {
		topic, titled = honne.ProductList, true
	}
	if topic == "" && figures <= 1 {
		topic = t.headingTopic()
		titled = topic != ""
	}
	switch {
	case topic == "" || !titled && kind != "" && kind != honne.Orders:
		return false
	case figures > 0 && (topic == honne.Contacts || topic == honne.PriceList || topic == honne.ProductList):
		return false
	case topic == honne.ProductList && (t.Layout == honne.Crosstab || !titled && f.reader.file.From != honne.Ours):
		return false
	}
	t.Topic = topic
	t.nameListed()
	t.stats.problems = append(t.stats.problems, honne.Problem{At: honne.Address{Sheet: t.Sheet}, Severity: honne.SevNote,
		What: honne.Say("problem.topic", honne.Word("topic", "topic."+string(topic)))})
	return true
}

// headingTopic is what the line right above the table says that it is about,
// whatever its columns are called (3. 重点案件 over 施設, 商品, 金額, 時期), where that
// line speaks of no series (受注案件) and no column does; "" for nothing.
func (t *table) headingTopic() honne.Topic {
	if len(t.Title) == 0 {
		return ""
	}
	topic, before := t.book.Heading(japan.Trim(japan.WithoutBrackets(t.Title[0])))
	if _, own := t.measures(); len(own) > 0 || t.words.Kind(before) != "" {
		return ""
	}
	return topic
}
