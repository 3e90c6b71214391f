package web

import (
	"cmp"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"honne"
	"honne/internal/auth"
	"honne/internal/lang"
	"honne/internal/store"
)

// FindingRow is a finding in a list.
type FindingRow struct {
	Code, Href, Dimension, Text string
	Kind                        Tag
	Ours, Critical, Closed      bool
}

func (v *visit) findingRow(n honne.Numbered[honne.Finding]) FindingRow {
	code := honne.EntryCode(honne.EntryFinding, n.Number)
	kind := map[honne.FindingKind]Tag{honne.FindingStrength: {"tick", "ok", ""}, honne.FindingGap: {"watch", "warn", ""}, honne.FindingBreach: {"high", "neg", ""}}[n.Body.Kind]
	kind.Word = v.t("finding." + string(n.Body.Kind))
	return FindingRow{Code: code, Href: "/findings/" + code, Dimension: v.t("dimension." + n.Body.Dimension), Text: v.findingText(n.Body),
		Kind: kind, Ours: n.Body.Cause == honne.CauseOurs,
		Critical: n.Body.Critical && n.Body.Closed == 0, Closed: n.Body.Closed != 0}
}

// findingText is what was seen, in the page's language where an edition of it is.
func (v *visit) findingText(f honne.Finding) string {
	shared := f.Partner.EN
	if v.lang == lang.JA {
		shared = f.Partner.JA
	}
	if tongue(f.Seen, v.lang) == v.lang {
		return f.Seen
	}
	return cmp.Or(shared, f.Seen)
}

// findingPage is a finding with both wordings side by side.
type findingPage struct {
	Frame
	Errors                    []Problem
	Heading, Action           string
	Code, Cause               string     // to read only, where the heading is the finding itself
	Row                       FindingRow // the same
	Dimensions, Kinds, Causes []Choice
	Finding                   honne.Finding
	Evidence                  string // what it rests on, one a line
	Unfit                     []UnfitRow
	Version                   int
	History                   []string
	Writes                    bool
	Back                      Choice
	Born                      Choice // where it was born
}

// UnfitRow is a word that the partner should not read, and what to write.
type UnfitRow struct {
	Legal     bool // fit where a legal duty is stated
	Word, Say string
	Block     bool
}

// finding finds the finding of the address, or a new one for an audit.
func (v *visit) finding() (honne.Entry[honne.Finding], []honne.Entry[honne.Finding], error) {
	var e honne.Entry[honne.Finding]
	code := v.PathValue("code")
	if code == "new" {
		n, err := codeNumber(honne.EntryAudit, v.URL.Query().Get("audit"))
		if err != nil {
			return e, nil, err
		}
		d, _ := dimensionOf(v.URL.Query().Get("dimension"))
		audits, err := store.EntryHistory[honne.Audit](v.Context(), v.app.Store, n)
		if err != nil {
			return e, nil, fmt.Errorf("web: find audit: %w", err)
		}
		e.Distributor, e.Body = audits[0].Distributor, honne.Finding{Audit: n, Dimension: d.Slug, Kind: honne.FindingGap}
		if err := v.seen(e.Distributor); err != nil {
			return e, nil, err
		}
		of, err := v.app.Store.Distributor(v.Context(), e.Distributor)
		if err != nil {
			return e, nil, fmt.Errorf("web: find distributor: %w", err)
		}
		e.Body.Born, err = v.bornOf(of, v.URL.Query().Get("born"))
		return e, nil, err
	}
	n, err := codeNumber(honne.EntryFinding, code)
	if err != nil {
		return e, nil, err
	}
	history, err := store.EntryHistory[honne.Finding](v.Context(), v.app.Store, n)
	if err != nil {
		return e, nil, fmt.Errorf("web: find finding: %w", err)
	}
	e = history[len(history)-1]
	if e.Withdrawn {
		return e, nil, honne.ErrNotFound
	}
	return e, history, v.seen(e.Distributor)
}

func (a *app) showFinding(w http.ResponseWriter, v *visit) error {
	e, history, err := v.finding()
	if err != nil {
		return err
	}
	return v.findingPage(w, http.StatusOK, v.fields(), e, history)
}

func (v *visit) findingPage(w http.ResponseWriter, status int, f *fields, e honne.Entry[honne.Finding], history []honne.Entry[honne.Finding]) error {
	d, err := v.app.Store.Distributor(v.Context(), e.Distributor)
	if err != nil {
		return fmt.Errorf("web: find distributor: %w", err)
	}
	code := honne.EntryCode(honne.EntryAudit, e.Body.Audit)
	page := findingPage{Frame: v.frame("audits", v.t("finding.title")), Errors: f.list(), Heading: v.t("finding.new"), Finding: e.Body, Version: e.N,
		Action: v.URL.RequestURI(), Writes: v.may(auth.Write, auth.Audits), Back: Choice{Href: "/audits/" + code, Label: code}, Born: v.born(d, e.Body)}
	if e.Number > 0 {
		page.Heading, page.Action = e.Code(), "/findings/"+e.Code()
	}
	page.Crumbs = []Choice{{Href: "/audits", Label: v.t("nav.audits")}, page.Back, {Label: page.Heading}}
	page.Title, page.Sample = page.Heading+v.t("comma")+v.name(d), d.Sample
	if !page.Writes {
		page.Code, page.Heading, page.Row = page.Heading, v.findingText(e.Body), v.findingRow(honne.Numbered[honne.Finding]{Number: e.Number, Body: e.Body})
		page.Cause = v.t("cause." + causeWord(e.Body.Cause))
	}
	if e.Body.Dimension == "" {
		page.Dimensions = []Choice{{Current: true}}
	}
	for _, x := range honne.AllDimensions {
		page.Dimensions = append(page.Dimensions, Choice{Href: x.Slug, Label: v.t("dimension." + x.Slug), Current: x.Slug == e.Body.Dimension})
	}
	for _, k := range honne.AllFindingKinds {
		page.Kinds = append(page.Kinds, Choice{Href: string(k), Label: v.t("finding." + string(k)), Current: k == e.Body.Kind})
	}
	for _, c := range honne.AllFindingCauses {
		page.Causes = append(page.Causes, Choice{Href: string(c), Label: v.t("cause." + causeWord(c)), Current: c == e.Body.Cause})
	}
	page.Evidence = strings.Join(v.evidenceLines(e.Body.Evidence), "\n")
	page.Unfit = v.unfit(e.Body.Partner, e.Body.Ours)
	wrote, err := v.authors(honne.EntryFinding, e.Number)
	if err != nil {
		return err
	}
	for _, h := range slices.Backward(history) {
		name, at := wrote(h.N, h.By, h.At)
		page.History = append(page.History, v.t("audit.version", honne.Count("n", h.N), honne.Text("name", name), honne.Instant("at", at)))
	}
	return v.show(w, status, "finding", page)
}

func causeWord(c honne.FindingCause) string {
	if c == honne.CauseUnknown {
		return "unknown"
	}
	return string(c)
}

// unfit lists the words of shared texts that a partner should not read, each once,
// with what to write in the language of its text.
func (v *visit) unfit(texts ...honne.Both) (out []UnfitRow) {
	for _, b := range texts {
		for _, l := range lang.All() {
			for _, u := range v.app.Playbook.Unfit(in(l, b)) {
				if row := (UnfitRow{Word: u.Text, Say: in(l, u.Say), Legal: u.Legal, Block: u.Block}); !slices.Contains(out, row) {
					out = append(out, row)
				}
			}
		}
	}
	return out
}

// evidenceLines writes what a finding rests on, one a line.
func (v *visit) evidenceLines(list []honne.EvidenceLink) (out []string) {
	for _, e := range list {
		line := e.Ref
		if e.Kind == "measure" {
			line = v.t("measure." + e.Ref)
		}
		if e.Note != "" {
			line += v.t("colon") + e.Note
		}
		out = append(out, line)
	}
	return out
}

// evidenceFrom reads them back: a line that stood there before is what it was, one
// that names a measure is that measure, and any other a document.
func (v *visit) evidenceFrom(text string, before []honne.EvidenceLink) (out []honne.EvidenceLink) {
	stood := v.evidenceLines(before)
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if line == "" {
			continue
		}
		if i := slices.Index(stood, line); i >= 0 {
			out = append(out, before[i])
			continue
		}
		e := honne.EvidenceLink{Kind: "document", Ref: line}
		for _, m := range honne.AllMeasures {
			if line == m.Slug || line == v.t("measure."+m.Slug) {
				e = honne.EvidenceLink{Kind: "measure", Ref: m.Slug}
			}
		}
		out = append(out, e)
	}
	return out
}

func (a *app) postFinding(w http.ResponseWriter, v *visit) error {
	e, history, err := v.finding()
	switch {
	case err != nil:
		return err
	case !v.may(auth.Write, auth.Audits):
		return honne.ErrNotFound
	}
	f := v.fields()
	e.Body = v.findingFrom(f, e.Body)
	if e, err = keep(f, "seen", e); err != nil {
		return fmt.Errorf("web: keep finding: %w", err)
	}
	if len(f.order) > 0 {
		return v.findingPage(w, http.StatusUnprocessableEntity, f, e, history)
	}
	return v.redirect(w, "/findings/"+e.Code()+"?done=finding")
}

func (v *visit) findingFrom(f *fields, x honne.Finding) honne.Finding {
	x.Dimension, x.Kind, x.Cause = f.text("dimension"), honne.FindingKind(f.text("kind")), honne.FindingCause(f.text("cause"))
	x.Critical, x.Share = f.text("critical") != "", f.text("share") != ""
	x.Seen, x.Matters, x.Internal = f.text("seen"), f.text("matters"), f.text("internal")
	x.Partner = honne.Both{EN: f.text("partner-en"), JA: f.text("partner-ja")}
	x.Ours = honne.Both{EN: f.text("ours-en"), JA: f.text("ours-ja")}
	x.Evidence = v.evidenceFrom(f.text("evidence"), x.Evidence)
	if x.Closed = 0; f.text("closed") != "" {
		x.Closed = honne.DateOf(v.now())
	}
	if !slices.ContainsFunc(honne.AllDimensions, func(d honne.Dimension) bool { return d.Slug == x.Dimension }) {
		f.fail("dimension", v.t("finding.bad.dimension"))
	}
	if x.Seen == "" {
		f.fail("seen", v.t("finding.bad.seen"))
	}
	if x.Share && (x.Partner.EN == "" || x.Partner.JA == "") {
		f.fail("partner-ja", v.t("finding.bad.partner"))
	}
	for _, u := range v.unfit(x.Partner, x.Ours) {
		if u.Block && x.Share {
			f.fail("partner-ja", v.t("finding.bad.word", honne.Text("word", u.Word)))
		}
	}
	return x
}
