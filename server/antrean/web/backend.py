"""What handlers work with: one object, made in `cli.serve`, handed to each of them."""

from dataclasses import dataclass, field
from typing import Protocol

from antrean.domain.state import QueueState
from antrean.engine import Engine
from antrean.hall.runner import Hall
from antrean.hub import Hub
from antrean.settings import Settings
from antrean.web.accounts import Accounts
from antrean.web.address import Addresses
from antrean.web.credentials import Credentials
from antrean.web.limits import PublicLimits
from antrean.web.metrics import Metrics
from antrean.web.pairing import Pairing
from antrean.web.passwords import Guard, Passwords
from antrean.web.uploads import Uploads


class RequestLog(Protocol):
    """Where the line of a request goes; see `antrean.logs`."""

    def request(
        self, method: str, route: str, status: int, seconds: float, actor: str, request: str
    ) -> None: ...


@dataclass(slots=True)
class Backend:
    settings: Settings
    engine: Engine
    hub: Hub
    accounts: Accounts
    credentials: Credentials
    addresses: Addresses
    limits: PublicLimits
    passwords: Passwords
    guard: Guard
    metrics: Metrics
    log: RequestLog
    hall: Hall
    uploads: Uploads
    pairing: Pairing = field(default_factory=Pairing)
    base_url: str = ""  # where phones reach the server, without a slash at the end

    @property
    def state(self) -> QueueState:
        return self.engine.published
