"""Figures for Prometheus, in a registry of their own. One process, so plain values in memory."""

from collections.abc import Callable

from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Gauge,
    Histogram,
    generate_latest,
)
from prometheus_client import Counter as Count

from antrean.engine import Observer

CONTENT_TYPE = CONTENT_TYPE_LATEST
_SECONDS = (0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 5)
_SIZES = (1, 2, 4, 8, 16, 32, 64, 128, 256)


class Metrics(Observer):
    """What `GET /metrics` shows. Also the engine's observer."""

    def __init__(self) -> None:
        registry = self.registry = CollectorRegistry()
        self._answers = Count(
            "antrean_requests",
            "Answers under /api/v1, by route and outcome (ok or the code of the refusal)",
            ["route", "outcome"],
            registry=registry,
        )
        self._by_outcome: dict[tuple[str, str], Callable[[], None]] = {}
        self._commit = Histogram(
            "antrean_commit_seconds",
            "Time of one group commit, until it is on disk",
            buckets=_SECONDS,
            registry=registry,
        )
        self._group = Histogram(
            "antrean_group_commands",
            "Commands in one group commit",
            buckets=_SIZES,
            registry=registry,
        )
        self._events = Count("antrean_events", "Journal entries committed", registry=registry)
        self._failures = Count("antrean_commit_failures", "Commits that failed", registry=registry)
        self.loop_lag = Histogram(
            "antrean_loop_lag_seconds",
            "How late a timer of the event loop fires, measured once a second",
            buckets=_SECONDS,
            registry=registry,
        )

    def answered(self, route: str, outcome: str) -> None:
        """Count one answer; looking a label up in the library costs more than counting."""
        count = self._by_outcome.get((route, outcome))
        if count is None:
            count = self._answers.labels(route, outcome).inc
            self._by_outcome[route, outcome] = count
        count()

    def committed(self, commands: int, entries: int, seconds: float) -> None:
        self._commit.observe(seconds)
        self._group.observe(commands)
        self._events.inc(entries)

    def failed(self, reason: str) -> None:
        self._failures.inc()

    def watch(self, name: str, help_text: str, read: Callable[[], float]) -> None:
        """A gauge that is read when it is asked for."""
        Gauge(name, help_text, registry=self.registry).set_function(read)

    def render(self) -> bytes:
        return generate_latest(self.registry)
