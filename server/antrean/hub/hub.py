"""The hub: the engine's Publisher. Who is written to, in which order, and what a slow peer costs.

Order of writes, for each group of entries: the holders of its tickets, staff and displays, a
first chunk of all others; then the engine releases the answers; then the rest, chunk by chunk, with
a turn of the loop between. So a hall display has its call 1 ms after the command and the next
command waits for one chunk at most, however many phones follow.
"""

import asyncio
from collections.abc import Callable, Sequence

from antrean.domain.events import Entry
from antrean.domain.model import Ticket
from antrean.domain.state import QueueState
from antrean.hub.feeds import EventSubscription, Feed
from antrean.hub.followers import Followers
from antrean.hub.peers import (
    SIGN_IN_AGAIN,
    SLOW_BYTES,
    SLOW_SECONDS,
    TRY_AGAIN,
    Peer,
    Subscription,
)
from antrean.hub.services import NAME as SERVICES
from antrean.hub.services import ServicesBoard
from antrean.views import Views

CHUNK = 256  # deliveries between two turns of the loop: about 1.5 ms
TICK_SECONDS = 1.0


class Hub:
    """All subscriptions. Lives in one event loop; `start` and `stop` run its tick."""

    def __init__(self, views: Views, now: Callable[[], int]) -> None:
        self.views = views
        self.peers: set[Peer] = set()
        self.lagging: dict[Peer, None] = {}
        self.cut_off = 0  # peers closed for being slow, ever
        self.listeners: list[Callable[[Sequence[Entry]], None]] = []  # told after the screens
        self.now = now  # the engine's moments
        self._before = views.state.seq  # of the last group
        self._feeds: dict[str, Feed] = {}
        self._services = ServicesBoard(views)
        self._followers = Followers(views, now)
        self._by_credential: dict[str, set[Peer]] = {}
        self._rounds: dict[Feed, list[EventSubscription]] = {}  # who a round has still to reach
        self._again: set[Feed] = set()  # moved on while its round was under way
        self._spreading = False
        self._timer: asyncio.TimerHandle | None = None

    # the engine's Publisher
    @property
    def state(self) -> QueueState:
        return self.views.state

    @property
    def offsets(self) -> dict[str, int]:
        return self.views.offsets

    @property
    def delivered(self) -> int:
        """Deliveries of event topics, ever; joined frames count as one."""
        return sum(feed.written for feed in self._feeds.values())

    def publish(self, entries: Sequence[Entry]) -> None:
        """Show what is on the disk now: the published state first, then everyone's frames."""
        self._before = self.views.state.seq
        moved: dict[Feed, None] = {}
        for entry in entries:
            news = self.views.apply(entry)
            for topic in news.topics:
                feed = self._feeds.get(topic.name)
                if feed is not None:
                    moved[feed] = None
            if len(self._followers):
                self._mark_lagging(self._followers.tell(news))
        for feed in moved:
            self._deliver(feed, list(feed.first))
        for feed in moved:
            if feed in self._rounds:
                self._again.add(feed)
            elif feed.others:
                waiting = list(feed.others)
                self._deliver(feed, waiting[:CHUNK])
                if len(waiting) > CHUNK:
                    waiting.reverse()  # taken from the end
                    del waiting[-CHUNK:]
                    self._rounds[feed] = waiting
        for listen in self.listeners:
            listen(entries)

    def spread(self) -> None:
        """Reach all whom `publish` did not, from the next turn of the loop on."""
        if not self._spreading and (self._rounds or self._followers.has_more):
            self._spreading = True
            asyncio.get_running_loop().call_soon(self._next_chunk)

    def cut(self, state: QueueState, epoch: str) -> None:
        """Another catalogue or restored data: everyone gets a snapshot of the new epoch."""
        self.views.cut(state, epoch)
        for name in list(self._feeds):
            if name in self.views.topics:
                self._feeds[name].topic = self.views.topics[name]
        for peer in list(self.peers):
            for name, subscription in list(peer.subscriptions.items()):
                if isinstance(subscription, EventSubscription):
                    if name in self.views.topics:
                        subscription.feed.write_snapshot(subscription)
                    else:
                        self.unsubscribe(peer, name)
                else:
                    subscription.catch_up(late=True)

    def _next_chunk(self) -> None:
        self._spreading = False
        if self._rounds:
            feed = next(iter(self._rounds))
            waiting = self._rounds.pop(feed)
            chunk = waiting[-CHUNK:]
            del waiting[-CHUNK:]
            chunk.reverse()
            self._deliver(feed, chunk)
            if not waiting and feed in self._again:
                self._again.discard(feed)
                waiting = list(feed.others)[::-1]
            if waiting:  # goes last: a large hall does not keep a small one waiting
                self._rounds[feed] = waiting
        else:
            self._mark_lagging(self._followers.walk(CHUNK))
        self.spread()

    def _deliver(self, feed: Feed, subscriptions: list[EventSubscription]) -> None:
        behind = feed.deliver(subscriptions)
        if behind:
            self._mark_lagging(behind)

    # peers
    def join(self, peer: Peer) -> None:
        self.peers.add(peer)
        if peer.credential:
            self._by_credential.setdefault(peer.credential, set()).add(peer)

    def authenticate(self, peer: Peer, credential: str, *, first: bool) -> None:
        """The peer has shown a credential; before it subscribes to anything."""
        self._part(peer)  # of the cookie that it came with
        peer.credential, peer.first = credential, first
        self._by_credential.setdefault(credential, set()).add(peer)

    def leave(self, peer: Peer) -> None:
        for subscription in peer.subscriptions.values():
            subscription.end()
        peer.subscriptions.clear()
        self.peers.discard(peer)
        self.lagging.pop(peer, None)
        self._part(peer)

    def _part(self, peer: Peer) -> None:
        """It is no longer one of its credential's."""
        known = self._by_credential.get(peer.credential)
        if known is not None:
            known.discard(peer)
            if not known:
                del self._by_credential[peer.credential]

    def end_credential(self, credential: str) -> None:
        """A session, token or role ended: its sockets close at once, 4401."""
        for peer in list(self._by_credential.get(credential, ())):
            peer.link.close(SIGN_IN_AGAIN, "credential ended")

    # topics
    def subscribe(
        self, peer: Peer, topic: str, epoch: object = None, offset: object = None
    ) -> None:
        """Subscribe to an event topic that is shown, or `services`; again answers again."""
        self._renew(peer, topic)
        subscription: Subscription
        if topic == SERVICES:
            subscription = self._services.subscribe(peer, epoch, offset)
        else:
            feed = self._feeds.get(topic)
            if feed is None:
                feed = self._feeds[topic] = Feed(self.views, self.views.topics[topic])
            subscription = feed.subscribe(peer, epoch, offset)
        peer.subscriptions[topic] = subscription

    def has_room(self, peer: Peer, ticket: str) -> bool:
        """Whether one socket more may follow this ticket."""
        return f"ticket:{ticket}" in peer.subscriptions or self._followers.has_room(ticket)

    def follow(
        self, peer: Peer, ticket: Ticket, epoch: object = None, offset: object = None
    ) -> None:
        """Subscribe the holder of a ticket of the state."""
        topic = f"ticket:{ticket.id}"
        self._renew(peer, topic)
        peer.subscriptions[topic] = self._followers.subscribe(peer, ticket, epoch, offset)

    def unsubscribe(self, peer: Peer, topic: str) -> None:
        subscription = peer.subscriptions.pop(topic, None)
        if subscription is not None:
            subscription.end()

    def _renew(self, peer: Peer, topic: str) -> None:
        self.unsubscribe(peer, topic)

    def settle(self, peer: Peer) -> int:
        """Write all that the peer has still to get. Returns the seq up to which it has all."""
        if peer.link.full and peer.lag_seq is None:
            self._mark_lagging([peer])
        if peer.lag_seq is not None:
            return peer.lag_seq
        for subscription in peer.subscriptions.values():
            subscription.catch_up()
        return self.views.state.seq

    # slow peers
    def _mark_lagging(self, behind: list[Peer]) -> None:
        for peer in behind:
            if peer.lag_seq is None:
                peer.lag_seq = self._written(peer)
                peer.lag_since = asyncio.get_running_loop().time()
                self.lagging[peer] = None

    def _written(self, peer: Peer) -> int:
        """No event up to this seq is missing to the peer."""
        complete = [self._before]
        for subscription in peer.subscriptions.values():
            if isinstance(subscription, EventSubscription):
                complete.append(subscription.feed.topic.complete_until(subscription.offset))
        return min(complete)

    def drained(self, peer: Peer) -> None:
        """A peer that was full has room again: it gets what it missed, or snapshots."""
        if peer.lag_seq is None:
            return
        for subscription in list(peer.subscriptions.values()):
            if peer.link.full:
                return  # the rest when it has drained again
            subscription.catch_up(late=True)
        peer.lag_seq = None
        self.lagging.pop(peer, None)

    def _cut_slow(self) -> None:
        now = asyncio.get_running_loop().time()
        for peer in list(self.lagging):
            if now - peer.lag_since > SLOW_SECONDS or peer.link.buffered() > SLOW_BYTES:
                self.cut_off += 1
                peer.link.close(TRY_AGAIN, "slow")
            elif not peer.link.full:
                self.drained(peer)

    # the tick
    def start(self) -> None:
        self._timer = asyncio.get_running_loop().call_later(TICK_SECONDS, self._tick)

    def stop(self) -> None:
        if self._timer is not None:
            self._timer.cancel()

    def _tick(self) -> None:
        self._timer = asyncio.get_running_loop().call_later(TICK_SECONDS, self._tick)
        self.tick()

    def tick(self) -> None:
        """Once a second: what value topics have become, and whoever has been slow for too long."""
        self._cut_slow()
        self._mark_lagging(self._services.tick(self.now()))
        self._followers.tick()
        self.spread()
