package playbook

import (
	"strings"

	"honne"
)

// ToldWords are the words by which a message tells something that belongs on the
// form of our own side: new prices, a discount, goods that we deliver late or not at all,
// a product that we give up, customers that we take over, training offered, training asked
// for. They count like those of MailWords.
type ToldWords struct {
	Prices         []string // what is charged
	PriceChanges   []string // beside one of those: it is announced that they change
	PriceNot       []string // not with one of these: a question, somebody else's prices
	Discounts      []string // what is taken off a price
	DiscountGrants []string // beside one of those: we grant it
	DiscountNot    []string // not with one of these: refused, over, or somebody else's
	Supplies       []string // what is delivered
	SupplyFails    []string // beside one of those: it comes late, or not
	SupplyNot      []string // not with one of these: other things are late, or somebody else's
	Ends           []string // a product is given up
	EndsNot        []string // not with one of these: something else ends, or somebody else's
	Directs        []string // a customer buys from us without the partner
	DirectTakes    []string // beside one of those: it becomes so
	DirectNot      []string // not with one of these: it does not, or somebody else's do
	Trainings      []string // what somebody learns at
	TrainingOffers []string // beside one of those: we offer it
	TrainingAsks   []string // beside one of those: they ask for it
	TrainingNot    []string // not with one of these: it took place, or is about others

	TrainingDeclines, TrainingDeclinesNot []string // in an answer to an offer: they decline it; not with one of these

	prices, priceChanges, priceNot                       phrases
	discounts, discountGrants, discountNot               phrases
	supplies, supplyFails, supplyNot                     phrases
	ends, endsNot                                        phrases
	directs, directTakes, directNot                      phrases
	trainings, trainingOffers, trainingAsks, trainingNot phrases
	trainingDeclines, trainingDeclinesNot                phrases
}

// Tells is what a sentence of one side tells of our own; "" where it tells nothing.
// What we do with goods and prices and an offer of training are ours to tell, a request theirs.
func (w *ToldWords) Tells(text string, from honne.Side) honne.OurActKind {
	question := strings.HasSuffix(text, "?") || strings.HasSuffix(text, "？")
	s := Spell(strings.TrimRight(text, "?？!！.。．"))
	training := w.trainings.in(s) && !w.trainingNot.in(s)
	switch {
	case from == honne.Ours && !question && w.announces(s) != "":
		return w.announces(s)
	case from == honne.Ours && training && w.trainingOffers.in(s):
		return honne.OurTraining
	case from == honne.Theirs && training && w.trainingAsks.in(s):
		return honne.OurRequest
	}
	return ""
}

// Declines reports whether a sentence, of an answer to an offer of training, declines it.
func (w *ToldWords) Declines(text string) bool {
	s := Spell(strings.TrimRight(text, "?？!！.。．"))
	return w.trainingDeclines.in(s) && !w.trainingDeclinesNot.in(s)
}

// announces is what a sentence of ours tells of goods, prices and customers.
func (w *ToldWords) announces(s Spelled) honne.OurActKind {
	switch {
	case w.ends.in(s) && !w.endsNot.in(s):
		return honne.OurEnd
	case w.directs.in(s) && w.directTakes.in(s) && !w.directNot.in(s):
		return honne.OurDirect
	case w.prices.in(s) && w.priceChanges.in(s) && !w.priceNot.in(s):
		return honne.OurPriceNotice
	case w.discounts.in(s) && w.discountGrants.in(s) && !w.discountNot.in(s):
		return honne.OurDiscount
	case w.supplies.in(s) && w.supplyFails.in(s) && !w.supplyNot.in(s):
		return honne.OurShortage
	}
	return ""
}

func (l *layer) toldFields() []field {
	w := &l.Mail.Told
	return []field{
		{"prices", l.texts(&w.Prices)},
		{"price_changes", l.texts(&w.PriceChanges)},
		{"price_not", l.texts(&w.PriceNot)},
		{"discounts", l.texts(&w.Discounts)},
		{"discount_grants", l.texts(&w.DiscountGrants)},
		{"discount_not", l.texts(&w.DiscountNot)},
		{"supplies", l.texts(&w.Supplies)},
		{"supply_fails", l.texts(&w.SupplyFails)},
		{"supply_not", l.texts(&w.SupplyNot)},
		{"ends", l.texts(&w.Ends)},
		{"ends_not", l.texts(&w.EndsNot)},
		{"directs", l.texts(&w.Directs)},
		{"direct_takes", l.texts(&w.DirectTakes)},
		{"direct_not", l.texts(&w.DirectNot)},
		{"trainings", l.texts(&w.Trainings)},
		{"training_offers", l.texts(&w.TrainingOffers)},
		{"training_asks", l.texts(&w.TrainingAsks)},
		{"training_not", l.texts(&w.TrainingNot)},
		{"training_declines", l.texts(&w.TrainingDeclines)},
		{"training_declines_not", l.texts(&w.TrainingDeclinesNot)},
	}
}

func (w *ToldWords) add(top ToldWords) {
	w.Prices = append(w.Prices, top.Prices...)
	w.PriceChanges = append(w.PriceChanges, top.PriceChanges...)
	w.PriceNot = append(w.PriceNot, top.PriceNot...)
	w.Discounts = append(w.Discounts, top.Discounts...)
	w.DiscountGrants = append(w.DiscountGrants, top.DiscountGrants...)
	w.DiscountNot = append(w.DiscountNot, top.DiscountNot...)
	w.Supplies = append(w.Supplies, top.Supplies...)
	w.SupplyFails = append(w.SupplyFails, top.SupplyFails...)
	w.SupplyNot = append(w.SupplyNot, top.SupplyNot...)
	w.Ends = append(w.Ends, top.Ends...)
	w.EndsNot = append(w.EndsNot, top.EndsNot...)
	w.Directs = append(w.Directs, top.Directs...)
	w.DirectTakes = append(w.DirectTakes, top.DirectTakes...)
	w.DirectNot = append(w.DirectNot, top.DirectNot...)
	w.Trainings = append(w.Trainings, top.Trainings...)
	w.TrainingOffers = append(w.TrainingOffers, top.TrainingOffers...)
	w.TrainingAsks = append(w.TrainingAsks, top.TrainingAsks...)
	w.TrainingNot = append(w.TrainingNot, top.TrainingNot...)
	w.TrainingDeclines, w.TrainingDeclinesNot = append(w.TrainingDeclines, top.TrainingDeclines...), append(w.TrainingDeclinesNot, top.TrainingDeclinesNot...)
}

func (w *ToldWords) compile() {
	w.prices, w.priceChanges, w.priceNot = phrasesOf(w.Prices), phrasesOf(w.PriceChanges), phrasesOf(w.PriceNot)
	w.discounts, w.discountGrants, w.discountNot = phrasesOf(w.Discounts), phrasesOf(w.DiscountGrants), phrasesOf(w.DiscountNot)
	w.supplies, w.supplyFails, w.supplyNot = phrasesOf(w.Supplies), phrasesOf(w.SupplyFails), phrasesOf(w.SupplyNot)
	w.ends, w.endsNot = phrasesOf(w.Ends), phrasesOf(w.EndsNot)
	w.directs, w.directTakes, w.directNot = phrasesOf(w.Directs), phrasesOf(w.DirectTakes), phrasesOf(w.DirectNot)
	w.trainings, w.trainingNot = phrasesOf(w.Trainings), phrasesOf(w.TrainingNot)
	w.trainingDeclines, w.trainingDeclinesNot = phrasesOf(w.TrainingDeclines), phrasesOf(w.TrainingDeclinesNot)
	w.trainingOffers, w.trainingAsks = phrasesOf(w.TrainingOffers), phrasesOf(w.TrainingAsks)
}
