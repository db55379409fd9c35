"""What a command's answer says."""

from antrean.domain.decision import Decision
from antrean.domain.hall_model import Device, Media
from antrean.domain.state import QueueState
from antrean.shapes.hall import device, media, zone_settings
from antrean.shapes.services import service
from antrean.shapes.site import announcement, counter
from antrean.shapes.tickets import ticket
from antrean.shapes.times import Json


def answer(state: QueueState, decision: Decision, seq: int, at: int) -> Json:
    """The public part of a command's answer: `seq`, and what it acted on, as it is in `state`.

    What is done at a counter always tells `counter` and `ticket`, the latter null if there is none.
    """
    body: Json = {"seq": seq}
    seated: Json | None = None
    if decision.counter is not None:
        body["counter"] = counter(state, decision.counter, at)
        body["ticket"] = seated = body["counter"]["ticket"]
    if decision.ticket is not None and (seated is None or seated["id"] != decision.ticket):
        body["ticket"] = ticket(state, state.tickets[decision.ticket], at)
    if decision.service is not None:
        body["service"] = service(state, decision.service, at)
    if decision.announcement is not None:
        made = decision.withdrawn or state.announcements[decision.announcement]
        body["announcement"] = announcement(state.catalogue.site, made)
    if decision.device is not None:
        gone = decision.removed
        known = gone if isinstance(gone, Device) else state.devices[decision.device]
        body["device"] = device(state, known)
    if decision.media is not None:
        gone = decision.removed
        kept = gone if isinstance(gone, Media) else state.media[decision.media]
        body["media"] = media(state.catalogue.site, kept)
    if decision.zone is not None:
        body["zone"] = zone_settings(state, decision.zone)
    return body
