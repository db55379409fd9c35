"""The topic `services`: the latest state, cut when somebody asks, told at most once a second."""

from antrean.hub.peers import Peer
from antrean.shapes import Json
from antrean.views import Views
from antrean.views.facts import middle_of_change
from antrean.views.frames import encode, event, message, snapshot
from antrean.views.patches import diff

NAME = "services"


class ServicesSubscription:
    """`told` is the state that the peer has: who came in between has another than the others."""

    __slots__ = ("board", "peer", "told")

    def __init__(self, peer: Peer, board: "ServicesBoard", told: Json) -> None:
        self.peer = peer
        self.board = board
        self.told = told

    def catch_up(self, *, late: bool = False) -> None:
        if late and self.told is not self.board.current():
            self.board.write_snapshot(self)

    def end(self) -> None:
        self.board.subscriptions.pop(self, None)


class ServicesBoard:
    """All subscribers of the public list of services."""

    def __init__(self, views: Views) -> None:
        self._views = views
        self.subscriptions: dict[ServicesSubscription, None] = {}

    def current(self) -> Json:
        self._views.services.cut(self._views.state)
        return self._views.services.state

    def subscribe(self, peer: Peer, epoch: object, offset: object) -> ServicesSubscription:
        views, state = self._views, self.current()
        subscription = ServicesSubscription(peer, self, state)
        seq = views.state.seq
        known = epoch == views.epoch and type(offset) is int
        if known and views.services.changed_at <= offset <= seq:  # type: ignore[operator]
            peer.write(message(op="resumed", topic=NAME, epoch=views.epoch, offset=offset, seq=seq))
        else:
            self.write_snapshot(subscription)
        self.subscriptions[subscription] = None
        return subscription

    def write_snapshot(self, subscription: ServicesSubscription) -> None:
        views = self._views
        state, seq = self.current(), views.state.seq
        subscription.peer.write(snapshot(NAME, views.epoch, seq, seq, encode(state)))
        subscription.told = state

    def tick(self, now: int) -> list[Peer]:
        """Tell everyone what changed since they were told. Returns those too full for it."""
        if not self.subscriptions:
            return []
        views, state = self._views, self.current()
        behind: list[Peer] = []
        seq = views.state.seq
        middle = middle_of_change(views.state.catalogue.site, seq, now)
        frames: dict[int, bytes] = {}  # by the identity of what was told
        for subscription in self.subscriptions:
            told = subscription.told
            if told is state:
                continue
            if subscription.peer.link.full:
                behind.append(subscription.peer)
                continue
            frame = frames.get(id(told))
            if frame is None:
                patch = diff(told, state)
                frame = event(NAME, seq, middle, encode(patch)) if patch else b""
                frames[id(told)] = frame
            if frame:
                subscription.peer.write(frame)
            subscription.told = state
        return behind
