"""The phrase of a call: what is said, and which recordings it needs."""

from typing import Any

import pytest

from antrean.catalogue import BUILT_IN, load
from antrean.domain.catalogue import VoiceSettings
from antrean.hall.ports import CallRequest
from antrean.voice.phrases import (
    Phrase,
    in_language,
    names_of,
    of_call,
    of_text,
    spoken_languages,
)
from antrean.voice.words import abbreviations

TABLE = abbreviations()
MALL = load(BUILT_IN)
NAMES = names_of(MALL)
THREE = MALL.counters["loket-3"].name


def phrase(language: str = "id", spelling: str = "eja", **others: Any) -> Phrase:
    request: dict[str, Any] = {"number": "A-001", "counter_name": THREE, **others}
    return of_call(
        CallRequest(settings=VoiceSettings(spelling=spelling), **request), language, TABLE, NAMES
    )


def test_the_phrase_of_a_call() -> None:
    assert phrase().said == "Nomor antrean A nol nol satu, silakan menuju ke Loket tiga."
    assert phrase("en").said == "Queue number A zero zero one, please proceed to Counter three."


def test_a_number_is_spelled_or_read() -> None:
    assert phrase(number="A-012").said.startswith("Nomor antrean A nol satu dua,")
    assert phrase(number="A-012", spelling="bilangan").said.startswith("Nomor antrean A dua belas,")


def test_priority_and_recall_are_said_as_such() -> None:
    assert phrase(is_priority=True).said.startswith("Nomor antrean prioritas A nol")
    assert phrase("en", is_priority=True).said.startswith("Priority queue number A zero zero one,")
    again = phrase(is_recall=True)
    assert again.said.startswith("Panggilan ulang, Nomor antrean A nol nol satu, silakan")
    assert phrase("en", is_recall=True).said.startswith("Repeated call, Queue number A")


def test_agency_and_service_follow_the_counter() -> None:
    agency = MALL.agencies["bpn"].name
    assert phrase(agency=agency).said.endswith("Loket tiga, Kantor A T R, B P N.")
    assert phrase(agency={"id": "Bank bjb Tbk."}).said.endswith("Bank B J B T B K.")
    service = MALL.services["skck"].name
    assert phrase(service=service).said.endswith("Loket tiga, S K C K.")
    assert phrase("en", service=service).said.endswith("Counter three, Police record certificate.")


def test_pieces_are_named_for_their_recordings() -> None:
    parts = phrase(number="AU-120", spelling="bilangan", agency=MALL.agencies["bpn"].name).parts
    assert [word.clip for part in parts[:4] for word in part.words] == [
        "nomor-antrean", "a", "u", "seratus", "2", "puluh", "silakan-menuju-ke", "loket", "3",
    ]  # fmt: skip
    assert [part.whole for part in parts] == [None, None, None, "counter-loket-3", "agency-bpn"]
    assert [part.pause for part in parts] == [False, True, False, True, True]
    short = phrase(agency=MALL.agencies["bpn"].short).parts[-1]
    assert short.whole == "agency-bpn"
    assert phrase(counter_name={"id": "Loket 99"}).parts[-1].whole is None


def test_of_two_counters_of_one_name_each_has_its_own_recording() -> None:
    """Which a catalogue may have, one in each zone."""
    assert phrase(counter="loket-3-atas").parts[-1].whole == "counter-loket-3-atas"


def test_a_free_text_is_read_in_words() -> None:
    assert of_text("Loket 3 tutup", "id", TABLE).said == "Loket tiga tutup"


def test_a_name_without_the_language_is_said_as_it_is() -> None:
    assert in_language({"id": "Loket 3"}, "en") == "Loket 3"
    assert in_language({}, "en") == ""
    assert phrase("en", counter_name={"id": "Loket 3"}).said.endswith("proceed to Loket three.")


@pytest.mark.parametrize(
    ("wanted", "site", "spoken"),
    [
        ((), ("id", "en"), ("id",)),
        ((), ("en", "id"), ("en",)),
        ((), ("su", "en"), ("en",)),
        ((), ("su",), ("id",)),
        (("id", "en"), ("id", "en"), ("id", "en")),
        (("en", "en", "id"), ("id", "en"), ("en", "id")),
        (("su", "en"), ("id", "su", "en"), ("en",)),
        (("su",), ("id", "su", "en"), ("id", "en")),
    ],
)
def test_languages(wanted: tuple[str, ...], site: tuple[str, ...], spoken: tuple[str, ...]) -> None:
    assert spoken_languages(wanted, site) == spoken
