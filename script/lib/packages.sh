# The Debian packages, and how the missing ones are installed: all downloaded first, then installed, so that a
# broken connection leaves nothing half done. To be sourced after say.sh. Needs root, or sudo, only if one is missing.

# What the Swift toolchain itself needs to start and to link on a Debian without anything else.
packages_of_swift=(
  binutils binutils-gold git libc6-dev libcurl4 libedit2 libgcc-12-dev libncurses6 libsqlite3-0 libstdc++-12-dev
  libxml2 tzdata zlib1g-dev
)
packages_to_run=(
  pkg-config libc6-dev libstdc++-12-dev
  libadwaita-1-dev libgtk-4-dev libcurl4-openssl-dev libopenblas-dev libsqlite3-dev libsecret-1-dev
  libgdk-pixbuf-2.0-dev libturbojpeg0-dev liblcms2-dev libpango1.0-dev webp-pixbuf-loader librsvg2-common adwaita-icon-theme
  fonts-cantarell fonts-noto-cjk tuxpaint-stamps-default gettext ca-certificates python3 python3-pip
)
packages_to_test=(
  xvfb xauth openbox dbus dbus-x11 at-spi2-core gir1.2-atspi-2.0 gir1.2-gtk-4.0 python3-gi xdotool x11-utils
  imagemagick desktop-file-utils libc6-dev-arm64-cross python3-venv openssl
)

# Prints those of the named packages that are not installed.
missing_packages() {
  local installed
  # dpkg-query fails as soon as one package is unknown; what it printed still counts.
  installed=$(dpkg-query -W -f '${db:Status-Status} ${Package}\n' "$@" 2>/dev/null || true)
  local package
  for package in "$@"; do
    grep -qxF "installed $package" <<<"$installed" || printf '%s\n' "$package"
  done
}

as_root() {
  if (($(id -u) == 0)); then "$@"; else sudo "$@"; fi
}

apt() {
  as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=120 "$@" >>"$log" 2>&1
}

needs_root() {
  (($(id -u) == 0)) && return
  command -v sudo >/dev/null && { sudo -n true 2>/dev/null || { [[ -t 0 ]] && sudo -v; }; } && return
  fail "These Debian packages are missing and only an administrator may install them: ask for" \
    "'apt-get install --no-install-recommends $*', then run this again."
}

download_packages() { apt install --download-only --no-install-recommends "$@"; }

# $log names the file that takes what apt-get says.
install_packages() {
  (($# == 0)) && return
  needs_root "$@"
  say "Installing Debian packages: $*"
  # The lists of packages may be missing or older than the archive: fetched only then, and once.
  if ! download_packages "$@"; then
    apt update || true
    download_packages "$@" || packages_failed "$@"
  fi
  apt install --no-download --no-install-recommends "$@" || packages_failed "$@"
}

packages_failed() {
  local reason="see $log"
  if grep -qE 'Temporary failure resolving|Could not resolve|Could not connect|Network is unreachable' "$log"; then
    fail "The Debian archive cannot be reached: check the network connection and run this again." \
      "Nothing was installed."
  fi
  if grep -qE 'Unable to locate package|has no installation candidate' "$log"; then
    reason="this system does not offer all of them, and Debian 12 is needed (see $log)"
  fi
  fail "The Debian packages $* could not be installed: $reason. Put that right and run this again."
}
