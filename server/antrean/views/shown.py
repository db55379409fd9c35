"""Which services and counters that the catalogue has dropped are still shown.

`rebase.shown_services` and `shown_counters` say the same by looking at every ticket; here it is
kept in step, since a catalogue that once lost a counter keeps it for good.
"""

from antrean.domain.model import Ticket
from antrean.domain.state import QueueState


class Shown:
    """Kept in step by `move`; `services` and `counters` are the retired ones that are shown now."""

    __slots__ = ("_named", "_state", "any", "counters", "services")

    def __init__(self, state: QueueState) -> None:
        self._state = state
        self._named = {c.id: 0 for c in state.catalogue.counters.values() if c.retired}
        self.any = bool(self._named) or any(s.retired for s in state.catalogue.services.values())
        self.services: frozenset[str] = frozenset()
        self.counters: frozenset[str] = frozenset()
        if self._named:
            for ticket in state.tickets.values():
                self._count(ticket, 1)
        self._settle()

    def move(self, before: Ticket | None, after: Ticket) -> None:
        """Take in the change of one ticket; the state has it already."""
        if self._named:
            if before is not None:
                self._count(before, -1)
            self._count(after, 1)
        self._settle()

    def shows_service(self, service: str) -> bool:
        definition = self._state.catalogue.services.get(service)
        return definition is not None and (not definition.retired or service in self.services)

    def shows_counter(self, counter: str) -> bool:
        definition = self._state.catalogue.counters.get(counter)
        return definition is not None and (not definition.retired or counter in self.counters)

    def _count(self, ticket: Ticket, by: int) -> None:
        if not ticket.has_ended:
            for counter in {ticket.counter, ticket.for_counter}:
                if counter in self._named:
                    self._named[counter] += by

    def _settle(self) -> None:
        if self.any:
            services, needed = self._state.catalogue.services, self._state.needed
            self.services = frozenset(s for s in needed if services[s].retired)
            self.counters = frozenset(c for c, count in self._named.items() if count)
