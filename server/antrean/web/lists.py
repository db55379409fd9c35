"""Lists: `{items, next}`, with `limit` and an opaque `cursor`."""

import base64
import binascii
from collections.abc import Mapping, Sequence
from typing import Any

from antrean.web.endpoint import Parameter
from antrean.web.problems import invalid

DEFAULT_LIMIT = 50
LARGEST_LIMIT = 200
PAGES = (
    Parameter("limit", "integer", f"rows of a page; default {DEFAULT_LIMIT}", 1, LARGEST_LIMIT),
    Parameter("cursor", "string", "`next` of the page before"),
)
"""The query of every such list, for the table of endpoints."""


def limit_of(query: Mapping[str, str], largest: int = LARGEST_LIMIT) -> int:
    """`limit` of a query. Raises Problem invalid."""
    return number_of(query, "limit", DEFAULT_LIMIT, 1, largest)


def number_of(query: Mapping[str, str], name: str, default: int, least: int, most: int) -> int:
    text = query.get(name)
    if text is None:
        return default
    if not (text.isascii() and text.isdigit() and len(text) <= 18 and least <= int(text) <= most):
        raise invalid(name, "wrong_type", why=f"{least}..{most}")
    return int(text)


def cursor_of(query: Mapping[str, str]) -> str | None:
    """What `to_cursor` made, None for the first page. Raises Problem invalid for anything else."""
    text = query.get("cursor")
    if text is None:
        return None
    try:
        raw = base64.b64decode(text.encode("ascii"), altchars=b"-_", validate=True)
        return raw.decode("utf-8")
    except (UnicodeError, binascii.Error):
        raise invalid("cursor", "invalid") from None


def to_cursor(place: str) -> str:
    return base64.urlsafe_b64encode(place.encode()).decode()


def page(query: Mapping[str, str], rows: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """One page of a short list; the cursor is the number of rows before it."""
    limit, place = limit_of(query), cursor_of(query)
    if place is not None and not (place.isascii() and place.isdigit() and len(place) < 9):
        raise invalid("cursor", "invalid")
    start = int(place or 0)
    end = start + limit
    return {
        "items": list(rows[start:end]),
        "next": to_cursor(str(end)) if end < len(rows) else None,
    }
