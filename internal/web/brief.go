package web

import (
	"bytes"
	"fmt"
	"net/http"

	"honne"
	"honne/internal/auth"
	"honne/internal/lang"
	"honne/internal/report"
)

// briefPage is one page for the next meeting in both languages: our own edition,
// or the one that the partner gets, as it will be.
type briefPage struct {
	Frame
	Head
	Brief    report.Spoken
	Partner  bool
	Editions []Choice
	File     string // the page as a file of its own
	Order    [2]lang.Language
	Doors    map[string]Linked // where a range opens, and what it is called; none in the partner's edition
	Fact     honne.Both        // the word before a fact
	Inside   honne.Both        // the word before what is for our own side
}

func (a *app) showBrief(w http.ResponseWriter, v *visit) error {
	d, err := v.briefed()
	if err != nil {
		return err
	}
	doc, o, err := v.brief(d)
	if err != nil {
		return err
	}
	page := briefPage{Frame: v.frame("portfolio", v.t("brief.page")), Head: v.head(d, ""), Brief: doc.Spoken(a.Languages),
		Partner: doc.Edition == report.Partner, Order: [2]lang.Language{lang.EN, lang.JA}}
	if v.lang == lang.JA {
		page.Order = [2]lang.Language{lang.JA, lang.EN}
	}
	page.Doors = v.doors(d, o, page.Brief.Sources)
	page.Fact, page.Inside = v.lead("brief.fact"), v.lead("brief.inside")
	page.Title = v.t("brief.page") + v.t("comma") + page.Head.Name
	page.Sample, page.Internal = d.Sample, !page.Partner
	page.Crumbs = []Choice{{Href: v.link("/portfolio", "asof", ""), Label: v.t("nav.portfolio")}, {Href: v.link(base(d)), Label: v.name(d)}, {Label: v.t("brief.page")}}
	at := base(d) + "/brief"
	page.Editions = []Choice{{v.link(at), v.t("brief.edition.internal"), string(v.lang), !page.Partner},
		{v.link(at, "edition", string(report.Partner)), v.t("brief.edition.partner"), string(v.lang), page.Partner}}
	page.File = v.link(at+"/file", "edition", string(doc.Edition))
	return v.show(w, http.StatusOK, "brief", page)
}

// lead is a word with its colon, in both languages.
func (v *visit) lead(key string) honne.Both {
	c := v.app.Languages
	said := func(l lang.Language) string {
		return c.Text(l, "report.between.lead", honne.Text("a", c.Text(l, key)), honne.Text("b", ""))
	}
	return honne.Both{EN: said(lang.EN), JA: said(lang.JA)}
}

// sendBrief sends the page as one file that needs no other; of the partner's
// edition neither name nor content tells of this program.
func (a *app) sendBrief(w http.ResponseWriter, v *visit) error {
	d, err := v.briefed()
	if err != nil {
		return err
	}
	doc, _, err := v.brief(d)
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if err := doc.HTML(&b, a.Languages, v.lang); err != nil {
		return fmt.Errorf("web: write brief: %w", err)
	}
	v.leaves("brief", string(doc.Edition), string(v.lang), "html")
	return send(w, &b, v.say(doc.Title)+".html", "html")
}

// briefed is the distributor of a brief, for those who also see how it does.
func (v *visit) briefed() (honne.Distributor, error) {
	if !v.may(auth.Read, auth.Overview) {
		return honne.Distributor{}, honne.ErrNotFound
	}
	return v.distributor()
}

// opens is what the ranges of a document's notes open; nothing in the partner's edition.
type opens struct {
	sources map[string]honne.Source
	letters map[string]honne.MailID // messages in which something was said or promised
}

// lettersOf are those messages, by the address that a note has of them.
func lettersOf(rec *honne.Record) map[string]honne.MailID {
	out := map[string]honne.MailID{}
	for _, x := range rec.Said {
		out[x.At] = x.Mail
	}
	for _, x := range rec.Promises {
		out[x.At] = x.Mail
	}
	return out
}

// doors are where the ranges of the notes open that stand on the page, and what each is
// called.
func (v *visit) doors(d honne.Distributor, o opens, notes []report.SpokenSource) map[string]Linked {
	out := map[string]Linked{}
	for _, n := range notes {
		for _, r := range n.Ranges {
			if src, ok := o.sources[r]; ok {
				out[r] = v.sourceDoor(d, src)
			} else if id := o.letters[r]; id != 0 {
				out[r] = Linked{v.letterName(d, id, r), v.mailLink(d, id)}
			}
		}
	}
	return out
}

// brief is the document in the edition that the address names, and where the
// ranges of its notes open.
func (v *visit) brief(d honne.Distributor) (report.Document, opens, error) {
	rec, p, err := v.pictureOf(d)
	if err != nil {
		return report.Document{}, opens{}, err
	}
	edition, o := report.Internal, opens{map[string]honne.Source{}, lettersOf(&rec)}
	if v.URL.Query().Get("edition") == string(report.Partner) {
		edition, o = report.Partner, opens{}
	}
	if edition == report.Partner && report.Held(p) {
		return report.Document{}, opens{}, &honne.Invalid{Field: "edition", What: honne.Say("brief.held")}
	}
	at, err := v.asOf(d)
	if err != nil {
		return report.Document{}, opens{}, err
	}
	evidence := func(list []honne.Selection) ([]string, int) {
		return v.ranges(d, at, list, shownRanges, func(src honne.Source) bool {
			if o.sources != nil && (src.File != 0 || src.Mail != 0) {
				o.sources[src.String()] = src
			}
			return edition != report.Partner || rec.FromPartner(src)
		})
	}
	return report.Brief(p, edition, evidence), o, nil
}

// sourceDoor is where a source opens: a message by what it is called, else a range by
// its address.
func (v *visit) sourceDoor(d honne.Distributor, src honne.Source) Linked {
	row := v.source(d, src, false)
	if src.Mail != 0 {
		return Linked{row.File, row.FileHref}
	}
	return Linked{src.String(), row.CellHref}
}

// shownRanges is how many ranges a note of a document lists of a selection.
const shownRanges = 20

// ranges opens selections to the ranges of files that may be shown, at most so many
// of each, the weightiest first, and counts those not listed.
func (v *visit) ranges(d honne.Distributor, at honne.AsOf, list []honne.Selection, most int, shown func(honne.Source) bool) (ranges []string, more int) {
	for _, s := range list {
		sources, rest, err := v.app.Store.Sources(v.Context(), d.ID, at, s, most)
		if err != nil {
			v.app.Log.Warn("web: sources", "err", err)
			continue
		}
		more += rest
		for _, src := range sources {
			if shown(src) {
				ranges = append(ranges, src.String())
			}
		}
	}
	return ranges, more
}
