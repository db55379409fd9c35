"""Pages: shells for anyone, in two languages, with their data as one inert block."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from antrean.web.pages import PAGES
from tests.support import Cast, RunningServer
from tests.support.inside import inside

PATHS = [(page.name, path.replace("{id}", "loket-1")) for page in PAGES for path in page.paths]
BLOCK = re.compile(r'<script type="application/json" id="page">(.*?)</script>', re.DOTALL)


def data_of(html: str) -> dict[str, Any]:
    found = BLOCK.search(html)
    assert found is not None
    data: dict[str, Any] = json.loads(found[1])
    return data


@pytest.mark.parametrize(("name", "path"), PATHS)
def test_a_page_is_a_shell_that_anyone_may_load(shared: Cast, name: str, path: str) -> None:
    answer = shared.nobody().get(path, root=True)
    assert answer.status == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    data = data_of(answer.text)
    assert data["name"] == name
    assert [z["id"] for z in data["zones"]] == ["utama", "timur"]
    assert data["site"]["timezone"] == "Asia/Jakarta"


@pytest.mark.parametrize(("name", "path"), PATHS)
def test_a_page_has_nothing_inline_and_needs_no_other_host(
    shared: Cast, name: str, path: str
) -> None:
    html = shared.nobody().get(path, root=True).text
    scripts = re.findall(r"<script\b([^>]*)>", html)
    assert all("src=" in s or 'type="application/json"' in s for s in scripts)
    assert " style=" not in html
    assert not re.search(r"\son\w+=", html)
    for url in re.findall(r'(?:src|href)="([^"]+)"', html):
        assert url.startswith(("/", "#", "?")), url
        assert not url.startswith("//"), url


@pytest.mark.parametrize(("name", "path"), PATHS)
def test_all_that_a_page_names_is_there(shared: Cast, name: str, path: str) -> None:
    client = shared.nobody()
    html = client.get(path, root=True).text
    urls = [u for u in re.findall(r'(?:src|href)="(/[^"]*)"', html) if u.startswith("/assets/")]
    assert urls
    for url in urls:
        assert client.get(url.replace("&amp;", "&"), root=True).status == 200, url


@pytest.mark.parametrize(
    ("path", "member", "value"),
    [
        ("/display?zone=timur", "zone", "timur"),
        ("/display", "zone", None),
        ("/counter/loket-2", "counter", "loket-2"),
        ("/counter", "counter", None),
        ("/sign-in?next=/counter", "next", "/counter"),
    ],
)
def test_a_page_is_told_of_its_address(
    shared: Cast, path: str, member: str, value: str | None
) -> None:
    assert data_of(shared.nobody().get(path, root=True).text)[member] == value


@pytest.mark.parametrize("text", ["</script><script>alert(1)</script>", '"><img src=x>', "{{7*7}}"])
def test_what_stands_in_an_address_stays_inert(shared: Cast, text: str) -> None:
    client = shared.nobody()
    response = client.http.get("/display", params={"zone": text})
    assert data_of(response.text)["zone"] == text
    assert text not in BLOCK.sub("", response.text)
    assert "<script>alert" not in response.text


def test_names_of_a_catalogue_stay_inert(tmp_path: Path) -> None:
    catalogue = tmp_path / "site.toml"
    hall = Path(__file__).parent.parent.joinpath("support", "hall.toml").read_text()
    evil = "<script>alert(1)</script>"
    catalogue.write_text(hall.replace("MPP Uji", evil).replace("Hall Timur", evil))
    with RunningServer(tmp_path / "s", catalogue) as server, Cast(server) as cast:
        for _, path in PATHS:
            html = cast.nobody().get(path, root=True).text
            assert evil not in html
            assert data_of(html)["site"]["name"]["id"] == evil


@pytest.mark.parametrize(
    ("headers", "query", "language"),
    [
        ({}, "", "id"),
        ({"Accept-Language": "en-GB,en"}, "", "en"),
        ({"Accept-Language": "fr"}, "", "id"),
        ({"Accept-Language": "en", "Cookie": "antrean-lang=id"}, "", "id"),
        ({"Cookie": "antrean-lang=en"}, "", "en"),
        ({"Cookie": "antrean-lang=xx"}, "?lang=en", "en"),
        ({"Cookie": "antrean-lang=en"}, "?lang=id", "id"),
    ],
)
def test_a_page_comes_in_the_chosen_language(
    shared: Cast, headers: dict[str, str], query: str, language: str
) -> None:
    answer = shared.nobody().get(f"/sign-in{query}", root=True, headers=headers)
    assert f'<html lang="{language}"' in answer.text
    assert answer.headers["content-language"] == language
    assert ("<title>Masuk petugas" in answer.text) is (language == "id")


@pytest.mark.asyncio
async def test_a_qr_code_leads_to_the_follow_page(tmp_path: Path) -> None:
    import segno

    async with inside(tmp_path / "d") as app:
        app.parts.backend.base_url = "http://192.168.1.5:8000"
        kiosk = await app.token("kiosk")
        taken = (await app.call("POST", "/tickets", {"service": "skck"}, token=kiosk)).json()
        answer = await app.call("GET", "/my/qr", token=taken["token"])
        assert answer.headers["content-type"] == "image/svg+xml"
        url = f"http://192.168.1.5:8000/t/#{taken['token']}"
        wanted = segno.make(url, error="m", micro=False)
        width = int(re.search(r'viewBox="0 0 (\d+)', answer.text)[1])  # type: ignore[index]
        assert width == wanted.symbol_size(scale=8)[0]
        other = (await app.call("POST", "/tickets", {"service": "skck"}, token=kiosk)).json()
        assert (await app.call("GET", "/my/qr", token=other["token"])).text != answer.text


def test_health_is_told(cast: Cast) -> None:
    client = cast.nobody()
    assert client.get("/healthz", root=True).body == {"status": "ok"}
    cast.kiosk().take().ok()
    ready = client.get("/readyz", root=True)
    assert (ready.status, ready.body) == (200, {"status": "ready", "seq": 1})


@pytest.mark.asyncio
async def test_a_clock_that_jumped_is_named_in_seconds(tmp_path: Path) -> None:
    from antrean.web.health import Health

    async with inside(tmp_path / "d") as app:
        health = Health(app.parts.backend, lambda: -7200)
        answer = await health.readyz(None)  # type: ignore[arg-type]
        assert answer.status_code == 200
        assert json.loads(bytes(answer.body))["clock_jump_seconds"] == -7200


@pytest.mark.asyncio
async def test_a_disk_that_would_lose_commits_is_not_ready(tmp_path: Path) -> None:
    from antrean.web.health import Health

    async with inside(tmp_path / "d") as app:
        health = Health(app.parts.backend, lambda: 0)
        await app.parts.engine.store.run(lambda c: c.execute("PRAGMA synchronous = NORMAL"))
        answer = await health.readyz(None)  # type: ignore[arg-type]
        assert answer.status_code == 503
        assert answer.headers["retry-after"]
        await app.parts.engine.store.run(lambda c: c.execute("PRAGMA synchronous = FULL"))
        assert (await health.readyz(None)).status_code == 200  # type: ignore[arg-type]


def test_figures_count_what_happens(cast: Cast) -> None:
    kiosk, clerk = cast.kiosk(), cast.clerk("loket-1")
    for _ in range(3):
        kiosk.take().ok()
    kiosk.take("sim").refused(409, "not_operating")
    clerk.post("/counters/loket-1/call-next").ok()
    text = cast.nobody().get("/metrics", root=True).text
    figures = dict(
        line.rsplit(" ", 1) for line in text.splitlines() if line and not line.startswith("#")
    )
    assert figures['antrean_requests_total{outcome="ok",route="/tickets"}'] == "3.0"
    assert figures['antrean_requests_total{outcome="not_operating",route="/tickets"}'] == "1.0"
    assert figures["antrean_events_total"] == "5.0"
    assert figures["antrean_journal_seq"] == "5.0"
    assert float(figures["antrean_commit_seconds_count"]) >= 5
    for name in ("antrean_connections", "antrean_waiting_commands", "antrean_deliveries"):
        assert name in figures
    assert "antrean_loop_lag_seconds_bucket" in text
