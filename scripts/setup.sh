# Sourced by ./run, ./test and ./fuzz: installs Debian packages that are missing and builds a preset.
# Quick and silent when nothing is to do.

say() { printf '%s\n' "$*" >&2; }

# ensure_packages LIST...: each LIST is a file under scripts/packages/, a package a line. A line
# "PACKAGE command:NAME" says that the command being there is enough, wherever it comes from.
ensure_packages() {
  local missing=() package instead
  if ! command -v dpkg-query >/dev/null; then
    say "escrowstorm: this is not a Debian system. Install what scripts/packages/ lists by hand, then"
    say "             run again with ESCROWSTORM_NO_INSTALL=1."
    [ -n "${ESCROWSTORM_NO_INSTALL:-}" ] || exit 1
    return 0
  fi
  [ -z "${ESCROWSTORM_NO_INSTALL:-}" ] || return 0
  while read -r package instead; do
    [ -z "$instead" ] || ! command -v "${instead#command:}" >/dev/null || continue
    [ "$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null)" = installed ] ||
      missing+=("$package")
  done < <(cd "$root/scripts/packages" && sed -e 's/#.*//' -e '/^[[:space:]]*$/d' -- "$@")
  [ ${#missing[@]} -gt 0 ] || return 0

  say "escrowstorm: installing ${#missing[@]} Debian packages: ${missing[*]}"
  local as_root=()
  if [ "$(id -u)" != 0 ]; then
    if sudo -n true 2>/dev/null; then
      as_root=(sudo -n)
    else
      say "escrowstorm: I may not install packages here. As root, once:"
      say "  apt-get update && apt-get install --no-install-recommends ${missing[*]}"
      exit 1
    fi
  fi
  local log=$root/build/packages.log
  mkdir -p "$root/build"
  # --no-remove: other versions of Boost's -dev packages conflict; yours are never taken away.
  if ! { "${as_root[@]}" apt-get update -q &&
    DEBIAN_FRONTEND=noninteractive "${as_root[@]}" apt-get install -qy --no-remove \
      --no-install-recommends "${missing[@]}"; } >"$log" 2>&1; then
    tail -n 15 "$log" >&2
    say "escrowstorm: apt-get could not install the packages above; its last words are printed there."
    exit 1
  fi
}

# ensure_npm FOLDER: installs the npm packages that FOLDER/package-lock.json pins, when it has changed
# since they were.
ensure_npm() {
  local folder=$root/$1 log=$root/build/npm.log
  local installed=$folder/node_modules/installed-lock.json
  ! cmp -s "$folder/package-lock.json" "$installed" || return 0
  if ! command -v npm >/dev/null; then
    say "escrowstorm: npm is missing: install what scripts/packages/ lists."
    exit 1
  fi
  say "escrowstorm: installing what $1 takes from npm"
  mkdir -p "$root/build"
  if ! (cd "$folder" && npm ci --omit=dev --ignore-scripts --no-audit --no-fund) >"$log" 2>&1; then
    tail -n 15 "$log" >&2
    say "escrowstorm: npm could not install what $1 takes; its last words are printed there."
    exit 1
  fi
  cp "$folder/package-lock.json" "$installed"
}

# has_tests PRESET: whether build/PRESET is configured with tests and benchmarks.
has_tests() { grep -qs '^ESCROWSTORM_TESTS:BOOL=ON' "$root/build/$1/CMakeCache.txt"; }

# build_preset PRESET [TARGET...]: configures where needed, also when the presets have changed, builds, shows output only on failure or
# on a terminal. With with_tests=ON in the environment the tests are configured too, which takes
# the packages of the list `test`; without it a build that has them keeps them.
build_preset() {
  local preset=$1 log=$root/build/$1.log targets=()
  shift
  [ $# -eq 0 ] || targets=(--target "$@")
  mkdir -p "$root/build"
  local tests=${with_tests:-OFF} configured=$root/build/$preset/configured
  ! has_tests "$preset" || tests=ON
  if [ ! -f "$root/build/$preset/build.ninja" ] ||
    [ "$root/CMakePresets.json" -nt "$configured" ] ||
    { [ "$tests" = ON ] && ! has_tests "$preset"; }; then
    say "escrowstorm: configuring build/$preset"
    if ! (cd "$root" && cmake --preset "$preset" "-DESCROWSTORM_TESTS=$tests" \
      "-DESCROWSTORM_BENCH=$tests") >"$log" 2>&1; then
      cat "$log" >&2
      say "escrowstorm: configuring failed, see above."
      exit 1
    fi
    touch "$configured"
  fi
  if ! (cd "$root" && cmake --build --preset "$preset" "${targets[@]}" 2>&1) | tee "$log" |
    show_building "build/$preset"; then
    grep -v '^\[[0-9]*/[0-9]*\] ' "$log" | tail -n 60 >&2
    say "escrowstorm: the build failed, see above."
    exit 1
  fi
}

# Reads what ninja prints: says once that something is built, and counts along on a terminal.
show_building() {
  local line said= counting=
  [ ! -t 2 ] || counting=1
  while IFS= read -r line; do
    [[ $line =~ ^\[[0-9]+/[0-9]+\]\ (Building|Linking|Generating) ]] || continue
    [ -n "$said" ] || say "escrowstorm: building $1 (the first time takes some minutes)"
    said=1
    [ -z "$counting" ] || printf '\r  %s ' "${line%% *}" >&2
  done
  [ -z "$said" ] || [ -z "$counting" ] || printf '\r           \r' >&2
}
