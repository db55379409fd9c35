"""Refusals of the domain.

    QueueError            never raised itself; `code` is part of the public contract
      Refused             a rule forbids it now (HTTP 409)
      UnknownReference    a field names something that does not exist (404 in a path, 422 in a body)
      InvalidField        a value that no state would accept (422)

They carry facts; the sentence in the user's language is made where the language is known.
"""

from enum import StrEnum


class Code(StrEnum):
    """Codes of refusals decided by the domain (contract, section 3)."""

    SERVICE_CLOSED = "service_closed"
    SERVICE_PAUSED = "service_paused"
    NOT_OPERATING = "not_operating"
    CHANNEL_CLOSED = "channel_closed"
    QUOTA_EXHAUSTED = "quota_exhausted"
    SLOT_FULL = "slot_full"
    EXPIRED = "expired"
    TOO_EARLY = "too_early"
    INVALID_STATE = "invalid_state"
    QUEUE_EMPTY = "queue_empty"
    COUNTER_NOT_OPEN = "counter_not_open"
    COUNTER_BUSY = "counter_busy"
    NOT_SERVED_HERE = "not_served_here"
    STALE = "stale"
    NOTHING_TO_UNDO = "nothing_to_undo"
    UNKNOWN_CODE = "unknown_code"
    TOO_MANY_ANNOUNCEMENTS = "too_many_announcements"


class QueueError(Exception):
    """Base of all refusals; `facts` are plain values for the message, never personal data."""

    code: str

    def __init__(self, code: str, **facts: str | int) -> None:
        super().__init__(code, facts)
        self.code = code
        self.facts = facts


class Refused(QueueError):
    """A rule forbids the command in the present state; the state is unchanged."""

    def __init__(self, code: Code, **facts: str | int) -> None:
        super().__init__(code.value, **facts)


class UnknownReference(QueueError):
    """`field` of the command names something that does not exist."""

    def __init__(self, field: str, value: str) -> None:
        super().__init__("not_found", field=field, value=value)
        self.field = field
        self.value = value


class InvalidField(QueueError):
    """`field` has a value that no state would accept; `why` is a short key for the message."""

    def __init__(self, field: str, why: str, **facts: str | int) -> None:
        super().__init__("invalid", field=field, why=why, **facts)
        self.field = field
        self.why = why
