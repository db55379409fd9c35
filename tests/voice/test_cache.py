"""Sounds as files: made once, whole or not at all, bounded."""

import asyncio
import stat
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from antrean.voice.cache import KEPT_SECONDS, NAME, Cache, name_of
from antrean.voice.sound import silence, to_wav

pytestmark = pytest.mark.asyncio

SOUND = to_wav(silence(0.5))


def maker(sound: bytes = SOUND) -> tuple[Callable[[], Awaitable[bytes]], list[int]]:
    made: list[int] = []

    async def make() -> bytes:
        made.append(1)
        await asyncio.sleep(0)
        return sound

    return make, made


async def test_a_sound_is_made_once_and_found_after_a_restart(tmp_path: Path) -> None:
    make, made = maker()
    cache = Cache(tmp_path / "audio")
    clips = await asyncio.gather(*(cache.get("satu", make) for _ in range(20)))
    assert made == [1]
    assert len(set(clips)) == 1
    assert clips[0].url == f"/audio/{name_of('satu')}"
    assert clips[0].seconds == pytest.approx(0.5)
    assert await cache.get("satu", make) == clips[0]
    assert await Cache(tmp_path / "audio").get("satu", make) == clips[0]
    assert made == [1]


async def test_names_follow_from_what_is_said_and_files_are_private(tmp_path: Path) -> None:
    make, _ = maker()
    cache = Cache(tmp_path / "audio")
    one, two = await cache.get("../satu", make), await cache.get("dua", make)
    assert one.url != two.url
    names = {path.name for path in (tmp_path / "audio").iterdir()}
    assert names == {name_of("../satu"), name_of("dua")}
    assert all(NAME.fullmatch(name) for name in names)
    for path in (tmp_path / "audio").iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "audio").stat().st_mode) == 0o700


async def test_the_longest_unused_go_and_what_is_about_to_be_fetched_stays(tmp_path: Path) -> None:
    now = [1_000.0]
    make, made = maker()
    cache = Cache(tmp_path / "audio", limit=3 * len(SOUND), now=lambda: now[0])
    for key in "abc":
        await cache.get(key, make)
        now[0] += 1
    await cache.get("a", make)  # used again: b is the oldest now
    now[0] += KEPT_SECONDS + 1
    await cache.get("d", make)
    there = {path.name for path in (tmp_path / "audio").iterdir()}
    assert there == {name_of(key) for key in "acd"}
    for key in "efgh":
        await cache.get(key, make)  # all within the time in which a display may fetch them
    there = {path.name for path in (tmp_path / "audio").iterdir()}
    assert there == {name_of(key) for key in "defgh"}
    assert len(made) == 8


async def test_a_clock_that_was_ahead_does_not_keep_sounds_for_ever(tmp_path: Path) -> None:
    """Which a machine without a battery for its clock has when it starts."""
    now = [1_000_000.0]
    make, _ = maker()
    cache = Cache(tmp_path / "audio", limit=2 * len(SOUND), now=lambda: now[0])
    await cache.get("a", make)
    now[0] = 1_000.0
    for key in "bcde":
        now[0] += KEPT_SECONDS + 1
        await cache.get(key, make)
    there = {path.name for path in (tmp_path / "audio").iterdir()}
    assert there == {name_of(key) for key in "de"}


async def test_the_order_of_use_outlives_a_restart(tmp_path: Path) -> None:
    now = [1_000.0]
    make, _ = maker()
    first = Cache(tmp_path / "audio", now=lambda: now[0])
    for key in "abc":
        await first.get(key, make)
        now[0] += 10
    await first.get("a", make)
    now[0] += KEPT_SECONDS + 1
    second = Cache(tmp_path / "audio", limit=2 * len(SOUND), now=lambda: now[0])
    await second.get("d", make)
    there = {path.name for path in (tmp_path / "audio").iterdir()}
    assert there == {name_of(key) for key in "ad"}


async def test_what_is_cut_short_or_half_written_is_made_anew(tmp_path: Path) -> None:
    folder = tmp_path / "audio"
    make, made = maker()
    await Cache(folder).get("a", make)
    path = folder / name_of("a")
    path.write_bytes(SOUND[:-100])  # as a power cut leaves it
    (folder / f".{name_of('b')}.1234").write_bytes(SOUND)
    (folder / name_of("c")).write_bytes(SOUND[:16] + b"\xff\xff" + SOUND[18:])
    (folder / "other.txt").write_text("x")
    (folder / "link").symlink_to(tmp_path)
    await Cache(folder).get("a", make)
    assert len(made) == 2
    assert path.read_bytes() == SOUND
    assert {one.name for one in folder.iterdir()} == {path.name, "link"}


async def test_a_file_that_was_deleted_is_made_anew(tmp_path: Path) -> None:
    make, made = maker()
    cache = Cache(tmp_path / "audio")
    await cache.get("a", make)
    (tmp_path / "audio" / name_of("a")).unlink()
    await cache.get("a", make)
    (tmp_path / "audio" / name_of("a")).unlink()
    (tmp_path / "audio").rmdir()
    await cache.get("a", make)
    assert len(made) == 3
    assert (tmp_path / "audio" / name_of("a")).is_file()


async def test_a_file_appears_whole_or_not_at_all(tmp_path: Path) -> None:
    """Whoever looks at the folder meanwhile sees no file under a sound's name that is not whole."""
    folder = tmp_path / "audio"
    folder.mkdir()
    large = to_wav(silence(60))
    make, _ = maker(large)
    cache = Cache(folder)
    tasks = [asyncio.create_task(cache.get(str(n), make)) for n in range(8)]
    sizes = set()
    while not all(task.done() for task in tasks):
        await asyncio.sleep(0)
        for path in folder.iterdir():
            if NAME.fullmatch(path.name):
                sizes.add(path.stat().st_size)
    await asyncio.gather(*tasks)
    assert sizes <= {len(large)}
    assert len(list(folder.iterdir())) == 8


async def test_what_cannot_be_made_leaves_nothing_and_is_tried_again(tmp_path: Path) -> None:
    async def refuse() -> bytes:
        raise RuntimeError("no voice")

    cache = Cache(tmp_path / "audio")
    with pytest.raises(RuntimeError, match="no voice"):
        await cache.get("a", refuse)
    no_wave, _ = maker(b"not a wave")
    with pytest.raises(OSError, match="no WAV"):
        await cache.get("a", no_wave)
    assert list((tmp_path / "audio").iterdir()) == []
    make, _ = maker()
    assert (await cache.get("a", make)).seconds == pytest.approx(0.5)


async def test_one_who_no_longer_waits_does_not_take_the_sound_from_another(tmp_path: Path) -> None:
    began, go = asyncio.Event(), asyncio.Event()

    async def make() -> bytes:
        began.set()
        await go.wait()
        return SOUND

    cache = Cache(tmp_path / "audio")
    gone = asyncio.create_task(cache.get("a", make))
    stays = asyncio.create_task(cache.get("a", make))
    await began.wait()
    gone.cancel()
    await asyncio.gather(gone, return_exceptions=True)
    go.set()
    assert (await stays).seconds == pytest.approx(0.5)


async def test_closing_gives_up_what_is_being_made(tmp_path: Path) -> None:
    began = asyncio.Event()

    async def make() -> bytes:
        began.set()
        await asyncio.Event().wait()
        return SOUND

    cache = Cache(tmp_path / "audio")
    waiting = asyncio.create_task(cache.get("a", make))
    await began.wait()
    await asyncio.wait_for(cache.close(), 5)
    with pytest.raises(asyncio.CancelledError):
        await waiting


async def test_a_folder_that_cannot_be_made_is_an_error_of_the_system(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    make, _ = maker()
    with pytest.raises(OSError, match="file"):
        await Cache(tmp_path / "file").get("a", make)
