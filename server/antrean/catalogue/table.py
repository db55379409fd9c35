"""One table of the file, read key by key. A reader that finds a fault notes it and returns a
value that lets reading go on, so that all faults of a file are found in one go."""

import difflib
import unicodedata
from collections.abc import Collection, Mapping
from typing import Any

from antrean.catalogue.faults import Fault
from antrean.catalogue.hours import HoursFault, read_clock, read_week
from antrean.domain.catalogue import Text, Week

NAME_LENGTH = 100
NOTE_LENGTH = 500
ID_LENGTH = 40
LABEL_LENGTH = 20
_ID_CHARACTERS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-_")
# Overrides and isolates of writing direction can make a name read as another one.
_REFUSED_CHARACTERS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_REFUSED_CATEGORIES = {"Cc", "Cs", "Zl", "Zp"}
_MISSING: Any = object()


def shown(value: object) -> str:
    """The value as it may stand in a message: short, one line, printable."""
    text = ascii(value) if isinstance(value, str) and not value.isprintable() else repr(value)
    return text if len(text) <= 60 else text[:57] + "..."


def why_not_text(value: object, limit: int) -> str | None:
    """What is wrong with `value` as a text to be shown, or None."""
    if not isinstance(value, str):
        return f"is {shown(value)}, not a text"
    if not value.strip():
        return "is empty"
    if len(value) > limit:
        return f"has {len(value)} characters, at most {limit} are shown"
    for character in value:
        category = unicodedata.category(character)
        if category in _REFUSED_CATEGORIES or character in _REFUSED_CHARACTERS:
            return f"holds the control character U+{ord(character):04X}"
    return None


class Table:
    """`label` names the table in messages; `close` reports what nobody asked for."""

    def __init__(self, faults: list[Fault], file: str, label: str, raw: Mapping[str, Any]) -> None:
        self._faults = faults
        self._file = file
        self._label = label
        self._raw = raw
        self._asked: set[str] = set()

    def fault(self, key: str, problem: str, remedy: str) -> None:
        self._faults.append(Fault(self._file, self._label, key, problem, remedy))

    def has(self, key: str) -> bool:
        return key in self._raw

    def close(self) -> None:
        """Reports the keys that no reader asked for."""
        for key in self._raw:
            if key in self._asked:
                continue
            near = difflib.get_close_matches(key, sorted(self._asked), n=1)
            remedy = f"did you mean {near[0]}?" if near else "remove it"
            self.fault(shown(key)[1:-1], "is not known here", remedy)

    def _get(self, key: str, *, required: bool = False, example: str = "") -> Any:
        self._asked.add(key)
        if key in self._raw:
            return self._raw[key]
        if required:
            self.fault(key, "is missing", f"add {key} = {example}")
        return _MISSING

    def identifier(self, key: str = "id") -> str:
        """A required id; "" when it is unfit."""
        value = self._get(key, required=True, example='"..." (a to z, 0 to 9, - and _)')
        if value is _MISSING:
            return ""
        fit = isinstance(value, str) and 0 < len(value) <= ID_LENGTH
        if not fit or set(value) - _ID_CHARACTERS or value[0] in "-_":
            remedy = f"use up to {ID_LENGTH} of a to z, 0 to 9, - and _, a letter or digit first"
            self.fault(key, f"is {shown(value)}", remedy)
            return ""
        return str(value)

    def string(self, key: str, example: str, *, default: str | None = None) -> str | None:
        """Any text without language; required when there is no default."""
        value = self._get(key, required=default is None, example=f'"{example}"')
        if value is _MISSING:
            return default
        if not isinstance(value, str):
            self.fault(key, f"is {shown(value)}, not a text", f'write {key} = "{example}"')
            return None
        return value

    def label(self, key: str) -> str | None:
        value = self._get(key)
        if value is _MISSING:
            return None
        if wrong := why_not_text(value, LABEL_LENGTH):
            self.fault(key, wrong, 'write a short text such as "1" or "10A"')
            return None
        return str(value)

    def text(
        self, key: str, languages: Collection[str], *, limit: int = NAME_LENGTH, required: bool
    ) -> Text | None:
        """A text by language; a plain string stands for every language of the site."""
        value = self._get(key, required=required, example='"..."')
        if value is _MISSING:
            return None
        if isinstance(value, str):
            if wrong := why_not_text(value, limit):
                self.fault(key, wrong, "write a short text on one line")
            return dict.fromkeys(languages, value)
        form = ", ".join(f'{language} = "..."' for language in languages)
        remedy = f'write {key} = "..." or {key} = {{ {form} }}'
        if not isinstance(value, dict):
            self.fault(key, f"is {shown(value)}, not a text", remedy)
            return None
        for language in languages:
            if language not in value:
                self.fault(key, f"has no text for the language {language}", remedy)
        for language, text in value.items():
            if languages and language not in languages:
                problem = f"has a text for {shown(language)}, which is no language of the site"
                self.fault(key, problem, "remove it, or add it to languages in [site]")
            elif wrong := why_not_text(text, limit):
                self.fault(f"{key}.{language}", wrong, "write a short text on one line")
        return {language: str(value.get(language, "")) for language in languages}

    def choice(self, key: str, options: Collection[str], default: str) -> str:
        value = self._get(key)
        if value is _MISSING:
            return default
        if not isinstance(value, str) or value not in options:
            self.fault(key, f"is {shown(value)}", f"use one of: {', '.join(options)}")
            return default
        return value

    def whole(self, key: str, default: int, low: int, high: int) -> int:
        """A whole number from `low` to `high`."""
        value = self._get(key)
        if value is _MISSING:
            return default
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            self.fault(key, f"is {shown(value)}", f"use a whole number from {low} to {high}")
            return default
        return value

    def seconds(self, key: str, default: float, low: float, high: float) -> float:
        """Seconds, fractions allowed, from `low` to `high`."""
        value = self._get(key)
        if value is _MISSING:
            return default
        number = isinstance(value, int | float) and not isinstance(value, bool)
        if not number or not low <= value <= high:  # nan and inf lie outside too
            self.fault(key, f"is {shown(value)}", f"use seconds from {low:g} to {high:g}")
            return default
        return float(value)

    def switch(self, key: str, words: Collection[str]) -> bool | str:
        """true, false or one of `words`; default false."""
        value = self._get(key)
        if value is _MISSING:
            return False
        if not isinstance(value, bool) and value not in words:
            options = ", ".join(["true", "false", *(f'"{word}"' for word in words)])
            self.fault(key, f"is {shown(value)}", f"use one of: {options}")
            return False
        return bool(value) if isinstance(value, bool) else str(value)

    def inner(self, key: str) -> "Table | None":
        """The table under `key`, None when there is none; its faults name both."""
        value = self._get(key)
        if value is _MISSING:
            return None
        if not isinstance(value, dict):
            self.fault(key, f"is {shown(value)}, not a table", f"write its keys under [{key}]")
            return None
        return Table(self._faults, self._file, f"{self._label} {key}", value)

    def minutes(self, key: str, default_ms: int | None, *, low: float, high: int = 1440) -> int:
        """Minutes, fractions allowed, as milliseconds; required when there is no default."""
        value = self._get(key, required=default_ms is None, example="20")
        if value is _MISSING:
            return default_ms or 0
        number = isinstance(value, int | float) and not isinstance(value, bool)
        if not number or not low <= value <= high:  # nan and inf lie outside too
            self.fault(key, f"is {shown(value)}", f"use minutes from {low:g} to {high}")
            return default_ms or 0
        return round(float(value) * 60_000)

    def listed(
        self, key: str, default: tuple[str, ...], *, required: bool = False, repeats: bool = False
    ) -> tuple[str, ...]:
        """A list of texts, each once unless `repeats`."""
        value = self._get(key, required=required, example='["..."]')
        if value is _MISSING:
            return default
        if not isinstance(value, list):
            self.fault(key, f"is {shown(value)}, not a list", f'write {key} = ["...", "..."]')
            return default
        found: list[str] = []
        for item in value:
            if not isinstance(item, str):
                self.fault(key, f"holds {shown(item)}, not a text", "put it in quotes")
            elif item in found and not repeats:
                self.fault(key, f"names {shown(item)} twice", "name it once")
            else:
                found.append(item)
        return tuple(found)

    def clock(self, key: str, default: int) -> int:
        """A time of day `HH:MM` as minutes after midnight."""
        value = self._get(key)
        if value is _MISSING:
            return default
        minutes = read_clock(value)
        if minutes is None or minutes == 1440:
            self.fault(key, f"is {shown(value)}", 'write a time from "00:00" to "23:59"')
            return default
        return minutes

    def hours(self, key: str, default: Week) -> Week:
        value = self._get(key)
        if value is _MISSING:
            return default
        week, wrong = read_week(value)
        for place, problem, remedy in (HoursFault(*fault) for fault in wrong):
            self.fault(f"{key}.{place}" if place else key, problem, remedy)
        return week
