package mail

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"
)

// Head is what is seen of a message before it is decided whether it is wanted.
type Head struct {
	UID    uint32
	Size   int64  // of the message, as the server says
	Fields []byte // From, Sender, To, Cc and Message-ID, as they stand
}

// AtOnce is how many heads are asked for in one go.
const AtOnce = 200

// Heads reads the heads of the messages behind a number, in the order of their
// numbers, AtOnce together. It ends after an error.
func (s *Session) Heads(ctx context.Context, after uint32) iter.Seq2[[]Head, error] {
	return func(yield func([]Head, error) bool) {
		found, err := s.behind(ctx, after)
		for err == nil && len(found) > 0 {
			var some imap.UIDSet
			some, found = cut(found, AtOnce)
			var heads []Head
			if heads, err = s.heads(ctx, some); err == nil && !yield(heads, nil) {
				return
			}
		}
		if err != nil {
			yield(nil, err)
		}
	}
}

// behind finds the numbers above one. A server answers n:* with its last
// message even where n lies behind that.
func (s *Session) behind(ctx context.Context, after uint32) (found imap.UIDSet, err error) {
	if after == ^uint32(0) {
		return nil, nil
	}
	err = s.step(ctx, 0, func() error {
		data, err := s.client.UIDSearch(&imap.SearchCriteria{UID: []imap.UIDSet{{{Start: imap.UID(after + 1)}}}}, nil).Wait()
		if err != nil {
			return err
		}
		all, ok := data.All.(imap.UIDSet)
		if !ok {
			return errors.New("no numbers")
		}
		for _, r := range all {
			if r.Start = max(r.Start, imap.UID(after+1)); r.Start <= r.Stop {
				found = append(found, r)
			}
		}
		return nil
	})
	return found, err
}

// cut takes the first n numbers off a set, without making a list of it: a range
// may be as long as a server likes.
func cut(set imap.UIDSet, n uint32) (first, rest imap.UIDSet) {
	for i, r := range set {
		if width := uint32(r.Stop-r.Start) + 1; width != 0 && width <= n {
			first, n = append(first, r), n-width
			continue
		}
		if n > 0 {
			first = append(first, imap.UIDRange{Start: r.Start, Stop: r.Start + imap.UID(n-1)})
			r.Start += imap.UID(n)
		}
		return first, append(imap.UIDSet{r}, set[i+1:]...)
	}
	return first, nil
}

func addresses() *imap.FetchItemBodySection {
	return &imap.FetchItemBodySection{Specifier: imap.PartSpecifierHeader, Peek: true,
		HeaderFields: []string{"From", "Sender", "To", "Cc", "Message-ID"}}
}

func (s *Session) heads(ctx context.Context, which imap.UIDSet) (heads []Head, err error) {
	// A head that is longer than it may be is read to its end, and cut.
	err = s.step(ctx, AtOnce*s.limits.Head, func() error {
		cmd := s.client.Fetch(which, &imap.FetchOptions{UID: true, RFC822Size: true, BodySection: []*imap.FetchItemBodySection{addresses()}})
		for m := cmd.Next(); m != nil; m = cmd.Next() {
			h, err := headOf(m, s.limits.Head)
			if err != nil {
				return errors.Join(err, cmd.Close())
			}
			if h.UID != 0 && which.Contains(imap.UID(h.UID)) && len(heads) < AtOnce {
				heads = append(heads, h)
			}
		}
		return cmd.Close()
	})
	return heads, err
}

func headOf(m *imapclient.FetchMessageData, limit int64) (h Head, err error) {
	for item := m.Next(); item != nil; item = m.Next() {
		switch item := item.(type) {
		case imapclient.FetchItemDataUID:
			h.UID = uint32(item.UID)
		case imapclient.FetchItemDataRFC822Size:
			h.Size = item.Size
		case imapclient.FetchItemDataBodySection:
			if item.Literal != nil && h.Fields == nil {
				if h.Fields, err = io.ReadAll(io.LimitReader(item.Literal, limit)); err != nil {
					return h, err
				}
			}
		}
	}
	return h, nil
}

// The reasons why a single message cannot be had, while the mailbox goes on.
var (
	ErrTooLarge = errors.New("mail: the message is larger than what is taken")
	ErrGone     = errors.New("mail: the message is gone")
	ErrWithheld = errors.New("mail: the server does not hand the message out")
)

// errStore marks an error of the writer that a message goes to.
var errStore = errors.New("mail: write the message")

// Message writes a message, as it stands on the server, to w. The error is one
// of the above, a *Trouble, that of w, or that of the context.
func (s *Session) Message(ctx context.Context, h Head, w io.Writer) error {
	if h.Size > s.limits.Message {
		return ErrTooLarge
	}
	written := int64(-1)
	err := s.step(ctx, s.limits.Message, func() error {
		cmd := s.client.Fetch(imap.UIDSetNum(imap.UID(h.UID)), &imap.FetchOptions{UID: true, BodySection: []*imap.FetchItemBodySection{{Peek: true}}})
		var err error
		for m := cmd.Next(); m != nil; m = cmd.Next() {
			if n, e := s.copy(m, h, w); n >= 0 || e != nil {
				written, err = n, errors.Join(err, e)
			}
		}
		if err != nil {
			return errors.Join(err, cmd.Close())
		}
		if no := (*imap.Error)(nil); errors.As(cmd.Close(), &no) {
			return ErrWithheld
		}
		return cmd.Close()
	})
	switch {
	case err == nil && written < 0:
		return ErrGone
	case err == nil && written > s.limits.Message:
		return ErrTooLarge
	}
	return err
}

// copy writes the body of a message; n is -1 where there is none.
func (s *Session) copy(m *imapclient.FetchMessageData, h Head, w io.Writer) (n int64, err error) {
	n = -1
	uid := uint32(0)
	for item := m.Next(); item != nil; item = m.Next() {
		switch item := item.(type) {
		case imapclient.FetchItemDataUID:
			uid = uint32(item.UID)
		case imapclient.FetchItemDataBodySection:
			if item.Literal == nil || n >= 0 || uid != h.UID {
				continue
			}
			sink := &sink{w: w}
			n, err = io.Copy(sink, io.LimitReader(item.Literal, s.limits.Message+1))
			if sink.failed != nil {
				return n, fmt.Errorf("%w: %w", errStore, sink.failed)
			}
			if err != nil {
				return n, err
			}
		}
	}
	return n, nil
}

// sink remembers whether it was the writer that failed.
type sink struct {
	w      io.Writer
	failed error
}

// Write implements io.Writer.
func (s *sink) Write(p []byte) (int, error) {
	n, err := s.w.Write(p)
	s.failed = err
	return n, err
}
