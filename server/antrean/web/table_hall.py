"""The endpoints of the hall: its displays, its boards, its media. A part of `table`."""

from antrean.web import bodies, device_bodies
from antrean.web.endpoint import ADMIN, ANYONE, SUPERVISOR, Endpoint
from antrean.web.handlers import devices, media, zones
from antrean.web.lists import PAGES as _PAGES


# fmt: off
def _of_devices() -> tuple[Endpoint, ...]:
    verbs = (
        ("identify", devices.identify, "Have a display say which one it is"),
        ("reload", devices.reload, "Have a display load its page anew"),
        ("test-sound", devices.test_sound, "Have a display make a sound"),
    )
    return (
        Endpoint(
            method="GET", path="/devices", who=SUPERVISOR, handler=devices.devices,
            answer="Devices", summary="All paired displays", query=_PAGES, tag="devices",
        ),
        Endpoint(
            method="GET", path="/devices/{id}", who=SUPERVISOR, handler=devices.device,
            answer="Device", summary="One paired display", tag="devices",
        ),
        Endpoint(
            method="POST", path="/devices", who=ADMIN, handler=devices.pair, answer="OfDevice",
            body=device_bodies.NewDevice, success=201, codes=("unknown_code",), keyed=True,
            summary="Pair the display that shows the code", tag="devices",
        ),
        Endpoint(
            method="PATCH", path="/devices/{id}", who=SUPERVISOR, handler=devices.change,
            answer="OfDevice", body=device_bodies.DeviceChange, tag="devices",
            summary="Change name, zone, layout or settings; the display is told at once",
        ),
        Endpoint(
            method="DELETE", path="/devices/{id}", who=SUPERVISOR, handler=devices.remove,
            answer="OfDevice", summary="Revoke a display; its sockets close", tag="devices",
        ),
        *(
            Endpoint(
                method="POST", path=f"/devices/{{id}}/{verb}", who=SUPERVISOR, handler=handler,
                answer="OfDevice", body=bodies.Nothing, codes=("offline",), keyed=True,
                summary=summary, tag="devices",
            )
            for verb, handler, summary in verbs
        ),
    )


def _of_media() -> tuple[Endpoint, ...]:
    return (
        Endpoint(
            method="POST", path="/media", who=SUPERVISOR, handler=media.add, answer="OfMedia",
            body=bodies.NewMedia, upload=True, success=201, keyed=True, tag="media",
            summary="Upload an image or a film for displays",
        ),
        Endpoint(
            method="GET", path="/media", who=SUPERVISOR, handler=media.listed, answer="MediaList",
            summary="Images and films that were uploaded", query=_PAGES, tag="media",
        ),
        Endpoint(
            method="DELETE", path="/media/{id}", who=SUPERVISOR, handler=media.remove,
            answer="OfMedia", tag="media",
            summary="Remove one; it leaves every playlist",
        ),
        Endpoint(
            method="GET", path="/zones/{id}", who=ANYONE, handler=zones.board, answer="ZoneBoard",
            summary="What a display of the zone shows, where it gets no WebSocket", tag="media",
        ),
        Endpoint(
            method="PATCH", path="/zones/{id}", who=SUPERVISOR, handler=zones.change,
            answer="OfZone", body=bodies.ZoneChange, tag="media",
            summary="Set what a zone plays and how it speaks",
        ),
    )


HALL: tuple[Endpoint, ...] = (*_of_devices(), *_of_media())
