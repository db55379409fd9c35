"""Boxes of what is read on a hall screen: nothing may overlap, be cut, or be too small."""

from typing import Any

from playwright.sync_api import Page

# Ten metres ask for these, in pixels of a 1080 screen (of 1920 lines when it stands upright):
# digits by their height, words by the size of their letters. Scaled with the screen.
DIGITS = {
    ".call .plate": 105,  # three letters, four digits, three lines; a usual number has 190
    ".earlier .plate": 73,
    ".cell .plate": 46,
    ".wait-row .plate": 46,
    ".desk-plate .plate:not(.plate-empty)": 73,
    ".panel-call .plate": 46,
}
WORDS = {
    ".call[data-reason]:not([data-reason='moved']):not([data-reason='away']) .call-counter": 104,
    ".call-counter": 64,  # the name of a line or a hall, of a transfer
    ".call-agency": 40,
    ".call-service": 40,
    ".wait-service": 28,
    ".panel-first": 58,
    ".hall *": 27.9,
}

_LOOK = """
() => {
  const seen = (node) => {
    const style = getComputedStyle(node);
    if (style.visibility === "hidden" || node.closest(".sr-only, [hidden]")) return false;
    const panel = document.querySelector(".panel:not([hidden])");
    if (panel && node.closest(".hall-main, .hall-notices")) return false;
    return node.getClientRects().length > 0;
  };
  const name = (node) => {
    const parent = node.parentElement;
    return `${parent.className}>${node.className || node.tagName}:${node.textContent.slice(0, 24)}`;
  };
  // What may hold words: they must stay inside it.
  const rooms = ".hall-head, .call, .earlier-row, .earlier-head, .cell, .wait-row, .wait-head," +
    " .desk-sign, .desk-place, .panel, .hall-notices, .hall-foot, .stale-bar, .device-bar";
  const texts = [];
  const faults = [];
  // What a device says of itself lies beside the board.
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode;
    const node = text.parentElement;
    if (!text.data.trim() || !seen(node)) continue;
    // Unseen, yet clipped: the heading of a list that has no room for one.
    if (Array.from(document.querySelectorAll(".earlier-head")).some((head) =>
      head.contains(node) && getComputedStyle(head).clip !== "auto")) continue;
    const range = document.createRange();
    range.selectNodeContents(text);
    const size = parseFloat(getComputedStyle(node).fontSize);
    const room = node.closest(rooms);
    const inside = room && room.getBoundingClientRect();
    for (const box of Array.from(range.getClientRects())) {
      // Of the line's box, what letters fill: capitals and what hangs below.
      const middle = (box.top + box.bottom) / 2;
      const one = { left: box.left, right: box.right, top: middle - 0.42 * size,
        bottom: middle + 0.36 * size, node };
      texts.push(one);
      if (one.left < -1 || one.right > innerWidth + 1 || one.top < -1 ||
        one.bottom > innerHeight + 1) faults.push(`off the screen: ${name(node)}`);
      else if (inside && (one.left < inside.left - 1 || one.right > inside.right + 1 ||
        one.top < inside.top - 2 || one.bottom > inside.bottom + 2)) {
        faults.push(`out of its place: ${name(node)}`);
      }
    }
  }
  for (const shape of Array.from(document.querySelectorAll("#hall .plate, #hall .hall-arrow"))) {
    if (!seen(shape)) continue;
    const box = shape.getBoundingClientRect();
    texts.push({ left: box.left, right: box.right, top: box.top, bottom: box.bottom, node: shape });
    const room = shape.closest(rooms);
    const inside = room && room.getBoundingClientRect();
    if (inside && (box.right > inside.right + 1 || box.bottom > inside.bottom + 1 ||
      box.top < inside.top - 1)) faults.push(`out of its place: ${name(shape)}`);
  }
  texts.forEach((one, index) => {
    for (const other of texts.slice(index + 1)) {
      if (one.node.contains(other.node) || other.node.contains(one.node)) continue;
      const wide = Math.min(one.right, other.right) - Math.max(one.left, other.left);
      const high = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
      if (wide > 1 && high > 1) faults.push(`overlap: ${name(one.node)} | ${name(other.node)}`);
    }
  });
  for (const node of Array.from(document.querySelectorAll("#hall *"))) {
    if (getComputedStyle(node).textOverflow !== "clip") faults.push(`dots: ${name(node)}`);
  }
  return Array.from(new Set(faults));
}
"""
_SIZES = """
(selectors) => selectors.map((selector) =>
  Array.from(document.querySelectorAll(selector)).filter((node) => {
    const own = Array.from(node.childNodes).some((child) =>
      child.nodeType === 3 && child.data.trim());
    return (own || node.matches(".plate, .call-counter")) && node.getClientRects().length > 0 &&
      getComputedStyle(node).visibility !== "hidden" && !node.closest(".sr-only");
  }).map((node) => [parseFloat(getComputedStyle(node).fontSize),
    `${node.className || node.parentElement.className}: ${node.textContent.slice(0, 20)}`]))
"""


def faults(page: Page) -> list[str]:
    """What overlaps, is cut, leaves its place or the screen; [] is good."""
    found: list[str] = page.evaluate(_LOOK)
    return found


def too_small(page: Page, scale: float) -> list[str]:
    """What is smaller than ten metres allow. `scale`: a pixel of a 1080 screen here."""
    least = {selector: height / 0.7 for selector, height in DIGITS.items()} | WORDS
    found: list[list[tuple[float, str]]] = page.evaluate(_SIZES, list(least))
    return [
        f"{selector}: {size / scale:.1f} of {wanted:.1f} ({what})"
        for (selector, wanted), sizes in zip(least.items(), found, strict=True)
        for size, what in sizes
        if size < wanted * scale - 0.6
    ]


def box(page: Page, selector: str) -> dict[str, float]:
    found: Any = page.locator(selector).first.bounding_box()
    assert found is not None, f"{selector} is not visible"
    return dict(found)


# For `wait_for_function`: a screen that was resized fits itself with the next frame.
NO_FAULTS = f"() => ({_LOOK.strip()})().length === 0"
