#!/usr/bin/env bash
# Everything a machine can say about the code without running it; stops at nothing, fails if anything failed.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
status=0
step() { echo "· $1"; shift; "$@" || status=1; }
export DJANGO_SETTINGS_MODULE=library.settings.test
step "ruff check" .venv/bin/ruff check -q .
step "ruff format" .venv/bin/ruff format -q --check .
step "mypy (strict)" .venv/bin/mypy --no-error-summary
step "import contracts" .venv/bin/lint-imports --no-cache
step "templates" .venv/bin/djlint --lint --quiet templates media_pipeline/templates
step "migrations complete" .venv/bin/python manage.py makemigrations --check --dry-run -v 0
step "django check" .venv/bin/python manage.py check -v 0 --fail-level WARNING
step "translations" .venv/bin/python manage.py translate --check
step "measures" .venv/bin/python -m tests.measures
[ $status = 0 ] && echo "lint: clean" || echo "lint: FAILED"
exit $status
