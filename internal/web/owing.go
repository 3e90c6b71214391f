package web

import (
	"errors"
	"strings"

	"honne"
	"honne/internal/auth"
	"honne/internal/inspect"
)

// weOwe says above every page of a partner what it waits for from us, before
// anything of the partner's (domain 1.8): what is not known is not nothing.
func (v *visit) weOwe() []Part {
	if v.app.Store == nil || !v.may(auth.Read, auth.OurSide) {
		return nil
	}
	d, err := v.whosePage()
	if err == nil && d.ID == 0 {
		return nil
	}
	var g glance
	if err == nil {
		g, err = v.glance(d)
	}
	if bad := (*honne.Invalid)(nil); err != nil {
		if !errors.Is(err, honne.ErrNotFound) && !errors.Is(err, honne.ErrForbidden) && !errors.As(err, &bad) { // of these the page speaks itself
			v.app.Log.Warn("web: say what we owe", "err", err)
		}
		return nil
	}
	return v.owing(d, g.owing)
}

// owing is the line, each part of it a door.
func (v *visit) owing(d honne.Distributor, o inspect.Owing) []Part {
	line := []Part{{Text: v.t("owing"), Href: v.link(base(d) + "/our-side")}, {Text: v.t("colon")}}
	said := func(name string, n int, known bool, door string) {
		if len(line) > 2 {
			line = append(line, Part{Text: v.t("list.comma")})
		}
		switch {
		case !known:
			name += ".unknown"
		case n == 0:
			name += ".none"
		}
		line = append(line, Part{Text: v.t("owing."+name, honne.Count("n", n)), Href: door})
	}
	if v.may(auth.Read, auth.Reviews) {
		said("promises", o.Promises, o.PromisesKnown, v.link(base(d)+"/agreements"))
	}
	if v.may(auth.Read, auth.Signals) {
		said("questions", o.Questions, o.QuestionsKnown, v.link(base(d)+"/messages", "open", string(honne.Ours)))
	}
	if o.RequestsKnown { // where none was noted, mail says what is asked
		said("requests", o.Requests, true, v.link(base(d)+"/log", "kind", string(honne.EntryOurAct)))
	}
	if len(line) == 2 {
		return nil
	}
	return line
}

// whosePage is the distributor that the address is about: by its name, or by the
// code of an audit, a finding, an agreement or a claim of it; the zero value where it
// is nobody's in particular.
func (v *visit) whosePage() (honne.Distributor, error) {
	if v.PathValue("slug") != "" {
		return v.distributor()
	}
	kind, code, _ := strings.Cut(strings.TrimPrefix(v.URL.Path, "/"), "/")
	coded := codedAt(kind)
	if coded == "" || v.PathValue("code") == "" {
		return honne.Distributor{}, nil
	}
	code, _, _ = strings.Cut(code, "/")
	n, err := codeNumber(coded, code)
	if err != nil {
		return honne.Distributor{}, err
	}
	id, err := v.app.Store.EntryDistributor(v.Context(), coded, n)
	if err == nil {
		err = v.seen(id)
	}
	if err != nil {
		return honne.Distributor{}, err
	}
	return v.app.Store.Distributor(v.Context(), id)
}
