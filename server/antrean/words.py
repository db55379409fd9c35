"""The words on screens, from the gettext catalogues under clients/locale.

Source texts are Indonesian; `en.po` translates them, `id.po` is there for plurals and may be
missing. Pages get them through Jinja, scripts as JSON at /assets/words/{id,en}.json, made at start.
"""

import gettext
import io
import logging
from pathlib import Path

import msgspec
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po

from antrean.assets import CLIENTS

LANGUAGES = ("id", "en")
LOCALE = CLIENTS / "locale"

_log = logging.getLogger(__name__)


class BadWords(Exception):
    """A .po file that cannot be read; the text names it."""


def catalogue(language: str, folder: Path = LOCALE) -> Catalog:
    """The gettext catalogue of a language, an empty one when there is no file.

    Babel takes two plural forms for Indonesian, where gettext needs one (`nplurals=1`): the
    file's own header counts, which read_po keeps.
    """
    path = folder / f"{language}.po"
    if not path.is_file():
        return Catalog(locale=language)
    try:
        with path.open("rb") as file:
            return read_po(file, abort_invalid=True)
    except (PoFileError, UnicodeDecodeError, ValueError) as error:
        raise BadWords(f"{path}: {error}. Mend the catalogue.") from error


def usable(language: str, folder: Path = LOCALE) -> Catalog:
    """The same, empty and with a line in the log when it is bad: the queue goes on in
    Indonesian."""
    try:
        return catalogue(language, folder)
    except BadWords as fault:
        _log.error("%s", fault)
        return Catalog(locale=language)


def translations(language: str, folder: Path = LOCALE) -> gettext.NullTranslations:
    """For Jinja's `_` and `ngettext`."""
    compiled = io.BytesIO()
    write_mo(compiled, usable(language, folder))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def as_json(language: str, folder: Path = LOCALE) -> bytes:
    """`{"source": "translation"}`; for a plural `{"source": ["one", "other"]}`. Untranslated ones
    are left out."""
    words: dict[str, str | list[str]] = {}
    for message in usable(language, folder):
        if not message.id or message.fuzzy:
            continue
        if isinstance(message.id, str):
            if isinstance(message.string, str) and message.string:
                words[message.id] = message.string
        elif message.string and all(message.string):
            words[message.id[0]] = list(message.string)
    return msgspec.json.encode(words)
