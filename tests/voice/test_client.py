"""The helper process and the pipes to it: crashes, silence, too much at once, no engine."""

import asyncio
import os
import signal
import stat
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from antrean.voice import sound
from antrean.voice.client import COMMAND, WAITING, Client, Unspoken
from antrean.voice.numbers import cardinal, letters
from tests.voice.sounds import heard, tone

pytestmark = pytest.mark.asyncio


async def test_a_text_becomes_sound(tmp_path: Path) -> None:
    client = Client()
    assert client.pid is None  # nothing runs before the first request
    (tmp_path / "a.wav").write_bytes(await client.say("Nomor antrean A nol nol satu.", "id"))
    seconds, loudness, ends = heard(tmp_path / "a.wav")
    assert 1.5 < seconds < 4
    assert 0.05 < loudness < 0.2
    assert ends < 0.2
    await client.close()
    assert client.pid is None
    with pytest.raises(Unspoken, match="closed"):
        await client.say("satu", "id")


@pytest.mark.parametrize(
    ("language", "names"),
    [
        # In espeak-ng's letters for sounds, marks of stress and variants left out: tS is the c of
        # Indonesian, E the open e, eI and aI those of "day" and "die".
        ("id", "a be tSe de e Ef ge ha i dZe ka El Em En o pe ki ER Es te u fe we Eks je zEt"),
        ("en", "eI bi: si: di: i: Ef dZi: eItS aI dZeI keI El Em En oU pi: kju: A@ Es ti: ju: vi:"),
    ],
)
async def test_letters_are_spoken_by_their_names(language: str, names: str) -> None:
    client = Client()
    spoken = []
    for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[: len(names.split())]:
        (word,) = letters(letter)
        text = f"{word.said} {cardinal(1, language)[0].said}"
        answer, _ = await client.ask(op="phonemes", text=text, language=language)
        spoken.append("".join(c for c in answer["phonemes"].split()[0] if c not in "',2"))
    await client.close()
    assert spoken == names.split()


async def test_one_that_is_killed_in_use_is_replaced_and_nothing_is_lost() -> None:
    client = Client()
    await client.ask(op="warm")
    first = client.pid
    assert first is not None
    waiting = [asyncio.create_task(client.say(f"nomor {n} " * 20, "id")) for n in "abcdef"]
    await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
    os.kill(first, signal.SIGKILL)
    sounds = await asyncio.gather(*waiting)
    assert all(made[:4] == b"RIFF" and len(made) > 50_000 for made in sounds)
    assert client.pid not in (None, first)
    await client.close()


async def test_files_of_the_folder_it_is_started_in_are_not_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "wave.py").write_text("raise SystemExit", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    client = Client()
    assert (await client.say("satu", "id"))[:4] == b"RIFF"
    await client.close()


async def test_one_that_does_not_answer_is_killed() -> None:
    client = Client(answer_seconds=2)  # a busy machine starts one in half a second
    await client.ask(op="warm")
    first = client.pid
    assert first is not None
    os.kill(first, signal.SIGSTOP)  # it lives, and says nothing
    assert (await client.say("satu", "id"))[:4] == b"RIFF"
    with pytest.raises(ProcessLookupError):
        os.kill(first, 0)
    await client.close()


async def test_one_that_never_speaks_rests_instead_of_being_started_for_each_call(
    tmp_path: Path,
) -> None:
    starts = tmp_path / "starts"
    program = f"open({str(starts)!r}, 'a').write('x')"
    now = [0.0]
    client = Client((sys.executable, "-c", program), now=lambda: now[0])
    for _ in range(10):
        with pytest.raises(Unspoken):
            await client.say("satu", "id")
    assert len(starts.read_text()) == 3
    now[0] = 31
    with pytest.raises(Unspoken):
        await client.say("satu", "id")
    assert len(starts.read_text()) == 5
    await client.close()


async def test_one_that_ended_is_told_as_such() -> None:
    client = Client((sys.executable, "-c", ""))
    with pytest.raises(Unspoken, match=r"^the voice's process ended without an answer$"):
        await client.say("satu", "id")
    await client.close()


async def test_it_rests_in_the_midst_of_a_request_too(tmp_path: Path) -> None:
    """One that spoke ends when it is asked again: the starts that fail are an odd number."""
    starts, speaks = tmp_path / "starts", tmp_path / "speaks"
    speaks.touch()
    program = f"""if True:
        import os
        open({str(starts)!r}, "a").write("x")
        if os.path.exists({str(speaks)!r}):
            input()
            print('{{"id": 1, "bytes": 0}}', flush=True)
            input()
    """
    client = Client((sys.executable, "-c", program), now=lambda: 0)
    await client.ask(op="warm")
    speaks.unlink()
    reasons = []
    for _ in range(4):
        with pytest.raises(Unspoken) as refused:
            await client.say("satu", "id")
        reasons.append(str(refused.value))
    assert reasons[2] == "the voice's process was started 3 times and said nothing"
    assert len(starts.read_text()) == 1 + 3
    await client.close()


async def test_no_more_wait_than_can_be_said() -> None:
    client = Client()
    asked = [asyncio.create_task(client.say("satu", "id")) for _ in range(WAITING + 3)]
    answers = await asyncio.gather(*asked, return_exceptions=True)
    refused = [answer for answer in answers if isinstance(answer, Unspoken)]
    assert len(refused) == 3
    assert "wait for the voice already" in str(refused[0])
    await client.close()


async def test_one_who_no_longer_waits_does_not_mix_up_the_answers() -> None:
    client = Client()
    short = await client.say("satu", "id")
    gone = asyncio.create_task(client.say("nomor antrean " * 30, "id"))
    await asyncio.sleep(0)  # it has asked
    gone.cancel()
    await asyncio.gather(gone, return_exceptions=True)
    assert client.pid is None  # what it still writes is read by nobody
    assert abs(len(await client.say("satu", "id")) - len(short)) < 2_000
    await client.close()


async def test_an_answer_to_another_request_is_none() -> None:
    program = 'input(); print(\'{"id": 7, "bytes": 0}\', flush=True); input()'
    client = Client((sys.executable, "-c", program))
    with pytest.raises(Unspoken, match="it answered another request"):
        await client.say("satu", "id")
    await client.close()


async def test_closing_ends_it_in_the_midst_of_a_text_and_starts_no_other() -> None:
    client = Client()
    await client.ask(op="warm")
    waiting = asyncio.create_task(client.say("nomor antrean " * 300, "id"))
    await asyncio.sleep(0)  # it has asked
    await client.close()
    with pytest.raises(Unspoken, match="closed"):
        await waiting
    assert client.pid is None


async def test_what_a_terminal_sends_its_programs_is_not_for_it() -> None:
    client = Client()
    await client.ask(op="warm")
    assert client.pid is not None
    assert os.getsid(client.pid) == client.pid  # in no terminal's session
    await client.close()


async def test_what_cannot_be_said_leaves_the_process_alive() -> None:
    client = Client()
    await client.ask(op="warm")
    first = client.pid
    for text, language in (("...", "id"), ("", "id"), ("satu", "xx"), ("\x00", "id")):
        with pytest.raises(Unspoken):
            await client.say(text, language)
    with pytest.raises(Unspoken):
        await client.ask(op="sing")
    assert (await client.say("satu", "id"))[:4] == b"RIFF"
    assert client.pid == first
    await client.close()


async def test_recordings_are_joined(tmp_path: Path) -> None:
    client = Client()
    one, two = tone(tmp_path / "a.wav", 0.3, 44_100), tone(tmp_path / "b.wav", 0.3, 44_100, 2)
    other = tone(tmp_path / "c.wav", 0.3, 48_000)
    out = tmp_path / "out.wav"
    out.write_bytes(await client.join([one, two], [0.2, 0.5]))
    seconds, loudness, ends = heard(out)
    assert sound.read(out)[1] == 44_100  # as they came
    # 0.3 s each, what trimming leaves at the ends, the pause between; none after the last.
    assert seconds == pytest.approx(0.3 + 0.14 + 0.2 + 0.3 + 0.14, abs=0.03)
    assert loudness > 0.05
    assert ends < 0.2
    out.write_bytes(await client.join([one, other], [0.2, 0.5]))
    assert heard(out)[0] == pytest.approx(seconds, abs=0.03)
    assert sound.read(out)[1] == sound.RATE
    with pytest.raises(Unspoken, match=r"none\.wav"):
        await client.join([tmp_path / "none.wav"], [0])
    await client.close()


async def test_it_ends_with_the_server_that_is_killed() -> None:
    """The helper reads until its input ends: nobody must be there to end it."""
    process = await asyncio.create_subprocess_exec(
        *COMMAND, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE
    )
    assert process.stdin is not None
    process.stdin.close()
    assert await asyncio.wait_for(process.wait(), 10) == 0


def script(path: Path, content: str) -> None:
    path.write_text(f"#!/bin/sh\n{content}\n", encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)


async def test_debians_program_speaks_where_the_library_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spoken = tone(tmp_path / "spoken.wav", 0.5)
    asked = tmp_path / "asked"
    script(tmp_path / "espeak-ng", f'echo "$@" >>{asked}; cat >>{asked}; cat {spoken}')
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    client = Client((*COMMAND, "program"))
    (tmp_path / "out.wav").write_bytes(await client.say("Nomor antrean; rm -rf", "id"))
    seconds, loudness, _ = heard(tmp_path / "out.wav")
    assert seconds == pytest.approx(0.64, abs=0.05)
    assert loudness == pytest.approx(sound.LOUDNESS, rel=0.2)  # the tone has 0.25
    assert asked.read_text() == "-v id -s 150 --stdout\nNomor antrean; rm -rf"
    script(tmp_path / "espeak-ng", "cat >/dev/null; echo no voice >&2; exit 3")
    with pytest.raises(Unspoken, match="ended with 3"):
        await client.say("satu", "id")
    await client.close()


def loader(folder: Path, content: str) -> None:
    """Another library's package in place of ours."""
    (folder / "espeakng_loader.py").write_text(content, encoding="utf-8")


async def test_where_the_library_cannot_be_loaded_debians_program_speaks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nor does it matter what it prints."""
    loader(tmp_path, "print('no such machine', flush=True)\nraise OSError('wrong ELF class')")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setenv("PATH", str(tmp_path))
    client = Client()
    with pytest.raises(Unspoken, match=r"^espeakng-loader: wrong ELF class; espeak-ng is not on"):
        await client.say("satu", "id")
    script(tmp_path / "espeak-ng", f"exec /bin/cat {tone(tmp_path / 'spoken.wav', 0.5)}")
    assert (await client.say("satu", "id"))[:4] == b"RIFF"
    await client.close()


async def test_a_library_without_its_data_does_not_end_the_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours = find_spec("espeakng_loader")
    assert ours is not None
    library = str(Path(str(ours.origin)).with_name("libespeak-ng.so"))
    paths = {"get_library_path": library, "get_data_path": "/none/espeak-ng-data"}
    loader(tmp_path, "\n".join(f"def {name}(): return {path!r}" for name, path in paths.items()))
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    client = Client((*COMMAND, "library"))
    with pytest.raises(Unspoken, match=r"^espeak-ng found no data in /none$"):
        await client.say("satu", "id")
    assert client.pid is not None
    await client.close()


async def test_without_any_engine_the_reasons_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    client = Client((*COMMAND, "program"))
    with pytest.raises(Unspoken, match="espeak-ng is not on PATH"):
        await client.say("satu", "id")
    await client.close()
