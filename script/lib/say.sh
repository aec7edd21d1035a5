# Shared by the shell scripts: where the project is, and how they speak.
# To be sourced. A failure is one sentence with the next step, on stderr, and the exit status 1.

# shellcheck disable=SC2034  # Used by the scripts that source this file.
project=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)

say() { printf '%s\n' "$*" >&2; }

fail() {
  say "$*"
  exit 1
}

# Prints the toolchain's major version; nothing where the command does not run.
swift_version() {
  swift --version 2>/dev/null | sed -n 's/.*Swift version \([0-9][0-9]*\).*/\1/p' | head -n 1
}

needs_swift() {
  local version
  command -v swift >/dev/null ||
    fail "The Swift toolchain is missing: install Swift 6 for Debian 12 from https://www.swift.org/install/linux" \
      "and make sure that the command 'swift' is found."
  version=$(swift_version) || version=
  if [[ -z $version ]]; then
    provide_for_swift
    version=$(swift_version) || version=
  fi
  [[ -n $version ]] ||
    fail "The command 'swift' does not work here: install Swift 6 for Debian 12 from" \
      "https://www.swift.org/install/linux."
  ((version >= 6)) ||
    fail "Swift $version is too old: install Swift 6 or newer from https://www.swift.org/install/linux."
}
