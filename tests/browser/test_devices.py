"""The page of the TVs: `/devices`."""

import os
import queue
import re
import signal
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.devices_page import PHONE, OpenDevices, devices_pages, new
from tests.browser.modules import ModuleServer
from tests.browser.support import overflowing
from tests.browser.tv import MakeTv, Tv, row, tvs
from tests.support import Cast, RunningServer

XSS = "<img src=x onerror=window.hit=1>"
WAIT_SECONDS = 10


@pytest.fixture
def devices(open_page: OpenPage, server: RunningServer, cast: Cast) -> OpenDevices:
    return devices_pages(open_page, server, cast)


@pytest.fixture
def tv(cast: Cast) -> Iterator[MakeTv]:
    yield from tvs(cast)


def chosen(page: Page) -> Locator:
    return page.locator(".device")


def settings_of(cast: Cast, device: Tv) -> dict[str, Any]:
    found: dict[str, Any] = cast.admin.get(f"/devices/{device.id}").ok().body
    return {**found["settings"], **{k: found[k] for k in ("name", "zone", "layout")}}


# how they are
def test_the_list_tells_who_speaks_who_is_off_and_who_is_mute(
    devices: OpenDevices, tv: MakeTv
) -> None:
    page = devices()
    expect(page.locator(".zones-empty")).to_be_visible()
    front = tv("TV Depan").switch_on()
    side = tv("TV Samping", layout="counters").switch_on(slow_seconds=3600)
    east = tv("TV Timur", "timur").switch_on(sound="blocked")
    zone = page.locator('.zone[data-zone="utama"]')
    expect(zone.locator(".zone-voice")).to_have_text("suara oleh TV Depan")
    expect(row(page, front)).to_contain_text("bersuara untuk zona ini")
    expect(row(page, front)).to_contain_text("Panggilan terbaru, 1920 \u00d7 1080, 127.")
    expect(row(page, front)).to_contain_text("versi 9.9.9")
    expect(row(page, side)).to_contain_text("suara hidup")
    expect(row(page, side)).to_contain_text(
        re.compile(r"jam TV terlambat 3\.(599|600|601|602) dtk")
    )
    expect(row(page, east)).to_contain_text("suara diblokir peramban")
    expect(row(page, east)).to_have_attribute("data-trouble", "blocked")
    expect(page.locator('.zone[data-zone="timur"] .zone-voice')).to_have_text("tanpa suara")
    expect(page.locator(".zones-empty")).to_be_hidden()
    front.switch_off()
    expect(row(page, front)).to_contain_text(re.compile(r"Mati sejak \d\d\.\d\d"))
    expect(row(page, front)).to_have_attribute("data-trouble", "off")
    expect(zone.locator(".zone-voice")).to_have_text("suara oleh TV Samping")
    row(page, east).click()
    expect(page.locator(".device-help")).to_contain_text("Tekan satu tombol di TV itu")


# settings
def test_a_tv_is_listed_whose_zone_is_in_the_catalogue_no_more(
    open_page: OpenPage, modules: ModuleServer
) -> None:
    page = open_page(modules.url)
    page.evaluate(
        """async () => {
          const { List } = await import("/assets/clients/devices/list.js");
          const list = new List([{ id: "utama", name: "Hall Utama" }]);
          document.getElementById("main").append(list.node);
          const tv = (name, zone) => ({ id: name, name, zone, layout: "call", settings: {} });
          list.draw([tv("Depan", "utama"), tv("Lama", "barat")], "", "2026-11-24", true);
        }"""
    )
    expect(page.locator(".tv-name")).to_have_text(["Depan", "Lama"])
    expect(page.locator(".zone-name").last).to_contain_text("barat")


def test_what_is_wrong_comes_first_and_numbers_are_counted(
    devices: OpenDevices, tv: MakeTv
) -> None:
    for name in ("TV Depan 17", "TV Depan 2", "TV Samping"):
        tv(name).switch_on()
    front = tv("TV Tengah").switch_on()
    page = devices()
    names = page.locator('.zone[data-zone="utama"] .tv-name')
    sound = ["TV Depan 2", "TV Depan 17", "TV Samping"]
    expect(names).to_have_text([*sound, "TV Tengah"])
    row(page, front).focus()
    front.switch_off()
    expect(names).to_have_text(["TV Tengah", *sound])
    expect(row(page, front)).to_be_focused()


def test_on_a_phone_the_list_comes_first_until_one_is_to_be_paired(
    devices: OpenDevices, tv: MakeTv
) -> None:
    front = tv("TV Depan").switch_on()
    page = devices(size=PHONE)
    expect(row(page, front)).to_be_in_viewport()
    pair = page.get_by_role("link", name="Pasangkan TV")
    assert top(row(page, front)) < top(new(page))
    pair.click()
    expect(new(page).get_by_label("Kode di layar TV")).to_be_focused()
    expect(new(page).get_by_label("Kode di layar TV")).to_be_in_viewport()
    assert top(row(page, front)) > top(new(page))
    page.go_back()
    page.mouse.wheel(0, 400)
    page.wait_for_function("() => scrollY > 100")
    row(page, front).dispatch_event("click")
    expect(page.locator(".device-title")).to_be_in_viewport()


def top(locator: Locator) -> float:
    box = locator.bounding_box()
    assert box
    return box["y"]


def test_a_setting_is_saved_as_it_is_made_and_taken_back(
    devices: OpenDevices, tv: MakeTv, cast: Cast
) -> None:
    front = tv("TV Depan").switch_on()
    page = devices(f"#{front.id}")
    saved = page.locator(".saved")
    expect(saved).to_contain_text("Setiap perubahan langsung tersimpan.")
    expect(saved.get_by_role("button")).to_have_attribute("aria-disabled", "true")
    page.get_by_role("radio", name="Semua loket").check()
    expect(saved).to_contain_text(re.compile(r"Tersimpan \d\d\.\d\d\.\d\d"))
    page.get_by_role("radio", name="Gelap").check()
    expect(page.locator(".preview-frame")).to_have_attribute("src", re.compile("theme=dark"))
    page.get_by_label("Volume suara").focus()
    page.keyboard.press("ArrowLeft")
    chosen(page).get_by_label("Nama TV").fill("TV Lobi")
    expect(page.locator(".device-title")).to_have_text("TV Lobi")
    found = settings_of(cast, front)
    assert found["layout"] == "counters"
    assert (found["theme"], found["volume"], found["name"]) == ("dark", 75, "TV Lobi")
    for left in (("dark", 75, "TV Depan"), ("dark", 80, "TV Depan"), ("light", 80, "TV Depan")):
        saved.get_by_role("button", name="Urungkan").click()
        expect(saved).to_contain_text("Diurungkan")
        expect(saved.get_by_role("button")).not_to_have_attribute("aria-disabled", "true")
        found = settings_of(cast, front)
        assert (found["theme"], found["volume"], found["name"]) == left
    expect(page.get_by_role("radio", name="Terang")).to_be_checked()
    # What could not be taken back can be tried again.
    page.route("**/api/v1/devices/*", lambda route: route.abort())
    undo = saved.get_by_role("button", name="Urungkan")
    undo.click()
    expect(saved.locator(".refusal")).to_contain_text("Belum pasti tersimpan.")
    page.unroute("**/api/v1/devices/*")
    undo.click()
    expect(saved).to_contain_text("Diurungkan")
    assert settings_of(cast, front)["layout"] == "call"
    expect(undo).to_have_attribute("aria-disabled", "true")


def test_the_first_choice_of_a_counter_is_taken_back(
    devices: OpenDevices, tv: MakeTv, cast: Cast
) -> None:
    small = tv("TV Loket", layout="counter").switch_on()
    page = devices(f"#{small.id}")
    page.get_by_label("Loket di bawah TV ini").select_option("loket-1")
    saved = page.locator(".saved")
    expect(saved).to_contain_text("Tersimpan")
    assert settings_of(cast, small)["counter"] == "loket-1"
    saved.get_by_role("button", name="Urungkan").click()
    expect(saved).to_contain_text("Diurungkan")
    assert settings_of(cast, small)["counter"] is None
    expect(page.get_by_label("Loket di bawah TV ini")).to_have_value("")


def test_arrows_are_set_by_keyboard_for_the_counters_of_the_zone(
    devices: OpenDevices, tv: MakeTv, cast: Cast
) -> None:
    front = tv("TV Depan")
    page = devices(f"#{front.id}")
    rows = page.locator(".arrows fieldset")
    expect(rows).to_have_count(2)
    first = page.get_by_role("group", name="Loket 1")
    expect(first.get_by_role("radio")).to_have_count(9)
    first.get_by_role("radio", name="tanpa panah").focus()
    page.keyboard.press("ArrowRight")
    expect(first.get_by_role("radio", name="ke kiri", exact=True)).to_be_checked()
    expect(page.locator(".saved")).to_contain_text("Tersimpan")
    assert settings_of(cast, front)["arrows"] == {"loket-1": "left"}
    page.get_by_role("group", name="Loket 2").get_by_role("radio", name="lurus ke depan").check()
    preview = page.locator(".preview-frame")
    expect(preview).to_have_attribute("src", re.compile("arrows=loket-1%3Aleft%2Cloket-2%3Aup"))
    first.get_by_role("radio", name="tanpa panah").check()
    expect(preview).to_have_attribute("src", re.compile("arrows=loket-2%3Aup"))
    assert settings_of(cast, front)["arrows"] == {"loket-2": "up"}
    chosen(page).get_by_label("Zona").select_option("timur")
    expect(page.get_by_role("group", name="Loket 3")).to_be_visible()


def test_the_preview_is_the_display_itself_at_the_tvs_own_size(
    devices: OpenDevices, tv: MakeTv
) -> None:
    page = devices(f"#{tv('TV Depan').switch_on().id}")
    inside = page.frame_locator(".preview-frame")
    expect(inside.locator('.hall[data-layout="call"]')).to_be_visible()
    expect(inside.locator("html[data-connection=live]")).to_have_count(1)
    size = page.frames[1].evaluate("[innerWidth, innerHeight]")
    assert size == [1920, 1080]
    box, frame = (page.locator(f".preview-{part}").bounding_box() for part in ("box", "frame"))
    assert box
    assert frame
    assert frame["width"] <= box["width"]
    assert abs(frame["height"] / frame["width"] - 1080 / 1920) < 0.01


def test_the_preview_of_an_upright_tv_is_upright_whichever_was_chosen_before(
    devices: OpenDevices, tv: MakeTv
) -> None:
    flat = tv("TV Depan").switch_on()
    upright = tv("TV Tiang").switch_on(screen=(1080, 1920))
    page = devices(f"#{flat.id}")
    words = page.locator(".preview figcaption")
    expect(words).to_have_text(re.compile("1920 . 1080"))
    page.locator(f'.tv[data-device="{upright.id}"]').click()
    expect(words).to_have_text(re.compile("1080 . 1920"))
    inside = page.frame_locator(".preview-frame")
    expect(inside.locator("html[data-connection=live]")).to_have_count(1)
    assert page.frames[-1].evaluate("[innerWidth, innerHeight]") == [1080, 1920]


def test_another_ones_change_is_seen_at_once(devices: OpenDevices, tv: MakeTv, cast: Cast) -> None:
    front = tv("TV Depan")
    page = devices(f"#{front.id}")
    expect(page.get_by_role("radio", name="Terang")).to_be_checked()
    change = {"layout": "counter", "settings": {"theme": "dark", "counter": "loket-2"}}
    cast.admin.send("PATCH", f"/devices/{front.id}", change).ok()
    expect(page.get_by_role("radio", name="Gelap")).to_be_checked()
    expect(page.get_by_role("radio", name="Satu loket")).to_be_checked()
    expect(page.get_by_label("Loket di bawah TV ini")).to_have_value("loket-2")


def test_a_refused_setting_is_told_and_the_form_says_what_is(
    devices: OpenDevices, tv: MakeTv, cast: Cast
) -> None:
    front = tv("TV Depan")
    page = devices(f"#{front.id}")
    chosen(page).get_by_label("Nama TV").fill("x\u202ey")
    expect(page.locator(".saved .refusal")).to_be_visible()
    expect(page.locator(".device-title")).to_have_text("TV Depan")
    page.route("**/api/v1/devices/*", lambda route: route.abort())
    page.get_by_role("radio", name="Gelap").check()
    expect(page.locator(".saved .refusal")).to_contain_text("Belum pasti tersimpan.")
    expect(page.get_by_role("radio", name="Terang")).to_be_checked()


def test_the_way_back_leads_to_the_list_whatever_was_changed(
    devices: OpenDevices, tv: MakeTv
) -> None:
    front = tv("TV Depan")
    page = devices()
    row(page, front).click()
    for words in ("Gelap", "Terang"):
        page.get_by_role("radio", name=words).check()
        expect(page.locator(".saved")).to_contain_text("Tersimpan")
    page.go_back()
    expect(chosen(page)).to_be_hidden()
    expect(new(page)).to_be_visible()


def test_a_silent_server_dims_the_settings_and_says_since_when(
    devices: OpenDevices, tv: MakeTv, server: RunningServer
) -> None:
    page = devices(f"#{tv('TV Depan').id}")
    expect(page.get_by_role("radio", name="Gelap")).to_be_enabled()
    os.kill(server.pid, signal.SIGSTOP)
    try:
        page.wait_for_selector("html[data-connection=stale]", timeout=10_000)
        expect(page.locator(".stale-bar")).to_contain_text("Data terakhir")
        expect(page.get_by_role("radio", name="Gelap")).to_be_disabled()
        expect(page.locator('[data-do="remove"]')).to_have_attribute("aria-disabled", "true")
        assert overflowing(page) == []
    finally:
        os.kill(server.pid, signal.SIGCONT)
    page.wait_for_selector("html[data-connection=live]", timeout=10_000)
    expect(page.get_by_role("radio", name="Gelap")).to_be_enabled()


# from afar
def test_a_tv_is_identified_tested_and_loaded_anew_from_afar(
    devices: OpenDevices, tv: MakeTv
) -> None:
    front = tv("TV Depan").switch_on()
    page = devices(f"#{front.id}", role="supervisor")
    form = page.locator(".saved")
    before = form.bounding_box()
    for words, what, done in (
        ("Tampilkan nama di TV", "identify", "Nama TV tampil besar di layarnya."),
        ("Uji suara", "test-sound", "TV itu membunyikan suara uji."),
        ("Muat ulang", "reload", "TV itu memuat ulang halamannya."),
    ):
        page.get_by_role("button", name=words).click()
        assert front.did.get(timeout=WAIT_SECONDS) == what
        # The TV may be told before the page has its answer; until then a press counts for nothing.
        expect(page.locator(".remote-said")).to_have_text(done)
    assert form.bounding_box() == before  # the answer has pushed nothing away
    front.switch_off()
    identify = page.get_by_role("button", name="Tampilkan nama di TV")
    expect(identify).to_have_attribute("aria-disabled", "true")
    identify.click(force=True)
    expect(page.locator(".remote-said")).to_have_text("TV itu tidak tersambung.")
    with pytest.raises(queue.Empty):
        front.did.get_nowait()


def test_a_test_that_a_browser_blocks_is_not_told_as_heard(
    devices: OpenDevices, tv: MakeTv
) -> None:
    page = devices(f"#{tv('TV Depan').switch_on(sound='blocked').id}")
    chosen(page).get_by_role("button", name="Uji suara").click()
    said = chosen(page).locator(".remote-said")
    expect(said).to_have_text(re.compile("^Tekan satu tombol di TV itu"))


def test_a_tv_is_removed_by_the_second_press(devices: OpenDevices, tv: MakeTv, cast: Cast) -> None:
    front = tv("TV Depan").switch_on()
    page = devices(f"#{front.id}")
    remove = page.locator('[data-do="remove"]')
    remove.click()
    expect(remove).to_have_text("Tekan sekali lagi untuk melepaskan TV Depan")
    assert len(cast.admin.get("/devices").items) == 1
    remove.click()
    expect(row(page, front)).to_have_count(0)
    expect(new(page).get_by_label("Kode di layar TV")).to_be_visible()
    expect(page.get_by_text("TV Depan dilepaskan.")).to_be_visible()
    assert cast.admin.get("/devices").items == []
