#!/bin/sh
# Antrean: keeps a hall display on this machine's screen. Made by `antrean display-script`.
# Starts Chromium full screen on the address below, and again whenever it ends. Stop: Ctrl-C,
# or `systemctl --user stop @UNIT@`.
#
# From the environment: ANTREAN_DISPLAY_BROWSER names another browser, ANTREAN_DISPLAY_FLAGS gives
# it further flags (separated by spaces; one with --headless needs no screen).
set -u

URL=@URL@
HEALTH=@HEALTH@
INSECURE_ORIGIN=@INSECURE_ORIGIN@
NAME=@NAME@
ROTATE=@ROTATE@

STATE=${XDG_DATA_HOME:-${HOME:?}/.local/share}/antrean-display/$NAME
PROFILE=$STATE/profile
SEEN=$STATE/seen # the page was opened once: from then on the browser has a copy of it
LONGEST_PAUSE=60 # seconds between two starts of a browser that keeps crashing
STEADY=120       # one that ran so long begins again with the shortest
SCREEN_SECONDS=60
browser_pid='' beside='' awake='' looking=''

say() { printf 'antrean-display: %s\n' "$*" >&2; }

die() {
    say "$*"
    exit 1
}

has() { command -v "$1" >/dev/null 2>&1; }

find_browser() {
    for found in ${ANTREAN_DISPLAY_BROWSER:+"$ANTREAN_DISPLAY_BROWSER"} \
        chromium chromium-browser google-chrome google-chrome-stable; do
        if has "$found"; then
            BROWSER=$found
            return 0
        fi
    done
    die 'no Chromium here. Install it: sudo apt install chromium'
}

# Two of these on one screen would take the profile from each other, over and over.
only_one() {
    mkdir -p "$PROFILE" || die "cannot write in $STATE"
    other=$(cat "$STATE/pid" 2>/dev/null)
    case $other in
        '' | *[!0-9]* | "$$") ;;
        *)
            # The number of a process of before a restart may be somebody else's by now.
            if grep -q antrean-display "/proc/$other/cmdline" 2>/dev/null; then
                die "already running (process $other)"
            fi
            ;;
    esac
    printf '%s\n' "$$" >"$STATE/pid"
}

# Sets PLATFORM: none, wayland or x11. A unit of the user starts before the desktop: wait for it.
find_screen() {
    PLATFORM=none
    case " ${ANTREAN_DISPLAY_FLAGS:-} " in *' --headless'*) return 0 ;; esac
    waited=0
    while ! screen_is_there; do
        # Without a desktop cage makes a screen of its own; it runs this script again inside.
        if [ "$waited" -ge 10 ] && has cage && [ -z "${ANTREAN_DISPLAY_CAGE:-}" ]; then
            say 'no desktop: starting cage'
            export ANTREAN_DISPLAY_CAGE=1
            rm -f "$STATE/pid"
            exec cage -- sh "$0"
        fi
        [ "$waited" -lt "$SCREEN_SECONDS" ] ||
            die 'no screen: is the desktop running, with automatic login?'
        sleep 1
        waited=$((waited + 1))
    done
}

screen_is_there() {
    if [ -z "${WAYLAND_DISPLAY:-}" ] && [ -z "${DISPLAY:-}" ]; then
        for socket in "${XDG_RUNTIME_DIR:-/run/user/$(id -u)}"/wayland-*; do
            case $socket in *.lock) continue ;; esac
            if [ -S "$socket" ]; then
                export WAYLAND_DISPLAY="${socket##*/}"
                break
            fi
        done
    fi
    if [ -z "${WAYLAND_DISPLAY:-}" ] && [ -z "${DISPLAY:-}" ]; then
        for socket in /tmp/.X11-unix/X*; do
            if [ -S "$socket" ]; then
                export DISPLAY=":${socket##*/X}"
                # Where GDM keeps what lets a program onto the screen; others use the home.
                gdm=${XDG_RUNTIME_DIR:-/run/user/$(id -u)}/gdm/Xauthority
                [ -n "${XAUTHORITY:-}" ] || [ ! -r "$gdm" ] || export XAUTHORITY="$gdm"
                break
            fi
        done
    fi
    if [ -n "${WAYLAND_DISPLAY:-}" ]; then
        PLATFORM=wayland
    elif [ -n "${DISPLAY:-}" ]; then
        PLATFORM=x11
    else
        return 1
    fi
}

# The screen never sleeps. Whatever of this a machine lacks, the next one may have.
stay_awake() {
    case $PLATFORM in
        x11)
            has xset && { xset s off && xset s noblank && xset -dpms; } >/dev/null 2>&1
            ;;
        wayland)
            # Desktops of wlroots blank the screen with swayidle alone; a TV has no use for it.
            has pkill && pkill -x -u "$(id -u)" swayidle
            has gsettings && gsettings set org.gnome.desktop.session idle-delay 0 2>/dev/null
            has wlopm && wlopm --on '*' >/dev/null 2>&1
            ;;
        none) return 0 ;;
    esac
    [ -z "$awake" ] || return 0
    awake=yes
    if has systemd-inhibit; then
        systemd-inhibit --what=idle:sleep --who=Antrean --why='hall display' \
            sleep 2147483647 >/dev/null 2>&1 &
        beside="$beside $!"
    fi
    if [ "$PLATFORM" = x11 ] && has unclutter; then
        unclutter -idle 1 -root >/dev/null 2>&1 & # no pointer on the picture
        beside="$beside $!"
    fi
}

rotate() {
    [ -n "$ROTATE" ] || return 0
    case $PLATFORM in
        x11)
            has xrandr || return 0
            for output in $(xrandr --query | sed -n 's/^\([^ ]*\) connected.*/\1/p'); do
                xrandr --output "$output" --rotate "$ROTATE" || say "cannot rotate $output"
            done
            ;;
        wayland)
            has wlr-randr || {
                say 'to rotate the screen: sudo apt install wlr-randr'
                return 0
            }
            turn=90
            [ "$ROTATE" = left ] || turn=270
            for output in $(wlr-randr | sed -n 's/^\([^ ][^ ]*\).*/\1/p'); do
                wlr-randr --output "$output" --transform "$turn" || say "cannot rotate $output"
            done
            ;;
    esac
}

answers() {
    if has curl; then
        curl -fsS -m 3 -o /dev/null "$HEALTH" 2>/dev/null
    elif has wget; then
        wget -q -T 3 -t 1 -O /dev/null "$HEALTH" 2>/dev/null
    fi
}

# Where the server does not answer and no copy of the page is there yet, this page waits for it.
waiting_page() {
    cat >"$STATE/waiting.html" <<'WAITING_PAGE'
@WAITING_PAGE@
WAITING_PAGE
    printf 'file://%s\n' "$STATE/waiting.html"
}

first_page() {
    if answers; then
        : >"$SEEN"
        printf '%s\n' "$URL"
    elif [ -e "$SEEN" ]; then
        printf '%s\n' "$URL" # the copy that the browser keeps; it says that it is not connected
    else
        waiting_page
    fi
}

# A machine that always comes up before its server goes by the waiting page every time.
note_when_seen() {
    until answers; do sleep 10; done
    sleep 60
    : >"$SEEN"
}

# No bubble that offers a translation, a password to keep or anything else lies on the board.
ask_nothing() {
    [ ! -e "$PROFILE/Default/Preferences" ] || return 0
    mkdir -p "$PROFILE/Default"
    cat >"$PROFILE/Default/Preferences" <<'PREFERENCES'
{"translate":{"enabled":false},"intl":{"accept_languages":"id,en","selected_languages":"id,en"},"credentials_enable_service":false,"profile":{"exit_type":"Normal","exited_cleanly":true,"password_manager_enabled":false}}
PREFERENCES
}

# After a power cut the browser would ask whether to restore its pages, or, with another host name
# than before, whether the profile is in use.
forget_crash() {
    rm -f "$PROFILE/SingletonLock" "$PROFILE/SingletonCookie" "$PROFILE/SingletonSocket"
    for file in "$PROFILE/Default/Preferences" "$PROFILE/Local State"; do
        [ -f "$file" ] || continue
        sed 's/"exit_type":"[A-Za-z]*"/"exit_type":"Normal"/; s/"exited_cleanly":false/"exited_cleanly":true/' \
            "$file" >"$file.new" && mv -f "$file.new" "$file"
    done
}

start_browser() {
    page=$(first_page)
    if [ ! -e "$SEEN" ] && [ -z "$looking" ]; then
        looking=yes
        note_when_seen &
        beside="$beside $!"
    fi
    set -- --kiosk --user-data-dir="$PROFILE" \
        --autoplay-policy=no-user-gesture-required \
        --no-first-run --no-default-browser-check --noerrdialogs --hide-crash-restore-bubble \
        --disable-pinch --overscroll-history-navigation=0 --disable-features=Translate \
        --check-for-update-interval=31536000 --disable-component-update \
        --password-store=basic --lang=id
    [ -z "$INSECURE_ORIGIN" ] ||
        set -- "$@" --unsafely-treat-insecure-origin-as-secure="$INSECURE_ORIGIN"
    case $PLATFORM in
        wayland) set -- "$@" --ozone-platform=wayland ;;
        x11)
            set -- "$@" --ozone-platform=x11 --window-position=0,0
            # Without a window manager nobody else makes the window as large as the screen.
            size=$(has xrandr && xrandr --current 2>/dev/null |
                sed -n 's/.*current \([0-9]*\) x \([0-9]*\),.*/\1,\2/p' | head -n 1)
            [ -z "$size" ] || set -- "$@" --window-size="$size"
            ;;
    esac
    # Unquoted: these are several words.
    # shellcheck disable=SC2086
    "$BROWSER" "$@" ${ANTREAN_DISPLAY_FLAGS:-} "$page" &
    browser_pid=$!
}

leave() {
    trap '' TERM INT HUP
    for pid in $browser_pid $beside; do kill "$pid" 2>/dev/null; done
    [ -z "$browser_pid" ] || wait "$browser_pid" 2>/dev/null
    rm -f "$STATE/pid"
    exit 0
}

main() {
    find_browser
    only_one
    find_screen
    trap leave TERM INT HUP
    pause=1
    while :; do
        stay_awake
        rotate
        ask_nothing
        forget_crash
        began=$(date +%s)
        start_browser
        wait "$browser_pid"
        status=$?
        browser_pid=''
        [ $(($(date +%s) - began)) -lt "$STEADY" ] || pause=1
        say "the browser ended with $status; again in $pause s"
        # In the background, since a signal must not wait for the end of the pause.
        sleep "$pause" &
        wait "$!"
        pause=$((pause * 2))
        [ "$pause" -le "$LONGEST_PAUSE" ] || pause=$LONGEST_PAUSE
    done
}

main
