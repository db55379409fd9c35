"""Calls and texts as files: what is played, how fast, and what happens when the voice fails."""

import asyncio
import logging
import os
import signal
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from antrean.catalogue import BUILT_IN, load
from antrean.domain.catalogue import VoiceSettings
from antrean.hall.ports import CallRequest, Clip, Speech, Spoken
from antrean.voice.cache import Cache
from antrean.voice.client import COMMAND, Client
from antrean.voice.pieces import LONGEST
from antrean.voice.speech import FOLDER, HallSpeech, open_speech
from antrean.voice.words import abbreviations, ticket
from tests.voice.sounds import heard, tone

MALL = load(BUILT_IN)
pytestmark = pytest.mark.asyncio


@pytest_asyncio.fixture
async def speech(tmp_path: Path) -> AsyncIterator[HallSpeech]:
    made = open_speech(tmp_path, MALL)
    yield made
    await made.close()


def request(number: str = "A-001", counter: str = "loket-3", **others: Any) -> CallRequest:
    values: dict[str, Any] = {"settings": VoiceSettings(), "repeats": 1, **others}
    return CallRequest(number=number, counter_name=MALL.counters[counter].name, **values)


def file_of(folder: Path, clip: Clip) -> Path:
    assert clip.url.startswith("/audio/")
    return folder / FOLDER / clip.url.removeprefix("/audio/")


def kinds(folder: Path, spoken: Spoken) -> list[str]:
    """chime, silence or phrase for each clip; the chime is the 1.5 s that come first."""
    found = []
    for clip in spoken.clips:
        seconds, loudness, _ = heard(file_of(folder, clip))
        assert clip.seconds == pytest.approx(seconds, abs=0.001)
        silent = loudness == 0
        found.append("silence" if silent else "chime" if seconds == 1.5 else "phrase")
    return found


async def test_it_is_what_the_hall_asks_for(speech: HallSpeech) -> None:
    asked: Speech = speech
    assert (await asked.call(request())).clips


async def test_chime_first_then_the_phrase(speech: HallSpeech, tmp_path: Path) -> None:
    spoken = await speech.call(request())
    assert kinds(tmp_path, spoken) == ["chime", "phrase"]
    assert spoken.text == {
        "id": "Nomor antrean A nol nol satu, silakan menuju ke Loket tiga",
        "en": "Queue number A zero zero one, please proceed to Counter three",
    }
    assert 5 < spoken.seconds < 8


async def test_a_name_that_a_language_lacks_makes_no_text_of_it(speech: HallSpeech) -> None:
    asked = CallRequest(
        number="A-001", counter_name={"id": "Loket 3"}, settings=VoiceSettings(), repeats=1
    )
    assert set((await speech.call(asked)).text) == {"id"}


async def test_repeats_stand_apart_by_the_gap_and_have_no_chime(
    speech: HallSpeech, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    settings = VoiceSettings(gap_seconds=2.5)
    spoken = await speech.call(request(settings=settings, repeats=3))
    assert kinds(tmp_path, spoken) == [
        "chime", "phrase", "silence", "phrase", "silence", "phrase",
    ]  # fmt: skip
    assert spoken.clips[2].seconds == pytest.approx(2.5)
    assert spoken.clips[1] == spoken.clips[3] == spoken.clips[5]
    for gap in (0, 0.00001):  # a sound without a sample is none
        close = VoiceSettings(gap_seconds=gap)
        spoken = await speech.call(request(settings=close, repeats=2))
        assert kinds(tmp_path, spoken) == ["chime", "phrase", "phrase"]
    assert caplog.records == []


async def test_languages_follow_each_other_in_the_order_of_the_zone(
    speech: HallSpeech, tmp_path: Path
) -> None:
    both = await speech.call(request(settings=VoiceSettings(languages=("id", "en"))))
    turned = await speech.call(request(settings=VoiceSettings(languages=("en", "id"))))
    assert kinds(tmp_path, both) == ["chime", "phrase", "silence", "phrase"]
    assert (both.clips[1], both.clips[3]) == (turned.clips[3], turned.clips[1])
    assert both.clips[1] != both.clips[3]
    alone = await speech.call(request())
    assert alone.clips[1] == both.clips[1]


async def test_the_chime_alone_stands_for_the_phrase(speech: HallSpeech, tmp_path: Path) -> None:
    spoken = await speech.call(request(chime_only=True, repeats=2))
    assert kinds(tmp_path, spoken) == ["chime"]
    assert spoken.text["id"].startswith("Nomor antrean A nol nol satu,")


async def test_each_variant_is_another_sound(speech: HallSpeech) -> None:
    variants = [
        request(), request("A-002"), request(counter="loket-4"), request(is_recall=True),
        request(is_priority=True), request(agency=MALL.agencies["polres"].name),
        request(service=MALL.services["skck"].name),
        request(settings=VoiceSettings(spelling="bilangan")),
    ]  # fmt: skip
    spoken = [await speech.call(one) for one in variants]
    assert len({one.clips[1].url for one in spoken}) == len(variants)


async def test_a_text_is_said_once_in_the_languages_it_has(
    speech: HallSpeech, tmp_path: Path
) -> None:
    texts = {"id": "Loket 3 tutup.", "en": "Counter 3 is closed."}
    both = VoiceSettings(languages=("id", "en"), repeats=3)
    spoken = await speech.text(texts, both)
    assert kinds(tmp_path, spoken) == ["chime", "phrase", "silence", "phrase"]
    assert spoken.text == texts
    for texts, expected in (
        ({"id": "Loket 3 tutup."}, ["chime", "phrase"]),
        ({"id": "Loket 3 tutup.", "en": "Loket 3 tutup."}, ["chime", "phrase"]),
        ({"su": "Loket 3 ditutup."}, ["chime"]),
        ({"id": "😀"}, ["chime"]),
        ({}, ["chime"]),
    ):
        assert kinds(tmp_path, await speech.text(texts, both)) == expected
    same = await speech.text({"en": "Loket 3 tutup.", "id": "Loket 3 tutup."}, both)
    alone = await speech.text({"id": "Loket 3 tutup."}, both)
    assert same.clips == alone.clips  # in the first voice of the zone
    only_english = await speech.text({"en": "Closed."}, VoiceSettings(languages=("id",)))
    assert kinds(tmp_path, only_english) == ["chime", "phrase"]


LONG = ("Nomor A-001 sampai A-999 pindah ke Loket 10A. " * 30)[:1000]


@pytest.mark.parametrize("text", [LONG, "Rp999.999.999.999 " * 55, "9" * 1000])
async def test_the_longest_announcement_is_said_in_parts(
    speech: HallSpeech, tmp_path: Path, text: str
) -> None:
    """None keeps the calls that come meanwhile for long."""
    said = [await speech.text({"id": text}, VoiceSettings())]
    while said[-1].more:
        said.append(await speech.text({"id": text}, VoiceSettings(), len(said)))
    assert kinds(tmp_path, said[0]) == ["chime", "phrase"]
    assert {tuple(kinds(tmp_path, part)) for part in said[1:]} == {("phrase",)}
    assert sum(part.seconds for part in said) > 60
    assert max(len(part.text["id"]) for part in said) <= LONGEST
    assert max(part.seconds for part in said) < 25


async def test_a_part_that_is_no_more_is_the_last(speech: HallSpeech) -> None:
    """The zone speaks fewer languages by now."""
    last = await speech.text({"id": "Halo."}, VoiceSettings(), 3)
    assert last.clips
    assert not last.more


async def test_who_asks_at_once_gets_one_sound(speech: HallSpeech, tmp_path: Path) -> None:
    spoken = await asyncio.gather(*(speech.call(request()) for _ in range(30)))
    assert len(set(spoken[0].clips)) == 2
    assert all(one == spoken[0] for one in spoken)
    assert len(list((tmp_path / FOLDER).iterdir())) == 2


async def test_speed(speech: HallSpeech) -> None:
    began = time.perf_counter()
    await speech.call(request())
    assert time.perf_counter() - began < 3  # with the start of the process and the chime
    took = []
    for number in range(2, 12):
        began = time.perf_counter()
        await speech.call(request(f"A-{number:03}"))
        took.append(time.perf_counter() - began)
    assert sorted(took)[5] < 0.5
    took = []
    for number in range(1, 12):
        began = time.perf_counter()
        await speech.call(request(f"A-{number:03}"))
        took.append(time.perf_counter() - began)
    assert sorted(took)[5] < 0.02


@pytest.mark.parametrize("language", ["id", "en"])
async def test_every_counter_is_heard(speech: HallSpeech, tmp_path: Path, language: str) -> None:
    """Not silent, of plausible length, no long silence at the ends; no two the same."""
    prefixes = [service.prefix for service in MALL.services.values()]
    seen = set()
    for index, counter in enumerate(MALL.counters):
        settings = VoiceSettings(languages=(language,))
        number = f"{prefixes[index % len(prefixes)]}-{37 * index + 1:03}"
        spoken = await speech.call(request(number, counter, settings=settings))
        assert len(spoken.clips) == 2, counter
        seen.add(spoken.clips[1].url)
        seconds, loudness, ends = heard(file_of(tmp_path, spoken.clips[1]))
        assert 3 < seconds < 8, counter
        assert 0.06 < loudness < 0.16, counter
        assert ends < 0.2, counter
    assert len(seen) == len(MALL.counters)


async def test_a_thousand_numbers_are_heard(tmp_path: Path) -> None:
    """As above, for numbers alone: 1 to 1,000, spelled and read in turn, in both languages."""
    client, seen = Client(), set()

    async def hear(number: int) -> None:
        language, spelling = ("id", "en")[number % 2], ("eja", "bilangan")[number // 2 % 2]
        words = ticket(f"B-{number:03}", language, spelling)
        made = await client.say(" ".join(word.said for word in words), language)
        path = tmp_path / f"{number}.wav"
        path.write_bytes(made)
        seconds, loudness, ends = heard(path)
        assert 0.15 * len(words) < seconds < 0.65 * len(words) + 0.5, words
        assert 0.05 < loudness < 0.2, words
        assert ends < 0.2, words
        seen.add(made)

    for first in range(1, 1001, 50):
        await asyncio.gather(*(hear(number) for number in range(first, first + 50)))
    assert len(seen) == 1000
    await client.close()


async def test_a_helper_that_is_killed_costs_no_call(speech: HallSpeech, tmp_path: Path) -> None:
    await speech.warm()
    pid = speech.pid
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    spoken = await asyncio.gather(*(speech.call(request(f"A-{n:03}")) for n in range(1, 6)))
    assert all(len(one.clips) == 2 for one in spoken)
    assert speech.pid not in (None, pid)


async def test_with_another_engine_all_is_said_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clips = []
    for version in ("0.1", "0.2"):
        monkeypatch.setattr("importlib.metadata.version", lambda _, there=version: there)
        speech = open_speech(tmp_path, MALL)
        clips.append((await speech.call(request())).clips)
        await speech.close()
    assert clips[0][0] == clips[1][0]  # the chime
    assert clips[0][1] != clips[1][1]


def without_engine(folder: Path) -> HallSpeech:
    return HallSpeech(Cache(folder / FOLDER), Client((*COMMAND, "program")), abbreviations())


async def test_without_a_voice_there_is_the_chime_and_one_line_in_the_log(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    speech = without_engine(tmp_path)
    with caplog.at_level(logging.WARNING):
        for number in ("A-001", "A-002", "A-003"):
            spoken = await speech.call(request(number, repeats=2))
            assert kinds(tmp_path, spoken) == ["chime"]
            assert spoken.text["id"].startswith("Nomor antrean A nol nol")
        assert kinds(tmp_path, await speech.text({"id": "Halo"}, VoiceSettings())) == ["chime"]
    assert [record.getMessage() for record in caplog.records] == [
        "the voice fails, calls get the chime alone: "
        "espeak-ng is not on PATH (apt install espeak-ng)"
    ]
    await speech.close()


async def test_a_voice_that_comes_back_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    spoken_file = tone(tmp_path / "spoken.wav", 2)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    program = tmp_path / "espeak-ng"
    program.write_text("#!/bin/sh\ncat >/dev/null; exit 1\n", encoding="utf-8")
    program.chmod(0o755)
    speech = without_engine(tmp_path)
    with caplog.at_level(logging.WARNING):
        assert len((await speech.call(request())).clips) == 1
        program.write_text(f"#!/bin/sh\ncat >/dev/null; cat {spoken_file}\n", encoding="utf-8")
        assert len((await speech.call(request())).clips) == 2
    assert [record.levelname for record in caplog.records] == ["ERROR", "WARNING"]
    assert caplog.records[1].getMessage() == "the voice speaks again"
    await speech.close()


async def test_where_nothing_can_be_written_nothing_is_raised(tmp_path: Path) -> None:
    (tmp_path / FOLDER).write_text("no folder", encoding="utf-8")
    speech = open_speech(tmp_path, MALL)
    await speech.warm()
    spoken = await speech.call(request())
    assert spoken.clips == ()
    assert spoken.text["id"].startswith("Nomor antrean A nol nol satu,")
    (tmp_path / FOLDER).unlink()
    assert kinds(tmp_path, await speech.call(request())) == ["chime", "phrase"]
    await speech.close()


async def test_odd_requests_do_not_raise(speech: HallSpeech) -> None:
    for number, name in (("", {}), ("😀", {"id": "😀"}), ("A" * 5000, {"en": "\x00"})):
        odd = CallRequest(number=number, counter_name=name, settings=VoiceSettings())
        assert isinstance(await speech.call(odd), Spoken)


async def test_after_closing_nothing_runs_and_nothing_is_raised(tmp_path: Path) -> None:
    speech = open_speech(tmp_path, MALL)
    await speech.call(request())
    pid = speech.pid
    assert pid is not None
    await speech.close()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
    assert kinds(tmp_path, await speech.call(request("A-002"))) == ["chime"]
