# shellcheck shell=sh
# What all scripts share: find Python, make .venv and keep it equal to a lock file.
# Sourced by them, never run. POSIX sh, since a fresh Debian has neither make nor bash for sure.

ROOT=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
VENV=$ROOT/.venv
export PIP_DISABLE_PIP_VERSION_CHECK=1

die() {
    printf '%s: %s\n' "${0##*/}" "$*" >&2
    exit 1
}

say() { printf '%s: %s\n' "${0##*/}" "$*" >&2; }

has() { command -v "$1" >/dev/null 2>&1; }

# apt WHY PACKAGE...: installs Debian packages as root or through sudo, else says what is missing.
apt() {
    why=$1
    shift
    has apt-get || die "$why is missing. Install it (on Debian: $*) and try again."
    if [ "$(id -u)" = 0 ]; then
        as_root=
    elif has sudo && { sudo -n true 2>/dev/null || [ -t 0 ]; }; then
        as_root=sudo
    else
        die "$why is missing and this user may not install it. Run as root: apt-get install $*"
    fi
    say "installing $* (for $why)"
    $as_root apt-get update -q >&2 || say 'apt-get update failed; trying with the lists at hand'
    $as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get install -q -y --no-install-recommends "$@" >&2 ||
        die "apt-get could not install $*"
}

# Prints a Python that can make environments: 3.11 or later, with venv and ensurepip.
find_python() {
    for candidate in python3 python3.11 python3.12 python3.13 python3.14 /usr/bin/python3; do
        if has "$candidate" && "$candidate" -c '
import sys, venv, ensurepip
sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            command -v "$candidate"
            return 0
        fi
    done
    return 1
}

# lock_sum LOCK: changes with the lock and the place of the checkout, since an
# environment holds absolute paths and a moved one must be made again.
lock_sum() {
    { cat "$ROOT/$1"; printf '%s' "$ROOT"; } | cksum
}

stamped() { [ "$(cat "$VENV/.stamp-$1" 2>/dev/null)" = "$(lock_sum "$1")" ]; }

make_venv() {
    python=$(find_python) || {
        apt 'Python 3.11 or later with venv' python3 python3-venv
        python=$(find_python) || die 'needs Python 3.11 or later (Debian 12 and later have it).'
    }
    "$python" -m venv --clear "$VENV" || die "could not make $VENV with $python"
}

# The project itself is put on the path instead of being built and installed: that needs no
# build backend in the runtime lock and takes no time.
link_project() {
    site=$("$VENV/bin/python" -c 'import sysconfig; print(sysconfig.get_path("purelib"))')
    printf '%s\n' "$ROOT/server" >"$site/antrean.pth"
    cat >"$VENV/bin/antrean" <<END
#!$VENV/bin/python
import sys

from antrean.__main__ import main

if __name__ == "__main__":
    sys.exit(main())
END
    chmod +x "$VENV/bin/antrean"
}

# environment LOCK: .venv holds what LOCK names. The test lock contains the runtime lock, so
# that one environment serves both.
environment() {
    stamped "$1" && return 0
    # Two scripts started at once must not install into one environment together.
    exec 9>"$ROOT/.venv.lock"
    if has flock; then flock 9; fi
    if ! stamped "$1"; then
        "$VENV/bin/python" -m pip --version >/dev/null 2>&1 &&
            grep -qF "$ROOT" "$VENV/bin/pip" 2>/dev/null || make_venv
        say "installing $1 into ${VENV#"$ROOT"/}"
        "$VENV/bin/python" -m pip install -q --require-hashes --no-deps -r "$ROOT/$1" >&2 ||
            die "could not install $1 (is a package index within reach?)"
        link_project
        if [ "$1" = requirements-test.txt ]; then
            lock_sum requirements.txt >"$VENV/.stamp-requirements.txt"
        fi
        lock_sum "$1" >"$VENV/.stamp-$1"
    fi
    exec 9>&-
}

# The programs that read JavaScript: acorn parses what old screens must understand.
javascript_tools() {
    has node && has npm || apt 'Node.js' nodejs npm
    sum=$(cksum <"$ROOT/package-lock.json")
    [ "$(cat "$ROOT/node_modules/.stamp" 2>/dev/null)" = "$sum" ] && return 0
    say 'installing package-lock.json into node_modules'
    (cd "$ROOT" && npm ci --silent --ignore-scripts --no-audit --no-fund >&2) ||
        die 'could not install package-lock.json'
    printf '%s\n' "$sum" >"$ROOT/node_modules/.stamp"
}

# Not called chromium: `command -v` would find the function.
browser() {
    for candidate in chromium chromium-browser google-chrome; do
        has "$candidate" && return 0
    done
    # A font too: without any, Chromium draws no text where a page brings none.
    apt 'Chromium' chromium fonts-dejavu-core
}
