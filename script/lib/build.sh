# The release build of the app and of the command line, skipped where nothing changed since the last one.
# To be sourced after say.sh. Afterwards $programs holds duetml and duet.

# shellcheck disable=SC2034  # Used by the scripts that source this file.
programs=$project/.build/release
built=$project/build/built

# The newest change is compared with the last finished build; a folder's time changes when a file in it goes.
is_built() {
  [[ -x $programs/duetml && -x $programs/duet && -e $built ]] &&
    [[ -z $(find "$project/Sources" "$project/Package.swift" -newer "$built" -print -quit) ]]
}

build_release() {
  is_built && return
  say "Building DuetML; the first time this takes some minutes."
  local begun=$built.begun
  touch "$begun"
  swift build --package-path "$project" -c release >&2 ||
    fail "DuetML could not be built: the lines above say why. Check that the newest version is unchanged, then run" \
      "script/run again."
  mv "$begun" "$built"
}
