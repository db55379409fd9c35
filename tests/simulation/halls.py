"""A hall as the planner and the journal's judge know it."""

from antrean.simulation.hall import Class, Counter, Hall, Service

OPEN_ALL_DAY = ((480, 960),)


def service(identifier: str, prefix: str, **members: object) -> Service:
    known = {
        "zone": "utama",
        "channels": ("kiosk", "online", "desk"),
        "bookable": True,
        "operating": True,
        "hours": OPEN_ALL_DAY,
        "minutes": 6.0,
    }
    return Service(identifier, prefix, **(known | members))  # type: ignore[arg-type]


def hall() -> Hall:
    """Three services; the first counter serves two of them, the last one is alone with its own."""
    services = [service("ktp", "A"), service("kk", "B", minutes=12.0), service("sim", "C")]
    counters = [
        Counter("loket-1", "utama", ("ktp", "kk")),
        Counter("loket-2", "utama", ("ktp",)),
        Counter("loket-3", "utama", ("sim",)),
    ]
    return Hall(
        zones=("utama",),
        classes=(Class("prioritas", ("lansia",), 20 * 60_000),),
        services={s.id: s for s in services},
        counters={c.id: c for c in counters},
    )
