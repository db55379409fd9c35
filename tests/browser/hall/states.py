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
    return {"services": {key: {"wait": known} for key in _SERVICES if key != "bpjs"}}


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
        "at": "2026-11-24T10:02:25.000+07:00",
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
