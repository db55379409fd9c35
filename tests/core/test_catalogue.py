"""The catalogue: defaults of the contract, and every fault named with place and remedy."""

from dataclasses import fields
from pathlib import Path

import pytest

from antrean.catalogue import BUILT_IN, CatalogueFaults, always_open, load, parse
from antrean.domain.catalogue import ALWAYS, TILES, ServiceDef

SITE = '[site]\nname = "Balai"\ntimezone = "Asia/Jakarta"\nlanguages = ["id", "en"]\n'
PRIORITY = '[[class]]\nid = "prioritas"\nname = "Prioritas"\ncredit_minutes = 20\n'
ZONE = '[[zone]]\nid = "utama"\nname = "Hall Utama"\n'
AGENCY = '[[agency]]\nid = "polres"\nname = "Polres"\n'
SERVICE = (
    '[[service]]\nid = "skck"\nagency = "polres"\nzone = "utama"\nname = "SKCK"\nprefix = "A"\n'
)
COUNTER = '[[counter]]\nid = "loket-1"\nname = "Loket 1"\nzone = "utama"\nservices = ["skck"]\n'
PARTS = {
    "site": SITE,
    "class": PRIORITY,
    "zone": ZONE,
    "agency": AGENCY,
    "service": SERVICE,
    "counter": COUNTER,
}


def written(**instead: str) -> str:
    """A small right catalogue with some of its tables written otherwise."""
    return "\n".join((PARTS | instead).values())


def faults_of(text: str) -> list[tuple[str, str, str]]:
    """(table, key, problem) of every fault, in order; each must name the file and a remedy."""
    with pytest.raises(CatalogueFaults) as caught:
        parse(text, "balai.toml")
    for fault in caught.value.faults:
        assert fault.file == "balai.toml"
        assert fault.problem
        assert fault.remedy
        assert str(fault) in str(caught.value)
    assert len(str(caught.value).splitlines()) == len(caught.value.faults)
    return [(fault.table, fault.key, fault.problem) for fault in caught.value.faults]


def service_of(**instead: str) -> ServiceDef:
    return parse(written(**instead), "balai.toml").services["skck"]


def test_a_plain_catalogue_has_the_defaults_of_the_contract() -> None:
    catalogue = parse(written(), "balai.toml")
    assert catalogue.site.name == {"id": "Balai", "en": "Balai"}
    assert catalogue.site.day_starts == 0
    assert catalogue.classes["prioritas"].credit_ms == 20 * 60_000
    assert catalogue.classes["prioritas"].reasons == ()
    assert catalogue.agencies["polres"].short == {"id": "Polres", "en": "Polres"}
    assert catalogue.counters["loket-1"].label == "1"
    assert catalogue.services["skck"] == ServiceDef(
        id="skck",
        agency="polres",
        zone="utama",
        name={"id": "SKCK", "en": "SKCK"},
        prefix="A",
        tile="nila",
        operating=True,
        note=None,
        channels=("kiosk", "online", "desk"),
        daily_quota=0,
        online_quota=0,
        slot_ms=0,
        slot_capacity=0,
        journey=(),
        hours=ALWAYS,
        check_in_ms=60 * 60_000,
        grace_ms=10 * 60_000,
        booking_days=14,
    )


def test_every_key_of_a_service_is_read() -> None:
    service = service_of(
        service=SERVICE
        + 'status = "not_operating"\nnote = { id = "Rusak", en = "Broken" }\n'
        + 'channels = ["desk", "kiosk"]\nservice_minutes = 12.5\ntarget_wait_minutes = 25\n'
        + "daily_quota = 90\nonline_quota = 30\nslot_minutes = 30\nslot_capacity = 4\n"
        + 'journey = ["skck", "skck"]\nhours = { tue = ["08:00-12:00", "13:00-24:00"] }\n'
        + "check_in_minutes = 45\ngrace_minutes = 0\nbooking_days = 7\n"
    )
    assert not service.operating
    assert service.note == {"id": "Rusak", "en": "Broken"}
    assert service.channels == ("kiosk", "desk")
    assert (service.service_ms, service.target_wait_ms) == (750_000, 1_500_000)
    assert (service.daily_quota, service.online_quota) == (90, 30)
    assert (service.slot_ms, service.slot_capacity) == (1_800_000, 4)
    assert service.journey == ("skck", "skck")
    assert service.hours == ((), ((480, 720), (780, 1440)), (), (), (), (), ())
    assert (service.check_in_ms, service.grace_ms) == (2_700_000, 0)
    assert service.booking_days == 7


def test_the_site_gives_hours_and_booking_rules_to_services_without_their_own() -> None:
    site = SITE + (
        'day_starts = "03:30"\nhours = { mon = ["08:00-12:00"] }\n'
        "check_in_minutes = 30\ngrace_minutes = 5\nbooking_days = 3\n"
    )
    service = service_of(site=site)
    assert service.hours == (((480, 720),), (), (), (), (), (), ())
    assert (service.check_in_ms, service.grace_ms, service.booking_days) == (1_800_000, 300_000, 3)
    assert parse(written(site=site), "f").site.day_starts == 210
    own = service_of(site=site, service=SERVICE + 'hours = "always"\ngrace_minutes = 20\n')
    assert own.hours == ALWAYS
    assert own.grace_ms == 1_200_000
    assert own.check_in_ms == 1_800_000


def test_agencies_without_a_tile_are_dealt_one_in_the_order_of_the_file() -> None:
    agencies = AGENCY + "".join(
        f'[[agency]]\nid = "a{n}"\nname = "A"\n' + ('tile = "arang"\n' if n == 1 else "")
        for n in range(12)
    )
    catalogue = parse(written(agency=agencies), "f")
    tiles = [agency.tile for agency in catalogue.agencies.values()]
    dealt = [TILES[n % 9] for n in range(12)]
    assert tiles == [dealt[0], dealt[1], "arang", *dealt[2:]]
    assert catalogue.services["skck"].tile == "nila"


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ('"Pengambilan Hasil Lab"', "Lab"),
        ('{ en = "Counter 7", id = "Loket 7A" }', "7A"),
        ('"Kasir"\nlabel = "K1"', "K1"),
    ],
)
def test_the_label_of_a_counter_is_the_last_word_of_its_name(name: str, label: str) -> None:
    counter = COUNTER.replace('"Loket 1"', name)
    assert parse(written(counter=counter), "f").counters["loket-1"].label == label


@pytest.mark.parametrize(
    ("instead", "expected"),
    [
        ({"site": ""}, ("[site]", "", "is missing")),
        ({"site": 'site = "x"\n'}, ("[site]", "", "is not a table")),
        ({"site": SITE.replace('"Balai"', "3")}, ("[site]", "name", "is 3")),
        ({"site": SITE.replace('"Balai"', '"  "')}, ("[site]", "name", "is empty")),
        ({"site": SITE.replace("Asia/Jakarta", "Asia")}, ("[site]", "timezone", "nobody knows")),
        ({"site": SITE.replace("Asia/J", "../../J")}, ("[site]", "timezone", "nobody knows")),
        ({"site": SITE.replace('"Asia/Jakarta"', "7")}, ("[site]", "timezone", "not a text")),
        ({"site": '[site]\nname = "x"\n'}, ("[site]", "timezone", "is missing")),
        ({"site": SITE.replace('["id", "en"]', "[]")}, ("[site]", "languages", "no language")),
        ({"site": SITE.replace('"en"', '"English!"')}, ("[site]", "languages", "English!")),
        ({"site": SITE.replace('"en"', '"id"')}, ("[site]", "languages", "twice")),
        ({"site": SITE + 'day_starts = "24:00"\n'}, ("[site]", "day_starts", "'24:00'")),
        ({"site": SITE + 'day_starts = "3:00"\n'}, ("[site]", "day_starts", "'3:00'")),
        ({"site": SITE + "day_starts = 03:00:00\n"}, ("[site]", "day_starts", "datetime")),
        ({"site": SITE + 'hours = "daily"\n'}, ("[site]", "hours", "neither")),
        ({"site": SITE + "hours = {}\n"}, ("[site]", "hours", "never opens")),
        ({"site": SITE + "hours = { mon = [] }\n"}, ("[site]", "hours", "never opens")),
        (
            {"site": SITE + 'hours = { senin = [], mon = ["08:00-09:00"] }\n'},
            ("[site]", "hours", "unknown day 'senin'"),
        ),
        (
            {"site": SITE + 'hours = { mon = "08:00-09:00" }\n'},
            ("[site]", "hours.mon", "not a list"),
        ),
        (
            {"site": SITE + 'hours = { mon = ["08:00-08:00"] }\n'},
            ("[site]", "hours.mon", "ends before it begins"),
        ),
        (
            {"site": SITE + 'hours = { mon = ["08:00-24:01"] }\n'},
            ("[site]", "hours.mon", "08:00-24:01"),
        ),
        (
            {"site": SITE + 'hours = { mon = ["08:00-12:00", "11:59-13:00"] }\n'},
            ("[site]", "hours.mon", "before the range ahead"),
        ),
        (
            {"site": SITE + 'hours = { fri = ["13:00-15:00", "08:00-11:00"] }\n'},
            ("[site]", "hours.fri", "before the range ahead"),
        ),
        ({"site": SITE + "check_in_minutes = -1\n"}, ("[site]", "check_in_minutes", "is -1")),
        ({"site": SITE + "grace_minutes = nan\n"}, ("[site]", "grace_minutes", "is nan")),
        ({"site": SITE + "booking_days = 1.5\n"}, ("[site]", "booking_days", "is 1.5")),
        ({"site": SITE + "booking_days = 367\n"}, ("[site]", "booking_days", "is 367")),
        ({"site": SITE + "opens = 1\n"}, ("[site]", "opens", "not known")),
        ({"site": "foo = 1\n" + SITE}, ("", "foo", "not known")),
        ({"zone": ""}, ("[[zone]]", "", "is missing")),
        ({"zone": '[zone]\nid = "utama"\n'}, ("[zone]", "", "not a list of tables")),
        ({"zone": ZONE + ZONE}, ('[[zone]] 2 "utama"', "id", "another zone")),
        ({"agency": AGENCY.replace('"polres"', "4")}, ("[[agency]] 1", "id", "is 4")),
        (
            {"agency": AGENCY.replace('"polres"', '"Polres"')},
            ('[[agency]] 1 "Polres"', "id", "is 'Polres'"),
        ),
        ({"agency": AGENCY + 'tile = "merah"\n'}, ('[[agency]] 1 "polres"', "tile", "'merah'")),
        (
            {"agency": AGENCY + 'short = "a\\u202Eb"\n'},
            ('[[agency]] 1 "polres"', "short", "U+202E"),
        ),
        (
            {"class": PRIORITY.replace('"prioritas"', '"regular"')},
            ('[[class]] 1 "regular"', "id", "every site has already"),
        ),
        (
            {"class": PRIORITY.replace("credit_minutes = 20\n", "")},
            ('[[class]] 1 "prioritas"', "credit_minutes", "is missing"),
        ),
        (
            {"class": PRIORITY.replace("= 20", "= 1441")},
            ('[[class]] 1 "prioritas"', "credit_minutes", "is 1441"),
        ),
        (
            {"class": PRIORITY + 'reasons = ["x\\ny"]\n'},
            ('[[class]] 1 "prioritas"', "reasons", "'x\\ny'"),
        ),
        ({"counter": COUNTER + "label = 1\n"}, ('[[counter]] 1 "loket-1"', "label", "not a text")),
        (
            {"counter": COUNTER + f'label = "{"1" * 21}"\n'},
            ('[[counter]] 1 "loket-1"', "label", "21 characters"),
        ),
        (
            {"counter": COUNTER.replace('["skck"]', '["skck", "sim"]')},
            ('[[counter]] 1 "loket-1"', "services", "'sim', which is no service"),
        ),
        (
            {"counter": COUNTER.replace('["skck"]', '["skck", "skck"]')},
            ('[[counter]] 1 "loket-1"', "services", "twice"),
        ),
        (
            {"counter": COUNTER.replace('["skck"]', "[]")},
            ('[[counter]] 1 "loket-1"', "services", "names no service"),
        ),
        (
            {"counter": COUNTER.replace('services = ["skck"]', "")},
            ('[[counter]] 1 "loket-1"', "services", "is missing"),
        ),
        (
            {"counter": COUNTER.replace('"utama"', '"barat"')},
            ('[[counter]] 1 "loket-1"', "zone", "'barat', which is no zone"),
        ),
    ],
)
def test_a_fault_is_named_with_its_place(
    instead: dict[str, str], expected: tuple[str, str, str]
) -> None:
    table, key, problem = expected
    [found, *rest] = [f for f in faults_of(written(**instead)) if f[:2] == (table, key)]
    assert problem in found[2]
    assert rest == []


@pytest.mark.parametrize(
    ("line", "key", "problem"),
    [
        ('prefix = "a"', "prefix", "is 'a'"),
        ('prefix = "ABCD"', "prefix", "is 'ABCD'"),
        ('prefix = "É"', "prefix", "is "),
        ('prefix = ""', "prefix", "is ''"),
        ('agency = "samsat"', "agency", "'samsat', which is no agency"),
        ('zone = "barat"', "zone", "'barat', which is no zone"),
        ('name = { id = "SKCK" }', "name", "no text for the language en"),
        ('name = { id = "a", en = "b", jv = "c" }', "name", "'jv', which is no language"),
        ('name = { id = "a", en = "" }', "name.en", "is empty"),
        (f'name = "{"x" * 101}"', "name", "101 characters"),
        ('name = "a\\tb"', "name", "U+0009"),
        ('status = "closed"', "status", "'closed'"),
        (f'note = "{"x" * 501}"', "note", "501 characters"),
        ('channels = ["phone"]', "channels", "'phone'"),
        ('channels = "desk"', "channels", "not a list"),
        ("service_minutes = 0", "service_minutes", "is 0"),
        ('service_minutes = "12"', "service_minutes", "is '12'"),
        ("service_minutes = inf", "service_minutes", "is inf"),
        ("target_wait_minutes = true", "target_wait_minutes", "is True"),
        ("daily_quota = -1", "daily_quota", "is -1"),
        ("online_quota = 2.0", "online_quota", "is 2.0"),
        ("slot_minutes = 30", "slot_capacity", "though slot_minutes is set"),
        ("slot_capacity = 4", "slot_minutes", "though slot_capacity is set"),
        ("slot_minutes = 1441\nslot_capacity = 1", "slot_minutes", "is 1441"),
        ('journey = ["sim"]', "journey", "'sim', which is no service"),
        ("journey = [1]", "journey", "1, not a text"),
        (f"journey = {['skck'] * 11}", "journey", "has 11 services"),
        ("minutes = 4", "minutes", "not known"),
    ],
)
def test_a_fault_of_a_service_is_named(line: str, key: str, problem: str) -> None:
    kept = "\n".join(row for row in SERVICE.splitlines() if row.split(" ")[0] != line.split(" ")[0])
    [found] = faults_of(written(service=f"{kept}\n{line}\n"))
    assert found[:2] == ('[[service]] 1 "skck"', key)
    assert problem in found[2]


def test_a_prefix_belongs_to_one_service() -> None:
    text = written(service=SERVICE + SERVICE.replace('"skck"', '"sim"'))
    assert faults_of(text) == [('[[service]] 2 "sim"', "prefix", "is A, as that of skck")]


def test_a_slip_of_the_pen_is_guessed() -> None:
    with pytest.raises(CatalogueFaults, match=r"did you mean service_minutes\?"):
        parse(written(service=SERVICE + "service_minute = 4\n"), "f")


def test_ten_legs_and_bookings_switched_off_are_fine() -> None:
    legs = ["skck"] * 10
    assert service_of(service=SERVICE + f"journey = {legs}\n").journey == tuple(legs)
    off = service_of(service=SERVICE + "slot_minutes = 0\nslot_capacity = 4\n")
    assert not off.bookable
    assert service_of(service=SERVICE + "channels = []\n").channels == ()


def test_all_faults_are_reported_at_once() -> None:
    found = faults_of(
        written(
            site=SITE.replace("Asia/Jakarta", "Mars/Olympus"),
            zone="",
            service=SERVICE.replace('"A"', '"a"'),
            counter=COUNTER + "x = 1\n",
        )
    )
    assert [(table, key) for table, key, _ in found] == [
        ("[[zone]]", ""),
        ("[site]", "timezone"),
        ('[[service]] 1 "skck"', "zone"),
        ('[[service]] 1 "skck"', "prefix"),
        ('[[counter]] 1 "loket-1"', "zone"),
        ('[[counter]] 1 "loket-1"', "x"),
    ]


def test_what_is_no_toml_is_a_fault_with_its_line() -> None:
    [(_, _, problem)] = faults_of("[site]\nname = \n")
    assert "line 2" in problem


def test_a_file_that_cannot_be_read_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(CatalogueFaults, match=r"gone\.toml.*cannot be read"):
        load(tmp_path / "gone.toml")
    (tmp_path / "latin.toml").write_bytes(b'name = "\xe9"')
    with pytest.raises(CatalogueFaults, match="not UTF-8"):
        load(tmp_path / "latin.toml")


def test_a_file_from_windows_is_read(tmp_path: Path) -> None:
    path = tmp_path / "windows.toml"
    path.write_bytes(b"\xef\xbb\xbf" + written().replace("\n", "\r\n").encode())
    assert load(path) == parse(written(), "f")


def test_always_open_changes_hours_and_nothing_else() -> None:
    catalogue = load(BUILT_IN)
    opened = always_open(catalogue)
    assert {s.hours for s in opened.services.values()} == {ALWAYS}
    for before, after in zip(catalogue.services.values(), opened.services.values(), strict=True):
        others = [f.name for f in fields(ServiceDef) if f.name != "hours"]
        assert [getattr(before, n) for n in others] == [getattr(after, n) for n in others]
    assert opened.counters == catalogue.counters


def test_the_built_in_catalogue_is_the_mall_of_kota_tangerang() -> None:
    catalogue = load(BUILT_IN)
    assert catalogue.site.name["id"] == "MPP Kota Tangerang"
    assert catalogue.site.timezone == "Asia/Jakarta"
    assert list(catalogue.zones) == ["utama", "timur", "uji"]
    assert len(catalogue.agencies) == 18  # seventeen and DPMPTSP
    assert {s.agency for s in catalogue.services.values()} == set(catalogue.agencies)
    assert list(catalogue.classes) == ["prioritas"]
    assert sum(1 for c in catalogue.counters.values() if c.zone != "uji") == 24
    assert {s for c in catalogue.counters.values() for s in c.services} == set(catalogue.services)
    renewal = catalogue.services["sim-perpanjangan"]
    assert not renewal.operating
    assert renewal.note == {
        "id": "Menunggu alat cetak SIM",
        "en": "Waiting for the licence printer",
    }
    assert renewal.journey == ("sim-uji", "sim-cetak")
    assert catalogue.services["sim-uji"].zone == "uji"
    assert {s.prefix for s in catalogue.services.values()}.isdisjoint("IOQ")
