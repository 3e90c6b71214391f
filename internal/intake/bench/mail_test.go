//go:build unix

package bench

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"time"

	"honne/internal/intake/mail"
)

// naiveMail is how one reads a mailbox in Python: every message parsed, its
// texts decoded, its attachments taken out, each Message-ID once.
const naiveMail = `
import sys, mailbox, email.policy, hashlib
from email import message_from_binary_file
seen, n, files = set(), 0, 0
box = mailbox.mbox(sys.argv[1], factory=lambda f: message_from_binary_file(f, policy=email.policy.default), create=False)
for m in box:
    n += 1
    if m["message-id"] in seen: continue
    seen.add(m["message-id"])
    m["subject"], m["from"], m["to"], m["date"]
    for p in m.walk():
        if p.is_multipart(): continue
        if p.get_filename(): hashlib.sha256(p.get_payload(decode=True)).digest(); files += 1
        elif p.get_content_maintype() == "text": p.get_content()
print(n, len(seen), files)
`

// claimMail compares reading a mailbox: split, decode, take attachments out,
// leave out what is there twice. Without Python there is nothing to compare.
func claimMail(out io.Writer, dir string) error {
	path := filepath.Join(dir, "mail.mbox")
	python, err := exec.LookPath("python3")
	if err != nil {
		fmt.Fprintf(out, "%-44s skipped: there is no python3\n", "mbox: split, decode, attachments, dedupe")
		return nil
	}
	var ours, theirs string
	o, t, err := paired(2, here(func() (err error) {
		ours, err = readMailbox(path)
		return err
	}), func() (cost, error) {
		c, answer, err := pythonReads(python, path)
		theirs = answer
		return c, err
	})
	if err == nil && ours != theirs {
		err = fmt.Errorf("mailbox: ours %q, theirs %q", ours, theirs)
	}
	claim(out, "mbox: split, decode, attachments, dedupe", "cpu s", o.cpu.Seconds(), t.cpu.Seconds(), 0.2)
	return err
}

func pythonReads(python, path string) (cost, string, error) {
	start := time.Now()
	c := exec.Command(python, "-c", naiveMail, path)
	c.Stderr = os.Stderr
	answer, err := c.Output()
	if err != nil {
		return cost{}, "", err
	}
	used, ok := c.ProcessState.SysUsage().(*syscall.Rusage)
	if !ok {
		return cost{}, "", errors.New("the system does not say what a process used")
	}
	return cost{cpu: time.Duration(used.Utime.Nano() + used.Stime.Nano()), wall: time.Since(start)}, string(answer), nil
}

// readMailbox counts messages, those that are there once, and attachments.
func readMailbox(path string) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	st, err := f.Stat()
	if err != nil {
		return "", err
	}
	seen, n, files := map[string]bool{}, 0, 0
	for m, err := range mail.Open(f, st.Size()).Messages(context.Background()) {
		if err != nil {
			return "", err
		}
		if n++; seen[m.ID] {
			continue
		}
		seen[m.ID] = true
		b, err := m.Read()
		if err != nil {
			return "", err
		}
		for _, a := range b.Files {
			if err := a.Write(sha256.New()); err != nil {
				return "", err
			}
			files++
		}
	}
	return fmt.Sprintf("%d %d %d\n", n, len(seen), files), nil
}
