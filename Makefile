# One line of text per target stands after its ##; `make` prints them.
.DEFAULT_GOAL := help
.PHONY: help check test golden bench profile eval proof fuzz run build demo
export CGO_ENABLED := 0

help: ## what can be made
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-7s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

check: ## formatting, vet, build and every test: what a change must pass
	@unformatted=$$(gofmt -l .) && test -z "$$unformatted" || { echo "not formatted, run gofmt -w on:" $$unformatted; exit 1; }
	go vet ./... && go build ./...
	$(MAKE) test

test: ## every test, after installing what they need; with CI=true none is skipped
	tools/install-test-needs
	go test -timeout 20m ./...

golden: ## rewrite the golden files; review the difference like code
	go test $$(grep -rlE --include='*_test.go' 'internal/honnetest"|"update"' . | xargs -n 1 dirname | sort -u) -update

bench: ## honne beside its peers, as ratios: the figures of docs/bench.md, in some minutes; LONG=-long also ten million lines
	go test -count=1 -v -timeout 120m -pgo=$(PROFILE) ./internal/intake/bench -args -proof $(LONG)

# What the compiler is told of where time goes, for the binary and the benches.
PROFILE := $(CURDIR)/tools/honne.pgo

profile: ## watch files being read and imported, for the compiler; once a month or after a large change
	GODEBUG=asyncpreemptoff=1 go test -run '^$$' -bench . -benchtime 60x -cpuprofile $(PROFILE) -o $$(mktemp) ./internal/intake/bench

# Packages with a test whose name holds Evaluation: each prints its lines.
EVALUATED := ./internal/intake/eval ./internal/claim ./internal/promise ./internal/job ./internal/inspect

eval: ## how well files, reasons and promises are understood and distributors judged: the tables of docs/claims.md and docs/simulation.md; fails on anything wrong and certain
	go test -count=1 -v -run Evaluation $(EVALUATED) -args -eval

# Packages with a test whose name begins with TestProof: each prints its lines.
PROVEN := ./internal/intake ./internal/report ./internal/store ./internal/web ./cmd/honne

proof: ## what bad input, kills and late reports must not do: the long part, in an hour or two
	go test -count=1 -v -p 1 -timeout 180m -run '^TestProof' $(PROVEN) -args -proof.long

FUZZTIME ?= 10s

fuzz: ## every fuzz target for FUZZTIME each; what it finds stays under testdata/fuzz
	@grep -rnoE --include='*_test.go' '^func Fuzz[A-Za-z]+' . | sed -E 's/:.*func / /' | while read -r file target; do \
		go test "$$(dirname "$$file")" -run '^$$' -fuzz "^$$target$$" -fuzztime $(FUZZTIME) || exit 1; done

run: ## the application on localhost:8080, its data in ./honne-data
	go run ./cmd/honne serve

build: ## one static binary, bin/honne
	go build -trimpath -pgo=$(PROFILE) -ldflags "-s -w -buildid=" -o bin/honne ./cmd/honne

demo: ## the main job on sample distributors, then the application
	go run ./cmd/honne demo
