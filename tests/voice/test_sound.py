"""Levels, silence, rates, the gong."""

import sys
from array import array
from itertools import pairwise
from pathlib import Path

import pytest

from antrean.voice import sound
from antrean.voice.chime import SECONDS, chime
from tests.voice.sounds import heard, tone


def test_the_gong_is_heard_and_ends_softly(tmp_path: Path) -> None:
    samples = chime()
    assert len(samples) / sound.RATE == pytest.approx(SECONDS, abs=0.01)
    assert sound.rms(samples) == pytest.approx(sound.LOUDNESS, rel=0.2)
    assert abs(samples[0]) < 200
    assert abs(samples[-1]) < 200
    # Three strokes: each begins with more sound than there was just before it.
    for begin in (0.28, 0.56):
        before = samples[int((begin - 0.05) * sound.RATE) : int(begin * sound.RATE)]
        after = samples[int((begin + 0.01) * sound.RATE) : int((begin + 0.06) * sound.RATE)]
        assert sound.rms(after) > sound.rms(before)


@pytest.mark.parametrize("loud", [0.02, 0.4, 1.0])
def test_all_sound_is_as_loud_as_the_rest(tmp_path: Path, loud: float) -> None:
    samples, _ = sound.read(tone(tmp_path / "a.wav", loud=loud))
    levelled = sound.level(sound.trim(samples, sound.RATE))
    assert sound.rms(levelled) == pytest.approx(sound.LOUDNESS, rel=0.2)
    assert max(levelled) <= sound.CEILING * sound.FULL


def test_one_loud_click_does_not_overflow() -> None:
    samples = array("h", [100, -100] * 5_000 + [32_767] + [100, -100] * 5_000)
    assert max(sound.level(samples)) <= sound.FULL


def test_no_sample_goes_beyond_the_ceiling_however_right_the_loudness_is() -> None:
    samples = array("h", [3_277, -3_277] * 5_000 + [32_767])
    assert max(sound.level(samples)) <= sound.CEILING * sound.FULL


def test_silence_at_the_ends_goes_and_what_is_silent_is_nothing(tmp_path: Path) -> None:
    samples, rate = sound.read(tone(tmp_path / "a.wav", 0.3))
    assert len(samples) / rate == pytest.approx(0.7, abs=0.01)
    assert len(sound.trim(samples, rate)) / rate == pytest.approx(0.44, abs=0.02)
    assert len(sound.trim(sound.silence(1), rate)) == 0
    assert len(sound.trim(array("h"), rate)) == 0
    assert sound.rms(array("h")) == 0


@pytest.mark.parametrize("rate", [22_050, 44_100, 48_000])
@pytest.mark.parametrize("channels", [1, 2])
def test_recordings_of_all_allowed_kinds(tmp_path: Path, rate: int, channels: int) -> None:
    samples, own = sound.read(tone(tmp_path / "a.wav", 0.3, rate, channels))
    assert own == rate
    same = sound.resampled(samples, own, sound.RATE)
    assert len(same) / sound.RATE == pytest.approx(0.7, abs=0.01)
    # Still 440 Hz: as many changes of sign as that has.
    changes = sum(a < 0 <= b for a, b in pairwise(same))
    assert changes == pytest.approx(0.3 * 440, abs=3)


def test_what_a_lower_rate_cannot_carry_does_not_come_back_as_another_tone(tmp_path: Path) -> None:
    """20 kHz, as the hiss of an s has it, would be heard at 2 kHz."""
    samples, rate = sound.read(tone(tmp_path / "a.wav", 0.3, 44_100, pitch=20_000))
    assert sound.rms(sound.resampled(samples, rate, sound.RATE)) < 0.3 * sound.rms(samples)


@pytest.mark.parametrize("rate", [8_000, 96_000])
def test_other_recordings_are_refused_with_a_remedy(tmp_path: Path, rate: int) -> None:
    with pytest.raises(sound.BadSound, match=r"a\.wav: .*44100"):
        sound.read(tone(tmp_path / "a.wav", rate=rate))
    (tmp_path / "b.wav").write_bytes(b"ID3 not a wave")
    with pytest.raises(sound.BadSound, match=r"b\.wav: .*Save it as WAV"):
        sound.read(tmp_path / "b.wav")
    with pytest.raises(sound.BadSound, match="No such file"):
        sound.read(tmp_path / "c.wav")


def test_recordings_in_which_nothing_or_not_all_can_be_heard(tmp_path: Path) -> None:
    path = tone(tmp_path / "a.wav", 0.3)
    samples, rate = sound.recording(path)
    assert len(samples) / rate == pytest.approx(0.44, abs=0.02)
    whole = path.read_bytes()
    for data, fault in (
        (whole[:-2000], "cut short"),
        (sound.to_wav(sound.silence(0.5)), "nothing is heard"),
        (sound.to_wav(sound.silence(0)), "nothing is heard"),
        (sound.to_wav(sound.silence(21)), "21 s are more than 20"),
        (b"", "Save it as WAV"),
    ):
        path.write_bytes(data)
        with pytest.raises(sound.BadSound, match=rf"a\.wav: .*{fault}"):
            sound.recording(path)


def changed(path: Path, at: int, value: bytes) -> Path:
    """A sound with other bytes in its header."""
    data = sound.to_wav(sound.silence(0.5))
    path.write_bytes(data[:at] + value + data[at + len(value) :])
    return path


@pytest.mark.parametrize(
    ("at", "value"), [(16, b"\xff\xff"), (24, b"\0\0\0\0")], ids=["no end", "no rate"]
)
def test_a_header_that_makes_no_sense_is_no_sound(tmp_path: Path, at: int, value: bytes) -> None:
    path = changed(tmp_path / "a.wav", at, value)
    assert sound.seconds_of(path) is None
    with pytest.raises(sound.BadSound, match=r"a\.wav: .*Save it"):
        sound.recording(path)


def test_a_machine_of_the_other_byte_order_writes_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    samples = array("h", [1, 2, 3])
    here = sound.to_wav(samples)
    monkeypatch.setattr(sys, "byteorder", {"little": "big", "big": "little"}[sys.byteorder])
    samples.byteswap()  # as they would lie in its memory
    assert sound.to_wav(samples) == here


def test_a_file_that_is_cut_short_has_no_length(tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    path.write_bytes(sound.to_wav(sound.silence(0.5)))
    assert sound.seconds_of(path) == pytest.approx(0.5)
    assert heard(path)[1] == 0
    path.write_bytes(path.read_bytes()[:-2])
    assert sound.seconds_of(path) is None
    path.write_bytes(b"")
    assert sound.seconds_of(path) is None
    assert sound.seconds_of(tmp_path / "none") is None
