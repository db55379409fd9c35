"""What a display last told of itself, beside what the journal has of it."""

from dataclasses import dataclass, field

from antrean.domain import commands
from antrean.domain.hall_model import Device, Sound
from antrean.hall.budget import Budget
from antrean.hall.ports import Link


@dataclass(slots=True)
class Told:
    """What a device last reported, and what only the server knows of it."""

    sound: Sound = Sound.OFF
    version: str | None = None
    screen: tuple[int, int] | None = None
    clock_offset: float | None = None  # seconds that the device's clock is behind
    address: str = ""
    has_reported: bool = False
    links: list[Link] = field(default_factory=list)  # the newest last
    budget: Budget = field(default_factory=Budget)

    def is_news(self, known: Device) -> bool:
        """Whether the journal does not have it; also that one that failed, or was gone, may speak
        again."""
        may_speak = self.sound is Sound.ON and known.settings.sound
        return (self.sound, self.version, self.screen, may_speak) != (
            known.sound,
            known.version,
            known.screen,
            known.ready is not None,
        )

    def report_of(self, device: str) -> commands.ReportDevice:
        return commands.ReportDevice(
            device=device, sound=self.sound, version=self.version, screen=self.screen
        )
