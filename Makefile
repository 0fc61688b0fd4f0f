# Respite. `make test` is the whole check; it installs what it needs or says what it went without.

GOLANGCI_LINT_VERSION := v2.15.0
GOLANGCI_LINT := .bin/golangci-lint-$(GOLANGCI_LINT_VERSION)

.PHONY: test needs fmt vet lint unit build demo update clean

test: needs fmt vet lint unit

# System packages: redis-server for the store's tests, chromium and a Chinese font for the browser's.
needs:
	@sh .ci/needs

fmt:
	@files=$$(gofmt -l $$(git ls-files --cached --others --exclude-standard '*.go')); \
	if [ -n "$$files" ]; then echo "not gofmt-ed:"; echo "$$files"; exit 1; fi

vet:
	go vet ./...

lint: $(GOLANGCI_LINT)
	$(GOLANGCI_LINT) run --timeout 10m ./...

$(GOLANGCI_LINT):
	GOBIN=$(CURDIR)/.bin go install github.com/golangci/golangci-lint/v2/cmd/golangci-lint@$(GOLANGCI_LINT_VERSION)
	mv .bin/golangci-lint $@

unit:
	go test -race -shuffle=on ./...

# Without HTTP/2, which neither Telegram nor a proxy in front of the bot is spoken to by.
build:
	CGO_ENABLED=0 go build -tags nethttpomithttp2 -trimpath -ldflags="-s -w" -o respite ./cmd/respite

demo:
	go run ./cmd/respite demo

# Rewrites what tests compare with: conversations, the diagram in README.md, golden records, leanings. Look at the difference before you commit it.
update:
	go test ./bot ./cmd/respite ./dialog ./dialog/understand ./policy -run 'Scripts|Graph|GoldenRecords|GoldenLeanings|FaultyBooks' -update

clean:
	rm -rf .bin respite
