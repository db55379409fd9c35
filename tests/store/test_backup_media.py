"""A backup has the media with it, and a restore takes nothing else from an archive."""

import io
import stat
import tarfile
from pathlib import Path

import pytest

from antrean.media.folder import MediaFolder, new_media_id, stored_name
from antrean.store.backup import backup, restore
from antrean.store.folder import UnusableFolder
from tests.support import Cast, RunningServer
from tests.support.media import JPEG, mp4, png, upload


def test_media_go_with_a_backup_and_come_back_with_it(tmp_path: Path) -> None:
    file, elsewhere = tmp_path / "antrean.tar", tmp_path / "elsewhere" / "data"
    with RunningServer(tmp_path / "one") as server, Cast(server) as cast:
        supervisor = cast.supervisor()
        kept = [upload(supervisor, content).body["media"] for content in (png(), JPEG, mp4())]
        playlist = [{"media": media["id"]} for media in kept]
        supervisor.send("PATCH", "/zones/utama", {"playlist": playlist}).ok()
        (server.data / "media" / "catatan.txt").write_text("not ours")
        backup(server.data, file)
    with tarfile.open(file) as archive:
        media = {name for name in archive.getnames() if name.startswith("media/")}
    assert media == {item["url"].lstrip("/") for item in kept}
    elsewhere.parent.mkdir()
    restore(elsewhere, file)
    folder = elsewhere / "media"
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}
    assert not [path for path in elsewhere.iterdir() if path.name.startswith(".")]
    with RunningServer(elsewhere.parent) as server, Cast(server) as cast:
        assert cast.supervisor().get("/media").items == kept
        for item, content in zip(kept, (png(), JPEG, mp4()), strict=True):
            assert cast.nobody().http.get(item["url"]).content == content
        told = cast.supervisor().send("PATCH", "/zones/utama", {}).ok().body["zone"]
        assert [item["media"] for item in told["playlist"]] == [item["id"] for item in kept]


def test_a_backup_without_media_is_one_too(tmp_path: Path) -> None:
    with RunningServer(tmp_path / "one") as server:
        backup(server.data, tmp_path / "b")
    restore(tmp_path / "two", tmp_path / "b")
    assert not (tmp_path / "two" / "media").exists()


def test_what_came_after_the_database_was_copied_is_swept_away(tmp_path: Path) -> None:
    """As an upload that a backup meets on its way: a file without an entry."""
    name = stored_name(new_media_id(), "image/png")
    with RunningServer(tmp_path / "one") as server:
        (server.data / "media").mkdir(mode=0o700)
        (server.data / "media" / name).write_bytes(png())
        backup(server.data, tmp_path / "b")
    (tmp_path / "two").mkdir()
    restore(tmp_path / "two" / "data", tmp_path / "b")
    folder = MediaFolder(tmp_path / "two" / "data")
    assert [path.name for path in folder.files()] == [name]
    with RunningServer(tmp_path / "two"):
        assert list(folder.files()) == []


ID = "0" * 24


@pytest.mark.parametrize(
    "name",
    [
        f"media/../{ID}.png", f"../media/{ID}.png", f"/media/{ID}.png", f"media/{ID}.svg",
        f"media/x/{ID}.png", "media/antrean.db", f"media/{ID}.png\n", f"other/{ID}.png",
    ],
)  # fmt: skip
def test_nothing_else_is_taken_from_an_archive(tmp_path: Path, name: str) -> None:
    file = tmp_path / "b"
    with RunningServer(tmp_path / "one") as server:
        backup(server.data, file)
    with tarfile.open(file, "a") as archive:
        member = tarfile.TarInfo(name)
        member.size = 4
        archive.addfile(member, io.BytesIO(b"evil"))
        link = tarfile.TarInfo(f"media/{'1' * 24}.png")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
    restore(tmp_path / "two" / "data", file)
    found = {p.relative_to(tmp_path / "two").as_posix() for p in (tmp_path / "two").rglob("*")}
    assert found == {"data", "data/antrean.db", "data/lock", "data/secret"}


def test_an_archive_with_one_file_twice_is_no_backup(tmp_path: Path) -> None:
    file = tmp_path / "b"
    with RunningServer(tmp_path / "one") as server:
        backup(server.data, file)
    with tarfile.open(file, "a") as archive:
        for content in (b"one", b"two"):
            member = tarfile.TarInfo(f"media/{ID}.png")
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    with pytest.raises(UnusableFolder, match="no backup"):
        restore(tmp_path / "two", file)
    assert not (tmp_path / "two" / "antrean.db").exists()
