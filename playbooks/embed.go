// Package playbooks holds the playbooks that ship with honne: judgement as
// content, in YAML, with its tests beside it. It refuses to hold logic: package
// internal/playbook reads what is here.
package playbooks

import "embed"

// FS holds one folder a playbook, named by its id, and lock.yaml, the versions
// and hashes of all.
//
//go:embed japan lock.yaml
var FS embed.FS
