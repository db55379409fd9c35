"""How long it may take: simple and honest, one pure function behind which a better one can stand.

Service times of the day are mixed with the catalogue's expectation (as if it had been seen PRIOR
times). The wait is the sum of `ahead + 1` gaps between calls of the open counters, taken as
lognormal; with no counter open nothing is said.
"""

from dataclasses import dataclass
from math import exp, log, sqrt

from antrean.domain.model import AT_COUNTER, CounterState, Pace
from antrean.domain.state import QueueState

PRIOR = 5  # served tickets of the day that weigh as much as the catalogue's minutes
VARIATION = 0.7  # standard deviation of one service time, as a share of its mean
Z = 1.2816  # of the 10th and 90th percentile


@dataclass(frozen=True, slots=True)
class Wait:
    """Milliseconds from now until a call, by which 10, 50 and 90 of 100 are called."""

    p10: int
    p50: int
    p90: int


@dataclass(frozen=True, slots=True)
class Outlook:
    """What the estimates of one line have in common; computed once for all who stand in it."""

    mean_ms: float
    counters: int
    free: int  # open counters with nobody at them

    def wait(self, ahead: int) -> Wait:
        """For one with `ahead` arrived tickets before them in the line."""
        if self.free > ahead:
            return Wait(0, 0, int(self.mean_ms * 0.1))
        steps = ahead - self.free + 1
        mean = steps * self.mean_ms / self.counters
        spread = VARIATION / sqrt(steps)
        sigma = sqrt(log(1 + spread * spread))
        middle = log(mean) - sigma * sigma / 2
        return Wait(int(exp(middle - Z * sigma)), int(exp(middle)), int(exp(middle + Z * sigma)))


def outlook(state: QueueState, service: str) -> Outlook | None:
    """The outlook of a line; None with no counter open for it."""
    counters = free = 0
    for definition in state.catalogue.counters.values():
        if service in definition.services:
            counter = state.counters[definition.id]
            if counter.state is CounterState.OPEN:
                counters += 1
                free += counter.ticket is None
    if not counters:
        return None
    pace = state.paces.get(service, Pace())
    expected = state.catalogue.services[service].service_ms
    mean = (pace.total_ms + PRIOR * expected) / (pace.count + PRIOR)
    return Outlook(max(mean, 1000.0), counters, free)


def serving(state: QueueState, service: str) -> int:
    """How many tickets of `service` are called or serving now."""
    return sum(
        1
        for counter in state.counters.values()
        if counter.ticket is not None
        and (ticket := state.tickets[counter.ticket]).service == service
        and ticket.state in AT_COUNTER
    )
