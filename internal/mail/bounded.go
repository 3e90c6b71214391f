package mail

import (
	"errors"
	"net"
	"sync/atomic"
	"time"
)

// bounded is a connection over which a server can send so many bytes and no
// more. Time is bounded by who uses it, who closes it.
type bounded struct {
	net.Conn
	left atomic.Int64
}

var errTooMuch = errors.New("the server sends more than an answer can be")

// Read implements net.Conn.
func (b *bounded) Read(p []byte) (int, error) {
	if b.left.Load() <= 0 {
		return 0, errTooMuch
	}
	n, err := b.Conn.Read(p)
	b.left.Add(int64(-n))
	return n, err
}

// SetReadDeadline leaves the time to the steps: the client's own allows a server
// that drips a byte now and then all the time it wants.
func (b *bounded) SetReadDeadline(time.Time) error { return nil }
