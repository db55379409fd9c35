"""What displays do, for the machine of random commands: pairing, reports, announcements, media."""

from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from antrean.domain import commands
from antrean.domain.events import (
    CallAnnounced,
    CallEvent,
    CallShown,
    CallSpoken,
    CallUnspoken,
    DayStarted,
    Event,
)
from antrean.domain.hall import speaker, waiting_calls, zones_of
from antrean.domain.hall_model import Media, PlaylistItem, Sound
from antrean.domain.model import AT_COUNTER
from tests.core.hall import Hall

ZONES = st.sampled_from(["poli", "farmasi"])
SCREENS = st.sampled_from([f"tv{n}" for n in range(4)])
SOUNDS = st.sampled_from([Sound.ON, Sound.ON, Sound.ON, Sound.BLOCKED, Sound.OFF])
CODES = st.sampled_from([None, None, "no_speaker", "no_answer", "offline", "expired"])


class HallRules(RuleBasedStateMachine):
    """The displays of the hall, and what has to hold of them: of each call and zone, announced
    before it ends, never two at once, said once and no more, shown first by one.
    """

    hall: Hall

    def try_(self, command: commands.Command, later: int = 0) -> None:
        raise NotImplementedError

    def begin_hall(self) -> None:
        self.heard: dict[tuple[str, int], list[str]] = {}  # of each zone and call, in order
        self.shown: set[tuple[str, int]] = set()
        self.speaking: dict[str, int] = {}  # by zone, the call that is announced
        self.pair("tv0", "poli", True)
        self.report("tv0", Sound.ON)

    def hear(self, event: Event) -> None:
        """Take in an event of the journal."""
        if isinstance(event, DayStarted):
            self.speaking.clear()  # the tickets are gone, and what was being said of them
        elif isinstance(event, CallShown):
            assert (event.zone, event.call) not in self.shown
            self.shown.add((event.zone, event.call))
        elif isinstance(event, CallEvent):
            self._hear_call(event)

    def _hear_call(self, event: CallEvent) -> None:
        heard = self.heard.setdefault((event.zone, event.call), [])
        if isinstance(event, CallAnnounced):
            assert self.speaking.setdefault(event.zone, event.call) == event.call, "two at once"
            assert heard[-1:] in ([], ["no_speaker"])
            heard.append("begun")
        else:
            assert isinstance(event, CallSpoken | CallUnspoken)
            if self.speaking.get(event.zone) == event.call:
                del self.speaking[event.zone]
                assert heard[-1] == "begun"
            elif isinstance(event, CallSpoken):  # said after all
                assert heard != []
                assert heard[-1] != "begun"
            else:  # it had no turn, or nobody was told of it
                assert event.code in ("expired", "no_speaker")
                assert heard[-1:] in ([], ["no_answer"], ["offline"])
            assert "spoken" not in heard
            heard.append(event.code if isinstance(event, CallUnspoken) else "spoken")

    def at_counters(self) -> list[tuple[str, int]]:
        """Tickets that were called and are still there, each with its call."""
        tickets = self.hall.state.tickets.values()
        return [(t.id, t.call.seq) for t in tickets if t.state in AT_COUNTER and t.call]

    @rule(device=SCREENS, zone=ZONES, code_is_known=st.booleans())
    def pair(self, device: str, zone: str, code_is_known: bool) -> None:
        if device not in self.hall.state.devices:  # ids are random, and never used again
            self.try_(
                commands.PairDevice(
                    device=device, code_is_known=code_is_known, name=device, zone=zone
                ),
                0,
            )

    @rule(device=SCREENS, data=st.data())
    def screen(self, device: str, data: Any) -> None:
        """What happens to a display."""
        change = data.draw(
            st.sampled_from(
                [
                    commands.ChangeDevice(device=device, settings={"sound": False}),
                    commands.ChangeDevice(
                        device=device, zone="poli", settings={"sound": True, "arrows": {}}
                    ),
                    commands.ChangeDevice(
                        device=device, name="TV", layout="counter", settings={"counter": "lab-1"}
                    ),
                    commands.ChangeDevice(device=device, settings={"arrows": {"nowhere": "up"}}),
                    commands.RemoveDevice(device=device),
                    commands.FailDevice(device=device),
                    commands.NoteOnline(device=device, online=False),
                    commands.NoteOnline(device=device, online=True),
                ]
            )
        )
        self.try_(change, 0)

    @rule(device=SCREENS, sound=SOUNDS)
    def report(self, device: str, sound: Sound) -> None:
        self.try_(commands.ReportDevice(device=device, sound=sound, screen=(1280, 720)), 0)

    @rule(zone=ZONES, data=st.data())
    def begin_saying(self, zone: str, data: Any) -> None:
        state = self.hall.state
        called = self.at_counters() + [
            (t.id, t.call.seq) for t in waiting_calls(state, zone, self.hall.at) if t.call
        ]
        if called:
            ticket, call = data.draw(st.sampled_from(called))
            speaks = speaker(state, zone)
            device = speaks.id if speaks else "tv0"
            self.try_(
                commands.BeginAnnouncement(zone=zone, ticket=ticket, call=call, device=device), 0
            )

    @rule(zone=ZONES, code=CODES, data=st.data())
    def end_saying(self, zone: str, code: str | None, data: Any) -> None:
        called = self.at_counters()
        if now := self.hall.state.announcing.get(zone):
            called += [(now.ticket, now.call)] * 3
        if called:
            ticket, call = data.draw(st.sampled_from(called))
            device = None if code else "tv0"
            self.try_(
                commands.EndAnnouncement(
                    zone=zone, ticket=ticket, call=call, device=device, code=code
                ),
                0,
            )

    @rule(device=SCREENS, data=st.data())
    def draw(self, device: str, data: Any) -> None:
        if called := self.at_counters():
            self.try_(
                commands.NoteShown(device=device, call=data.draw(st.sampled_from(called))[1]), 0
            )

    @rule(zone=ZONES, number=st.integers(0, 3), what=st.sampled_from(["add", "remove", "play"]))
    def play(self, zone: str, number: int, what: str) -> None:
        media, known = f"m{number}", self.hall.state.media
        if what == "add" and media not in known:
            poster = Media(media, "Poster", "image/png", 1000, 640, 480, self.hall.at)
            self.try_(commands.AddMedia(media=poster), 0)
        elif what == "remove":
            self.try_(commands.RemoveMedia(media=media), 0)
        elif what == "play":
            items = (PlaylistItem(media), *(PlaylistItem(m) for m in known))
            self.try_(commands.ChangeZone(zone=zone, playlist=items), 0)

    @rule(number=st.integers(0, 2), zone=ZONES, what=st.sampled_from(["make", "say", "withdraw"]))
    def announce(self, number: int, zone: str, what: str) -> None:
        text, known = f"a{number}", self.hall.state.announcements
        command: commands.Command = commands.WithdrawAnnouncement(announcement=text)
        if what == "make" and text not in known:
            command = commands.MakeAnnouncement(
                announcement=text, text={"id": "x", "en": "x"}, speak=True, full_screen=True
            )
        elif what == "say":
            command = commands.NoteTextSpoken(announcement=text, zone=zone, device="tv0")
        if not isinstance(command, commands.WithdrawAnnouncement) or text in known:
            self.try_(command, 0)

    @invariant()
    def the_hall_holds_together(self) -> None:
        """Who speaks is there and may; what is announced began and has not ended; what is known of
        a call is of one that was made, and is shown where it shows."""
        state = self.hall.state
        for zone in state.catalogue.zones:
            speaks = speaker(state, zone)
            if speaks is not None:
                assert speaks.zone == zone
                assert speaks.online
                assert speaks.sound is Sound.ON
                assert speaks.settings.sound
        assert {z: a.call for z, a in state.announcing.items()} == self.speaking
        for (ticket, zone), hearing in state.hearings.items():
            assert (hearing.ticket, hearing.zone) == (ticket, zone)
            call = state.tickets[ticket].call
            if call is not None and call.seq == hearing.call:
                assert zone in zones_of(state.catalogue, call)
                spoken = "spoken" in self.heard.get((zone, hearing.call), [])
                assert (hearing.spoken_at is not None) == spoken
        for zone_settings in state.zones.values():
            assert {item.media for item in zone_settings.playlist} <= set(state.media)
