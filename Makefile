# Work on devgen itself: `make test` checks everything, `make demo` shows it.

.PHONY: build demo test bench clean-build

build: node_modules/.package-lock.json
	@node scripts/build.mjs
	@node dist/cli.js generate

demo: node_modules/.package-lock.json
	@node scripts/demo.mjs

test: node_modules/.package-lock.json
	@node scripts/test.mjs

bench: build
	@node scripts/bench.mjs

clean-build:
	rm -rf dist

# Not `npm ci`: it refuses a lock without the optional packages of every platform. This keeps to the lock just the same.
node_modules/.package-lock.json: package.json package-lock.json
	@command -v npm >/dev/null || { echo 'error: Node and npm are needed: https://nodejs.org (20.19 or newer)' >&2; exit 1; }
	npm install --no-save --no-audit --no-fund
	@touch $@
# >>> devgen >>>
-include .devgen/devgen.mk
# <<< devgen <<<
