"""The helper is a program beside the server: neither loads what is the other's (decision 9)."""

import subprocess
import sys
from pathlib import Path

import pytest

from antrean.catalogue import BUILT_IN, load
from antrean.domain.catalogue import VoiceSettings
from antrean.voice.speech import open_speech


def modules_after(statement: str) -> set[str]:
    program = f"import sys\n{statement}\nprint(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60
    )
    return set(done.stdout.split())


def test_the_helper_loads_nothing_of_the_server() -> None:
    loaded = modules_after(
        "from antrean.voice.helper import Helper\nHelper(('library',)).answer({'op': 'warm'})"
    )
    assert {name for name in loaded if name.split(".")[0] == "antrean"} == {
        "antrean", "antrean.voice", "antrean.voice.engines", "antrean.voice.helper",
        "antrean.voice.pronunciation", "antrean.voice.sound",
    }  # fmt: skip
    assert "espeakng_loader" in loaded
    assert "asyncio" not in loaded  # it starts fast


def test_the_server_does_not_load_the_engine() -> None:
    loaded = modules_after("import antrean.cli.wiring, antrean.cli.voice")
    assert "antrean.voice.speech" in loaded
    assert not loaded & {"espeakng_loader", "antrean.voice.engines", "antrean.voice.helper"}


def mapped(process: int | str | None) -> str:
    """The files that a process has in its memory."""
    return Path(f"/proc/{process}/maps").read_text(encoding="utf-8")


@pytest.mark.asyncio
async def test_the_engine_is_mapped_into_the_helper_and_not_into_the_server(tmp_path: Path) -> None:
    speech = open_speech(tmp_path, load(BUILT_IN))
    await speech.text({"id": "satu"}, VoiceSettings())
    theirs, ours = mapped(speech.pid), mapped("self")
    await speech.close()
    assert "libespeak-ng" in theirs
    assert "libespeak-ng" not in ours
