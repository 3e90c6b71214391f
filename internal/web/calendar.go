package web

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"unicode/utf8"

	"honne"
	"honne/internal/audit"
	"honne/internal/auth"
	"honne/internal/store"
)

// sendCalendar answers a person's own calendar to whoever knows its secret
// address. Revoked, or of an account that is closed, it does not exist.
func (a *app) sendCalendar(w http.ResponseWriter, v *visit) error {
	token, ok := strings.CutSuffix(v.PathValue("file"), ".ics")
	if !ok {
		return honne.ErrNotFound
	}
	u, err := a.Store.UserByFeed(v.Context(), hashed(token))
	if err == nil && u.Disabled {
		err = honne.ErrNotFound
	}
	if err != nil {
		return fmt.Errorf("web: find calendar: %w", err)
	}
	own, err := a.as(v.Context(), u)
	if err != nil {
		return err
	}
	list, err := own.days()
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "text/calendar; charset=utf-8")
	w.Header().Set("Content-Disposition", `inline; filename="calendar.ics"`)
	_, err = w.Write(calendarOf(own.t("calendar.name"), honne.DateOf(own.now()), list))
	return err
}

// appointment is a day that matters: the same one has the same key whenever it is
// asked for, also after its day was moved.
type appointment struct {
	key     string
	on      honne.Date
	summary string
	about   string
}

// days are the days of all distributors that exist for the visitor, of what the
// visitor may read, without those of samples.
func (v *visit) days() ([]appointment, error) {
	var out []appointment
	if !v.may(auth.Read, auth.Overview) {
		return nil, nil
	}
	list, err := v.distributors()
	if err != nil {
		return nil, err
	}
	for _, d := range list {
		if d.Sample {
			continue
		}
		more, err := v.daysOf(d)
		if err != nil {
			return nil, err
		}
		out = append(out, more...)
	}
	slices.SortStableFunc(out, func(a, b appointment) int { return int(a.on - b.on) })
	return out, nil
}

func (v *visit) daysOf(d honne.Distributor) ([]appointment, error) {
	p, err := v.picture(d)
	if err != nil {
		return nil, err
	}
	c := &diary{visit: v, of: d}
	for _, w := range p.Waiting {
		c.add(w.Due, fmt.Sprint("report ", w.Series, " ", w.Period), "calendar.report", honne.Word("series", "series."+string(w.Series)), honne.Over("period", w.Period))
	}
	c.addContract()
	for _, e := range d.Profile.Events {
		if e.Kind.IsMeeting() && e.Date != p.Meeting {
			c.add(e.Date, fmt.Sprint("event ", e.Date), "calendar.meeting")
		}
	}
	c.add(p.Meeting, "next-meeting", "calendar.meeting")
	for _, of := range []struct {
		what auth.Area
		add  func() error
	}{{auth.Search, c.addSteps}, {auth.Reviews, c.addPromises}, {auth.Reviews, c.addAudits}} {
		if !v.may(auth.Read, of.what) {
			continue
		}
		if err := of.add(); err != nil {
			return nil, err
		}
	}
	return c.days, nil
}

// diary is what is due with a distributor.
type diary struct {
	*visit
	of   honne.Distributor
	days []appointment
}

// add adds a day, unless there is none.
func (c *diary) add(on honne.Date, id, text string, args ...honne.Arg) {
	if on != 0 {
		name := c.name(c.of)
		c.days = append(c.days, appointment{fmt.Sprint(c.of.ID, " ", id), on, name + c.t("colon") + c.t(text, args...), name})
	}
}

func (c *diary) addContract() {
	contract := c.of.Profile.Contract
	if contract.Ends == 0 {
		return
	}
	c.add(contract.Ends, "contract-end", "calendar.ends")
	c.add(audit.NoticeDay(contract), "contract-notice", "calendar.notice")
	suggested, _ := audit.SuggestedNotice(c.of.Profile)
	c.add(suggested, "suggested-notice", "calendar.suggested")
}

// addSteps adds the steps of a strategy that are not done.
func (c *diary) addSteps() error {
	steps, err := store.Entries[honne.StrategyStep](c.Context(), c.app.Store, c.of.ID)
	if err != nil {
		return fmt.Errorf("web: list steps: %w", err)
	}
	for _, e := range steps {
		if e.By != 0 && e.Body.Done == 0 {
			c.add(e.Body.Due, "step "+e.Code(), "calendar.step", honne.Text("what", c.stepName(e.Body)))
		}
	}
	return nil
}

// addPromises adds what either side promised and nobody has done.
func (c *diary) addPromises() error {
	promises, err := store.Entries[honne.Promise](c.Context(), c.app.Store, c.of.ID)
	if err != nil {
		return fmt.Errorf("web: list agreements: %w", err)
	}
	for _, e := range promises {
		if e.By != 0 && standing(e) {
			c.add(e.Body.Due, "promise "+e.Code(), "calendar.promise."+string(e.Body.By), honne.Text("what", c.inWords(e.Body.What)), honne.Text("code", e.Code()))
		}
	}
	return nil
}

func (c *diary) addAudits() error {
	audits, err := c.auditDates(c.of)
	for _, x := range audits {
		key := fmt.Sprint("audit ", x.Kind, " ", x.Audit, " ", x.Action.Number)
		if x.Kind == audit.CheckDue {
			key += " " + x.On.String()
		}
		c.add(x.On, key, "calendar.audit."+string(x.Kind), honne.Text("code", honne.EntryCode(honne.EntryAudit, x.Audit)), honne.Text("what", c.inWords(x.Action.Body.What)))
	}
	return err
}

// calendarOf writes days as RFC 5545 does: whole days, lines of at most 75 bytes.
func calendarOf(name string, on honne.Date, list []appointment) []byte {
	var b strings.Builder
	line := func(s string) { b.WriteString(folded(s) + "\r\n") }
	plain := func(d honne.Date) string { return strings.ReplaceAll(d.String(), "-", "") }
	line("BEGIN:VCALENDAR")
	line("VERSION:2.0")
	line("PRODID:-//Distributor days//EN")
	line("CALSCALE:GREGORIAN")
	line("METHOD:PUBLISH")
	line("X-WR-CALNAME:" + escaped(name))
	line("REFRESH-INTERVAL;VALUE=DURATION:PT12H")
	for _, x := range list {
		sum := sha256.Sum256([]byte(x.key))
		line("BEGIN:VEVENT")
		line("UID:" + hex.EncodeToString(sum[:16]))
		line("DTSTAMP:" + plain(on) + "T000000Z")
		line("DTSTART;VALUE=DATE:" + plain(x.on))
		line("DTEND;VALUE=DATE:" + plain(x.on+1))
		line("SUMMARY:" + escaped(x.summary))
		line("CATEGORIES:" + escaped(x.about))
		line("TRANSP:TRANSPARENT")
		line("END:VEVENT")
	}
	line("END:VCALENDAR")
	return []byte(b.String())
}

// escaped writes a text (RFC 5545 3.3.11).
func escaped(s string) string {
	return strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`, "\r\n", `\n`, "\n", `\n`, "\r", `\n`).Replace(s)
}

// folded parts a line so that no piece is longer than 75 bytes, and no character
// is cut (RFC 5545 3.1).
func folded(s string) string {
	var b strings.Builder
	room := 75
	for _, r := range s {
		if n := utf8.RuneLen(r); n > room {
			b.WriteString("\r\n ")
			room = 74
		}
		room -= max(1, utf8.RuneLen(r))
		b.WriteRune(r)
	}
	return b.String()
}
