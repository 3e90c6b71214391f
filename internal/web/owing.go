package web

import (
	"errors"

	"honne"
	"honne/internal/auth"
	"honne/internal/inspect"
)

// weOwe says above every page of a partner what it waits for from us, before
// anything of the partner's (domain 1.8): what is not known is not nothing.
func (v *visit) weOwe() []Part {
	if v.app.Store == nil || v.PathValue("slug") == "" || !v.may(auth.Read, auth.OurSide) {
		return nil
	}
	d, err := v.distributor()
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
	if len(line) == 2 {
		return nil
	}
	return line
}
