"""Makes the parts of a server and joins them; runs it until a signal."""

import asyncio
import contextlib
import gc
import secrets
import socket
import sys
from dataclasses import dataclass

from antrean import shapes
from antrean.domain.catalogue import Catalogue
from antrean.engine import Engine, StorageUnavailable
from antrean.hall.runner import Hall
from antrean.hub import Hub
from antrean.logs import JsonLog, install
from antrean.media.folder import MediaFolder, stored_names
from antrean.opening import Opened, open_folder
from antrean.settings import Settings
from antrean.simulation.demo import LOGINS, Demo, Orders
from antrean.store.accounts import User
from antrean.views import FORMAT, Views
from antrean.voice.speech import HallSpeech, open_speech
from antrean.web import app, sockets
from antrean.web.accounts import Accounts
from antrean.web.address import Addresses
from antrean.web.backend import Backend
from antrean.web.credentials import Credentials
from antrean.web.limits import PublicLimits
from antrean.web.metrics import Metrics
from antrean.web.passwords import Guard, Passwords
from antrean.web.server import Server, configure, lan_address, listen
from antrean.web.uploads import Uploads

TIDY_SECONDS = 1.0
ADMIN = "admin"


@dataclass(slots=True)
class Parts:
    """Everything that lives as long as the server."""

    settings: Settings
    opened: Opened
    engine: Engine
    hub: Hub
    hall: Hall
    speech: HallSpeech
    backend: Backend
    log: JsonLog


async def serve(settings: Settings, catalogue: Catalogue) -> None:
    """Serve until SIGTERM or SIGINT. Raises UnusableFolder, OSError when the port cannot be had."""
    quiet = settings.log_level == "warning" or sys.stderr.isatty()
    log = JsonLog(requests=not quiet)
    install(log, settings.log_level)
    opened = await open_folder(
        settings.data,
        catalogue,
        FORMAT,
        kind=_kind(settings),
        accept_clock=settings.accept_clock,
        speed=settings.clock_speed,
    )
    try:
        bound = listen(settings.host, settings.port)
    except OSError:
        await opened.store.close()
        raise
    parts = await join(settings, opened, catalogue, log)
    with contextlib.closing(bound):
        await _run(parts, bound)


def _kind(settings: Settings) -> str:
    if settings.clock_speed != 1.0:
        return "simulation"
    return "demo" if settings.demo else "live"


async def join(settings: Settings, opened: Opened, catalogue: Catalogue, log: JsonLog) -> Parts:
    """The engine caught up, the accounts loaded, nothing served yet."""
    loaded, store = opened.loaded, opened.store
    epoch = loaded.epoch or await store.begin_epoch(FORMAT)
    views = Views(loaded.state, epoch, loaded.offsets)
    for entry in loaded.entries:
        views.apply(entry)
    stopped_at = views.state.at
    hub = Hub(views, opened.clock.now)
    metrics = Metrics()
    engine = Engine(store, hub, opened.clock, shapes.answer, metrics)
    await engine.start(catalogue, loaded.digest, FORMAT)
    speech = open_speech(store.folder.path, catalogue, settings.voice_words, settings.voice_clips)
    hall = Hall(engine, speech, hub.end_credential, opened.clock.seconds_until, stopped_at)
    hub.listeners.append(hall.hear)
    accounts = Accounts(engine, hub.end_credential)
    await accounts.load()
    media = MediaFolder(store.folder.path)
    media.sweep(stored_names(engine.published.media.values()))
    backend = Backend(
        settings,
        engine,
        hub,
        accounts,
        Credentials(accounts, engine, store.secret, settings.is_https),
        Addresses(settings.trusted_proxy),
        PublicLimits(),
        Passwords(),
        Guard(),
        metrics,
        log,
        hall,
        Uploads(media),
    )
    metrics.watch("antrean_waiting_commands", "Commands that wait", lambda: engine.waiting)
    metrics.watch("antrean_journal_seq", "Published position", lambda: engine.published.seq)
    metrics.watch("antrean_connections", "Open sockets", lambda: len(hub.peers))
    metrics.watch("antrean_lagging", "Sockets that fell behind", lambda: len(hub.lagging))
    metrics.watch("antrean_slow_closed", "Sockets closed for being slow", lambda: hub.cut_off)
    metrics.watch("antrean_deliveries", "Deliveries of event topics", lambda: hub.delivered)
    return Parts(settings, opened, engine, hub, hall, speech, backend, log)


async def _run(parts: Parts, bound: socket.socket) -> None:
    """Serve on `bound`, with everything that goes on beside it; put all away afterwards."""
    settings, log = parts.settings, parts.log
    host, port = bound.getsockname()[:2]
    shown = f"[{host}]" if ":" in host else host
    url = f"http://{shown}:{port}"
    lan = lan_address() if host in ("0.0.0.0", "::") else None
    parts.backend.base_url = settings.public_url or (f"http://{lan}:{port}" if lan else url)
    words = await (_demo_people(parts) if settings.demo else _first_admin(parts))
    near = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, shown)
    demo = _demo(parts, f"http://{near}:{port}") if settings.demo else None

    def is_ready() -> None:
        print(f"Antrean ready at {url}", flush=True)
        for line in (*([f"In the network: http://{lan}:{port}"] if lan else []), *words):
            print(line, flush=True)

    ws = sockets.route(parts.backend, parts.hub)
    application = app.build(parts.backend, parts.opened.clock.jump_seconds, ws)
    server = Server(configure(application), is_ready)
    if demo is not None:
        server.once_started(demo.start)
    _settle_memory()
    log.start()
    parts.hub.start()
    await parts.hall.start()
    beside = [asyncio.create_task(f) for f in (_tidy(parts), _lag(parts), _watch(parts, server))]
    try:
        await server.serve([bound])
    finally:
        if demo is not None:
            await demo.stop()
        for task in beside:
            task.cancel()
        await asyncio.gather(*beside, return_exceptions=True)
        await parts.hall.stop()
        await parts.speech.close()
        parts.hub.stop()
        await parts.engine.stop()
        log.stop()


async def _first_admin(parts: Parts) -> list[str]:
    """Make the first admin where there is no user; the lines that tell of it."""
    backend = parts.backend
    if backend.accounts.users:
        return []
    given = parts.settings.admin_password
    password = given or secrets.token_urlsafe(12)
    hashed = await backend.passwords.hash(password)
    await backend.accounts.put_user(User(ADMIN, hashed, "admin", "Administrator", None))
    if given:
        return []
    return [f"First admin: user {ADMIN}, password {password} (shown this once)"]


async def _demo_people(parts: Parts) -> list[str]:
    """The demo's logins, made where they are missing; the lines that tell of them, at every
    start."""
    backend = parts.backend
    told = []
    for login in LOGINS:
        password = login.password
        if login.username == ADMIN and parts.settings.admin_password:
            password = parts.settings.admin_password
        if login.username not in backend.accounts.users:
            hashed = await backend.passwords.hash(password)
            await backend.accounts.put_user(
                User(login.username, hashed, login.role, login.name, None)
            )
        shown = "the given password" if password != login.password else password
        told.append(f"Demo login: {login.username} / {shown} ({login.role})")
    return told


def _demo(parts: Parts, url: str) -> Demo:
    """The simulated visitors and clerks, with a credential that lives as long as the server."""
    services = parts.backend.state.catalogue.services.values()
    token = parts.backend.accounts.lend_token("demo", "admin")
    minutes = {s.id: s.service_ms / 60_000 for s in services}
    return Demo(Orders(url, token, parts.settings.demo_speed, minutes))


async def _tidy(parts: Parts) -> None:
    """Write when sessions were used, end those that are over."""
    while True:
        await asyncio.sleep(TIDY_SECONDS)
        with contextlib.suppress(StorageUnavailable):
            await parts.backend.accounts.tidy()


async def _watch(parts: Parts, server: Server) -> None:
    """End the process when its engine did: a start reads what is true from the disk."""
    error = await parts.engine.crashed()
    parts.log.line("engine_ended", level="critical", error=repr(error))
    server.should_exit = True


def _settle_memory() -> None:
    """What a start made stays: the garbage collector need not look at it again and again.

    Nearly all that a command leaves behind is freed by reference counting. With Python's own
    thresholds a full collection walks every ticket of the day, tens of milliseconds at 5,000.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 1_000)


async def _lag(parts: Parts) -> None:
    """Measure how late the loop is, once a second."""
    loop = asyncio.get_running_loop()
    while True:
        due = loop.time() + 1
        await asyncio.sleep(1)
        parts.backend.metrics.loop_lag.observe(max(0.0, loop.time() - due))
