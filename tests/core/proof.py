"""A journal of announcements that is written by hand, for the proof to judge."""

from collections.abc import Callable
from typing import Any

from antrean.proof import Fact, Places, Verdict, prove
from antrean.proof.model import Plan

PLACES = Places(
    [Plan(0, {"ktp": "utama", "sim": "timur"}, {"l1": "utama", "l2": "utama", "l3": "timur"})],
    {"tv": "utama", "tv2": "utama", "tv-timur": "timur"},
)


class Journal:
    """A journal that grows by a line a call. `seq` is that of the last line."""

    def __init__(self) -> None:
        self.facts: list[Fact] = []
        self.at = 0.0
        self.seq = 100  # of a range that does not begin with the journal

    def line(self, at: float, kind: str, **data: Any) -> int:
        self.seq += 1
        self.at = at
        self.facts.append(Fact(self.seq, round(at * 1000), kind, data))
        return self.seq

    def ticket(self, at: float, verb: str, number: str, counter: str = "l1", **more: Any) -> int:
        facts = {"ticket": f"id-{number}", "number": number, "service": "ktp", "counter": counter}
        return self.line(at, f"ticket.{verb}", **(facts | more))

    def hall(
        self, at: float, verb: str, number: str, call: int, counter: str = "l1", **more: Any
    ) -> int:
        facts = {
            "ticket": f"id-{number}",
            "number": number,
            "service": "ktp",
            "counter": counter,
            "zone": "utama",
            "call": call,
            "device": "tv",
        }
        return self.line(at, f"call.{verb}", **(facts | more))

    def said(self, at: float, number: str, call: int, counter: str = "l1") -> None:
        self.hall(at, "announced", number, call, counter)
        self.hall(at + 5, "spoken", number, call, counter)

    def verdict(self) -> Verdict:
        return prove(self.facts, PLACES)


Story = Callable[[Journal], object]


def became(verdict: Verdict) -> list[tuple[str, str]]:
    return [(o.number, o.became) for o in verdict.outcomes]
