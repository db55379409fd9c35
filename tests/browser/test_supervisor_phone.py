"""The supervisor's board on a phone, with this mall's services."""

from pathlib import Path

from playwright.sync_api import expect

import antrean
from tests.browser.board import boards
from tests.browser.conftest import OpenPage
from tests.browser.support import axe_violations, overflowing, overlap
from tests.browser.tv import Tv
from tests.support import Cast, RunningServer

MALL = Path(antrean.__file__).parent / "catalogues" / "mpp-kota-tangerang.toml"
# Wide enough for the longest word of a name at the size of its letters.
WORD = 150


def test_no_name_is_broken_and_announcing_is_at_hand(open_page: OpenPage, tmp_path: Path) -> None:
    with RunningServer(tmp_path, MALL) as mall, Cast(mall) as cast, Tv(cast, "TV Depan") as tv:
        tv.switch_on(sound="blocked")
        page = boards(open_page, mall, cast)(size=(360, 740))
        expect(page.locator(".decision")).to_be_visible()
        assert overflowing(page) == []
        assert axe_violations(page) == []
        widths = page.locator(".service-line .service-name, .decision-words").evaluate_all(
            "all => all.map((one) => one.clientWidth)"
        )
        assert min(widths) >= WORD
        button = page.get_by_role("button", name="Pengumuman")
        expect(button).to_be_in_viewport()
        button.click()
        field = page.get_by_label("Teks Indonesia")
        expect(field).to_be_focused()
        assert not overlap(field, page.locator(".foot-ways"))
