"""What an arbiter wants to be done. `runner` does it."""

from dataclasses import dataclass
from typing import TypeAlias

from antrean.hall.turn import Turn


@dataclass(frozen=True, slots=True)
class Begin:
    """Commit that this call is announced now."""

    ticket: str
    call: int
    device: str


@dataclass(frozen=True, slots=True)
class End:
    """Commit how the announcement of a call ended: said by `device`, or not, for `code`."""

    ticket: str
    call: int
    device: str | None = None
    code: str | None = None


@dataclass(frozen=True, slots=True)
class EndText:
    """Commit that a text of the hall was said."""

    announcement: str
    device: str


@dataclass(frozen=True, slots=True)
class Say:
    """Have `device` say the present turn; then tell `said` or `unreachable`."""

    turn: Turn
    device: str
    alone: bool  # no other device could


@dataclass(frozen=True, slots=True)
class Fail:
    """Commit that this device gave no answer."""

    device: str


Action: TypeAlias = Begin | End | EndText | Say | Fail
