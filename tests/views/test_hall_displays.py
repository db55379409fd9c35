"""Displays, playlists, media and announcements: on the topics, in answers, in frames."""

from typing import Any

import pytest

from antrean import shapes
from antrean.domain import commands
from antrean.domain.catalogue import VoiceSettings
from antrean.domain.commands import Command
from antrean.domain.decide import decide
from antrean.domain.hall_model import Device, DeviceSettings, Media, PlaylistItem, Sound
from antrean.media.kinds import EXTENSIONS
from antrean.views import Views
from tests.views.hall import BEGIN, MINUTE, Hall, catalogue, text
from tests.views.test_equivalence import payload
from tests.views.watched import Watched, at


@pytest.fixture
def hall() -> Watched:
    hall = Watched()
    hall.open("lab-1", "lab-2", "kasir-1")
    return hall


# displays
def test_the_site_lists_displays_and_who_speaks(hall: Watched) -> None:
    told = hall.act(
        commands.PairDevice(
            device="tv1",
            code_is_known=True,
            name="TV pintu",
            zone="barat",
            layout="counters",
            settings=DeviceSettings(arrows={"lab-1": "left"}),
        )
    )
    settings = {
        "theme": "light",
        "contrast": False,
        "languages": "both",
        "arrows": {"lab-1": "left"},
        "volume": 80,
        "margin": 3,
        "sound": True,
        "voice": "server",
    }
    device = {
        "id": "tv1",
        "name": "TV pintu",
        "zone": "barat",
        "layout": "counters",
        "settings": settings,
        "online": False,
        "sound": "off",
        "speaker": False,
    }
    assert told == {"site": {"devices": {"tv1": device}}}
    told = hall.act(
        commands.ReportDevice(device="tv1", sound=Sound.ON, version="7", screen=(1920, 1080))
    )
    assert told["zone:barat"] == {"speaks": True}
    assert told["site"]["devices"]["tv1"] == {
        "online": True,
        "seen_at": at(0),
        "sound": "on",
        "speaker": True,
        "version": "7",
        "screen": [1920, 1080],
    }
    told = hall.act(
        commands.ChangeDevice(device="tv1", settings={"arrows": {"lab-2": "up"}, "volume": 30})
    )
    assert told["site"]["devices"] == {
        "tv1": {"settings": {"arrows": {"lab-1": None, "lab-2": "up"}, "volume": 30}}
    }
    assert hall.act(commands.RemoveDevice(device="tv1")) == {
        "site": {"devices": {"tv1": None}},
        "zone:barat": {"speaks": None},
    }


def test_when_a_speaker_goes_the_other_is_told_of_in_the_same_event(hall: Watched) -> None:
    hall.pair("tv1")
    hall.pair("tv2")
    hall.pair("tv3", "timur")

    def speak(command: Command) -> Any:
        devices = hall.act(command).get("site", {"devices": {}})["devices"]
        return {name: told and told.get("speaker") for name, told in devices.items()}

    assert speak(commands.FailDevice(device="tv1")) == {"tv1": False, "tv2": True}
    report = commands.ReportDevice(device="tv1", sound=Sound.ON)
    assert speak(report) == {}  # nothing of it is seen but that it may speak again
    assert speak(commands.NoteOnline(device="tv2", online=False)) == {"tv1": True, "tv2": False}
    # in the zone that it joins another one speaks already
    assert speak(commands.ChangeDevice(device="tv1", zone="timur")) == {"tv1": False}
    assert speak(commands.RemoveDevice(device="tv3")) == {"tv3": None, "tv1": True}


def test_one_who_moves_to_another_zone_does_not_take_over_there(hall: Watched) -> None:
    hall.pair("tv1")
    hall.pair("tv2", "timur")
    hall.pair("tv3")
    told = hall.act(commands.ChangeDevice(device="tv1", zone="timur"))  # ready before tv2 was
    assert told["site"]["devices"] == {
        "tv1": {"zone": "timur", "speaker": False},
        "tv3": {"speaker": True},
    }


# what is played and told
def test_a_zone_plays_its_list_and_a_file_that_is_removed_leaves_every_list(hall: Watched) -> None:
    kinds = {"m1": "image/jpeg", "m2": "video/mp4"}
    for media, kind in kinds.items():
        made = commands.AddMedia(media=Media(media, "Iklan", kind, 9000, 640, None, hall.at))
        assert hall.act(made) == {}
    assert hall.board()["playlist"] == []
    items = (PlaylistItem("m2", "08:00", "12:00", 20), PlaylistItem("m1"))
    told = hall.act(commands.ChangeZone(zone="barat", playlist=items))
    assert told == {
        "zone:barat": {
            "playlist": [
                {
                    "media": "m2",
                    "type": "video/mp4",
                    "url": "/media/m2.mp4",
                    "seconds": 20,
                    "start": "08:00",
                    "end": "12:00",
                },
                {"media": "m1", "type": "image/jpeg", "url": "/media/m1.jpg", "seconds": 10},
            ]
        }
    }
    hall.act(commands.ChangeZone(zone="timur", playlist=items[:1]))
    voice = commands.ChangeZone(zone="timur", voice=VoiceSettings(repeats=3))
    assert hall.act(voice) == {}  # displays are given what they say
    told = hall.act(commands.RemoveMedia(media="m2"))
    assert set(told) == {"zone:barat", "zone:timur"}
    assert [i["media"] for i in hall.board()["playlist"]] == ["m1"]
    assert hall.board("timur")["playlist"] == []


@pytest.mark.parametrize("kind", EXTENSIONS)
def test_a_file_is_fetched_by_the_name_that_it_is_stored_under(kind: str) -> None:
    media = Media("abc", "x", kind, 1, None, None, BEGIN)
    assert shapes.media_url(media) == f"/media/abc.{EXTENSIONS[kind]}"


def test_an_announcement_says_when_it_fills_the_screen(hall: Watched) -> None:
    made = commands.MakeAnnouncement(
        announcement="a", text=text("Kumpul"), zones=("barat",), speak=True, full_screen=True
    )
    shown = {"text": text("Kumpul"), "full_screen": True}
    assert hall.act(made) == {"zone:barat": {"announcements": {"a": shown}}}
    said = commands.NoteTextSpoken(announcement="a", zone="barat", device="tv1")
    assert hall.act(said) == {}
    assert hall.act(commands.WithdrawAnnouncement(announcement="a")) == {
        "zone:barat": {"announcements": {"a": None}}
    }


# HTTP
def answer(hall: Hall, command: Command) -> shapes.Json:
    decision = decide(hall.state, command, hall.at)
    hall.must(command)
    return shapes.answer(hall.state, decision, hall.state.seq, hall.at)


def test_answers_about_displays_media_and_zones() -> None:
    hall = Hall()
    paired = answer(
        hall, commands.PairDevice(device="tv1", code_is_known=True, name="TV", zone="barat")
    )
    assert paired == {
        "seq": 1,
        "device": {
            "id": "tv1",
            "name": "TV",
            "zone": "barat",
            "layout": "call",
            "settings": {
                "theme": "light",
                "contrast": False,
                "languages": "both",
                "arrows": {},
                "volume": 80,
                "margin": 3,
                "counter": None,
                "sound": True,
                "voice": "server",
            },
            "online": False,
            "seen_at": None,
            "sound": "off",
            "speaker": False,
            "version": None,
            "screen": None,
            "address": None,
            "clock_offset": None,
        },
    }
    hall.must(commands.ReportDevice(device="tv1", sound=Sound.ON))
    changed = answer(hall, commands.ChangeDevice(device="tv1", name="TV"))
    assert (changed["seq"], changed["device"]["speaker"]) == (2, True)
    gone = answer(hall, commands.RemoveDevice(device="tv1"))
    assert (gone["device"]["id"], gone["device"]["speaker"]) == ("tv1", False)
    media = Media("m1", "Iklan.mp4", "video/mp4", 9000, 1280, None, BEGIN)
    added = answer(hall, commands.AddMedia(media=media))
    assert added["media"] == {
        "id": "m1",
        "name": "Iklan.mp4",
        "type": "video/mp4",
        "size": 9000,
        "width": 1280,
        "height": None,
        "url": "/media/m1.mp4",
        "at": at(0),
    }
    zone = answer(
        hall, commands.ChangeZone(zone="barat", playlist=(PlaylistItem("m1", None, None, 10),))
    )["zone"]
    assert zone == {
        "id": "barat",
        "name": text("barat"),
        "playlist": [
            {
                "media": "m1",
                "type": "video/mp4",
                "url": "/media/m1.mp4",
                "seconds": 10,
                "start": None,
                "end": None,
            }
        ],
        "voice": {
            "spelling": "eja",
            "repeats": 2,
            "gap_seconds": 1.0,
            "agency": False,
            "languages": ["id"],
            "volume": 80,
        },
    }
    removed = answer(hall, commands.RemoveMedia(media="m1"))
    assert removed == {"seq": hall.state.seq, "media": added["media"]}


def test_a_zone_speaks_as_it_was_set_else_as_the_catalogue_says() -> None:
    hall = Hall()
    english = VoiceSettings(languages=("en", "id"), agency="service", gap_seconds=2.5)
    set_ = answer(hall, commands.ChangeZone(zone="timur", voice=english))["zone"]["voice"]
    assert set_["languages"] == ["en", "id"]
    assert (set_["agency"], set_["gap_seconds"]) == ("service", 2.5)
    reset = answer(hall, commands.ChangeZone(zone="timur", reset_voice=True))["zone"]["voice"]
    assert reset == shapes.voice(catalogue().site, VoiceSettings())


# frames
def test_staff_are_told_the_facts_of_the_hall_and_everyone_else_the_number(hall: Watched) -> None:
    hall.pair("tv1")
    hall.issue("t1")
    call = hall.call()
    hall.begin("t1", call)
    hall.act(
        commands.EndAnnouncement(zone="barat", ticket="t1", call=call, device="tv1", code="cut"),
    )

    def data(name: str) -> Any:
        topic = hall.views.topics[name]
        return payload(topic.since(topic.offset - 1)[0])["data"]  # type: ignore[index]

    public = {"number": "A-001", "service": "lab", "counter": "lab-1"}
    assert data("zone:barat") == public
    staff = public | {"ticket": "t1", "zone": "barat", "call": call, "code": "cut"}
    staff["device"] = "tv1"
    assert data("site") == data("counter:lab-1") == staff
    hall.act(commands.NoteShown(device="tv1", call=call))
    assert data("site")["device"] == "tv1"
    hall.act(commands.ChangeDevice(device="tv1", name="TV pintu", zone="timur"))
    assert data("site") == {"zone": "timur", "device": "tv1", "name": "TV pintu"}


def test_a_display_of_a_zone_that_is_gone_is_still_listed() -> None:
    hall = Hall()
    hall.state.devices["tv1"] = Device(id="tv1", name="TV", zone="utara")
    views = Views(hall.state.copy(), "e")
    (entry,) = hall.must(commands.ReportDevice(device="tv1", sound=Sound.ON), MINUTE)
    (topic,) = views.apply(entry).topics
    assert topic.name == "site"
    assert views.render("site")["devices"]["tv1"]["speaker"] is True
