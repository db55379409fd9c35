"""An administrator's recordings in place of the machine's voice."""

import asyncio
import threading
from pathlib import Path
from typing import Any

import pytest

from antrean.catalogue import BUILT_IN, load
from antrean.domain.catalogue import VoiceSettings
from antrean.hall.ports import CallRequest
from antrean.voice.cache import Cache
from antrean.voice.client import Client
from antrean.voice.numbers import cardinal
from antrean.voice.phrases import Phrase, names_of, of_call
from antrean.voice.recordings import Joined, Recordings, wanted
from antrean.voice.sound import read, rms, silence, to_wav
from antrean.voice.speech import HallSpeech, open_speech
from antrean.voice.words import abbreviations
from tests.voice.sounds import heard, tone

MALL = load(BUILT_IN)
TABLE = abbreviations()
NAMES = names_of(MALL)
NEEDED = ("nomor-antrean", "a", "0", "1", "silakan-menuju-ke", "loket", "3")


def request(**others: Any) -> CallRequest:
    values: dict[str, Any] = {
        "number": "A-001",
        "counter_name": MALL.counters["loket-3"].name,
        "settings": VoiceSettings(),
        **others,
    }
    return CallRequest(**values)


def record(folder: Path, *names: str, seconds: float = 0.2, rate: int = 44_100) -> None:
    for name in names:
        tone(folder / f"{name}.wav", seconds, rate)


def files(folder: Path, asked: CallRequest, language: str = "id") -> list[str] | None:
    found = Recordings(folder).find(of_call(asked, language, TABLE, NAMES))
    return None if found is None else [file.stem for file in found.files]


def test_a_phrase_is_made_of_recordings_when_all_are_there(tmp_path: Path) -> None:
    record(tmp_path / "id", *NEEDED[:-1])
    assert files(tmp_path, request()) is None
    record(tmp_path / "id", NEEDED[-1])
    assert files(tmp_path, request()) == [
        "nomor-antrean", "a", "0", "0", "1", "silakan-menuju-ke", "loket", "3",
    ]  # fmt: skip
    assert files(tmp_path, request(), "en") is None
    assert files(tmp_path, request(is_recall=True)) is None
    assert files(tmp_path, request(agency=MALL.agencies["bpn"].name)) is None


def test_whole_names_go_before_their_words(tmp_path: Path) -> None:
    record(tmp_path / "id", *NEEDED, "counter-loket-3", "agency-bpn", "service-skck")
    asked = request(agency=MALL.agencies["bpn"].name, service=MALL.services["skck"].name)
    found = files(tmp_path, asked)
    assert found is not None
    assert found[5:] == ["silakan-menuju-ke", "counter-loket-3", "agency-bpn", "service-skck"]


def test_pauses_stand_where_the_phrase_has_commas(tmp_path: Path) -> None:
    record(tmp_path / "id", *NEEDED)
    found = Recordings(tmp_path).find(of_call(request(), "id", TABLE, NAMES))
    assert found is not None
    assert [pause > 0.1 for pause in found.pauses] == [
        False, False, False, False, True, False, False, True,
    ]  # fmt: skip


def test_a_take_of_the_same_length_is_another_sound(tmp_path: Path) -> None:
    record(tmp_path / "id", *NEEDED)
    found = Recordings(tmp_path).find(of_call(request(), "id", TABLE, NAMES))
    assert found is not None
    before = found.key()
    assert found.key() == before
    tone(tmp_path / "id" / "a.wav", 0.2, 44_100, pitch=880)
    assert found.key() != before


def test_the_list_of_what_is_missing_is_all_that_is_needed(tmp_path: Path) -> None:
    """With every file of the list there, every call of the catalogue is made of recordings."""
    for one in wanted(MALL, ("id", "en"), TABLE):
        path = tmp_path / one.file
        path.parent.mkdir(exist_ok=True)
        path.touch()
    for language in ("id", "en"):
        for spelling in ("eja", "bilangan"):
            for index, service in enumerate(MALL.services.values()):
                counter = list(MALL.counters.values())[index % len(MALL.counters)]
                for number in (1, 10, 11, 12, 20, 99, 100, 101, 345, 1002, 2000, 45_678):
                    for recall, priority in ((False, True), (True, False)):
                        asked = request(
                            number=f"{service.prefix}-{number:03}",
                            counter_name=counter.name,
                            settings=VoiceSettings(spelling=spelling),
                            is_recall=recall,
                            is_priority=priority,
                        )
                        assert files(tmp_path, asked, language), asked
    assert Recordings(tmp_path).missing(wanted(MALL, ("id", "en"), TABLE)) == []


def test_counters_with_their_whole_names_need_no_words(tmp_path: Path) -> None:
    def uses() -> set[str]:
        has = Recordings(tmp_path).has
        return {one.file for one in wanted(MALL, ("id",), TABLE, has) if one.use == "counters"}

    assert uses() == {"id/loket.wav", "id/pos.wav", "id/uji.wav"}
    record(tmp_path / "id", *(f"counter-{one}" for one in MALL.counters if one != "loket-3"))
    assert uses() == {"id/loket.wav"}
    record(tmp_path / "id", "counter-loket-3")
    assert uses() == set()


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_words_of_all_numbers_are_on_the_list(language: str) -> None:
    listed = {one.file for one in wanted(MALL, (language,), TABLE)}
    words = {word.clip for number in range(10_000) for word in cardinal(number, language)}
    assert {f"{language}/{clip}.wav" for clip in words} <= listed


def test_a_file_is_listed_once_with_what_is_to_be_spoken() -> None:
    listed = wanted(MALL, ("id",), TABLE)
    assert len({one.file for one in listed}) == len(listed)
    said = {one.file: one.said for one in listed}
    assert said["id/nomor-antrean.wav"] == "Nomor antrean"
    assert said["id/7.wav"] == "tujuh"
    assert said["id/loket.wav"] == "Loket"
    assert not any("agency" in file or "service" in file for file in said)


async def clips(speech: HallSpeech, folder: Path, **others: Any) -> list[tuple[float, float]]:
    """(seconds, loudness) of each clip of the call."""
    spoken = await speech.call(request(**others))
    return [heard(folder / clip.url.lstrip("/"))[:2] for clip in spoken.clips]


@pytest.mark.asyncio
async def test_recordings_are_played_joined_and_replaced_at_once(tmp_path: Path) -> None:
    folder = tmp_path / "clips"
    record(folder / "id", *NEEDED)
    speech = open_speech(tmp_path, MALL, clips=folder)
    _, (seconds, loudness) = await clips(speech, tmp_path)
    # Eight tones of 0.2 s, each with 0.14 s of its silence, six short pauses and one long.
    assert seconds == pytest.approx(8 * 0.34 + 6 * 0.04 + 0.22, abs=0.05)
    assert loudness > 0.05
    record(folder / "id", "a", seconds=1.2)  # a better take
    _, (longer, _) = await clips(speech, tmp_path)
    assert longer == pytest.approx(seconds + 1.0, abs=0.05)
    (folder / "id" / "a.wav").unlink()  # then the machine speaks
    _, (machine, _) = await clips(speech, tmp_path)
    assert 3 < machine < 6
    assert abs(machine - seconds) > 0.5
    await speech.close()


@pytest.mark.asyncio
async def test_an_own_chime_replaces_ours(tmp_path: Path) -> None:
    folder = tmp_path / "clips"
    tone(folder / "chime.wav", 0.8)
    speech = open_speech(tmp_path, MALL, clips=folder)
    ((seconds, _),) = await clips(speech, tmp_path, chime_only=True)
    assert seconds == pytest.approx(0.94, abs=0.05)
    (folder / "chime.wav").write_bytes(b"no wave")
    ((seconds, _),) = await clips(speech, tmp_path, chime_only=True)
    assert seconds == pytest.approx(1.5)
    await speech.close()


@pytest.mark.asyncio
@pytest.mark.parametrize("fault", ["silent", "empty", "cut short"])
async def test_no_call_is_said_without_a_piece_of_it(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, fault: str
) -> None:
    """A number without its letter would send somebody else to the counter."""
    folder = tmp_path / "clips"
    record(folder / "id", *NEEDED)
    letter = folder / "id" / "a.wav"
    if fault == "silent":
        tone(letter, loud=0)
    elif fault == "empty":
        letter.write_bytes(to_wav(silence(0)))
    else:
        letter.write_bytes(letter.read_bytes()[:-5_000])
    speech = open_speech(tmp_path, MALL, clips=folder)
    _, (seconds, _) = await clips(speech, tmp_path)
    assert 3.8 < seconds < 6  # the machine; the tones together take 3.2 s
    assert "a.wav" in caplog.text
    await speech.close()


@pytest.mark.asyncio
async def test_quiet_and_loud_recordings_become_alike(tmp_path: Path) -> None:
    folder = tmp_path / "clips"
    record(folder / "id", *NEEDED)
    tone(folder / "id" / "nomor-antrean.wav", 1.0, loud=0.05)
    tone(folder / "id" / "3.wav", 1.0, loud=0.9)
    speech = open_speech(tmp_path, MALL, clips=folder)
    spoken = await speech.call(request())
    samples, rate = read(tmp_path / spoken.clips[1].url.lstrip("/"))
    first, last = samples[rate // 4 : rate], samples[-rate : -rate // 4]
    assert rms(first) == pytest.approx(rms(last), rel=0.2)
    await speech.close()


@pytest.mark.asyncio
async def test_a_folder_that_cannot_be_read_leaves_the_machine(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    folder = tmp_path / "clips"
    record(folder / "id", *NEEDED)
    speech = open_speech(tmp_path, MALL, clips=folder)
    too_long = "oh" * 150  # as a name of a file
    spoken = await speech.call(request(counter_name={"id": f"Loket {too_long}"}))
    assert len(spoken.clips) == 2
    assert "File name too long" in caplog.text
    await speech.close()


class Slow(Recordings):
    """A folder on a disk of the network that does not answer until `answers` is set."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.answers = threading.Event()

    def find(self, phrase: Phrase) -> Joined | None:
        assert self.answers.wait(10)
        return super().find(phrase)


@pytest.mark.asyncio
async def test_a_folder_that_is_slow_keeps_nobody_else_waiting(tmp_path: Path) -> None:
    record(tmp_path / "id", *NEEDED)
    folder = Slow(tmp_path)
    speech = HallSpeech(Cache(tmp_path / "audio"), Client(), TABLE, recordings=folder)
    call = asyncio.create_task(speech.call(request()))
    asyncio.get_running_loop().call_later(0.2, folder.answers.set)
    assert len((await call).clips) == 2
    await speech.close()


@pytest.mark.asyncio
async def test_a_folder_that_does_not_answer_leaves_the_machine(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    folder = Slow(tmp_path)
    speech = HallSpeech(Cache(tmp_path / "audio"), Client(), TABLE, recordings=folder)
    for number in (1, 2):
        async with asyncio.timeout(5):
            assert len((await speech.call(request(number=f"A-00{number}"))).clips) == 2
    assert [record.getMessage() for record in caplog.records] == [
        "recordings cannot be used, the machine's own sound is: their folder gave no answer in 1 s"
    ]
    folder.answers.set()
    await speech.close()


@pytest.mark.asyncio
async def test_an_unusable_recording_is_told_once_and_the_machine_speaks(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    folder = tmp_path / "clips"
    record(folder / "id", *NEEDED)
    tone(folder / "id" / "loket.wav", rate=8_000)
    (folder / "chime.wav").write_bytes(b"no wave")
    speech = open_speech(tmp_path, MALL, clips=folder)
    for number in ("A-001", "A-010", "A-011"):
        assert len(await clips(speech, tmp_path, number=number)) == 2
    warnings = [record.getMessage() for record in caplog.records]
    assert len(warnings) == 2
    assert "chime.wav: is no WAV file" in warnings[0]
    assert "loket.wav: 8000 Hz" in warnings[1]
    await speech.close()
