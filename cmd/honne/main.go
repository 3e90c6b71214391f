// Command honne shows what is really happening at a Japanese distributor: it
// reads the distributor's own files, keeps what was reported and when, and
// serves the application. The package owns flags, wiring and the words of a
// terminal; it refuses to think: every command calls the same rooms as the web
// pages do.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"slices"
	"syscall"
	"time"

	"github.com/alecthomas/kong"

	"honne/internal/inspect"
	"honne/internal/intake"
	"honne/internal/lang"
	"honne/internal/playbook"
	"honne/playbooks"
)

// cli is the command table. To add a command, write its file and add its line.
type cli struct {
	Demo     demoCmd     `cmd:"" help:"Read the sample distributors, print what is really happening, serve the application."`
	Inspect  inspectCmd  `cmd:"" help:"Read a distributor's folder and print what is really happening."`
	Read     readCmd     `cmd:"" help:"Print what was understood of a file."`
	Import   importCmd   `cmd:"" help:"Take files into the database, as the web page does."`
	Claims   claimsCmd   `cmd:"" help:"Recognise reasons given for what did not happen, in text."`
	Report   reportCmd   `cmd:"" help:"Write a document about a distributor of the database."`
	Serve    serveCmd    `cmd:"" help:"Serve the application for a team."`
	Backup   backupCmd   `cmd:"" help:"Write database, originals and the head of the history into one file, while serving."`
	Restore  restoreCmd  `cmd:"" help:"Fill an empty database and vault from a backup, of either kind of database."`
	Playbook playbookCmd `cmd:"" help:"Check, try, list and train playbooks."`
	Verify   verifyCmd   `cmd:"" help:"Check the history, the ledger and the originals."`
	User     userCmd     `cmd:"" help:"Accounts without the web page."`
	Version  versionCmd  `cmd:"" help:"Print version, commit, build and playbook versions."`
}

// Exit statuses: the work is done; done, but something in the input could not
// be understood; the command could not run.
const (
	exitDone    = 0
	exitProblem = 1
	exitFailed  = 2
)

// errProblems says that the command did its work, and that its output lists
// something that could not be understood.
var errProblems = errors.New("something in the input could not be understood")

// env is what a command works with.
type env struct {
	ctx  context.Context
	in   io.Reader
	out  io.Writer
	err  io.Writer
	now  func() time.Time
	lang *lang.Catalogues
	book *playbook.Playbook

	filePassword string // opens locked files: HONNE_FILE_PASSWORD; no flag, which others on the machine could see
}

func main() {
	intake.TuneMemory()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// run runs one command line and returns the exit status.
func run(ctx context.Context, args []string, in io.Reader, out, errOut io.Writer) int {
	var c cli
	status := -1
	k, err := kong.New(&c, kong.Name("honne"), kong.Writers(out, errOut), kong.UsageOnError(),
		kong.Description("honne 本音: what is really happening at your Japanese distributor."),
		kong.Exit(func(code int) { status = code }))
	if err != nil {
		fmt.Fprintln(errOut, "honne:", err)
		return exitFailed
	}
	parsed, err := k.Parse(orHelp(args))
	if status >= 0 {
		return status
	}
	if err != nil {
		return failed(errOut, err)
	}
	e, err := newEnv(ctx, in, out, errOut)
	if err != nil {
		return failed(errOut, err)
	}
	err = parsed.Run(e)
	switch {
	case errors.Is(err, errProblems):
		return exitProblem
	case err != nil:
		return failed(errOut, err)
	}
	return exitDone
}

// orHelp asks for help where nothing is asked for; honne help inspect is honne inspect
// --help.
func orHelp(args []string) []string {
	switch {
	case len(args) == 0:
		return []string{"--help"}
	case args[0] == "help":
		return append(slices.Clone(args[1:]), "--help")
	}
	return args
}

func failed(w io.Writer, err error) int {
	fmt.Fprintln(w, "honne:", advise(err))
	return exitFailed
}

func newEnv(ctx context.Context, in io.Reader, out, errOut io.Writer) (*env, error) {
	catalogues, err := lang.Load()
	if err != nil {
		return nil, err
	}
	book, err := playbook.Load(playbooks.FS, "japan")
	if err == nil {
		err = inspect.Check(book)
	}
	if err != nil {
		return nil, err
	}
	return &env{ctx: ctx, in: in, out: out, err: errOut, now: time.Now, lang: catalogues, book: book,
		filePassword: os.Getenv("HONNE_FILE_PASSWORD")}, nil
}
