"""What may be read: the published state, and the states, offsets and frames of all topics.

Pure: no sockets, no clock, no loop. Moved on by journal entries alone, so that the frames of an
event topic are the same bytes whoever builds them, also after a restart.

    views     `Views`: the state, and the topics that each entry moves on
    tickets   what an event of a ticket changes in them, and turns: what the others do
    hall      what calls, displays, playlists and media change
    states    the whole state of a topic, rendered anew: what a snapshot says
    patches   merge patches between two renderings, or straight from two values of a ticket
    calls     who is called in a zone, and the last ones that were
    shown     which retired services and counters are still shown
    frames    WebSocket frames, and the history of a topic
    values    the topics that only have a latest state: `services`, `ticket:ID`
"""

from antrean.views.frames import EventTopic, text_frame
from antrean.views.values import Standing
from antrean.views.views import FORMAT, Views

__all__ = ["FORMAT", "EventTopic", "Standing", "Views", "text_frame"]
