#!/usr/bin/env bash
# make test = run.sh all; make test-fast = run.sh fast; make coverage = run.sh coverage, which takes half as long again.
# Browser tests run in a process of their own (Playwright's loop). tests/conftest.py orders the files.
# Every service that the tests want is started by the fixtures of tests/services/fixtures.py; this fetches the programs, and gives the
# folder of the one Elasticsearch that both processes of both parts use. It is in memory where there is room: no test outlives a power cut.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export COVERAGE_FILE=.coverage
unset PYTHONDONTWRITEBYTECODE  # hundreds of processes begin in a run: compiled files halve what each costs
pytest=".venv/bin/python -m pytest"
status=0

if [ "${1:-all}" = fast ]; then
  exec $pytest -q -n 2 --dist loadfile --no-loadscope-reorder -m "not service and not browser and not slow" --durations=5
fi

bash tests/services/tools.sh || { status=$?; echo "tools.sh: some programs could not be installed" >&2; [ "${REQUIRE_SERVICES:-}" != 1 ] || exit $status; }
measured=()
if [ "${1:-all}" = coverage ]; then
  measured=(--cov --cov-report= --cov-append)
  rm -f .coverage .coverage.*
fi
export SERVICE_REPORT SERVICES_DIR; SERVICE_REPORT=$(mktemp)
memory=/dev/shm; [ "$(df --output=avail -k $memory 2>/dev/null | tail -n 1)" -gt 4000000 ] 2>/dev/null || memory=${TMPDIR:-/tmp}
SERVICES_DIR=$(mktemp -d -p "$memory"); chmod 755 "$SERVICES_DIR"
trap '[ ! -d "$SERVICES_DIR/elasticsearch" ] || bash tests/services/elasticsearch/stop.sh "$SERVICES_DIR/elasticsearch"; rm -rf "$SERVICES_DIR" "$SERVICE_REPORT"' EXIT
$pytest -n 2 --dist loadfile --no-loadscope-reorder -q -m "not browser" --durations=15 "${measured[@]}" "${@:2}" || status=1
$pytest -n 2 --dist loadfile --no-loadscope-reorder -q -m browser tests/browser --durations=5 "${measured[@]}" || status=1
if [ ${#measured[@]} -gt 0 ]; then
  .venv/bin/python -m coverage combine -q --append 2>/dev/null
  .venv/bin/python -m coverage report --skip-covered | tail -n 25
fi
echo; echo "Services:"
for name in elasticsearch postgres redis s3 toxiproxy nginx chromium firefox webkit html-checker; do
  grep -q "^$name" "$SERVICE_REPORT" || printf '%s\tNOT USED by the tests that ran\n' "$name" >> "$SERVICE_REPORT"
done
sort -u "$SERVICE_REPORT" | while IFS=$'\t' read -r name outcome; do
  case $outcome in NOT*) printf '  \033[31m%-14s %s\033[0m\n' "$name" "$outcome" ;; *) printf '  %-14s %s\n' "$name" "$outcome" ;; esac
done
exit $status
