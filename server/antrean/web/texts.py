"""What a request's members mean to the domain: texts by language, moments, ids of new things."""

import base64
import datetime
import re
import secrets
import time
import unicodedata
from collections.abc import Mapping

from antrean.domain.catalogue import Site, Text
from antrean.web.bodies import LINES, PLAIN
from antrean.web.problems import invalid

_NUMBER = re.compile(r"\s*([A-Za-z]{1,3})\s*[-.]?\s*0*([1-9][0-9]{0,5})\s*")
_PLAIN, _LINES = re.compile(PLAIN), re.compile(LINES)
_LATEST = datetime.datetime(9000, 1, 1, tzinfo=datetime.UTC)
_EARLIEST = datetime.datetime(1970, 1, 2, tzinfo=datetime.UTC)


REASON_LENGTH = 500
ANNOUNCEMENT_LENGTH = 1000


def reason_of(site: Site, given: str | Mapping[str, str] | None) -> Text | None:
    """The `reason` of a pause or closing, which everyone sees. Raises Problem invalid."""
    return _text_of(site, "reason", given, REASON_LENGTH, _PLAIN)


def announcement_of(site: Site, given: str | Mapping[str, str]) -> Text:
    """The `text` of an announcement, which may have line breaks. Raises Problem invalid."""
    text = _text_of(site, "text", given, ANNOUNCEMENT_LENGTH, _LINES)
    if text is None:
        raise invalid("text", "missing")
    return text


def _text_of(
    site: Site,
    field: str,
    given: str | Mapping[str, str] | None,
    longest: int,
    allowed: re.Pattern[str],
) -> Text | None:
    """A text in every language of the site; None for one that is missing or blank.

    A plain string counts for all; a language that is left out gets the text of the first one given.
    """
    if given is None:
        return None
    by_language = dict.fromkeys(site.languages, given) if isinstance(given, str) else given
    for language, text in by_language.items():
        if language not in site.languages:
            raise invalid(field, "language", names=", ".join(site.languages))
        if len(text) > longest:
            raise invalid(field, "too_long", limit=longest)
        if not allowed.search(text):
            raise invalid(field, "control_characters")
    filled = {k: v for k, v in by_language.items() if not is_blank(v)}
    if not filled:
        return None
    first = next(filled[language] for language in site.languages if language in filled)
    return {language: filled.get(language, first) for language in site.languages}


def moment_of(field: str, given: datetime.datetime | None) -> int | None:
    """Milliseconds since 1970 UTC. Raises Problem invalid for one out of all reason."""
    if given is None:
        return None
    if not _EARLIEST < given < _LATEST:
        raise invalid(field, "invalid")
    return round(given.timestamp() * 1000)


def words_of(given: str | None) -> str | None:
    """A note or a name; None for a blank one."""
    return given if given and not is_blank(given) else None


def is_blank(text: str) -> bool:
    """Nothing of it can be seen: spaces, breaks, and marks without width."""
    return all(unicodedata.category(character)[0] in "CZ" for character in text)


def number_of(given: str) -> str:
    """A ticket's number as it is written: `a1` and `A 001` are A-001."""
    found = _NUMBER.fullmatch(given)
    return f"{found[1].upper()}-{int(found[2]):03d}" if found else given


def new_id() -> str:
    """Of a ticket or an announcement: 64 random bits behind the second it was made in.

    Ids of one day stand side by side in the index of a table with years of tickets: with random
    ones each command wrote a quarter more pages (measured with a million old tickets).
    """
    made = int(time.time()).to_bytes(5, "big")[1:] + secrets.token_bytes(8)
    return base64.urlsafe_b64encode(made).decode()
