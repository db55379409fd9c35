"""/audio: what displays fetch, and nothing else."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from antrean.domain.catalogue import VoiceSettings
from antrean.hall.ports import CallRequest, Spoken
from antrean.voice.cache import name_of
from tests.support.inside import Inside, inside

pytestmark = pytest.mark.asyncio


@pytest_asyncio.fixture
async def app(tmp_path: Path) -> AsyncIterator[Inside]:
    async with inside(tmp_path / "data") as made:
        yield made
        await made.parts.speech.close()


async def spoken(app: Inside) -> Spoken:
    asked = CallRequest(
        number="A-001", counter_name={"id": "Loket 3"}, settings=VoiceSettings(), repeats=2
    )
    return await app.parts.speech.call(asked)


async def test_every_sound_of_a_call_can_be_fetched_by_anyone_and_kept(app: Inside) -> None:
    call = await spoken(app)
    assert len(call.clips) == 4
    for clip in call.clips:
        answer = await app.http.get(clip.url)
        assert answer.status_code == 200
        assert answer.headers["content-type"] == "audio/wav"
        assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.content[:4] == b"RIFF"
        assert int(answer.headers["content-length"]) == len(answer.content)


async def test_a_part_of_a_sound(app: Inside) -> None:
    """Safari and the players of some TVs ask for ranges and give up without."""
    url = (await spoken(app)).clips[1].url
    whole = (await app.http.get(url)).content
    part = await app.http.get(url, headers={"Range": "bytes=0-1"})
    assert part.status_code == 206
    assert part.headers["content-range"] == f"bytes 0-1/{len(whole)}"
    assert part.content == whole[:2]
    head = await app.http.head(url)
    assert (head.status_code, head.content) == (200, b"")


OTHER_NAMES = (
    "..%2fantrean.db", "%2e%2e%2fsecret", "../secret", "..%5csecret", "secret",
    "%00.wav", "a" * 32 + ".wav%00", "A" * 32 + ".wav", "a" * 31 + ".wav", "a" * 32 + ".mp3",
    "a" * 32 + ".wav%0a", "." + "a" * 32 + ".wav.1234", "", "%2fetc%2fpasswd", "a" * 4000,
    "a" * 32 + ".wav/", "a" * 32 + ".wav/x", "%ff" * 32 + ".wav", "\u0661" * 32 + ".wav",
)  # fmt: skip


async def test_no_other_name_leads_to_a_file(app: Inside, tmp_path: Path) -> None:
    folder = tmp_path / "data" / "audio"
    folder.mkdir(exist_ok=True)
    for there in ("." + "a" * 32 + ".wav.1234", "a" * 32 + ".mp3", "secret", "A" * 32 + ".wav"):
        (folder / there).write_text("private", encoding="utf-8")
    for name in OTHER_NAMES:
        answer = await app.http.get(f"/audio/{name}")
        assert answer.status_code == 404, name
        assert answer.headers["content-type"] == "application/problem+json", name
        assert answer.json()["code"] == "not_found", name
        assert answer.headers["cache-control"] == "no-store", name


async def test_what_is_gone_is_404_and_made_anew_by_the_next_call(
    app: Inside, tmp_path: Path
) -> None:
    url = (await spoken(app)).clips[1].url
    file = tmp_path / "data" / url.lstrip("/")
    file.unlink()
    assert (await app.http.get(url)).status_code == 404
    assert (await spoken(app)).clips[1].url == url
    assert (await app.http.get(url)).status_code == 200


async def test_a_folder_under_a_sounds_name_is_no_sound(app: Inside, tmp_path: Path) -> None:
    (tmp_path / "data" / "audio" / name_of("x")).mkdir(parents=True)
    assert (await app.http.get(f"/audio/{name_of('x')}")).status_code == 404


async def test_it_can_only_be_read(app: Inside) -> None:
    url = (await spoken(app)).clips[1].url
    for method in ("POST", "PUT", "DELETE"):
        assert (await app.http.request(method, url)).status_code == 405
