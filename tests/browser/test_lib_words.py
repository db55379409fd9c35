"""clients/lib/words.js and time.js, and the catalogue that they draw from."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page

from antrean import words
from antrean.assets import CLIENTS, DISPLAYS
from tests.browser.conftest import OpenPage
from tests.browser.modules import ModuleServer

HOLES = re.compile(r"\{(\w+)\}")
# `t("…")`, `bi("…")` and the like in scripts, `_("…")` in templates. Screens wrap t in names of
# their own, which are listed here as they come.
SAID = re.compile(
    r"\b(?:t|bi|say|sayLines|pair|secondOf|heading|sentence|told|bothLines|_)\(\s*"
    r'(?:"((?:[^"\\]|\\.)*)"|\'((?:[^\'\\]|\\.)*)\')',
)


@pytest.fixture
def page(open_page: OpenPage, modules: ModuleServer) -> Page:
    return open_page(modules.url)


def run(page: Page, body: str, argument: Any = None) -> Any:
    """Run `body` with `words` (catalogues loaded), `time` and `given`."""
    code = f"""async (given) => {{
      const words = await import('/assets/clients/lib/words.js');
      const time = await import('/assets/clients/lib/time.js');
      await words.loadWords();
      {body}
    }}"""
    return page.evaluate(code, argument)


def test_the_catalogue_keeps_every_placeholder() -> None:
    wrong = [
        message.id
        for message in words.catalogue("en")
        if isinstance(message.id, str)
        and isinstance(message.string, str)
        and message.id
        and set(HOLES.findall(message.id)) != set(HOLES.findall(message.string))
        # What differs by language is handed over beside it, under a name of its own.
        and not all(
            hole in HOLES.findall(message.id) or hole.endswith("_second")
            for hole in HOLES.findall(message.string)
        )
    ]
    assert wrong == []


def test_every_text_of_the_screens_has_its_english() -> None:
    known = {m.id if isinstance(m.id, str) else m.id[0] for m in words.catalogue("en")}
    missing = []
    for folder in (CLIENTS, DISPLAYS):
        for path in sorted([*folder.rglob("*.js"), *folder.rglob("*.html")]):
            for double, single in SAID.findall(path.read_text(encoding="utf-8")):
                text = (double or single).replace('\\"', '"').replace("\\'", "'")
                if text and text not in known:
                    missing.append(f"{path.name}: {text}")
    assert missing == []


def test_no_english_is_left_open_or_doubtful() -> None:
    open_ones = [m.id for m in words.catalogue("en") if m.id and (m.fuzzy or not m.string)]
    assert open_ones == []


def test_words_follow_the_chosen_language_and_are_remembered(page: Page) -> None:
    found = run(
        page,
        """const heard = [];
        words.onLanguage((lang) => heard.push(lang));
        const before = words.t("Tersambung");
        words.setLanguage("en");
        return [before, words.t("Tersambung"), heard, document.documentElement.lang,
          words.t("Tersambung", undefined, "id"), document.cookie];""",
    )
    assert found == ["Tersambung", "Connected", ["en"], "en", "Tersambung", "antrean-lang=en"]


def test_a_kiosk_forgets_the_language_of_the_last_person(page: Page) -> None:
    assert run(page, 'words.setLanguage("en", { remember: false }); return document.cookie') == ""


def test_the_page_says_which_language_it_came_in(
    open_page: OpenPage, modules: ModuleServer
) -> None:
    page = open_page(modules.url)
    assert run(page, "return [words.language(), words.otherLanguage()]") == ["id", "en"]


def test_a_missing_word_or_catalogue_leaves_the_indonesian(page: Page) -> None:
    page.route("**/words/en.json", lambda route: route.abort())
    found = run(page, 'words.setLanguage("en"); return words.t("{count} mnt", { count: 3 })')
    assert found == "3 mnt"


def test_both_languages_stand_in_the_chosen_order_and_never_twice(page: Page) -> None:
    found = run(
        page,
        """const main = document.getElementById("main");
        main.append(...words.both(words.bi("Tersambung")));
        const id = main.innerHTML;
        words.setLanguage("en");
        return [id, words.bi("Tersambung"), words.bi("Antrean xyz"),
          words.names({ id: "Hall Timur", en: "East hall" }), words.names("PLN"),
          words.names(null), words.name({ id: "Hanya ini" })];""",
    )
    assert found == [
        'Tersambung <span class="second" lang="en">Connected</span>',
        {"first": "Connected", "second": "Tersambung", "firstLang": "en", "secondLang": "id"},
        {"first": "Antrean xyz", "second": "", "firstLang": "en", "secondLang": "id"},
        {"first": "East hall", "second": "Hall Timur", "firstLang": "en", "secondLang": "id"},
        {"first": "PLN", "second": "", "firstLang": "en", "secondLang": "id"},
        {"first": "", "second": "", "firstLang": "en", "secondLang": "id"},
        "Hanya ini",
    ]


def test_the_switch_tells_and_shows_the_choice(page: Page) -> None:
    run(page, 'document.getElementById("main").append(words.languageSwitch());')
    page.get_by_role("button", name="English").click()
    assert page.get_attribute("html", "lang") == "en"
    pressed = [b.get_attribute("aria-pressed") for b in page.get_by_role("button").all()]
    assert pressed == ["false", "true"]


FORMATS: list[tuple[str, str]] = [
    ("time.formatClock('2026-11-24T08:05:31.900+07:00')", "08.05"),
    ("time.formatClock(null)", ""),
    ("time.formatClockSeconds('2026-11-24T08:05:31.900+07:00')", "08.05.31"),
    (
        "time.formatRange('2026-11-24T10:20:00+07:00', '2026-11-24T10:45:00+07:00')",
        "10.20 \u2013 10.45",
    ),
    ("time.formatRange('2026-11-24T10:20:01+07:00', '2026-11-24T10:20:59+07:00')", "10.20"),
    ("time.formatDate('2026-11-24')", "Selasa, 24 November 2026"),
    ("time.formatDate('2026-11-24T23:59:00.000+07:00')", "Selasa, 24 November 2026"),
    ("time.formatDate('2026-08-09', { year: false })", "Minggu, 9 Agustus"),
    ("time.formatDate('2026-08-09', { weekday: false })", "9 Agustus 2026"),
    ("time.formatDate('2026-11-24', { lang: 'en' })", "Tuesday, 24 November 2026"),
    ("time.weekday('2026-11-24', 'en')", "Tuesday"),
    ("time.formatMinutes(1130)", "19 mnt"),
    ("time.formatMinuteRange(1100, 2530)", "18\u201343 mnt"),
    ("time.formatMinuteRange(0, 20)", "0\u20131 mnt"),
    ("time.formatMinuteRange(60, 60)", "1 mnt"),
    ("time.formatDuration(252)", "4.12"),
    ("time.formatDuration(3852)", "1.04.12"),
    ("time.formatDuration(-3)", "0.00"),
    ("time.formatNumber(6198)", "6.198"),
    ("time.formatNumber(7.43, 1)", "7,4"),
    ("time.formatNumber(1234567.5, 1)", "1.234.567,5"),
    ("time.isoAt(1795489351000, 420)", "2026-11-24T10:02:31.000+07:00"),
    ("time.isoAt(1795489351000, -210)", "2026-11-23T23:32:31.000-03:30"),
    ("String(time.offsetOf('2026-11-24T10:02:31.000+07:00'))", "420"),
    ("String(time.offsetOf('2026-11-24T10:02:31.000-03:30'))", "-210"),
]


def test_times_and_figures_read_as_here_whatever_zone_the_browser_has(
    open_page: OpenPage, modules: ModuleServer
) -> None:
    page = open_page(modules.url, timezone_id="America/New_York")
    found = run(page, f"return [{', '.join(code for code, _ in FORMATS)}]")
    assert dict(zip([code for code, _ in FORMATS], found, strict=True)) == dict(FORMATS)


def test_figures_in_english(page: Page) -> None:
    found = run(
        page,
        """words.setLanguage("en");
        return [time.formatNumber(6198.25, 1), time.formatMinutes(1140),
          time.formatDate("2026-11-24")];""",
    )
    assert found == ["6,198.3", "19 min", "Tuesday, 24 November 2026"]
