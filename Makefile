# Everything a person does here begins with one of these. `make help` lists them.

CARGO ?= cargo
TARGET := $(or $(CARGO_TARGET_DIR),target)
GENERATED := $(TARGET)/debug/generated

.DEFAULT_GOAL := help
.PHONY: help demo demo-media install uninstall tarball wheel test test-deep lint header platforms audit docs bench clean

help: ## This list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' Makefile

demo: ## The seed flow for real: token, room, meeting, against a local service
	@examples/demo.sh

demo-media: ## Media for real: a file sent and recorded, two who see and hear each other, demo.png
	@examples/demo_media.sh

install: ## The library for C and C++: below PREFIX (default /usr/local), staged in DESTDIR
	@PREFIX="$(PREFIX)" DESTDIR="$(DESTDIR)" packaging/install.sh

uninstall: ## Take away what `make install` with the same PREFIX has put there
	@PREFIX="$(PREFIX)" DESTDIR="$(DESTDIR)" packaging/uninstall.sh

tarball: ## What `make install` installs, packed for machines like this one, in target/dist
	@packaging/tarball.sh

wheel: ## The library for Python: a wheel for this machine in target/wheel
	@bindings/python/build_wheel.sh

test: ## All tests; installs what it needs and says so first
	@tests/run.sh

test-deep: ## All tests, and the long ones: fuzzing, soak and repetition
	@tests/run.sh --deep

lint: ## Formatting, clippy, generated files, licences and sources
	@tests/lint.sh

header: ## Write include/vsdk.h and everything else that is generated anew
	$(CARGO) build --quiet
	@cp -R $(GENERATED)/. .
	@packaging/notices.sh >$(TARGET)/notices && cp $(TARGET)/notices THIRD-PARTY-NOTICES

platforms: ## What is claimed of each platform, proven again
	@tests/platforms/all.sh

audit: ## Known faults in what the library is built from; asks the advisory database
	@. tests/tools.sh && need_cargo_deny && "$$CARGO_DENY" check advisories

docs: ## All documents and the reference as pages for a browser, in target/docs
	@docs/site/build.sh

bench: ## Speed beside its peers, and sizes; writes nothing
	@benches/run.sh

clean: ## Remove what was built
	$(CARGO) clean
