# The commands of the project. `make run` needs only Python 3.11 or newer; `make test` brings up the real services it can.
PYTHON ?= python3
BIN := .venv/bin
.DEFAULT_GOAL := help
.PHONY: help run test test-fast coverage lint format setup-dev translations starter-media bench-media bench-import bench-packs bench-search bench-tiles bench-pages relevance mutants

help:            ## this list
	@sed -n 's/^\([a-z-]*\): *##/\1/p; s/^\([a-z-]*\):.*## */\1\t/p' Makefile | sort -u

run:             ## start the library here: SQLite, embedded search, worker, starter collection
	@exec $(PYTHON) run.py

setup-dev:
	@$(PYTHON) run.py --setup dev

test: setup-dev  ## the whole suite with every real service that can be had; REQUIRE_SERVICES=1 makes a missing one a failure
	@bash tests/run.sh all

test-fast: setup-dev  ## the suite without services and browser, at most two minutes
	@bash tests/run.sh fast

coverage: setup-dev  ## the whole suite, and which lines it runs
	@bash tests/run.sh coverage

lint: setup-dev  ## ruff, mypy, import contracts, templates, translations, layout
	@bash tests/lint.sh

format: setup-dev ## let ruff and djlint write the layout of the code
	$(BIN)/ruff check --fix . ; $(BIN)/ruff format . ; $(BIN)/djlint --reformat --quiet templates

translations: setup-dev  ## collect strings into library/locale and compile them
	$(BIN)/python manage.py translate

starter-media: setup-dev  ## make the files of collections/starter/media anew (espeak-ng, Noto Sans, ffmpeg)
	$(BIN)/python manage.py make_starter_media

bench-media: setup-dev  ## the pipeline against its peers and its own floor, in one run
	$(BIN)/python -m tests.bench.media

bench-import: setup-dev  ## an import of 10,000 rows against Wagtail's own loop, in one run
	$(BIN)/python -m tests.bench.exchange.importing
	$(BIN)/python -m tests.bench.exchange.exporting

bench-packs: setup-dev  ## a pack of one people with sound against a plain ZIP of the same files, in one run (RECORDS=300)
	$(BIN)/python -m tests.bench.packs $(RECORDS)

bench-search: setup-dev  ## the search against the bare engine, in one run (RECORDS=100000)
	$(BIN)/python -m tests.bench.search --records $(or $(RECORDS),20000)
	$(if $(SEARCH_SEMANTIC),$(BIN)/python -m tests.bench.by_meaning --records $(or $(RECORDS),20000))

bench-tiles: setup-dev  ## one tile from the tree of public links and from a tile server, behind the same nginx
	$(BIN)/python -m tests.bench.tiles

bench-pages: setup-dev  ## whole pages while four readers ask and one officer saves (RECORDS=100000, KEEP=folder)
	$(BIN)/python -m tests.bench.pages $(if $(RECORDS),--records $(RECORDS)) $(if $(KEEP),--keep $(KEEP))

mutants: setup-dev  ## break the code on purpose: do the tests that promise to see it fail?
	$(BIN)/python -m tests.mutants

relevance: setup-dev  ## what the search finds, against relevance judgements and, where present, the retrieval set
	$(BIN)/python -m tests.bench.relevance
