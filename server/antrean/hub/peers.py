"""One connection as the hub sees it. Small: there may be tens of thousands."""

from collections.abc import Callable
from typing import Protocol

SLOW_BYTES = 1024 * 1024  # held for one peer, at most
SLOW_SECONDS = 10.0  # that a peer may take nothing

TRY_AGAIN = 1013
SIGN_IN_AGAIN = 4401


class Link(Protocol):
    """What a peer is written to. `full` says that it has not taken the last 64 KiB."""

    full: bool

    def write(self, data: bytes) -> None: ...
    def buffered(self) -> int: ...
    def close(self, code: int, reason: str = "") -> None: ...


class Subscription(Protocol):
    """One topic of one peer."""

    peer: "Peer"

    def catch_up(self, *, late: bool = False) -> None:
        """Write what was missed, or a snapshot; `late` for a peer that could not be written to."""

    def end(self) -> None:
        """Leave the topic."""


class Peer:
    """`first` for staff and displays, who are served before all others.

    `lag_seq` is the journal position up to which everything was written before the peer fell
    behind; None while it keeps up.
    """

    __slots__ = ("credential", "first", "lag_seq", "lag_since", "link", "subscriptions", "write")

    def __init__(self, link: Link, credential: str = "", *, first: bool = False) -> None:
        self.link = link
        self.write: Callable[[bytes], None] = link.write
        self.credential = credential
        self.first = first
        self.subscriptions: dict[str, Subscription] = {}
        self.lag_seq: int | None = None
        self.lag_since = 0.0
