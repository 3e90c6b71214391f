package honne

// News is one thing of a partner that has become known since a day, or that happened
// since, and where it stands.
type News struct {
	Sort   NewsSort
	What   Message
	Note   Message // what is said of it
	File   FileID  // of NewsCame: 0 where it stands for several
	Series Series  // of NewsFigures
	Month  Month   // of NewsFigures
	Sign   SignID  // of NewsSign
	Level  Band    // of NewsSign: what it is now
}

// NewsSort is what is new.
type NewsSort uint8

// The sorts, in the order in which they are told.
const (
	NewsCame     NewsSort = iota // a file
	NewsFigures                  // a month that is known, or changed
	NewsSign                     // a sign whose level is another
	NewsPromises                 // what either side promised, kept or let pass
	NewsReasons                  // reasons that were given
)
