"""Event topics: everyone gets the same frames in the same order, each once.

What a subscriber still has to get follows from its offset alone. So it does not matter who is
written to when: whoever is reached late gets all that came meanwhile in one write.
"""

from antrean.hub.peers import Peer
from antrean.views import EventTopic, Views
from antrean.views.frames import message, snapshot

CATCH_UP_BYTES = 64 * 1024  # more than that, and one who fell behind gets a snapshot instead
_NEVER = 1 << 62


class EventSubscription:
    """`offset` is the last one written; beyond all offsets once it has ended."""

    __slots__ = ("feed", "offset", "peer")

    def __init__(self, peer: Peer, feed: "Feed") -> None:
        self.peer = peer
        self.feed = feed
        self.offset = _NEVER

    def catch_up(self, *, late: bool = False) -> None:
        topic = self.feed.topic
        if self.offset >= topic.offset:
            return
        missed = topic.joined(self.offset)
        if missed is None or (late and len(missed) > CATCH_UP_BYTES):
            self.feed.write_snapshot(self)
        else:
            self.peer.write(missed)
            self.offset = topic.offset

    def end(self) -> None:
        self.offset = _NEVER
        self.feed.first.pop(self, None)
        self.feed.others.pop(self, None)


class Feed:
    """The subscribers of one event topic."""

    __slots__ = ("first", "others", "topic", "views", "written")

    def __init__(self, views: Views, topic: EventTopic) -> None:
        self.views = views
        self.topic = topic
        self.written = 0  # deliveries of events, ever
        self.first: dict[EventSubscription, None] = {}
        self.others: dict[EventSubscription, None] = {}

    def subscribe(self, peer: Peer, epoch: object, offset: object) -> EventSubscription:
        """Write what the peer missed since `offset`, or a snapshot; from here on it gets events."""
        subscription = EventSubscription(peer, self)
        missed = None
        if epoch == self.views.epoch and type(offset) is int:
            missed = self.topic.joined(offset)
        if missed is None or type(offset) is not int:
            self.write_snapshot(subscription)
        else:
            peer.write(
                message(
                    op="resumed",
                    topic=self.topic.name,
                    epoch=self.views.epoch,
                    offset=offset,
                    seq=self.views.state.seq,
                )
                + missed
            )
            subscription.offset = self.topic.offset
        (self.first if peer.first else self.others)[subscription] = None
        return subscription

    def write_snapshot(self, subscription: EventSubscription) -> None:
        topic, views = self.topic, self.views
        state = views.rendered(topic)
        frame = snapshot(topic.name, views.epoch, topic.offset, views.state.seq, state)
        subscription.peer.write(frame)
        subscription.offset = topic.offset

    def deliver(self, subscriptions: list[EventSubscription]) -> list[Peer]:
        """Write to each what it still has to get. Returns those too full to be written to."""
        topic = self.topic
        now = topic.offset
        behind: list[Peer] = []
        base, missed, written = now, b"", 0
        for subscription in subscriptions:
            offset = subscription.offset
            if offset >= now:
                continue
            peer = subscription.peer
            if peer.link.full:
                behind.append(peer)
                continue
            if offset != base:
                joined = topic.joined(offset)
                if joined is None:
                    self.write_snapshot(subscription)
                    continue
                base, missed = offset, joined
            peer.write(missed)
            subscription.offset = now
            written += 1
        self.written += written
        return behind
