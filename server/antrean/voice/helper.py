"""The voice's own process: texts in, WAV files out, over its standard input and output.

    python -m antrean.voice.helper

espeak-ng is loaded here and nowhere else. It is GPL, has one global state for all threads, and may
crash: here it is a program of its own that can be killed and started anew. Nothing of the server is
imported. It ends when its input does, so that none outlives a server.

A request is a line of JSON; the answer is one too, followed by as many bytes of WAV as it says:

    {"id": 1, "op": "say", "language": "id", "text": "Nomor antrean ..."}
    {"id": 2, "op": "join", "files": ["/clips/id/a.wav", ...], "pauses": [0.05, ...]}
    {"id": 3, "op": "phonemes", "language": "id", "text": "B"}       -> {"phonemes": "be"}

    {"id": 4, "op": "warm"}

    {"id": 1, "bytes": 201234}   {"id": 2, "error": "..."}
"""

import json
import os
import sys
from array import array
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Any

from antrean.voice.engines import Engine, Library, NoVoice, open_engine
from antrean.voice.sound import RATE, BadSound, level, recording, resampled, silence, to_wav, trim


class Helper:
    """Answers requests. The engine is opened by the first that needs it."""

    def __init__(self, engines: tuple[str, ...]) -> None:
        self._engines = engines
        self._engine: Engine | None = None

    def answer(self, request: Mapping[str, Any]) -> tuple[dict[str, Any], bytes]:
        """(members of the answer, WAV). What went wrong is in `error`."""
        try:
            if request["op"] == "phonemes":
                engine = self._open()
                if not isinstance(engine, Library):
                    raise NoVoice("phonemes need the library")
                return {"phonemes": engine.phonemes(request["text"], request["language"])}, b""
            if request["op"] == "warm":
                self._open()
                return {}, b""
            sound = self._join(request) if request["op"] == "join" else self._say(request)
        except (NoVoice, BadSound) as error:
            return {"error": str(error)}, b""
        except Exception as error:  # a bad request must not end the process
            return {"error": f"{type(error).__name__}: {error}"}, b""
        return {}, sound

    def _open(self) -> Engine:
        if self._engine is None:
            self._engine = open_engine(self._engines)
        return self._engine

    def _say(self, request: Mapping[str, Any]) -> bytes:
        heard = trim(self._open().say(request["text"], request["language"]), RATE)
        if not heard:
            raise NoVoice("espeak-ng said nothing")
        return to_wav(level(heard))

    def _join(self, request: Mapping[str, Any]) -> bytes:
        """Recordings one after the other, equally loud, a pause after each; one rate for all."""
        pieces = [recording(Path(file)) for file in request["files"]]
        rates = {rate for _, rate in pieces}
        rate = rates.pop() if len(rates) == 1 else RATE
        joined = array("h")
        for (samples, own), pause in zip(pieces, request["pauses"], strict=True):
            joined += resampled(level(samples), own, rate) + silence(pause, rate)
        return to_wav(trim(joined, rate), rate)


def serve(requests: IO[bytes], answers: IO[bytes], helper: Helper) -> None:
    """Answer until the input ends."""
    for line in requests:
        request = json.loads(line)
        members, sound = helper.answer(request)
        head = {"id": request["id"], "bytes": len(sound), **members}
        answers.write(json.dumps(head).encode() + b"\n" + sound)
        answers.flush()


def main() -> None:
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not get between the answers
    engines = tuple(sys.argv[1:]) or ("library", "program")
    try:
        serve(sys.stdin.buffer, answers, Helper(engines))
    except BrokenPipeError:
        os._exit(0)  # the server is gone; closing `answers` would complain once more


if __name__ == "__main__":
    main()
