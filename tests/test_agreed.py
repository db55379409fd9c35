"""Figures that stand in two programs and must agree: nothing else would notice when one moves."""

import re
from pathlib import Path

from antrean.domain import hall_model
from antrean.domain.hall import CALL_LIVES_MS, NOBODY_SPEAKS_MS
from antrean.hall import arbiter, turn
from antrean.media.kinds import EXTENSIONS
from antrean.proof import report
from antrean.proof.prove import EXPIRED, IDLE_MS, LIVES_MS, NO_SPEAKER
from antrean.web.pairing import ALPHABET, LENGTH
from antrean.web.uploads import LARGEST_FILE

ROOT = Path(__file__).resolve().parent.parent


def figure(path: str, name: str) -> int:
    """The value of a constant of a script."""
    found = re.search(rf"\bconst {name} = ([\d_]+);", (ROOT / path).read_text("utf-8"))
    assert found, f"{path} has no {name}"
    return int(found[1])


TURNS = "displays/device/turns.js"


def test_a_display_is_done_before_the_arbiter_asks_another() -> None:
    """Else two would be heard at once."""
    assert figure(TURNS, "GRACE_MS") < arbiter.RETURN_MS
    assert figure(TURNS, "LOAD_MS") < arbiter.ANSWER_MS
    assert figure(TURNS, "SLACK_MS") < arbiter.ANSWER_MS


def test_a_board_gives_a_call_the_turn_that_the_server_gives_it() -> None:
    assert figure("displays/announcer.js", "FRESH_MS") == CALL_LIVES_MS


def test_a_console_waits_for_as_long_as_a_board_is_yellow() -> None:
    yellow = figure("displays/announcer.js", "ANNOUNCE_MS")
    assert figure("clients/counter/actions.js", "ANNOUNCED_MS") == yellow


def test_the_proof_judges_by_the_rules_that_hold() -> None:
    """It has figures of its own, as it must not judge by what it judges."""
    assert LIVES_MS == CALL_LIVES_MS
    assert (NO_SPEAKER, EXPIRED) == (hall_model.NO_SPEAKER, hall_model.EXPIRED)
    assert report.NO_REPEATS_FROM == turn.NO_REPEATS_FROM
    assert report.CHIME_ALONE_FROM == turn.CHIME_ALONE_FROM
    assert IDLE_MS > NOBODY_SPEAKS_MS  # a call without a speaker is no lost one


def test_a_pairing_code_is_what_the_page_takes_for_one() -> None:
    script = (ROOT / "clients/devices/code.js").read_text("utf-8")
    assert f"/^[{ALPHABET}]*$/" in script
    assert figure("clients/devices/code.js", "LENGTH") == LENGTH


def test_a_page_refuses_the_files_that_the_server_would_refuse() -> None:
    script = (ROOT / "clients/playlist/upload.js").read_text("utf-8")
    assert "LARGEST_BYTES = 200 * 1024 * 1024;" in script
    assert LARGEST_FILE == 200 * 1024 * 1024
    assert all(f'"{kind}"' in script for kind in EXTENSIONS)
