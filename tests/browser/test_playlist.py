"""Media, playlists and voices: `/playlist`."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import FilePayload, Locator, Page, expect

from antrean.domain.catalogue import VoiceSettings
from antrean.hall.ports import CallRequest
from antrean.voice import phrases
from antrean.voice.words import Abbreviations
from tests.browser.conftest import OpenPage
from tests.browser.modules import ModuleServer
from tests.browser.support import axe_violations, overflowing, sign_in
from tests.support import Cast, RunningServer
from tests.support.media import mp4, png, upload

XSS = "<img src=x onerror=window.hit=1>.png"
OpenPlaylist = Callable[..., Page]


@pytest.fixture
def playlist(open_page: OpenPage, server: RunningServer, cast: Cast) -> OpenPlaylist:
    """The live page of a new supervisor."""

    def open_(fragment: str = "", **options: Any) -> Page:
        _, username, password = cast.user("supervisor")
        page = open_page(**options)
        sign_in(page, server.url, username, password)
        page.goto(f"{server.url}/playlist{fragment}")
        live(page)
        return page

    return open_


def live(page: Page) -> None:
    page.wait_for_selector("html[data-connection=live]")
    page.wait_for_selector(".voice-part:not([hidden])")


def image(name: str, content: bytes | None = None, kind: str = "image/png") -> FilePayload:
    return {"name": name, "mimeType": kind, "buffer": png(64, 36) if content is None else content}


def kept(cast: Cast, *names: str) -> list[str]:
    """Ids of images that are there already."""
    return [
        str(upload(cast.admin, png(64 + n, 36), name.encode()).ok().body["media"]["id"])
        for n, name in enumerate(names)
    ]


def media(page: Page, name: str) -> Locator:
    return page.locator(".media").filter(has_text=name)


def items(page: Page) -> list[str]:
    return page.locator(".item .item-name").all_inner_texts()


def saved(page: Page) -> None:
    expect(page.locator(".saved-words")).to_contain_text(re.compile("Tersimpan|Diurungkan"))


def plays(cast: Cast, zone: str = "utama") -> list[dict[str, Any]]:
    state = cast.nobody().get(f"/zones/{zone}").ok().body["state"]
    return [
        {k: item[k] for k in ("media", "seconds", "start", "end") if k in item}
        for item in state.get("playlist", [])
    ]


# files
def test_files_are_uploaded_shown_and_played_where_they_are_chosen(
    playlist: OpenPlaylist, cast: Cast
) -> None:
    page = playlist()
    expect(page.locator(".library-empty")).to_be_visible()
    film = image("Profil mall.mp4", mp4(), "video/mp4")
    page.locator("#upload").set_input_files([image("Imunisasi.png"), film])
    expect(media(page, "Imunisasi.png")).to_contain_text("Gambar, 64 \u00d7 36, 1 kB")
    expect(media(page, "Profil mall.mp4")).to_contain_text("Film")
    expect(page.locator(".coming")).to_have_count(0)
    picture = media(page, "Imunisasi.png").locator("img")
    expect(picture).to_have_js_property("naturalWidth", 64)
    media(page, "Imunisasi.png").get_by_role("button", name="Tambahkan ke Hall Utama").click()
    saved(page)
    expect(media(page, "Imunisasi.png")).to_contain_text("Dipakai di Hall Utama")
    (image_id,) = (m["id"] for m in cast.admin.get("/media").items if m["type"] == "image/png")
    assert plays(cast) == [{"media": image_id, "seconds": 10}]
    assert plays(cast, "timur") == []


def test_what_no_tv_can_play_is_refused_beside_its_name(
    playlist: OpenPlaylist, cast: Cast, tmp_path: Path
) -> None:
    page = playlist()
    large = tmp_path / "Rekaman acara.mp4"
    with large.open("wb") as file:
        file.truncate(200 * 1024 * 1024 + 1)  # no byte of it is on the disk
    page.locator("#upload").set_input_files(large)
    too_large = page.locator(".coming").filter(has_text="Rekaman acara.mp4")
    expect(too_large).to_contain_text("Terlalu besar: 210 MB. Paling besar 200 MB.")
    false = image("palsu.png", b"<html>")
    svg = image("gambar.svg", b"<svg/>", "image/svg+xml")
    page.locator("#upload").set_input_files([false, svg])
    row = page.locator(".coming").filter(has_text="gambar.svg")
    expect(row).to_contain_text("Jenis berkas ini tidak bisa diputar di TV.")
    told = page.locator(".coming").filter(has_text="palsu.png")
    expect(told).to_contain_text(
        "simpan ulang sebagai PNG atau JPEG (film: MP4), lalu unggah lagi."
    )
    assert axe_violations(page) == []
    assert overflowing(page) == []
    told.get_by_role("button", name="Tutup").click()
    expect(told).to_have_count(0)
    assert cast.admin.get("/media").items == []


def test_a_connection_that_breaks_off_is_told(playlist: OpenPlaylist) -> None:
    page = playlist()
    page.route("**/api/v1/media", lambda route: route.abort())
    page.locator("#upload").set_input_files(image("Imunisasi.png"))
    expect(page.locator(".coming")).to_contain_text("Sambungan putus sebelum selesai.")


def test_a_file_is_deleted_by_the_second_press_and_leaves_the_playlists(
    playlist: OpenPlaylist, cast: Cast
) -> None:
    (first, second) = kept(cast, "Satu.png", "Dua.png")
    both = {"playlist": [{"media": first}, {"media": second}]}
    cast.admin.send("PATCH", "/zones/utama", both).ok()
    page = playlist()
    media(page, "Satu.png").get_by_role("button", name="Hapus").click()
    again = media(page, "Satu.png").get_by_role("button", name="Tekan lagi untuk menghapus")
    assert len(cast.admin.get("/media").items) == 2
    again.click()
    expect(media(page, "Satu.png")).to_have_count(0)
    expect(page.locator(".item")).to_have_count(1)
    assert items(page) == ["Dua.png"]


def test_names_of_files_stay_text(playlist: OpenPlaylist) -> None:
    page = playlist()
    page.locator("#upload").set_input_files(image(XSS))
    expect(page.locator(".media-name")).to_have_text(re.compile("onerror=window.hit"))
    page.get_by_role("button", name="Tambahkan ke Hall Utama").click()
    expect(page.locator(".item")).to_have_count(1)
    assert page.evaluate("window.hit") is None


# what a zone plays
def test_the_order_is_changed_by_buttons_and_by_keyboard_and_taken_back(
    playlist: OpenPlaylist, cast: Cast
) -> None:
    ids = kept(cast, "Satu.png", "Dua.png", "Tiga.png")
    cast.admin.send("PATCH", "/zones/timur", {"playlist": [{"media": one} for one in ids]}).ok()
    page = playlist("#timur")
    expect(page.locator(".item")).to_have_count(3)
    first = page.locator(".item").first
    expect(first.get_by_role("button", name="Naikkan")).to_have_attribute("aria-disabled", "true")
    down = first.get_by_role("button", name="Turunkan")
    down.focus()
    page.keyboard.press("Enter")
    assert items(page) == ["Dua.png", "Satu.png", "Tiga.png"]
    focused = page.locator(".item:focus-within")
    expect(focused).to_contain_text("Satu.png")
    page.keyboard.press("Alt+ArrowDown")
    assert items(page) == ["Dua.png", "Tiga.png", "Satu.png"]
    expect(focused).to_contain_text("Satu.png")
    expect(page.locator(".order-part [role=status]")).to_have_text(
        "Satu.png sekarang nomor 3 dari 3"
    )
    saved(page)
    assert [item["media"] for item in plays(cast, "timur")] == [ids[1], ids[2], ids[0]]
    page.locator(".item").nth(1).get_by_role("button", name="Keluarkan").click()
    assert items(page) == ["Dua.png", "Satu.png"]
    expect(focused).to_contain_text("Satu.png")
    undo = page.get_by_role("button", name="Urungkan")
    for left in (3, 3, 3):
        expect(undo).not_to_have_attribute("aria-disabled", "true")
        undo.click()
        expect(page.locator(".saved-words")).to_contain_text("Diurungkan")
        expect(page.locator(".item")).to_have_count(left)
    expect(page.locator(".item-name").first).to_have_text("Satu.png")
    assert [item["media"] for item in plays(cast, "timur")] == ids


def test_how_long_and_when_is_set_and_what_is_wrong_is_told(
    playlist: OpenPlaylist, cast: Cast
) -> None:
    (only,) = kept(cast, "Satu.png")
    cast.admin.send("PATCH", "/zones/utama", {"playlist": [{"media": only}]}).ok()
    page = playlist()
    item = page.locator(".item")
    seconds = item.locator('[data-member="seconds"]')
    seconds.fill("2")
    seconds.press("Enter")
    refused = item.locator(".refusal")
    expect(refused).to_contain_text("Lama tampil 3 sampai 600 detik.")
    # The list is drawn anew by what another one changes; what is wrong stays beside its refusal.
    seconds.press("Tab")
    always = item.locator(".item-always")
    expect(always).to_have_text("sepanjang hari")
    for times, words in (({"end": "16:00"}, ""), ({}, "sepanjang hari")):
        changed = {"playlist": [{"media": only, "seconds": 12, **times}]}
        cast.admin.send("PATCH", "/zones/utama", changed).ok()
        expect(always).to_have_text(words)
        expect(seconds).to_have_value("2")
    expect(seconds).to_have_accessible_description("Lama tampil 3 sampai 600 detik.")
    expect(seconds).to_have_accessible_name("lama tampil, detik")
    field, below = seconds.bounding_box(), refused.bounding_box()
    assert field
    assert below
    assert below["y"] - field["y"] - field["height"] >= 8
    seconds.fill("25")
    seconds.press("Enter")
    expect(item.locator(".refusal")).to_be_hidden()
    start, end = (item.get_by_label(f"tampil {word} pukul") for word in ("dari", "sampai"))
    assert [one.get_attribute("placeholder") for one in (start, end)] == [None, None]
    for typed, told in (("siang", "Waktu mulai: tulis seperti 15.30."), ("1530", None)):
        start.fill(typed)
        start.press("Enter")
        if told:
            expect(item.locator(".refusal")).to_contain_text(told)
    end.fill("8.05")
    end.press("Enter")
    expect(item.locator(".refusal")).to_contain_text("Waktu selesai harus sesudah waktu mulai.")
    # Its beginning put right puts both right.
    start.fill("7.05")
    start.press("Enter")
    expect(refused).to_be_hidden()
    saved(page)
    assert plays(cast)[0]["end"] == "08:05"
    end.fill("16:00")
    end.press("Tab")
    start.fill("15:30")
    start.press("Tab")
    expect(refused).to_be_hidden()
    expect(end).to_have_value("16.00")
    expect(always).to_have_text("")
    saved(page)
    assert plays(cast) == [{"media": only, "seconds": 25, "start": "15:30", "end": "16:00"}]
    start.fill("")
    start.press("Tab")
    saved(page)
    assert plays(cast) == [{"media": only, "seconds": 25, "end": "16:00"}]


# how a zone speaks
def test_the_voice_is_set_and_the_phrase_is_read_before_it_is_heard(
    playlist: OpenPlaylist, cast: Cast
) -> None:
    page = playlist()
    example = page.locator(".example")
    expect(example).to_have_text("Nomor antrean A satu dua lima, silakan menuju ke Loket tiga.")
    page.get_by_role("radio", name="sebagai bilangan").check()
    page.get_by_role("radio", name="layanan").check()
    page.get_by_role("radio", name="Indonesia, lalu Inggris").check()
    page.get_by_role("radio", name="3 kali").check()
    page.get_by_label("Jeda di antaranya").focus()
    page.keyboard.press("ArrowRight")
    said = example.locator("p")
    expect(said.first).to_have_text(
        "Nomor antrean A seratus dua puluh lima, silakan menuju ke Loket tiga, KTP elektronik."
    )
    expect(said.nth(1)).to_have_attribute("lang", "en")
    expect(page.locator(".saved-words")).to_contain_text("Tersimpan")
    voice = cast.nobody().get("/zones/utama").body["voice"]
    assert (voice["spelling"], voice["agency"], voice["repeats"]) == ("bilangan", "service", 3)
    assert voice["languages"] == ["id", "en"]
    gap = voice["gap_seconds"]
    page.get_by_role("button", name="Urungkan").click()
    expect(page.locator(".saved-words")).to_contain_text("Diurungkan")
    assert cast.nobody().get("/zones/utama").body["voice"]["gap_seconds"] == gap - 0.5
    page.get_by_role("link", name="Hall Timur").click()
    expect(example).to_have_text("Nomor antrean A satu dua lima, silakan menuju ke Loket tiga.")


def test_what_another_one_changes_is_seen(playlist: OpenPlaylist, cast: Cast) -> None:
    page = playlist()
    expect(page.get_by_role("radio", name="per angka")).to_be_checked()
    cast.admin.send("PATCH", "/zones/utama", {"voice": {"spelling": "bilangan"}}).ok()
    upload(cast.admin, png(), b"Baru.png").ok()
    page.evaluate("dispatchEvent(new Event('focus'))")  # one comes back to this window
    expect(page.get_by_role("radio", name="sebagai bilangan")).to_be_checked()
    expect(media(page, "Baru.png")).to_be_visible()


def test_another_language_loses_no_file(playlist: OpenPlaylist, cast: Cast) -> None:
    kept(cast, "Imunisasi.png")
    page = playlist()
    page.locator("#upload").set_input_files(image("gambar.svg", b"<svg/>", "image/svg+xml"))
    refused = page.locator(".coming").filter(has_text="gambar.svg")
    expect(refused).to_be_visible()
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", name="Playlist")).to_be_visible()
    expect(media(page, "Imunisasi.png")).to_be_visible()
    expect(refused).to_be_visible()


def test_the_example_says_what_the_voice_says(open_page: OpenPage, modules: ModuleServer) -> None:
    page = open_page(modules.url)
    agency = {"id": "Dinas Kependudukan", "en": "Civil Registry"}
    for spelling in ("eja", "bilangan"):
        for lang in ("id", "en"):
            shown = page.evaluate(
                """async ([voice, lang]) => {
                  const m = await import("/assets/clients/playlist/voice.js");
                  return m.phraseOf(voice, lang);
                }""",
                [{"spelling": spelling, "agency": True}, lang],
            )
            request = CallRequest(
                number="A-125",
                counter_name={"id": "Loket 3", "en": "Counter 3"},
                agency=agency,
                settings=VoiceSettings(spelling=spelling),
            )
            said = phrases.of_call(request, lang, Abbreviations(), {}).said
            assert _letters(shown) == _letters(said).replace("eh ", "a "), (spelling, lang)


def _letters(text: str) -> str:
    return " ".join(re.sub(r"[^a-z]+", " ", text.lower()).split())


# who may, and how it looks
def test_a_clerk_is_told_that_the_page_is_for_others(
    open_page: OpenPage, server: RunningServer, cast: Cast
) -> None:
    _, username, password = cast.user("clerk")
    page = open_page()
    sign_in(page, server.url, username, password)
    page.goto(f"{server.url}/playlist")
    expect(page.get_by_role("alert")).to_contain_text("Halaman ini untuk pengawas dan admin.")


@pytest.mark.parametrize("lang", ["id", "en"])
@pytest.mark.parametrize("size", [(1366, 768), (683, 384), (360, 740)], ids=str)
def test_nothing_is_cut_and_axe_finds_nothing(
    playlist: OpenPlaylist, server: RunningServer, cast: Cast, size: tuple[int, int], lang: str
) -> None:
    long = "Pemberitahuan pajak kendaraan bermotor sampai 30 November 2026.png"
    ids = kept(cast, long, "Dua.png")
    listed = [{"media": one, "start": "08:00", "end": "15:00"} for one in (*ids, ids[0])]
    cast.admin.send("PATCH", "/zones/utama", {"playlist": listed}).ok()
    page = playlist(size=size)
    page.context.add_cookies([{"name": "antrean-lang", "value": lang, "url": server.url}])
    page.reload()
    live(page)
    expect(page.locator(".item")).to_have_count(3)
    expect(page.locator(".media")).to_have_count(2)
    assert overflowing(page) == []
    assert axe_violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    targets = page.locator("main .button, .item .input, .choice-cell, .zone-link, .staff-link")
    for target in targets.all():
        box = target.bounding_box()
        assert box is None or min(box["width"], box["height"]) >= 43.9, target
