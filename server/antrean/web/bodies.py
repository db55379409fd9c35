"""What requests may carry: one Struct for each body. They are the validation and the OpenAPI
schema in one.

Lengths are in characters. Control characters and bidi overrides are refused in every text: they
would break a log line, a printed ticket or the order of letters on a hall's display.
"""

import datetime
import re
from typing import Annotated, Literal

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType, field

# A lookahead and not `^[^...]*$`: in Python `$` would let a line break at the end pass. Written
# so that it means the same in ECMAScript, where readers of the OpenAPI document check it.
_BIDI = r"\u2028\u2029\u202a-\u202e\u2066-\u2069"
PLAIN = rf"^(?![\s\S]*[\u0000-\u001f\u007f-\u009f{_BIDI}])"
LINES = rf"^(?![\s\S]*[\u0000-\u0009\u000b\u000c\u000e-\u001f\u007f-\u009f{_BIDI}])"

Id = Annotated[str, Meta(min_length=1, max_length=100, pattern=PLAIN)]
Name = Annotated[str, Meta(max_length=100, pattern=PLAIN)]
Phone = Annotated[str, Meta(max_length=30, pattern=PLAIN)]
Words = Annotated[str, Meta(max_length=500, pattern=PLAIN)]
ByLanguage = str | dict[str, str]
"""Shown to everyone; a plain string counts for every language. Checked by `texts`:
msgspec 0.22 crashes (a double free) on a union of a string that has a pattern with a dict."""
Moment = Annotated[datetime.datetime, Meta(tz=True)]
TimeOfDay = Annotated[str, Meta(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9](?![\s\S])")]
Place = Literal["keep", "front", "back"]
StaffRole = Literal["clerk", "supervisor", "admin"]
Role = Literal["clerk", "supervisor", "admin", "kiosk", "display", "partner"]
Username = Annotated[str, Meta(max_length=50, pattern=r"^[A-Za-z0-9][A-Za-z0-9._@-]*(?![\s\S])")]
Secret = Annotated[str, Meta(max_length=256)]
Password = Annotated[str, Meta(min_length=8, max_length=256)]


class Body(Struct, forbid_unknown_fields=True):
    """Base of all: an unknown member is 422, so that a misspelt one is never ignored."""


class Nothing(Body):
    """`{}`, or no body at all."""


class NewTicket(Body):
    service: Id
    class_: Id = field(default="regular", name="class")
    reason: Id | None = None
    name: Name | None = None
    phone: Phone | None = None
    journey: Annotated[list[Id], Meta(max_length=10)] | None = None
    visit: Annotated[str, Meta(max_length=200)] | None = None


class NewBooking(NewTicket, kw_only=True):
    start: Moment


class Deferral(Body):
    behind: Annotated[int, Meta(ge=1, le=99)]


class CheckIn(Body):
    token: Annotated[str, Meta(max_length=200)] | None = None
    number: Annotated[str, Meta(max_length=20)] | None = None


class CounterPause(Body):
    reason: ByLanguage | None = None
    until: Moment | None = None


class CallOf(Body):
    ticket: Id
    reason: Words | None = None


class Expected(Body):
    """`ticket`: the one that the clerk sees at the counter; 409 `stale` when it is another one by
    now."""

    ticket: Id | None = None


class ExpectedWithReason(Expected):
    reason: Words | None = None


class Completion(Expected):
    outcome: Words | None = None


class ResumeOf(Body):
    ticket: Id


class TicketTransfer(Body):
    service: Id | None = None
    counter: Id | None = None
    place: Place = "keep"
    note: Words | None = None


class CounterTransfer(TicketTransfer):
    ticket: Id | None = None


class UndoOf(Body):
    seq: Annotated[int, Meta(ge=0)] | None = None


class Cancellation(Body):
    reason: Words | None = None


class Requeueing(Body):
    place: Place = "keep"


class ServiceReason(Body):
    reason: ByLanguage | None = None


class NewAnnouncement(Body):
    text: ByLanguage
    zones: Annotated[list[Id], Meta(max_length=100)] | None = None
    until: Moment | None = None
    speak: bool = False
    full_screen: bool = False


class NewMedia(Body):
    """The parts of a multipart/form-data body: one file, under its own name."""

    file: Annotated[
        str,
        Meta(
            description="PNG, JPEG, WebP or MP4 of up to 200 MiB; its file name is the name",
            extra_json_schema={"contentMediaType": "application/octet-stream"},
        ),
    ]


class Play(Body):
    """A line of a playlist. `start`, `end`: between which times of the site's day it plays."""

    media: Id
    start: TimeOfDay | None = None
    end: TimeOfDay | None = None
    seconds: Annotated[int, Meta(ge=3, le=600)] = 10


class VoiceChange(Body):
    """What is left out stays as it is."""

    spelling: Literal["eja", "bilangan"] | UnsetType = UNSET
    repeats: Annotated[int, Meta(ge=1, le=3)] | UnsetType = UNSET
    gap_seconds: Annotated[float, Meta(ge=0, le=10)] | UnsetType = UNSET
    agency: bool | Literal["service"] | UnsetType = UNSET
    languages: Annotated[list[Id], Meta(min_length=1, max_length=10)] | UnsetType = UNSET
    volume: Annotated[int, Meta(ge=0, le=100)] | UnsetType = UNSET


class ZoneChange(Body):
    """`voice` null: that of the catalogue again."""

    playlist: Annotated[list[Play], Meta(max_length=100)] | UnsetType = UNSET
    voice: VoiceChange | UnsetType | None = UNSET


class SignIn(Body):
    username: Annotated[str, Meta(max_length=256)]
    password: Secret


class PasswordChange(Body):
    old: Secret
    new: Password


class NewToken(Body):
    name: Annotated[str, Meta(min_length=1, max_length=100, pattern=PLAIN)]
    role: Role
    counter: Id | None = None
    zone: Id | None = None


class NewUser(Body):
    username: Username
    password: Password
    role: StaffRole
    name: Name | None = None
    counters: list[Id] | None = None


class UserChange(Body):
    password: Password | UnsetType = UNSET
    role: StaffRole | UnsetType = UNSET
    name: Name | UnsetType = UNSET
    counters: list[Id] | UnsetType | None = UNSET
    active: bool | UnsetType = UNSET


_INDEX = re.compile(r"\[(\d+)\]")
_PATTERNS = {"username": "invalid", "start": "time_of_day", "end": "time_of_day"}
"""By the name of a member, what it means that its pattern does not fit."""


def faults_of(error: msgspec.ValidationError) -> list[tuple[str, str, dict[str, str]]]:
    """(field, code of a field's fault, facts) out of msgspec's message, which is all that it
    tells."""
    text, _, path = str(error).partition(" - at `$")
    where = path.rstrip("`").removeprefix(".").replace("[...]", "")
    where = _INDEX.sub(r".\1", where)
    if "unknown field `" in text or "missing required field `" in text:
        name = text.split("`")[1]
        code = "unknown_field" if "unknown" in text else "missing"
        return [(f"{where}.{name}" if where else name, code, {})]
    if "matching regex" in text:
        return [(where, _PATTERNS.get(where.rpartition(".")[2], "control_characters"), {})]
    for sign, code in (("of length <= ", "too_long"), ("of length >= ", "too_short")):
        if sign in text and "`str`" in text:
            return [(where, code, {"limit": text.partition(sign)[2]})]
    return [(where or "$", "wrong_type", {"why": text})]
