"""The catalogue that `antrean simulate` plays on: a mall of 17 agencies, of any number of counters.

A function of the number of counters and tickets alone: the same size is the same mall, whatever
the day. Service times are such that the counters are busy for most of the day, as in a real mall.
"""

import random
from dataclasses import dataclass

AGENCIES = (
    ("polres", "Polres Metro Tangerang Kota", "Polres"),
    ("samsat", "Kantor Samsat", "Samsat"),
    ("disdukcapil", "Disdukcapil", "Disdukcapil"),
    ("bpjs-kesehatan", "BPJS Kesehatan", "BPJS Kes."),
    ("bpjs-ketenagakerjaan", "BPJS Ketenagakerjaan", "BPJS TK"),
    ("taspen", "Kantor Taspen", "Taspen"),
    ("bpn", "Kantor ATR/BPN", "ATR/BPN"),
    ("kejaksaan", "Kejaksaan Negeri", "Kejaksaan"),
    ("pengadilan-agama", "Pengadilan Agama", "PA"),
    ("bnn", "Kantor BNN", "BNN"),
    ("bapenda", "Bapenda", "Bapenda"),
    ("bpkd", "BPKD", "BPKD"),
    ("bank-bjb", "Bank BJB", "BJB"),
    ("pln", "PT PLN", "PLN"),
    ("tirta-benteng", "Perumdam Tirta Benteng", "Tirta Benteng"),
    ("dinsos", "Dinas Sosial", "Dinsos"),
    ("disnaker", "Disnaker", "Disnaker"),
)
ZONES = ("utama", "timur", "barat", "uji")
OPENS = 8  # o'clock
HOURS = 8  # of a usual day
BUSY = 0.62  # of a counter's day, on average
_LEGS = 1.25  # services of a ticket, on average
_RIGHT = "ABCDEFGHJKLMNPRSTUVWXYZ"  # I, O and Q look like figures


@dataclass(slots=True)
class _Line:
    """A service in the making."""

    id: str
    agency: int
    zone: str
    prefix: str
    weight: float  # minutes, relative to the others
    counters: int = 1


def catalogue(counters: int, tickets: int, timezone: str, hours: int = HOURS) -> str:
    """The mall as TOML, open for `hours` from 08:00 of `timezone` on every day."""
    rng = random.Random(f"mall {counters}")
    lines = _lines(counters, rng)
    work = sum(line.counters / line.weight for line in lines)
    mean = sum(line.counters / line.weight * line.weight for line in lines) / work
    per_ticket = BUSY * counters * hours * 60 / tickets / _LEGS
    scale = min(max(per_ticket / mean, 0.5), 12.0)
    parts = [_head(timezone, hours)]
    parts += [f'[[zone]]\nid = "{zone}"\nname = "Hall {zone.title()}"\n' for zone in ZONES]
    used = sorted({line.agency for line in lines})
    parts += [
        f'[[agency]]\nid = "{AGENCIES[a][0]}"\nname = "{AGENCIES[a][1]}"\n'
        f'short = "{AGENCIES[a][2]}"\n'
        for a in used
    ]
    parts += [_service(line, lines, scale, rng) for line in lines]
    parts += _counters(lines, rng)
    return "\n".join(parts)


def _head(timezone: str, hours: int) -> str:
    day = f'["{OPENS:02d}:00-{OPENS + hours:02d}:00"]'
    return (
        f'[site]\nname = "Mal Simulasi"\ntimezone = "{timezone}"\nlanguages = ["id", "en"]\n'
        f"hours = {{ {', '.join(f'{name} = {day}' for name in _DAYS)} }}\n\n"
        '[[class]]\nid = "prioritas"\nname = { id = "Prioritas", en = "Priority" }\n'
        'credit_minutes = 20\nreasons = ["lansia", "disabilitas", "ibu_hamil"]\n'
    )


_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")  # a simulated day may be any of them


def _lines(counters: int, rng: random.Random) -> list[_Line]:
    count = max(1, round(counters * 2 / 3))
    prefixes = [*_RIGHT, *(a + b for a in _RIGHT for b in _RIGHT)]
    if count > 6:
        prefixes[5] = "SIM"  # three letters are allowed and must fit everywhere
    lines = []
    for index in range(count):
        agency = index % len(AGENCIES)
        # An agency sits in one zone; every ninth service is elsewhere, as a test ground is.
        zone = ZONES[3] if index % 9 == 8 else ZONES[agency % 3]
        identifier = f"{AGENCIES[agency][0]}-{index // len(AGENCIES) + 1}"
        weight = rng.choice((0.5, 0.7, 1.0, 1.0, 1.4, 2.0))
        lines.append(_Line(identifier, agency, zone, prefixes[index], weight))
    for _ in range(counters - count):
        rng.choice(lines).counters += 1
    return lines


def _service(line: _Line, lines: list[_Line], scale: float, rng: random.Random) -> str:
    rows = [
        "[[service]]",
        f'id = "{line.id}"',
        f'agency = "{AGENCIES[line.agency][0]}"',
        f'zone = "{line.zone}"',
        f'name = "Layanan {line.prefix}"',
        f'prefix = "{line.prefix}"',
        f"service_minutes = {max(0.5, line.weight * scale):.2f}",
    ]
    if rng.random() < 0.4:
        rows.append(f"slot_minutes = 30\nslot_capacity = {rng.randint(2, 6) * line.counters}")
    if rng.random() < 0.1:
        rows.append('channels = ["kiosk", "desk"]')
    if rng.random() < 0.15:
        rows.append("grace_minutes = 0")
    if rng.random() < 0.06 and len(lines) > 2:
        others = [other.id for other in lines if other is not line]
        rows.append(f'journey = ["{rng.choice(others)}"]')
    return "\n".join(rows) + "\n"


def _counters(lines: list[_Line], rng: random.Random) -> list[str]:
    parts: list[str] = []
    for line in lines:
        near = [o.id for o in lines if o.agency == line.agency and o is not line]
        for place in range(line.counters):
            number = len(parts) + 1
            # The first counter of a service does it alone, others help out within the agency.
            also = rng.sample(near, min(len(near), place % 3))
            services = ", ".join(f'"{service}"' for service in (line.id, *also))
            parts.append(
                f'[[counter]]\nid = "loket-{number}"\nname = "Loket {number}"\n'
                f'zone = "{line.zone}"\nservices = [{services}]\n'
            )
    return parts
