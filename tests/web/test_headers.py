"""Headers of every answer, errors too; CORS; caching; X-Seq."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from antrean.web.assets import Assets
from antrean.web.pages import PAGES
from antrean.web.table import ENDPOINTS
from tests.support import Cast, Client, RunningServer

WANTED = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
}
ORIGIN = "https://papan.example.id"


@pytest.mark.parametrize(
    "path", ["clients/./lib/live.js", "clients//lib/live.js", "clients/lib/../lib/live.js"]
)
def test_a_file_has_one_name_only(path: str) -> None:
    """What is served is held in memory by its name: without end, if a file had many."""
    assets = Assets()
    assert assets.get("clients/lib/live.js") is not None
    assert assets.get(path) is None


def policy_of(answer_headers: object) -> dict[str, list[str]]:
    text = answer_headers["content-security-policy"]  # type: ignore[index]
    parts = [part.split() for part in text.split(";") if part.strip()]
    return {part[0]: part[1:] for part in parts}


ADDRESSES = [
    *sorted({f"/api/v1{e.path}" for e in ENDPOINTS}),
    *(path for page in PAGES for path in page.paths),
    "/none", "/api", "/api/v1", "/api/v1/none", "/healthz", "/readyz", "/metrics", "/ws",
    "/favicon.ico", "/assets/clients/lib/live.js", "/assets/none.js", "/assets/words/en.json",
]  # fmt: skip


@pytest.mark.parametrize("path", ADDRESSES)
@pytest.mark.parametrize("method", ["GET", "POST", "PUT"])
def test_every_answer_is_hardened(shared: Cast, path: str, method: str) -> None:
    client = shared.kiosk() if path.startswith("/api") else shared.nobody()
    answer = client.send(method, path.replace("{", "").replace("}", ""), root=True)
    assert answer.status < 500, str(answer)
    assert {k: answer.headers.get(k) for k in WANTED} == WANTED
    assert "permissions-policy" in answer.headers
    assert "server" not in answer.headers
    assert "strict-transport-security" not in answer.headers
    policy = policy_of(answer.headers)
    assert policy["frame-ancestors"] == ["'none'"]
    assert policy["default-src"] in (["'none'"], ["'self'"])
    assert "unsafe" not in answer.headers["content-security-policy"]
    if answer.status >= 400:
        assert answer.headers["content-type"] == "application/problem+json"
    if not path.startswith("/assets") and path != "/favicon.ico":
        assert answer.headers["cache-control"] == "no-store"


def test_a_page_runs_nothing_but_our_own_files(shared: Cast) -> None:
    answer = shared.nobody().get("/", root=True)
    policy = policy_of(answer.headers)
    assert policy["script-src"] == ["'self'"]
    assert policy["style-src"] == ["'self'"]
    assert policy["base-uri"] == ["'none'"]
    assert policy["form-action"] == ["'self'"]
    assert set(policy["connect-src"]) == {"'self'", shared.server.url.replace("http", "ws")}
    odd = shared.nobody().get("/", root=True, headers={"Host": "evil.test; script-src *"})
    assert policy_of(odd.headers)["connect-src"] == ["'self'"]


def test_only_a_preview_of_a_display_may_be_framed_and_by_this_site_alone(shared: Cast) -> None:
    nobody = shared.nobody()
    preview = nobody.get("/display?zone=utama&preview=1", root=True)
    assert policy_of(preview.headers)["frame-ancestors"] == ["'self'"]
    for path in ("/display?zone=utama", "/supervisor?preview=1", "/counter?preview=1"):
        answer = nobody.get(path, root=True)
        assert policy_of(answer.headers)["frame-ancestors"] == ["'none'"]


def test_every_api_answer_carries_x_seq(cast: Cast) -> None:
    kiosk = cast.kiosk()
    before = int(kiosk.get("/site").headers["x-seq"])
    taken = kiosk.take()
    assert int(taken.headers["x-seq"]) >= taken.seq == before + 1
    for answer in (
        kiosk.get("/none"),
        kiosk.get("/counters"),
        kiosk.post("/tickets", content=b"{"),
        kiosk.send("PUT", "/site"),
        cast.nobody().get("/my"),
    ):
        assert answer.status >= 400
        assert int(answer.headers["x-seq"]) >= taken.seq


@pytest.fixture(scope="module")
def open_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    arguments = ["--origins", f"{ORIGIN},http://lain.test", "--public-url", "https://mpp.test"]
    with RunningServer(tmp_path_factory.mktemp("cors"), arguments=arguments) as server:
        yield server


def test_an_allowed_origin_may_read_what_is_public(open_server: RunningServer) -> None:
    client = Client(open_server.url)
    for path in ("/site", "/services", "/services/skck", "/agencies", "/services/none"):
        answer = client.get(path, headers={"Origin": ORIGIN})
        assert answer.headers["access-control-allow-origin"] == ORIGIN
        assert "access-control-allow-credentials" not in answer.headers
        assert "Origin" in answer.headers["vary"]
        foreign = client.get(path, headers={"Origin": "https://evil.test"})
        assert "access-control-allow-origin" not in foreign.headers
    for path in ("/counters", "/my", "/events"):
        answer = client.get(path, headers={"Origin": ORIGIN})
        assert "access-control-allow-origin" not in answer.headers
    client.close()


def test_a_preflight_is_answered_for_allowed_origins(open_server: RunningServer) -> None:
    client = Client(open_server.url)
    asking = {"Origin": ORIGIN, "Access-Control-Request-Method": "GET"}
    answer = client.send("OPTIONS", "/services", headers=asking)
    assert answer.status == 204
    assert answer.headers["access-control-allow-methods"] == "GET"
    assert "Authorization" in answer.headers["access-control-allow-headers"]
    for path, origin in (("/services", "https://evil.test"), ("/counters", ORIGIN)):
        refused = client.send("OPTIONS", path, headers={**asking, "Origin": origin})
        assert refused.status == 405
        assert "access-control-allow-origin" not in refused.headers
    client.close()


def test_https_is_insisted_on_where_the_public_url_is(open_server: RunningServer) -> None:
    client = Client(open_server.url)
    for path in ("/", "/api/v1/site", "/none", "/api/v1/none"):
        answer = client.get(path, root=True)
        assert answer.headers["strict-transport-security"] == "max-age=31536000"
    client.close()


def test_assets_are_kept_only_as_the_version_they_are(shared: Cast) -> None:
    client = shared.nobody()
    page = client.get("/", root=True).text
    versioned = page.split('href="/assets/clients/lib/base.css?v=')[1].split('"')[0]
    path = "/assets/clients/lib/base.css"
    fixed = client.get(f"{path}?v={versioned}", root=True)
    assert fixed.headers["cache-control"] == "public, max-age=31536000, immutable"
    for query in ("", "?v=old"):
        loose = client.get(path + query, root=True)
        assert loose.headers["cache-control"] == "no-cache"
        again = client.get(path, root=True, headers={"If-None-Match": loose.headers["etag"]})
        assert (again.status, again.text) == (304, "")


def test_assets_come_packed_to_who_can_unpack(shared: Cast) -> None:
    client = shared.nobody()
    packed = client.get("/assets/words/en.json", root=True, headers={"Accept-Encoding": "gzip"})
    plain = client.get("/assets/words/en.json", root=True, headers={"Accept-Encoding": "identity"})
    assert packed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert packed.body == plain.body
    assert plain.body["Tersambung"] == "Connected"


@pytest.mark.parametrize(
    "path",
    [
        "/assets/clients/base.html", "/assets/clients/locale/en.po",
        "/assets/clients/lib/README.md",
        "/assets/clients/../package.json",
        "/assets/clients/%2e%2e/package.json",
        "/assets/clients/../schema.sql", "/assets/clients/%2e%2e/schema.sql",
        "/assets/clients/..%2fschema.sql", "/assets/../pyproject.toml", "/assets/clients",
        "/assets/", "/assets/clients/lib/live.js%00.css", "/assets//etc/passwd", "/.git/config",
        "/assets/clients//etc/passwd", "/antrean.db", "/assets/words/../clients/base.html",
    ],
)  # fmt: skip
def test_nothing_else_is_served_from_the_disk(shared: Cast, path: str) -> None:
    client = shared.nobody()
    request = client.http.build_request("GET", "http://x/")
    request.url = request.url.copy_with(
        scheme="http", host="127.0.0.1", port=shared.server.port, raw_path=path.encode()
    )
    assert client.http.send(request).status_code == 404


def test_the_typeface_is_served(shared: Cast) -> None:
    answer = shared.nobody().get("/assets/fonts/overpass.ttf", root=True)
    assert answer.headers["content-type"] == "font/ttf"
    assert answer.status == 200


def test_the_interface_is_the_same_on_an_answer_with_head(shared: Cast) -> None:
    answer = shared.nobody().send("HEAD", "/services")
    assert answer.status == 200
    assert int(answer.headers["content-length"]) > 2
    assert answer.text == ""


def test_an_operators_own_data_stay_with_the_server(tmp_path: Path) -> None:
    """Of folders and files of the data folder nothing is readable for others."""
    with RunningServer(tmp_path) as server:
        for path in [server.data, *server.data.iterdir()]:
            assert path.stat().st_mode & 0o077 == 0, path
