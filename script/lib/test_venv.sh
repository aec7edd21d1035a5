# The packages from PyPI that the tests use, in a virtual environment of their own, build/test-venv. To be sourced after
# say.sh. A stamp says which list of packages is installed: with the same list nothing is done and nothing is fetched.

test_venv=$project/build/test-venv
test_requirements=$project/Tests/requirements.txt
# Debian's own: the versions are pinned for it, and another Python may come first on the path.
test_python=${DUETML_TEST_PYTHON:-/usr/bin/python3}

test_venv_is_whole() {
  [[ -x $test_venv/bin/python ]] && cmp -s "$test_requirements" "$test_venv/installed.txt" &&
    "$test_venv/bin/python" -c '' 2>/dev/null
}

needs_test_venv() {
  [[ -e $test_requirements ]] || return 0
  test_venv_is_whole && return
  say "Fetching the test packages from PyPI (200 MB; this takes a few minutes)."
  rm -rf "$test_venv"
  # Whatever ends this early leaves nothing half-installed behind.
  trap 'rm -rf "$scratch" "$test_venv"' EXIT
  "$test_python" -m venv "$test_venv" >>"$log" 2>&1 ||
    fail "Python cannot make a virtual environment in $test_venv (see $log): install python3-venv and run this again."
  "$test_venv/bin/pip" install --quiet --no-deps --only-binary :all: --disable-pip-version-check --retries 2 \
    --requirement "$test_requirements" >>"$log" 2>&1 || test_packages_failed
  cp "$test_requirements" "$test_venv/installed.txt"
  trap 'rm -rf "$scratch"' EXIT
}

test_packages_failed() {
  if grep -qE 'NewConnectionError|ConnectTimeout|Name or service|Temporary failure|Network is unreachable' "$log"; then
    fail "The test packages cannot be fetched because pypi.org cannot be reached: check the network connection and run" \
      "this again. Nothing was installed."
  fi
  fail "The test packages could not be fetched (see $log): run this again later. Nothing was installed."
}
