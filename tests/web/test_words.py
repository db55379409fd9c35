"""The words of screens: gettext catalogues as JSON and for Jinja."""

import json
from pathlib import Path

import pytest

from antrean import words

PO = """msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

msgid "Tersambung"
msgstr "Connected"

msgid "Belum"
msgstr ""

#, fuzzy
msgid "Ragu"
msgstr "Doubt"

msgid "{count} orang"
msgid_plural "{count} orang"
msgstr[0] "{count} person"
msgstr[1] "{count} people"
"""


def test_words_are_json_by_source_text(tmp_path: Path) -> None:
    (tmp_path / "en.po").write_text(PO)
    assert json.loads(words.as_json("en", tmp_path)) == {
        "Tersambung": "Connected",
        "{count} orang": ["{count} person", "{count} people"],
    }


def test_pages_get_the_same_words(tmp_path: Path) -> None:
    (tmp_path / "en.po").write_text(PO)
    found = words.translations("en", tmp_path)
    assert found.gettext("Tersambung") == "Connected"
    assert found.gettext("Belum") == "Belum"
    assert found.ngettext("{count} orang", "{count} orang", 1) == "{count} person"
    assert found.ngettext("{count} orang", "{count} orang", 3) == "{count} people"


def test_a_language_without_a_file_is_the_source(tmp_path: Path) -> None:
    assert json.loads(words.as_json("id", tmp_path)) == {}
    assert words.translations("id", tmp_path).gettext("Tersambung") == "Tersambung"


def test_a_bad_file_is_named_and_stops_no_hall(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "en.po").write_bytes(b'msgid "\xff"\nmsgstr "x"\n')
    with pytest.raises(words.BadWords, match=r"en\.po"):
        words.catalogue("en", tmp_path)
    assert json.loads(words.as_json("en", tmp_path)) == {}
    assert "en.po" in caplog.text


def test_the_shipped_words_are_whole() -> None:
    found = words.catalogue("en")
    for message in found:
        if message.id:
            assert message.string, message.id
            assert all(message.string), message.id
            assert not message.fuzzy, message.id
