"""The socket's tables: topics and who may have them, messages, errors, close codes.

`sockets` decides by them, `asyncapi` documents them, a test holds docs/protocol.md against them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from antrean.web.principal import Principal, at_least

MAX_TOPICS = 100  # a connection
STAFF_BYTES, PUBLIC_BYTES = 16 * 1024, 2 * 1024  # of a client's message
PER_ADDRESS = 200  # sockets without a credential
PER_CREDENTIAL = 8  # sockets that a ticket or a display frees from counting to their address

Refusal = Literal["unauthenticated", "forbidden"]


@dataclass(frozen=True, slots=True)
class TopicKind:
    """`roles`: who may subscribe; None: anyone. `holder`: whoever has the ticket's token."""

    name: str
    roles: frozenset[str] | None
    state: str  # what its state is, for the document
    has_id: bool = True
    holder: bool = False
    is_value: bool = False

    @property
    def address(self) -> str:
        return f"{self.name}:ID" if self.has_id else self.name

    def refusal(self, principal: Principal | None) -> Refusal | None:
        """Why this principal may not have it; tickets are judged by their token."""
        if self.roles is None:
            return None
        if principal is None:
            return "unauthenticated"
        return None if principal.role in self.roles else "forbidden"


TOPICS: Mapping[str, TopicKind] = {
    t.name: t
    for t in (
        TopicKind("zone", None, "what a hall display shows"),
        TopicKind("ticket", None, "the ticket as GET /my gives it", holder=True, is_value=True),
        TopicKind("service", at_least("clerk"), "the tickets of a service, with their ranks"),
        TopicKind("counter", at_least("clerk"), "a counter and its ticket"),
        TopicKind(
            "site", at_least("supervisor"), "all services, counters and devices", has_id=False
        ),
        TopicKind("services", None, "all services with waits", has_id=False, is_value=True),
    )
}

CLIENT_OPS: Mapping[str, tuple[str, ...]] = {
    "auth": ("token",),
    "subscribe": ("topic", "epoch", "offset", "token"),
    "unsubscribe": ("topic",),
    "ping": (),
    "pair": (),
    "report": ("sound", "version", "screen", "clock", "speaking", "heard"),
    "shown": ("seq",),
    "spoken": ("id",),
    "unspoken": ("id", "code"),
}
"""What a client may send, and the members that are read of it."""

SERVER_OPS: Mapping[str, tuple[str, ...]] = {
    "hello": ("version", "epoch", "seq", "at"),
    "authenticated": ("role",),
    "snapshot": ("topic", "epoch", "offset", "seq", "state"),
    "resumed": ("topic", "epoch", "offset", "seq"),
    "event": ("topic", "offset", "seq", "type", "at", "data", "state"),
    "unsubscribed": ("topic",),
    "pong": ("seq", "at"),
    "pairing": ("code", "until"),
    "paired": ("device", "token"),
    "device": ("device",),
    "do": ("what",),
    "speak": (
        "id",
        "call",
        "announcement",
        "number",
        "counter",
        "text",
        "audio",
        "seconds",
        "until",
        "at",
        "volume",
        "languages",
        "alone",
    ),
    "error": ("code", "detail", "topic"),
}
"""What the server sends."""

ERRORS: Mapping[str, tuple[str, str]] = {
    "malformed": (
        "Pesan bukan teks JSON yang sah. Perbaiki lalu kirim lagi.",
        "The message is not text of valid JSON. Mend it and send it again.",
    ),
    "invalid": (
        "Pesan harus objek JSON dengan `op` yang dikenal dan isian yang benar.",
        "A message is a JSON object with a known `op` and members of the right type.",
    ),
    "unauthenticated": (
        "Perlu token yang masih berlaku. Masuk lebih dahulu, atau kirim token tiketnya.",
        "It needs a valid token. Sign in first, or send the token of the ticket.",
    ),
    "forbidden": (
        "Akun atau token ini tidak berhak atas topik atau pesan itu.",
        "This account or token may not have that topic or send that message.",
    ),
    "conflict": (
        "Tidak bisa lagi di sambungan ini. `auth` hanya sekali dan lebih dahulu; buka yang baru.",
        "Too late on this connection. `auth` comes once, before anything else; open a new one.",
    ),
    "rate_limited": (
        "Terlalu banyak pesan atau sambungan. Tunggu sebentar lalu coba lagi.",
        "Too many messages or connections. Wait a moment, then try again.",
    ),
    "unknown_topic": (
        "Topik itu tidak ada. Periksa nama dan id-nya.",
        "There is no such topic. Check its name and id.",
    ),
    "too_many_topics": (
        f"Paling banyak {MAX_TOPICS} topik dalam satu sambungan. Lepaskan yang tidak dipakai.",
        f"A connection may have {MAX_TOPICS} topics at most. Unsubscribe from some.",
    ),
}
"""Codes of error frames: (Indonesian, English) detail."""

CLOSE_CODES: Mapping[int, str] = {
    1007: "text that is not UTF-8",
    1008: "protocol abused; not before 60 s",
    1009: "message too large (16 KiB with a role, else 2 KiB); not before 60 s",
    1012: "the server restarts; come back and resume",
    1013: "fell behind (reason `slow`); come back and resume",
    4401: "the credential is not valid or has ended; sign in, or be paired, again first",
    4429: "too many messages; not before 60 s",
}
