# What the scripts of this folder share. Sourced, not run.

say() { printf '%s\n' "$*" >&2; }
die() { say "$1"; exit "${2:-1}"; }

# need COMMAND-OR-FILE=PACKAGE...: installs the Debian packages whose command or file (a path, with * at will) is missing.
need() {
    local missing=() pair what
    for pair in "$@"; do
        what=${pair%%=*}
        case $what in
        /*) compgen -G "$what" >/dev/null || missing+=("${pair#*=}") ;;
        *) command -v "$what" >/dev/null 2>&1 || missing+=("${pair#*=}") ;;
        esac
    done
    [ ${#missing[@]} -eq 0 ] && return 0
    command -v apt-get >/dev/null 2>&1 || die "Please install: ${missing[*]} (this script knows only apt)." 69
    local sudo=()
    [ "$(id -u)" -eq 0 ] || sudo=(sudo)
    say "Installing ${missing[*]} …"
    local log
    log=$(mktemp)
    if ! { "${sudo[@]}" apt-get update -qq && DEBIAN_FRONTEND=noninteractive "${sudo[@]}" apt-get install -y -qq \
        --no-install-recommends "${missing[@]}"; } >"$log" 2>&1 </dev/null; then
        tail -n 20 "$log" >&2
        die "The packages could not be installed; the whole log is $log." 69
    fi
    rm -f "$log"
}

# need_swift: stops with advice where there is no Swift 6.2 or later.
need_swift() {
    local version
    version=$(swift --version 2>/dev/null | sed -n 's/.*Swift version \([0-9]*\.[0-9]*\).*/\1/p' | head -n 1)
    case ${version:-none} in
    none) die "OnRecord is built with Swift 6.2 or later, which is not on the PATH.
Get it from https://www.swift.org/install/linux/ (unpack it and add its usr/bin to the PATH), then run this again." 69 ;;
    [0-5].* | 6.[01]) die "OnRecord needs Swift 6.2 or later; this is $version. Get it from https://www.swift.org/install/linux/." 69 ;;
    esac
}

# need_libraries: the C libraries that the services are built on.
need_libraries() {
    need /usr/include/zmq.h=libzmq3-dev /usr/include/sqlite3.h=libsqlite3-dev /usr/include/sodium.h=libsodium-dev \
        /usr/include/libxml2/libxml/HTMLparser.h=libxml2-dev \
        "/usr/include/*/curl/curl.h=libcurl4-openssl-dev" \
        /usr/include/cmark.h=libcmark-dev /usr/include/uchardet/uchardet.h=libuchardet-dev \
        /usr/include/microhttpd.h=libmicrohttpd-dev
}

# need_postgres: what journals in PostgreSQL are built on, and a server for their tests.
need_postgres() {
    need /usr/include/postgresql/libpq-fe.h=libpq-dev '/usr/lib/postgresql/*/bin/postgres=postgresql'
}

# need_browser: what pages are tested in.
need_browser() {
    need chromium=chromium
}

# The build that the tests run: what is released, but with every trait and with what tests may look into, in a folder of its own so
# that it never makes the default build start anew, and with the symbols of its public interfaces for the documentation.
test_folder=.build/test
symbols=$test_folder/symbols
test_build=(-c release -Xswiftc -enable-testing --scratch-path "$test_folder" --traits Postgres -Xswiftc -emit-symbol-graph
    -Xswiftc -emit-symbol-graph-dir -Xswiftc "$PWD/$symbols" -Xswiftc -symbol-graph-minimum-access-level -Xswiftc public)
