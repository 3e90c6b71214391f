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

func (w *ToldWords) lists() []mailList {
	return []mailList{
		{"prices", &w.Prices, &w.prices}, {"price_changes", &w.PriceChanges, &w.priceChanges}, {"price_not", &w.PriceNot, &w.priceNot},
		{"discounts", &w.Discounts, &w.discounts}, {"discount_grants", &w.DiscountGrants, &w.discountGrants}, {"discount_not", &w.DiscountNot, &w.discountNot},
		{"supplies", &w.Supplies, &w.supplies}, {"supply_fails", &w.SupplyFails, &w.supplyFails}, {"supply_not", &w.SupplyNot, &w.supplyNot},
		{"ends", &w.Ends, &w.ends}, {"ends_not", &w.EndsNot, &w.endsNot}, {"directs", &w.Directs, &w.directs},
		{"direct_takes", &w.DirectTakes, &w.directTakes}, {"direct_not", &w.DirectNot, &w.directNot}, {"trainings", &w.Trainings, &w.trainings},
		{"training_offers", &w.TrainingOffers, &w.trainingOffers}, {"training_asks", &w.TrainingAsks, &w.trainingAsks}, {"training_not", &w.TrainingNot, &w.trainingNot},
		{"training_declines", &w.TrainingDeclines, &w.trainingDeclines}, {"training_declines_not", &w.TrainingDeclinesNot, &w.trainingDeclinesNot},
	}
}
