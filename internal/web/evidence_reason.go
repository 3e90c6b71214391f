package web

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"

	"honne"
	"honne/internal/auth"
	"honne/internal/store"
)

// ReasonForm states why a file changed earlier figures, after it was accepted.
type ReasonForm struct {
	To      string // where it is sent: the page itself
	Files   Pick   // which of the versions, where several changed something
	Only    string // the file, where one did
	Reasons Pick
	Said    Input
}

// statedReasons are what people stated of a partner's files, by file.
func (v *visit) statedReasons(d honne.Distributor) (map[honne.FileID]honne.Entry[honne.ChangeReason], error) {
	list, err := store.Entries[honne.ChangeReason](v.Context(), v.app.Store, d.ID)
	if err != nil {
		return nil, fmt.Errorf("web: reasons of changed figures: %w", err)
	}
	out := map[honne.FileID]honne.Entry[honne.ChangeReason]{}
	for _, e := range list {
		out[e.Body.File] = e
	}
	return out, nil
}

// addReasons says of each version who stated its reason since, and offers a form for
// those that changed a figure of the partner's.
func (v *visit) addReasons(page *evidencePage, d honne.Distributor, versions []honne.Version) error {
	stated, err := v.statedReasons(d)
	if err != nil {
		return err
	}
	form := ReasonForm{To: v.URL.RequestURI(), Said: Input{Name: "said", Label: v.t("evidence.reason.said"), Hint: v.t("evidence.reason.said.hint")}}
	form.Files = Pick{Name: "file", Label: v.t("evidence.reason.version")}
	for i, ver := range versions {
		row := &page.Versions[i]
		if e, ok := stated[ver.File]; ok && row.Reason != "" {
			row.Stated, row.Said = v.t("names.ruled", honne.Text("name", v.who(e.By)), honne.Instant("at", e.At)), e.Body.Said
		}
		if row.Changed {
			form.Only = strconv.FormatInt(int64(ver.File), 10)
			form.Files.Options = append(form.Files.Options, Choice{Href: form.Only, Label: v.t("evidence.reason.of", honne.Count("n", row.N), honne.Text("file", row.File))})
		}
	}
	if len(form.Files.Options) == 0 || !v.may(auth.Write, auth.Figures) {
		return nil
	}
	form.Reasons = Pick{Name: "reason", Label: v.t("review.reason")}
	var known honne.ChangeReason // of the one file that there is
	if len(form.Files.Options) == 1 {
		n, _ := strconv.ParseInt(form.Only, 10, 64)
		known = stated[honne.FileID(n)].Body
	}
	form.Said.Value = known.Said
	for _, r := range reasons {
		form.Reasons.Options = append(form.Reasons.Options, Choice{Href: string(r), Label: v.t("reason." + string(r)), Current: r == known.Reason})
	}
	page.Reason = &form
	return nil
}

// postChangeReason keeps why a file changed earlier figures; no reason takes back what was
// stated before.
func (a *app) postChangeReason(w http.ResponseWriter, v *visit, d honne.Distributor) error {
	n, _ := strconv.ParseInt(v.FormValue("file"), 10, 64)
	reason := honne.Reason(v.FormValue("reason"))
	f, err := a.Store.File(v.Context(), honne.FileID(n))
	if err != nil || f.Distributor != d.ID || !slices.Contains(reasons[:], reason) {
		return &honne.Invalid{Field: "reason", What: honne.Say("intake.no-form")}
	}
	stated, err := v.statedReasons(d)
	if err != nil {
		return err
	}
	e, known := stated[f.ID]
	e.Distributor, e.By, e.Withdrawn = d.ID, v.user.ID, reason == honne.ReasonUnexplained
	e.Body = honne.ChangeReason{File: f.ID, Reason: reason, Said: v.FormValue("said")}
	if known || !e.Withdrawn {
		if _, err := store.Enter(v.Context(), a.Store, e); err != nil {
			return fmt.Errorf("web: keep a reason of changed figures: %w", err)
		}
	}
	q := v.URL.Query()
	q.Set("done", "change-reason")
	return v.redirect(w, v.URL.Path+"?"+q.Encode())
}
