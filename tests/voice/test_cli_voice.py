"""`antrean voice`: a phrase as a file, and the list of recordings that are missing."""

import os
import wave
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from antrean.__main__ import main
from tests.voice.sounds import heard, tone


def run(*arguments: str | Path) -> int:
    return main(["voice", *map(str, arguments)])


def test_a_call_is_rendered(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "call.wav"
    assert run("--say", "A-001", "Loket 3", "--out", out) == 0
    told = capsys.readouterr().out.splitlines()
    assert told[0] == "Nomor antrean A nol nol satu, silakan menuju ke Loket tiga."
    seconds, loudness, _ = heard(out)
    assert 3 < seconds < 6
    assert 0.05 < loudness < 0.2
    assert told[1] == f"{out}: {seconds:.1f} s"
    with wave.open(str(out)) as file:
        assert (file.getframerate(), file.getnchannels(), file.getsampwidth()) == (22_050, 1, 2)
    assert [path.name for path in tmp_path.iterdir()] == ["call.wav"]


@pytest.mark.parametrize(
    ("flags", "said"),
    [
        (
            ["--spelling", "bilangan"],
            "Nomor antrean B dua belas, silakan menuju ke Loket sepuluh A.",
        ),
        (["--language", "en"], "Queue number B zero one two, please proceed to Loket ten A."),
        (["--recall", "--priority"], "Panggilan ulang, Nomor antrean prioritas B nol satu dua,"),
        (["--agency", "BPJS Kesehatan"], "ke Loket sepuluh A, B P J S Kesehatan."),
    ],
)
def test_all_that_a_zone_may_say(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], flags: list[str], said: str
) -> None:
    assert run("--say", "B-012", "Loket 10A", "--out", tmp_path / "x.wav", *flags) == 0
    assert said in capsys.readouterr().out


def test_a_text_with_own_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = tmp_path / "words.toml"
    words.write_text('[id]\nMPP = "mal pelayanan publik"', encoding="utf-8")
    out = tmp_path / "x.wav"
    assert run("--text", "MPP tutup pukul 15.00", "--out", out, "--words", words) == 0
    assert "mal pelayanan publik tutup pukul lima belas" in capsys.readouterr().out


def test_what_is_missing_until_nothing_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("--missing", tmp_path, "--language", "id") == 1
    told = capsys.readouterr()
    lines = [line.split("\t") for line in told.out.splitlines()]
    assert ["id/nomor-antrean.wav", "Nomor antrean", "(each call)"] in lines
    assert not any(file.startswith("en/") for file, _, _ in lines)
    assert told.err == f"{len(lines)} of {len(lines)} recordings are missing\n"
    for file, _, _ in lines:
        tone(tmp_path / file, 0.1)
    assert run("--missing", tmp_path, "--language", "id") == 0
    assert capsys.readouterr().out == ""
    assert run("--missing", tmp_path) == 1
    assert all(line.startswith("en/") for line in capsys.readouterr().out.splitlines())
    out = tmp_path / "x.wav"
    assert run("--say", "A-001", "Loket 3", "--out", out, "--clips", tmp_path) == 0
    assert heard(out)[0] == pytest.approx(8 * 0.24 + 6 * 0.04 + 0.22, abs=0.05)
    (tmp_path / "id" / "a.wav").unlink()
    assert run("--say", "A-001", "Loket 3", "--out", out, "--clips", tmp_path) == 0
    assert "recordings are missing, the machine speaks" in capsys.readouterr().err


def test_what_is_there_and_cannot_be_used_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run("--missing", tmp_path, "--language", "id")
    for line in capsys.readouterr().out.splitlines():
        tone(tmp_path / line.split("\t")[0], 0.1)
    (tmp_path / "id" / "7.wav").write_bytes(b"ID3 an MP3")
    tone(tmp_path / "id" / "counter-loket-3.wav", rate=8_000)  # optional, and would be taken
    tone(tmp_path / "chime.wav", loud=0)
    tone(tmp_path / "session.wav", rate=8_000)  # what all were cut from; nobody would take it
    assert run("--missing", tmp_path, "--language", "id") == 1
    told = capsys.readouterr()
    assert told.out == ""
    chime, seven, counter, count = told.err.splitlines()
    assert "7.wav: file does not start with RIFF id. Save it as WAV, PCM with 16 bits." in seven
    assert "counter-loket-3.wav: 8000 Hz, 1 channels, 16 bits" in counter
    assert "chime.wav: nothing is heard. Record it again." in chime
    assert count == "0 of 48 recordings are missing"


def test_where_no_language_of_the_site_has_a_voice_indonesian_is_asked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """As calls are said then."""
    site = tmp_path / "site.toml"
    site.write_text(
        '[site]\nname = "MPP"\ntimezone = "Asia/Jakarta"\nlanguages = ["su"]\nhours = "always"\n'
        '[[zone]]\nid = "z"\nname = "Z"\n[[agency]]\nid = "a"\nname = "A"\n'
        '[[service]]\nid = "s"\nagency = "a"\nzone = "z"\nname = "S"\nprefix = "A"\n'
        '[[counter]]\nid = "c"\nname = "Loket 1"\nzone = "z"\nservices = ["s"]\n',
        encoding="utf-8",
    )
    assert run("--missing", tmp_path, "--catalogue", site) == 1
    assert "id/nomor-antrean.wav\t" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["--say", "A-001", "Loket 3"], "--out FILE.wav is missing"),
        (["--missing", "none"], "none: there is no such folder"),
        (["--say", "A", "B", "--out", "x.wav", "--clips", "none"], "none: there is no such"),
        (["--say", "A", "B", "--out", "x.wav", "--words", "none"], "none: No such file"),
        (["--say", "A", "B", "--out", "x.wav", "--catalogue", "none"], "none"),
    ],
)
def test_wrong_usage(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    reason: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(*arguments) == 2
    assert reason in capsys.readouterr().err
    assert os.listdir() == []


def test_what_cannot_be_said_or_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--text", "satu", "--out", tmp_path / "none" / "x.wav") == 1
    assert "No such file" in capsys.readouterr().err
    for folder in (tmp_path, Path("/")):
        assert run("--text", "satu", "--out", folder) == 1
        assert "Is a directory" in capsys.readouterr().err
    for said in (("", "Loket 3"), ("A-001", "\U0001f600")):
        assert run("--say", *said, "--out", tmp_path / "x.wav") == 2
        assert "nothing in it that can be said" in capsys.readouterr().err
    for text in ("", "...", "\U0001f600"):
        assert run("--text", text, "--out", tmp_path / "x.wav") == 2
        assert "nothing in it that can be said" in capsys.readouterr().err


def test_what_is_no_file_is_written_into_and_not_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with ThreadPoolExecutor() as readers:
        sound = readers.submit(pipe.read_bytes)
        assert run("--text", "satu", "--out", pipe) == 0
        assert sound.result(timeout=10).startswith(b"RIFF")
    assert pipe.is_fifo()


def test_no_flag_is_an_error_of_usage() -> None:
    with pytest.raises(SystemExit) as ended:
        run()
    assert ended.value.code == 2
