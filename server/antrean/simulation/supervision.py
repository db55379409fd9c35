"""A simulated supervisor: shuts services for a while and tells the hall something now and then."""

from antrean.simulation.plan import Break, Plan
from antrean.simulation.world import World

TEXTS = (
    "Siapkan KTP asli dan nomor antrean sebelum menuju loket.",
    "Aplikasi pusat sedang lambat, mohon bersabar.",
    "Musala ada di lantai dua.",
)


class Supervisor:
    def __init__(self, world: World, plan: Plan) -> None:
        self._world = world
        self._plan = plan

    def begin(self) -> None:
        for service, pause in self._plan.service_breaks:
            self._world.spawn(self._shut(service, pause))
        for index, (begins, lasts) in enumerate(self._plan.announcements):
            self._world.spawn(self._announce(index, begins, lasts))

    async def _shut(self, service: str, pause: Break) -> None:
        clock = self._world.clock
        await clock.until(self._world.opening + int(pause.begins * 1000))
        verb = "pause" if int(pause.begins) % 2 else "close"
        await self._service(service, verb, {"reason": pause.reason})
        await clock.sleep(pause.lasts)
        await self._service(service, "open", None)

    async def _service(self, service: str, verb: str, body: dict[str, str] | None) -> None:
        path, token = f"/services/{service}/{verb}", self._world.tokens.supervisor
        await self._world.command(f"service-{verb}", path, body, token)

    async def _announce(self, index: int, begins: float, lasts: float) -> None:
        world = self._world
        await world.clock.until(world.opening + int(begins * 1000))
        body = {
            "text": TEXTS[index % len(TEXTS)],
            "until": world.clock.iso(world.clock.now() + int(lasts * 1000)),
            "zones": [world.hall.zones[index % len(world.hall.zones)]] if index else [],
        }
        answer = await world.command("announce", "/announcements", body, world.tokens.supervisor)
        if answer is None or index:
            return
        await world.clock.sleep(lasts / 2)
        made = answer.body["announcement"]["id"]
        gone = await world.client.call(
            "DELETE", f"/api/v1/announcements/{made}", token=world.tokens.supervisor
        )
        if not gone.fine:
            world.tally.error(f"DELETE /announcements/{made} -> {gone.status} {gone.body}")
