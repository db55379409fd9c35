"""The plate, the tokens, rows that keep their elements: measured in the browser."""

from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import OpenPage
from tests.browser.modules import ModuleServer

TILES = ["nila", "langit", "daun", "toska", "bata", "manggis", "anggrek", "pandan", "arang"]
# (text, ground) of every pair that words are set in.
PAIRS = [
    ("--text", "--ground"),
    ("--text", "--ground-2"),
    ("--text-2", "--ground"),
    ("--text-2", "--ground-2"),
    ("--on-now", "--now"),
    ("--on-now-2", "--now"),
    ("--trouble", "--ground"),
    ("--trouble", "--ground-2"),
    ("--on-bar", "--bar"),
    ("--on-bar-2", "--bar"),
    ("--on-field", "--field"),
    ("--on-field-2", "--field"),
    ("--dim", "--ground"),
    ("--ground", "--rule"),
]
THEMES = [
    {},
    {"theme": "dark"},
    {"theme": "now"},
    {"contrast": "high"},
    {"connection": "stale"},
    {"connection": "stale", "theme": "dark"},
    {"connection": "stale", "theme": "now"},
]
MAKE = """async ([facts, height]) => {
  const { plate, bullet } = await import("/assets/clients/lib/plate.js");
  const main = document.getElementById("main");
  main.textContent = "";
  const node = facts.prefix ? bullet(facts) : plate(facts);
  node.style.setProperty("--plate-h", height + "px");
  main.append(node);
  await document.fonts.load("700 20px Overpass");
  const box = (one) => one && one.getBoundingClientRect().toJSON();
  const attributes = {};
  for (const one of node.attributes) attributes[one.name] = one.value;
  return { box: box(node), tile: box(node.querySelector(".plate-tile")),
    digits: box(node.querySelector(".plate-digits")), text: node.textContent, attributes };
}"""
LUMINANCE = """
  const probe = document.createElement("i");
  document.body.append(probe);
  const luminance = (token) => {
    probe.style.color = `var(${token})`;
    const [r, g, b] = getComputedStyle(probe).color.match(/[\\d.]+/g).map((v) => {
      const c = Number(v) / 255;
      return c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = ([a, b]) => {
    const [x, y] = [luminance(a), luminance(b)].sort((p, q) => q - p);
    return (x + 0.05) / (y + 0.05);
  };
"""


@pytest.fixture
def page(open_page: OpenPage, modules: ModuleServer) -> Page:
    return open_page(modules.url)


def made(page: Page, height: float, **facts: Any) -> Any:
    return page.evaluate(MAKE, [facts, height])


@pytest.mark.parametrize("height", [16.5, 31, 82, 190])
def test_a_plate_has_its_measures_at_every_size(page: Page, height: float) -> None:
    plate = made(page, height, number="H-038", tile="daun")
    assert plate["box"]["height"] == pytest.approx(1.6 * height, abs=0.6)
    tile_edge = plate["tile"]["right"] - plate["box"]["left"]
    assert tile_edge == pytest.approx(1.6 * height, abs=1.1)
    assert 3.6 * height < plate["box"]["width"] < 5.2 * height


def test_plates_of_one_letter_and_empty_ones_are_of_one_width(page: Page) -> None:
    usual = made(page, 73, number="H-038")["box"]["width"]
    for other in ("W-106", "M-777", "I-111"):
        assert made(page, 73, number=other)["box"]["width"] == pytest.approx(usual, abs=0.2), other
    assert made(page, 73)["box"]["width"] == pytest.approx(usual, abs=1)
    bullet = made(page, 73, prefix="H")["box"]
    assert made(page, 73, prefix="W")["box"] == bullet
    assert bullet["right"] - bullet["left"] == pytest.approx(1.6 * 73, abs=0.2)
    assert made(page, 73, prefix="AU")["box"]["width"] > 1.3 * bullet["width"]


def test_a_plate_says_its_number_and_shows_no_hyphen(page: Page) -> None:
    plate = made(page, 31, number="H-038", tile="daun", state="called", counter="loket-5")
    assert plate["text"] == "H038"
    facts = plate["attributes"]
    assert (facts["role"], facts["aria-label"]) == ("img", "H-038")
    assert (facts["data-number"], facts["data-state"]) == ("H-038", "called")
    assert (facts["data-counter"], facts["data-tile"]) == ("loket-5", "daun")


def test_digits_are_tabular_and_a_wide_letter_widens_the_tile(page: Page) -> None:
    ones, eights = made(page, 50, number="A-111"), made(page, 50, number="A-888")
    assert ones["box"]["width"] == pytest.approx(eights["box"]["width"], abs=0.1)
    three = made(page, 50, number="ABC-038")
    assert three["tile"]["width"] > 2 * ones["tile"]["width"]
    assert made(page, 50, number="A-1002")["digits"]["width"] > ones["digits"]["width"]


def test_the_digits_stand_in_the_middle(page: Page) -> None:
    """Held against what is painted: the rows of the plate in which there is ink."""
    made(page, 80, number="H-888", tile="daun")
    top, bottom, height = page.evaluate(
        """async () => {
          const digits = document.querySelector(".plate-digits");
          const style = getComputedStyle(digits);
          const range = document.createRange();
          range.selectNodeContents(digits);
          const line = range.getBoundingClientRect();
          const context = document.createElement("canvas").getContext("2d");
          context.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
          const ink = context.measureText("888");
          const baseline = line.top + ink.fontBoundingBoxAscent;
          const plate = document.querySelector(".plate").getBoundingClientRect();
          return [baseline - ink.actualBoundingBoxAscent - plate.top,
            plate.bottom - baseline - ink.actualBoundingBoxDescent, plate.height];
        }"""
    )
    assert top == pytest.approx(bottom, abs=0.03 * height)


def test_an_empty_plate_is_an_outline_without_a_number(page: Page) -> None:
    plate = made(page, 31, empty="belum ada nomor")
    assert plate["text"] == "belum ada nomor"
    assert "data-number" not in plate["attributes"]
    assert "role" not in plate["attributes"]
    assert page.evaluate("getComputedStyle(document.querySelector('.plate')).borderTopStyle") == (
        "dashed"
    )


def test_a_plate_becomes_another_and_empty_and_back(page: Page) -> None:
    found = page.evaluate(
        """async () => {
          const { plate, updatePlate } = await import("/assets/clients/lib/plate.js");
          const node = plate({ number: "A-001", state: "called", counter: "loket-1" });
          const tile = node.children[0];
          updatePlate(node, { number: "B-002" });
          const second = [node.textContent, node.getAttribute("aria-label"),
            tile === node.children[0], node.hasAttribute("data-state"),
            node.hasAttribute("data-counter")];
          updatePlate(node, {});
          const empty = [node.textContent, node.hasAttribute("data-number")];
          updatePlate(node, { number: "C-003" });
          return [second, empty, node.textContent, node.classList.contains("plate-empty")];
        }"""
    )
    assert found == [["B002", "B-002", True, False, False], ["", False], "C003", False]


def test_a_bullet_is_a_square_tile_hidden_from_screen_readers(page: Page) -> None:
    bullet = made(page, 24, prefix="H", tile="daun")
    assert bullet["box"]["width"] == pytest.approx(1.6 * 24, abs=0.6)
    assert bullet["box"]["height"] == pytest.approx(1.6 * 24, abs=0.6)
    assert bullet["attributes"]["aria-hidden"] == "true"


@pytest.mark.parametrize("tile", TILES)
def test_a_letter_can_be_read_on_its_tile(page: Page, tile: str) -> None:
    made(page, 24, prefix="H", tile=tile)
    ratio = page.evaluate(
        "() => {"
        + LUMINANCE
        + """
          document.body.dataset.tile = document.querySelector(".bullet").dataset.tile;
          const own = getComputedStyle(document.body).getPropertyValue("--on-tile").trim();
          return contrast([own ? "--on-tile" : "--white", "--tile"]);
        }"""
    )
    assert ratio >= 4.5


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: " ".join(theme.values()) or "light")
def test_words_can_be_read_in_every_theme(page: Page, theme: dict[str, str]) -> None:
    ratios = page.evaluate(
        "([theme, pairs]) => {"
        + LUMINANCE
        + """
          Object.assign(document.documentElement.dataset, theme);
          return pairs.map(contrast);
        }""",
        [theme, PAIRS],
    )
    low = [(pair, round(r, 2)) for pair, r in zip(PAIRS, ratios, strict=True) if r < 4.5]
    assert low == []


@pytest.mark.parametrize("theme", ["light", "now", "dark"])
def test_nothing_is_yellow_when_stale(page: Page, theme: str) -> None:
    yellow = page.evaluate(
        """(theme) => {
          document.documentElement.dataset.connection = "stale";
          const part = document.getElementById("main");
          part.dataset.theme = theme;
          const style = getComputedStyle(part);
          return ["--ground", "--ground-2", "--now", "--field"].filter((token) =>
            style.getPropertyValue(token).trim().toLowerCase() === "#ffc629");
        }""",
        theme,
    )
    assert yellow == []


def test_focus_is_a_yellow_ring_that_a_mouse_does_not_leave(page: Page) -> None:
    page.evaluate(
        """() => {
          const button = document.createElement("button");
          button.className = "button";
          button.textContent = "Tahan";
          document.getElementById("main").append(button);
        }"""
    )
    ring = "getComputedStyle(document.querySelector('.button')).boxShadow"
    page.keyboard.press("Tab")
    assert "rgb(255, 198, 41)" in page.evaluate(ring)
    page.evaluate("document.activeElement.blur()")
    page.get_by_role("button").click()
    assert page.evaluate("document.activeElement.className") == "button"
    assert page.evaluate(ring) == "none"


def test_large_type_is_a_quarter_larger(page: Page) -> None:
    page.evaluate("document.documentElement.dataset.type = 'large'")
    assert page.evaluate("getComputedStyle(document.body).fontSize") == "20px"


def test_rows_keep_their_elements_and_the_focus_when_others_come_move_and_go(page: Page) -> None:
    found = page.evaluate(
        """async () => {
          const { el, keyed } = await import("/assets/clients/lib/dom.js");
          const list = el("ul", null);
          document.getElementById("main").append(list);
          let made = 0;
          const draw = (items) => keyed(list, items, (item) => item,
            (item) => { made += 1; return el("li", null, el("button", null, item)); },
            (node, item) => node.setAttribute("data-item", item));
          draw(["a", "b", "c"]);
          list.children[1].firstChild.focus();
          const kept = list.children[1];
          draw(["b", "c", "d"]);
          draw(["x", "b", "d"]);
          return [list.textContent, list.children[1] === kept, made,
            document.activeElement === kept.firstChild, kept.getAttribute("data-item")];
        }"""
    )
    assert found == ["xbd", True, 5, True, "b"]


def test_text_stays_text(page: Page) -> None:
    found = page.evaluate(
        """async () => {
          const { el } = await import("/assets/clients/lib/dom.js");
          const node = el("p", { title: '"><b>' }, "<img src=x onerror=alert(1)>", null,
            false, 0, ["x"]);
          return [node.children.length, node.textContent, node.title];
        }"""
    )
    assert found == [0, "<img src=x onerror=alert(1)>0x", '"><b>']


def test_many_draws_become_one_and_a_hidden_tab_draws_too(page: Page) -> None:
    found = page.evaluate(
        """async () => {
          const { soon } = await import("/assets/clients/lib/dom.js");
          let drawn = 0;
          await new Promise((done) => {
            const draw = soon(() => { drawn += 1; done(); });
            draw(); draw(); draw();
          });
          // As in a hidden tab: no frame ever comes.
          window.requestAnimationFrame = () => 0;
          await new Promise((done) => { soon(() => { drawn += 1; done(); })(); });
          return drawn;
        }"""
    )
    assert found == 2


def test_the_stale_bar_tells_since_when_and_only_then(page: Page) -> None:
    shown = """async (status) => {
      const lib = await import("/assets/clients/lib/connection.js");
      const words = await import("/assets/clients/lib/words.js");
      await words.loadWords();
      const main = document.getElementById("main");
      if (!main.children.length) main.append(lib.connectionWord(), lib.staleBar());
      document.documentElement.dataset.connection = status;
      lib.showConnection({ status, lastIso: () => "2026-11-24T10:02:31.000+07:00" });
      return [main.children[0].textContent, main.children[1].textContent,
        getComputedStyle(main.children[1]).display];
    }"""
    assert page.evaluate(shown, "live") == ["Tersambung", "", "none"]
    word, bar, display = page.evaluate(shown, "stale")
    assert word == "Terputus"
    assert bar.startswith("Data terakhir 10.02.31 \u2013 menyambung kembali Last data 10.02.31")
    assert display == "flex"
