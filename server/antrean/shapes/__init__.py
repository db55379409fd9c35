"""What goes over the wire: JSON shapes of the contract, from a `QueueState` to plain dicts.

Pure functions. Times are text with the site's offset (`iso`), durations whole seconds. Members that
are null are written here; topics leave them out (`without_nulls`). Texts by language are shared
with the catalogue, never copied: nobody may change a dict that came from here in depth.

    times     moments as text, values without nulls
    tickets   a ticket, as everyone, its line and its holder are told of it
    services  a service with its line, its note and its wait
    site      counters, classes, zones, agencies, announcements
    board     the parts of a zone's board
    hall      displays, media, and what was set for a zone
    answers   what a command's answer says
"""

from antrean.shapes.answers import answer
from antrean.shapes.board import (
    zone_announcement,
    zone_announcing,
    zone_call,
    zone_counter,
    zone_next,
    zone_playlist,
    zone_service,
    zone_to,
)
from antrean.shapes.hall import device, device_settings, media, media_url, voice, zone_settings
from antrean.shapes.services import service, service_note, service_wait, services, wait_seconds
from antrean.shapes.site import agency, announcement, class_, counter, counters, site, zone
from antrean.shapes.tickets import (
    ahead_of,
    eta,
    heard,
    holder_names,
    line_ticket,
    my_ticket,
    ticket,
    ticket_facts,
    ticket_wait,
)
from antrean.shapes.times import Json, iso, without_nulls

__all__ = [
    "Json",
    "agency",
    "ahead_of",
    "announcement",
    "answer",
    "class_",
    "counter",
    "counters",
    "device",
    "device_settings",
    "eta",
    "heard",
    "holder_names",
    "iso",
    "line_ticket",
    "media",
    "media_url",
    "my_ticket",
    "service",
    "service_note",
    "service_wait",
    "services",
    "site",
    "ticket",
    "ticket_facts",
    "ticket_wait",
    "voice",
    "wait_seconds",
    "without_nulls",
    "zone",
    "zone_announcement",
    "zone_announcing",
    "zone_call",
    "zone_counter",
    "zone_next",
    "zone_playlist",
    "zone_service",
    "zone_settings",
    "zone_to",
]
