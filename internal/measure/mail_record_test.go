package measure

import (
	"time"

	"honne"
)

func clockAt(day, clock string) int64 {
	t, err := time.Parse("2006-01-02 15:04 -0700", day+" "+clock+" +0900")
	if err != nil {
		panic(err)
	}
	return t.UnixMicro()
}

// turn reads: turn side day time thread [asks n] [words n] [ack|auto|report|reply|inexact|third|consents|for-consent|by-day|for-day]
func (d *draft) turn(f []string) {
	n := len(d.r.Turns)
	t := honne.Turn{Mail: honne.MailID(n + 1), At: clockAt(f[2], f[3]), Exact: true, Side: honne.Side(f[1]), Kind: honne.Substance,
		Thread: int32(number(f[4])), Words: int32(1000 + n)}
	for i := 5; i < len(f); i++ {
		switch f[i] {
		case "asks":
			t.Asks = int(number(f[i+1]))
			i++
		case "writer":
			i++
			t.Writer = int32(number(f[i]))
		case "words":
			t.Words = int32(number(f[i+1]))
			i++
		case "ack":
			t.Kind = honne.Acknowledgement
		case "consents":
			t.Kind, t.Consent = honne.Acknowledgement, honne.ConsentGiven
		case "for-day":
			t.Day = true
		case "by-day":
			t.Kind, t.Day = honne.Acknowledgement, true
		case "for-consent":
			t.Consent = honne.ConsentAsked
		case "auto":
			t.Kind = honne.Automatic
		case "report":
			t.Kind = honne.ReportTurn
		case "reply":
			t.Reply = true
		case "inexact":
			t.Exact = false
		default:
			panic("no such word: " + f[i])
		}
	}
	d.r.Turns = append(d.r.Turns, t)
}

// ask reads: ask side day time [day time], a conversation of its own.
func (d *draft) ask(f []string) {
	thread := int32(100 + len(d.r.Turns))
	add := func(side honne.Side, at int64, asks int) {
		n := len(d.r.Turns)
		d.r.Turns = append(d.r.Turns, honne.Turn{Mail: honne.MailID(n + 1), At: at, Exact: true, Side: side, Kind: honne.Substance,
			Asks: asks, Reply: asks == 0, Thread: thread, Words: int32(1000 + n)})
	}
	add(honne.Side(f[1]), clockAt(f[2], f[3]), 1)
	if len(f) > 4 {
		add(other(honne.Side(f[1])), clockAt(f[4], f[5]), 0)
	}
}

// meeting reads: meeting side day [side day|off]…
func (d *draft) meeting(f []string) {
	m := honne.Meeting{By: honne.Side(f[1]), Set: date(f[2])}
	for i := 3; i+1 < len(f); i += 2 {
		move := honne.Move{By: honne.Side(f[i]), On: m.Set - 1}
		if f[i+1] != "off" {
			move.To = date(f[i+1])
		}
		m.Moves = append(m.Moves, move)
	}
	d.r.Meetings = append(d.r.Meetings, m)
}
