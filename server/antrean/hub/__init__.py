"""Who is told: subscriptions, batches, slow readers. Writes to anything that is a `Link`.

peers     one connection as the hub sees it, and what it is subscribed to
feeds     the event topics: frames joined for each group of entries, spread in chunks
followers the holders of tickets: their own events at once, positions on the tick
services  the public list of services, at most once a second
hub       all of them together: the engine's Publisher
"""

from antrean.hub.hub import Hub
from antrean.hub.peers import Link, Peer

__all__ = ["Hub", "Link", "Peer"]
