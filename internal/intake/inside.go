package intake

import (
	"context"
	"errors"
	"iter"

	"honne"
	"honne/internal/intake/archive"
	"honne/internal/intake/source"
	"honne/internal/playbook"
)

// Inner is a file in a file, what keeps it shut, or a message in a mailbox.
type Inner struct {
	honne.File
	Shut *honne.Problem // why it cannot be read; then there are no bytes
	Mail *honne.Mail    // a message that is kept; what is attached to it follows
}

// Inside walks the files in a file, however deep: those of an archive in its
// order, those of an archive within it in their place. A file that holds no
// others yields nothing: Reading.Format.Holds says so too. Of a mailbox the walk
// gives the messages with the partner's domains, each before what is attached to
// it; the others are not opened. Each file comes under the
// name archive.zip/売上.xlsx with what is known of the file around it; its bytes
// may be read until the next one comes. The error is for what is not the file's
// fault, and ends the walk.
//
// A new kind of file that holds others is a case of walk.into.
func Inside(ctx context.Context, f honne.File, p *playbook.Playbook) iter.Seq2[Inner, error] {
	return func(yield func(Inner, error) bool) {
		w := &walk{ctx: ctx, book: p, yield: func(in Inner, err error) bool {
			if err != nil && ctx.Err() != nil {
				err = ctx.Err() // not every library hands on the error of its reader
			}
			return yield(in, err)
		}}
		if _, more := w.into(source.Bound(ctx, f), 1); more && ctx.Err() != nil {
			yield(Inner{}, ctx.Err())
		}
	}
}

// insideDepth is how many files within each other are opened, the outermost
// counted.
const insideDepth = 4

// walk is one walk over what a file holds.
type walk struct {
	ctx   context.Context
	book  *playbook.Playbook
	yield func(Inner, error) bool
}

// into walks what a file holds; held says whether it is of a kind that holds
// files, more whether the walk goes on.
func (w *walk) into(f honne.File, depth int) (held, more bool) {
	switch {
	case archive.Sniff(f.Bytes, f.Size):
		if depth > insideDepth {
			return true, w.shut(f, "entry-too-deep")
		}
		return true, w.archive(f, depth)
	}
	p, ok := source.OpenPost(f, source.HeadOf(f))
	switch {
	case p.Failed() != nil:
		w.yield(Inner{}, p.Failed())
		return true, false
	case !ok:
		return false, true
	case depth > insideDepth:
		return true, w.shut(f, "entry-too-deep")
	}
	return true, w.mailbox(f, p, depth)
}

// give hands out a file that was met, or what it holds in its turn.
func (w *walk) give(f honne.File, depth int) bool {
	if held, more := w.into(f, depth+1); held {
		return more
	}
	return w.yield(Inner{File: f}, nil)
}

// shut hands out a file that cannot be opened, with the reason.
func (w *walk) shut(f honne.File, reason string) bool {
	f.Bytes = nil
	return w.yield(Inner{File: f, Shut: &honne.Problem{Severity: honne.SevError,
		What: honne.Say("problem."+reason, honne.Text("file", f.Name))}}, nil)
}

// archive walks the entries of an archive.
func (w *walk) archive(f honne.File, depth int) bool {
	a, err := archive.Open(f.Bytes, f.Size)
	if w.ctx.Err() != nil {
		return true // Inside says so
	}
	if err != nil {
		return w.shut(f, "unreadable")
	}
	defer a.Close()
	a.Password = f.Password
	empty := true
	for entry, err := range a.Files(w.ctx) {
		in := inner(f, entry.Name, w.book)
		if err == nil {
			in.Bytes, err = entry.Open()
			in.Size = entry.Size
		}
		if empty = false; !w.entry(f, in, err, depth) {
			return false
		}
	}
	if empty {
		return w.shut(f, "empty-archive")
	}
	return true
}

// inner is a file within another one, with what is known of that.
func inner(around honne.File, name string, p *playbook.Playbook) honne.File {
	in := around
	in.Name, in.Bytes, in.Size = around.Name+"/"+name, nil, 0
	in.Receipt = receivedInside(around.Receipt, name, p)
	if in.From == honne.Theirs && in.Kind == "" && p.OurShipments(name) {
		in.From = honne.Ours
	}
	return in
}

// entry hands out an entry of an archive that was opened, or says why it was not.
func (w *walk) entry(archived, in honne.File, err error, depth int) bool {
	var fault *archive.Error
	switch {
	case err == nil:
		return w.give(in, depth)
	case w.ctx.Err() != nil:
		return true // Inside says so
	case !errors.As(err, &fault), fault.Code == archive.CodeTemporary:
		w.yield(Inner{}, err)
		return false
	case fault.Part == "": // of the archive, which ends here
		return w.shut(archived, "archive-stopped")
	}
	switch fault.Code {
	case archive.CodePassword, archive.CodeWrongPassword, archive.CodeTooLarge, archive.CodeTooDeep, archive.CodeMethod:
		return w.shut(in, "entry-"+fault.Code)
	}
	return w.shut(in, "entry-truncated")
}
