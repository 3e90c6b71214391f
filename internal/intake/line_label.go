package intake

import (
	"cmp"
	"slices"

	"honne"
	"honne/internal/intake/grid"
	"honne/internal/intake/terms"
	"honne/internal/intake/when"
	"honne/internal/japan"
)

// place is what a word is to a line.
type place uint8

// The places. Codes, names and addresses of parties stand in the order of their
// roles.
const (
	partyCode   place = 0
	partyName         = partyCode + place(honne.Roles)
	partyPlace        = partyName + place(honne.Roles)
	productCode       = partyPlace + place(honne.Roles) + iota - 3
	productName
	ofProductLine
	ofRegion
	ofRep
	ofLot
	ofReason
	ofPrice
	agreedOn
	places
)

// placeOf says where a line keeps a label of that meaning, if it does.
func placeOf(m honne.Meaning) (p place, kept bool) {
	p, kept = map[honne.Meaning]place{
		honne.MCustomerCode: partyCode + place(honne.Invoiced), honne.MCustomerName: partyName + place(honne.Invoiced),
		honne.MShipToCode: partyCode + place(honne.ShipTo), honne.MShipToName: partyName + place(honne.ShipTo),
		honne.MEndUserCode: partyCode + place(honne.EndUser), honne.MEndUserName: partyName + place(honne.EndUser),
		honne.MBillToCode: partyCode + place(honne.BillTo), honne.MBillToName: partyName + place(honne.BillTo),
		honne.MProductCode: productCode, honne.MProductName: productName, honne.MRegion: ofRegion, honne.MBranch: ofRegion,
		honne.MProductLine: ofProductLine, honne.MRep: ofRep, honne.MLot: ofLot, honne.MReason: ofReason, honne.MNote: ofReason,
		honne.MPriceStatus: ofPrice, honne.MAgreedOn: agreedOn,
	}[m]
	return p, kept
}

// labelOf is how the words of a column are read.
func (t *table) labelOf(i int) label {
	l := label{field: &t.fields[i], carried: slices.Contains(t.carry, i), number: t.slipNumber(i), slip: t.slipOf(i)}
	m := t.Columns[i].Meaning
	for k := i - 1; k >= 0 && l.beside == nil && m != honne.MProductName && m != honne.MProductCode; k-- {
		if of := t.Columns[k].Meaning; terms.Names(m) && terms.Names(of) || terms.Numbers(m) && terms.Numbers(of) {
			l.beside = &t.fields[k]
		}
	}
	return l
}

// hear notes what a row says in words; of two columns for one place the first
// that says something counts.
func (w *lineWriter) hear(r *grid.Row) {
	w.said, w.agreed = [places]*terms.Word{}, when.Moment{}
	for i := range w.labels {
		k := &w.labels[i]
		said := k.word(w.table.words, r)
		if said == nil {
			continue
		}
		if k.field.coded != nil {
			w.said[k.place-partyName+partyCode], said = k.field.parted(w.table.words, said)
		}
		if w.said[k.place] == nil {
			w.said[k.place] = said
		}
		if k.place == agreedOn {
			w.agreed = w.table.moment(r.N, r.Cell(k.field.col))
		}
	}
	w.hearRanks()
	if n := &w.table.nest; n.kept && n.upper != nil {
		w.said[n.place] = n.upper
	}
	if t := w.table; t.branches.said != nil && w.said[ofRegion] == nil && t.branchKept() && t.branchOf(r) == nil {
		w.said[ofRegion] = t.branches.said
	}
	for _, a := range w.table.abouts {
		if w.said[a.place] == nil {
			w.said[a.place] = a.word
		}
	}
	if c := w.table.customer; c != nil {
		w.said[partyName+place(honne.Invoiced)] = c
	}
}

// word returns what a label says: its own cell, or that of the row above where
// a ditto mark or a carried blank says so; nil when it says nothing.
func (k *label) word(d *terms.Dictionary, r *grid.Row) *terms.Word {
	var said *terms.Word
	if k.field.saidIn == r.N {
		said = k.field.said
	} else if c := r.Cell(k.field.col); c != nil {
		said = k.field.word(d, r.N, c)
	}
	if said != nil && said.Text == "" {
		said = nil
	}
	if k.number > 0 && k.newSlip(r) && said == nil {
		k.field.above = nil
	}
	if said != nil && said.Ditto && d.DittoLeft(said.Text) {
		said = k.left()
	} else if said == nil && (k.carried || k.slip != nil && k.slip.goesOn(r)) || said != nil && said.Ditto {
		return k.field.above
	}
	k.field.above = said
	return said
}

// left is what the row says in the column to the left that holds the same of another party.
func (k *label) left() *terms.Word {
	if k.beside == nil {
		return nil
	}
	return k.beside.above
}

// saysParty reports whether the row names the party, and how much of it.
func (w *lineWriter) saysParty(role honne.Role) (code, name *terms.Word, who terms.Identity) {
	code, name = w.said[partyCode+place(role)], w.said[partyName+place(role)]
	if name != nil {
		who = w.reader.words.Identity(name)
	}
	if who.Direct {
		return nil, nil, who
	}
	if code != nil && (name == nil || who.Nameless) && !japan.Masked(code.Text) {
		who.Disclosure = honne.Pseudonym // only a code is given
	}
	return code, name, who
}

// words fills in what the row says in words.
func (w *lineWriter) words(l *honne.Line) {
	for _, role := range w.roles {
		code, name, who := w.saysParty(role)
		l.Parties[role] = honne.Party{Code: code.String(), Name: name.String(), Disclosure: who.Disclosure, Site: who.Site}
		if address := w.said[partyPlace+place(role)]; address != nil && who.Disclosure != honne.Withheld {
			l.Parties[role].Place = address.Place()
		}
	}
	l.Product = honne.Product{Code: w.said[productCode].String(), Name: w.said[productName].String()}
	l.ProductLine = w.said[ofProductLine].String()
	l.Region = cmp.Or(w.said[ofRegion].String(), w.table.place)
	l.Rep, l.Lot = w.said[ofRep].String(), w.said[ofLot].String()
	l.Reason = clip(w.said[ofReason].String())
	l.Provisional = w.said[ofPrice] != nil && slices.Contains(w.reader.words.Pending, japan.Key(w.said[ofPrice].Text))
	l.Agreed = cmp.Or(w.agreed.Day, w.agreed.Period.From)
}

// named fills in what stands across.
func (w *lineWriter) named(l *honne.Line, g *group) {
	if g.product != nil {
		l.Product = *g.product
	}
	if g.party != nil {
		l.Parties[w.table.across] = *g.party
	}
	l.Region, l.Rep = cmp.Or(g.region, l.Region), cmp.Or(g.rep, l.Rep)
}
