package japan

import (
	"time"

	"honne"
)

// BusinessDayHours is the length of a business day.
const BusinessDayHours = 8

// Worked says business hours, from a day on in business days.
func Worked(hours float64) honne.Message {
	if hours < BusinessDayHours {
		return honne.Say("unit.hours", honne.Number("n", hours))
	}
	return honne.Say("unit.days", honne.Number("n", hours/BusinessDayHours))
}

// BusinessHours returns the time worked between two instants: business days
// from 9 to 18 o'clock in Japan without the hour from 12, negative when to is
// before from. Source: domain 3.4.
func (c *Calendar) BusinessHours(from, to time.Time) time.Duration {
	return c.worked(to) - c.worked(from)
}

// worked returns the time worked up to t, from an origin of its own.
func (c *Calendar) worked(t time.Time) time.Duration {
	day := honne.DateOf(t)
	total := time.Duration(c.until(day)) * BusinessDayHours * time.Hour
	if !c.BusinessDay(day) {
		return total
	}
	return total + workedOn(t.Sub(day.At(0, 0)))
}

// workedOn returns the time worked on a business day by the given time since
// midnight.
func workedOn(sinceMidnight time.Duration) time.Duration {
	morning := min(max(sinceMidnight-9*time.Hour, 0), 3*time.Hour)
	afternoon := min(max(sinceMidnight-13*time.Hour, 0), 5*time.Hour)
	return morning + afternoon
}
