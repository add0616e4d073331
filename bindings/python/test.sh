#!/usr/bin/env bash
# Everything of Python, from nothing: formatting, types, the suite, the wheel, and from an empty
# folder with the wheel in a new environment the samples and the programs of the documents.
#
# Prints as its last line `checked: N passed, M failed`. Exits with 77 when there is no toolchain.
# PYTHON=python3.13 takes another Python than the first in PATH.
set -euo pipefail
cd "$(dirname "$0")/../.."
. tests/suite.sh Python

echo "-- toolchain"
python=${PYTHON:-python3}
command -v "$python" >/dev/null || unavailable "$python is missing (Debian: apt install python3-venv)"
version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 9))' ||
    unavailable "Python 3.9 or newer is needed, $python is $version"

# make_environment <folder> <arguments of pip install ...>
make_environment() {
    "$python" -m venv "$1" && "$1/bin/pip" --quiet --disable-pip-version-check install "${@:2}"
}
requirements=bindings/python/requirements-test.txt
cache=${VSDK_CACHE:-$HOME/.cache/vsdk}/python-$version-$(cksum <$requirements | tr -d ' ')
if [ ! -e "$cache/complete" ]; then
    echo "pytest, mypy, ruff, auditwheel, numpy and pillow come to $cache (90 MB)"
    "$python" -c 'import ensurepip' 2>/dev/null || [ "$(id -u)" != 0 ] || {
        apt-get update -qq && apt-get install -qq -y --no-install-recommends python3-venv
    } >/dev/null 2>&1 || true
    rm -rf "$cache"
    make_environment "$cache" --requirement $requirements ||
        unavailable "an environment with $requirements could not be made (Debian: apt install python3-venv)"
    touch "$cache/complete"
fi
PATH=$cache/bin:$PATH

echo "-- library and local service"
build_library_and_service
export VSDK_LIBRARY=$target/debug/libvsdk.so

echo "-- sources"
cd bindings/python
check "formatting" ruff format --diff . ../../examples/python ../../examples/demo_media.py
check "lint" ruff check .
# Samples explain themselves to their reader, not to a tool that collects documentation.
check "lint of the samples" ruff check --ignore D ../../examples/python ../../examples/demo_media.py
check "types" env MYPYPATH=src mypy --cache-dir "$work/mypy" src tests build_wheel.py ../../examples/python ../../examples/demo_media.py

echo "-- suite, with Python $version"
status=0
PYTHONPATH=src PYTHONDONTWRITEBYTECODE=1 timeout 1200 python -X dev -m pytest -p no:cacheprovider \
    --durations 5 --junit-xml "$work/suite.xml" 2>&1 </dev/null || status=$?
cd ../..
add_junit_reports "$status" "$work/suite.xml"

echo "-- wheel with the release library"
# All that Cargo needs is here by now: the wheel takes no network.
check "make wheel" env CARGO_NET_OFFLINE=true timeout 3000 make --silent wheel
wheel=$(ls "$target"/wheel/vsdk-*.whl)
# auditwheel finds out by itself on which systems the library runs.
audited() {
    auditwheel show "$wheel" | tee "$work/audit"
    local tag=${wheel##*-none-}
    grep -q "consistent with the following platform tag: \"${tag%.whl}\"" <(tr '\n' ' ' <"$work/audit")
}
check "auditwheel agrees with the wheel's name" audited
check "the same files give the same wheel" sh -c "
    python bindings/python/build_wheel.py '$target/release/libvsdk.so' '$work/again' &&
    cmp '$wheel' '$work'/again/*.whl"
check "pip builds it too" env VSDK_LIBRARY="$target/release/libvsdk.so" \
    pip --quiet wheel --no-index --no-build-isolation --no-deps --wheel-dir "$work/pip" bindings/python

echo "-- samples, from an empty folder with the wheel in a new environment"
unset VSDK_LIBRARY
check "a new environment" make_environment "$work/environment" --no-index "$wheel"
mkdir "$work/samples"
cp examples/python/*.py "$work/samples"
run_sample() {
    (cd "$work/samples" && timeout 300 "$work/environment/bin/python" "$1.py" "${@:2}")
}
start_service
compare_samples

echo "-- documents"
for document in README.md bindings/python/README.md; do
    number=$(tests/code_blocks.sh "$document" python "$work/documented")
    [ "$number" -gt 0 ] || { echo "FAILED: no program of $document is marked"; failed=$((failed + 1)); }
    for block in $(seq "$number"); do
        program=("$work/environment/bin/python" bindings/python/tests/launch.py "$work/documented/$block")
        check "$document, program $block" runs "${program[@]}"
        check "$document, program $block explains a failure" explains "${program[@]}"
    done
done
[ "$(tests/code_blocks.sh bindings/python/README.md sh "$work/typed")" = 3 ] ||
    { echo "FAILED: bindings/python/README.md has not 3 marked blocks of shell"; failed=$((failed + 1)); }
check "README: what builds the wheel" test "$(cat "$work/typed/1")" = "make wheel"
check "README: what installs it" make_environment "$work/other" --no-index "$wheel"
sample_of_the_page() {
    (cd "$work/samples" && PATH="$work/environment/bin:$PATH" \
        bash -euc "$(sed "s|http://127.0.0.1:3000|$address|g" "$work/typed/3")") | tee "$work/program"
    grep -q '^event 1      STATE_CHANGED INITIALISED$' "$work/program"
}
check "README: the sample" sample_of_the_page
conclude
