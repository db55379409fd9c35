"""A small drawing of all series, one below the other: SVG in plain lines."""

from collections.abc import Mapping, Sequence

WIDTH, HEIGHT, LEFT, GAP = 900, 150, 70, 34
INK, PAPER, LINE = "#1b1a17", "#f5f1e8", "#24309a"


def draw(minutes: Sequence[float], series: Mapping[str, Sequence[float]]) -> str:
    """`series` by their titles; each gets a scale of its own that begins at 0."""
    parts = [
        _panel(index, title, minutes, values)
        for index, (title, values) in enumerate(series.items())
    ]
    high = len(series) * (HEIGHT + GAP) + GAP
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {high}" '
        f'font-family="sans-serif" font-size="13" fill="{INK}">'
        f'<rect width="{WIDTH}" height="{high}" fill="{PAPER}"/>{"".join(parts)}'
        f'<text x="{WIDTH - 20}" y="{high - 10}" text-anchor="end">'
        f"{minutes[-1]:.0f} minutes</text></svg>\n"
    )


def _panel(index: int, title: str, minutes: Sequence[float], values: Sequence[float]) -> str:
    top = GAP + index * (HEIGHT + GAP)
    most = max(values) * 1.1 or 1.0
    span = minutes[-1] or 1.0
    points = " ".join(
        f"{LEFT + minute / span * (WIDTH - LEFT - 20):.1f},{top + HEIGHT * (1 - value / most):.1f}"
        for minute, value in zip(minutes, values, strict=True)
    )
    floor = top + HEIGHT
    return (
        f'<text x="{LEFT}" y="{top - 8}" font-weight="700">{title}</text>'
        f'<text x="{LEFT - 8}" y="{top + 10}" text-anchor="end">{most:.4g}</text>'
        f'<text x="{LEFT - 8}" y="{floor}" text-anchor="end">0</text>'
        f'<path d="M{LEFT} {top}V{floor}H{WIDTH - 20}" fill="none" stroke="{INK}"/>'
        f'<polyline points="{points}" fill="none" stroke="{LINE}" stroke-width="2"/>'
    )
