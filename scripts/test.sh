#!/bin/sh
# Runs every test: those of cargo, then the clients that read the output with other people's libraries.
# Makes a Python environment in .cache/venv when there is none. Ends with how many tests passed.
set -eu
cd "$(dirname "$0")/.."

venv=.cache/venv
if ! "$venv/bin/python" -c 'import rdflib' 2>/dev/null; then
    python3 -m venv "$venv"
    "$venv/bin/pip" install --quiet --disable-pip-version-check 'rdflib==7.*'
fi

log=$(mktemp)
out=$(mktemp -d)
trap 'rm -rf "$log" "$out"' EXIT
status=0

cargo test --no-fail-fast "$@" >"$log" 2>&1 || status=1
grep -E '^(test .*FAILED|error|warning: unused|failures:|---- )' "$log" || true
[ $status -eq 0 ] || cat "$log"

target=${CARGO_TARGET_DIR:-target}
cargo run --quiet -- extract examples -o "$out" --format ttl,nt,nq,trig,rdfxml,jsonld >/dev/null || status=1
"$venv/bin/python" tests/clients/rdf_readable.py "$out" "$target/tmp/export" | tee -a "$log" || status=1
grep -q '^rdf_readable: [1-9][0-9]* passed, 0 failed' "$log" || status=1

passed=$(awk '/^test result:/ { n += $4 } END { print n + 0 }' "$log")
failed=$(awk '/^test result:/ { n += $6 } END { print n + 0 }' "$log")
echo "cargo test: $passed passed, $failed failed"
grep '^rdf_readable:' "$log" || echo 'rdf_readable: did not run'
[ $status -eq 0 ] && echo 'all tests passed' || echo 'some tests FAILED'
exit $status
