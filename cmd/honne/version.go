package main

import (
	"fmt"
	"runtime"
	"runtime/debug"
)

// version is the released version; the build of a checkout is named by its commit.
const version = "0.1.0"

type versionCmd struct{}

// Run prints version, commit, build and playbooks.
func (versionCmd) Run(e *env) error {
	commit := "unknown"
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, s := range info.Settings {
			if s.Key == "vcs.revision" {
				commit = s.Value
			}
		}
	}
	_, err := fmt.Fprintf(e.out, "honne %s\ncommit %s\nbuild %s %s/%s\nplaybooks %s\n",
		version, commit, runtime.Version(), runtime.GOOS, runtime.GOARCH, e.book)
	return err
}
