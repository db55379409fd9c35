"""States of the topic `zone:ID` as a hall has them, and the longest that it may have."""

from typing import Any

Json = dict[str, Any]

# service: (letters, tile, agency, its short name, service, service in English)
_SERVICES = {
    "sim": ("A", "nila", "Polres Metro Tangerang Kota", "Polres", "Perpanjangan SIM", "Licence"),
    "skck": ("B", "nila", "Polres Metro Tangerang Kota", "Polres", "SKCK", "Police record"),
    "pajak": ("C", "nila", "Kantor Samsat", "Samsat", "Pajak kendaraan", "Vehicle tax"),
    "hukum": ("D", "manggis", "Kejaksaan Negeri", "Kejaksaan Negeri", "Konsultasi hukum", ""),
    "bnn": ("F", "manggis", "Kantor BNN", "BNN", "Surat bebas narkoba", "Drug test letter"),
    "tanah": ("G", "bata", "Kantor ATR/BPN", "ATR/BPN", "Sertifikat tanah", "Land title"),
    "ktp": (
        "H",
        "daun",
        "Dinas Kependudukan dan Pencatatan Sipil",
        "Disdukcapil",
        "KTP elektronik",
        "Identity card",
    ),
    "bpjs": ("L", "toska", "BPJS Kesehatan", "BPJS Kesehatan", "Pendaftaran peserta", "Membership"),
    "pln": ("T", "langit", "PT PLN", "PLN", "Pasang baru", "New connection"),
    "sosial": ("W", "anggrek", "Dinas Sosial", "Dinas Sosial", "Bantuan sosial", "Social aid"),
}
CLOSED_NOTE = {"id": "Hari libur nasional", "en": "Public holiday"}


def services() -> Json:
    made: Json = {}
    for position, (key, (prefix, tile, agency, _, name, english)) in enumerate(_SERVICES.items()):
        made[key] = {
            "name": {"id": name, "en": english} if english else {"id": name},
            "agency": key,
            "agency_name": {"id": agency},
            "prefix": prefix,
            "tile": tile,
            "status": "open",
            "waiting": position * 3,
            "next": [f"{prefix}-{n:03d}" for n in range(40, 40 + min(position, 3))],
        }
    made["sim"].update(
        status="not_operating",
        note={"id": "menunggu alat cetak", "en": "waiting for the printer"},
        waiting=0,
        next=[],
    )
    made["bnn"].update(status="paused", note={"id": "Istirahat", "en": "Break"})
    return made


def waits() -> Json:
    """The topic `services`."""
    known = {"p10": 1200, "p50": 1900, "p90": 2700}
    found: Json = {key: {"wait": known} for key in _SERVICES if key != "bpjs"}
    found["sosial"] = {"wait": {"p10": 194_000, "p50": 200_000, "p90": 205_000}}  # days, in a fault
    return {"services": found}


def call(service: str, counter: str, seq: int, state: str = "called", **more: Any) -> Json:
    prefix, tile, _, short, name, english = _SERVICES[service]
    del prefix
    return {
        "service": service,
        "service_name": {"id": name, "en": english} if english else {"id": name},
        "agency_short": {"id": short},
        "tile": tile,
        "counter": f"loket-{counter}",
        "counter_name": {"id": f"Loket {counter}", "en": f"Counter {counter}"},
        "counter_label": counter,
        "state": state,
        "seq": seq,
        "at": "2026-11-24T10:01:00.000+07:00",
        **more,
    }


def counters(calls: Json) -> Json:
    made: Json = {}
    for n in range(1, 25):
        made[f"loket-{n}"] = {
            "name": {"id": f"Loket {n}", "en": f"Counter {n}"},
            "label": str(n),
            "state": "open",
        }
    for number, one in calls.items():
        if one["state"] in ("called", "serving"):
            made.setdefault(one["counter"], {"name": one["counter_name"], "state": "open"})
            made[one["counter"]].update(number=number, label=one["counter_label"])
    made["loket-6"].update(
        state="paused",
        note={"id": "Istirahat", "en": "Break"},
        until="2026-11-24T10:15:00.000+07:00",
    )
    made["loket-24"].update(state="closed")
    return made


def hall(announcing: bool = False, **more: Any) -> Json:
    """A usual hour: six calls, the newest of them H-038 to counter 5."""
    calls = {
        "W-008": call("sosial", "21", 1, "serving"),
        "G-027": call("tanah", "12", 2, "done"),
        "T-019": call("pln", "19", 3, "serving"),
        "L-052": call("bpjs", "9", 4, "serving"),
        "C-114": call("pajak", "3", 5),
        "H-038": call("ktp", "5", 6),
    }
    state = {
        "zone": "utama",
        "name": {"id": "Hall Utama", "en": "Main hall"},
        "calls": calls,
        "counters": counters(calls),
        "services": services(),
        "announcements": {
            "a": {"text": {"id": "Siapkan KTP asli dan nomor antrean sebelum menuju loket."}}
        },
    }
    if announcing:
        state["announcing"] = {"number": "H-038", "counter": "loket-5", "seq": 6}
    return {**state, **more}


def closed() -> Json:
    """Outside the hours, on a holiday."""
    state = hall()
    for service in state["services"].values():
        service.update(status="closed", note=CLOSED_NOTE, waiting=0, next=[])
    for number in state["calls"]:
        state["calls"][number]["state"] = "done"
    state["counters"] = {
        key: {**counter, "state": "closed", "number": None}
        for key, counter in state["counters"].items()
    }
    return state


LONG_AGENCY = "Badan Penyelenggara Jaminan Sosial Ketenagakerjaan Cabang Tangerang"
LONG_SERVICE = {
    "id": "Klaim Jaminan Hari Tua dan Jaminan Kehilangan Pekerjaan bagi Penerima Upah",
    "en": "Claims of old-age and job-loss insurance for wage earners and families",
}
LONG_NOTE = {
    "id": "Menunggu penggantian alat cetak kartu dari kantor pusat, diperkirakan sampai sore",
    "en": "Waiting for the head office to replace the card printer, probably until the afternoon",
}


def longest(announcing: bool = False) -> Json:
    """The longest names, three letters, four digits, "Loket 10A", and a counter that is a word."""
    state = hall()
    calls, made = state["calls"], state["services"]
    for key, prefix in (("bpjs", "MWM"), ("sosial", "W")):
        made[key].update(
            prefix=prefix,
            name=LONG_SERVICE,
            agency_name={"id": LONG_AGENCY},
            next=[f"{prefix}-{n}" for n in (1003, 1004, 1005)],
        )
    made["sim"]["note"] = LONG_NOTE
    made["bnn"]["note"] = LONG_NOTE
    long: Json = {"service_name": LONG_SERVICE, "agency_short": {"id": "BPJS Ketenagakerjaan"}}
    calls["MWM-1001"] = call("bpjs", "11", 7, **long)
    calls["MWM-1001"]["counter_name"] = {
        "id": "Loket Pelayanan Prioritas 11",
        "en": "Priority service counter 11",
    }
    calls["MWM-1000"] = call("bpjs", "22", 8, **long)
    calls["MWM-1000"]["counter_name"] = {"id": "Meja Pendaftaran", "en": "Registration desk"}
    calls["MWM-1000"]["counter_label"] = "Pendaftaran"
    calls["W-1008"] = call("sosial", "14", 9, "waiting", **long)
    calls["W-1008"]["to"] = {
        "service": "tanah",
        "service_name": LONG_SERVICE,
        "counter_label": "10A",
    }
    calls["MWM-1002"] = call("bpjs", "10A", 10, recalls=1, **long)
    state["counters"] = counters(calls)
    state["announcements"]["a"]["text"] = LONG_NOTE
    if announcing:
        state["announcing"] = {"number": "MWM-1002", "counter": "loket-10A", "seq": 10}
    return state


def sent_on(state: Json) -> Json:
    """The call that stands large is over: it waits in another line, at a certain counter."""
    number = max(state["calls"], key=lambda one: state["calls"][one]["seq"])
    to = {"service": "tanah", "service_name": {"id": "Sertifikat tanah", "en": "Land title"}}
    state["calls"][number].update(state="waiting", to={**to, "counter_label": "12"})
    return state


XSS = "<img src=x onerror=window.hit=1>"


def hostile() -> Json:
    """Every text that a person may have written is markup."""

    def poison(value: Any, key: str = "") -> Any:
        if isinstance(value, dict):
            return {name: poison(one, name) for name, one in value.items()}
        kept = {"status", "state", "tile", "at", "until", "counter", "service", "zone", "agency"}
        return XSS if isinstance(value, str) and key not in kept | {"number", "prefix"} else value

    state: Json = poison(hall(announcing=True))
    for service in state["services"].values():
        service["next"] = ["B-040"]
    state["announcing"]["number"] = "H-038"
    state["calls"]["H-038"]["counter_label"] = XSS
    state["calls"]["C-114"].update(state="waiting", to={"service": XSS, "service_name": XSS})
    return state
