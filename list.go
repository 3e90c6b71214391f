package honne

// Listed is a row of a list that gives the ledger no figures: once its file is
// accepted it is an entry, with the cells of its row as its evidence.
type Listed struct {
	At   Address // the cells of the row, or where the list says what it covers
	Body Entered // FieldActivity, ActivityMonth, Contact or Article
	Nth  int     // of those that nothing tells apart: the second visit of a day to nobody named; from 0
}

// Cited is the row of a file that an entry was read from; zero for an entry that
// somebody wrote.
type Cited struct {
	File     FileID  `json:"file"`
	Path     string  `json:"path"`
	Received Date    `json:"received,omitzero"` // 0 where only the loading is known
	At       Address `json:"at"`
}

// WhyUndone is the reason of a version with which an entry went because its file
// was undone: pages say it in their language.
const WhyUndone = "file-undone"

// Article is a product of our own list: what is on no such list is no article of
// ours that we know of. It holds no price.
type Article struct {
	Code  string `json:",omitempty"`
	Name  string `json:",omitempty"`
	Line  string `json:",omitempty"` // the product line, as the list names it
	Cited Cited  `json:",omitzero"`
}

// Unlisted is a product of a partner that a person knows not to be on our list:
// it is not asked about again.
type Unlisted struct {
	Code string `json:",omitempty"`
	Name string `json:",omitempty"`
}

// OffList is a product of a partner that is not on our own list, with the articles
// that are and may be meant, the likeliest first.
type OffList struct {
	Product Product
	Near    []Product
}
