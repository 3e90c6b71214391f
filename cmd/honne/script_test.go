package main

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"honne/internal/honnetest"
	"honne/internal/sample"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"honne": func() { os.Exit(run(context.Background(), os.Args[1:], os.Stdin, os.Stdout, os.Stderr)) },
		"samples": func() {
			if _, err := sample.Write(os.Args[1], sample.Size{Months: 24, Customers: 12, Products: 4}); err != nil {
				panic(err)
			}
		},
		"pack": func() { pack(os.Args[1], os.Args[2:]) },
	})
}

// pack writes an archive of files; one named !FILE is marked as protected by a
// password.
func pack(archive string, files []string) {
	var entries []honnetest.Entry
	for _, name := range files {
		name, locked := strings.CutPrefix(name, "!")
		body, err := os.ReadFile(name)
		if err != nil {
			panic(err)
		}
		entries = append(entries, honnetest.Entry{Name: name, Body: string(body), Locked: locked})
	}
	if err := os.WriteFile(archive, honnetest.Zip(entries...), 0o600); err != nil {
		panic(err)
	}
}

// TestScripts runs the transcripts of the command line in testdata.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{Dir: "testdata", RequireExplicitExec: true, UpdateScripts: os.Getenv("UPDATE_SCRIPTS") != "", Setup: copyBinaries})
}

// copyBinaries puts the files into a script's folder that a script cannot hold.
func copyBinaries(e *testscript.Env) error {
	for _, path := range []string{"compound/testdata/agile.xlsx", "compound/testdata/structure.xlsx", "xls/testdata/rc4.xls", "archive/testdata/aes.zip", "pdf/testdata/calc.pdf", "pdf/testdata/locked.pdf"} {
		raw, err := os.ReadFile("../../internal/intake/" + path)
		if err == nil {
			err = os.WriteFile(filepath.Join(e.WorkDir, filepath.Base(path)), raw, 0o600)
		}
		if err != nil {
			return err
		}
	}
	return nil
}
