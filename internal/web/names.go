package web

import (
	"cmp"
	"fmt"
	"net/http"
	"strconv"

	"honne"
	"honne/internal/auth"
)

// namesPage asks of which names a person must say whether they are one party,
// shows which count as one and why, and what people said.
type namesPage struct {
	Frame
	Head
	Questions []NameRow
	More      int
	Joints    []NameRow
	Rulings   []NameRow
	Off       []OffRow    // products that are not on our own list
	Passed    []PassedRow // those of which somebody said that they may be missing there
	Writes    bool
}

// NameRow is two names, and what is said of them.
type NameRow struct {
	A, B     NameCell
	Why      string
	Verdict  string
	InForce  bool
	AID, BID string
}

// NameCell is a name with its code.
type NameCell struct{ Name, Code, Place string }

// asked is how many questions stand on the page at once.
const asked = 30

func (a *app) showNames(w http.ResponseWriter, v *visit, d honne.Distributor) error {
	page := namesPage{Frame: v.frameOf(d, v.t("names.title"), Choice{Label: v.t("names.title")}), Head: v.head(d, "names"), Writes: v.may(auth.Write, auth.Figures)}
	questions, err := a.Store.NameQuestions(v.Context(), d.ID)
	if err != nil {
		return fmt.Errorf("web: questions on names: %w", err)
	}
	page.More = max(0, len(questions)-asked)
	for _, q := range questions[:min(len(questions), asked)] {
		page.Questions = append(page.Questions, v.nameRow(q.A, q.B, q.Reasons))
	}
	joints, err := a.Store.NameJoints(v.Context(), d.ID, honne.AsOf{})
	if err != nil {
		return fmt.Errorf("web: joined names: %w", err)
	}
	for _, j := range joints {
		row := v.nameRow(j.A, j.B, j.Reasons)
		if j.Person {
			row.Why = v.t("names.by-person")
		}
		page.Joints = append(page.Joints, row)
	}
	rulings, err := a.Store.NameRulings(v.Context(), d.ID)
	if err != nil {
		return fmt.Errorf("web: rulings on names: %w", err)
	}
	for _, r := range rulings {
		row := v.nameRow(r.A, r.B, nil)
		row.Verdict, row.InForce = v.t("names.said."+string(r.Verdict)), r.InForce
		who := ""
		if u, err := a.Store.User(v.Context(), r.By); err == nil {
			who = u.Name
		}
		row.Why = v.t("names.ruled", honne.Text("name", who), honne.Instant("at", r.At))
		page.Rulings = append(page.Rulings, row)
	}
	if err := v.offList(&page, d); err != nil {
		return err
	}
	return v.show(w, http.StatusOK, "names", page)
}

func (v *visit) nameRow(a, b honne.Name, reasons []honne.Message) NameRow {
	row := NameRow{A: NameCell{cmp.Or(a.Name, a.Code), a.Code, a.Place}, B: NameCell{cmp.Or(b.Name, b.Code), b.Code, b.Place},
		AID: strconv.FormatInt(int64(a.ID), 10), BID: strconv.FormatInt(int64(b.ID), 10)}
	for i, why := range v.sayAll(reasons) {
		if i > 0 {
			row.Why += v.t("list.comma")
		}
		row.Why += why
	}
	return row
}

// postNames keeps what a person says of two names.
func (a *app) postNames(w http.ResponseWriter, v *visit, d honne.Distributor) error {
	if ruled, err := v.ruleArticle(d); ruled || err != nil {
		if err == nil {
			err = v.redirect(w, base(d)+"/names?done=names")
		}
		return err
	}
	x, errA := strconv.ParseInt(v.FormValue("a"), 10, 64)
	y, errB := strconv.ParseInt(v.FormValue("b"), 10, 64)
	verdict := honne.NameVerdict(v.FormValue("verdict"))
	switch verdict {
	case honne.NamesSame, honne.NamesDiffer, honne.NameOfPart, honne.NamesWithdrawn:
	default:
		errA = honne.ErrInvalid
	}
	if errA != nil || errB != nil {
		return &honne.Invalid{Field: "verdict", What: honne.Say("intake.no-form")}
	}
	if err := a.Store.RuleNames(v.Context(), v.user.ID, d.ID, honne.NameID(x), honne.NameID(y), verdict); err != nil {
		return fmt.Errorf("web: rule on names: %w", err)
	}
	return v.redirect(w, base(d)+"/names?done=names")
}
