"""Whether a series of samples grows: pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

WARM_UP = 0.2  # the share of the beginning that does not count: caches fill, code is compiled


@dataclass(frozen=True, slots=True)
class Limit:
    """What a series may gain over a run, whatever its length: less is noise of measuring."""

    name: str
    unit: str
    gain: float


LIMITS = (
    Limit("heap_mib", "MiB of JavaScript", 1.5),
    Limit("nodes", "DOM nodes", 150),
    Limit("listeners", "listeners", 40),
    Limit("page_mib", "MiB of the page's process", 20),
)


@dataclass(frozen=True, slots=True)
class Trend:
    slope: float  # a minute
    gain: float  # over the minutes that were looked at
    noise: float  # how far samples lie from the line, as a rule
    grows: bool


def trend(minutes: Sequence[float], values: Sequence[float], limit: float) -> Trend:
    """The slope that no single sample can move (Theil and Sen).

    It grows when the gain is more than `limit`, and more than three times what samples scatter.
    """
    since = minutes[0] + WARM_UP * (minutes[-1] - minutes[0])
    points = [(m, v) for m, v in zip(minutes, values, strict=True) if m >= since]
    slopes = [
        (v2 - v1) / (m2 - m1)
        for i, (m1, v1) in enumerate(points)
        for m2, v2 in points[i + 1 :]
        if m2 > m1
    ]
    slope = median(slopes) if slopes else 0.0
    middle = median(v - slope * m for m, v in points)
    noise = median(abs(v - slope * m - middle) for m, v in points)
    gain = slope * (points[-1][0] - points[0][0])
    return Trend(slope, gain, noise, grows=gain > max(limit, 3 * noise))
