"""What an event frame says of its event: to everyone little, to staff the facts of the journal."""

from typing import get_args

from antrean import shapes
from antrean.domain.catalogue import Site
from antrean.domain.events import Entry, Event
from antrean.domain.state import QueueState
from antrean.shapes import Json
from antrean.views.frames import encode

_PUBLIC = ("number", "service", "counter")
_MORE = (
    *("ticket", "to_service", "to_counter", "next", "place", "undid", "chosen", "cause"),
    *("zone", "call", "device", "code", "media", "name"),
)


def _table(names: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """Which of `names` an event of each type has."""
    return {k.type: tuple(n for n in names if hasattr(k, n)) for k in get_args(Event)}


_FOR_ALL = _table(_PUBLIC)
_FOR_STAFF = _table(_MORE)  # besides


def _facts(event: Event, names: tuple[str, ...]) -> Json:
    facts = {}
    for name in names:
        value = getattr(event, name)
        if value is not None and value is not False:
            facts[name] = value
    return facts


def middles(state: QueueState, entry: Entry) -> tuple[bytes, bytes]:
    """What stands in a frame between its offset and its state: for everyone, and for staff."""
    event = entry.event
    at = shapes.iso(state.catalogue.site, entry.at)
    head = f',"seq":{entry.seq},"type":"{event.type}","at":"{at}","data":'.encode()
    end = b',"state":'
    facts = _facts(event, _FOR_ALL[event.type])
    public = head + encode(facts) + end
    facts |= _facts(event, _FOR_STAFF[event.type])
    return public, head + encode(facts) + end


def middle_of_change(site: Site, seq: int, at: int) -> bytes:
    """The same of a `changed` on a value topic."""
    moment = shapes.iso(site, at)
    return f',"seq":{seq},"type":"changed","at":"{moment}","data":{{}},"state":'.encode()
