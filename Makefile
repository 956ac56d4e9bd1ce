# Every habit is one word. `make help` lists them; docs/house.md explains them.
SHELL := /bin/sh
PORT ?= 8000
SIZE ?= small
PICTURES ?= screenshots
UV := .tools/bin/uv
RUN := $(UV) run --locked --no-sync
# Compiled once, beside the packages: every start of a process takes half as long, and no folder of source is touched.
export PYTHONDONTWRITEBYTECODE =
export PYTHONPYCACHEPREFIX = $(CURDIR)/.tools/bytecode

# What cuts the power, fills a disk or closes the network needs these; a machine that forbids them is told what it leaves out.
CONFINED := $(shell unshare --user --map-root-user --net --mount true 2>/dev/null && strace -o /dev/null true 2>/dev/null && ip -V >/dev/null 2>&1 && echo yes)
# What tests write goes into memory where there is room: they are about what is written, not about how fast a disk is.
ROOM := $(shell test "$$(df -k --output=avail /dev/shm 2>/dev/null | tail -n 1)" -gt 4000000 && echo /dev/shm)
TRY := $(if $(ROOM),TMPDIR=$(ROOM)) $(RUN)
FAULTS := not release$(if $(CONFINED),, and not confined)

.PHONY: help setup run test journeys reliability soak quick check fix docs sample growth bench release
help:       ## this list
	@sed -n 's/^\([a-z]*\): .*## /\1\t/p' Makefile

$(UV):
	python3 -m pip install --quiet --disable-pip-version-check --root-user-action=ignore --target .tools 'uv>=0.13,<0.14'

.PHONY: packages
packages: $(UV)
	$(UV) sync --locked --quiet --no-dev --inexact

setup: $(UV) ## everything a new machine needs (.venv, the front end, the git hook)
	$(UV) sync --locked --quiet
	@if [ -d .git ] && mkdir -p .git/hooks; then \
	printf '#!/bin/sh\nexec make check\n' > .git/hooks/pre-commit; chmod +x .git/hooks/pre-commit; fi || true

run: packages ## the sample city, served on :8000 (PORT= to change)
	@# A job of its own: Ctrl+C stops the server, not make, which would call that an error.
	@if [ -t 0 ]; then set -m; fi; BIHUAN_DEMO=1 $(RUN) --no-dev bihuan demo --port $(PORT)

test: setup check ## setup, check, all suites on both databases: what CI runs
	@# The longest first, so that nobody waits for one of them at the end.
	$(TRY) pytest -n 2 --dist worksteal tests/house tests/rules tests/actions tests/pages
	$(TRY) python -m tests.postgres pytest -n 2 --dist worksteal tests/actions tests/pages
	@$(if $(CONFINED),true,echo "NOT TRIED HERE: power cuts, full disk, closed network (this machine forbids namespaces or has no strace)")
	@# Four, since much of this is waiting: for a server to come up, for a lock to be given back, for a browser.
	$(TRY) pytest -n 4 --dist worksteal -m "$(FAULTS) and not rehearsed" tests/faults tests/journeys

journeys: ## the long stories in a browser, with a picture of every page in PICTURES=
	mkdir -p $(PICTURES)
	BIHUAN_PICTURES=$(PICTURES) $(TRY) pytest tests/journeys

reliability: ## every promise tried a little: number, figure, floor, goal, and whether its teeth bit
	BIHUAN_REPORT=1 $(TRY) pytest -n 2 --dist worksteal -m "(promise or teeth) and $(FAULTS)" tests

soak: ## the same as often as it is promised (an hour)
	BIHUAN_REPORT=1 BIHUAN_FAULTS=floor $(RUN) pytest -m "promise or teeth or release" tests

quick: ## the two-minute part of it
	$(TRY) pytest -n 2 --dist worksteal tests/house tests/rules tests/actions tests/pages

check: ## ruff, mypy, import contracts
	$(RUN) ruff format --check .
	$(RUN) ruff check .
	$(RUN) lint-imports
	$(RUN) mypy bihuan

fix: ## format and autofix
	$(RUN) ruff format .
	$(RUN) ruff check --fix .

docs: ## lifecycles, permissions, written from the tables
	$(RUN) bihuan document

sample: ## SIZE=small|city|province|nation: fill an empty database (BIHUAN_DATA=… says where)
	$(RUN) bihuan sample $(SIZE)

growth: ## CITY=folder NATION=folder: what a page costs on a big database against a city's; writes docs/growth.md
	$(RUN) python -m tests.bench.growth $(CITY) $(NATION)

bench: ## speed against the floors, at city size; writes docs/performance.md
	$(RUN) python -m tests.bench

release: ## VERSION=0.2.0: the suites and promises, then changelog, version, tag and wheel (dist/)
	@test -n "$(VERSION)" || { echo "Say which: make release VERSION=0.2.0"; exit 2; }
	@test -z "$$(git status --porcelain)" || { echo "Commit first: the work tree is not clean."; exit 2; }
	$(MAKE) test reliability
	sed -i "s/^## Unreleased$$/## Unreleased\n\n## $(VERSION), $$(date +%F)/" CHANGELOG.md
	$(UV) version --quiet --no-sync $(VERSION)
	$(RUN) python -m tests.stored $(VERSION)
	git add tests/samples/releases
	git commit --quiet --all --message "release: Version $(VERSION)."
	git tag --annotate v$(VERSION) --message "Version $(VERSION)"
	$(UV) build --quiet --wheel
	$(UV) export --locked --no-dev --quiet --preview-features sbom-export --format cyclonedx1.5 --output-file dist/bihuan-$(VERSION).cdx.json
