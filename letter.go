package honne

import (
	"fmt"
	"time"
)

// Outgoing is the server by which the program sends mail, as an administrator
// named it. Without one nothing is sent.
type Outgoing struct {
	Host        string   `json:"host"`
	Port        int      `json:"port"`
	Security    Security `json:"security"`
	User        string   `json:"user,omitempty"` // "" where the server asks for none
	From        string   `json:"from"`           // the address in whose name it is sent
	Certificate string   `json:"certificate,omitempty"`
	Base        string   `json:"base"` // the address at which people reach this program, without / at its end
	Paused      bool     `json:"paused,omitempty"`
	Sealed      string   `json:"sealed,omitempty"` // the password, as package vault sealed it
}

// Security is how the connection to a server of mail is kept secret.
type Security string

// The ways: TLS from the start, by STARTTLS, or none, which only a server on this
// machine is trusted with.
const (
	SecureTLS      Security = "tls"
	SecureStartTLS Security = "starttls"
	SecureNone     Security = "none"
)

// AllSecurities lists them in their order.
var AllSecurities = []Security{SecureStartTLS, SecureTLS, SecureNone}

// Account names where a password is shown: it is for that account and no other.
func (o Outgoing) Account() string { return fmt.Sprintf("%q at %q:%d", o.User, o.Host, o.Port) }

// Letter is mail to one person, as text and as HTML.
type Letter struct {
	To      string
	Subject string
	Text    string
	HTML    string
	Key     string // of the message: the same letter has the same
	At      time.Time
}

// Notices is what a person asked to be told of.
type Notices struct {
	Weekly bool      // one letter a week, when something waits
	Sent   time.Time // when the last was begun; zero for never
	Feed   bool      // a calendar by a secret address
}
