"""Figures and words of a verdict."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime, tzinfo
from typing import Any

from antrean.proof.model import SPOKEN, UNSPOKEN, Outcome, Verdict

NO_REPEATS_FROM, CHIME_ALONE_FROM = 4, 8
_WORDS = {
    SPOKEN: "spoken",
    UNSPOKEN: "unspoken",
    "ended": "ended before their turn",
    "replaced": "replaced by a recall",
    "old": "too old before their turn",
    "open": "still open",
    "lost": "LOST",
}


def percentile(values: Sequence[float], share: float) -> float | None:
    """The value that `share` of all do not exceed; None of none."""
    if not values:
        return None
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def figures(verdict: Verdict) -> dict[str, Any]:
    """Everything as plain values: counts and delays by zone, each call, each violation. Times in
    ms since 1970, delays in seconds."""
    zones = sorted({o.zone for o in verdict.outcomes})
    return {
        "holds": verdict.holds,
        "first": verdict.first,
        "last": verdict.last,
        "facts": verdict.facts,
        "began_at": verdict.began_at,
        "ended_at": verdict.ended_at,
        "texts_spoken": verdict.texts,
        "device_failures": verdict.failures,
        "zones": {z: _zone([o for o in verdict.outcomes if o.zone == z]) for z in zones},
        "violations": [asdict(v) for v in verdict.violations],
        "calls": [asdict(o) for o in verdict.outcomes],
    }


def _zone(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    begun = [o for o in outcomes if o.announced_at is not None]
    spoken = [o for o in begun if o.became == SPOKEN]
    return {
        "calls": len(outcomes),
        "recalls": sum(o.is_recall for o in outcomes),
        "became": dict(Counter(o.became for o in outcomes)),
        "codes": dict(Counter(o.code for o in outcomes if o.code)),
        "spoken_by": dict(Counter(o.spoken_by or "" for o in spoken)),
        "without_repeats": sum(
            NO_REPEATS_FROM <= o.backlog < CHIME_ALONE_FROM for o in begun if o.device
        ),
        "chime_alone": sum(o.backlog >= CHIME_ALONE_FROM for o in begun if o.device),
        "longest_backlog": max((o.backlog for o in begun), default=0),
        "seconds": {
            "call_to_shown": _delays((o.called_at, o.shown_at) for o in outcomes),
            "call_to_announced": _delays((o.called_at, o.announced_at) for o in begun),
            "announced_to_spoken": _delays((o.announced_at, o.ended_at) for o in spoken),
            "call_to_spoken": _delays((o.called_at, o.ended_at) for o in spoken),
        },
    }


def _delays(pairs: Iterable[tuple[int | None, int | None]]) -> dict[str, float | int | None]:
    found = [(b - a) / 1000 for a, b in pairs if a is not None and b is not None]
    return {
        "n": len(found),
        "p50": percentile(found, 0.50),
        "p99": percentile(found, 0.99),
        "max": max(found, default=None),
    }


def words(told: Mapping[str, Any], names: Mapping[str, str], zone: tzinfo) -> Iterator[str]:
    """The figures as lines to read. `names`: of devices."""
    began, ended = (_clock(told[m], zone) for m in ("began_at", "ended_at"))
    yield f"journal entries {told['first']} to {told['last']}, {began} to {ended}"
    for name, facts in told["zones"].items():
        yield f"zone {name}: {facts['calls']} calls, {facts['recalls']} of them recalls"
        yield "  " + ", ".join(f"{n} {_WORDS[b]}" for b, n in facts["became"].items())
        if facts["codes"]:
            yield "  why not: " + ", ".join(f"{code} {n}" for code, n in facts["codes"].items())
        for device, n in facts["spoken_by"].items():
            yield f"  spoken by {names.get(device, device)}: {n}"
        yield (
            f"  longest backlog {facts['longest_backlog']}: {facts['without_repeats']} without "
            f"repeats, {facts['chime_alone']} as the chime alone"
        )
        for what, delays in facts["seconds"].items():
            if delays["n"]:
                yield (
                    f"  {what.replace('_', ' '):<20} p50 {delays['p50']:6.2f} s"
                    f"   p99 {delays['p99']:6.2f} s   max {delays['max']:6.2f} s   ({delays['n']})"
                )
    for violation in told["violations"]:
        place = f" in {violation['zone']}" if violation["zone"] else ""
        yield f"VIOLATION {violation['kind']}{place}, entry {violation['seq']}: {violation['text']}"
    if told["holds"]:
        yield "proven: none wrong, lost, cut, doubled or out of turn"
    else:
        yield f"NOT PROVEN: {len(told['violations'])} violations"


def each(told: Mapping[str, Any], names: Mapping[str, str], zone: tzinfo) -> Iterator[str]:
    """One line for each call in each zone."""
    for call in told["calls"]:
        kind = "recall" if call["is_recall"] else "call"
        parts = [
            f"{_clock(call['called_at'], zone)} {call['zone']} {call['number']} {call['counter']}"
            f" {kind} {call['call']}:"
        ]
        if call["announced_at"] is not None:
            parts.append(f"announced {_clock(call['announced_at'], zone)},")
        parts.append(_WORDS[call["became"]])
        if call["became"] == SPOKEN:
            by = call["spoken_by"]
            parts.append(f"{_clock(call['ended_at'], zone)} by {names.get(by, by)}")
        if call["code"]:
            parts.append(f"({call['code']})")
        yield " ".join(parts)


def _clock(at: int, zone: tzinfo) -> str:
    return datetime.fromtimestamp(at / 1000, zone).strftime("%H.%M.%S")
