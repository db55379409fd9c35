"""What the console tells of the hall: whether the call was shown and spoken."""

import re

from playwright.sync_api import Page, expect

from tests.browser.counter.console import OpenConsole, other, press_enter, primary
from tests.browser.support import axe_violations, overflowing
from tests.browser.tv import Tv
from tests.support import Cast, Client

# The colour of what is wrong, as this page has it.
TROUBLE = """() => {
  const node = document.body.appendChild(document.createElement("p"));
  node.style.color = "var(--trouble)";
  return getComputedStyle(node).color;
}"""
CLOCK = r"\d\d\.\d\d\.\d\d"


def heard(page: Page, words: str) -> None:
    expect(page.locator(".heard")).to_contain_text(re.compile(words))


def test_the_clerk_sees_when_the_hall_saw_and_heard_the_call(
    console: OpenConsole, cast: Cast, kiosk: Client
) -> None:
    for _ in range(2):
        kiosk.take("skck").ok()
    with Tv(cast, "TV Depan") as tv:
        tv.switch_on()
        page = console()
        line = page.locator(".heard")
        before = line.bounding_box()
        expect(line).to_have_attribute("data-empty", "")
        press_enter(page, "Panggil berikutnya")
        heard(page, f"Tampil +{CLOCK}")
        heard(page, f"Disuarakan +{CLOCK}")
        assert line.bounding_box() == before
        # What the hall does takes nothing back from the clerk.
        expect(other(page, "undo")).to_contain_text("A-001")
        expect(other(page, "undo")).not_to_have_attribute("aria-disabled", "true")
        assert axe_violations(page) == []
        press_enter(page, "Mulai layani")
        primary(page, "Selesai")
        heard(page, f"Disuarakan +{CLOCK}")
        press_enter(page, "Selesai")
        expect(line).to_have_attribute("data-empty", "")
        expect(line).to_have_text("")
        assert line.bounding_box() == before
        tv.speaks = False
        press_enter(page, "Panggil berikutnya")
        heard(page, "Tampil +\u2013")
        heard(page, "Disuarakan +\u2013")


def test_a_call_that_nobody_could_hear_says_why(
    console: OpenConsole, cast: Cast, kiosk: Client
) -> None:
    kiosk.take("skck").ok()
    Tv(cast, "TV Depan")  # paired, and off
    page = console()
    press_enter(page, "Panggil berikutnya")
    expect(page.locator(".heard")).to_contain_text(
        re.compile(r"Tidak disuarakan\s+(tidak ada TV yang bersuara|TV mati)"), timeout=30_000
    )
    trouble = page.locator(".heard-part[data-trouble]")
    expect(trouble).to_contain_text("Tidak disuarakan")
    said = trouble.evaluate("(n) => getComputedStyle(n).color")
    assert said == page.evaluate(TROUBLE)
    assert said == trouble.locator("small").evaluate("(n) => getComputedStyle(n).color")
    # What helps who stands in the hall now.
    remedy = page.locator(".heard-remedy")
    expect(remedy).to_have_text("Panggil langsung dari loket.")
    assert overflowing(page) == []
    assert axe_violations(page) == []
    press_enter(page, "Mulai layani")
    primary(page, "Selesai")
    expect(trouble).to_be_visible()
    expect(remedy).to_have_text("")
