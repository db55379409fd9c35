"""What the real server tells a hall beside calls: lines, playlists, transfers, whole screens."""

from playwright.sync_api import expect

from tests.browser.conftest import OpenPage
from tests.browser.hall.real import TURNS_MS, hall, large
from tests.support import Cast, RunningServer
from tests.support.media import png, upload


def test_lines_tell_who_is_next_and_how_long_it_takes(
    open_page: OpenPage, server: RunningServer, cast: Cast
) -> None:
    clerk, kiosk = cast.clerk("loket-1"), cast.kiosk()
    for _ in range(4):
        kiosk.take("skck").ok()
    page = hall(open_page, server, query="&layout=waiting")
    row = page.locator('[data-service="skck"]')
    shown = row.locator(".wait-next .plate")
    expect(shown).to_have_count(3)
    numbers = shown.evaluate_all("all => all.map((one) => one.dataset.number)")
    assert numbers == ["A-001", "A-002", "A-003"]
    expect(row.locator(".wait-count b")).to_have_text("4")
    # The topic `services` came, whatever it knows yet.
    expect(row.locator(".wait-range")).not_to_be_empty()
    expect(page.locator('[data-service="sim"]')).to_contain_text("Menunggu alat cetak")
    clerk.post("/counters/loket-1/call-next").ok()
    expect(row).to_have_attribute("data-theme", "now")
    expect(row.locator(".plate")).to_have_attribute("data-number", "A-001")
    expect(row).to_contain_text("Loket 1")


def test_a_transfer_tells_where_to(open_page: OpenPage, server: RunningServer, cast: Cast) -> None:
    page = hall(open_page, server)
    clerk = cast.clerk("loket-1")
    cast.kiosk().take("skck").ok()
    clerk.post("/counters/loket-1/call-next").ok()
    expect(large(page)).to_have_attribute("data-number", "A-001")
    clerk.post("/counters/loket-1/transfer", {"service": "paspor"}).ok()
    call = page.locator(".call")
    # Passports are in the other hall, of which this board has no facts but these.
    expect(call.locator(".call-counter-name")).to_have_text("Hall Timur")
    expect(call.locator(".call-agency")).to_have_text("Kantor Imigrasi")
    expect(call.locator(".call-service")).to_contain_text("Paspor")
    expect(call).to_have_attribute("data-reason", "away")


def test_an_announcement_of_the_whole_screen_gives_way_to_a_call(
    open_page: OpenPage, server: RunningServer, cast: Cast
) -> None:
    page = hall(open_page, server)
    supervisor = cast.supervisor()
    words = {"text": "Tutup pukul 14.00 hari ini", "full_screen": True}
    made = supervisor.post("/announcements", words).ok()
    panel = page.locator(".panel")
    expect(panel).to_contain_text("Tutup pukul 14.00 hari ini")
    expect(page.locator(".hall-info")).to_be_empty()
    cast.kiosk().take("skck").ok()
    cast.clerk("loket-1").post("/counters/loket-1/call-next").ok()
    expect(panel).to_be_hidden()
    expect(large(page)).to_have_attribute("data-number", "A-001")
    expect(panel).to_be_visible(timeout=TURNS_MS)
    expect(panel.locator(".panel-call")).to_contain_text("Loket 1")
    supervisor.send("DELETE", f"/announcements/{made.body['announcement']['id']}").ok()
    expect(panel).to_be_hidden()


def test_a_playlist_plays_beside_the_call_and_ends_with_its_file(
    open_page: OpenPage, server: RunningServer, cast: Cast
) -> None:
    page = hall(open_page, server, query="&layout=mixed")
    supervisor = cast.supervisor()
    media = upload(supervisor, png(320, 180)).ok().body["media"]
    supervisor.send(
        "PATCH", "/zones/utama", {"playlist": [{"media": media["id"], "seconds": 5}]}
    ).ok()
    expect(page.locator(".media img")).to_be_visible()
    supervisor.send("DELETE", f"/media/{media['id']}").ok()
    expect(page.locator(".media")).to_be_hidden()
