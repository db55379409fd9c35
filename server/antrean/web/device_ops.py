"""What displays say at their sockets: those that want to be paired, and those that are.

What a device said is handed to the hall, which knows what follows from it. Here is decided only
who may say it, and whether it has the right shape: what comes from a display stands in the journal
and on screens of staff.
"""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from antrean import shapes
from antrean.domain.hall_model import Sound
from antrean.web.device_bodies import Drawn, Report, Said, Unsaid, heard

if TYPE_CHECKING:
    from antrean.web.sockets import Socket

Json = dict[str, Any]
REPORT_RATE, REPORT_BURST = 1.0, 30.0  # of one device: each that says something new is journalled


def pair(socket: "Socket", said: Json) -> None:
    """Answers with a code, the same one for as long as it can be used."""
    backend = socket.backend
    if socket.device is not None or socket.is_paired:
        socket.refuse("conflict")
        return
    offer = backend.pairing.offer(socket, socket.address)
    if offer is None:
        socket.refuse("rate_limited")
        return
    until = backend.engine.now() + round(backend.pairing.seconds_left(offer) * 1000)
    site = backend.state.catalogue.site
    socket.write(op="pairing", code=offer.code, until=shapes.iso(site, until))


def tell_paired(socket: "Socket", device_id: str) -> None:
    """The last thing that this socket is good for: the display comes anew, with the token."""
    backend = socket.backend
    device = backend.state.devices.get(device_id)
    if device is None:  # removed in the same moment
        return
    shape = shapes.device(backend.state, device)
    token = backend.credentials.device_token(device_id)
    socket.write(op="paired", device=shape, token=token)


def report(socket: "Socket", said: Json) -> None:
    told = heard(said, Report)
    if not isinstance(told, Report):
        socket.refuse("invalid")
        return
    backend, device = socket.backend, _device_of(socket)
    if socket.sockets.reports.take(device):
        socket.refuse("rate_limited")
        return
    backend.hall.report(
        device,
        Sound(told.sound),
        told.version,
        told.screen,
        clock=told.clock,
        speaking=told.speaking,
        heard=None if told.heard is None else frozenset(told.heard),
    )


def shown(socket: "Socket", said: Json) -> None:
    told = heard(said, Drawn)
    if isinstance(told, Drawn):
        socket.backend.hall.shown(_device_of(socket), told.seq)
    else:
        socket.refuse("invalid")


def spoken(socket: "Socket", said: Json) -> None:
    told = heard(said, Said)
    if isinstance(told, Said):
        socket.backend.hall.spoken(_device_of(socket), told.id)
    else:
        socket.refuse("invalid")


def unspoken(socket: "Socket", said: Json) -> None:
    told = heard(said, Unsaid)
    if isinstance(told, Unsaid):
        socket.backend.hall.unspoken(_device_of(socket), told.id, told.word)
    else:
        socket.refuse("invalid")


def _device_of(socket: "Socket") -> str:
    assert socket.device is not None
    return socket.device


Handler = Callable[["Socket", Json], None]


def _of_devices(handler: Handler) -> Handler:
    """Refuses everyone who is no paired display: with the token of another display, too, nobody
    confirms what was never said in the hall."""

    def checked(socket: "Socket", said: Json) -> None:
        if socket.device is None:
            socket.refuse("forbidden")
        elif socket.sockets.words.take(socket.device):
            socket.refuse("rate_limited")
        else:
            handler(socket, said)

    return checked


OPS: Mapping[str, Handler] = {
    "pair": pair,
    "report": _of_devices(report),
    "shown": _of_devices(shown),
    "spoken": _of_devices(spoken),
    "unspoken": _of_devices(unspoken),
}
