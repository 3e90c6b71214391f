package web

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"

	"honne"
	"honne/internal/auth"
	"honne/internal/japan"
	"honne/internal/job"
)

// intakePage lists what came in and takes what comes next.
type intakePage struct {
	Frame
	Errors   []Problem
	Bad      string // what is wrong with the files
	NoOne    string // what is wrong with the partner
	Partners []Choice
	Unsaid   bool // nothing says which partner it is
	Received Input
	Sides    []Choice
	Kinds    []Choice
	Open     []FileRow // what waits for a person
	Rows     []FileRow // what is done, the newest received first
	Writes   bool
	Ready    []ReadyRow
	Refusals []Linked
	Capped   bool // only the first rows are shown
	Due      []DueRow
	Strays   []string // of the watched folder, whose partner nobody knows
	Waiting  []StrayRow
}

// ReadyRow are the files of one partner with nothing to resolve.
type ReadyRow struct {
	Slug, Text string
	Files      int
}

// maxUpload bounds one request; a reader's own limits follow.
const maxUpload = 512 << 20

// listRows is how many files of each list are shown.
const listRows = 30

func (a *app) showIntake(w http.ResponseWriter, v *visit) error {
	return v.intake(w, http.StatusOK, v.fields(), nil)
}

func (v *visit) intake(w http.ResponseWriter, status int, f *fields, refusals []Linked) error {
	list, err := v.distributors()
	if err != nil {
		return err
	}
	page := intakePage{Frame: v.frame("intake", v.t("nav.intake")), Errors: f.list(), Bad: f.errors["files"], NoOne: f.errors["distributor"], Refusals: refusals, Writes: v.may(auth.Write, auth.Figures)}
	page.Received = Input{Name: "received", Type: "date", Label: v.t("form.received"), Hint: v.t("form.received.hint"), Error: f.errors["received"]}
	page.Sides, page.Kinds = v.uploadChoices()
	chosen := v.URL.Query().Get("distributor")
	var rows received
	for _, d := range list {
		page.Partners = append(page.Partners, Choice{Href: d.Slug, Label: v.name(d), Current: d.Slug == chosen})
		files, err := v.app.Store.Files(v.Context(), d.ID)
		if err != nil {
			return fmt.Errorf("web: list files: %w", err)
		}
		ready := 0
		for _, file := range slices.Backward(files) {
			if ofMailbox(file) {
				continue
			}
			rows.add(v.fileRow(d, file), file)
			if file.State == honne.FileReady {
				ready++
			}
		}
		page.Sample, page.Mixed = page.Sample || d.Sample, page.Mixed || !d.Sample
		p, err := v.picture(d)
		if err != nil {
			return err
		}
		page.Due = append(page.Due, v.dueRows(d, p)...)
		if ready > 0 {
			page.Ready = append(page.Ready, ReadyRow{d.Slug, v.t("intake.accept-ready", honne.Count("n", ready), honne.Text("name", v.name(d))), ready})
		}
	}
	page.Unsaid = len(list) > 1 && !slices.ContainsFunc(page.Partners, func(c Choice) bool { return c.Current })
	page.Open, page.Rows, page.Capped = rows.lists()
	if rows.reading {
		page.Refresh = 2
	}
	if v.audited == nil { // what belongs to no partner is of none that an auditor audits
		if page.Strays, err = v.strays(); err != nil {
			return err
		}
		if page.Waiting, err = v.strayRows(); err != nil {
			return err
		}
	}
	return v.show(w, status, "intake", page)
}

// ofMailbox reports whether a file is a message that came by itself and was read:
// there are thousands of them, and nothing of them is left to do.
func ofMailbox(f honne.StoredFile) bool {
	return f.Format == honne.EML && f.State == honne.FileSetAside && f.LoadedBy == 0
}

// strays are the files of the watched folder that belong to no partner.
func (v *visit) strays() (list []string, err error) {
	text, found, err := v.app.Store.Setting(v.Context(), job.StraysKey)
	if err == nil && found {
		err = json.Unmarshal([]byte(text), &list)
	}
	if err != nil {
		return nil, fmt.Errorf("web: list strays: %w", err)
	}
	return list, nil
}

// told are the kinds of figures that a sender may say a file holds.
func told() []honne.Series {
	return []honne.Series{honne.Sales, honne.Purchases, honne.Stock, honne.Forecast, honne.Plan, honne.Orders, honne.Proposed,
		honne.Target, honne.Shipments, honne.Market}
}

// uploadChoices are whose figures a file holds, and which; the first is to find
// out.
func (v *visit) uploadChoices() (sides, kinds []Choice) {
	sides, kinds = []Choice{{Label: v.t("intake.from.find")}}, []Choice{{Label: v.t("intake.from.find")}}
	for _, s := range [...]honne.Side{honne.Theirs, honne.Ours, honne.Third} {
		sides = append(sides, Choice{Href: string(s), Label: v.t("intake.from." + string(s))})
	}
	for _, s := range told() {
		kinds = append(kinds, Choice{Href: string(s), Label: v.t("series." + string(s))})
	}
	return sides, kinds
}

// received are the files of all partners, those that wait for a person apart.
type received struct {
	open    []FileRow
	done    []receivedRow
	reading bool
}

type receivedRow struct {
	FileRow
	at time.Time
}

func (r *received) add(row FileRow, f honne.StoredFile) {
	r.reading = r.reading || f.State == honne.FileReading
	switch row.State.Mark {
	case "problem", "clear", "dots":
		r.open = append(r.open, row)
	default:
		r.done = append(r.done, receivedRow{row, f.Receipt.At})
	}
}

// lists are what waits, and what is done by when it reached us; cut says that there is more.
func (r *received) lists() (open, done []FileRow, cut bool) {
	slices.SortStableFunc(r.done, func(x, y receivedRow) int { return y.at.Compare(x.at) })
	for _, row := range r.done[:min(len(r.done), listRows)] {
		done = append(done, row.FileRow)
	}
	return r.open[:min(len(r.open), listRows)], done, max(len(r.done), len(r.open)) > listRows
}

// postUpload streams each file to where it is kept; the form's choices come
// before its files.
func (a *app) postUpload(w http.ResponseWriter, v *visit) error {
	v.Body = http.MaxBytesReader(w, v.Body, maxUpload)
	parts, err := v.MultipartReader()
	if err != nil {
		return &honne.Invalid{Field: "files", What: honne.Say("intake.no-form")}
	}
	up := upload{v: v, f: v.fields()}
	for {
		part, err := parts.NextPart()
		if err == io.EOF {
			break
		}
		if err != nil {
			return fmt.Errorf("web: read upload: %w", err)
		}
		if err := up.take(part); err != nil {
			return err
		}
	}
	if len(up.ids) == 0 && len(up.refused) == 0 {
		up.f.fail("files", v.t("intake.no-file"))
	}
	switch {
	case len(up.f.order) > 0 || len(up.refused) > 0:
		return v.intake(w, http.StatusUnprocessableEntity, up.f, up.refused)
	case len(up.ids) == 1:
		v.await(up.ids[0])
		return v.redirect(w, "/intake/"+strconv.FormatInt(int64(up.ids[0]), 10))
	}
	return v.redirect(w, "/intake?done=uploaded")
}

type upload struct {
	v        *visit
	f        *fields
	to       honne.Distributor
	received time.Time
	from     honne.Side
	kind     honne.Series
	ids      []honne.FileID
	refused  []Linked
}

func (u *upload) take(part *multipart.Part) error {
	ctx := u.v.Context()
	switch part.FormName() {
	case "distributor":
		slug := shortText(part)
		var err error
		if u.to, err = u.v.app.Store.DistributorBySlug(ctx, slug); errors.Is(err, honne.ErrNotFound) {
			u.f.fail("distributor", u.v.t("intake.no-partner"))
			return nil
		} else if err != nil {
			return fmt.Errorf("web: find distributor: %w", err)
		}
	case "received":
		return u.takeReceived(shortText(part))
	case "from":
		u.from = honne.Side(u.chosen("from", shortText(part), string(honne.Theirs), string(honne.Ours), string(honne.Third)))
	case "kind":
		var kinds []string
		for _, s := range told() {
			kinds = append(kinds, string(s))
		}
		u.kind = honne.Series(u.chosen("kind", shortText(part), kinds...))
	case "files":
		return u.takeFile(part)
	}
	return nil
}

// chosen is one of the choices of a select, or nothing.
func (u *upload) chosen(field, s string, choices ...string) string {
	if s != "" && !slices.Contains(choices, s) {
		u.f.fail(field, u.v.t("intake.no-form"))
		return ""
	}
	return s
}

func (u *upload) takeReceived(s string) error {
	if s == "" {
		return nil
	}
	d, err := honne.ParseDate(s)
	if err != nil || d > honne.DateOf(u.v.now()) {
		u.f.fail("received", u.v.t("web.bad.date", honne.Text("raw", s)))
		return nil
	}
	u.received = d.At(12, 0)
	return nil
}

func (u *upload) takeFile(part *multipart.Part) error {
	name := path.Base(strings.ReplaceAll(part.FileName(), `\`, "/"))
	if part.FileName() == "" || len(u.f.order) > 0 {
		return nil
	}
	if u.to.ID == 0 {
		u.f.fail("distributor", u.v.t("intake.no-partner"))
		return nil
	}
	id, err := u.v.app.Receive(u.v.Context(), Upload{Distributor: u.to.ID, Name: name, Size: -1, Bytes: part, Received: u.received,
		From: u.from, Kind: u.kind, By: u.v.user.ID})
	var same *honne.Duplicate
	switch {
	case errors.As(err, &same):
		u.refused = append(u.refused, Linked{u.v.t("intake.duplicate", honne.Text("file", name)), "/intake/" + strconv.FormatInt(int64(same.Of), 10)})
		return nil
	case errors.Is(err, honne.ErrTooLarge):
		u.refused = append(u.refused, Linked{Text: u.v.t("intake.too-large", honne.Text("file", name))})
		return nil
	case err != nil:
		return fmt.Errorf("web: receive %s: %w", name, err)
	}
	u.ids = append(u.ids, id)
	return nil
}

func shortText(r io.Reader) string {
	b, err := io.ReadAll(io.LimitReader(r, 1000))
	if err != nil {
		return ""
	}
	return strings.TrimSpace(string(b))
}

// byEdition orders files as they were made: corrections after what they correct, whose
// days are often not known, else by receipt.
func byEdition(x, y honne.StoredFile) int {
	_, one := japan.Edition(x.Path)
	_, other := japan.Edition(y.Path)
	return cmp.Or(cmp.Compare(one, other), x.Receipt.At.Compare(y.Receipt.At))
}

// postAcceptReady accepts every file of a partner that has nothing to resolve,
// in the order of their making, so that a correction is what waits, not what it corrects.
func (a *app) postAcceptReady(w http.ResponseWriter, v *visit) error {
	d, err := a.Store.DistributorBySlug(v.Context(), v.FormValue("distributor"))
	if err != nil {
		return fmt.Errorf("web: find distributor: %w", err)
	}
	files, err := a.Store.Files(v.Context(), d.ID)
	if err != nil {
		return fmt.Errorf("web: list files: %w", err)
	}
	slices.SortStableFunc(files, byEdition)
	held := false
	for _, f := range files {
		if f.State != honne.FileReady {
			continue
		}
		r, err := v.app.Store.Reading(v.Context(), f.ID)
		if err != nil {
			return fmt.Errorf("web: read reading: %w", err)
		}
		if len(unsureOf(r)) > 0 {
			continue // a guess is settled one by one, in its own review
		}
		accepted, err := a.Works.AcceptReady(v.Context(), v.user.ID, f.ID)
		if err != nil && !errors.Is(err, honne.ErrConflict) {
			return fmt.Errorf("web: accept file %d: %w", f.ID, err)
		}
		held = held || err == nil && !accepted
	}
	if held {
		return v.redirect(w, "/intake?done=accepted-some")
	}
	return v.redirect(w, base(d)+"?done=accepted-all")
}
