"""The AsyncAPI 3 document of `/ws`, made from the tables that the socket itself works by."""

from functools import cache
from typing import Any

import msgspec

from antrean import __version__
from antrean.codec import EVENT_TYPES
from antrean.web.device_bodies import Drawn, Report, Said, Unsaid
from antrean.web.schemas_hall import Device
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
_OPTIONAL = {
    "subscribe": {"epoch", "offset", "token"},
    "error": {"topic"},
    "report": {"version", "screen", "clock", "speaking", "heard"},
    "speak": {"call", "announcement", "number", "counter", "alone"},
}


def _properties(kind: type[msgspec.Struct]) -> Json:
    """The members of a message that is checked as a Struct."""
    schema = msgspec.json.schema(kind)
    found: Json = schema["$defs"][kind.__name__]["properties"]
    return found


_SPEECH: Json = {"type": "string", "description": "Opaque; one for each thing to be said"}
_SEAT: Json = {"type": "string", "description": "Of the call; not of an announcement"}
_OWN: dict[str, Json] = {
    "report": _properties(Report),
    "shown": _properties(Drawn),
    "spoken": _properties(Said),
    "unspoken": _properties(Unsaid),
    "pairing": {
        "code": {"type": "string", "description": "Six signs, for an administrator to type"},
        "until": {"type": "string", "format": "date-time"},
    },
    "paired": {
        "device": {"type": "object", "description": "As in `device`"},
        "token": {"type": "string", "description": "For `auth` on a new connection; kept"},
    },
    "device": {
        "device": {
            "type": "object",
            "properties": {
                name: {"description": f"As in the Device of openapi.json: {name}"}
                for name in Device.__struct_fields__
            },
        }
    },
    "do": {"what": {"enum": ["identify", "reload", "test-sound"]}},
    "speak": {
        "id": _SPEECH,
        "call": {"type": "integer", "description": "The seq of the call or recall"},
        "announcement": {"type": "string", "description": "Its id; not of a call"},
        "number": _SEAT,
        "counter": _SEAT,
        "text": {"type": "object", "description": "What is said, by language"},
        "audio": {
            "type": "array",
            "items": {"type": "string"},
            "description": "Paths of sounds, played one after the other; they need no header",
        },
        "seconds": {"type": "number", "description": "How long all of it takes"},
        "until": {"type": "string", "format": "date-time", "description": "Not begun after it"},
        "at": {
            "type": "string",
            "format": "date-time",
            "description": "When it was told; what cannot begin within 2.5 s is another's",
        },
        "volume": {
            "type": "integer",
            "description": "0 to 100, of the zone",
        },
        "languages": {
            "type": "array",
            "items": {"type": "string"},
            "description": "Those that the zone speaks, for a voice other than `audio`",
        },
        "alone": {"const": True, "description": "No other device could say it; else left out"},
    },
}
"""Members of single messages, where they are not what the same name means elsewhere."""

_SUMMARIES = {
    "auth": "Shows a token; once, before anything else",
    "subscribe": "Asks for a topic, with epoch and offset for what was missed",
    "unsubscribe": "Leaves a topic",
    "ping": "Asks whether everything has come",
    "pair": "Asks for a code, for an administrator to type; answered with `pairing`",
    "report": "A paired display tells of itself: at first, and whenever something changed",
    "shown": "A paired display has drawn the call of that seq",
    "spoken": "What `speak` said was said",
    "unspoken": "What `speak` said was not said",
    "pairing": "The code; it ends at `until` and with the connection",
    "paired": "Somebody typed the code: come anew, with the token",
    "device": "How the display is called and set; first of all, and with every change",
    "do": "Do it now",
    "speak": "Say this; sent to one display of a zone, the speaker",
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
    optional, own = _OPTIONAL.get(op, set()), _OWN.get(op, _MEMBERS)
    return {
        "name": op,
        "summary": _SUMMARIES[op],
        "payload": {
            "type": "object",
            "properties": {"op": {"const": op}, **{name: own[name] for name in members}},
            "required": ["op", *(name for name in members if name not in optional)],
        },
    }


def _operation(action: str, ops: Any) -> Json:
    return {
        "action": action,
        "channel": {"$ref": "#/channels/socket"},
        "messages": [{"$ref": f"#/channels/socket/messages/{op}"} for op in ops],
    }
