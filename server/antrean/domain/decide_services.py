"""What a supervisor does with services and announcements."""

from antrean.domain import commands, events
from antrean.domain.catalogue import Text
from antrean.domain.decision import Decision, service_exists
from antrean.domain.errors import Code, InvalidField, Refused, UnknownReference
from antrean.domain.model import ServiceStatus
from antrean.domain.state import QueueState

MOST_ANNOUNCEMENTS = 200
"""That hold at once. All of them stand in every display's first frame: 10,000 were 20 MB."""


def open_(state: QueueState, command: commands.OpenService, at: int) -> Decision:
    _operating(state, command.service)
    if state.services[command.service].manual is None:
        return Decision(service=command.service)
    event = events.ServiceOpened(service=command.service)
    return Decision(events=(event,), service=command.service)


def pause(state: QueueState, command: commands.PauseService, at: int) -> Decision:
    if _is_so(state, command.service, ServiceStatus.PAUSED, command.note):
        return Decision(service=command.service)
    event = events.ServicePaused(service=command.service, note=command.note)
    return Decision(events=(event,), service=command.service)


def close(state: QueueState, command: commands.CloseService, at: int) -> Decision:
    if _is_so(state, command.service, ServiceStatus.CLOSED, command.note):
        return Decision(service=command.service)
    event = events.ServiceClosed(service=command.service, note=command.note)
    return Decision(events=(event,), service=command.service)


def _is_so(state: QueueState, service: str, manual: ServiceStatus, note: Text | None) -> bool:
    _operating(state, service)
    now = state.services[service]
    return now.manual is manual and now.note == note


def _operating(state: QueueState, service: str) -> None:
    service_exists(state, service)
    if not state.catalogue.services[service].operating:
        raise Refused(Code.NOT_OPERATING, service=service)


def announce(state: QueueState, command: commands.MakeAnnouncement, at: int) -> Decision:
    for zone in command.zones:
        if zone not in state.catalogue.zones:
            raise UnknownReference("zones", zone)
    if command.until is not None and command.until <= at:
        raise InvalidField("until", "in_the_past")
    if len(state.announcements) >= MOST_ANNOUNCEMENTS:
        raise Refused(Code.TOO_MANY_ANNOUNCEMENTS, limit=MOST_ANNOUNCEMENTS)
    event = events.AnnouncementMade(
        announcement=command.announcement,
        text=command.text,
        zones=command.zones,
        until=command.until,
        speak=command.speak,
        full_screen=command.full_screen,
    )
    return Decision(events=(event,), announcement=command.announcement)


def withdraw(state: QueueState, command: commands.WithdrawAnnouncement, at: int) -> Decision:
    withdrawn = state.announcements.get(command.announcement)
    if withdrawn is None:
        raise UnknownReference("announcement", command.announcement)
    event = events.AnnouncementWithdrawn(announcement=withdrawn.id)
    return Decision(events=(event,), announcement=withdrawn.id, withdrawn=withdrawn)
