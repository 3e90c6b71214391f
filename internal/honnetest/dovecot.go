package honnetest

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"math/big"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"honne"
	"honne/internal/honnetest/corpus"
)

// Dovecot is a private IMAP server with one account, whose folders are
// directories of files (Maildir). It lives as long as the test.
type Dovecot struct {
	Box      honne.Mailbox // its INBOX; Certificate is the server's own
	Password string
	dir      string
	bin      string
	as       *syscall.SysProcAttr
	running  *exec.Cmd
	keep     io.WriteCloser
	sent     int
}

// StartDovecot starts a server on a port of its own. tokens, when it is not "",
// is an address that says of a token whose it is (RFC 7662); then signing in by
// OAuth works as well, by the named mechanisms. Without dovecot on the machine the test is skipped, in CI
// it fails.
func StartDovecot(t testing.TB, tokens string, mechanisms ...string) *Dovecot {
	t.Helper()
	bin, err := exec.LookPath("dovecot")
	if err != nil {
		if bin = "/usr/sbin/dovecot"; !isFile(bin) {
			corpus.Missing(t, "dovecot: "+err.Error())
		}
	}
	d := &Dovecot{bin: bin, Password: "opensesame-3141", as: &syscall.SysProcAttr{Setsid: true}}
	if d.dir, err = os.MkdirTemp("", "honne-imap-"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		d.Stop(t)
		if err := os.RemoveAll(d.dir); err != nil {
			t.Error(err)
		}
	})
	d.Box = honne.Mailbox{Host: "localhost", Port: freePort(t), User: "anna@nordlund.example", Folder: "INBOX"}
	if err := d.configure(tokens, strings.Join(mechanisms, " ")); err != nil {
		t.Fatal(err)
	}
	d.Start(t)
	return d
}

func isFile(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular()
}

func freePort(t testing.TB) int {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port
}

const dovecotConf = `
protocols = imap
listen = 127.0.0.1
base_dir = %[1]s/run
state_dir = %[1]s/run
log_path = %[1]s/log
ssl = required
ssl_cert = <%[1]s/cert.pem
ssl_key = <%[1]s/key.pem
disable_plaintext_auth = yes
auth_failure_delay = 0
auth_mechanisms = plain login%[6]s
default_internal_user = %[2]s
default_internal_group = %[3]s
default_login_user = %[2]s
first_valid_uid = 1
mail_location = maildir:%[1]s/mail
mail_uid = %[2]s
mail_gid = %[3]s
maildir_very_dirty_syncs = no
fsync_disable = yes
namespace inbox {
  inbox = yes
}
service imap-login {
  chroot =
  inet_listener imap {
    port = 0
  }
  inet_listener imaps {
    port = %[4]d
    ssl = yes
  }
}
service anvil {
  chroot =
}
passdb {
  driver = static
  args = password=%[5]s
}
%[7]s
userdb {
  driver = static
  args = uid=%[2]s gid=%[3]s home=%[1]s
}
`

const tokenConf = `
tokeninfo_url =
introspection_url = %s
introspection_mode = post
force_introspection = yes
username_attribute = username
active_attribute = active
active_value = true
`

func (d *Dovecot) configure(tokens, ways string) error {
	name, group, err := d.owner()
	if err != nil {
		return err
	}
	mechanisms, passdb := "", ""
	if tokens != "" {
		mechanisms = " " + ways
		passdb = "passdb {\n  driver = oauth2\n  mechanisms = " + ways + "\n  args = " + d.dir + "/tokens.conf\n}\n"
	}
	cert, key, err := selfSigned()
	if err != nil {
		return err
	}
	d.Box.Certificate = string(cert)
	conf := fmt.Sprintf(dovecotConf, d.dir, name, group, d.Box.Port, d.Password, mechanisms, passdb)
	for name, text := range map[string][]byte{"conf": []byte(conf), "cert.pem": cert, "key.pem": key, "tokens.conf": fmt.Appendf(nil, tokenConf, tokens)} {
		if err := os.WriteFile(filepath.Join(d.dir, name), text, 0o644); err != nil {
			return err
		}
	}
	for _, sub := range []string{"run", "mail", "mail/new", "mail/cur", "mail/tmp"} {
		if err := errors.Join(os.MkdirAll(filepath.Join(d.dir, sub), 0o755), d.give(sub)); err != nil {
			return err
		}
	}
	return d.give(".")
}

// owner is who the server runs as: the user of the test, or an ordinary one
// where that is root, whom the server gives no mail.
func (d *Dovecot) owner() (name, group string, err error) {
	u, err := user.Current()
	if err == nil && os.Getuid() == 0 {
		if u, err = user.Lookup("nobody"); err == nil {
			uid, _ := strconv.ParseUint(u.Uid, 10, 32)
			gid, _ := strconv.ParseUint(u.Gid, 10, 32)
			d.as.Credential = &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
		}
	}
	if err != nil {
		return "", "", err
	}
	g, err := user.LookupGroupId(u.Gid)
	if err != nil {
		return "", "", err
	}
	return u.Username, g.Name, nil
}

func (d *Dovecot) give(path string) error {
	if d.as.Credential == nil {
		return nil
	}
	return os.Chown(filepath.Join(d.dir, path), int(d.as.Credential.Uid), int(d.as.Credential.Gid))
}

func selfSigned() (cert, key []byte, err error) {
	k, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, nil, err
	}
	c := &x509.Certificate{SerialNumber: big.NewInt(1), DNSNames: []string{"localhost"}, NotBefore: time.Now().Add(-time.Hour),
		NotAfter: time.Now().Add(24 * time.Hour), IsCA: true, BasicConstraintsValid: true}
	der, err := x509.CreateCertificate(rand.Reader, c, c, &k.PublicKey, k)
	if err != nil {
		return nil, nil, err
	}
	raw, err := x509.MarshalPKCS8PrivateKey(k)
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}), pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: raw}), err
}

// imapKeeper runs the server until its input ends.
const imapKeeper = `
"$1" -F -c "$2/conf" </dev/null >>"$2/out" 2>&1 &
pid=$!
read -r _
kill -TERM $pid
wait $pid
`

// Start starts the server again after Stop and returns once it answers.
func (d *Dovecot) Start(t testing.TB) {
	t.Helper()
	d.running = exec.Command("/bin/sh", "-c", imapKeeper, "keeper", d.bin, d.dir)
	d.running.Dir, d.running.SysProcAttr = "/", d.as
	var err error
	if d.keep, err = d.running.StdinPipe(); err == nil {
		err = d.running.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	pool := x509.NewCertPool()
	pool.AppendCertsFromPEM([]byte(d.Box.Certificate))
	for range 500 {
		var c *tls.Conn
		if c, err = tls.Dial("tcp", d.Address(), &tls.Config{RootCAs: pool, ServerName: "localhost"}); err == nil {
			c.Close()
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
	log, _ := os.ReadFile(filepath.Join(d.dir, "log"))
	out, _ := os.ReadFile(filepath.Join(d.dir, "out"))
	t.Fatalf("dovecot does not answer: %v\n%s%s", err, log, out)
}

// Address is where the server listens, HOST:PORT.
func (d *Dovecot) Address() string { return net.JoinHostPort(d.Box.Host, strconv.Itoa(d.Box.Port)) }

// Stop stops the server, with every connection to it.
func (d *Dovecot) Stop(t testing.TB) {
	t.Helper()
	if d.running == nil {
		return
	}
	_ = d.keep.Close()
	_ = d.running.Wait()                                      // it was told to end
	_ = syscall.Kill(-d.running.Process.Pid, syscall.SIGKILL) // those that still wait for a client
	d.running = nil
}

// Deliver puts a message into the INBOX, as a server of mail does.
func (d *Dovecot) Deliver(t testing.TB, message string) {
	t.Helper()
	d.sent++
	name := fmt.Sprintf("%d.M%dP1.localhost", 1_770_000_000+d.sent, d.sent)
	tmp, to := filepath.Join("mail/tmp", name), filepath.Join("mail/new", name)
	err := os.WriteFile(filepath.Join(d.dir, tmp), []byte(strings.ReplaceAll(message, "\n", "\r\n")), 0o644)
	if err = errors.Join(err, d.give(tmp), os.Rename(filepath.Join(d.dir, tmp), filepath.Join(d.dir, to))); err != nil {
		t.Fatal(err)
	}
}

// Renumber makes the server number its messages anew, as one does that was
// restored from a backup. The server must be stopped.
func (d *Dovecot) Renumber(t testing.TB) {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(d.dir, "mail", "dovecot*"))
	for _, f := range found {
		err = errors.Join(err, os.Remove(f))
	}
	if err != nil || len(found) == 0 {
		t.Fatalf("no numbers to forget: %v", err)
	}
}

// Seen counts the messages that bear a mark that they were read, answered or
// deleted.
func (d *Dovecot) Seen(t testing.TB) (n int) {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(d.dir, "mail", "cur", "*"))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range found {
		if _, flags, ok := strings.Cut(filepath.Base(f), ":2,"); ok && flags != "" {
			n++
		}
	}
	return n
}
