"""What answers carry, for the OpenAPI document alone: the shapes themselves are made in
`antrean.shapes`.

Tests hold real answers against these, so that the document cannot drift from the server.
"""

from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, Struct

from antrean.domain.catalogue import TILES

Time = Annotated[
    str,
    Meta(description="`2026-11-24T08:15:00.000+07:00`", extra_json_schema={"format": "date-time"}),
]
Text = Annotated[dict[str, str], Meta(description="by language: `{id, en}`")]
Tile = Annotated[str, Meta(extra_json_schema={"enum": list(TILES)})]
TicketState = Literal[
    "booked", "waiting", "called", "serving", "held", "no_show", "done", "cancelled", "expired"
]
Journal = Annotated[int, Meta(description="journal position of the command's last event", ge=0)]


class Named(Struct):
    user: str


class Identified(Struct):
    id: str


class Slot(Struct):
    start: Time
    end: Time


class Seconds(Struct):
    p10: int
    p50: int
    p90: int


class Times(Struct):
    p10: Time
    p50: Time
    p90: Time


class Ticket(Struct):
    id: str
    number: str
    date: str
    service: str
    agency: str | None
    zone: str | None
    channel: Literal["kiosk", "online", "desk"]
    class_: str = msgspec.field(name="class")
    state: TicketState
    arrived: bool
    counter: str | None
    for_counter: str | None
    slot: Slot | None
    issued_at: Time
    called_at: Time | None
    started_at: Time | None
    ended_at: Time | None
    recalls: int
    leg: int
    journey: list[str]
    ahead: int | None
    position: int | None
    eta: Times | None


class MyTicket(Ticket):
    service_name: Text | None
    agency_name: Text | None
    zone_name: Text | None
    counter_name: Text | None
    tile: Tile | None


class Note(Struct):
    seq: int
    at: Time
    text: str


class Entry(Struct):
    seq: int
    at: Time
    actor: str
    type: str
    data: dict[str, Any]


class TicketEntry(Entry):
    note: str | None


class FullTicket(Ticket):
    name: str | None
    phone: str | None
    reason: str | None
    notes: list[Note]
    history: list[TicketEntry]


class CounterTicket(Ticket, kw_only=True):
    """At a counter its person is told to staff, and what was shown and said of its call; in a list
    it is not."""

    shown_at: Time | None = None
    spoken_at: Time | None = None
    unspoken: Annotated[str | None, Meta(description="why its call was not spoken")] = None
    name: str | None = None
    phone: str | None = None
    reason: str | None = None
    notes: list[Note] = []


class Clerk(Struct):
    user: str
    name: str


class Counter(Struct):
    id: str
    name: Text
    label: str
    zone: str
    services: list[str]
    state: Literal["open", "paused", "closed"]
    note: Text | None
    until: Time | None
    clerk: Clerk | None
    ticket: CounterTicket | None


class Service(Struct):
    id: str
    agency: str
    name: Text
    prefix: str
    tile: Tile
    zone: str
    status: Literal["open", "paused", "closed", "not_operating"]
    note: Text | None
    waiting: int
    serving: int
    counters_open: int
    wait: Seconds | None
    channels: list[str]
    bookable: bool
    hours_today: list[str]
    opens_at: Time | None
    service_minutes: float
    target_wait_minutes: float


class Agency(Struct):
    id: str
    name: Text
    short: Text
    tile: Tile


class SiteClass(Struct):
    id: str
    name: Text
    credit_minutes: int
    reasons: list[str]


class Zone(Struct):
    id: str
    name: Text


class Site(Struct):
    name: Text
    timezone: str
    languages: list[str]
    at: Time
    date: str
    classes: list[SiteClass]
    zones: list[Zone]
    version: str


class FreeSlot(Slot):
    capacity: int
    free: int


class Announcement(Struct):
    id: str
    text: Text
    zones: list[str] | None
    until: Time | None
    speak: bool
    full_screen: bool


class Session(Struct):
    user: str
    role: str
    csrf: str | None
    name: str
    counters: list[str] | None


class User(Struct):
    username: str
    role: str
    name: str
    counters: list[str] | None
    active: bool


class Token(Struct):
    id: str
    name: str
    role: str
    counter: str | None
    zone: str | None
    created_at: Time


class MadeToken(Token):
    token: Annotated[str, Meta(description="shown this once")]


class Given(Struct):
    seq: Journal
    ticket: Ticket
    token: Annotated[str, Meta(min_length=22, description="the holder's capability")]


class OfTicket(Struct):
    seq: Journal
    ticket: Ticket


class OfCounter(Struct):
    seq: Journal
    counter: Counter
    ticket: CounterTicket | None


class OfService(Struct):
    seq: Journal
    service: Service


class OfAnnouncement(Struct):
    seq: Journal
    announcement: Announcement


class FieldFault(Struct):
    field: str
    code: str
    detail: str


class Problem(Struct):
    """RFC 9457."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    errors: list[FieldFault] | msgspec.UnsetType = msgspec.UNSET


Next = Annotated[str | None, Meta(description="`cursor` of the next page, or null")]


class Agencies(Struct):
    items: list[Agency]
    next: Next


class Services(Struct):
    items: list[Service]
    next: Next


class Slots(Struct):
    items: list[FreeSlot]
    next: Next


class Counters(Struct):
    items: list[Counter]
    next: Next


class Tickets(Struct):
    """Name, phone, reason and notes stand beside a ticket in the answer to a search with `q`
    alone."""

    items: list[CounterTicket]
    next: Next


class Events(Struct):
    items: list[Entry]
    next: Annotated[str | None, Meta(description="the `after` of the next page, or null")]


class Users(Struct):
    items: list[User]
    next: Next


class Tokens(Struct):
    items: list[Token]
    next: Next


Document = dict[str, Any]
"""Described by itself."""

ANSWERS: dict[str, Any] = {
    kind.__name__: kind
    for kind in (
        Agencies, Counter, Counters, Events, FullTicket, Given, Identified, MadeToken, MyTicket,
        Named, OfAnnouncement, OfCounter, OfService, OfTicket, Service, Services, Session, Site,
        Slots, Tickets, Tokens, User, Users,
    )
}  # fmt: skip
"""By the name that a row of the table uses."""
