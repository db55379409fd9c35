"""The supervisor's board: what the halls are told, and how their TVs are."""

import re
from datetime import UTC, datetime
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.board import XSS, OpenBoard, boards
from tests.browser.conftest import OpenPage
from tests.browser.modules import ModuleServer
from tests.browser.support import axe_violations, overflowing
from tests.browser.tv import Tv
from tests.support import Cast, RunningServer

NOW = 1_795_000_000_000


@pytest.fixture
def board(open_page: OpenPage, server: RunningServer, cast: Cast) -> OpenBoard:
    return boards(open_page, server, cast)


# what the halls are told
def announce(page: Page) -> Locator:
    """The editor, opened."""
    page.get_by_role("button", name="Pengumuman").click()
    editor = page.get_by_role("region", name="Pengumuman")
    expect(editor.get_by_label("Teks Indonesia")).to_be_focused()
    return editor


def told(cast: Cast, zone: str = "utama") -> list[dict[str, Any]]:
    """What the displays of a zone are told."""
    state = cast.nobody().get(f"/zones/{zone}").ok().body["state"]
    return list(state.get("announcements", {}).values())


def test_an_announcement_is_made_shown_and_withdrawn(board: OpenBoard, cast: Cast) -> None:
    page = board()
    editor = announce(page)
    text = f"Loket imigrasi pindah {XSS}"
    page.keyboard.type(text)
    editor.get_by_label("Teks Inggris").fill("Immigration has moved")
    editor.get_by_role("radio", name="Layar penuh").check()
    editor.get_by_label("Hall Timur").uncheck()
    editor.get_by_label("Sampai pukul").fill("2359")
    editor.get_by_role("button", name="Umumkan").click()
    expect(editor.locator(".announcing-said")).to_have_text("Diumumkan.")
    running = editor.locator(".announced")
    expect(running).to_contain_text(text)
    expect(running).to_contain_text("Layar penuh, Hall Utama, sampai 23.59")
    (made,) = told(cast)
    assert made["text"] == {"id": text, "en": "Immigration has moved"}
    assert (made["full_screen"], made["until"][11:16]) == (True, "23:59")
    assert told(cast, "timur") == []
    expect(page.locator(".foot-count")).to_have_text("1")
    running.get_by_role("button", name="Tarik").click()
    expect(editor.locator(".announcing-said")).to_have_text("Ditarik.")
    expect(running).to_have_count(0)
    assert told(cast) == []
    editor.get_by_role("button", name="Umumkan lagi").click()
    expect(running).to_contain_text("Layar penuh, Hall Utama, sampai 23.59")
    assert told(cast) == [made]
    page.keyboard.press("Escape")
    expect(editor).to_be_hidden()
    expect(page.locator(".counters")).to_be_visible()
    expect(page.get_by_role("button", name="Pengumuman")).to_be_focused()
    assert page.evaluate("window.hit") is None


def test_a_plain_announcement_is_for_every_zone_and_spoken_when_asked(
    board: OpenBoard, cast: Cast
) -> None:
    page = board()
    editor = announce(page)
    page.keyboard.type("Siapkan KTP")
    editor.get_by_label("Suarakan juga").check()
    with page.expect_request("**/api/v1/announcements") as sent:
        editor.get_by_role("button", name="Umumkan").click()
    assert sent.value.post_data_json == {"text": "Siapkan KTP", "speak": True}
    expect(editor.locator(".announced")).to_contain_text(
        "Teks berjalan, semua zona, sampai ditarik atau hari berakhir"
    )
    assert told(cast)[0]["text"] == {"id": "Siapkan KTP", "en": "Siapkan KTP"}


def test_what_an_announcement_lacks_is_told_beside_it(board: OpenBoard, cast: Cast) -> None:
    page = board()
    editor = announce(page)
    send = editor.get_by_role("button", name="Umumkan")
    send.click()
    refused = editor.get_by_role("alert")
    expect(refused).to_contain_text("Tulis pengumumannya.")
    expect(editor.get_by_label("Teks Indonesia")).to_be_focused()
    stands_below(refused, editor.get_by_label("Teks Indonesia"))
    expect(editor.get_by_text("boleh kosong")).to_have_count(2)
    expect(editor.get_by_text("Di zona")).to_be_visible()
    editor.get_by_label("Teks Indonesia").fill("Siapkan KTP")
    for typed, words in (("siang", "Tulis waktunya seperti 15.30."), ("0.00", "sudah lewat")):
        editor.get_by_label("Sampai pukul").fill(typed)
        send.click()
        expect(refused).to_contain_text(words)
        stands_below(refused, editor.get_by_label("Sampai pukul"))
    expect(editor.get_by_label("Teks Indonesia")).not_to_have_attribute("aria-invalid", "true")
    editor.get_by_label("Sampai pukul").fill("")
    for zone in ("Hall Utama", "Hall Timur"):
        editor.get_by_label(zone).uncheck()
    send.click()
    expect(refused).to_contain_text("Pilih zonanya.")
    stands_below(refused, editor.locator(".announcing-zones .check").first)
    assert told(cast) == []
    assert axe_violations(page) == []
    assert overflowing(page) == []


def stands_below(refused: Locator, field: Locator) -> None:
    """In line with the field that it is about, near it, and clear of the ring around it."""
    if field.evaluate("(n) => n.tagName") != "LABEL":
        expect(field).to_have_attribute("aria-invalid", "true")
        expect(field).to_have_attribute("aria-describedby", "announce-lack")
    above, below = field.bounding_box(), refused.bounding_box()
    assert above
    assert below
    assert abs(below["x"] - above["x"]) <= 1
    assert 8 <= below["y"] - above["y"] - above["height"] <= 16


def test_another_language_loses_nothing_that_was_typed(board: OpenBoard) -> None:
    page = board()
    editor = announce(page)
    page.keyboard.type("Siapkan KTP")
    editor.get_by_label("Teks Inggris").fill("Have your ID ready")
    editor.get_by_label("Sampai pukul").fill("15.30")
    editor.get_by_role("radio", name="Layar penuh").check()
    editor.get_by_label("Suarakan juga").check()
    editor.get_by_label("Hall Timur").uncheck()
    page.locator(".service-line").first.click()
    page.locator(".panel-reason").fill("Gangguan listrik")
    page.get_by_role("button", name="English").click()
    editor = page.locator(".announcing")
    expect(editor.get_by_label("Indonesian text")).to_have_value("Siapkan KTP")
    expect(editor.get_by_label("English text")).to_have_value("Have your ID ready")
    expect(editor.get_by_label("Until")).to_have_value("15.30")
    expect(editor.locator("input[type=radio]").nth(1)).to_be_checked()
    expect(editor.locator(".check input").last).to_be_checked()
    expect(editor.get_by_label("Hall Timur")).not_to_be_checked()
    expect(page.locator(".panel-reason")).to_have_value("Gangguan listrik")


# the TVs
def test_the_board_tells_how_the_tvs_are_and_what_to_do(board: OpenBoard, cast: Cast) -> None:
    page = board()
    line = page.locator(".foot-tvs")
    expect(line).to_have_text("Belum ada TV yang dipasangkan.")
    with Tv(cast, "TV Depan") as front, Tv(cast, "TV Samping") as side:
        front.switch_on()
        side.switch_on(sound="blocked")
        expect(line).to_contain_text("2 dari 2 TV tersambung")
        expect(line).to_contain_text("Hall Utama: suara oleh TV Depan")
        expect(line.locator(".foot-trouble")).to_have_text("Suara diblokir di TV Samping")
        decision = page.locator('[data-decision="tv_blocked"]')
        expect(decision).to_contain_text("Suara diblokir di TV Samping")
        expect(decision).to_contain_text(
            "Suara Hall Utama oleh TV Depan. Tekan satu tombol di TV itu."
        )
        assert axe_violations(page) == []
        front.switch_off()
        expect(line).to_contain_text("1 dari 2 TV tersambung")
        expect(line).to_contain_text(re.compile(r"TV Depan mati sejak \d\d\.\d\d"))
        expect(decision).to_contain_text("Hall Utama tanpa suara. Tekan satu tombol di TV itu.")
        off = page.locator('[data-decision="tv_off"]')
        expect(off).to_contain_text("Periksa listrik dan jaringannya.", timeout=25_000)
        expect(off.get_by_role("link", name="Lihat TV")).to_have_attribute(
            "href", f"/devices#{front.id}"
        )


def test_the_board_tells_of_each_call_whether_the_hall_heard_it(
    board: OpenBoard, cast: Cast
) -> None:
    page = board()
    state = page.locator('.seat[data-row="loket-1"] .seat-state')
    clerk = cast.clerk("loket-1")
    with Tv(cast, "TV Depan") as tv:
        tv.switch_on()
        cast.kiosk().take("skck").ok()
        clerk.post("/counters/loket-1/call-next").ok()
        expect(state).to_have_text(re.compile(r"^disuarakan \d\d\.\d\d\.\d\d$"))
        expect(state).to_have_attribute("title", re.compile(r"tampil \d\d\.\d\d\.\d\d"))
        clerk.post("/counters/loket-1/start").ok()
        expect(state).to_have_text("dilayani")
        expect(state).to_have_attribute("title", re.compile(r"dilayani, disuarakan \d\d\."))
        clerk.post("/counters/loket-1/complete").ok()
    cast.kiosk().take("skck").ok()
    clerk.post("/counters/loket-1/call-next").ok()
    expect(state).to_have_text("dipanggil")
    expect(state).to_have_text("tidak disuarakan", timeout=20_000)
    expect(state).to_have_attribute("title", re.compile("tidak ada TV yang bersuara"))
    assert axe_violations(page) == []
    assert overflowing(page) == []


# the rules behind the TVs' sentences
TVS = """async ([devices, now]) => {
  const m = await import("/assets/clients/supervisor/tvs.js");
  const zones = [{ id: "z", name: "Hall" }];
  const found = m.ofDevices(devices, zones, now).sort((a, b) => b.weight - a.weight);
  return [found.map((d) => d.key), m.tvLine(devices, zones).map(({ words }) => words)];
}"""


def _at(minutes: float) -> str:
    """A time of the wire, so many minutes from now."""
    return datetime.fromtimestamp(NOW / 1000 + minutes * 60, UTC).isoformat(timespec="milliseconds")


def _device(which: str, **members: Any) -> dict[str, Any]:
    facts = {"id": which, "name": f"TV {which}", "zone": "z", "online": True, "sound": "on"}
    return facts | {"seen_at": _at(-1), "speaker": False, "settings": {}} | members


@pytest.mark.parametrize(
    ("devices", "found", "line"),
    [
        ([], [], ["Belum ada TV yang dipasangkan."]),
        (
            [_device("a", speaker=True)],
            [],
            ["1 dari 1 TV tersambung", "Hall: suara oleh TV a"],
        ),
        # One that restarts is told in the line, and is no decision yet.
        ([_device("a", online=False, seen_at=_at(-0.2))], [], None),
        ([_device("a", online=False)], ["tv_off a"], None),
        # A mute hall first, whatever else is wrong.
        (
            [_device("a", sound="blocked"), _device("b", online=False, settings={"sound": False})],
            ["tv_blocked a", "tv_off b"],
            None,
        ),
        (
            [_device("a", speaker=True), _device("b", sound="blocked")],
            ["tv_blocked b"],
            None,
        ),
        # Silent as it was set: no trouble.
        (
            [_device("a", sound="blocked", settings={"voice": "none"})],
            [],
            ["1 dari 1 TV tersambung"],
        ),
        # It is there, has sound, and does not speak.
        ([_device("a")], ["tv_silent z"], ["1 dari 1 TV tersambung", "Hall tanpa suara"]),
        (
            [_device(n, online=False) for n in "abcd"],
            ["tv_off a", "tv_off b", "tv_off c", "tv_off d"],
            None,
        ),
    ],
)
def test_what_is_wrong_with_tvs_is_told_once_and_the_worst_first(
    open_page: OpenPage,
    modules: ModuleServer,
    devices: list[dict[str, Any]],
    found: list[str],
    line: list[str] | None,
) -> None:
    page = open_page(modules.url)
    given = [{one["id"]: one for one in devices}, NOW]
    keys, words = page.evaluate(TVS, given)
    assert keys == found
    if line is not None:
        assert words == line
    if len(devices) > 3:
        assert words[-1] == "dan 1 lagi"
