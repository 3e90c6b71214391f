package honne

import (
	"fmt"
	"time"
)

// MailboxID numbers a watched mailbox, from 1.
type MailboxID int64

// Mailbox says which folder of which mailbox is watched over IMAP, and how it is
// opened. The connection is always TLS.
type Mailbox struct {
	Host        string `json:"host"`
	Port        int    `json:"port"`
	User        string `json:"user"`
	Folder      string `json:"folder"`                // a folder, or a label where the server has those
	Token       bool   `json:"token,omitempty"`       // the secret is an OAuth token, not a password
	Certificate string `json:"certificate,omitempty"` // PEM of the server or of who vouches for it; "" for one that the machine trusts
	Drop        bool   `json:"drop,omitempty"`        // an address for files: everything in it is taken

	// TokenAt is the address at which the secret, a refresh token, is exchanged
	// for an access token, by the program that Client names; "" where the secret
	// is the access token itself.
	TokenAt string `json:"token_at,omitempty"`
	Client  string `json:"client,omitempty"`
}

// Secrets open a mailbox. They are kept sealed and never shown.
type Secrets struct {
	For    string `json:"for"`              // the account that they are for and no other, as Mailbox.Account names it
	Secret string `json:"secret"`           // password or token
	Client string `json:"client,omitempty"` // of the program that exchanges tokens, where it has one
}

// Account names the account of a mailbox, and where its secrets are shown.
func (m Mailbox) Account() string {
	return fmt.Sprintf("%q at %q:%d by %q", m.User, m.Host, m.Port, m.TokenAt)
}

// Watched is a mailbox with how far its watching has come.
type Watched struct {
	ID MailboxID
	Mailbox
	Sealed  string // the secrets, as package vault sealed them
	Paused  bool
	Version int // counts the changes by people: of the settings, pausing
	Mark    WatchMark
	Looked  time.Time // when all there was had been looked at; zero for never
	Trouble Message   // why that does not work; zero when it does
	Failed  time.Time // when it last did not
}

// WatchMark is how far into a folder the watching has come. Validity and Rule
// say of what: where the server numbers its messages anew, or another message
// may be wanted than before, all are looked at again.
type WatchMark struct {
	Validity uint32 // UIDVALIDITY, RFC 9051 2.3.1.1
	Rule     string // which domains were asked for
	UID      uint32 // up to this one every message was looked at
	Kept     int    // of those: with a partner, and here
	Dropped  int    // with none: only their addresses were seen
	Left     int    // could not be taken: too large, or not handed out
}

// Stray is a message that came to a drop address from somebody who is of no
// partner's domains. It waits for a person who knows whose it is.
type Stray struct {
	SHA256  string
	Name    string
	Size    int64
	Sender  string // address; "" when the message names none
	Receipt Receipt
}
