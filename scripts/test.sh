#!/bin/sh
# Runs every test: those of cargo, then the clients that read the output with other people's libraries.
# Makes a Python environment in .cache/venv when there is none. The last line is "N passed, N failed"; the exit code is
# 0 only when nothing failed.
set -u
cd "$(dirname "$0")/.." || exit 1

log=$(mktemp)
out=$(mktemp -d)
trap 'rm -rf "$log" "$out"' EXIT
broken=0 # stages that could not run to their end

cargo test --no-fail-fast "$@" >"$log" 2>&1
if [ $? -ne 0 ]; then
    cat "$log"
    # A package that doesn't compile counts as a failure too.
    grep -q '^test result: FAILED' "$log" || broken=$((broken + 1))
fi

venv=.cache/venv
if ! "$venv/bin/python" -c 'import rdflib' 2>/dev/null; then
    python3 -m venv "$venv" && "$venv/bin/pip" install --quiet --disable-pip-version-check 'rdflib==7.*'
fi
cargo run --quiet -- extract examples -o "$out" --format ttl,nt,nq,trig,rdfxml,jsonld >/dev/null || broken=$((broken + 1))
"$venv/bin/python" tests/clients/rdf_readable.py "$out" "${CARGO_TARGET_DIR:-target}/tmp/export" >"$out/clients" 2>&1
cat "$out/clients"
grep -q '^rdf_readable: [0-9]* passed, [0-9]* failed' "$out/clients" || broken=$((broken + 1))

# "test result: ok. 12 passed; 0 failed; ..." of cargo, "rdf_readable: 12 passed, 0 failed" of the clients.
awk -v broken="$broken" '
    /^test result:/ { passed += $4; failed += $6 }
    /^rdf_readable: [0-9]/ { passed += $2; failed += $4 }
    END { failed += broken; print passed + 0 " passed, " failed + 0 " failed"; exit failed > 0 || passed == 0 }
' "$log" "$out/clients"
