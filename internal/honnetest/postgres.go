package honnetest

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"sync"
	"sync/atomic"
	"syscall"
	"time"
)

// server is a private PostgreSQL server on a Unix socket. It lives as long as
// the test process, however that ends: its keeper reads from a pipe that only
// this process can write to.
type server struct {
	dir       string
	superuser string
	keep      io.WriteCloser
	databases atomic.Int64
}

// startServer starts the one server of this process at first use.
var startServer = sync.OnceValues(newServer)

func newServer() (*server, error) {
	bin, err := findPostgres()
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "honne-pg-")
	if err != nil {
		return nil, err
	}
	s := &server{dir: dir, superuser: "honne"}
	as, err := s.owner()
	if err != nil {
		return nil, err
	}
	if err := s.initialise(bin, as); err != nil {
		return nil, err
	}
	if err := s.start(bin, as); err != nil {
		return nil, err
	}
	return s, s.wait()
}

// findPostgres returns the directory of the newest server on this machine.
func findPostgres() (string, error) {
	if p, err := exec.LookPath("initdb"); err == nil {
		return filepath.Dir(p), nil
	}
	found, err := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	if err != nil || len(found) == 0 {
		return "", errors.New("no initdb on this machine: install PostgreSQL")
	}
	return filepath.Dir(found[len(found)-1]), nil
}

// owner gives the directory to an ordinary user when root runs the tests: the
// server refuses root.
func (s *server) owner() (*syscall.SysProcAttr, error) {
	if os.Getuid() != 0 {
		return nil, nil
	}
	u, err := user.Lookup("postgres")
	if err != nil {
		u, err = user.Lookup("nobody")
	}
	if err != nil {
		return nil, err
	}
	uid, uidErr := strconv.Atoi(u.Uid)
	gid, gidErr := strconv.Atoi(u.Gid)
	if err := errors.Join(uidErr, gidErr, os.Chown(s.dir, uid, gid)); err != nil {
		return nil, err
	}
	return &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}}, nil
}

func (s *server) initialise(bin string, as *syscall.SysProcAttr) error {
	cmd := exec.Command(filepath.Join(bin, "initdb"), "-D", s.dir+"/data", "-U", s.superuser,
		"-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync")
	cmd.Dir, cmd.SysProcAttr = s.dir, as
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("initdb: %w: %s", err, out)
	}
	return nil
}

// keeper runs the server until its input ends, then removes all traces.
const keeper = `
"$1/postgres" -D "$2/data" -k "$2" -c listen_addresses= -c fsync=off -c synchronous_commit=off \
	-c full_page_writes=off -c shared_buffers=32MB -c max_connections=60 </dev/null >"$2/log" 2>&1 &
pid=$!
read -r _
kill -QUIT $pid
wait $pid
rm -rf "$2"
`

func (s *server) start(bin string, as *syscall.SysProcAttr) (err error) {
	if as == nil {
		as = &syscall.SysProcAttr{}
	}
	as.Setsid = true
	cmd := exec.Command("/bin/sh", "-c", keeper, "keeper", bin, s.dir)
	cmd.Dir, cmd.SysProcAttr = "/", as
	if s.keep, err = cmd.StdinPipe(); err != nil {
		return err
	}
	return cmd.Start()
}

// wait returns once the server answers.
func (s *server) wait() error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	db, err := sql.Open("pgx", s.address("postgres"))
	if err != nil {
		return err
	}
	defer db.Close()
	for {
		if err = db.PingContext(ctx); err == nil {
			return nil
		}
		select {
		case <-ctx.Done():
			log, _ := os.ReadFile(s.dir + "/log")
			return fmt.Errorf("no answer within a minute: %w: %s", err, log)
		case <-time.After(20 * time.Millisecond):
		}
	}
}

func (s *server) address(database string) string {
	return fmt.Sprintf("postgres:///%s?host=%s&user=%s&sslmode=disable", database, s.dir, s.superuser)
}
