"""displays/device/voice.js and clips.js: a real audio graph, and what comes out of it, recorded
sample by sample."""

import math
import struct
from typing import Any

import pytest
from playwright.sync_api import Page, Route

from tests.browser.conftest import OpenPage
from tests.browser.modules import ModuleServer

RATE = 22_050

# Everything that would go to the loudspeaker, from the thread that renders it: nothing is missed.
SETUP = """async () => {
  const { Voice } = await import("/assets/displays/device/voice.js");
  const voice = new Voice(() => {});
  await voice.settled();
  const code = `registerProcessor("tape", class extends AudioWorkletProcessor {
    process([input]) {
      this.port.postMessage([currentTime, input[0] ? input[0].slice() : []]);
      return true;
    }
  })`;
  const url = URL.createObjectURL(new Blob([code], { type: "text/javascript" }));
  await voice.context.audioWorklet.addModule(url);
  const tape = new AudioWorkletNode(voice.context, "tape", { numberOfOutputs: 0 });
  voice.gain.connect(tape);
  window.blocks = [];
  let recorded = 0;
  tape.port.onmessage = ({ data: [time, block] }) => {
    recorded = time;
    window.blocks.push(block);
  };
  // What was rendered by now has arrived here.
  const wound = async () => {
    const now = voice.context.currentTime;
    while (recorded <= now) await new Promise((resolve) => setTimeout(resolve, 10));
  };
  window.voice = voice;
  window.play = async (urls, volume) => {
    const buffers = await voice.load(urls);
    const wasHeard = await new Promise((resolve) => voice.play(buffers, volume, resolve));
    await wound();
    return wasHeard;
  };
  // Stretches of sound and silence between the first and the last that is heard, in seconds.
  window.heard = () => {
    const rate = voice.context.sampleRate;
    const all = [].concat(...window.blocks.map((block) => Array.from(block)));
    const loud = all.map((sample) => Math.abs(sample) > 0.0005);
    // A wave goes through nothing twice a turn: only what is longer than 5 ms is silence.
    const parts = [];
    let last = -1;
    let since = -1;
    loud.forEach((isLoud, at) => {
      if (!isLoud) return;
      if (since >= 0 && at - last > 0.005 * rate) {
        parts.push((last - since) / rate, (at - last) / rate);
        since = at;
      }
      if (since < 0) since = at;
      last = at;
    });
    if (since >= 0) parts.push((last - since) / rate);
    return { parts, peak: all.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0) };
  };
}"""


def wav(seconds: float, volume: float = 0.8, tone: float = 441.0) -> bytes:
    """A sine of 16 bits, mono; volume 0: nothing."""
    count = round(seconds * RATE)
    samples = [
        round(32_767 * volume * math.sin(2 * math.pi * tone * at / RATE)) for at in range(count)
    ]
    data = struct.pack(f"<{count}h", *samples)
    head = b"RIFF" + struct.pack("<I", 36 + len(data)) + b"WAVEfmt "
    head += struct.pack("<IHHIIHH", 16, 1, 1, RATE, RATE * 2, 2, 16)
    return head + b"data" + struct.pack("<I", len(data)) + data


SOUNDS = {
    "chime": wav(0.4),
    "phrase": wav(0.5, tone=882.0),
    "gap": wav(0.25, volume=0.0),
    "noise": b"this is no sound",
}

Asked = list[str]


@pytest.fixture
def asked(open_page: OpenPage, modules: ModuleServer) -> tuple[Page, Asked]:
    """A page with the voice, and the sounds that it asked for."""
    page = open_page(modules.url)
    names: Asked = []

    def answer(route: Route) -> None:
        name = route.request.url.rsplit("/", 1)[1].removesuffix(".wav")
        names.append(name)
        if name in SOUNDS:
            route.fulfill(body=SOUNDS[name], content_type="audio/wav")
        else:
            route.fulfill(status=404)

    page.route("**/audio/*.wav", answer)
    page.evaluate(SETUP)
    return page, names


def play(page: Page, names: str, volume: float = 1.0) -> Any:
    urls = [f"/audio/{name}.wav" for name in names.split()]
    return page.evaluate("([urls, volume]) => play(urls, volume)", [urls, volume])


def heard(page: Page) -> tuple[list[float], float]:
    found: dict[str, Any] = page.evaluate("heard()")
    return found["parts"], found["peak"]


def near(seconds: float) -> Any:
    return pytest.approx(seconds, abs=0.004)


def test_sounds_follow_each_other_without_a_gap_of_their_own(asked: tuple[Page, Asked]) -> None:
    page, _ = asked
    assert play(page, "chime phrase gap chime") is True
    parts, peak = heard(page)
    assert parts == [near(0.9), near(0.25), near(0.4)]
    assert peak == pytest.approx(0.8, abs=0.02)


def test_the_volume_is_that_of_the_device_and_the_zone(asked: tuple[Page, Asked]) -> None:
    page, _ = asked
    play(page, "chime", 0.25)
    assert heard(page)[1] == pytest.approx(0.2, abs=0.01)


def test_what_comes_out_as_silence_does_not_count_as_heard(asked: tuple[Page, Asked]) -> None:
    page, _ = asked
    assert play(page, "gap gap") is False
    assert play(page, "") is False


def test_what_is_stopped_is_silent_at_once_and_does_not_end(asked: tuple[Page, Asked]) -> None:
    page, _ = asked
    page.evaluate(
        """async () => {
          window.ended = false;
          const buffers = await voice.load(["/audio/phrase.wav"]);
          voice.play(buffers, 1, () => { window.ended = true; });
          const began = voice.context.currentTime;
          while (voice.context.currentTime < began + 0.2) {
            await new Promise((resolve) => setTimeout(resolve, 5));
          }
          voice.stop();
        }"""
    )
    assert play(page, "gap") is False  # the next one is over, so the first one would be too
    parts, _ = heard(page)
    assert len(parts) == 1
    assert 0.15 < parts[0] < 0.45
    assert page.evaluate("window.ended") is False


def test_a_sound_is_fetched_once_and_those_used_last_are_kept(asked: tuple[Page, Asked]) -> None:
    page, names = asked
    play(page, "chime chime")
    play(page, "chime")
    assert names == ["chime"]
    page.evaluate(
        """async () => {
          // As if each were half a minute long: with the chime more than is kept.
          const decode = voice.context.decodeAudioData.bind(voice.context);
          voice.context.decodeAudioData = async (bytes) => {
            const buffer = await decode(bytes);
            Object.defineProperty(buffer, "duration", { value: 35 });
            return buffer;
          };
          const use = async (name) => {
            const [buffer] = await voice.load([`/audio/${name}.wav`]);
            voice.keep([]);
            return buffer;
          };
          await use("phrase");
          await use("chime");
          await use("gap");
          await use("chime");
          await use("phrase");
        }"""
    )
    assert names == ["chime", "phrase", "gap", "phrase"]


LONG = """async () => {
  // As if each were a minute long.
  const decode = voice.context.decodeAudioData.bind(voice.context);
  voice.context.decodeAudioData = async (bytes) => {
    const buffer = await decode(bytes);
    Object.defineProperty(buffer, "duration", { value: 60 });
    return buffer;
  };
  window.left = (buffer) => buffer.getChannelData(0).length > 0;
}"""


def test_what_is_forgotten_gives_its_memory_back_at_once(asked: tuple[Page, Asked]) -> None:
    """A browser that is left to it keeps every phrase of an hour."""
    page, _ = asked
    page.evaluate(LONG)
    assert page.evaluate(
        """async () => {
          const urls = ["/audio/chime.wav", "/audio/phrase.wav", "/audio/gap.wav"];
          const buffers = await voice.load(urls);
          voice.keep(urls);
          await new Promise((resolve) => setTimeout(resolve, 0));
          const needed = buffers.map(left);
          voice.keep(["/audio/phrase.wav"]);
          await new Promise((resolve) => setTimeout(resolve, 0));
          return [needed, buffers.map(left)];
        }"""
    ) == [[True, True, True], [False, True, False]]


@pytest.mark.parametrize("way", ["ended", "stopped"])
def test_what_sounded_holds_no_memory(asked: tuple[Page, Asked], way: str) -> None:
    page, _ = asked
    assert page.evaluate(
        """async (way) => {
          const buffers = await voice.load(["/audio/chime.wav", "/audio/phrase.wav"]);
          const over = new Promise((resolve) => voice.play(buffers, 1, resolve));
          const { sources } = voice;
          const all = Promise.all(sources.map((source) => new Promise((resolve) =>
            source.addEventListener("ended", resolve))));
          if (way === "stopped") voice.stop();
          else await over;
          await all;
          return sources.map((source) => source.buffer === null);
        }""",
        way,
    ) == [True, True]


@pytest.mark.parametrize("name", ["missing", "noise"])
def test_what_cannot_be_had_is_refused_and_asked_for_again(
    asked: tuple[Page, Asked], name: str
) -> None:
    page, names = asked
    load = "(url) => voice.load([url]).then(() => 'loaded', () => 'refused')"
    assert page.evaluate(load, f"/audio/{name}.wav") == "refused"
    assert page.evaluate(load, f"/audio/{name}.wav") == "refused"
    assert names == [name, name]


def test_a_sound_that_hangs_on_a_dead_line_is_asked_for_anew(asked: tuple[Page, Asked]) -> None:
    page, _ = asked
    hanging: list[Route] = []
    page.route("**/audio/late.wav", lambda route: hanging.append(route))
    page.evaluate(
        """async () => {
          const { Clips } = await import("/assets/displays/device/clips.js");
          window.clips = new Clips(voice.context, 200);
        }"""
    )
    load = """() => Promise.race([
      clips.load(["/audio/late.wav"]).then(() => "loaded", () => "refused"),
      new Promise((resolve) => setTimeout(() => resolve("hangs"), 3000)),
    ])"""
    assert page.evaluate(load) == "refused"
    page.unroute("**/audio/late.wav")
    page.route("**/audio/late.wav", lambda route: route.fulfill(body=SOUNDS["chime"]))
    assert page.evaluate(load) == "loaded"
    assert len(hanging) == 1


def test_sound_that_was_taken_away_comes_back_without_a_press(asked: tuple[Page, Asked]) -> None:
    page, _ = asked
    states = page.evaluate(
        """async () => {
          const { context } = voice;
          const states = [];
          const back = new Promise((resolve) => context.addEventListener("statechange", () => {
            states.push(context.state);
            if (states.length === 2) resolve();
          }));
          const late = new Promise((resolve) => setTimeout(resolve, 3000));
          await context.suspend();
          await Promise.race([back, late]);
          return states;
        }"""
    )
    assert states == ["suspended", "running"]


def test_the_output_is_kept_awake_by_what_nobody_hears(asked: tuple[Page, Asked]) -> None:
    page, _ = asked
    samples = page.evaluate(
        """async () => {
          const { Voice } = await import("/assets/displays/device/voice.js");
          const offline = new OfflineAudioContext(1, 44100, 44100);
          Voice.prototype._keepAwake.call({}, offline);
          return Array.from((await offline.startRendering()).getChannelData(0));
        }"""
    )
    assert 0 < max(samples) < 1e-4
    loud = sum(1 for sample in samples if abs(sample) > 1e-6)
    assert loud > len(samples) * 0.9
