"""Errors as RFC 9457 problems. Whoever refuses raises `Problem` (or the domain a QueueError); the
sentence is made here, where the language of the caller is known. The codes and their words:
`codes`.
"""

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from antrean.domain.errors import InvalidField, QueueError, UnknownReference
from antrean.web.codes import FIELDS, KINDS

LANGUAGES = ("id", "en")
# Facts that are members of their own too, for clients that tell them in other words.
_MEMBERS = ("minutes",)


class Problem(Exception):
    """A refusal of the HTTP side. `errors`: (field, code of FIELDS, facts) of each bad field."""

    def __init__(
        self,
        code: str,
        *,
        errors: Iterable[tuple[str, str, Mapping[str, Any]]] = (),
        headers: Iterable[tuple[bytes, bytes]] = (),
        **facts: str | int,
    ) -> None:
        super().__init__(code)
        self.code = code
        self.errors = tuple(errors)
        self.headers = tuple(headers)
        self.facts = facts


def invalid(field: str, code: str, **facts: str | int) -> Problem:
    """422 of one field."""
    return Problem("invalid", errors=[(field, code, facts)])


def rate_limited(seconds: float) -> Problem:
    wait = max(1, int(seconds + 0.999))
    return Problem("rate_limited", headers=[(b"retry-after", b"%d" % wait)])


def of_queue_error(error: QueueError, in_path: str | None) -> Problem:
    """The problem of a domain refusal; `in_path` is the id that stood in the path, if one did."""
    if isinstance(error, UnknownReference):
        if in_path is not None and error.value == in_path and "." not in error.field:
            return Problem("not_found")
        return invalid(_outer(error.field), "not_found")
    if isinstance(error, InvalidField):
        facts = {k: v for k, v in error.facts.items() if k not in ("field", "why")}
        return Problem("invalid", errors=[(_outer(error.field), error.why, facts)])
    problem = Problem(error.code)
    problem.facts = dict(error.facts)
    return problem


def _outer(field: str) -> str:
    return {"class_id": "class", "to_counter": "counter"}.get(field, field)


def render(problem: Problem, language: str) -> tuple[int, bytes]:
    """(status, body) of a problem, in `id` or `en`."""
    which = LANGUAGES.index(language)
    kind = KINDS[problem.code]
    body: dict[str, Any] = {
        "type": f"urn:antrean:problem:{problem.code}",
        "title": kind.title[which],
        "status": kind.status,
        "detail": _filled(kind.detail[which], problem.facts),
        "code": problem.code,
    }
    if problem.errors:
        body["errors"] = [
            {"field": field, "code": code, "detail": _filled(_field_words(code)[which], facts)}
            for field, code, facts in problem.errors
        ]
    body |= {name: problem.facts[name] for name in _MEMBERS if name in problem.facts}
    return kind.status, msgspec.json.encode(body)


def _field_words(code: str) -> tuple[str, str]:
    return FIELDS.get(code, FIELDS["invalid"])


def _filled(text: str, facts: Mapping[str, Any]) -> str:
    return text.format_map(_Facts(facts)) if "{" in text else text


class _Facts(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return "?"


def language_of(accept: bytes | str | None) -> str:
    """`id` or `en`, whichever Accept-Language prefers (RFC 9110, 12.5.4); Indonesian by default."""
    if not accept:
        return "id"
    text = accept.decode("latin-1") if isinstance(accept, bytes) else accept
    best, best_quality = "id", 0.0
    for part in text[:200].split(","):
        tag, _, weight = part.strip().partition(";")
        language = tag.strip().lower().partition("-")[0]
        try:
            quality = float(weight.strip().removeprefix("q=")) if weight else 1.0
        except ValueError:
            continue
        if language in LANGUAGES and quality > best_quality:
            best, best_quality = language, quality
    return best
