package mail

import "honne"

// Kind is a reason why a mailbox cannot be watched: the catalogue entry
// mailbox.trouble.KIND says it, and what to do.
type Kind string

// The kinds.
const (
	Unreachable    Kind = "unreachable"     // no answer at that address
	NoTLS          Kind = "no-tls"          // what answers speaks no TLS
	Untrusted      Kind = "untrusted"       // nobody that is trusted vouches for the server
	BadCertificate Kind = "bad-certificate" // the certificate stated is none
	NotIMAP        Kind = "not-imap"        // what answers is no server of mail
	Refused        Kind = "refused"         // user or password
	RefusedToken   Kind = "refused-token"   // the token, or the server takes none
	NoToken        Kind = "no-token"        // no token was given for the refresh token
	NoFolder       Kind = "no-folder"
	Silent         Kind = "silent"   // no answer in time
	TooMuch        Kind = "too-much" // an answer without end
	Broken         Kind = "broken"   // the connection ended, or the answer was none
)

// Trouble says why a mailbox cannot be watched.
type Trouble struct {
	Kind Kind
	Host string
	err  error
}

func trouble(k Kind, host string, err error) *Trouble { return &Trouble{k, host, err} }

// What says it to a person, and what to do.
func (t *Trouble) What() honne.Message {
	return honne.Say("mailbox.trouble."+string(t.Kind), honne.Text("host", t.Host))
}

// Error names the kind and the host, for logs; nothing that the server said.
func (t *Trouble) Error() string {
	text := "mail: " + t.Host + ": " + string(t.Kind)
	if t.err != nil {
		text += ": " + t.err.Error()
	}
	return text
}

// Unwrap returns what was wrong beneath.
func (t *Trouble) Unwrap() error { return t.err }
