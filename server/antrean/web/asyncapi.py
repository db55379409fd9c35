"""The AsyncAPI 3 document of `/ws`, made from the tables that the socket itself works by."""

from functools import cache
from typing import Any

from antrean import __version__
from antrean.codec import EVENT_TYPES
from antrean.web.topics import CLIENT_OPS, CLOSE_CODES, ERRORS, SERVER_OPS, TOPICS

Json = dict[str, Any]

_MEMBERS: dict[str, Json] = {
    "version": {"const": 1},
    "epoch": {"type": "string", "description": "Opaque; offsets hold within one epoch"},
    "seq": {"type": "integer", "minimum": 0, "description": "Position in the journal"},
    "offset": {
        "type": "integer",
        "minimum": 0,
        "description": "Of an event topic: +1 for each event. Of a value topic: the journal "
        "position that the state reflects",
    },
    "at": {"type": "string", "format": "date-time"},
    "topic": {"type": "string", "description": "One of x-topics"},
    "token": {
        "type": "string",
        "description": "auth: of a role or a ticket. subscribe: of the ticket, for ticket:ID",
    },
    "role": {"type": ["string", "null"], "description": "null: the holder of a ticket"},
    "state": {
        "type": "object",
        "description": "snapshot: the whole state. event: an RFC 7396 merge patch. "
        "A missing member is null",
    },
    "type": {
        "enum": [*EVENT_TYPES, "changed"],
        "description": "`changed`: only of value topics, at most one a second",
    },
    "data": {"type": "object", "description": "The event's facts; {} for `changed`"},
    "code": {"enum": list(ERRORS)},
    "detail": {"type": "string", "description": "For people, by Accept-Language"},
}
_OPTIONAL = {"subscribe": {"epoch", "offset", "token"}, "error": {"topic"}}
_SUMMARIES = {
    "auth": "Shows a token; once, before anything else",
    "subscribe": "Asks for a topic, with epoch and offset for what was missed",
    "unsubscribe": "Leaves a topic",
    "ping": "Asks whether everything has come",
    "hello": "The first frame",
    "authenticated": "The token is valid",
    "snapshot": "The whole state of a topic; may come again at any time in place of events",
    "resumed": "Exactly the events after the offset follow",
    "event": "Something changed the topic's state",
    "unsubscribed": "No more events of the topic come",
    "pong": "All frames up to seq were sent before (of value topics within a second)",
    "error": "The message was refused; the connection stays open",
}


@cache
def document() -> Json:
    """The whole document. Never change it: it is made once."""
    messages = {op: _message(op, members) for op, members in _all_ops().items()}
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "Antrean, live",
            "version": __version__,
            "description": "Text frames of JSON. Credentials as for HTTP, or a first message "
            "`auth`; never in the URL. Close codes: "
            + "; ".join(f"{code} {meaning}" for code, meaning in CLOSE_CODES.items()),
            "license": {"name": "MIT"},
        },
        "defaultContentType": "application/json",
        "channels": {
            "socket": {
                "address": "/ws",
                "messages": {op: {"$ref": f"#/components/messages/{op}"} for op in messages},
                "bindings": {"ws": {"method": "GET"}},
            }
        },
        "operations": {
            "fromClient": _operation("receive", CLIENT_OPS),
            "toClient": _operation("send", SERVER_OPS),
        },
        "components": {"messages": messages},
        "x-topics": [
            {
                "address": kind.address,
                "state": kind.state,
                "kind": "value" if kind.is_value else "event",
                "who": "holder" if kind.holder else sorted(kind.roles) if kind.roles else "anyone",
            }
            for kind in TOPICS.values()
        ],
        "x-close-codes": {str(code): meaning for code, meaning in CLOSE_CODES.items()},
    }


def _all_ops() -> dict[str, tuple[str, ...]]:
    return {**CLIENT_OPS, **SERVER_OPS}


def _message(op: str, members: tuple[str, ...]) -> Json:
    optional = _OPTIONAL.get(op, set())
    return {
        "name": op,
        "summary": _SUMMARIES[op],
        "payload": {
            "type": "object",
            "properties": {"op": {"const": op}, **{name: _MEMBERS[name] for name in members}},
            "required": ["op", *(name for name in members if name not in optional)],
        },
    }


def _operation(action: str, ops: Any) -> Json:
    return {
        "action": action,
        "channel": {"$ref": "#/channels/socket"},
        "messages": [{"$ref": f"#/channels/socket/messages/{op}"} for op in ops],
    }
