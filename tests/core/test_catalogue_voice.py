"""The table [zone.voice]: how a zone speaks."""

import pytest

from antrean.catalogue import CatalogueFaults
from antrean.catalogue.build import parse
from antrean.domain.catalogue import VoiceSettings

HALL = """
[site]
name = "MPP"
timezone = "Asia/Jakarta"

[[zone]]
id = "utama"
name = "Hall Utama"
{voice}

[[zone]]
id = "timur"
name = "Hall Timur"

[[agency]]
id = "polres"
name = "Polres"

[[service]]
id = "skck"
agency = "polres"
zone = "utama"
name = "SKCK"
prefix = "A"
"""


def voice(lines: str) -> VoiceSettings:
    return parse(HALL.format(voice=f"[zone.voice]\n{lines}"), "hall.toml").zones["utama"].voice


def faults(lines: str) -> list[str]:
    with pytest.raises(CatalogueFaults) as refused:
        voice(lines)
    return str(refused.value).splitlines()


def test_all_keys_are_read() -> None:
    assert voice(
        """
        spelling = "bilangan"
        repeats = 3
        gap_seconds = 2.5
        agency = "service"
        languages = ["en", "id"]
        volume = 0
        """
    ) == VoiceSettings(
        spelling="bilangan",
        repeats=3,
        gap_seconds=2.5,
        agency="service",
        languages=("en", "id"),
        volume=0,
    )


def test_a_zone_that_says_nothing_has_the_defaults_whatever_another_says() -> None:
    zones = parse(HALL.format(voice="[zone.voice]\nrepeats = 1"), "hall.toml").zones
    assert zones["utama"].voice == VoiceSettings(repeats=1)
    assert zones["timur"].voice == VoiceSettings()


@pytest.mark.parametrize("agency", [True, False])
def test_the_agency_is_said_or_not(agency: bool) -> None:
    assert voice(f"agency = {str(agency).lower()}").agency is agency


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ('spelling = "huruf"', "spelling"),
        ("repeats = 0", "repeats"),
        ("repeats = 4", "repeats"),
        ("repeats = true", "repeats"),
        ("gap_seconds = 10.5", "gap_seconds"),
        ("gap_seconds = -1", "gap_seconds"),
        ("gap_seconds = nan", "gap_seconds"),
        ('gap_seconds = "1"', "gap_seconds"),
        ('agency = "polres"', "agency"),
        ("agency = 1", "agency"),
        ("agency = []", "agency"),
        ('languages = ["su"]', "languages"),
        ('languages = "id"', "languages"),
        ("languages = []", "languages"),
        ("volume = 101", "volume"),
        ("volumes = 10", "volumes"),
    ],
)
def test_a_fault_names_zone_and_key(line: str, key: str) -> None:
    (fault,) = faults(line)
    assert fault.startswith(f'hall.toml: [[zone]] 1 "utama" voice, {key}: ')


def test_every_fault_is_found_in_one_go() -> None:
    assert len(faults("repeats = 9\nvolume = 900\nspelling = 1")) == 3


def test_what_is_no_table_is_a_fault() -> None:
    with pytest.raises(CatalogueFaults, match="voice: is 'keras', not a table"):
        parse(HALL.format(voice='voice = "keras"'), "hall.toml")
