"""Images and films for displays: uploaded, listed, served whole and in parts, removed."""

from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest

from tests.support import HALL, Cast, Client, RunningServer
from tests.support.media import (
    FORM,
    JPEG,
    WEBP,
    WEBP_CLEAR,
    WEBP_LOSSLESS,
    form,
    mp4,
    png,
    upload,
)

HTML = b"<!doctype html><script>alert(1)</script>"


def files(server: RunningServer) -> list[str]:
    """The names of all that lies in the media folder."""
    folder = server.data / "media"
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


def added(supervisor: Client, content: bytes, name: bytes = b"gambar.png") -> dict[str, Any]:
    media: dict[str, Any] = upload(supervisor, content, name).ok().body["media"]
    return media


def status_of(server: RunningServer, path: str) -> int:
    """Of a path that goes over the wire as it is written; clients tidy it."""
    connection = HTTPConnection("127.0.0.1", server.port, timeout=10)
    try:
        connection.request("GET", path)
        return connection.getresponse().status
    finally:
        connection.close()


@pytest.mark.parametrize(
    ("content", "kind", "size"),
    [
        (png(3, 5), "image/png", (3, 5)),
        (JPEG, "image/jpeg", (1, 1)),
        (WEBP, "image/webp", (40, 30)),
        (WEBP_LOSSLESS, "image/webp", (41, 30)),
        (WEBP_CLEAR, "image/webp", (41, 31)),
        (mp4(), "video/mp4", (1280, 720)),
        (mp4(size=None), "video/mp4", (None, None)),
    ],
    ids="png jpeg webp lossless extended mp4 sizeless".split(),
)
def test_what_was_uploaded_is_listed_and_served_as_it_was(
    shared: Cast, content: bytes, kind: str, size: tuple[int | None, int | None]
) -> None:
    supervisor = shared.supervisor()
    answer = upload(supervisor, content, b"apa saja.txt")
    assert answer.status == 201, str(answer)
    media = answer.body["media"]
    extension = {"image/jpeg": "jpg"}.get(kind, kind.partition("/")[2])
    assert media["url"] == f"/media/{media['id']}.{extension}"
    assert (media["type"], media["size"]) == (kind, len(content))
    assert (media["width"], media["height"]) == size
    assert media["name"] == "apa saja.txt"
    assert media in supervisor.get("/media?limit=200").items
    entry = supervisor.get(f"/events?after={answer.seq - 1}&limit=1").items[0]
    assert (entry["type"], entry["data"]["media"]["at"]) == ("media.added", media["at"])
    served = shared.nobody().http.get(media["url"])
    assert (served.status_code, served.content) == (200, content)
    told = {k: served.headers.get(k) for k in EXPECTED_HEADERS}
    assert told == EXPECTED_HEADERS | {"content-type": kind}
    head = shared.nobody().http.head(media["url"])
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-length"] == str(len(content))
    path = shared.server.data / "media" / f"{media['id']}.{extension}"
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700


EXPECTED_HEADERS = {
    "x-content-type-options": "nosniff",
    "content-security-policy": "sandbox; default-src 'none'; frame-ancestors 'none'",
    "cache-control": "public, max-age=31536000, immutable",
    "accept-ranges": "bytes",
    "content-type": "",
    "referrer-policy": "no-referrer",
}


@pytest.mark.parametrize(
    ("content", "status", "code"),
    [
        (b"", 415, "unsupported_file"),
        (b"GIF89a" + bytes(50), 415, "unsupported_file"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", 415, "unsupported_file"),
        (HTML, 415, "unsupported_file"),
        (HTML + png(), 415, "unsupported_file"),
        (b"PK\x03\x04" + bytes(50), 415, "unsupported_file"),
        (png() + HTML, 422, "broken_file"),
        (JPEG + b"PK\x03\x04" + bytes(20), 422, "broken_file"),
        (png()[:-4], 422, "broken_file"),
        (mp4() + HTML, 422, "broken_file"),
        (png(50_000, 50_000), 422, "too_many_pixels"),
    ],
    ids="nothing gif svg html html-png zip png-html jpeg-zip cut mp4-html bomb".split(),
)
@pytest.mark.parametrize("name", [b"gambar.png", b"../../x.svg"])
def test_what_displays_cannot_show_is_refused_and_leaves_nothing(
    shared: Cast, content: bytes, status: int, code: str, name: bytes
) -> None:
    supervisor, before = shared.supervisor(), files(shared.server)
    seq = int(supervisor.get("/media").headers["x-seq"])
    answer = upload(supervisor, content, name)
    assert answer.status == status, str(answer)
    (error,) = answer.body["errors"]
    assert (error["field"], error["code"]) == ("file", code)
    assert error["detail"]
    assert files(shared.server) == before
    assert int(supervisor.get("/media").headers["x-seq"]) == seq


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        (b"../../../etc/passwd", "passwd"),
        (b"C:\\temp\\foto.png", "foto.png"),
        (b"<img src=x onerror=alert(1)>.png", "<img src=x onerror=alert(1)>.png"),
        ("a\u202egnp.exe".encode(), "agnp.exe"),
        (b"a\x00\x1bb.png", "ab.png"),
        (b"x" * 500 + b".png", "x" * 96 + ".png"),
        (b"", "tanpa nama"),
    ],
)
def test_a_name_is_text_and_never_a_path(shared: Cast, name: bytes, shown: str) -> None:
    media = added(shared.supervisor(), png(), name)
    assert media["name"] == shown
    assert set(files(shared.server)) <= {
        item["url"].rpartition("/")[2] for item in shared.supervisor().get("/media?limit=200").items
    }
    answer = shared.supervisor().get("/media?limit=200")
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_a_list_comes_in_pages(cast: Cast) -> None:
    supervisor = cast.supervisor()
    ids = [added(supervisor, png(n + 1, 1))["id"] for n in range(3)]
    first = supervisor.get("/media?limit=2")
    assert [item["id"] for item in first.items] == ids[:2]
    rest = supervisor.get(f"/media?limit=2&cursor={first.body['next']}")
    assert [item["id"] for item in rest.items] == ids[2:]
    assert rest.body["next"] is None


FILM = mp4(film=bytes(range(256)) * 4)


@pytest.mark.parametrize(
    ("asked", "start", "end"),
    [
        ("bytes=0-0", 0, 1),
        ("bytes=0-99", 0, 100),
        ("bytes=100-", 100, None),
        ("bytes=-50", -50, None),
        ("bytes=5-999999999", 5, None),
        ("bytes=-999999999", 0, None),
        (f"bytes={len(FILM) - 1}-", -1, None),
    ],
)
def test_a_part_is_served_as_players_ask_for_it(
    shared: Cast, asked: str, start: int, end: int | None
) -> None:
    url = added(shared.supervisor(), FILM)["url"]
    answer = shared.nobody().http.get(url, headers={"Range": asked})
    assert answer.status_code == 206
    assert answer.content == FILM[start:end]
    first = len(FILM) + start if start < 0 else start
    told = f"bytes {first}-{first + len(answer.content) - 1}/{len(FILM)}"
    assert answer.headers["content-range"] == told
    assert answer.headers["content-length"] == str(len(answer.content))
    head = shared.nobody().http.head(url, headers={"Range": asked})
    assert (head.status_code, head.headers["content-range"]) == (206, told)


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        (f"bytes={len(FILM)}-", 416),
        ("bytes=99999999-", 416),
        ("bytes=-0", 416),
        # What means nothing, or more than one part, is answered with the whole.
        ("bytes=9-3", 200),
        ("bytes=0-1,5-6", 200),
        ("bytes=a-b", 200),
        ("lines=0-1", 200),
        ("bytes=-", 200),
        ("bytes=" + "9" * 400 + "-", 200),
    ],
)
def test_a_part_that_is_not_there(shared: Cast, asked: str, status: int) -> None:
    url = added(shared.supervisor(), FILM)["url"]
    answer = shared.nobody().http.get(url, headers={"Range": asked})
    assert answer.status_code == status
    if status == 416:
        assert answer.headers["content-range"] == f"bytes */{len(FILM)}"
        assert answer.content == b""
    else:
        assert answer.content == FILM


def test_a_browser_that_has_it_is_told_so(shared: Cast) -> None:
    url = added(shared.supervisor(), FILM)["url"]
    client = shared.nobody()
    tag = client.http.get(url).headers["etag"]
    assert client.http.get(url, headers={"If-None-Match": tag}).status_code == 304
    headers = {"Range": "bytes=0-1", "If-Range": tag}
    assert client.http.get(url, headers=headers).status_code == 206
    headers["If-Range"] = '"another"'
    assert client.http.get(url, headers=headers).status_code == 200


def test_nothing_else_is_served(shared: Cast) -> None:
    media = added(shared.supervisor(), png())
    name, media_id = media["url"].rpartition("/")[2], media["id"]
    (shared.server.data / "media" / "geheim.txt").write_text("x")
    for path in (
        "/media/", "/media", "/media/geheim.txt", "/media/../secret", "/media/..%2fsecret",
        "/media/%2e%2e/secret", "/media/..%2f..%2fdata%2fantrean.db", "/media/%2e%2e%2fantrean.db",
        f"/media/./{name}", f"/media//{name}", f"/media/{name}%00", f"/media/{name}/",
        f"/media/{media_id}", f"/media/{media_id}.jpg", f"/media/{media_id}.svg",
        f"/media/{media_id.upper()}.png", f"/media/{media_id}.png%0a", f"/media/{'0' * 24}.png",
        f"/media/%252e%252e/{name}", "/media/.upload-" + "0" * 24, f"/media/x/../{name}",
    ):  # fmt: skip
        assert status_of(shared.server, path) == 404, path
    (shared.server.data / "media" / "geheim.txt").unlink()
    assert status_of(shared.server, media["url"]) == 200
    assert shared.nobody().send("POST", media["url"], root=True).status == 405


def test_one_that_was_removed_is_gone_at_once_and_from_every_playlist(shared: Cast) -> None:
    supervisor = shared.supervisor()
    stays, goes = added(supervisor, png()), added(supervisor, mp4())
    lists = {"utama": [goes, stays, goes], "timur": [goes]}
    for zone, played in lists.items():
        items = [{"media": media["id"]} for media in played]
        supervisor.send("PATCH", f"/zones/{zone}", {"playlist": items}).ok()
    answer = supervisor.send("DELETE", f"/media/{goes['id']}").ok()
    assert answer.body["media"] == goes
    assert shared.nobody().http.get(goes["url"]).status_code == 404
    assert goes["url"].rpartition("/")[2] not in files(shared.server)
    assert goes not in supervisor.get("/media?limit=200").items
    for zone, left in (("utama", [stays["id"]]), ("timur", [])):
        told = supervisor.send("PATCH", f"/zones/{zone}", {}).ok().body["zone"]["playlist"]
        assert [item["media"] for item in told] == left
    supervisor.send("DELETE", f"/media/{goes['id']}").refused(404, "not_found")
    assert shared.nobody().http.get(stays["url"]).status_code == 200


def test_a_lost_file_is_listed_as_missing(cast: Cast) -> None:
    supervisor = cast.supervisor()
    lost, there = added(supervisor, png()), added(supervisor, JPEG)
    (cast.server.data / lost["url"].lstrip("/")).unlink()
    listed = {item["id"]: item.get("missing") for item in supervisor.get("/media").items}
    assert listed == {lost["id"]: True, there["id"]: None}
    assert cast.nobody().http.get(lost["url"]).status_code == 404
    supervisor.send("DELETE", f"/media/{lost['id']}").ok()


# repeated
def test_the_same_upload_with_the_same_key_is_done_once(shared: Cast) -> None:
    supervisor, before = shared.supervisor(), files(shared.server)
    first = upload(supervisor, png(), b"satu.png", key="unggah 1")
    other = b"-" * 3 + b"lain"
    body = form(png(), b"satu.png").replace(FORM["Content-Type"].partition("=")[2].encode(), other)
    again = supervisor.post(
        "/media",
        content=body,
        key="unggah 1",
        headers={"Content-Type": "multipart/form-data; boundary=" + other.decode()},
    )
    assert (again.status, again.body) == (201, first.ok().body)
    assert len(files(shared.server)) == len(before) + 1
    for content, name in ((png(3, 3), b"satu.png"), (png(), b"dua.png")):
        refused = upload(supervisor, content, name, key="unggah 1")
        refused.refused(422, "idempotency_mismatch")
    assert len(files(shared.server)) == len(before) + 1
    assert upload(supervisor, png(), b"satu.png").body["media"]["id"] != first.body["media"]["id"]


def test_a_key_that_is_none_is_told_before_the_file_is_read(shared: Cast) -> None:
    answer = upload(shared.supervisor(), png(), key="x" * 201)
    assert answer.refused(422, "invalid").fields == ["Idempotency-Key"]


# who
def test_only_our_own_page_uploads_with_a_cookie(shared: Cast) -> None:
    client, _, _ = shared.user("supervisor")
    before = files(shared.server)
    for token in (None, "wrong"):
        kept, client.csrf = client.csrf, token
        upload(client, png()).refused(403, "csrf")
        client.csrf = kept
    assert files(shared.server) == before
    media = added(client, png())
    client.csrf, kept = None, client.csrf
    client.send("DELETE", f"/media/{media['id']}").refused(403, "csrf")
    client.send("PATCH", "/zones/utama", {}).refused(403, "csrf")
    client.csrf = kept
    client.send("DELETE", f"/media/{media['id']}").ok()


@pytest.mark.parametrize("role", ["clerk", "kiosk", "display", "partner", "nobody"])
def test_who_may_not_upload_writes_nothing(shared: Cast, role: str) -> None:
    client = shared.nobody() if role == "nobody" else shared.with_token(role)
    before = files(shared.server)
    status, code = (401, "unauthenticated") if role == "nobody" else (403, "forbidden")
    upload(client, png()).refused(status, code)
    assert files(shared.server) == before


# restarts
def test_what_was_answered_survives_a_kill(server: RunningServer, cast: Cast) -> None:
    kept = [added(cast.supervisor(), content) for content in (png(), JPEG, mp4())]
    server.kill()
    folder = server.data / "media"
    orphan = folder / f"{'0' * 24}.png"
    for path in (orphan, folder / f".upload-{'1' * 24}", folder / "catatan.txt"):
        path.write_bytes(png())
    server.start()
    with Cast(server) as again:
        assert again.supervisor().get("/media").items == kept
        for media in kept:
            assert again.nobody().http.get(media["url"]).status_code == 200
        assert again.nobody().http.get(f"/media/{orphan.name}").status_code == 404
    expected = [media["url"].rpartition("/")[2] for media in kept]
    assert files(server) == sorted([*expected, "catatan.txt"])  # what is not ours stays


def test_media_and_playlists_outlive_another_catalogue(tmp_path: Path) -> None:
    """A start with another catalogue must not take files for orphans."""
    with RunningServer(tmp_path) as server, Cast(server) as cast:
        supervisor = cast.supervisor()
        media = added(supervisor, png())
        playlist = [{"media": media["id"], "seconds": 5}]
        supervisor.send("PATCH", "/zones/utama", {"playlist": playlist}).ok()
        server.stop()
        changed = tmp_path / "lain.toml"
        changed.write_text(HALL.read_text().replace("MPP Uji", "MPP Lain"))
        server.catalogue = changed
        server.start()
        with Cast(server) as again:
            assert again.nobody().http.get(media["url"]).content == png()
            told = again.supervisor().send("PATCH", "/zones/utama", {}).ok().body["zone"]
            assert [item["media"] for item in told["playlist"]] == [media["id"]]
