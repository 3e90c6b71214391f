package web

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"honne"
	"honne/internal/auth"
	"honne/internal/lang"
)

// UnlockForm asks for the password of a file; Input.Name is "" where none is
// waited for.
type UnlockForm struct {
	Number string
	Input
}

// unlockForm is the form of a file that waits for its password, with what was
// wrong with the one before.
func (v *visit) unlockForm(r honne.Reading) UnlockForm {
	if !r.Locked() || !v.may(auth.Write, auth.Figures) {
		return UnlockForm{}
	}
	f := v.fields()
	if why := "problem." + v.URL.Query().Get("shut"); v.app.Languages.Has(lang.EN, why) {
		f.fail("file-password", v.t(why))
	}
	return UnlockForm{v.PathValue("n"), f.input("file-password", "password", "").must().auto("off")}
}

// postPassword opens a file with its password, which is used once, and neither
// kept nor logged nor sent back.
func (a *app) postPassword(w http.ResponseWriter, v *visit) error {
	f, _, err := v.file()
	if err != nil {
		return err
	}
	here := "/intake/" + v.PathValue("n")
	err = a.Unlock(v.Context(), f.ID, v.PostFormValue("file-password"))
	var invalid *honne.Invalid
	switch {
	case errors.As(err, &invalid):
		return v.redirect(w, here+"?shut="+url.QueryEscape(strings.TrimPrefix(invalid.What.ID, "problem.")))
	case errors.Is(err, honne.ErrConflict): // somebody else opened it meanwhile
		return v.redirect(w, here)
	case err != nil:
		return fmt.Errorf("web: unlock file %d: %w", f.ID, err)
	}
	return v.redirect(w, here+"?done=unlocked")
}
