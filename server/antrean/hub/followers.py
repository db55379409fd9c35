"""The topics `ticket:ID`: their own events at once, positions and estimates on the tick."""

from collections.abc import Callable

from antrean.domain.model import Ticket
from antrean.hub.peers import Peer
from antrean.views import Standing, Views
from antrean.views.facts import middle_of_change
from antrean.views.frames import encode, event, message, snapshot
from antrean.views.values import LinePass, holder_patch, holder_state, is_waiting, standing
from antrean.views.views import News

PER_TICKET = 3  # sockets


class TicketSubscription:
    """`told` is what the peer has: who came in between has another than the others."""

    __slots__ = ("followers", "peer", "told")

    def __init__(self, peer: Peer, followers: "Followers", told: Standing) -> None:
        self.peer = peer
        self.followers = followers
        self.told = told

    def catch_up(self, *, late: bool = False) -> None:
        if late:
            self.followers.write_snapshot(self)

    def end(self) -> None:
        self.followers.remove(self)


class Followers:
    """The subscribers of all tickets."""

    def __init__(self, views: Views, now: Callable[[], int]) -> None:
        self._views = views
        self._now = now
        self._of: dict[str, tuple[TicketSubscription, ...]] = {}
        self._waiting: dict[str, None] = {}  # tickets whose followers the tick has still to tell

    def __len__(self) -> int:
        return len(self._of)

    def has_room(self, ticket: str) -> bool:
        return len(self._of.get(ticket, ())) < PER_TICKET

    def subscribe(
        self, peer: Peer, ticket: Ticket, epoch: object, offset: object
    ) -> TicketSubscription:
        views = self._views
        told = standing(views.state, ticket)
        subscription = TicketSubscription(peer, self, told)
        seq = views.state.seq
        known = epoch == views.epoch and type(offset) is int
        if known and views.ticket_changed_at(ticket) <= offset <= seq:  # type: ignore[operator]
            peer.write(
                message(
                    op="resumed",
                    topic=f"ticket:{ticket.id}",
                    epoch=views.epoch,
                    offset=offset,
                    seq=seq,
                )
            )
        else:
            self._write(subscription)
        self._of[ticket.id] = (*self._of.get(ticket.id, ()), subscription)
        return subscription

    def remove(self, subscription: TicketSubscription) -> None:
        ticket = subscription.told.ticket.id
        left = tuple(s for s in self._of.get(ticket, ()) if s is not subscription)
        if left:
            self._of[ticket] = left
        else:
            self._of.pop(ticket, None)

    def write_snapshot(self, subscription: TicketSubscription) -> None:
        """Tell all anew; nothing when the ticket is of a day that is over."""
        ticket = self._views.state.tickets.get(subscription.told.ticket.id)
        if ticket is not None:
            subscription.told = standing(self._views.state, ticket)
            self._write(subscription)

    def _write(self, subscription: TicketSubscription) -> None:
        views, told = self._views, subscription.told
        seq = views.state.seq
        state = encode(holder_state(views.state, told, self._now()))
        name = f"ticket:{told.ticket.id}"
        subscription.peer.write(snapshot(name, views.epoch, seq, seq, state))

    def tell(self, news: News) -> list[Peer]:
        """A ticket's own event, at once. Returns the peers too full for it."""
        ticket = news.after
        if ticket is None or ticket.id not in self._of:
            return []
        views = self._views
        now_stands = standing(views.state, ticket)
        behind, now = [], self._now()
        for subscription in self._of[ticket.id]:
            if subscription.peer.link.full:
                behind.append(subscription.peer)
                continue
            patch = holder_patch(views.state, subscription.told, now_stands, now)
            frame = event(f"ticket:{ticket.id}", news.entry.seq, news.middle, encode(patch))
            subscription.peer.write(frame)
            subscription.told = now_stands
        return behind

    def tick(self) -> None:
        """Note the followers in lines that moved; `walk` tells them."""
        views = self._views
        moved, views.moved = views.moved, set()
        if not self._of:
            return
        for service in moved:
            line = views.state.lines[service].waiting
            if len(self._of) * 8 < len(line):  # few followers in a long line
                for ticket in self._of:
                    found = views.state.tickets.get(ticket)
                    if found is not None and is_waiting(found) and found.service == service:
                        self._waiting[ticket] = None
            else:
                self._waiting.update(dict.fromkeys(t for _, t in line if t in self._of))

    def walk(self, tickets: int) -> list[Peer]:
        """Tell the followers of some of the noted tickets where these stand now."""
        views, behind = self._views, []
        state = views.state
        passes: dict[str, LinePass] = {}
        now = self._now()
        middle = middle_of_change(state.catalogue.site, state.seq, now)
        for _ in range(min(tickets, len(self._waiting))):
            ticket_id, _ = self._waiting.popitem()
            ticket = state.tickets.get(ticket_id)
            if ticket is None or not is_waiting(ticket):
                continue  # its own event said so
            line = passes.get(ticket.service)
            if line is None:
                line = passes[ticket.service] = LinePass(state, ticket.service)
            now_stands = line.of(ticket)
            for subscription in self._of.get(ticket_id, ()):
                if subscription.peer.link.full:
                    behind.append(subscription.peer)
                    continue
                patch = holder_patch(state, subscription.told, now_stands, now)
                if patch:
                    frame = event(f"ticket:{ticket_id}", state.seq, middle, encode(patch))
                    subscription.peer.write(frame)
                    subscription.told = now_stands
        return behind

    @property
    def has_more(self) -> bool:
        return bool(self._waiting)
